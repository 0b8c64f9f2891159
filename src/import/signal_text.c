/*
 * Signal chats by sigtop (https://github.com/tbvdm/sigtop), `sigtop msg -f text`: a file for each chat,
 * "Conversation: Name (number)", then records of fields ("From: ", "Type: ", "Sent: " ...), a blank line
 * and the text.
 *
 * Quirks: times have the offset of the computer that exported; one's own messages are from "You"; a
 * quotation stands before the text with "> " before its lines; of edited messages all versions stand
 * there, the newest first, with "| " before their lines.
 */
#include "signal_export.h"

#include "buf.h"
#include "count_lines.h"
#include "line_records.h"
#include "moment.h"

#include <string.h>

enum { EDITS_MAX = 100 };

struct reader {
    struct sink *sink;
    const struct import_options *options;
    str path;
    char key[SIGNAL_KEY_BYTES];
    struct buf plain; /* texts of versions, without what stands before their lines */
    struct line_note bad_stamp;
    struct signal_extras extras;
};

static bool is_field(str line, const char *name)
{
    const str n = str_of(name);
    return str_starts(line, n) && str_starts(str_from(line, n.n), STR(": "));
}

/* "Type: group-v2-change": Signal's own word, which sets it apart from texts that begin so. */
static bool is_type(str line)
{
    if (!is_field(line, "Type") || line.n < 7)
        return false;
    for (size_t i = 6; i < line.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", line.p[i]))
            return false;
    return true;
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    (void)context;
    if (l->number == 1 && is_field(l->text, "Conversation"))
        return LINE_WRAPPING;
    const bool from = is_field(l->text, "From") && is_type(l->next);
    const bool type =
        is_type(l->text) && (is_field(l->next, "Sent") || is_field(l->next, "Received"));
    return l->after_blank && (from || type) ? LINE_BEGINS : LINE_GOES_ON;
}

/* --- Fields ------------------------------------------------------------------------------------ */

/* "Name (+4912345)" or "Name (0a1b…-…)": what is in the last brackets if it is an id. */
static str id_in(str person)
{
    const size_t open =
        person.n > 2 && str_ends(person, STR(")")) ? str_find(person, STR(" (")) : STR_NONE;
    if (open == STR_NONE)
        return STR("");
    const str id = str_sub(person, open + 2, person.n - open - 3);
    if (id.n < 5)
        return STR("");
    for (size_t i = 0; i < id.n; i++)
        if (!strchr("+-0123456789abcdefABCDEF", id.p[i]))
            return STR("");
    return id;
}

static void set_sender(struct reader *r, struct message *m, str person)
{
    const str id = id_in(person);
    m->sender = signal_sender(id.n ? id : person, r->options);
    if (id.n)
        m->sender_name = str_sub(person, 0, person.n - id.n - 3);
}

/* "name (mime, 123 bytes)" */
static void add_attachment(struct reader *r, str value)
{
    size_t open = value.n, count = r->extras.attachment_count;
    while (open > 1 && !(value.p[open - 1] == '(' && value.p[open - 2] == ' '))
        open--;
    str details = open > 1 ? str_from(value, open) : STR(""), mime = STR("");
    str name = open > 1 ? str_sub(value, 0, open - 2) : value;
    if (str_eq(name, STR("no filename")))
        name = STR("");
    str_split(&details, ',', &mime);
    signal_attach(&r->extras, name, STR(""), mime, r->options);
    details = str_trim(details);
    const size_t blank = str_find_byte(details, ' ');
    int64_t size;
    if (r->extras.attachment_count > count && blank != STR_NONE &&
        str_to_u63(str_sub(details, 0, blank), &size))
        r->extras.attachments[count].size_bytes = size;
}

/* "emoji from Name" */
static void add_reaction(struct reader *r, str value)
{
    const str from = STR(" from ");
    const size_t at = str_find(value, from);
    if (at != STR_NONE)
        signal_react(&r->extras, signal_sender(str_from(value, at + from.n), r->options),
                     str_sub(value, 0, at));
}

static bool read_stamp(str text, struct stamp *out)
{
    return stamp_written(text, ORDER_UNKNOWN, out) && out->has_time;
}

static void set_kind(struct message *m, str type)
{
    if (str_eq(type, STR("incoming")) || str_eq(type, STR("outgoing")))
        return;
    m->kind = str_eq(type, STR("call-history")) ? KIND_CALL : KIND_EVENT;
    m->text = type; /* until words of its own are found */
}

static void set_field(struct reader *r, struct message *m, str line)
{
    const size_t colon = str_find(line, STR(": "));
    const str name = str_sub(line, 0, colon), value = str_from(line, name.n + 2);
    struct stamp stamp;
    if (str_eq(name, STR("From"))) {
        set_sender(r, m, value);
    } else if (str_eq(name, STR("Type"))) {
        set_kind(m, value);
    } else if (str_eq(name, STR("Sent")) || (str_eq(name, STR("Received")) && !m->time_shown.n)) {
        m->time_shown = value;
        if (read_stamp(value, &stamp))
            m->time = moment_of(&stamp, r->options);
    } else if (str_eq(name, STR("Attachment"))) {
        add_attachment(r, value);
    } else if (str_eq(name, STR("Reaction"))) {
        add_reaction(r, value);
    } else if (str_eq(name, STR("Edited"))) {
        m->flags |= FLAG_EDITED;
    }
}

/* --- Words ------------------------------------------------------------------------------------- */

/* Takes lines off the front as long as they begin with `mark`; false if none does. */
static bool take_marked(str *rest, char mark, str *lines)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] == mark) {
        const size_t end = str_find_byte(str_from(*rest, n), '\n');
        n = end == STR_NONE ? rest->n : n + end + 1;
    }
    *lines = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return n > 0;
}

/* A quotation and the blank line behind it. */
static bool take_quotation(str *words)
{
    str rest = *words, quoted;
    if (!str_starts(rest, STR("> From: ")) || !take_marked(&rest, '>', &quoted))
        return false;
    *words = str_starts(rest, STR("\n")) ? str_from(rest, 1) : rest;
    return true;
}

/* Appends the lines without "| " before them; gives the text. */
static str unmarked(struct reader *r, str lines)
{
    const size_t from = r->plain.n;
    bool first = true;
    for (str line; str_split(&lines, '\n', &line); first = false) {
        if (!first)
            buf_add_byte(&r->plain, '\n');
        buf_add(&r->plain, str_from(line, str_starts(line, STR("| ")) ? 2 : 1));
    }
    return str_from(buf_str(&r->plain), from);
}

/* One version: fields, an empty line, perhaps a quotation, the text. */
static struct edit version_of(str version)
{
    struct edit edit = {.text = STR(""), .utc_ms = TIME_NONE};
    struct stamp stamp;
    str line;
    while (str_split(&version, '\n', &line) && line.n)
        if (is_field(line, "Sent") && read_stamp(str_from(line, 6), &stamp) && stamp.has_offset)
            edit.utc_ms = stamp.wall_ms - stamp.offset_min * MS_PER_MINUTE;
    take_quotation(&version);
    while (str_ends(version, STR("\n")))
        version.n--;
    edit.text = version;
    return edit;
}

static size_t next_version(str versions)
{
    const size_t at = str_find(versions, STR("\nVersion: "));
    return at == STR_NONE ? versions.n : at + 1;
}

/* The newest version is the text; the others, oldest first, are earlier wordings. */
static void read_versions(struct reader *r, struct message *m, str lines,
                          struct edit edits[EDITS_MAX])
{
    buf_clear(&r->plain);
    str versions = unmarked(r, lines);
    m->flags |= FLAG_EDITED;
    size_t count = 0;
    for (bool newest = true; versions.n; newest = false) {
        const size_t n = next_version(versions);
        const struct edit edit = version_of(str_sub(versions, 0, n));
        versions = str_from(versions, n);
        if (newest) {
            m->text = edit.text;
            m->edited_utc_ms = edit.utc_ms;
        } else if (count < EDITS_MAX) {
            edits[count++] = edit;
        }
    }
    for (size_t i = 0, k = count; i + 1 < k; i++) {
        k--;
        const struct edit edit = edits[i];
        edits[i] = edits[k];
        edits[k] = edit;
    }
    m->edits = edits;
    m->edit_count = count;
}

static void read_words(struct reader *r, struct message *m, str words, struct edit edits[EDITS_MAX])
{
    str lines;
    if (take_quotation(&words))
        m->flags |= FLAG_REPLY;
    if (m->flags & FLAG_EDITED && str_starts(words, STR("| Version: ")) &&
        take_marked(&words, '|', &lines))
        read_versions(r, m, lines, edits);
    else if (words.n)
        m->text = words;
}

/* --- Records ----------------------------------------------------------------------------------- */

static enum status name_chat(struct reader *r, str title, struct err *e)
{
    const str id = id_in(title);
    if (id.n)
        title = str_sub(title, 0, title.n - id.n - 3);
    return signal_name(r->sink, title, r->key, e);
}

static enum status on_wrapping(void *context, const struct line_at *l, struct err *e)
{
    return name_chat(context, str_from(l->text, STR("Conversation: ").n), e);
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    if (!r->key[0]) { /* no header: the file's name must do */
        const enum status st = signal_name(r->sink, signal_title(r->path), r->key, e);
        if (st != OK)
            return st;
    }
    struct message m = line_message(record);
    struct edit edits[EDITS_MAX];
    m.conversation = str_of(r->key);
    r->extras.reaction_count = r->extras.attachment_count = r->extras.names_used = 0;
    str rest = record->text, line;
    while (str_split(&rest, '\n', &line) && line.n)
        set_field(r, &m, line);
    if (m.time.utc_ms == TIME_NONE)
        line_note_add(&r->bad_stamp, record);
    read_words(r, &m, rest, edits);
    signal_put_extras(&m, &r->extras);
    return r->sink->message(r->sink, &m, e);
}

static enum status read_text(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    const struct line_format format = {.how.charset = line_charset(source),
                                       .role = role_of,
                                       .wrapping = on_wrapping,
                                       .record = on_record};
    static const struct line_note_words bad_stamp = {
        ISSUE_WARN, "badStamp",
        "message has no time that can be read, and is kept in its order only.",
        "messages have no time that can be read, and are kept in their order only.",
        "Look at the file there: sigtop writes \"unknown\" where Signal itself has no time."};
    struct reader r = {.sink = sink,
                       .options = options,
                       .path = line_source_path(source, options),
                       .plain = buf_new(BUF_MESSAGE_MAX)};
    enum status st = line_records(source, sink, &format, &r, e);
    if (st == OK)
        st = line_note_tell(sink, &r.bad_stamp, &bad_stamp, e);
    buf_free(&r.plain);
    return st;
}

static int bid_text(str prefix, str name)
{
    str first = STR(""), blank = STR(""), field = STR("");
    (void)name;
    str_split(&prefix, '\n', &first);
    str_split(&prefix, '\n', &blank);
    str_split(&prefix, '\n', &field);
    return is_field(first, "Conversation") && line_is_blank(blank) &&
                   (is_field(field, "From") || is_field(field, "Type"))
               ? BID_SURE
               : BID_NO;
}

static bool is_one_word(str s)
{
    size_t n = 0;
    while (n < s.n &&
           (s.p[n] == '-' || (s.p[n] >= 'a' && s.p[n] <= 'z') || (s.p[n] >= '0' && s.p[n] <= '9')))
        n++;
    return n && n == s.n;
}

/* "From: " behind a blank line with "Type: " behind it, or "Type: " with "Sent: " or "Received: ". state[6]:
   the line before was not blank; state[7]: it was the first of these (1) or the second (2). */
static bool counts(struct counter *c, str head)
{
    const uint64_t before = c->state[7];
    const bool after_blank = !c->state[6];
    const bool type = head_fits(head, "Type: ") && is_one_word(str_from(head, 6));
    c->state[6] = head.n > 0;
    c->state[7] = !after_blank ? 0 : head_fits(head, "From: ") ? 1 : type ? 2 : 0;
    return (before == 1 && type) ||
           (before == 2 && (head_fits(head, "Sent: ") || head_fits(head, "Received: ")));
}

static void count_text(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

const struct importer importer_signal_text = {
    .name = "signal-text",
    .title = "Signal chat by sigtop, text",
    .where = "made by sigtop from Signal Desktop with -f text: a text file for each chat",
    .version = "1",
    .bid = bid_text,
    .read = read_text,
    .count = count_text,
};
