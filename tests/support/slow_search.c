/* See slow_search.h. */
#include "slow_search.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "dates.h"
#include "fold.h"
#include "links.h"
#include "script.h"
#include "tokenize.h"
#include "utf8.h"

enum { WORDS_MAX = 64 };

struct spot {
    char word[TOKEN_MAX + 80], spelling[400];
    uint32_t place;
};

struct slow_search {
    struct subject *subjects;
    size_t count;
};

struct subject {
    const struct slow_search *all;
    const struct made_message *m;
    int64_t row;
    int64_t silence_ms; /* before it in its conversation; -1 without any before */
    struct spot *spots;
    size_t count;
    uint32_t places;
};

static void spell(char *out, size_t size, str shown)
{
    size_t n = 0;
    while (shown.n && n + 80 < size) {
        uint32_t cps[FOLD_MAX];
        const size_t count = fold_codepoint_exact(utf8_next(&shown), cps);
        for (size_t i = 0; i < count; i++)
            n += utf8_put(out + n, cps[i]);
    }
    out[n] = 0;
}

static void tokenize(struct subject *s)
{
    struct tokenizer t = tokenizer_of(s->m->text);
    struct token tok;
    s->count = 0;
    s->places = 0;
    while (tokenizer_next(&t, &tok)) {
        struct spot *x = &s->spots[s->count++];
        assert(s->count < WORDS_MAX);
        snprintf(x->word, sizeof x->word, "%.*s", (int)tok.word.n, tok.word.p);
        spell(x->spelling, sizeof x->spelling, str_sub(s->m->text, tok.at, tok.end - tok.at));
        x->place = tok.place;
        s->places = tok.place + 1;
    }
}

struct pattern {
    char items[16][80];
    size_t count;
    bool prefix, spelled;
};

static bool item_fits(const struct subject *s, const struct pattern *p, size_t item, uint32_t place)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct spot *x = &s->spots[i];
        if (x->place != place)
            continue;
        if (strcmp(p->items[item], "*") == 0)
            return true;
        const char *have = p->spelled ? x->spelling : x->word;
        const size_t n = strlen(p->items[item]);
        if (p->prefix && item + 1 == p->count ? strncmp(have, p->items[item], n) == 0
                                              : strcmp(have, p->items[item]) == 0)
            return true;
    }
    return false;
}

/* Every way there is: the plainest backtracking. */
static bool fits_from(const struct subject *s, const struct pattern *p, size_t item, uint32_t place)
{
    if (item == p->count)
        return true;
    if (strcmp(p->items[item], "…") == 0) {
        for (uint32_t next = place; next <= s->places; next++)
            if (fits_from(s, p, item + 1, next))
                return true;
        return false;
    }
    return place < s->places && item_fits(s, p, item, place) &&
           fits_from(s, p, item + 1, place + 1);
}

static bool pattern_fits(const struct subject *s, const struct pattern *p)
{
    for (uint32_t place = 0; place < s->places; place++)
        if (fits_from(s, p, 0, place))
            return true;
    return false;
}

/* ---- reading the printed tree ---------------------------------------------------------------- */

struct reader {
    const char *p;
};

static void read_atom(struct reader *r, char *out, size_t size)
{
    size_t n = 0;
    while (*r->p == ' ')
        r->p++;
    if (*r->p == '"') {
        for (r->p++; *r->p != '"'; r->p++) {
            if (*r->p == '\\')
                r->p++;
            assert(n + 1 < size);
            out[n++] = *r->p;
        }
        r->p++;
    } else {
        while (*r->p && *r->p != ' ' && *r->p != ')' && n + 1 < size)
            out[n++] = *r->p++;
    }
    out[n] = 0;
}

static bool at_close(struct reader *r)
{
    while (*r->p == ' ')
        r->p++;
    return *r->p == ')';
}

static bool read_pattern(struct reader *r, const struct subject *s, const char *head)
{
    struct pattern p = {.prefix = strcmp(head, "prefix") == 0,
                        .spelled = strcmp(head, "spelled") == 0};
    while (!at_close(r)) {
        assert(p.count < 16);
        read_atom(r, p.items[p.count++], 80);
    }
    return pattern_fits(s, &p);
}

/* ---- words near each other ------------------------------------------------------------------- */

/* A pattern without gaps stands at `place`. */
static bool fits_at(const struct subject *s, const struct pattern *p, uint32_t place)
{
    for (size_t i = 0; i < p->count; i++)
        if (place + i >= s->places || !item_fits(s, p, i, place + (uint32_t)i))
            return false;
    return true;
}

static bool follows(const struct subject *s, const struct pattern *a, const struct pattern *b,
                    uint32_t distance)
{
    for (uint32_t x = 0; x < s->places; x++)
        for (uint32_t y = x + (uint32_t)a->count; y < s->places; y++)
            if (fits_at(s, a, x) && fits_at(s, b, y) && y - (x + a->count - 1) <= distance)
                return true;
    return false;
}

enum { CHOICES_MAX = 8 };

static struct pattern read_one_pattern(struct reader *r)
{
    char head[32];
    while (*r->p == ' ')
        r->p++;
    r->p++;
    read_atom(r, head, sizeof head);
    struct pattern p = {.prefix = strcmp(head, "prefix") == 0,
                        .spelled = strcmp(head, "spelled") == 0};
    while (!at_close(r))
        read_atom(r, p.items[p.count++], 80);
    r->p++;
    return p;
}

/* One pattern, or those of an OR. */
static size_t read_operand(struct reader *r, struct pattern *out)
{
    size_t n = 0;
    while (*r->p == ' ')
        r->p++;
    if (strncmp(r->p, "(or ", 4) != 0) {
        out[n++] = read_one_pattern(r);
        return n;
    }
    for (r->p += 4; !at_close(r);)
        out[n++] = read_one_pattern(r);
    r->p++;
    return n;
}

static bool near_holds(struct reader *r, const struct subject *s, bool ordered)
{
    char number[32];
    struct pattern left[CHOICES_MAX], right[CHOICES_MAX];
    read_atom(r, number, sizeof number);
    const size_t lefts = read_operand(r, left), rights = read_operand(r, right);
    bool result = false;
    for (size_t i = 0; i < lefts; i++)
        for (size_t k = 0; k < rights; k++)
            result = result || follows(s, &left[i], &right[k], (uint32_t)atoi(number)) ||
                     (!ordered && follows(s, &right[k], &left[i], (uint32_t)atoi(number)));
    return result;
}

/* All words, as often as they are asked for, between some two places. */
static bool window_holds(struct reader *r, const struct subject *s)
{
    char number[32];
    struct pattern p = {.count = 0};
    read_atom(r, number, sizeof number);
    while (!at_close(r))
        read_atom(r, p.items[p.count++], 80);
    const uint32_t widest = (uint32_t)(p.count + (size_t)atoi(number));
    for (uint32_t from = 0; from < s->places; from++) {
        bool all = true;
        for (size_t i = 0; i < p.count; i++) {
            size_t need = 0, have = 0;
            for (size_t k = 0; k < p.count; k++)
                need += strcmp(p.items[k], p.items[i]) == 0;
            for (size_t k = 0; k < s->count; k++)
                have += s->spots[k].place >= from && s->spots[k].place < from + widest &&
                        strcmp(s->spots[k].word, p.items[i]) == 0;
            all = all && have >= need;
        }
        if (all)
            return true;
    }
    return false;
}

/* Letters that must change: the definition, letter by letter. */
static int letters_apart(const char *a, const char *b)
{
    if (!*a || !*b)
        return (int)(utf8_count(str_of(a)) + utf8_count(str_of(b)));
    str x = str_of(a), y = str_of(b);
    const uint32_t ca = utf8_next(&x), cb = utf8_next(&y);
    if (ca == cb)
        return letters_apart(x.p, y.p);
    int best = letters_apart(x.p, y.p);
    const int left = letters_apart(x.p, b), right = letters_apart(a, y.p);
    best = left < best ? left : best;
    best = right < best ? right : best;
    if (x.n && y.n) {
        str x2 = x, y2 = y;
        if (utf8_next(&x2) == cb && utf8_next(&y2) == ca) {
            const int swapped = letters_apart(x2.p, y2.p);
            best = swapped < best ? swapped : best;
        }
    }
    return best + 1;
}

static bool fuzzy_holds(struct reader *r, const struct subject *s)
{
    char number[8], word[80];
    read_atom(r, number, sizeof number);
    read_atom(r, word, sizeof word);
    const int most = atoi(number);
    for (size_t i = 0; i < s->count; i++) {
        const char *have = s->spots[i].word;
        const int apart = (int)strlen(have) - (int)strlen(word);
        if (*have != '@' && *have != '#' && apart <= 4 * most && apart >= -4 * most &&
            strlen(have) < 12 && letters_apart(word, have) <= most)
            return true;
    }
    return false;
}

static bool regex_holds(struct reader *r, const struct subject *s, bool ignore_case)
{
    char pattern[512];
    int number;
    size_t at;
    read_atom(r, pattern, sizeof pattern);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                                     PCRE2_UTF | (strstr(pattern, "\\w") || strstr(pattern, "\\b")
                                                      ? PCRE2_UCP
                                                      : 0) |
                                         (ignore_case ? PCRE2_CASELESS : 0),
                                     &number, &at, NULL);
    assert(code);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    const int rc = pcre2_match(code, (PCRE2_SPTR)s->m->text.p, s->m->text.n, 0, 0, data, NULL);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return rc >= 0;
}

/* ---- clocks ---------------------------------------------------------------------------------- */

static bool clock_holds(const struct subject *s, const char *value)
{
    int from_hour, from_minute, to_hour, to_minute;
    const int n =
        sscanf(value, "%d:%d..%d:%d", &from_hour, &from_minute, &to_hour, &to_minute);
    assert(n == 4);
    if (s->m->wall_ms == TIME_NONE)
        return false;
    const struct civil c = civil_from_ms(s->m->wall_ms);
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
    const int day = civil_weekday(s->m->wall_ms);
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
    const int64_t wall = s->m->wall_ms;
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
    snprintf(p.items[0], 80, "@%s", name);
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

/* The kid at the reader holds for some message of the conversation. */
static bool thread_holds(struct reader *r, const struct subject *s)
{
    const struct reader start = *r;
    bool result = false;
    for (size_t i = 0; i < s->all->count; i++) {
        const struct subject *x = &s->all->subjects[i];
        *r = start;
        const bool kid = holds(r, x);
        result = result || (kid && strcmp(x->m->conversation, s->m->conversation) == 0);
    }
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
    } else if (strcmp(head, "near") == 0 || strcmp(head, "adj") == 0) {
        result = near_holds(r, s, *head == 'a');
    } else if (strcmp(head, "window") == 0) {
        result = window_holds(r, s);
    } else if (strcmp(head, "fuzzy") == 0) {
        result = fuzzy_holds(r, s);
    } else if (strcmp(head, "regex") == 0 || strcmp(head, "regex-i") == 0) {
        result = regex_holds(r, s, head[5] != 0);
    } else if (strcmp(head, "thread") == 0) {
        result = thread_holds(r, s);
    } else if (strcmp(head, "same") == 0) {
        result = same_holds(r, s);
    } else if (strcmp(head, "word") == 0 || strcmp(head, "phrase") == 0 ||
               strcmp(head, "prefix") == 0 || strcmp(head, "spelled") == 0) {
        result = read_pattern(r, s, head);
    } else {
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
    s->count = made_archive_count();
    s->subjects = calloc(s->count, sizeof *s->subjects);
    assert(s->subjects);
    for (size_t i = 0; i < s->count; i++) {
        struct subject *x = &s->subjects[i];
        x->all = s;
        x->m = made_archive_message(i);
        x->row = (int64_t)i + 1;
        x->spots = calloc(WORDS_MAX, sizeof *x->spots);
        assert(x->spots);
        x->silence_ms = silence_before(x);
        tokenize(x);
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
    for (size_t i = 0; i < s->count; i++) {
        struct reader r = {tree};
        if (holds(&r, &s->subjects[i]))
            rows[n++] = s->subjects[i].row;
    }
    qsort(rows, n, sizeof *rows, by_time);
    return n;
}
