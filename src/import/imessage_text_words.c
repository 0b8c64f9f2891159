/*
 * The lines of one message as imessage-exporter writes them: people's words, and among them its own
 * about tapbacks, edits, deletions, files and answers. Its own are taken out; of what might be
 * somebody's words nothing is.
 */
#include "imessage_text.h"

#include "line_records.h"

#include <string.h>

struct imessage_words imessage_words_new(void)
{
    return (struct imessage_words){.text = buf_new(BUF_MESSAGE_MAX)};
}

void imessage_words_free(struct imessage_words *w)
{
    buf_free(&w->text);
}

static bool is_answer(str line)
{
    return str_starts(line, STR("    ")) && imessage_stamp(str_from(line, 4)) > 0;
}

/* --- Wordings ---------------------------------------------------------------------------------- */

static void end_wording(struct imessage_words *w)
{
    if (w->wording_count == IMESSAGE_LIST_MAX)
        return;
    w->ends[w->wording_count++] = w->text.n;
    w->begun = false;
}

static void add_line(struct imessage_words *w, str line)
{
    if (w->begun)
        buf_add_byte(&w->text, '\n');
    w->begun = true;
    buf_add(&w->text, line);
}

/* "Edited 2 minutes later: new words": what is said behind it. */
static bool is_edit(str line, str *words)
{
    const str later = STR(" later: ");
    const size_t at = str_find(line, later);
    if (!str_starts(line, STR("Edited ")) || at == STR_NONE || at > 80)
        return false;
    *words = str_from(line, at + later.n);
    return true;
}

/* --- Tapbacks ---------------------------------------------------------------------------------- */

static bool is_tapback_head(str line)
{
    return str_eq(line, STR("Tapbacks:")) || str_eq(line, STR("Reactions:"));
}

/* "Loved by Ines", "👍 by Me", "Sticker from noll: attachments/1.heic" */
static bool take_tapback(struct imessage_words *w, str line)
{
    const bool sticker = str_starts(line, STR("Sticker from "));
    const str by = sticker ? STR(" from ") : STR(" by ");
    const size_t at = str_find(line, by);
    if (at == STR_NONE || at == 0 || at > 40)
        return false;
    str who = str_from(line, at + by.n);
    const size_t colon = sticker ? str_find(who, STR(": ")) : STR_NONE;
    if (colon != STR_NONE)
        who = str_sub(who, 0, colon);
    if (w->reaction_count < IMESSAGE_LIST_MAX)
        w->reactions[w->reaction_count++] = (struct reaction){.emoji = str_sub(line, 0, at),
                                                              .sender = who,
                                                              .sender_name = STR(""),
                                                              .utc_ms = TIME_NONE,
                                                              .count = 1};
    return true;
}

/* --- Files and deletions ------------------------------------------------------------------------ */

static const struct {
    const char *extension;
    enum attachment_kind kind;
    uint32_t flag;
} kinds[] = {
    {".jpg", ATTACH_IMAGE, FLAG_IMAGE}, {".jpeg", ATTACH_IMAGE, FLAG_IMAGE},
    {".png", ATTACH_IMAGE, FLAG_IMAGE}, {".heic", ATTACH_IMAGE, FLAG_IMAGE},
    {".gif", ATTACH_IMAGE, FLAG_IMAGE}, {".mov", ATTACH_VIDEO, FLAG_VIDEO},
    {".mp4", ATTACH_VIDEO, FLAG_VIDEO}, {".caf", ATTACH_AUDIO, FLAG_AUDIO},
    {".m4a", ATTACH_AUDIO, FLAG_AUDIO}, {".amr", ATTACH_AUDIO, FLAG_AUDIO},
};

/* A line that is nothing but the path of a file of Messages. It stays in the text, as somebody may have
   written it. */
static void note_file(struct imessage_words *w, struct message *m, str line)
{
    const bool copied = str_starts(line, STR("attachments/"));
    const bool in_place = (str_starts(line, STR("/")) || str_starts(line, STR("~/"))) &&
                          str_find(line, STR("/Attachments/")) != STR_NONE;
    if ((!copied && !in_place) || line.n > 1024 || w->attachment_count == IMESSAGE_LIST_MAX)
        return;
    str rest = line, name;
    if (!path_pop(&rest, &name) || str_find_byte(name, '.') == STR_NONE)
        return;
    struct attachment a = {
        .kind = ATTACH_FILE, .name = name, .mime = STR(""), .path = STR(""), .size_bytes = -1};
    uint32_t flag = FLAG_FILE;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const str extension = str_of(kinds[i].extension);
        if (name.n <= extension.n ||
            !str_eq_nocase(str_from(name, name.n - extension.n), extension))
            continue;
        a.kind = kinds[i].kind;
        flag = kinds[i].flag;
    }
    m->flags |= flag;
    w->attachments[w->attachment_count++] = a;
}

/* Lines of the exporter's own: what they mean is a flag. */
static bool take_notice(struct message *m, str line)
{
    static const struct {
        const char *line;
        uint32_t flag;
    } notices[] = {
        {"This message responded to an earlier message.", FLAG_REPLY},
        {"This message was deleted from the conversation!", FLAG_DELETED},
        {"You deleted a message.", FLAG_DELETED},
        {"They deleted a message.", FLAG_DELETED},
    };
    for (size_t i = 0; i < sizeof notices / sizeof notices[0]; i++)
        if (str_eq(line, str_of(notices[i].line))) {
            m->flags |= notices[i].flag;
            return true;
        }
    return false;
}

/* --- All lines --------------------------------------------------------------------------------- */

enum where { IN_TEXT, IN_TAPBACKS, IN_ANSWER };

static enum where read_line(struct imessage_words *w, struct message *m, str line, enum where where)
{
    const bool blank = line_is_blank(line);
    if (is_answer(line)) {
        w->answers = true;
        return IN_ANSWER;
    }
    if (where == IN_ANSWER)
        return blank ? IN_TEXT : IN_ANSWER;
    if (where == IN_TAPBACKS && (blank || take_tapback(w, line)))
        return blank ? IN_TEXT : IN_TAPBACKS;
    if (is_tapback_head(line))
        return IN_TAPBACKS;
    if (take_notice(m, line))
        return IN_TEXT;
    str words = line;
    if (is_edit(line, &words)) {
        end_wording(w);
        m->flags |= FLAG_EDITED;
    } else {
        note_file(w, m, line);
    }
    add_line(w, words);
    return IN_TEXT;
}

static str without_blank_end(str text)
{
    while (str_ends(text, STR("\n")))
        text.n--;
    return text;
}

/* The wordings in order; older exporters put a stamp before the first. */
static void put_wordings(struct imessage_words *w, struct message *m)
{
    const str all = buf_str(&w->text);
    size_t from = 0;
    for (size_t i = 0; i < w->wording_count; i++) {
        str text = without_blank_end(str_sub(all, from, w->ends[i] - from));
        const size_t stamp = i == 0 ? imessage_stamp(text) : 0;
        if (stamp && str_starts(str_from(text, stamp), STR(" ")))
            text = str_from(text, stamp + 1);
        w->edits[i] = (struct edit){.text = text, .utc_ms = TIME_NONE};
        from = w->ends[i];
    }
    m->edits = w->edits;
    m->edit_count = w->wording_count;
    m->text = without_blank_end(str_from(all, from));
}

void imessage_read_words(struct imessage_words *w, struct message *m, str lines)
{
    buf_clear(&w->text);
    w->wording_count = w->reaction_count = w->attachment_count = 0;
    w->answers = w->begun = false;
    enum where where = IN_TEXT;
    for (str line; str_split(&lines, '\n', &line);)
        where = read_line(w, m, line, where);
    put_wordings(w, m);
    m->reactions = w->reactions;
    m->reaction_count = w->reaction_count;
    m->attachments = w->attachments;
    m->attachment_count = w->attachment_count;
    if (w->reaction_count)
        m->flags |= FLAG_REACTION;
}
