/*
 * Signal chats by signal-export (https://github.com/carderne/signal-export), chat.md in a folder for each
 * chat: "[2019-12-24 12:23:01] Name: text", a blank line between messages. Older versions wrote
 * index.md with "[2019-12-24, 12:23]".
 *
 * Quirks: the tool puts two blanks behind each text; quotations, reactions, stickers and files are written
 * into it in Markdown; one's own messages are by "Me"; times are local. WhatsApp on an iPhone writes
 * stamps of the same shape in some countries: the two blanks and the file's name tell them apart.
 */
#include "signal_export.h"

#include "count_lines.h"
#include "line_records.h"
#include "moment.h"

enum { LINK_BYTES_MAX = 2048 };

struct reader {
    struct sink *sink;
    const struct import_options *options;
    char key[SIGNAL_KEY_BYTES];
    struct line_note bad_stamp;
    struct signal_extras extras;
};

/* The stamp between the brackets at the front; empty if there is none. */
static str stamp_of(str line)
{
    static const char *const shapes[] = {"[dddd-dd-dd dd:dd:dd] ", "[dddd-dd-dd, dd:dd] "};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        const str shape = str_of(shapes[i]);
        size_t n = 0;
        while (n < shape.n && n < line.n &&
               (shape.p[n] == 'd' ? line.p[n] >= '0' && line.p[n] <= '9' : shape.p[n] == line.p[n]))
            n++;
        if (n == shape.n)
            return str_sub(line, 1, n - 3);
    }
    return STR("");
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    (void)context;
    return stamp_of(l->text).n ? LINE_BEGINS : LINE_GOES_ON;
}

/* --- What the tool wrote into the text ---------------------------------------------------------- */

static bool drop_end(str *text, str end)
{
    if (!str_ends(*text, end))
        return false;
    text->n -= end.n;
    return true;
}

/* The last place of `mark`; STR_NONE. */
static size_t find_last(str text, str mark)
{
    size_t found = STR_NONE;
    for (size_t at = 0, n; (n = str_find(str_from(text, at), mark)) != STR_NONE; at += n + 1)
        found = at + n;
    return found;
}

/* "![name](./media/file)  " at the end */
static bool take_file(struct reader *r, str *text)
{
    str rest = *text;
    drop_end(&rest, STR("  "));
    if (r->extras.attachment_count == SIGNAL_LIST_MAX || !drop_end(&rest, STR(")")))
        return false;
    const str end = str_from(rest, rest.n > LINK_BYTES_MAX ? rest.n - LINK_BYTES_MAX : 0);
    const size_t link = find_last(end, STR("](./media/"));
    const size_t open = link == STR_NONE ? STR_NONE : find_last(str_sub(end, 0, link), STR("["));
    if (open == STR_NONE)
        return false;
    signal_attach(&r->extras, str_sub(end, open + 1, link - open - 1), str_from(end, link + 2),
                  STR(""), r->options);
    *text = str_sub(rest, 0, rest.n - end.n + open);
    drop_end(text, STR("!"));
    return true;
}

/* "[emoji](../exported_stickers/...)  " or "(( emoji ))" on a line of its own: the emoji stays in the text. */
static bool take_sticker(str *text, str *sticker)
{
    str rest = *text;
    drop_end(&rest, STR("  "));
    const size_t open = find_last(rest, STR("\n(( "));
    if (open != STR_NONE && str_ends(rest, STR(" ))"))) {
        *sticker = str_sub(rest, open + 4, rest.n - open - 7);
        *text = str_sub(rest, 0, open);
        return true;
    }
    const size_t link = find_last(rest, STR("](../exported_stickers/"));
    const size_t bracket =
        link == STR_NONE ? STR_NONE : find_last(str_sub(rest, 0, link), STR("["));
    if (bracket == STR_NONE || !str_ends(rest, STR(")")))
        return false;
    *sticker = str_sub(rest, bracket + 1, link - bracket - 1);
    *text = str_sub(rest, 0, bracket);
    return true;
}

/* "(- Name: emoji, Name: emoji -)" on a line of its own */
static bool take_reactions(struct reader *r, str *text)
{
    str rest = *text;
    const size_t open = find_last(rest, STR("\n(- "));
    if (open == STR_NONE || !drop_end(&rest, STR(" -)")))
        return false;
    str list = str_from(rest, open + 4);
    while (list.n) {
        const size_t end = str_find(list, STR(", "));
        const str one = str_sub(list, 0, end == STR_NONE ? list.n : end);
        const size_t colon = find_last(one, STR(": "));
        if (colon != STR_NONE)
            signal_react(&r->extras, signal_sender(str_sub(one, 0, colon), r->options),
                         str_from(one, colon + 2));
        list = str_from(list, one.n + 2);
    }
    *text = str_sub(rest, 0, open);
    return true;
}

/* A quotation in front: a blank line, lines that begin with '>', a blank line. */
static bool take_quotation(str *text)
{
    str rest = *text, line;
    if (!str_starts(rest, STR("\n\n> ")))
        return false;
    rest = str_from(rest, 2);
    while (str_starts(rest, STR(">")))
        str_split(&rest, '\n', &line);
    *text = str_starts(rest, STR("\n")) ? str_from(rest, 1) : rest;
    return true;
}

/* Reverses files: they are taken from the end. */
static void put_files_in_order(struct signal_extras *x)
{
    for (size_t i = 0, k = x->attachment_count; i + 1 < k; i++) {
        k--;
        const struct attachment a = x->attachments[i];
        x->attachments[i] = x->attachments[k];
        x->attachments[k] = a;
    }
}

static void read_body(struct reader *r, struct message *m, str body)
{
    str sticker = STR("");
    r->extras.reaction_count = r->extras.attachment_count = r->extras.names_used = 0;
    while (take_file(r, &body))
        continue;
    put_files_in_order(&r->extras);
    take_sticker(&body, &sticker);
    take_reactions(r, &body);
    if (take_quotation(&body))
        m->flags |= FLAG_REPLY;
    drop_end(&body, STR("  "));
    m->text = body.n ? body : sticker;
    if (str_eq(body, STR("(This message was deleted)"))) {
        m->flags |= FLAG_DELETED;
        m->text = STR("");
    }
    signal_put_extras(m, &r->extras);
}

/* --- Records ----------------------------------------------------------------------------------- */

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct message m = line_message(record);
    struct stamp stamp;
    m.conversation = str_of(r->key);
    m.time_shown = stamp_of(record->text);
    if (stamp_iso(m.time_shown, &stamp) || stamp_written(m.time_shown, ORDER_UNKNOWN, &stamp))
        m.time = moment_naive(stamp.wall_ms, r->options);
    else
        line_note_add(&r->bad_stamp, record);
    const str rest = str_from(record->text, m.time_shown.n + 3);
    const str line = str_sub(rest, 0, record->head - (record->text.n - rest.n));
    const size_t colon = str_find_byte(line, ':');
    if (colon == STR_NONE) {
        m.kind = KIND_EVENT;
        m.text = rest;
        return r->sink->message(r->sink, &m, e);
    }
    m.sender = signal_sender(str_sub(line, 0, colon), r->options);
    str body = str_from(rest, colon + 1);
    if (str_starts(body, STR(" ")))
        body = str_from(body, 1);
    read_body(r, &m, body);
    if (signal_is_call(m.text))
        m.kind = KIND_CALL;
    else if (!m.sender.n && !m.text.n)
        m.kind = KIND_EVENT;
    return r->sink->message(r->sink, &m, e);
}

static enum status read_markdown(struct source *source, const struct import_options *options,
                                 struct sink *sink, struct err *e)
{
    const struct line_format format = {
        .how.charset = line_charset(source), .role = role_of, .record = on_record};
    static const struct line_note_words bad_stamp = {
        ISSUE_WARN, "badStamp",
        "message has a stamp that is no time, and is kept in its order only.",
        "messages have stamps that are no times, and are kept in their order only.",
        "Look at the file there: the stamp is shown with the message."};
    struct reader r = {.sink = sink, .options = options};
    enum status st = signal_name(sink, signal_title(line_source_path(source, options)), r.key, e);
    if (st == OK)
        st = line_records(source, sink, &format, &r, e);
    return st == OK ? line_note_tell(sink, &r.bad_stamp, &bad_stamp, e) : st;
}

/* The tool's marks at the end of a record: its two blanks, reactions, a sticker, a deletion. */
static bool is_marked_end(str line)
{
    return str_ends(line, STR("  ")) || str_ends(line, STR(" -)")) || str_ends(line, STR(" ))")) ||
           str_ends(line, STR("(This message was deleted)"));
}

static int bid_markdown(str prefix, str name)
{
    size_t heads = 0, marked = 0, lines = 0;
    bool old = false, end = false;
    for (str line; lines < 400 && str_split(&prefix, '\n', &line); lines++) {
        if (str_ends(line, STR("\r")))
            line.n--;
        const str stamp = stamp_of(line);
        if (stamp.n && str_starts(str_from(line, stamp.n + 3), STR("<")))
            return BID_NO;
        if (stamp.n) {
            heads++;
            marked += end;
            old |= stamp.p[10] == ',';
        }
        if (!line_is_blank(line))
            end = heads > 0 && is_marked_end(line);
    }
    marked += end;
    if (!heads)
        return BID_NO;
    if (old || str_ends(name, STR(".md")))
        return BID_SURE;
    return marked * 10 >= heads * 8 ? BID_SURE : BID_NO;
}

static bool counts(struct counter *c, str head)
{
    (void)c;
    return head_fits(head, "[9999-99-99 99:99:99] ") || head_fits(head, "[9999-99-99, 99:99] ");
}

static void count_markdown(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

const struct importer importer_signal_markdown = {
    .name = "signal-markdown",
    .title = "Signal chat by signal-export, chat.md",
    .where =
        "made by signal-export from Signal Desktop: chat.md (older: index.md) in a folder a chat",
    .version = "1",
    .bid = bid_markdown,
    .read = read_markdown,
    .count = count_markdown,
};
