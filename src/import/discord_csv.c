/*
 * DiscordChatExporter's tables: AuthorID, Author, Date, Content, Attachments, Reactions. Prefer its
 * JSON: a table has no ids of messages, no replies, no edits, and nothing tells the channel but the
 * file's name, "Server - channel [id].csv".
 *
 * Quirks: dates are ISO with an offset in newer versions, before that "01-Jan-20 01:33 AM" or whatever
 * the exporting machine's language made of them, without a zone.
 */
#include "discord.h"

#include "count_csv.h"
#include "csv_records.h"
#include "discord_page.h"
#include "message_parts.h"
#include "moment.h"
#include "written_order.h"

enum { COLUMN_ID, COLUMN_AUTHOR, COLUMN_DATE, COLUMN_CONTENT, COLUMN_FILES, COLUMN_REACTIONS };

static const char *const columns[] = {
    [COLUMN_ID] = "AuthorID",
    [COLUMN_AUTHOR] = "Author",
    [COLUMN_DATE] = "Date",
    [COLUMN_CONTENT] = "Content",
    [COLUMN_FILES] = "Attachments",
    [COLUMN_REACTIONS] = "Reactions",
    NULL,
};

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena, record;
    str key;
    enum date_order order;
    struct counted no_time, no_id;
};

/* --- Dates ------------------------------------------------------------------------------------- */

struct look {
    struct sink nowhere;
    struct written_order order;
};

static enum status look_at_row(void *context, const struct csv_row *row, const str *fields,
                               struct err *e)
{
    struct look *look = context;
    (void)row, (void)e;
    struct stamp s;
    if (stamp_iso(fields[COLUMN_DATE], &s) && s.has_offset)
        return ERR_STOPPED; /* nothing is ambiguous here */
    written_order_see(&look->order, fields[COLUMN_DATE]);
    return OK;
}

static enum status ignore_bytes(struct sink *s, uint64_t at, uint64_t length, struct err *e)
{
    (void)s, (void)at, (void)length, (void)e;
    return OK;
}

static enum status ignore_issue(struct sink *s, const struct issue *i, struct err *e)
{
    (void)s, (void)i, (void)e;
    return OK;
}

/* Which number is the month is decided once, by all dates of the file. */
static enum status decide_order(struct reader *r, struct source *source, struct err *e)
{
    static const struct csv_format format = {.columns = columns, .row = look_at_row};
    struct look look = {.nowhere = {.issue = ignore_issue, .wrapping = ignore_bytes}};
    struct source *twin;
    enum status st = source_twin(source, &twin, e);
    if (st != OK)
        return st;
    struct err why = {0};
    st = csv_records(twin, &look.nowhere, &format, &look, &why);
    source_close(twin);
    if (st != OK && st != ERR_STOPPED)
        return fail(e, st, "%s", why.msg);
    st = written_order_decide(&look.order, r->options, r->sink, e);
    r->order = look.order.order;
    return st;
}

static void set_time(struct reader *r, struct message *m, str date)
{
    struct stamp s;
    m->time_shown = date;
    if (stamp_iso(date, &s) || stamp_written(date, r->order, &s))
        m->time = moment_of(&s, r->options);
    else
        counted_add(&r->no_time, m->locus);
}

/* --- Rows -------------------------------------------------------------------------------------- */

/* "👍 (3),:pit: (2)" */
static void add_reactions(struct arena *a, struct message *m, str list)
{
    for (str item; str_split(&list, ',', &item);) {
        item = str_trim(item);
        const size_t open = str_find(item, STR(" ("));
        int64_t count;
        if (open == STR_NONE || !str_ends(item, STR(")")) ||
            !str_to_u63(str_sub(item, open + 2, item.n - open - 3), &count) || count < 1 ||
            count > UINT32_MAX)
            continue;
        add_reaction(a, m,
                     (struct reaction){.emoji = str_sub(item, 0, open),
                                       .utc_ms = TIME_NONE,
                                       .count = (uint32_t)count});
    }
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

static enum status on_row(void *context, const struct csv_row *row, const str *fields,
                          struct err *e)
{
    struct reader *r = context;
    arena_clear(&r->record);
    struct message m = csv_message(row);
    m.conversation = r->key;
    const bool has_id = all_digits(fields[COLUMN_ID]);
    m.sender = has_id ? fields[COLUMN_ID] : fields[COLUMN_AUTHOR];
    m.sender_name = has_id ? fields[COLUMN_AUTHOR] : STR("");
    if (!has_id)
        counted_add(&r->no_id, m.locus);
    m.text = fields[COLUMN_CONTENT];
    set_time(r, &m, fields[COLUMN_DATE]);
    discord_add_files(&r->record, &m, fields[COLUMN_FILES], r->options);
    add_reactions(&r->record, &m, fields[COLUMN_REACTIONS]);
    return r->sink->message(r->sink, &m, e);
}

/* The channel's id in the file's name is the key that all formats share. */
static enum status tell_channel(struct reader *r, struct source *source, struct err *e)
{
    const str here = siblings_here(r->options->siblings);
    const str path = here.n ? here : source_name(source), id = discord_channel_of(path);
    str title = path_name(path);
    if (str_ends(title, STR(".csv")))
        title.n -= 4;
    r->key = discord_key(&r->arena, id.n ? id : title);
    return r->sink->conversation(r->sink,
                                 &(struct conversation){
                                     .key = r->key,
                                     .title = title,
                                     .platform = STR("discord"),
                                     .loose = !id.n,
                                 },
                                 e);
}

static enum status tell_odd(struct reader *r, struct err *e)
{
    const enum status st = counted_tell(
        &r->no_time, r->sink, ISSUE_WARN, "badStamp", "without a time that can be read",
        STR("They are kept without a time, in their place in the file."), e);
    if (st != OK)
        return st;
    return counted_tell(&r->no_id, r->sink, ISSUE_NOTE, "badId",
                        "without a number as AuthorID; their sender is the name",
                        STR("Spreadsheets do this to numbers: ask for the file as exported."), e);
}

static enum status read_table(struct source *source, const struct import_options *options,
                              struct sink *sink, struct err *e)
{
    static const struct csv_format format = {.columns = columns, .row = on_row};
    struct reader r = {.sink = sink, .options = options};
    enum status st = tell_channel(&r, source, e);
    if (st == OK)
        st = decide_order(&r, source, e);
    if (st == OK)
        st = csv_records(source, sink, &format, &r, e);
    if (st == OK)
        st = tell_odd(&r, e);
    arena_free(&r.arena);
    arena_free(&r.record);
    return st;
}

static int bid(str prefix, str name)
{
    (void)name;
    return csv_has_columns(prefix, columns) ? BID_SURE : BID_NO;
}

const struct importer importer_discord_csv = {
    .name = "discord-csv",
    .title = "Discord, table by DiscordChatExporter",
    .where = "a file for each channel: “Server - channel [id].csv”",
    .version = "1",
    .bid = bid,
    .read = read_table,
    .count = count_csv_rows,
};
