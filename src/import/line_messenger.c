/*
 * LINE chats as text: in the app's chat menu, Other settings, Export chat history; on a computer,
 * Save chat. A header of two lines, a line for each day, and "9:20<TAB>name<TAB>text".
 *
 * Quirks: texts of several lines go on bare, or in quotation marks if a computer wrote them; lines with
 * two columns are the app's own; times are in twelve hours in some languages; the day is written in
 * the language of the phone, sometimes with the month first; Windows wrote Thai in its own charset and
 * sets blanks instead of tabs, so that nobody can tell where a name with a blank ends.
 */
#include "line_messenger.h"

#include "buf.h"
#include "count_lines.h"
#include "line_records.h"
#include "moment.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum { TIME_COLUMN_MAX = 24, DAY_LINE_MAX = 64, KEY_BYTES = 400 };

/* What the whole file says about how to read its lines. */
struct look {
    bool tabs;
    struct date_evidence dates;
    uint64_t weekday_dmy, weekday_mdy; /* how many of the days' names fit in either order */
};

struct reader {
    struct sink *sink;
    const struct import_options *options;
    str path;
    bool tabs, titled;
    enum date_order order;
    int64_t day_ms; /* TIME_NONE before the first day */
    char key[KEY_BYTES];
    char peer[KEY_BYTES]; /* with whom, if the header tells */
    struct line_note no_date, bad_time, guessed_names;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && is_digit(s.p[at + n]))
        n++;
    return n;
}

/* --- What a line is ---------------------------------------------------------------------------- */

/* "9:20", "午後 1:23", "01:23PM": one time and no other figures. */
static bool is_time(str column)
{
    size_t at = 0;
    while (at < column.n && !is_digit(column.p[at]))
        at++;
    const size_t hour = digits_at(column, at), colon = at + hour;
    if (hour < 1 || hour > 2 || colon >= column.n || column.p[colon] != ':' ||
        digits_at(column, colon + 1) != 2)
        return false;
    for (at = colon + 3; at < column.n; at++)
        if (is_digit(column.p[at]))
            return false;
    return true;
}

/* The time column of a line that begins a record; empty for other lines. */
static str head_of(str line, bool tabs)
{
    const size_t end = str_find_byte(str_sub(line, 0, TIME_COLUMN_MAX + 1), tabs ? '\t' : ' ');
    if (end == STR_NONE || end == 0)
        return STR("");
    const str column = str_sub(line, 0, end);
    const bool bare = is_digit(column.p[0]) && is_digit(column.p[end - 1]);
    return is_time(column) && (tabs || bare) ? column : STR("");
}

struct day {
    int parts[3];
    size_t digits[3];
    str before, behind; /* of the figures */
};

/* "2024/1/23(火)", "Sat, 11/01/2025": three figures and the name of a day. */
static bool read_day(struct day *d, str line)
{
    *d = (struct day){0};
    line = str_trim(line);
    if (line.n > DAY_LINE_MAX || str_find_byte(line, '\t') != STR_NONE)
        return false;
    size_t at = 0;
    while (at < line.n && !is_digit(line.p[at]))
        at++;
    d->before = str_sub(line, 0, at);
    for (int i = 0; i < 3; i++) {
        d->digits[i] = digits_at(line, at);
        int64_t value;
        if (d->digits[i] < 1 || d->digits[i] > 4 ||
            !str_to_u63(str_sub(line, at, d->digits[i]), &value))
            return false;
        d->parts[i] = (int)value;
        at += d->digits[i];
        const size_t gap = at;
        while (i < 2 && at < line.n && !is_digit(line.p[at]))
            at++;
        if (at - gap > 5)
            return false;
    }
    d->behind = str_trim(str_from(line, at));
    for (size_t i = 0; i < d->behind.n; i++)
        if (is_digit(d->behind.p[i]) || d->behind.p[i] == ' ') /* a day's name is one word */
            return false;
    return d->before.n + d->behind.n > 1 && (d->digits[0] == 4) != (d->digits[2] == 4) &&
           d->digits[1] <= 2;
}

static int64_t wall_of(int year, int month, int day)
{
    const struct civil c = {.year = year, .month = month, .day = day};
    return civil_valid(&c) ? civil_to_ms(&c) : TIME_NONE;
}

/* TIME_NONE for a day that can be read in two ways, or in none. */
static int64_t wall_of_day(const struct day *d, enum date_order order)
{
    if (d->digits[0] == 4)
        return wall_of(d->parts[0], d->parts[1], d->parts[2]);
    const int64_t month_first = wall_of(d->parts[2], d->parts[0], d->parts[1]);
    const int64_t day_first = wall_of(d->parts[2], d->parts[1], d->parts[0]);
    if (order == ORDER_MDY)
        return month_first;
    if (order == ORDER_DMY || month_first == TIME_NONE)
        return day_first;
    return day_first == TIME_NONE || day_first == month_first ? month_first : TIME_NONE;
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    const struct reader *r = context;
    struct day day;
    if (head_of(l->text, r->tabs).n)
        return LINE_BEGINS;
    const bool header = l->number == 1 && str_starts(l->text, STR("[LINE]"));
    const bool saved = l->number == 2 && r->titled;
    const bool is_day =
        (l->after_blank || l->number < 5) && read_day(&day, l->text) && head_of(l->next, r->tabs).n;
    return header || saved || is_day ? LINE_WRAPPING : LINE_GOES_ON;
}

/* --- The order of days ------------------------------------------------------------------------- */

static bool is_weekday(str name, int64_t wall_ms)
{
    static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return wall_ms != TIME_NONE &&
           str_find(name, str_of(names[civil_weekday(wall_ms)])) != STR_NONE;
}

static bool look(void *context, const struct line_at *l)
{
    struct look *k = context;
    struct day day;
    k->tabs |= head_of(l->text, true).n > 0;
    if (!(l->after_blank || l->number < 5) || !read_day(&day, l->text))
        return true;
    date_evidence_add(&k->dates, day.parts);
    const str name = day.before.n ? day.before : day.behind;
    k->weekday_dmy += is_weekday(name, wall_of_day(&day, ORDER_DMY));
    k->weekday_mdy += is_weekday(name, wall_of_day(&day, ORDER_MDY));
    return true;
}

/* By what the user states, the names of days, the figures, in this order. */
static enum status decide_order(struct reader *r, const struct look *k, struct err *e)
{
    char why[160];
    bool certain = true;
    r->order = r->options->date_order;
    if (r->order == ORDER_UNKNOWN && k->weekday_dmy != k->weekday_mdy)
        r->order = k->weekday_dmy > k->weekday_mdy ? ORDER_DMY : ORDER_MDY;
    if (r->order == ORDER_UNKNOWN)
        r->order = date_evidence_decide(&k->dates, &certain, why);
    if (certain || !k->dates.dates || r->order == ORDER_YMD)
        return OK;
    const struct issue i = {
        .severity = ISSUE_WARN,
        .code = "dateOrder",
        .what =
            r->order == ORDER_UNKNOWN
                ? STR("Nothing tells whether days or months come first; such days were not read.")
                : str_of(why),
        .way_out = STR("State it with --date-order dmy or mdy if you know the phone's settings."),
        .locus.member = STR(""),
    };
    return r->sink->issue(r->sink, &i, e);
}

/* --- The header -------------------------------------------------------------------------------- */

static bool take_affixes(str *title, const char *before, const char *behind)
{
    const str b = str_of(before), a = str_of(behind);
    if (title->n <= b.n + a.n || !str_starts(*title, b) || !str_ends(*title, a))
        return false;
    *title = str_sub(*title, b.n, title->n - b.n - a.n);
    return true;
}

/* What the header says around the name, and whether it says "with". */
static const struct {
    const char *before, *behind;
    bool with;
} headers[] = {
    {"Chat history with ", "", true}, {"Chat history in ", "", false},
    {"", "とのトーク履歴", true},     {"", "とのトーク", true},
    {"", "のトーク履歴", false},      {"", "のトーク", false},
    {"與", "的聊天記錄", true},       {"与", "的聊天记录", true},
    {"", "的聊天記錄", false},        {"", "的聊天记录", false},
    {"ประวัติการแชทกับ ", "", true},     {"ประวัติการแชทใน ", "", false},
    {"ประวัติการสนทนากับ ", "", true},   {"Riwayat obrolan dengan ", "", true},
    {"", "님과의 대화", true},        {"Chat with ", "", true},
};

static enum status name_conversation(struct reader *r, str title, struct err *e)
{
    bool with = false;
    title = str_trim(title);
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (take_affixes(&title, headers[i].before, headers[i].behind)) {
            with = headers[i].with;
            break;
        }
    title = str_sub(title, 0, 300);
    title.n = utf8_unbroken(title);
    const int n = snprintf(r->key, sizeof r->key, "line:" STR_FMT, STR_ARG(title));
    if (with)
        snprintf(r->peer, sizeof r->peer, STR_FMT, STR_ARG(title));
    const struct conversation c = {.key = {r->key, (size_t)n},
                                   .title = title,
                                   .platform = STR("line"),
                                   .type = with ? STR("direct") : STR(""),
                                   .loose = true};
    return r->sink->conversation(r->sink, &c, e);
}

static enum status on_wrapping(void *context, const struct line_at *l, struct err *e)
{
    struct reader *r = context;
    struct day day;
    if (l->number == 1 && str_starts(l->text, STR("[LINE]"))) {
        r->titled = true;
        return name_conversation(r, str_from(l->text, STR("[LINE]").n), e);
    }
    if (read_day(&day, l->text))
        r->day_ms = wall_of_day(&day, r->order);
    return OK;
}

/* --- Records ----------------------------------------------------------------------------------- */

static void set_time(struct reader *r, struct message *m, const struct line_record *record)
{
    struct stamp stamp;
    if (!stamp_written(m->time_shown, ORDER_UNKNOWN, &stamp) || !stamp.has_time) {
        line_note_add(&r->bad_time, record);
        return;
    }
    if (r->day_ms == TIME_NONE) {
        line_note_add(&r->no_date, record);
        return;
    }
    const int64_t clock = (stamp.wall_ms % MS_PER_DAY + MS_PER_DAY) % MS_PER_DAY;
    m->time = moment_naive(r->day_ms + clock, r->options);
}

/* "name<TAB>text", or the app's words alone. */
static void read_columns(struct message *m, str columns)
{
    const size_t tab = str_find_byte(columns, '\t');
    if (tab == STR_NONE) {
        m->kind = KIND_EVENT;
        m->text = columns;
        line_messenger_event(m);
        return;
    }
    m->sender = str_sub(columns, 0, tab);
    m->text = str_from(columns, tab + 1);
}

/* Blanks instead of tabs: the name is the peer's, or ends at the first blank. */
static void read_blanks(struct reader *r, struct message *m, str words,
                        const struct line_record *rec)
{
    const str peer = str_of(r->peer);
    size_t end = peer.n && str_starts(words, peer) ? peer.n : str_find_byte(words, ' ');
    if (end >= words.n || words.p[end] != ' ') {
        m->kind = KIND_EVENT;
        m->text = words;
        return;
    }
    if (end != peer.n)
        line_note_add(&r->guessed_names, rec);
    m->sender = str_sub(words, 0, end);
    m->text = str_from(words, end + 1);
}

static str without_quotes(str text)
{
    const bool quoted = text.n > 2 && str_find_byte(text, '\n') != STR_NONE &&
                        str_starts(text, STR("\"")) && str_ends(text, STR("\""));
    return quoted ? str_sub(text, 1, text.n - 2) : text;
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    if (!r->key[0]) { /* no header: the file's name must do */
        const enum status st = name_conversation(r, path_stem(r->path), e);
        if (st != OK)
            return st;
    }
    struct message m = line_message(record);
    struct attachment attached;
    m.conversation = str_of(r->key);
    m.time_shown = head_of(str_sub(record->text, 0, record->head), r->tabs);
    set_time(r, &m, record);
    const str rest = str_from(record->text, m.time_shown.n + 1);
    if (r->tabs)
        read_columns(&m, rest);
    else
        read_blanks(r, &m, rest, record);
    m.text = without_quotes(m.text);
    if (m.kind == KIND_TEXT)
        line_messenger_words(&m, &attached);
    return r->sink->message(r->sink, &m, e);
}

static enum status tell_notes(struct reader *r, struct err *e)
{
    static const struct line_note_words no_date = {
        ISSUE_WARN, "noDate",
        "message has no day above it that can be read, and is kept in its order only.",
        "messages have no day above them that can be read, and are kept in their order only.",
        "Was the beginning of the file cut off? Can days and months be told apart by you?"};
    static const struct line_note_words bad_time = {
        ISSUE_WARN, "badStamp",
        "message has a time that could not be read, and is kept in its order only.",
        "messages have times that could not be read, and are kept in their order only.",
        "Please report the words that stand with these times."};
    static const struct line_note_words guessed = {
        ISSUE_WARN, "guessedName",
        "message has its name set off by a blank only: the first word was taken for it.",
        "messages have their names set off by a blank only: the first word was taken for it.",
        "Export the chat again with LINE on a phone, which sets tabs, or compare the names."};
    enum status st = line_note_tell(r->sink, &r->no_date, &no_date, e);
    if (st == OK)
        st = line_note_tell(r->sink, &r->bad_time, &bad_time, e);
    return st == OK ? line_note_tell(r->sink, &r->guessed_names, &guessed, e) : st;
}

/* --- The source -------------------------------------------------------------------------------- */

static enum status read_line(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const struct line_format format = {
        .role = role_of, .wrapping = on_wrapping, .record = on_record};
    struct look k = {0};
    enum status st = line_look(source, &format.how, look, &k, e);
    if (st != OK)
        return st;
    struct reader r = {.sink = sink,
                       .options = options,
                       .path = line_source_path(source, options),
                       .tabs = k.tabs,
                       .day_ms = TIME_NONE};
    st = decide_order(&r, &k, e);
    if (st == OK)
        st = line_records(source, sink, &format, &r, e);
    return st == OK ? tell_notes(&r, e) : st;
}

static int bid_line(str prefix, str name)
{
    if (str_starts(prefix, STR("[LINE]")))
        return BID_SURE;
    struct day day;
    bool dated = false;
    size_t heads = 0, columns = 0, lines = 0;
    for (str line; lines < 200 && str_split(&prefix, '\n', &line); lines++) {
        const str head = head_of(line, true);
        heads += head.n > 0;
        columns += head.n && str_find_byte(str_from(line, head.n + 1), '\t') != STR_NONE;
        dated |= !head.n && read_day(&day, line);
    }
    (void)name;
    return dated && heads > 0 && columns * 2 > heads ? BID_LIKELY + 20 : BID_NO;
}

/* A time, alone in front of the first tab; or of the first blank, if no line of the file has a tab so.
   state[7] counts those. */
static bool counts(struct counter *c, str head)
{
    static const char *const times[] = {"9:99", "99:99"};
    size_t at = 0, n = 0;
    while (at < head.n && head.p[at] != '\t' && !is_digit(head.p[at]))
        at++;
    for (size_t i = 0; i < 2 && !n; i++)
        n = head_fits(str_from(head, at), times[i]);
    if (!n)
        return false;
    c->state[7] += at == 0 && n < head.n && head.p[n] == ' ';
    for (at += n; at < head.n && head.p[at] != '\t'; at++)
        if (is_digit(head.p[at]))
            return false;
    return at < head.n && at <= TIME_COLUMN_MAX;
}

static void count_line(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
    if (!bytes.n && !c->records)
        c->records = c->state[7];
}

const struct importer importer_line = {
    .name = "line",
    .title = "LINE chat, text",
    .where = "LINE: chat menu, Other settings, Export chat history; on a computer: Save chat",
    .version = "1",
    .bid = bid_line,
    .read = read_line,
    .count = count_line,
};
