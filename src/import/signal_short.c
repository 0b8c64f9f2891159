/*
 * Signal chats by sigtop (https://github.com/tbvdm/sigtop), `sigtop msg -f text-short`: a file for each
 * chat, "2016-03-02 09:41 Name: [reply to Name on 2016-03-02 09:40, edited, 2 attachments] text".
 *
 * Quirks: minutes only, local time; texts of several lines go on bare; what kind of files and what was
 * quoted is not told.
 */
#include "signal_export.h"

#include "count_lines.h"
#include "line_records.h"
#include "moment.h"

#include <string.h>

enum { STAMP_BYTES = 16, DETAILS_MAX = 400 };

struct reader {
    struct sink *sink;
    const struct import_options *options;
    char key[SIGNAL_KEY_BYTES];
    struct line_note bad_stamp;
    struct signal_extras extras;
};

static bool is_stamp(str s)
{
    static const char shape[] = "dddd-dd-dd dd:dd";
    for (size_t i = 0; i < STAMP_BYTES; i++)
        if (i >= s.n || (shape[i] == 'd' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != shape[i]))
            return false;
    return true;
}

/* Behind the stamp a name begins; "- " there is WhatsApp. */
static bool is_head(str line)
{
    return is_stamp(line) && line.n > STAMP_BYTES + 1 && line.p[STAMP_BYTES] == ' ' &&
           line.p[STAMP_BYTES + 1] != ' ' && !str_starts(str_from(line, STAMP_BYTES), STR(" - "));
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    (void)context;
    return is_head(l->text) ? LINE_BEGINS : LINE_GOES_ON;
}

/* "2 attachments": how many; 0 if it is something else. */
static int64_t attachments_in(str detail)
{
    const size_t blank = str_find_byte(detail, ' ');
    int64_t count;
    if (blank == STR_NONE || !str_to_u63(str_sub(detail, 0, blank), &count))
        return 0;
    const str word = str_from(detail, blank + 1);
    return str_eq(word, STR("attachment")) || str_eq(word, STR("attachments")) ? count : 0;
}

static bool is_reply(str detail)
{
    const str on = STR(" on ");
    return str_starts(detail, STR("reply to ")) && detail.n > STAMP_BYTES + on.n &&
           is_stamp(str_from(detail, detail.n - STAMP_BYTES)) &&
           str_eq(str_sub(detail, detail.n - STAMP_BYTES - on.n, on.n), on);
}

/* What stands in brackets before a text; false, and nothing taken, if a part of it is not sigtop's. */
static bool take_details(struct reader *r, struct message *m, str details)
{
    uint32_t flags = 0;
    int64_t files = 0;
    const str whole = STR(" message");
    if (str_ends(details, whole)) {
        m->text = details;
        m->kind = str_starts(details, STR("call-history")) ? KIND_CALL : KIND_EVENT;
        return true;
    }
    while (details.n) {
        /* a name in "reply to" may hold anything: the parts are sought from the end */
        size_t at = details.n;
        while (at > 0 && !(details.p[at - 1] == ',' && at < details.n && details.p[at] == ' '))
            at--;
        str detail = at ? str_from(details, at + 1) : details;
        if (!str_eq(detail, STR("edited")) && !attachments_in(detail)) {
            detail = details;
            at = 0;
            if (!is_reply(detail))
                return false;
        }
        flags |= is_reply(detail) ? FLAG_REPLY : str_eq(detail, STR("edited")) ? FLAG_EDITED : 0;
        files += attachments_in(detail);
        details = str_sub(details, 0, at ? at - 1 : 0);
    }
    m->flags |= flags;
    for (int64_t i = 0; i < files && i < SIGNAL_LIST_MAX; i++)
        signal_attach(&r->extras, STR(""), STR(""), STR(""), r->options);
    return true;
}

static void read_body(struct reader *r, struct message *m, str body)
{
    r->extras.reaction_count = r->extras.attachment_count = r->extras.names_used = 0;
    if (str_starts(body, STR(" ")))
        body = str_from(body, 1);
    m->text = body;
    const size_t end = str_find_byte(str_sub(body, 0, DETAILS_MAX), ']');
    if (!str_starts(body, STR("[")) || end == STR_NONE || end < 2)
        return;
    const str rest = str_from(body, end + 1);
    if (!take_details(r, m, str_sub(body, 1, end - 1)))
        return;
    if (m->kind == KIND_TEXT)
        m->text = str_starts(rest, STR(" ")) ? str_from(rest, 1) : rest;
    signal_put_extras(m, &r->extras);
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct message m = line_message(record);
    struct stamp stamp;
    m.conversation = str_of(r->key);
    m.time_shown = str_sub(record->text, 0, STAMP_BYTES);
    if (stamp_iso(m.time_shown, &stamp))
        m.time = moment_naive(stamp.wall_ms, r->options);
    else
        line_note_add(&r->bad_stamp, record);
    const str rest = str_from(record->text, STAMP_BYTES + 1);
    const str line = str_sub(record->text, 0, record->head);
    const size_t colon = str_find_byte(str_from(line, STAMP_BYTES + 1), ':');
    if (colon == STR_NONE) {
        m.kind = KIND_EVENT;
        m.text = rest;
        return r->sink->message(r->sink, &m, e);
    }
    m.sender = signal_sender(str_sub(rest, 0, colon), r->options);
    read_body(r, &m, str_from(rest, colon + 1));
    return r->sink->message(r->sink, &m, e);
}

static enum status read_short(struct source *source, const struct import_options *options,
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

static int bid_short(str prefix, str name)
{
    size_t heads = 0, named = 0, lines = 0;
    (void)name;
    for (str line; lines < 400 && str_split(&prefix, '\n', &line); lines++) {
        const bool head = is_head(line);
        if (lines == 0 && !head)
            return BID_NO;
        const str words = str_from(line, STAMP_BYTES + 1);
        const size_t colon = head ? str_find(words, STR(":")) : STR_NONE;
        heads += head;
        named += colon != STR_NONE && colon > 0 && colon < 100 && !str_starts(words, STR("<"));
    }
    return heads && named * 10 >= heads * 9 ? BID_LIKELY + 10 : BID_NO;
}

static bool counts(struct counter *c, str head)
{
    (void)c;
    const size_t n = head_fits(head, "9999-99-99 99:99 ");
    if (!n || n == head.n || head.p[n] == ' ')
        return false;
    return !head_fits(head, "9999-99-99 99:99 - ");
}

static void count_short(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

const struct importer importer_signal_short = {
    .name = "signal-short",
    .title = "Signal chat by sigtop, a line a message",
    .where = "made by sigtop from Signal Desktop with -f text-short: a text file for each chat",
    .version = "1",
    .bid = bid_short,
    .read = read_short,
    .count = count_short,
};
