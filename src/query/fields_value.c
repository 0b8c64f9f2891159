/* See fields_value.h. */
#include "fields_value.h"

#include <libstemmer.h>
#include <stdio.h>
#include <string.h>

#include "fields.h"
#include "script.h"

static enum status bad(const struct node *n, const char *hint, struct err *e)
{
    (void)fail_at(e, ERR_QUERY, n->value_at, n->value_len, "%s: does not know \"" STR_FMT "\"",
                  n->field->name, STR_ARG(str_sub(n->value.text, 0, 60)));
    return fail_hint(e, "%s", hint);
}

/* ---- newer_than:30d ------------------------------------------------------------------------- */

enum { AGE_MAX = 10000 };

/* So much before `now`; months and years by the calendar, their day at most the month's last. */
static bool before_now(str age, int64_t now, int64_t *out)
{
    int64_t count = 0;
    if (age.n < 2 || !str_to_u63(str_sub(age, 0, age.n - 1), &count) || count > AGE_MAX)
        return false;
    const char unit = age.p[age.n - 1];
    struct civil c = civil_from_ms(now);
    switch (unit) {
    case 'h': *out = now - count * MS_PER_HOUR; return true;
    case 'd': *out = now - count * MS_PER_DAY; return true;
    case 'w': *out = now - count * 7 * MS_PER_DAY; return true;
    case 'm':
    case 'y': break;
    default: return false;
    }
    const int64_t months = (int64_t)c.year * 12 + c.month - 1 - count * (unit == 'y' ? 12 : 1);
    if (months < 12)
        return false;
    c.year = (int)(months / 12);
    c.month = (int)(months % 12) + 1;
    const int last = civil_days_in_month(c.year, c.month);
    c.day = c.day < last ? c.day : last;
    *out = civil_to_ms(&c);
    return true;
}

enum status field_parse_newer(struct node *n, struct query *q, struct err *e)
{
    n->value.range = (struct date_range){TIME_NONE, TIME_NONE};
    if (before_now(n->value.text, q->clock.now_wall_ms, &n->value.range.from_ms))
        return OK;
    return bad(n, "an age is 12h, 30d, 2w, 6m (months) or 2y", e);
}

enum status field_parse_older(struct node *n, struct query *q, struct err *e)
{
    n->value.range = (struct date_range){TIME_NONE, TIME_NONE};
    if (before_now(n->value.text, q->clock.now_wall_ms, &n->value.range.to_ms))
        return OK;
    return bad(n, "an age is 12h, 30d, 2w, 6m (months) or 2y", e);
}

/* ---- time:22:00..04:00 ---------------------------------------------------------------------- */

/* "9" is the hour, "9:30" the minute; *end_ms is its last millisecond. */
static bool read_clock(str s, int64_t *from_ms, int64_t *end_ms)
{
    int64_t hour, minute = 0;
    const size_t colon = str_find_byte(s, ':');
    const str minutes = colon == STR_NONE ? STR("") : str_from(s, colon + 1);
    if (!str_to_u63(str_sub(s, 0, colon == STR_NONE ? s.n : colon), &hour) || hour > 23)
        return false;
    if (colon != STR_NONE && (minutes.n != 2 || !str_to_u63(minutes, &minute) || minute > 59))
        return false;
    *from_ms = hour * MS_PER_HOUR + minute * MS_PER_MINUTE;
    *end_ms = *from_ms + (colon == STR_NONE ? MS_PER_HOUR : MS_PER_MINUTE) - 1;
    return true;
}

enum status field_parse_clock(struct node *n, struct query *q, struct err *e)
{
    (void)q;
    const str text = n->value.text;
    const size_t dots = str_find(text, STR(".."));
    int64_t unused;
    struct field_value *v = &n->value;
    if (dots == STR_NONE ? read_clock(text, &v->from_clock_ms, &v->to_clock_ms)
                         : read_clock(str_sub(text, 0, dots), &v->from_clock_ms, &unused) &&
                               read_clock(str_from(text, dots + 2), &unused, &v->to_clock_ms))
        return OK;
    return bad(n, "a time of day is time:9, time:9:30 or time:22:00..04:00", e);
}

str field_print_clock(const struct node *n, char out[2 * CIVIL_TEXT])
{
    const int from = (int)(n->value.from_clock_ms / MS_PER_MINUTE);
    const int to = (int)(n->value.to_clock_ms / MS_PER_MINUTE);
    const int length = snprintf(out, 2 * CIVIL_TEXT, "%02d:%02d..%02d:%02d", from / 60, from % 60,
                                to / 60, to % 60);
    return (str){out, (size_t)length};
}

/* ---- weekday:mon..fri ----------------------------------------------------------------------- */

static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                   "friday", "saturday", "sunday"};

static int day_named(str s)
{
    enum { LETTERS_MIN = 3 };
    for (int i = 0; i < 7; i++)
        if (s.n >= LETTERS_MIN && s.n <= strlen(days[i]) &&
            str_eq_nocase(s, str_sub(str_of(days[i]), 0, s.n)))
            return i;
    return -1;
}

enum status field_parse_weekday(struct node *n, struct query *q, struct err *e)
{
    (void)q;
    const str text = n->value.text;
    const size_t dots = str_find(text, STR(".."));
    const int from = day_named(str_sub(text, 0, dots == STR_NONE ? text.n : dots));
    const int to = dots == STR_NONE ? from : day_named(str_from(text, dots + 2));
    if (from < 0 || to < 0)
        return bad(n, "a weekday is mon, tuesday ... or a range: mon..fri", e);
    for (int day = from;; day = (day + 1) % 7) {
        n->value.number |= INT64_C(1) << day;
        if (day == to)
            return OK;
    }
}

str field_print_weekday(const struct node *n, char out[2 * CIVIL_TEXT])
{
    int from = 0, to;
    const int64_t set = n->value.number;
    if (set == 127) {
        from = 0;
        to = 6;
    } else {
        while (!(set >> from & 1) || (set >> (from + 6) % 7 & 1))
            from++;
        for (to = from; set >> (to + 1) % 7 & 1;)
            to = (to + 1) % 7;
    }
    const int length = from == to
                           ? snprintf(out, 2 * CIVIL_TEXT, "%.3s", days[from])
                           : snprintf(out, 2 * CIVIL_TEXT, "%.3s..%.3s", days[from], days[to]);
    return (str){out, (size_t)length};
}

/* ---- tz:, script:, stem: -------------------------------------------------------------------- */

enum status field_parse_tz(struct node *n, struct query *q, struct err *e)
{
    struct err why = {0};
    if (q->zone)
        return fail_at(e, ERR_QUERY, n->value_at, n->value_len, "a query has one tz:");
    if (zone_open(&q->zone, n->value.text, &why) == OK)
        return OK;
    (void)fail_at(e, ERR_QUERY, n->value_at, n->value_len, "%s", why.msg);
    return fail_hint(e, "%s", why.hint[0] ? why.hint : "a zone is written as Europe/Berlin");
}

enum status field_check_zone(const struct node *n, bool top, struct err *e)
{
    const bool zone = n->kind == NODE_FIELD && str_eq(str_of(n->field->name), STR("tz"));
    if (zone && !top) {
        (void)fail_at(e, ERR_QUERY, n->at, n->len, "tz: is about the whole query");
        return fail_hint(e, "put it beside the rest: tz:" STR_FMT " ...", STR_ARG(n->value.text));
    }
    enum status st = OK;
    for (size_t i = 0; i < n->kid_count && st == OK; i++)
        st = field_check_zone(n->kids[i], top && n->kind == NODE_AND, e);
    return st;
}

enum status field_parse_script(struct node *n, struct query *q, struct err *e)
{
    (void)q;
    int script;
    if (!script_named(n->value.text, &script))
        return bad(n,
                   "scripts are latin, cyrillic, greek, arabic, hebrew, han, kana, hangul, thai, "
                   "devanagari ...",
                   e);
    n->value.number = script;
    return OK;
}

void field_stem_parts(str value, str *language, str *word)
{
    const size_t slash = str_find_byte(value, '/');
    *language = slash == STR_NONE ? STR("english") : str_sub(value, 0, slash);
    *word = slash == STR_NONE ? value : str_from(value, slash + 1);
}

enum status field_parse_stem(struct node *n, struct query *q, struct err *e)
{
    str language, word;
    field_stem_parts(n->value.text, &language, &word);
    const struct text t = text_parse(&q->arena, word, false);
    if (t.count != 1)
        return fail_at(e, ERR_QUERY, n->value_at, n->value_len, "stem: takes one word");
    const char **names = sb_stemmer_list();
    for (size_t i = 0; names[i]; i++)
        if (str_eq_nocase(language, str_of(names[i])))
            return OK;
    return bad(n,
               "languages are english german french spanish italian portuguese dutch russian "
               "swedish norwegian danish finnish turkish arabic greek ...",
               e);
}
