/*
 * SMS Backup & Restore (SyncTech, Android): sms-YYYYMMDDhhmmss.xml and calls-*.xml, in Google Drive or
 * on the phone (https://www.synctech.com.au/sms-backup-restore/fields-in-xml-backup-files/); and the
 * plaintext backup that Signal for Android wrote until 2020, which looks the same.
 *
 * - `date` is UTC, in milliseconds; copies made by other programs have seconds, even in the same file.
 * - `count` at the top is often wrong; "null" stands for nothing; contact_name may be "(Unknown)".
 * - The same number is written in three ways; equal messages may stand twice.
 * - readable_date is local text in the phone's language: not used.
 */
#include "sms.h"

#include "buf.h"
#include "moment.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BOX_RECEIVED = 1, BOX_SENT, BOX_DRAFT, BOX_OUTBOX, BOX_FAILED, BOX_QUEUED };

/* ---- Bids ------------------------------------------------------------------------------------- */

static bool is_signal(str prefix, str name)
{
    return str_find(name, STR("SignalPlaintextBackup")) != STR_NONE ||
           str_find(prefix, STR("Created By Signal")) != STR_NONE ||
           str_find(prefix, STR("SignalBackup")) != STR_NONE;
}

static bool is_backup(str prefix)
{
    const str head = str_sub(prefix, 0, 4096);
    return str_find(head, STR("<smses")) != STR_NONE ||
           (str_find(head, STR("<calls")) != STR_NONE &&
            str_find(prefix, STR("<call ")) != STR_NONE) ||
           (str_find(head, STR("<sms ")) != STR_NONE &&
            str_find(head, STR("address=")) != STR_NONE);
}

static int bid_sms(str prefix, str name)
{
    (void)name;
    return is_backup(prefix) ? BID_LIKELY : BID_NO;
}

static int bid_signal(str prefix, str name)
{
    return is_backup(prefix) && is_signal(prefix, name) ? BID_SURE : BID_NO;
}

/* ---- People and places ------------------------------------------------------------------------ */

str sms_address_key(str address, struct arena *a)
{
    char *const key = arena_alloc(a, address.n + 1);
    size_t n = 0;
    bool letters = false;
    for (size_t i = 0; i < address.n; i++) {
        const char c = address.p[i];
        letters |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '@';
        if (str_find_byte(STR(" -().\t/"), c) == STR_NONE)
            key[n++] = c;
    }
    if (!letters && n)
        return (str){key, n};
    for (size_t i = 0; i < address.n; i++) /* an e-mail address, or the name of a sender */
        key[i] =
            (char)(address.p[i] >= 'A' && address.p[i] <= 'Z' ? address.p[i] + 32 : address.p[i]);
    return str_trim((str){key, address.n});
}

static str known_name(str name)
{
    return str_eq(name, STR("(Unknown)")) || str_eq(name, STR("null")) ? STR("") : name;
}

void sms_set_sender(struct sms_reader *r, struct message *m, str address, str name, bool sent)
{
    if (sent) {
        m->sender = r->options->owner.n ? r->options->owner : STR("Me");
        return;
    }
    m->sender = sms_address_key(address, &r->arena);
    m->sender_name = known_name(name).n ? known_name(name) : address;
}

static int by_text(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

/* "sms:+491...~+492..." with the numbers in order, so that the order in the file does not matter. */
static str key_of(struct sms_reader *r, str addresses, size_t *count)
{
    enum { MEMBERS_MAX = 1000 };
    str keys[MEMBERS_MAX], one;
    struct buf key = buf_new(BUF_LINE_MAX);
    *count = 0;
    while (*count < MEMBERS_MAX && str_split(&addresses, '~', &one))
        keys[(*count)++] = sms_address_key(one, &r->arena);
    qsort(keys, *count, sizeof *keys, by_text);
    buf_addf(&key, "%s:", r->platform);
    for (size_t i = 0; i < *count; i++)
        buf_addf(&key, "%s" STR_FMT, i ? "~" : "", STR_ARG(keys[i]));
    if (!*count)
        buf_add(&key, STR("unknown"));
    const str out = arena_dup(&r->arena, buf_str(&key));
    buf_free(&key);
    return out;
}

enum status sms_set_conversation(struct sms_reader *r, struct message *m, str addresses, str title,
                                 struct err *e)
{
    size_t count;
    m->conversation = key_of(r, addresses, &count);
    char *const told = r->told[str_hash(m->conversation) % (sizeof r->told / sizeof *r->told)];
    if (str_eq(str_of(told), m->conversation))
        return OK;
    if (m->conversation.n < sizeof *r->told) {
        memcpy(told, m->conversation.p, m->conversation.n);
        told[m->conversation.n] = '\0';
    }
    return r->sink->conversation(r->sink,
                                 &(struct conversation){
                                     .key = m->conversation,
                                     .title = known_name(title).n ? known_name(title) : addresses,
                                     .platform = str_of(r->platform),
                                     .type = count > 1 ? STR("group") : STR("direct"),
                                 },
                                 e);
}

/* ---- Facts ------------------------------------------------------------------------------------ */

void sms_note(struct line_note *n, const struct message *m)
{
    if (!n->count++)
        n->first = m->locus;
}

void sms_set_time(struct sms_reader *r, struct message *m, str stamp)
{
    int64_t utc_ms;
    if (str_eq(stamp, STR("0")) || !stamp_epoch(stamp, &utc_ms)) {
        sms_note(&r->undated, m);
        return;
    }
    m->time = moment_utc(utc_ms);
    m->time_shown = stamp;
}

void sms_set_box(struct sms_reader *r, struct message *m, int64_t box)
{
    if (box == BOX_DRAFT) {
        m->kind = KIND_EVENT; /* nobody was told this */
        m->text = arena_printf(&r->arena, "wrote a draft: " STR_FMT, STR_ARG(m->text));
        sms_note(&r->drafts, m);
    } else if (box == BOX_OUTBOX || box == BOX_FAILED || box == BOX_QUEUED) {
        sms_note(&r->undelivered, m);
    }
}

/* ---- Elements --------------------------------------------------------------------------------- */

static enum status on_sms(struct sms_reader *r, const struct sms_tag *tag, struct message *m,
                          struct err *e)
{
    bool lossy = false;
    const str address = sms_value(tag, "address", &r->arena, &lossy);
    const str name = sms_value(tag, "contact_name", &r->arena, &lossy);
    const str subject = sms_value(tag, "subject", &r->arena, &lossy);
    m->text = sms_value(tag, "body", &r->arena, &lossy);
    if (str_eq(sms_raw(tag, "body"), STR("null")))
        sms_note(&r->null_body, m);
    if (subject.n)
        m->text = arena_printf(&r->arena, STR_FMT "\n" STR_FMT, STR_ARG(subject), STR_ARG(m->text));
    if (lossy)
        m->flags |= FLAG_LOSSY;
    int64_t box = 0;
    (void)str_to_u63(sms_raw(tag, "type"), &box);
    sms_set_sender(r, m, address, name, box >= BOX_SENT && box <= BOX_QUEUED);
    sms_set_box(r, m, box);
    return sms_set_conversation(r, m, address, name, e);
}

static enum status on_mms(struct sms_reader *r, str raw, const struct sms_tag *tag,
                          struct message *m, struct err *e)
{
    bool lossy = false;
    str addresses = STR("");
    sms_fill_mms(r, raw, m, &addresses);
    return sms_set_conversation(r, m, addresses, sms_value(tag, "contact_name", &r->arena, &lossy),
                                e);
}

static enum status on_call(struct sms_reader *r, const struct sms_tag *tag, struct message *m,
                           struct err *e)
{
    static const char *const kinds[] = {
        "call",      "incoming call", "outgoing call", "missed call",
        "voicemail", "rejected call", "blocked call",  "call answered on another device"};
    bool lossy = false;
    const str number = sms_value(tag, "number", &r->arena, &lossy);
    const str name = sms_value(tag, "contact_name", &r->arena, &lossy);
    int64_t type = 0, seconds = 0;
    char lasted[CIVIL_TEXT] = "";
    (void)str_to_u63(sms_raw(tag, "type"), &type);
    if (str_to_u63(sms_raw(tag, "duration"), &seconds) && seconds && seconds < INT64_C(1) << 40)
        civil_print_duration(lasted, seconds * MS_PER_SECOND);
    const size_t kind = type > 0 && type < 8 ? (size_t)type : 0;
    m->kind = KIND_CALL;
    m->text = arena_printf(&r->arena, "%s%s%s", kinds[kind], *lasted ? ", " : "", lasted);
    sms_set_sender(r, m, number, name, type == BOX_SENT);
    return sms_set_conversation(r, m, number, name, e);
}

static enum status refuse(struct sms_reader *r, const struct sms_element *x, struct err *e)
{
    return r->sink->issue(
        r->sink,
        &(struct issue){
            .severity = ISSUE_ERROR,
            .code = "brokenRecord",
            .what =
                STR("A record has no end where it should: it is damaged or the file is cut off."),
            .way_out = STR("Look at the file there; was its download or export complete?"),
            .locus = {.at = x->at, .length = x->raw.n, .line = x->line},
            .covers = true},
        e);
}

static enum status on_element(void *context, const struct sms_element *x, struct err *e)
{
    struct sms_reader *r = context;
    struct sms_tag tag;
    str rest = x->raw;
    arena_clear(&r->arena);
    r->records++;
    if (!x->whole || !sms_next_tag(&rest, &tag))
        return refuse(r, x, e);
    struct message m = message_empty();
    m.locus = (struct locus){.at = x->at, .length = x->raw.n, .line = x->line};
    m.raw = x->raw;
    sms_set_time(r, &m, sms_raw(&tag, "date"));
    enum status st;
    if (str_eq(tag.name, STR("mms")))
        st = on_mms(r, x->raw, &tag, &m, e);
    else if (str_eq(tag.name, STR("call")))
        st = on_call(r, &tag, &m, e);
    else
        st = on_sms(r, &tag, &m, e);
    if (m.flags & FLAG_LOSSY)
        sms_note(&r->lossy, &m);
    return st == OK ? r->sink->message(r->sink, &m, e) : st;
}

/* ---- The whole -------------------------------------------------------------------------------- */

/* What the first tag says of how many there are. */
static enum status look_at_count(struct sms_reader *r, struct source *source, struct err *e)
{
    enum { HEAD_BYTES = 4096 };
    str head;
    const enum status st = source_peek(source, HEAD_BYTES, &head, e);
    struct sms_tag tag;
    r->claimed = -1;
    if (st != OK)
        return st;
    const size_t messages = str_find(head, STR("<smses")), calls = str_find(head, STR("<calls"));
    str rest = str_from(head, messages < calls ? messages : calls);
    if (sms_next_tag(&rest, &tag))
        (void)str_to_u63(sms_raw(&tag, "count"), &r->claimed);
    return st;
}

static enum status tell_count(struct sms_reader *r, struct err *e)
{
    char what[160];
    if (r->claimed < 0 || (uint64_t)r->claimed == r->records)
        return OK;
    snprintf(what, sizeof what,
             "The file says that it has %" PRId64 " records; there are %" PRIu64 ".", r->claimed,
             r->records);
    return r->sink->issue(
        r->sink,
        &(struct issue){.severity = ISSUE_NOTE,
                        .code = "countDiffers",
                        .what = str_of(what),
                        .way_out = STR("The number is often wrong in these files; if records are "
                                       "fewer, ask for another copy.")},
        e);
}

static enum status tell_notes(struct sms_reader *r, struct err *e)
{
    static const struct line_note_words words[] = {
        {ISSUE_NOTE, "nullBody", "message has “null” for a text, which was read as none",
         "messages have “null” for a text, which was read as none",
         "The app writes “null” where there is nothing."},
        {ISSUE_NOTE, "undelivered", "message was written but perhaps never sent",
         "messages were written but perhaps never sent",
         "They stood in the outbox, had failed or were waiting when the backup was made."},
        {ISSUE_NOTE, "draft", "draft was never sent; it is kept as an event",
         "drafts were never sent; they are kept as events", "Search with kind:event."},
        {ISSUE_NOTE, "notFetched", "multimedia message was never fetched by the phone",
         "multimedia messages were never fetched by the phone",
         "The backup has no text and no files of it."},
        {ISSUE_WARN, "badStamp", "record has no time that can be read",
         "records have no time that can be read", "They keep their place in the file."},
        {ISSUE_WARN, "badCharacter", "record holds what is no character; it shows as U+FFFD",
         "records hold what is no character; it shows as U+FFFD",
         "The original bytes stay available with each message."},
    };
    const struct line_note *const notes[] = {&r->null_body,   &r->undelivered, &r->drafts,
                                             &r->not_fetched, &r->undated,     &r->lossy};
    enum status st = OK;
    for (size_t i = 0; i < sizeof words / sizeof *words && st == OK; i++)
        st = line_note_tell(r->sink, notes[i], &words[i], e);
    return st;
}

static enum status read_as(const char *platform, struct source *source,
                           const struct import_options *options, struct sink *sink, struct err *e)
{
    struct sms_reader r = {.sink = sink, .options = options, .platform = platform};
    enum status st = look_at_count(&r, source, e);
    if (st == OK)
        st = sms_scan(source, sink, &r, on_element, e);
    if (st == OK)
        st = tell_count(&r, e);
    if (st == OK)
        st = tell_notes(&r, e);
    arena_free(&r.arena);
    return st;
}

static enum status read_sms(struct source *source, const struct import_options *options,
                            struct sink *sink, struct err *e)
{
    return read_as("sms", source, options, sink, e);
}

static enum status read_signal(struct source *source, const struct import_options *options,
                               struct sink *sink, struct err *e)
{
    return read_as("signal", source, options, sink, e);
}

const struct importer importer_sms = {
    .name = "sms-xml",
    .title = "SMS Backup & Restore (Android), messages and calls",
    .where = "sms-*.xml and calls-*.xml, in the app's folder or in Google Drive",
    .version = "1",
    .bid = bid_sms,
    .read = read_sms,
    .unordered = true,
    .count = sms_count,
};

const struct importer importer_signal_xml = {
    .name = "signal-xml",
    .title = "Signal for Android, plaintext backup (until 2020)",
    .where = "SignalPlaintextBackup.xml on the phone's storage",
    .version = "1",
    .bid = bid_signal,
    .read = read_signal,
    .unordered = true,
    .count = sms_count,
};
