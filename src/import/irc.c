/*
 * IRC logs: irssi, WeeChat, ZNC, HexChat and XChat, mIRC, dircproxy, Ubuntu's log bot, the plain logs
 * that irclog2html reads, and what other clients write in like ways. Users find them in ~/irclogs,
 * ~/.weechat/logs, ~/.znc/.../log, HexChat's scrollback folder; bots put them on the web.
 *
 * Quirks: every client has a stamp of its own, found once for a file by what fits most of its first
 * lines. Stamps seldom have a date: it stands in lines between days, or in the file's name, or
 * nowhere. Encodings change from line to line, as everybody on a channel had his own.
 * One line is one record.
 */
#include "irc.h"

#include "buf.h"
#include "count_lines.h"
#include "line_records.h"
#include "moment.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum {
    LOOK_LINES = 400, /* by which the dialect is found */
    DIALECTS_MAX = 32,
    KEY_BYTES = 256,
};
#define CLOCK_SLACK_MS \
    (2 * MS_PER_HOUR) /* a clock that is set back or changes its season is no new day */

/* What the first lines tell. */
struct look {
    size_t lines, fitting[DIALECTS_MAX];
    char channel[KEY_BYTES]; /* the first that is named in an event */
};

/* What the time of a line without a date is counted from. */
struct clock {
    int64_t day_ms;  /* TIME_NONE: unknown */
    int64_t last_ms; /* of the line before, since midnight; TIME_NONE */
    int year, month; /* 0: unknown */
    bool days_told;  /* the log says when a day begins */
};

struct reader {
    struct sink *sink;
    const struct import_options *options;
    size_t dialect;
    struct clock clock;
    char key[KEY_BYTES], title[KEY_BYTES];
    struct buf plain; /* a line without formatting codes */
    struct line_note no_date, no_year, midnights, formatting, unstamped;
};

/* --- The first lines --------------------------------------------------------------------------- */

static void find_channel(struct look *k, str text)
{
    static const char *const before[] = {"joined ", "channel ", "talking in ",
                                         "Session Ident: ", "joined channel "};
    for (size_t i = 0; i < sizeof before / sizeof before[0] && !k->channel[0]; i++) {
        const size_t at = str_find(text, str_of(before[i]));
        str name = str_from(text, at == STR_NONE ? text.n : at + strlen(before[i]));
        if (!str_starts(name, STR("#")))
            continue;
        size_t n = 1;
        while (n < name.n && !strchr(" ,.\t\r)]", name.p[n]))
            n++;
        if (n > 1 && n < KEY_BYTES)
            snprintf(k->channel, sizeof k->channel, STR_FMT, (int)n, name.p);
    }
}

static void look_at_line(struct look *k, str line)
{
    k->lines++;
    bool event = irc_is_mark(line);
    for (size_t d = 0; d < irc_dialect_count(); d++) {
        struct irc_stamp stamp;
        if (!irc_stamp_read(&stamp, d, line))
            continue;
        const struct irc_body body =
            irc_body_of(str_from(line, stamp.length), irc_dialect_has_columns(d));
        k->fitting[d] += body.saying != IRC_UNCLEAR;
        event |= body.saying == IRC_EVENT;
    }
    if (event || str_starts(line, STR("=== ")))
        find_channel(k, line);
}

static bool look(void *context, const struct line_at *l)
{
    struct look *k = context;
    look_at_line(k, l->text);
    return k->lines < LOOK_LINES;
}

static size_t best_dialect(const struct look *k)
{
    size_t best = 0;
    for (size_t d = 1; d < irc_dialect_count(); d++)
        if (k->fitting[d] > k->fitting[best])
            best = d;
    return best;
}

/* Some line in UTF-8 that is more than ASCII, and few that are not valid: then the rest is UTF-8 and the
   others are strangers, however few bytes they have to judge a charset by. */
static bool is_mostly_utf8(str prefix)
{
    size_t good = 0, bad = 0;
    while (prefix.n >= BID_PREFIX_BYTES && prefix.p[prefix.n - 1] != '\n')
        prefix.n--; /* a line that is cut may be cut in a character */
    for (str line; str_split(&prefix, '\n', &line);) {
        if (str_find_byte(line, '\0') != STR_NONE)
            return false;
        const bool valid = utf8_valid_prefix(line) == line.n;
        bad += !valid;
        good += valid && utf8_count(line) < line.n;
    }
    return good && good * 3 >= bad;
}

/* --- Formatting -------------------------------------------------------------------------------- */

static size_t digits_at(str s, size_t at, size_t most)
{
    size_t n = 0;
    while (n < most && at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

/* Bytes of the formatting code at the front (https://modern.ircdocs.horse/formatting); 0 if none. */
static size_t code_at(str s)
{
    if (!s.p[0] || !strchr("\x02\x03\x04\x0F\x11\x16\x1D\x1E\x1F", s.p[0]))
        return 0;
    if (s.p[0] != 3)
        return 1;
    const size_t front = digits_at(s, 1, 2);
    const bool comma = front && 1 + front < s.n && s.p[1 + front] == ',';
    const size_t back = comma ? digits_at(s, 2 + front, 2) : 0;
    return 1 + front + (back ? 1 + back : 0);
}

static bool may_hold_codes(str line)
{
    for (size_t i = 0; i < line.n; i++)
        if ((unsigned char)line.p[i] < ' ' && line.p[i] != '\t')
            return true;
    return false;
}

static str without_codes(struct reader *r, str line)
{
    if (!may_hold_codes(line))
        return line;
    buf_clear(&r->plain);
    while (line.n) {
        const size_t code = code_at(line);
        if (!code)
            buf_add_byte(&r->plain, line.p[0]);
        line = str_from(line, code ? code : 1);
    }
    return buf_str(&r->plain);
}

/* --- Time -------------------------------------------------------------------------------------- */

static int64_t time_of_day(const struct irc_stamp *s)
{
    return s->hour * MS_PER_HOUR + s->minute * MS_PER_MINUTE + s->second * MS_PER_SECOND;
}

/* Sets the clock to the date that the stamp has; false if it is none. */
static bool set_date(struct clock *c, const struct irc_stamp *s)
{
    if (s->year)
        c->year = s->year;
    else if (c->year && c->month && s->month < c->month - 6) /* from December to January */
        c->year++;
    c->month = s->month;
    const struct civil day = {.year = c->year, .month = s->month, .day = s->day};
    if (!civil_valid(&day))
        return false;
    c->day_ms = civil_to_ms(&day);
    return true;
}

static int64_t wall_of(struct reader *r, const struct irc_stamp *s,
                       const struct line_record *record)
{
    struct clock *c = &r->clock;
    const int64_t time = time_of_day(s);
    if (s->month) {
        const bool dated = set_date(c, s);
        if (!c->year)
            line_note_add(&r->no_year, record);
        return dated ? c->day_ms + time : TIME_NONE;
    }
    if (c->day_ms == TIME_NONE) {
        line_note_add(&r->no_date, record);
        return TIME_NONE;
    }
    if (!c->days_told && c->last_ms != TIME_NONE && time < c->last_ms - CLOCK_SLACK_MS) {
        c->day_ms += MS_PER_DAY;
        line_note_add(&r->midnights, record);
    }
    c->last_ms = time;
    return c->day_ms + time;
}

static void hear_of_day(struct clock *c, str mark)
{
    bool from_midnight;
    const int64_t day = irc_mark_day(mark, &from_midnight);
    if (day == TIME_NONE)
        return;
    c->day_ms = day;
    c->last_ms = TIME_NONE;
    c->days_told |= from_midnight;
    const struct civil date = civil_from_ms(day);
    c->year = date.year;
    c->month = date.month;
}

/* --- Records ----------------------------------------------------------------------------------- */

static enum line_role role_of(void *context, const struct line_at *l)
{
    (void)context;
    return irc_is_mark(l->text) ? LINE_WRAPPING : LINE_BEGINS;
}

static enum status on_wrapping(void *context, const struct line_at *l, struct err *e)
{
    (void)e;
    struct reader *r = context;
    hear_of_day(&r->clock, l->text);
    return OK;
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct message m = line_message(record);
    m.conversation = str_of(r->key);
    const str line = without_codes(r, record->text);
    if (line.n != record->text.n)
        line_note_add(&r->formatting, record);

    struct irc_stamp stamp;
    const bool stamped = irc_stamp_read(&stamp, r->dialect, line);
    if (stamped) {
        m.time_shown = stamp.shown;
        m.time = moment_naive(wall_of(r, &stamp, record), r->options);
    } else {
        line_note_add(&r->unstamped, record);
    }
    const str words = str_from(line, stamped ? stamp.length : 0);
    const struct irc_body body = irc_body_of(words, irc_dialect_has_columns(r->dialect));
    if (body.saying == IRC_EVENT && str_starts(words, STR("--- ")))
        hear_of_day(&r->clock, words);
    m.kind = body.saying == IRC_SAID || body.saying == IRC_DID ? KIND_TEXT : KIND_EVENT;
    m.sender = body.sender;
    m.text = body.text;
    return r->sink->message(r->sink, &m, e);
}

/* --- The source -------------------------------------------------------------------------------- */

static enum status tell_notes(struct reader *r, struct err *e)
{
    static const struct line_note_words no_date = {
        ISSUE_WARN, "noDate",
        "message has a time of day but no date, and is kept in its order only.",
        "messages have a time of day but no date, and are kept in their order only.",
        "Hand over the whole folder if the date is in its name, or rename the file with the day "
        "in it (2016-02-25.log) and import it again."};
    static const struct line_note_words no_year = {
        ISSUE_WARN, "noYear", "message has a date without a year, and is kept in its order only.",
        "messages have a date without a year, and are kept in their order only.",
        "Hand over the whole folder if the year is in its name, or rename the file with the year "
        "in it (2016.log) and import it again."};
    static const struct line_note_words midnights = {
        ISSUE_NOTE, "pastMidnight",
        "line is earlier in the day than the one before it: a day was added.",
        "lines are earlier in the day than the one before them: a day was added at each.",
        "If the log was joined of several files in no order, import those instead."};
    static const struct line_note_words formatting = {
        ISSUE_NOTE, "formattingCodes", "line holds codes for colours or bold, which were left out.",
        "lines hold codes for colours or bold, which were left out.",
        "The original bytes stay available."};
    static const struct line_note_words unstamped = {
        ISSUE_NOTE, "noStamp", "line has no stamp and keeps its place between those that have.",
        "lines have no stamp and keep their place between those that have.",
        "Nothing is to be done: some clients stamp only what people say."};
    enum status st = line_note_tell(r->sink, &r->no_date, &no_date, e);
    if (st == OK)
        st = line_note_tell(r->sink, &r->no_year, &no_year, e);
    if (st == OK)
        st = line_note_tell(r->sink, &r->midnights, &midnights, e);
    if (st == OK)
        st = line_note_tell(r->sink, &r->formatting, &formatting, e);
    return st == OK ? line_note_tell(r->sink, &r->unstamped, &unstamped, e) : st;
}

static void name_conversation(struct reader *r, const struct irc_place *place, const struct look *k)
{
    str channel = place->channel.n ? place->channel : str_of(k->channel);
    if (!channel.n)
        channel = place->stem;
    channel = str_sub(channel, 0, 100);
    channel.n = utf8_unbroken(channel);
    str network = str_sub(place->network, 0, 100);
    network.n = utf8_unbroken(network);
    snprintf(r->title, sizeof r->title, STR_FMT, STR_ARG(channel));
    snprintf(r->key, sizeof r->key, "irc:" STR_FMT "%s" STR_FMT, STR_ARG(network),
             network.n ? "/" : "", STR_ARG(channel));
    for (char *p = r->key; *p; p++) /* IRC's names are the same in capital letters */
        *p = (char)(*p >= 'A' && *p <= 'Z' ? *p | 0x20 : *p);
}

static enum status read_log(struct reader *r, struct source *source, struct err *e)
{
    str prefix;
    enum status st = source_peek(source, BID_PREFIX_BYTES, &prefix, e);
    if (st != OK)
        return st;
    const struct line_format format = {
        .how = {.charset = is_mostly_utf8(str_sub(prefix, 0, BID_PREFIX_BYTES)) ? "UTF-8" : NULL,
                .mixed = true},
        .role = role_of,
        .wrapping = on_wrapping,
        .record = on_record,
    };
    struct look k = {0};
    st = line_look(source, &format.how, look, &k, e);
    if (st != OK)
        return st;
    r->dialect = best_dialect(&k);
    const struct irc_place place = irc_place_of(line_source_path(source, r->options));
    r->clock = (struct clock){.day_ms = place.day_ms, .last_ms = TIME_NONE, .year = place.year};
    name_conversation(r, &place, &k);
    const struct conversation c = {
        .key = str_of(r->key),
        .title = str_of(r->title),
        .platform = STR("irc"),
        .type = r->title[0] == '#' ? STR("channel") : STR(""),
        .loose = true,
    };
    st = r->sink->conversation(r->sink, &c, e);
    if (st == OK)
        st = line_records(source, r->sink, &format, r, e);
    return st == OK ? tell_notes(r, e) : st;
}

static enum status read_irc(struct source *source, const struct import_options *options,
                            struct sink *sink, struct err *e)
{
    struct reader r = {.sink = sink, .options = options, .plain = buf_new(BUF_MESSAGE_MAX)};
    const enum status st = read_log(&r, source, e);
    buf_free(&r.plain);
    return st;
}

/* Certain enough if nearly every line fits one dialect; but "[2016-03-02 09:41:07] <name>" is how
   releases look, so they go first. */
static int bid_irc(str prefix, str name)
{
    (void)name;
    struct look k = {0};
    for (str line; k.lines < LOOK_LINES && str_split(&prefix, '\n', &line);)
        if (!line_is_blank(line) && !irc_is_mark(line) && !str_starts(line, STR("=== ")))
            look_at_line(&k, line);
    const size_t fitting = k.fitting[best_dialect(&k)];
    if (!fitting || fitting * 3 < k.lines * 2)
        return BID_NO;
    return fitting * 10 >= k.lines * 9 ? BID_LIKELY + 20 : BID_LIKELY;
}

/* Lines that are not blank and do not stand between sessions or days. */
static bool counts(struct counter *c, str head)
{
    static const char *const between[] = {
        "--- Day changed ",        "--- Log opened ",  "--- Log closed ", "Session Time: ",
        "Session Start: ",         "Session Close: ",  "Session Ident: ", "**** BEGIN LOGGING AT ",
        "**** ENDING LOGGING AT ", "### Log session ",
    };
    (void)c;
    for (size_t i = 0; i < sizeof between / sizeof between[0]; i++)
        if (str_starts(head, str_of(between[i])))
            return false;
    return head.n > 0;
}

static void count_irc(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

const struct importer importer_irc = {
    .name = "irc",
    .title = "IRC log",
    .where = "a log of irssi, WeeChat, ZNC, HexChat, mIRC or another IRC client or bot",
    .version = "1",
    .bid = bid_irc,
    .read = read_irc,
    .count = count_irc,
};
