/*
 * Chats as the TrickBot leaks of 2022 had them: a folder for each member, a file for each contact,
 * "[26.07.21 07:53:58] nick:<TAB><TAB>text", texts of several lines going on bare.
 *
 * Quirks: years with two digits or four; some files show only the clock, so that the day must come from
 * the line before; both ends of a talk are there, in two folders, and give the same key here.
 */
#include "leaks.h"

#include "count_lines.h"
#include "counted.h"
#include "line_records.h"
#include "moment.h"

#include <stdio.h>
#include <string.h>

enum { NICKS_MAX = 8, NICK_MAX = 100 };

struct head {
    str shown, nick;
    int64_t day_ms; /* TIME_NONE if only the clock is shown */
    struct stamp_clock clock;
    bool bad; /* it shows a date or a time that does not exist */
    size_t bytes;
};

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena;
    str nicks[NICKS_MAX]; /* who speaks in this file */
    size_t nick_count;
    bool more_nicks;
    str key;
    int64_t day_ms; /* of the last line that shows one */
    struct counted no_time, ambiguous;
};

/* Bytes of three numbers of one to four digits with separators; 0 if there are none. */
static size_t figures(str s, char separator)
{
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        size_t n = 0;
        if (i && (at == s.n || s.p[at++] != separator))
            return 0;
        while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
            n++;
        if (n < 1 || n > 4)
            return 0;
        at += n;
    }
    return at;
}

static size_t first_blank(str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != ' ' && s.p[n] != '\t')
        n++;
    return n;
}

/* A date or a time that does not exist costs the time and not the record, a missing nick the sender. */
static bool read_head(str line, struct head *out)
{
    *out = (struct head){.day_ms = TIME_NONE, .shown = STR(""), .nick = STR("")};
    if (!str_starts(line, STR("[")))
        return false;
    str rest = str_from(line, 1);
    const size_t date = figures(rest, '.');
    const str clock = str_from(rest, date ? date + 1 : 0);
    const size_t time = figures(clock, ':');
    if ((date && !str_starts(str_from(rest, date), STR(" "))) || !time ||
        !str_starts(str_from(clock, time), STR("] ")))
        return false;
    out->shown = str_sub(line, 1, line.n - 1 - (clock.n - time));
    int parts[3];
    str figure = str_sub(rest, 0, date);
    out->bad = date && (!stamp_take_figures(&figure, parts) ||
                        !stamp_of_figures(parts, ORDER_DMY, &out->day_ms));
    figure = str_sub(clock, 0, time);
    out->bad |= !stamp_take_clock(&figure, &out->clock) || figure.n;
    rest = str_from(clock, time + 2);
    out->bytes = line.n - rest.n;
    const size_t blank = first_blank(rest);
    if (blank > 1 && blank < NICK_MAX && rest.p[blank - 1] == ':') {
        out->nick = str_sub(rest, 0, blank - 1);
        const bool tabs = str_starts(str_from(rest, blank), STR("\t\t"));
        out->bytes += blank + 1 + tabs;
    }
    return true;
}

static bool look(void *context, const struct line_at *l)
{
    struct reader *r = context;
    struct head head;
    if (!read_head(l->text, &head) || !head.nick.n)
        return true;
    size_t i = 0;
    while (i < r->nick_count && !str_eq(r->nicks[i], head.nick))
        i++;
    if (i < r->nick_count)
        return true;
    r->more_nicks = r->nick_count == NICKS_MAX;
    if (r->more_nicks)
        return false;
    while (i > 0 && str_cmp(r->nicks[i - 1], head.nick) > 0) {
        r->nicks[i] = r->nicks[i - 1];
        i--;
    }
    r->nicks[i] = arena_dup(&r->arena, head.nick);
    r->nick_count++;
    return true;
}

/* The key is made of who speaks; of the file's name in a crowd, and where one speaks to nobody. */
static enum status name_conversation(struct reader *r, const struct source *source, struct err *e)
{
    const str here = siblings_here(r->options->siblings);
    const str stem = path_stem(here.n ? here : source_name(source));
    r->key = arena_printf(&r->arena, "trickbot:");
    for (size_t i = 0; i < r->nick_count && !r->more_nicks && r->nick_count > 1; i++)
        r->key = arena_printf(&r->arena, STR_FMT "%s" STR_FMT, STR_ARG(r->key), i ? "~" : "",
                              STR_ARG(r->nicks[i]));
    if (r->more_nicks || r->nick_count < 2)
        r->key = arena_printf(&r->arena, "trickbot:" STR_FMT, STR_ARG(stem));
    const struct conversation c = {.key = r->key,
                                   .title = arena_dup(&r->arena, stem),
                                   .platform = STR("xmpp"),
                                   .type = r->nick_count == 2 ? STR("direct") : STR(""),
                                   .loose = true};
    return r->sink->conversation(r->sink, &c, e);
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    struct head head;
    (void)context;
    return read_head(l->text, &head) ? LINE_BEGINS : LINE_GOES_ON;
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct message m = line_message(record);
    struct head head;
    (void)read_head(str_sub(record->text, 0, record->head), &head);
    if (head.day_ms != TIME_NONE)
        r->day_ms = head.day_ms;
    m.conversation = r->key;
    m.sender = head.nick;
    m.kind = head.nick.n ? KIND_TEXT : KIND_EVENT;
    m.text = str_from(record->text, head.bytes);
    m.time_shown = head.shown;
    if (r->day_ms == TIME_NONE || head.bad)
        counted_add(&r->no_time, m.locus);
    else
        m.time = moment_naive(r->day_ms + head.clock.day_ms, r->options);
    if (m.time.ambiguous)
        counted_add(&r->ambiguous, m.locus);
    return r->sink->message(r->sink, &m, e);
}

static enum status read_trickbot(struct source *source, const struct import_options *options,
                                 struct sink *sink, struct err *e)
{
    static const struct line_format format = {
        .how = {.mixed = true}, .role = role_of, .record = on_record};
    struct reader r = {.sink = sink, .options = options, .day_ms = TIME_NONE};
    enum status st = line_look(source, &format.how, look, &r, e);
    if (st == OK)
        st = name_conversation(&r, source, e);
    if (st == OK)
        st = line_records(source, sink, &format, &r, e);
    if (st == OK)
        st = counted_tell(&r.no_time, sink, ISSUE_WARN, "badStamp",
                          "without a date, or with one that does not exist",
                          STR("They are kept without a time, in their place in the file."), e);
    if (st == OK)
        st = counted_tell(&r.ambiguous, sink, ISSUE_NOTE, "ambiguousTime",
                          "in hours that exist twice or never in the stated zone",
                          STR("Do not lean on the exact UTC time of messages of these hours."), e);
    arena_free(&r.arena);
    return st;
}

static int bid(str prefix, str name)
{
    enum { LINES = 40 };
    (void)name;
    str line;
    for (int i = 0; i < LINES && str_split(&prefix, '\n', &line); i++) {
        struct head head;
        if (read_head(line, &head) && head.nick.n && str_find(line, STR(":\t")) != STR_NONE)
            return BID_LIKELY + 20;
    }
    return BID_NO;
}

/* --- The independent counter ------------------------------------------------------------------- */

static bool counts(struct counter *c, str head)
{
    (void)c;
    return head_fits(head, "[#.#.# #:#:#] ") || head_fits(head, "[#:#:#] ");
}

static void count(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

const struct importer importer_trickbot = {
    .name = "trickbot",
    .title = "Jabber chat, text (TrickBot leak)",
    .where = "leaked chats, a file for each contact: [26.07.21 07:53:58] nick: text",
    .version = "1",
    .bid = bid,
    .read = read_trickbot,
    .count = count,
};
