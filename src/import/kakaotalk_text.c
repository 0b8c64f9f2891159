/*
 * KakaoTalk chats as text. On a computer: chat menu, Save chat; on a phone: chat settings, Export chat
 * (text only). Computers write "[name] [오후 8:54] text" below a line for each day, phones write
 * "2013년 5월 4일 오후 11:11, name : text" and its like, in the language of the phone.
 *
 * Quirks: texts of several lines go on bare; on computers the app's own lines have neither stamp nor
 * brackets; some versions lose the end of the header's second line; minutes only.
 */
#include "kakaotalk.h"

#include "count_lines.h"
#include "line_records.h"
#include "moment.h"

#include <string.h>

enum { NAME_BYTES_MAX = 90, OWN_LINE_MAX = 110 };

struct reader {
    struct sink *sink;
    const struct import_options *options;
    str path;
    bool computer; /* a line of a computer's export was met */
    bool began;    /* a record or day was met: the header is over */
    int64_t day_ms;
    char key[KAKAOTALK_KEY_BYTES];
    struct line_note no_date, bad_stamp;
};

/* --- Stamps ------------------------------------------------------------------------------------ */

static bool take(str *s, const char *text)
{
    const str t = str_of(text);
    if (!str_starts(*s, t))
        return false;
    *s = str_from(*s, t.n);
    return true;
}

static bool take_figure(str *s)
{
    size_t n = 0;
    while (n < 4 && n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
        n++;
    *s = str_from(*s, n);
    return n > 0;
}

static bool take_word(str *s)
{
    size_t n = 0;
    while (n < 20 && n < s->n && (s->p[n] | 0x20) >= 'a' && (s->p[n] | 0x20) <= 'z')
        n++;
    *s = str_from(*s, n);
    return n > 0;
}

static bool take_noon(str *s)
{
    const str noon = str_sub(*s, 0, 2);
    if (!str_eq_nocase(noon, STR("AM")) && !str_eq_nocase(noon, STR("PM")))
        return false;
    *s = str_from(*s, 2);
    return true;
}

/* "11:11": a minute has two figures. */
static bool take_clock(str *s)
{
    if (!take_figure(s) || !take(s, ":") || s->n < 2)
        return false;
    const str minute = str_sub(*s, 0, 2);
    *s = str_from(*s, 2);
    int64_t value;
    return str_to_u63(minute, &value);
}

static bool take_korean_clock(str *s)
{
    (void)(take(s, "오전 ") || take(s, "오후 "));
    return take_clock(s);
}

static bool take_three(str *s, const char *year, const char *month, const char *day)
{
    str rest = *s;
    if (!take_figure(&rest) || !take(&rest, year) || !take_figure(&rest) || !take(&rest, month) ||
        !take_figure(&rest) || !take(&rest, day))
        return false;
    *s = rest;
    return true;
}

/* "2013년 5월 4일 " or "2013. 5. 4. " */
static bool take_korean_day(str *s)
{
    return take_three(s, "년 ", "월 ", "일 ") || take_three(s, ". ", ". ", ". ");
}

/* "February 20, 2014" */
static bool take_english_day(str *s)
{
    return take_word(s) && take(s, " ") && take_figure(s) && take(s, ", ") && take_figure(s);
}

static bool take_korean_stamp(str *s)
{
    return take_korean_day(s) && take_korean_clock(s);
}

/* "9:46AM, February 20, 2014" */
static bool take_clock_first(str *s)
{
    return take_clock(s) && take_noon(s) && take(s, ", ") && take_english_day(s);
}

/* "February 20, 2014, 9:46 PM"; newer: "February 20, 2014 at 9:46 PM" */
static bool take_day_first(str *s)
{
    return take_english_day(s) && (take(s, ", ") || take(s, " at ")) && take_clock(s) &&
           take(s, " ") && take_noon(s);
}

/* The stamp at the front of a phone's line, without the comma behind it; empty if there is none. */
static str phone_stamp(str line)
{
    bool (*const ways[])(str *) = {take_korean_stamp, take_clock_first, take_day_first};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        str rest = line;
        if (ways[i](&rest))
            return str_sub(line, 0, line.n - rest.n);
    }
    return STR("");
}

static bool is_phone_head(str line)
{
    const str stamp = phone_stamp(line);
    return stamp.n && str_starts(str_from(line, stamp.n), STR(", "));
}

/* "[name] [오후 8:54] text": name and time; false if it is none. */
static bool computer_head(str line, str *name, str *time)
{
    if (!str_starts(line, STR("[")))
        return false;
    for (size_t at = 1; at <= NAME_BYTES_MAX && at < line.n; at++) {
        str rest = str_from(line, at);
        if (!take(&rest, "] ["))
            continue;
        const str from = rest;
        if (!take_korean_clock(&rest))
            continue;
        if (take(&rest, " ") && !take_noon(&rest))
            continue;
        *name = str_sub(line, 1, at - 1);
        *time = str_sub(from, 0, from.n - rest.n);
        if (take(&rest, "]") && (!rest.n || rest.p[0] == ' '))
            return true;
    }
    return false;
}

static bool is_head(str line)
{
    str name, time;
    return computer_head(line, &name, &time) || is_phone_head(line);
}

/* --- Days and header --------------------------------------------------------------------------- */

#define RULE STR("---------------")

static bool is_ruled_day(str line)
{
    return line.n > 2 * RULE.n && str_starts(line, RULE) && str_ends(str_trim(line), RULE);
}

/* A phone's line between days: a stamp alone, or a date with its weekday. */
static bool is_phone_day(str line)
{
    line = str_trim(line);
    const str stamp = phone_stamp(line);
    if (stamp.n)
        return stamp.n == line.n;
    str rest = line;
    if (take_korean_day(&rest))
        return str_ends(rest, STR("요일")) && rest.n < 12;
    rest = line;
    return take_word(&rest) && take(&rest, ", ") && take_english_day(&rest) && !rest.n;
}

static bool is_saved_line(str line)
{
    return str_starts(line, STR("저장한 날짜")) || str_starts(line, STR("저장한날짜")) ||
           str_starts(line, STR("Date Saved")) || str_starts(line, STR("Saved on"));
}

static bool is_title(const struct line_at *l)
{
    return l->number == 1 &&
           (is_saved_line(l->next) || str_find(l->text, STR("카카오톡 대화")) != STR_NONE ||
            str_starts(l->text, STR("KakaoTalk Chat")));
}

/* --- Roles ------------------------------------------------------------------------------------- */

static bool is_own_line(const struct reader *r, str line)
{
    str actor;
    return r->computer && line.n <= OWN_LINE_MAX && kakaotalk_is_event(line, true, &actor);
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    struct reader *r = context;
    str name, time;
    const bool head = computer_head(l->text, &name, &time);
    r->computer |= head || str_starts(l->text, RULE);
    if (head || is_ruled_day(l->text)) {
        r->began = true;
        return head ? LINE_BEGINS : LINE_WRAPPING;
    }
    if (is_phone_head(l->text)) {
        r->began = true;
        return LINE_BEGINS;
    }
    if (is_own_line(r, l->text))
        return LINE_BEGINS;
    const bool day = is_phone_day(l->text) && (l->after_blank || !r->began) && is_head(l->next);
    const bool header = !r->began && (is_title(l) || is_saved_line(l->text));
    return day || header ? LINE_WRAPPING : LINE_GOES_ON;
}

static enum status on_wrapping(void *context, const struct line_at *l, struct err *e)
{
    struct reader *r = context;
    if (is_title(l))
        return kakaotalk_name(r->sink, kakaotalk_title(l->text), r->key, e);
    if (!is_ruled_day(l->text))
        return OK;
    const str line = str_trim(l->text);
    str day = str_trim(str_sub(line, RULE.n, line.n - 2 * RULE.n));
    if (str_ends(day, STR("요일"))) /* the weekday behind the date */
        while (day.n && day.p[day.n - 1] != ' ')
            day.n--;
    struct stamp stamp;
    const bool good = stamp_written(str_trim(day), ORDER_UNKNOWN, &stamp);
    r->day_ms = good ? stamp.wall_ms : TIME_NONE;
    return OK;
}

/* --- Records ----------------------------------------------------------------------------------- */

static void read_computer(struct reader *r, struct message *m, const struct line_record *record)
{
    str name;
    struct stamp stamp;
    if (!computer_head(record->text, &name, &m->time_shown)) {
        m->kind = KIND_EVENT;
        m->text = record->text;
        return;
    }
    m->sender = name;
    m->text =
        str_from(record->text, (size_t)(m->time_shown.p - record->text.p) + m->time_shown.n + 2);
    if (!stamp_written(m->time_shown, ORDER_UNKNOWN, &stamp)) {
        line_note_add(&r->bad_stamp, record);
        return;
    }
    if (r->day_ms == TIME_NONE) {
        line_note_add(&r->no_date, record);
        return;
    }
    const int64_t clock = (stamp.wall_ms % MS_PER_DAY + MS_PER_DAY) % MS_PER_DAY;
    m->time = moment_naive(r->day_ms + clock, r->options);
}

static void read_phone(struct reader *r, struct message *m, const struct line_record *record)
{
    struct stamp stamp;
    m->time_shown = phone_stamp(record->text);
    if (stamp_written(m->time_shown, ORDER_UNKNOWN, &stamp))
        m->time = moment_naive(stamp.wall_ms, r->options);
    else
        line_note_add(&r->bad_stamp, record);
    const str rest = str_from(record->text, m->time_shown.n + 2);
    const str line = str_sub(rest, 0, record->head - (record->text.n - rest.n));
    const size_t colon = str_find(line, STR(" : "));
    if (colon == STR_NONE && !str_ends(line, STR(" :"))) {
        m->kind = KIND_EVENT;
        m->text = rest;
        return;
    }
    m->sender = str_sub(line, 0, colon == STR_NONE ? line.n - 2 : colon);
    m->text = str_from(rest, colon == STR_NONE ? line.n : colon + 3);
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    if (!r->key[0]) { /* no header: the file's name must do */
        const enum status st =
            kakaotalk_name(r->sink, kakaotalk_title(path_stem(r->path)), r->key, e);
        if (st != OK)
            return st;
    }
    struct message m = line_message(record);
    struct attachment attached;
    m.conversation = str_of(r->key);
    if (is_phone_head(record->text))
        read_phone(r, &m, record);
    else
        read_computer(r, &m, record);
    if (m.kind == KIND_TEXT) {
        m.sender = kakaotalk_sender(m.sender, r->options);
        kakaotalk_words(&m, &attached);
    } else {
        kakaotalk_is_event(str_sub(m.text, 0, str_find_byte(m.text, '\n')), false, &m.sender);
    }
    return r->sink->message(r->sink, &m, e);
}

/* --- The source -------------------------------------------------------------------------------- */

static enum status tell_notes(struct reader *r, struct err *e)
{
    static const struct line_note_words no_date = {
        ISSUE_WARN, "noDate",
        "message stands before the first day line and is kept in its order only.",
        "messages stand before the first day line and are kept in their order only.",
        "Was the beginning of the file cut off?"};
    static const struct line_note_words bad_stamp = {
        ISSUE_WARN, "badStamp",
        "message has a stamp that is no time, and is kept in its order only.",
        "messages have stamps that are no times, and are kept in their order only.",
        "Look at the file there: the stamp is shown with the message."};
    const enum status st = line_note_tell(r->sink, &r->no_date, &no_date, e);
    return st == OK ? line_note_tell(r->sink, &r->bad_stamp, &bad_stamp, e) : st;
}

static enum status read_kakaotalk(struct source *source, const struct import_options *options,
                                  struct sink *sink, struct err *e)
{
    const struct line_format format = {.how.charset = line_charset(source),
                                       .role = role_of,
                                       .wrapping = on_wrapping,
                                       .record = on_record};
    struct reader r = {.sink = sink,
                       .options = options,
                       .path = line_source_path(source, options),
                       .day_ms = TIME_NONE};
    const enum status st = line_records(source, sink, &format, &r, e);
    return st == OK ? tell_notes(&r, e) : st;
}

static int bid_kakaotalk(str prefix, str name)
{
    size_t heads = 0, ruled = 0;
    bool titled = false;
    uint64_t number = 0;
    (void)name;
    for (str line; number < 200 && str_split(&prefix, '\n', &line);) {
        const struct line_at l = {.text = line, .next = prefix, .number = ++number};
        titled |= is_title(&l);
        ruled += is_ruled_day(line);
        heads += is_head(line);
    }
    if (titled && heads + ruled)
        return BID_SURE;
    return heads > 1 && (ruled || heads * 4 > number) ? BID_LIKELY + 20 : BID_NO;
}

/* --- The independent count --------------------------------------------------------------------- */

static bool ends_line(str head, size_t at)
{
    return at == head.n || head.p[at] == ' ';
}

static bool is_bracketed(str head)
{
    for (size_t i = 1; i + 3 < head.n && i <= NAME_BYTES_MAX; i++) {
        if (memcmp(head.p + i, "] [", 3) != 0)
            continue;
        const str rest = str_from(head, i + 3);
        const size_t n = head_fits(rest, "~#:99]"), twelve = head_fits(rest, "~#:99 %]");
        if ((n && ends_line(rest, n)) || (twelve && ends_line(rest, twelve)))
            return head.p[0] == '[';
    }
    return false;
}

static bool has(str head, const char *words)
{
    return str_find(head, str_of(words)) != STR_NONE;
}

static bool is_of_the_app(str head)
{
    static const char *const ends[] = {"님이 들어왔습니다.", "님이 나갔습니다.",
                                       "님을 내보냈습니다.", " joined this chatroom.",
                                       " left this chatroom."};
    if (head.n > OWN_LINE_MAX)
        return false;
    const size_t warning = str_find(head, STR("님이 들어왔습니다.타인"));
    if (warning != STR_NONE && warning > 0)
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const size_t n = strlen(ends[i]);
        if (head.n > n && str_ends(head, str_of(ends[i])) && str_find(head, str_of(ends[i])) > 0)
            return true;
    }
    return !str_starts(head, STR("님이 ")) && has(head, "님이 ") &&
           (str_ends(head, STR("초대했습니다.")) || str_ends(head, STR("초대하였습니다.")));
}

/* state[7]: a line of a computer's export was met. */
static bool counts(struct counter *c, str head)
{
    static const char *const stamps[] = {"#년 #월 #일 ~#:99, ", "#. #. #. ~#:99, ",
                                         "#:99%, w #, #, ", "w #, #, #:99 %, ",
                                         "w #, # at #:99 %, "};
    const bool bracketed = is_bracketed(head);
    c->state[7] |= bracketed || head_fits(head, "---------------");
    if (bracketed || (c->state[7] && is_of_the_app(head)))
        return true;
    for (size_t i = 0; i < sizeof stamps / sizeof stamps[0]; i++)
        if (head_fits(head, stamps[i]))
            return true;
    return false;
}

static void count_kakaotalk(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

const struct importer importer_kakaotalk = {
    .name = "kakaotalk",
    .title = "KakaoTalk chat, text",
    .where = "KakaoTalk: chat menu, Save chat (computer) or chat settings, Export chat (phone)",
    .version = "1",
    .bid = bid_kakaotalk,
    .read = read_kakaotalk,
    .count = count_kakaotalk,
};
