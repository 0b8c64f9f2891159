/*
 * KakaoTalk chats as a table: on a computer, chat menu, Save chat, CSV. "Date,User,Message", a row for
 * each message.
 *
 * Quirks: texts are in quotation marks only where they need them; the app's own words stand in rows of
 * whoever they are about, or of the operator.
 */
#include "kakaotalk.h"

#include "buf.h"
#include "count_csv.h"
#include "csv.h"
#include "line_records.h"
#include "moment.h"

struct reader {
    struct sink *sink;
    const struct import_options *options;
    char key[KAKAOTALK_KEY_BYTES];
    struct buf joined; /* a text whose commas were taken for columns */
    struct line_note bad_stamp, bad_text;
    bool headed;
};

/* Anything else is no table of KakaoTalk's. */
static bool is_header(const struct csv_row *row)
{
    return row->count == 3 && str_eq(row->fields[0], STR("Date")) &&
           str_eq(row->fields[1], STR("User")) && str_eq(row->fields[2], STR("Message"));
}

static struct line_record record_of(const struct csv_row *row)
{
    return (struct line_record){
        .raw = row->raw, .at = row->at, .line = row->line, .lossy = row->lossy};
}

/* The third column, and any more that a comma without quotation marks made of it. */
static str text_of(struct reader *r, const struct csv_row *row)
{
    if (row->count == 3)
        return row->fields[2];
    buf_clear(&r->joined);
    for (size_t i = 2; i < row->count; i++) {
        if (i > 2)
            buf_add_byte(&r->joined, ',');
        buf_add(&r->joined, row->fields[i]);
    }
    return buf_str(&r->joined);
}

static enum status refuse(struct reader *r, const struct csv_row *row, struct err *e)
{
    const struct issue i = {
        .severity = row->rest ? ISSUE_WARN : ISSUE_ERROR, /* a rest is no row of its own */
        .code = "badRow",
        .what =
            STR("This row has no time, name and text, or a quotation mark in it is never closed."),
        .way_out = STR("Look at the file there: it may be cut off or have been edited."),
        .locus = {.at = row->at, .length = row->raw.n, .line = row->line, .member = STR("")},
        .covers = true,
    };
    return r->sink->issue(r->sink, &i, e);
}

static enum status on_row(struct reader *r, const struct csv_row *row, struct err *e)
{
    const bool header = !r->headed && !row->blank;
    if (header && !is_header(row))
        return fail(e, ERR_FORMAT, "the table does not begin with Date,User,Message");
    r->headed |= header;
    if (row->blank || header)
        return r->sink->wrapping(r->sink, row->at, row->raw.n, e);
    if (row->count < 3 || row->unclosed || row->rest)
        return refuse(r, row, e);
    const struct line_record record = record_of(row);
    struct message m = line_message(&record);
    struct attachment attached;
    struct stamp stamp;
    m.conversation = str_of(r->key);
    m.time_shown = row->fields[0];
    m.sender = kakaotalk_sender(row->fields[1], r->options);
    m.text = text_of(r, row);
    if (row->lossy)
        line_note_add(&r->bad_text, &record);
    if (stamp_iso(m.time_shown, &stamp) || stamp_written(m.time_shown, ORDER_UNKNOWN, &stamp))
        m.time = moment_of(&stamp, r->options);
    else
        line_note_add(&r->bad_stamp, &record);
    str actor;
    if (kakaotalk_is_event(m.text, true, &actor)) {
        m.kind = KIND_EVENT;
        m.sender = actor;
    } else {
        kakaotalk_words(&m, &attached);
    }
    return r->sink->message(r->sink, &m, e);
}

static enum status read_rows(struct reader *r, struct csv *csv, struct err *e)
{
    const uint64_t bom = csv_bom(csv);
    enum status st = bom ? r->sink->wrapping(r->sink, 0, bom, e) : OK;
    struct csv_row row;
    enum step step = STEP_DONE;
    while (st == OK && (step = csv_next(csv, &row, e)) == STEP_ROW)
        st = on_row(r, &row, e);
    return st == OK && step == STEP_ERROR ? e->code : st;
}

static enum status tell_notes(struct reader *r, struct err *e)
{
    static const struct line_note_words bad_stamp = {
        ISSUE_WARN, "badStamp",
        "message has a stamp that is no time, and is kept in its order only.",
        "messages have stamps that are no times, and are kept in their order only.",
        "Look at the file there: the stamp is shown with the message."};
    static const struct line_note_words bad_text = {
        ISSUE_WARN, "badText",
        "message holds bytes that are no characters; U+FFFD stands in their place.",
        "messages hold bytes that are no characters; U+FFFD stands in their place.",
        "The original bytes stay available; `is:lossy` finds the messages."};
    const enum status st = line_note_tell(r->sink, &r->bad_stamp, &bad_stamp, e);
    return st == OK ? line_note_tell(r->sink, &r->bad_text, &bad_text, e) : st;
}

static enum status read_kakaotalk_csv(struct source *source, const struct import_options *options,
                                      struct sink *sink, struct err *e)
{
    struct reader r = {.sink = sink, .options = options, .joined = buf_new(BUF_MESSAGE_MAX)};
    const str title = kakaotalk_title(path_stem(line_source_path(source, options)));
    struct csv *csv = NULL;
    enum status st = kakaotalk_name(sink, title, r.key, e);
    if (st == OK)
        st = csv_open(&csv, source, &(struct csv_how){.delimiter = ','}, e);
    if (st == OK)
        st = read_rows(&r, csv, e);
    if (st == OK)
        st = tell_notes(&r, e);
    csv_close(csv);
    buf_free(&r.joined);
    return st;
}

static int bid_kakaotalk_csv(str prefix, str name)
{
    str line = STR("");
    (void)name;
    str_split(&prefix, '\n', &line);
    return str_eq(str_trim(line), STR("Date,User,Message")) ||
                   str_eq(str_trim(line), STR("\"Date\",\"User\",\"Message\""))
               ? BID_SURE
               : BID_NO;
}

const struct importer importer_kakaotalk_csv = {
    .name = "kakaotalk-csv",
    .title = "KakaoTalk chat, table",
    .where = "KakaoTalk on a computer: chat menu, Save chat, CSV",
    .version = "1",
    .bid = bid_kakaotalk_csv,
    .read = read_kakaotalk_csv,
    .count = count_csv_rows,
};
