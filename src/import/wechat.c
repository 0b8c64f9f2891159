/*
 * WeChat chats as tables, which two programs make of the app's databases: MemoTrace (WeChatMsg) with
 * localId, TalkerId, Type, ... and chatlog with Time, SenderName, ... .
 *
 * Quirks: older releases of MemoTrace wrote a header with one name too few, so that the names behind
 * it stand over the wrong columns; texts of what is no text are XML, of which the title is taken;
 * StrTime is local, CreateTime UTC.
 */
#include "wechat.h"

#include "arena.h"
#include "count_csv.h"
#include "counted.h"
#include "csv_records.h"
#include "message_parts.h"
#include "moment.h"

#include <stdlib.h>

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena record, arena;
    str talker; /* of the conversation sent last */
    struct counted no_time, shifted;
};

static void set_utc(struct message *m, str create, str shown)
{
    int64_t utc_ms;
    struct stamp stamp;
    const bool instant = create.n >= 9 && stamp_epoch(create, &utc_ms);
    m->time_shown = shown.n ? shown : create;
    if (!instant)
        return;
    m->time = moment_utc(utc_ms);
    if (stamp_iso(shown, &stamp) && stamp.has_time)
        m->time.wall_ms = stamp.wall_ms;
}

/* The text between the first pair of tags of an XML that is not worth a parser's trust. */
static str inside(str xml, str open, str close)
{
    const size_t at = str_find(xml, open);
    if (at == STR_NONE)
        return STR("");
    const str rest = str_from(xml, at + open.n);
    const size_t end = str_find(rest, close);
    str text = end == STR_NONE ? STR("") : str_sub(rest, 0, end);
    if (str_starts(text, STR("<![CDATA[")) && str_ends(text, STR("]]>")))
        text = str_sub(text, 9, text.n - 12);
    return text;
}

/* Types of messages as the app numbers them. */
static void set_kind(struct reader *r, struct message *m, str type)
{
    static const struct {
        const char *type;
        enum attachment_kind kind;
    } things[] = {{"3", ATTACH_IMAGE},  {"34", ATTACH_AUDIO}, {"43", ATTACH_VIDEO},
                  {"47", ATTACH_IMAGE}, {"62", ATTACH_VIDEO}, {"42", ATTACH_FILE}};
    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++)
        if (str_eq(type, str_of(things[i].type))) {
            add_absent(&r->record, m, things[i].kind, STR(""));
            m->text = STR(""); /* XML for the app, if anything */
            return;
        }
    if (str_eq(type, STR("50"))) {
        m->kind = KIND_CALL;
    } else if (str_eq(type, STR("10000")) || str_eq(type, STR("10002"))) {
        m->kind = KIND_EVENT;
    } else if (str_eq(type, STR("49")) || str_starts(m->text, STR("<?xml"))) {
        const str title = inside(m->text, STR("<title>"), STR("</title>"));
        const str quoted = inside(m->text, STR("<svrid>"), STR("</svrid>"));
        if (quoted.n) {
            m->reply_to = quoted;
            m->flags |= FLAG_REPLY;
        }
        if (title.n)
            m->text = title;
    }
}

static enum status send_conversation(struct reader *r, const struct message *m, str talker,
                                     str title, bool loose, struct err *e)
{
    if (str_eq(r->talker, talker))
        return OK;
    arena_clear(&r->arena);
    r->talker = arena_dup(&r->arena, talker);
    const bool group = str_ends(talker, STR("@chatroom"));
    const struct conversation c = {.key = m->conversation,
                                   .title = title,
                                   .platform = STR("wechat"),
                                   .type = group ? STR("group") : STR(""),
                                   .loose = loose};
    return r->sink->conversation(r->sink, &c, e);
}

static enum status send(struct reader *r, struct message *m, struct err *e)
{
    if (m->time.basis == BASIS_NONE)
        counted_add(&r->no_time, m->locus);
    const enum status st = r->sink->message(r->sink, m, e);
    arena_clear(&r->record);
    return st;
}

static enum status tell_notes(struct reader *r, struct err *e)
{
    const enum status st = counted_tell(
        &r->no_time, r->sink, ISSUE_WARN, "badStamp", "without a time that can be read",
        STR("They are kept without a time, in their place in the file."), e);
    return st == OK ? counted_tell(&r->shifted, r->sink, ISSUE_NOTE, "shiftedColumns",
                                   "with more columns than the header has names",
                                   STR("Older releases left names out of the header; the columns "
                                       "stand where they always do."),
                                   e)
                    : st;
}

static enum status read_rows(struct source *source, struct reader *r,
                             const struct csv_format *format, struct err *e)
{
    enum status st = csv_records(source, r->sink, format, r, e);
    if (st == OK)
        st = tell_notes(r, e);
    arena_free(&r->record);
    arena_free(&r->arena);
    return st;
}

/* --- MemoTrace --------------------------------------------------------------------------------- */

enum {
    TALKER,
    TYPE,
    IS_SENDER,
    CREATE_TIME,
    CONTENT,
    STR_TIME,
    REMARK,
    NICK_NAME,
    SENDER,
    COLUMNS
};
static const char *const columns[] = {"TalkerId", "Type",   "IsSender", "CreateTime", "StrContent",
                                      "StrTime",  "Remark", "NickName", "Sender",     NULL};

static bool is_epoch(str s)
{
    int64_t value;
    return s.n == 10 && str_to_u63(s, &value);
}

static bool is_local_stamp(str s)
{
    int64_t ms;
    return s.n == 19 && civil_read_stamp(s, &ms);
}

/* Rows always have twelve columns in the same places, whatever the header says. */
static bool is_in_place(const struct csv_row *row)
{
    return row->count == 12 && is_epoch(row->fields[5]) && is_local_stamp(row->fields[8]);
}

static enum status on_memotrace(void *context, const struct csv_row *row, const str *in,
                                struct err *e)
{
    struct reader *r = context;
    static const size_t places[COLUMNS] = {
        [TALKER] = 1,   [TYPE] = 2,   [IS_SENDER] = 4,  [CREATE_TIME] = 5, [CONTENT] = 7,
        [STR_TIME] = 8, [REMARK] = 9, [NICK_NAME] = 10, [SENDER] = 11,
    };
    str f[COLUMNS];
    const bool in_place = is_in_place(row);
    for (size_t i = 0; i < COLUMNS; i++)
        f[i] = in_place ? row->fields[places[i]] : in[i];
    struct message m = csv_message(row);
    if (in_place && (!is_epoch(in[CREATE_TIME]) || !is_local_stamp(in[STR_TIME])))
        counted_add(&r->shifted, m.locus);
    const bool ours = str_eq(f[IS_SENDER], STR("1"));
    m.conversation = arena_printf(&r->record, "wechat:" STR_FMT, STR_ARG(f[TALKER]));
    m.sender = f[SENDER].n                   ? f[SENDER]
               : ours && r->options->owner.n ? r->options->owner
               : ours                        ? STR("me")
               : f[NICK_NAME].n              ? f[NICK_NAME]
                                             : f[REMARK];
    m.sender_name = f[REMARK].n ? f[REMARK] : f[NICK_NAME];
    m.text = f[CONTENT];
    set_kind(r, &m, f[TYPE]);
    if (m.kind == KIND_EVENT)
        m.sender = m.sender_name = STR("");
    set_utc(&m, f[CREATE_TIME], f[STR_TIME]);
    const enum status st = send_conversation(r, &m, f[TALKER], STR(""), true, e);
    return st == OK ? send(r, &m, e) : st;
}

static enum status read_memotrace(struct source *source, const struct import_options *options,
                                  struct sink *sink, struct err *e)
{
    static const struct csv_format format = {.columns = columns, .row = on_memotrace};
    struct reader r = {.sink = sink, .options = options, .talker = STR("")};
    return read_rows(source, &r, &format, e);
}

static int bid_memotrace(str prefix, str name)
{
    static const char *const known[] = {"TalkerId", "IsSender", "CreateTime", "StrContent", NULL};
    (void)name;
    return csv_has_columns(prefix, known) ? BID_SURE : BID_NO;
}

const struct importer importer_wechat = {
    .name = "wechat",
    .title = "WeChat, table by MemoTrace (WeChatMsg)",
    .where = "MemoTrace: Export, CSV",
    .version = "1",
    .bid = bid_memotrace,
    .read = read_memotrace,
    .unordered = true,
    .count = count_csv_rows,
};

/* --- chatlog ----------------------------------------------------------------------------------- */

enum { LOG_TIME, LOG_SENDER_NAME, LOG_SENDER, LOG_TALKER_NAME, LOG_TALKER, LOG_CONTENT };
static const char *const log_columns[] = {"Time",   "SenderName", "Sender", "TalkerName",
                                          "Talker", "Content",    NULL};

static enum status on_chatlog(void *context, const struct csv_row *row, const str *f, struct err *e)
{
    struct reader *r = context;
    struct stamp stamp;
    struct message m = csv_message(row);
    m.conversation = arena_printf(&r->record, "wechat:" STR_FMT, STR_ARG(f[LOG_TALKER]));
    m.sender = f[LOG_SENDER].n ? f[LOG_SENDER] : f[LOG_SENDER_NAME];
    m.sender_name = f[LOG_SENDER_NAME];
    m.text = f[LOG_CONTENT];
    m.time_shown = f[LOG_TIME];
    if (stamp_iso(f[LOG_TIME], &stamp) && stamp.has_time)
        m.time = moment_of(&stamp, r->options);
    const enum status st = send_conversation(r, &m, f[LOG_TALKER], f[LOG_TALKER_NAME], false, e);
    return st == OK ? send(r, &m, e) : st;
}

static enum status read_chatlog(struct source *source, const struct import_options *options,
                                struct sink *sink, struct err *e)
{
    static const struct csv_format format = {.columns = log_columns, .row = on_chatlog};
    struct reader r = {.sink = sink, .options = options, .talker = STR("")};
    return read_rows(source, &r, &format, e);
}

static int bid_chatlog(str prefix, str name)
{
    (void)name;
    return csv_has_columns(prefix, log_columns) ? BID_SURE : BID_NO;
}

const struct importer importer_wechat_chatlog = {
    .name = "wechat-chatlog",
    .title = "WeChat, table by chatlog",
    .where = "chatlog: the answer of its HTTP interface with format=csv",
    .version = "1",
    .bid = bid_chatlog,
    .read = read_chatlog,
    .unordered = true,
    .count = count_csv_rows,
};
