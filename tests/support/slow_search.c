/* See slow_search.h. */
#include "slow_search.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dates.h"
#include "fold.h"
#include "links.h"
#include "script.h"
#include "slow_text.h"
#include "utf8.h"

enum { THREADS_MAX = 1024 };

struct thread_answer {
    const char *at, *end;
    const char *conversation;
    bool holds;
};

struct slow_search {
    struct slow_search *itself; /* what the subjects see as constant has a memory all the same */
    struct subject *subjects;
    size_t count;
    struct thread_answer threads[THREADS_MAX];
    size_t thread_count;
    int64_t zone_ms; /* of tz: in the tree, from UTC */
};

/* ---- clocks ---------------------------------------------------------------------------------- */

/* As shown, or in the only zone that the tests ask for. */
static int64_t wall_of(const struct subject *s)
{
    return s->m->wall_ms == TIME_NONE ? TIME_NONE : s->m->wall_ms + s->all->zone_ms;
}

static bool clock_holds(const struct subject *s, const char *value)
{
    int from_hour, from_minute, to_hour, to_minute;
    const int n = sscanf(value, "%d:%d..%d:%d", &from_hour, &from_minute, &to_hour, &to_minute);
    assert(n == 4);
    if (s->m->wall_ms == TIME_NONE)
        return false;
    const struct civil c = civil_from_ms(wall_of(s));
    const int from = from_hour * 60 + from_minute, to = to_hour * 60 + to_minute;
    for (int minute = from;; minute = (minute + 1) % 1440) {
        if (minute == c.hour * 60 + c.minute)
            return true;
        if (minute == to)
            return false;
    }
}

static bool weekday_holds(const struct subject *s, const char *value)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    int from = 0, to = 0;
    if (s->m->wall_ms == TIME_NONE)
        return false;
    for (int i = 0; i < 7; i++) {
        if (strncmp(value, days[i], 3) == 0)
            from = i;
        if (strncmp(value + (strlen(value) > 3 ? 5 : 0), days[i], 3) == 0)
            to = i;
    }
    const int day = civil_weekday(wall_of(s));
    return from <= to ? day >= from && day <= to : day >= from || day <= to;
}

static bool script_is_there(const struct subject *s, const char *value)
{
    int script;
    const bool known = script_named(str_of(value), &script);
    assert(known);
    return script_occurs(s->m->text, script);
}

static bool date_holds(const struct subject *s, const char *text)
{
    struct date_range d;
    struct err e = {0};
    const enum status st = date_range_parse(str_of(text), 0, &d, &e);
    assert(st == OK);
    const int64_t wall = wall_of(s);
    if (wall == TIME_NONE)
        return false;
    return (d.from_ms == TIME_NONE || wall >= d.from_ms) &&
           (d.to_ms == TIME_NONE || wall < d.to_ms);
}

static bool name_holds(const char *name, const char *wanted, bool prefix)
{
    struct folded a = {0}, b = {0};
    fold_text(&a, str_of(name));
    fold_text(&b, str_of(wanted));
    const bool holds = prefix ? str_starts((str){a.p, a.n}, (str){b.p, b.n})
                              : str_eq((str){a.p, a.n}, (str){b.p, b.n});
    folded_free(&a);
    folded_free(&b);
    return holds;
}

static bool mention_holds(const struct subject *s, const char *name)
{
    struct pattern p = {.count = 1};
    snprintf(p.items[0], 80, "@%.78s", name);
    return pattern_fits(s, &p);
}

static bool wrote_in(const char *name, const char *conversation)
{
    const char *last_no = ""; /* folding the same few names again and again would take a minute */
    for (size_t i = 0; i < made_archive_count(); i++) {
        const struct made_message *m = made_archive_message(i);
        if (strcmp(m->conversation, conversation) != 0 || m->sender == last_no)
            continue;
        if (name_holds(m->sender, name, false))
            return true;
        last_no = m->sender;
    }
    return false;
}

static int64_t silence_before(const struct subject *s)
{
    int64_t least = -1;
    for (size_t i = 0; i < made_archive_count(); i++) {
        const struct made_message *m = made_archive_message(i);
        const int64_t silence = s->m->wall_ms - m->wall_ms;
        if (m != s->m && strcmp(m->conversation, s->m->conversation) == 0 && silence >= 0 &&
            (least < 0 || silence < least))
            least = silence;
    }
    return least;
}

static bool url_holds(const struct subject *s, const char *host)
{
    struct link_scan scan = link_scan_of(s->m->text);
    struct link l;
    while (link_next(&scan, &l)) {
        if (l.kind != LINK_URL)
            continue;
        const str have = link_host(str_sub(s->m->text, l.at, l.end - l.at));
        char dotted[520];
        snprintf(dotted, sizeof dotted, ".%s", host);
        if (str_eq(have, str_of(host)) || str_ends(have, str_of(dotted)))
            return true;
    }
    return false;
}

static bool number_holds(struct reader *r, int64_t have)
{
    char sign[4], number[32];
    read_atom(r, sign, sizeof sign);
    read_atom(r, number, sizeof number);
    return *sign == '>' ? have > atoll(number) : have < atoll(number);
}

static bool field_holds(struct reader *r, const struct subject *s, const char *head)
{
    char value[512];
    if (strcmp(head, "len") == 0)
        return number_holds(r, (int64_t)utf8_count(s->m->text));
    if (strcmp(head, "gap") == 0) {
        return number_holds(r, s->silence_ms) && s->silence_ms >= 0;
    }
    read_atom(r, value, sizeof value);
    bool prefix = false;
    if (!at_close(r)) {
        prefix = true;
        r->p++;
    }
    if (strcmp(head, "bytes") == 0)
        return str_find(s->m->text, str_of(value)) != STR_NONE;
    if (strcmp(head, "date") == 0)
        return date_holds(s, value);
    if (strcmp(head, "time") == 0)
        return clock_holds(s, value);
    if (strcmp(head, "weekday") == 0)
        return weekday_holds(s, value);
    if (strcmp(head, "script") == 0)
        return script_is_there(s, value);
    if (strcmp(head, "tz") == 0)
        return strcmp(value, "Asia/Tokyo") == 0;
    if (strcmp(head, "from") == 0 || strcmp(head, "by") == 0)
        return name_holds(s->m->sender, value, prefix);
    if (strcmp(head, "with") == 0)
        return wrote_in(value, s->m->conversation) || mention_holds(s, value);
    if (strcmp(head, "mentions") == 0)
        return mention_holds(s, value);
    if (strcmp(head, "in") == 0)
        return name_holds(s->m->conversation, value, prefix);
    if (strcmp(head, "source") == 0)
        return *value == 'f' ? s->m->in_first : s->m->in_second;
    if (strcmp(head, "url") == 0)
        return url_holds(s, value);
    if (strcmp(head, "id") == 0)
        return s->row == atoll(value);
    if (strcmp(head, "is") == 0 || strcmp(head, "has") == 0 || strcmp(head, "kind") == 0)
        return made_archive_has(s->m, value);
    assert(!"a field that the evaluator does not know");
    return false;
}

static bool holds(struct reader *r, const struct subject *s);

/* The kid at the reader holds for some message of the conversation. What the answer is for a place of
   the tree and a conversation is remembered while one tree is read. */
static bool thread_holds(struct reader *r, const struct subject *s)
{
    struct slow_search *const all = s->all->itself;
    const char *const at = r->p;
    for (size_t i = 0; i < all->thread_count; i++)
        if (all->threads[i].at == at &&
            strcmp(all->threads[i].conversation, s->m->conversation) == 0) {
            r->p = all->threads[i].end;
            return all->threads[i].holds;
        }
    bool result = false;
    for (size_t i = 0; i < all->count; i++) {
        const struct subject *x = &all->subjects[i];
        r->p = at;
        const bool kid = holds(r, x);
        result = result || (kid && strcmp(x->m->conversation, s->m->conversation) == 0);
    }
    assert(all->thread_count < THREADS_MAX);
    all->threads[all->thread_count++] =
        (struct thread_answer){at, r->p, s->m->conversation, result};
    return result;
}

/* Of one kid, and one of the other is near in time. */
static bool same_holds(struct reader *r, const struct subject *s)
{
    char number[32];
    read_atom(r, number, sizeof number);
    const struct reader first = *r;
    struct reader second = *r;
    const bool in_first = holds(&second, s);
    *r = second;
    const bool in_second = holds(r, s);
    bool result = false;
    for (size_t i = 0; i < s->all->count && s->m->wall_ms != TIME_NONE; i++) {
        const struct subject *x = &s->all->subjects[i];
        if (strcmp(x->m->conversation, s->m->conversation) != 0 || x->m->wall_ms == TIME_NONE ||
            llabs(x->m->wall_ms - s->m->wall_ms) > atoll(number))
            continue;
        struct reader a = first, b = second;
        result = result || (in_first && holds(&b, x)) || (in_second && holds(&a, x));
    }
    return result;
}

static bool holds(struct reader *r, const struct subject *s)
{
    char head[32];
    while (*r->p == ' ')
        r->p++;
    assert(*r->p == '(');
    r->p++;
    read_atom(r, head, sizeof head);
    bool result;
    const bool any = strcmp(head, "or") == 0;
    if (any || strcmp(head, "and") == 0 || strcmp(head, "not") == 0) {
        result = !any;
        while (!at_close(r)) {
            const bool kid = holds(r, s);
            result = any ? result || kid : result && kid;
        }
        result = strcmp(head, "not") == 0 ? !result : result;
    } else if (strcmp(head, "all") == 0) {
        result = true;
    } else if (strcmp(head, "thread") == 0) {
        result = thread_holds(r, s);
    } else if (strcmp(head, "same") == 0) {
        result = same_holds(r, s);
    } else {
        bool known;
        result = slow_text_holds(r, s, head, &known);
        if (!known)
            result = field_holds(r, s, head);
    }
    assert(at_close(r));
    r->p++;
    return result;
}

/* ---- all messages ---------------------------------------------------------------------------- */

struct slow_search *slow_search_open(void)
{
    struct slow_search *s = calloc(1, sizeof *s);
    assert(s);
    s->itself = s;
    s->count = made_archive_count();
    s->subjects = calloc(s->count, sizeof *s->subjects);
    assert(s->subjects);
    for (size_t i = 0; i < s->count; i++) {
        struct subject *x = &s->subjects[i];
        x->all = s;
        x->m = made_archive_message(i);
        x->row = (int64_t)i + 1;
        x->spots = calloc(SLOW_WORDS_MAX, sizeof *x->spots);
        assert(x->spots);
        x->silence_ms = silence_before(x);
        slow_tokenize(x);
    }
    return s;
}

void slow_search_close(struct slow_search *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->subjects[i].spots);
    free(s->subjects);
    free(s);
}

static int by_time(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    const int64_t x_ms = made_archive_message((size_t)x - 1)->wall_ms;
    const int64_t y_ms = made_archive_message((size_t)y - 1)->wall_ms;
    return x_ms != y_ms ? (x_ms > y_ms) - (x_ms < y_ms) : (x > y) - (x < y);
}

size_t slow_search_rows(const struct slow_search *s, const char *tree, int64_t *rows)
{
    size_t n = 0;
    s->itself->thread_count = 0;
    s->itself->zone_ms = strstr(tree, "(tz \"Asia/Tokyo\")") ? 9 * MS_PER_HOUR : 0;
    for (size_t i = 0; i < s->count; i++) {
        struct reader r = {tree};
        if (holds(&r, &s->subjects[i]))
            rows[n++] = s->subjects[i].row;
    }
    qsort(rows, n, sizeof *rows, by_time);
    return n;
}
