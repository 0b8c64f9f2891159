/*
 * IRC logs of a bot that writes records of lines: seconds since 1970, nick, words, and a blank line.
 * Such logs of #zig stand on the web, a file a day, in folders of years.
 *
 * Quirks: only what people said is logged; the instant is exact and UTC.
 */
#include "irc.h"

#include "buf.h"
#include "count_lines.h"
#include "line_records.h"
#include "moment.h"
#include "utf8.h"

#include <stdio.h>

enum { KEY_BYTES = 256 };

struct reader {
    struct sink *sink;
    str key;
};

static bool is_epoch(str line)
{
    int64_t seconds;
    return line.n >= 9 && line.n <= 11 && str_to_u63(line, &seconds);
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    (void)context;
    return l->after_blank && is_epoch(l->text) && !line_is_blank(l->next) ? LINE_BEGINS
                                                                          : LINE_GOES_ON;
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct message m = line_message(record);
    str rest = record->text;
    int64_t seconds;
    str_split(&rest, '\n', &m.time_shown);
    str_split(&rest, '\n', &m.sender);
    if (str_to_u63(m.time_shown, &seconds))
        m.time = moment_utc(seconds * MS_PER_SECOND);
    m.conversation = r->key;
    m.text = rest;
    return r->sink->message(r->sink, &m, e);
}

static enum status read_epoch(struct source *source, const struct import_options *options,
                              struct sink *sink, struct err *e)
{
    static const struct line_format format = {
        .how.mixed = true, .role = role_of, .record = on_record};
    const struct irc_place place = irc_place_of(line_source_path(source, options));
    str channel = str_sub(place.channel.n ? place.channel : place.stem, 0, 200);
    channel.n = utf8_unbroken(channel);
    char key[KEY_BYTES];
    const int n = snprintf(key, sizeof key, "irc:" STR_FMT, STR_ARG(channel));
    struct reader r = {.sink = sink, .key = {key, (size_t)n}};
    const struct conversation c = {.key = r.key,
                                   .title = channel,
                                   .platform = STR("irc"),
                                   .type = STR("channel"),
                                   .loose = true};
    const enum status st = sink->conversation(sink, &c, e);
    return st == OK ? line_records(source, sink, &format, &r, e) : st;
}

static str next_line(str *rest)
{
    str line = STR("");
    str_split(rest, '\n', &line);
    return str_ends(line, STR("\r")) ? str_sub(line, 0, line.n - 1) : line;
}

/* The first two records, or the only one, must be whole. */
static int bid_epoch(str prefix, str name)
{
    (void)name;
    str rest = prefix;
    for (int record = 0; record < 2 && (record == 0 || rest.n); record++) {
        str line = next_line(&rest);
        while (line_is_blank(line) && rest.n)
            line = next_line(&rest);
        if (line_is_blank(line) && record)
            break;
        const str nick = next_line(&rest), words = next_line(&rest);
        if (!is_epoch(line) || !nick.n || nick.n > 64 || str_find_byte(nick, ' ') != STR_NONE ||
            !words.n)
            return BID_NO;
        while (next_line(&rest).n && rest.n)
            continue;
    }
    return BID_SURE - 5;
}

/* A line of 9 to 11 digits with a blank one (or nothing) before it and words behind it. state[6]: the line
   before was not blank; state[7]: it was such a line. */
static bool counts(struct counter *c, str head)
{
    size_t digits = 0;
    while (digits < head.n && head.p[digits] >= '0' && head.p[digits] <= '9')
        digits++;
    const bool record = c->state[7] && head.n;
    c->state[7] = !c->state[6] && digits == head.n && digits >= 9 && digits <= 11;
    c->state[6] = head.n > 0;
    return record;
}

static void count_epoch(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

const struct importer importer_irc_epoch = {
    .name = "irc-epoch",
    .title = "IRC log, a record of lines each",
    .where = "a bot's log that has seconds since 1970, nick and words on lines of their own",
    .version = "1",
    .bid = bid_epoch,
    .read = read_epoch,
    .count = count_epoch,
};
