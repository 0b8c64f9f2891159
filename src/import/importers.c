/* The table of importers, and which of them takes a source: the highest bid on its first bytes. */
#include "importer.h"

#include "leaks.h"
#include "looks.h"
#include "imessage.h"
#include "imessage_text.h"
#include "element_text.h"
#include "irc.h"
#include "kakaotalk.h"
#include "line_messenger.h"
#include "mail.h"
#include "matrix.h"
#include "messenger.h"
#include "discord_page.h"
#include "imessage_page.h"
#include "messenger_page.h"
#include "release.h"
#include "rsmf.h"
#include "sigtop_json.h"
#include "skype.h"
#include "sms.h"
#include "discord.h"
#include "slack.h"
#include "stet_jsonl.h"
#include "signal_export.h"
#include "takeout.h"
#include "telegram.h"
#include "table.h"
#include "twitter.h"
#include "wechat.h"
#include "whatsapp.h"

#include "text_lines.h"

static const struct importer *const importers[] = {
    &importer_stet_jsonl,
    &importer_release_text,
    &importer_release_html,
    &importer_imessage_db,
    &importer_rsmf,
    &importer_sigtop_json,
    &importer_signal_xml,
    &importer_sms,
    &importer_twitter,
    &importer_slack,
    &importer_discord_json,
    &importer_discord_csv,
    &importer_discord_package,
    &importer_discord_package_csv,
    &importer_mbox,
    &importer_eml,
    &importer_messenger_json,
    &importer_hangouts,
    &importer_hangouts_old,
    &importer_googlechat,
    &importer_skype,
    &importer_matrix_json,
    &importer_telegram_json,
    &importer_telegram_json_list,
    &importer_telegram_html,
    &importer_discord_html,
    &importer_discord_txt,
    &importer_messenger_html,
    &importer_messenger_htm,
    &importer_imessage_html,
    &importer_signal_markdown,
    &importer_whatsapp,
    &importer_irc,
    &importer_irc_epoch,
    &importer_line,
    &importer_kakaotalk,
    &importer_kakaotalk_csv,
    &importer_signal_json,
    &importer_signal_text,
    &importer_signal_short,
    &importer_imessage_text,
    &importer_element_text,
    &importer_wechat,
    &importer_wechat_chatlog,
    &importer_blackbasta,
    &importer_blackbasta_text,
    &importer_trickbot,
    &importer_psi,
    &importer_rocketchat,
    &importer_ransomchats,
    &importer_conti,
    &importer_csv,
    &importer_jsonl,
};

size_t importer_count(void)
{
    return sizeof importers / sizeof importers[0];
}

const struct importer *importer_at(size_t i)
{
    return i < importer_count() ? importers[i] : NULL;
}

const struct importer *importer_find(str name)
{
    for (size_t i = 0; i < importer_count(); i++)
        if (str_eq(name, str_of(importers[i]->name)))
            return importers[i];
    return NULL;
}

/* The first bytes as bids see them: UTF-8 without a byte order mark. */
static str seen(str raw, char decoded[2 * BID_PREFIX_BYTES])
{
    return text_prefix(str_sub(raw, 0, BID_PREFIX_BYTES), decoded, 2 * BID_PREFIX_BYTES);
}

static const struct importer *highest_bid(str prefix, str name)
{
    const struct importer *best = NULL;
    int highest = BID_NO;
    for (size_t i = 0; i < importer_count(); i++) {
        const int bid = importers[i]->bid(prefix, name);
        if (bid <= highest)
            continue;
        highest = bid;
        best = importers[i];
    }
    return best;
}

enum status importer_detect(const struct importer **out, struct source *source, struct err *e)
{
    *out = NULL;
    str raw;
    const enum status st = source_peek(source, BID_PREFIX_BYTES, &raw, e);
    if (st != OK)
        return st;
    char decoded[2 * BID_PREFIX_BYTES];
    const str prefix = seen(raw, decoded), name = source_name(source);
    *out = highest_bid(prefix, name);
    if (*out)
        return OK;
    const struct look *look = look_of(str_sub(raw, 0, BID_PREFIX_BYTES), prefix);
    fail(e, ERR_FORMAT, "“" STR_FMT "” %s %s; no importer recognises it", STR_ARG(name),
         look->empty ? "is" : "looks like", look->what);
    return fail_hint(e, "%s `stet formats` lists what is read.", look->way_out);
}

const struct importer *importer_of_companion(str prefix, str name)
{
    char decoded[2 * BID_PREFIX_BYTES];
    prefix = seen(prefix, decoded);
    for (size_t i = 0; i < importer_count(); i++)
        if (importers[i]->companion && importers[i]->companion(prefix, name))
            return importers[i];
    return NULL;
}
