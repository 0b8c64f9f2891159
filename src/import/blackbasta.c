/*
 * Chats of a Matrix server as the Black Basta leak of 2025 had them, in two forms. The original looks
 * like JSON and is none: between braces, lines "timestamp: ...,", "chat_id: !...,", "sender_alias:
 * @...," and "message: ..." without quotation marks, of any number of lines, to the closing brace.
 * Texts made of it, a file a day, have "[2023-09-18 13:35:07] @user:server: text" and a line of
 * dashes behind each.
 *
 * Quirks: a message may hold braces and lines that look like members; only an opening brace with a
 * timestamp on the next line begins a record. The texts made of it lost in which room a message stood.
 */
#include "leaks.h"

#include "count_lines.h"
#include "counted.h"
#include "line_records.h"
#include "moment.h"

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena;
    str last_room;
    struct counted bad_stamp, ambiguous;
};

static void set_time(struct reader *r, struct message *m, str shown)
{
    struct stamp stamp;
    m->time_shown = shown;
    if (stamp_iso(shown, &stamp) && stamp.has_time)
        m->time = moment_of(&stamp, r->options);
    else
        counted_add(&r->bad_stamp, m->locus);
    if (m->time.ambiguous)
        counted_add(&r->ambiguous, m->locus);
}

static enum status read_lines(struct source *source, const struct line_format *format,
                              struct reader *r, struct err *e)
{
    enum status st = line_records(source, r->sink, format, r, e);
    if (st == OK)
        st = counted_tell(&r->bad_stamp, r->sink, ISSUE_WARN, "badStamp",
                          "without a time that can be read",
                          STR("They are kept without a time, in their place in the file."), e);
    if (st == OK)
        st = counted_tell(&r->ambiguous, r->sink, ISSUE_NOTE, "ambiguousTime",
                          "in hours that exist twice or never in the stated zone",
                          STR("Do not lean on the exact UTC time of messages of these hours."), e);
    arena_free(&r->arena);
    return st;
}

/* --- The original ------------------------------------------------------------------------------ */

static bool is_brace(str line)
{
    return str_eq(str_trim(line), STR("{"));
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    (void)context;
    const bool begins = is_brace(l->text) && str_starts(str_trim(l->next), STR("timestamp:"));
    return begins ? LINE_BEGINS : LINE_GOES_ON;
}

/* Takes "  name: value," off the front of *rest, if it is the next line. */
static str take_member(str *rest, str name)
{
    str after = *rest, line;
    if (!str_split(&after, '\n', &line))
        return STR("");
    line = str_trim(line);
    if (!str_starts(line, name))
        return STR("");
    *rest = after;
    line = str_trim(str_from(line, name.n));
    return str_ends(line, STR(",")) ? str_sub(line, 0, line.n - 1) : line;
}

/* All up to the brace that ends the record, which stands on a line of its own. */
static str take_text(str rest)
{
    const str word = STR("message:");
    size_t at = 0;
    while (at < rest.n && (rest.p[at] == ' ' || rest.p[at] == '\t'))
        at++;
    if (!str_starts(str_from(rest, at), word))
        return rest;
    rest = str_from(rest, at + word.n);
    if (str_starts(rest, STR(" ")))
        rest = str_from(rest, 1);
    const str solid = str_trim(rest);
    if (!str_ends(solid, STR("}")))
        return rest;
    size_t end = (size_t)(solid.p + solid.n - 1 - rest.p);
    while (end > 0 && (rest.p[end - 1] == ' ' || rest.p[end - 1] == '\t'))
        end--;
    if (end > 0 && rest.p[end - 1] == '\n')
        end--;
    return str_sub(rest, 0, end);
}

static enum status send_room(struct reader *r, str key, str room, struct err *e)
{
    if (str_eq(r->last_room, room) && room.n)
        return OK;
    r->last_room = STR("");
    const struct conversation c = {
        .key = key, .title = room, .platform = STR("matrix"), .type = STR(""), .loose = !room.n};
    return r->sink->conversation(r->sink, &c, e);
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct message m = line_message(record);
    str rest = str_from(record->text, record->head);
    if (str_starts(rest, STR("\n")))
        rest = str_from(rest, 1);
    const str time = take_member(&rest, STR("timestamp:")),
              room = take_member(&rest, STR("chat_id:"));
    m.sender = take_member(&rest, STR("sender_alias:"));
    m.text = take_text(rest);
    set_time(r, &m, time);
    struct arena keep = {0}; /* the key outlives the room before, which is cleared with the arena */
    m.conversation =
        room.n ? arena_printf(&keep, "matrix:" STR_FMT, STR_ARG(room)) : STR("matrix:");
    enum status st = send_room(r, m.conversation, room, e);
    if (st == OK)
        st = r->sink->message(r->sink, &m, e);
    if (!r->last_room.n) {
        arena_clear(&r->arena);
        r->last_room = arena_dup(&r->arena, room);
    }
    arena_free(&keep);
    return st;
}

static enum status read_original(struct source *source, const struct import_options *options,
                                 struct sink *sink, struct err *e)
{
    static const struct line_format format = {.role = role_of, .record = on_record};
    struct reader r = {.sink = sink, .options = options, .last_room = STR("")};
    return read_lines(source, &format, &r, e);
}

static int bid_original(str prefix, str name)
{
    str line, next;
    (void)name;
    prefix = str_trim(prefix);
    if (!str_split(&prefix, '\n', &line) || !is_brace(line) || !str_split(&prefix, '\n', &next))
        return BID_NO;
    return str_starts(str_trim(next), STR("timestamp:")) ? BID_SURE : BID_NO;
}

/* A brace by itself, then a line that begins with "timestamp:". */
static bool counts_original(struct counter *c, str head)
{
    enum { AFTER_BRACE = 6 };
    const str line = str_trim(head);
    const bool record = c->state[AFTER_BRACE] && str_starts(line, STR("timestamp:"));
    c->state[AFTER_BRACE] = str_eq(line, STR("{"));
    return record;
}

static void count_original(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts_original);
}

const struct importer importer_blackbasta = {
    .name = "blackbasta",
    .title = "Matrix chats between braces (Black Basta leak)",
    .where = "the leaked file: { timestamp: ..., chat_id: ..., sender_alias: ..., message: ... }",
    .version = "1",
    .bid = bid_original,
    .read = read_original,
    .unordered = true,
    .count = count_original,
};

/* --- Texts made of it -------------------------------------------------------------------------- */

/* "[2023-09-18 13:35:07] @user:server: text" */
static bool read_head(str line, str *stamp, str *sender, str *text)
{
    static const char shape[] = "[9999-99-99 99:99:99] @";
    if (!leak_has_shape(line, shape))
        return false;
    *stamp = str_sub(line, 1, sizeof "9999-99-99 99:99:99" - 1);
    const str rest = str_from(line, sizeof shape - 2);
    const size_t blank = str_find_byte(rest, ' ');
    const str name = blank == STR_NONE ? rest : str_sub(rest, 0, blank);
    if (!str_ends(name, STR(":")))
        return false;
    *sender = str_sub(name, 0, name.n - 1);
    *text = str_from(rest, name.n + 1);
    return true;
}

static bool is_dashes(str line)
{
    enum { DASHES = 20 };
    size_t n = 0;
    while (n < line.n && line.p[n] == '-')
        n++;
    return n == DASHES && n == line.n;
}

/* Somebody's own line of dashes goes on; that of the file is followed by a head, a blank line or
   nothing. */
static enum line_role role_of_text(void *context, const struct line_at *l)
{
    str stamp, sender, text;
    (void)context;
    if (read_head(l->text, &stamp, &sender, &text))
        return LINE_BEGINS;
    if (is_dashes(l->text) &&
        (line_is_blank(l->next) || read_head(l->next, &stamp, &sender, &text)))
        return LINE_WRAPPING;
    return LINE_GOES_ON;
}

static enum status on_text(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct message m = line_message(record);
    str shown = STR(""), text = record->text;
    m.sender = STR("");
    (void)read_head(record->text, &shown, &m.sender, &text);
    m.conversation = STR("blackbasta:all");
    m.text = text;
    set_time(r, &m, shown);
    return r->sink->message(r->sink, &m, e);
}

static enum status read_text(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const struct line_format format = {.role = role_of_text, .record = on_text};
    struct reader r = {.sink = sink, .options = options, .last_room = STR("")};
    const struct conversation c = {.key = STR("blackbasta:all"),
                                   .title = STR("Black Basta, all rooms"),
                                   .platform = STR("matrix"),
                                   .type = STR("group"),
                                   .loose = true};
    const enum status st = sink->conversation(sink, &c, e);
    return st == OK ? read_lines(source, &format, &r, e) : st;
}

static int bid_text(str prefix, str name)
{
    str line, stamp, sender, text;
    (void)name;
    for (int i = 0; i < 5 && str_split(&prefix, '\n', &line); i++)
        if (read_head(line, &stamp, &sender, &text))
            return BID_LIKELY + 20;
    return BID_NO;
}

static bool counts_text(struct counter *c, str head)
{
    (void)c;
    const size_t n = head_fits(head, "[9999-99-99 99:99:99] @");
    const str rest = str_from(head, n);
    const size_t blank = str_find_byte(rest, ' ');
    str name = blank == STR_NONE ? rest : str_sub(rest, 0, blank);
    if (str_ends(name, STR("\r")))
        name.n--;
    return n && str_ends(name, STR(":"));
}

static void count_text(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts_text);
}

const struct importer importer_blackbasta_text = {
    .name = "blackbasta-text",
    .title = "Matrix chats, a text for each day (made of the Black Basta leak)",
    .where = "texts made of the leak: [2023-09-18 13:35:07] @user:server: text",
    .version = "1",
    .bid = bid_text,
    .read = read_text,
    .count = count_text,
};
