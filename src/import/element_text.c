/*
 * Matrix rooms as plain text by Element (https://element.io): room info, Export chat, Plain text.
 * "1/31/2021, 8:45:21 PM - Name: text", in the way the exporting computer writes times.
 *
 * Quirks: the order of day and month is the computer's; names are as shown, not Matrix ids; an answer
 * begins with "<@user:server "words it answers...">"; what happened in the room has no colon; texts of
 * several lines go on bare. WhatsApp's lines look alike, but have no seconds.
 */
#include "importer.h"

#include "count_lines.h"
#include "element_text.h"
#include "line_records.h"
#include "moment.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum { STAMP_BYTES_MAX = 60, KEY_BYTES = 400 };

struct reader {
    struct sink *sink;
    const struct import_options *options;
    enum date_order order;
    char key[KEY_BYTES];
    struct line_note bad_stamp;
};

/* --- Stamps ------------------------------------------------------------------------------------ */

/* Six figures of up to four digits before the first " - ", from the first character on; empty if not. */
static str stamp_of(str line, int parts[3])
{
    const size_t end = str_find(str_sub(line, 0, STAMP_BYTES_MAX), STR(" - "));
    if (end == STR_NONE)
        return STR("");
    size_t figures = 0, digits = 0;
    int value = 0;
    for (size_t i = 0; i <= end; i++) {
        const char c = i < end ? line.p[i] : ' ';
        if (c >= '0' && c <= '9') {
            value = digits++ ? value * 10 + (c - '0') : c - '0';
            if (digits > 4)
                return STR("");
            continue;
        }
        if (i == 0 || c == '[' || c == '<' || c == '\t')
            return STR("");
        if (digits && figures < 3)
            parts[figures] = value;
        figures += digits > 0;
        digits = 0;
    }
    return figures == 6 ? str_sub(line, 0, end) : STR("");
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    int parts[3];
    (void)context;
    return stamp_of(l->text, parts).n ? LINE_BEGINS : LINE_GOES_ON;
}

static bool look(void *context, const struct line_at *l)
{
    int parts[3];
    if (stamp_of(l->text, parts).n)
        date_evidence_add(context, parts);
    return true;
}

static enum status decide_order(struct reader *r, struct source *source, struct err *e)
{
    const struct text_lines_how how = {.charset = line_charset(source)};
    struct date_evidence dates = {0};
    char why[160] = "";
    bool certain = true;
    const enum status st = line_look(source, &how, look, &dates, e);
    r->order = r->options->date_order;
    if (st != OK || r->order != ORDER_UNKNOWN)
        return st;
    r->order = date_evidence_decide(&dates, &certain, why);
    const bool known = r->order != ORDER_UNKNOWN;
    if (certain || !dates.dates)
        return OK;
    const struct issue i = {
        .severity = ISSUE_WARN,
        .code = "dateOrder",
        .what =
            known
                ? str_of(why)
                : STR("Nothing tells whether days or months come first; the dates were not read."),
        .way_out =
            STR("State it with --date-order dmy or mdy if you know the computer's settings."),
        .locus.member = STR(""),
    };
    return r->sink->issue(r->sink, &i, e);
}

/* --- Records ----------------------------------------------------------------------------------- */

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct message m = line_message(record);
    struct attachment attached;
    struct stamp stamp;
    int parts[3];
    m.conversation = str_of(r->key);
    m.time_shown = stamp_of(record->text, parts);
    if (stamp_written(m.time_shown, r->order, &stamp) && stamp.has_time)
        m.time = moment_of(&stamp, r->options);
    else
        line_note_add(&r->bad_stamp, record);
    const size_t from = m.time_shown.n + 3;
    element_read_words(&m, str_from(record->text, from), record->head - from, &attached);
    return r->sink->message(r->sink, &m, e);
}

/* "matrix-Room-export-…", "element - Room - Chat Export - …" */
static str title_of(str path)
{
    str stem = path_stem(path), name;
    if (str_eq(stem, STR("export")) && path_pop(&path, &name) && path_pop(&path, &name))
        stem = name;
    static const struct {
        const char *before, *behind;
    } shapes[] = {{"matrix-", "-export-"},
                  {"matrix - ", " - Chat Export"},
                  {"element - ", " - Chat Export"},
                  {"Element - ", " - Chat Export"}};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        const str rest = str_from(stem, strlen(shapes[i].before));
        const size_t end = str_find(rest, str_of(shapes[i].behind));
        if (str_starts(stem, str_of(shapes[i].before)) && end != STR_NONE && end > 0)
            return str_sub(rest, 0, end);
    }
    return stem;
}

static enum status name_room(struct reader *r, str title, struct err *e)
{
    title = str_sub(title, 0, 300);
    title.n = utf8_unbroken(title);
    const int n = snprintf(r->key, sizeof r->key, "matrix:" STR_FMT, STR_ARG(title));
    const struct conversation c = {.key = {r->key, (size_t)n},
                                   .title = title,
                                   .platform = STR("matrix"),
                                   .type = STR(""),
                                   .loose = true};
    return r->sink->conversation(r->sink, &c, e);
}

static enum status read_room(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    const struct line_format format = {
        .how.charset = line_charset(source), .role = role_of, .record = on_record};
    static const struct line_note_words bad_stamp = {
        ISSUE_WARN, "badStamp",
        "message has a stamp that could not be read, and is kept in its order only.",
        "messages have stamps that could not be read, and are kept in their order only.",
        "If days and months can be told apart by you, state --date-order."};
    struct reader r = {.sink = sink, .options = options};
    enum status st = decide_order(&r, source, e);
    if (st == OK)
        st = name_room(&r, title_of(line_source_path(source, options)), e);
    if (st == OK)
        st = line_records(source, sink, &format, &r, e);
    return st == OK ? line_note_tell(sink, &r.bad_stamp, &bad_stamp, e) : st;
}

/* --- Detection and count ------------------------------------------------------------------------ */

static int bid_room(str prefix, str name)
{
    size_t heads = 0, lines = 0, matrix = 0;
    int parts[3];
    for (str line; lines < 200 && str_split(&prefix, '\n', &line); lines++) {
        const str stamp = stamp_of(line, parts);
        if (lines == 0 && !stamp.n)
            return BID_NO;
        heads += stamp.n > 0;
        matrix += stamp.n && element_is_certain(str_from(line, stamp.n + 3));
    }
    const bool named = str_find(name, STR("matrix-")) != STR_NONE ||
                       str_find(name, STR("Chat Export")) != STR_NONE;
    if (!heads)
        return BID_NO;
    return named || matrix ? BID_SURE : BID_LIKELY - 10;
}

/* state: none. Six runs of at most four digits up to the first " - ", the first at once. */
static bool counts(struct counter *c, str head)
{
    size_t runs = 0, run = 0;
    (void)c;
    if (!head.n || head.p[0] < '0' || head.p[0] > '9')
        return false;
    for (size_t i = 0; i + 3 <= head.n && i + 3 <= STAMP_BYTES_MAX; i++) {
        if (memcmp(head.p + i, " - ", 3) == 0)
            return runs == 6;
        if (head.p[i] >= '0' && head.p[i] <= '9') {
            runs += run == 0;
            if (++run > 4)
                return false;
            continue;
        }
        run = 0;
        if (head.p[i] == '[' || head.p[i] == '<' || head.p[i] == '\t')
            return false;
    }
    return false;
}

static void count_room(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

const struct importer importer_element_text = {
    .name = "element-text",
    .title = "Matrix room by Element, plain text",
    .where = "Element: room info, Export chat, Plain text",
    .version = "1",
    .bid = bid_room,
    .read = read_room,
    .count = count_room,
};
