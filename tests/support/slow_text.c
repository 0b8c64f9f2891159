/* See slow_text.h. */
#include "slow_text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "fold.h"
#include "utf8.h"

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

void slow_tokenize(struct subject *s)
{
    struct tokenizer t = tokenizer_of(s->m->text);
    struct token tok;
    s->count = 0;
    s->places = 0;
    while (tokenizer_next(&t, &tok)) {
        struct spot *x = &s->spots[s->count++];
        assert(s->count < SLOW_WORDS_MAX);
        snprintf(x->word, sizeof x->word, "%.*s", (int)tok.word.n, tok.word.p);
        spell(x->spelling, sizeof x->spelling, str_sub(s->m->text, tok.at, tok.end - tok.at));
        x->place = tok.place;
        s->places = tok.place + 1;
    }
}

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

bool pattern_fits(const struct subject *s, const struct pattern *p)
{
    for (uint32_t place = 0; place < s->places; place++)
        if (fits_from(s, p, 0, place))
            return true;
    return false;
}

/* ---- reading the printed tree ---------------------------------------------------------------- */

void read_atom(struct reader *r, char *out, size_t size)
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

bool at_close(struct reader *r)
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

/* Letters that must change: the definition, letter by letter. What takes more than `most` is `most` + 1,
   or the recursion would have no end to speak of. */
static int letters_apart(const char *a, const char *b, int most)
{
    if (most < 0)
        return 0;
    if (!*a || !*b)
        return (int)(utf8_count(str_of(a)) + utf8_count(str_of(b)));
    str x = str_of(a), y = str_of(b);
    const uint32_t ca = utf8_next(&x), cb = utf8_next(&y);
    if (ca == cb)
        return letters_apart(x.p, y.p, most);
    int best = letters_apart(x.p, y.p, most - 1);
    const int left = letters_apart(x.p, b, most - 1), right = letters_apart(a, y.p, most - 1);
    best = left < best ? left : best;
    best = right < best ? right : best;
    if (x.n && y.n) {
        str x2 = x, y2 = y;
        if (utf8_next(&x2) == cb && utf8_next(&y2) == ca) {
            const int swapped = letters_apart(x2.p, y2.p, most - 1);
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
        if (*have != '@' && *have != '#' && letters_apart(word, have, most) <= most)
            return true;
    }
    return false;
}

/* Compiled once: a query has its few for hundreds of messages. */
static pcre2_code *compiled(const char *pattern, bool ignore_case)
{
    enum { COMPILED_MAX = 256 };
    static struct {
        char pattern[512];
        bool ignore_case;
        pcre2_code *code;
    } all[COMPILED_MAX];
    static size_t count;
    int number;
    size_t at;
    for (size_t i = 0; i < count; i++)
        if (all[i].ignore_case == ignore_case && strcmp(all[i].pattern, pattern) == 0)
            return all[i].code;
    const bool classes = strstr(pattern, "\\w") || strstr(pattern, "\\b");
    if (count == COMPILED_MAX)
        while (count)
            pcre2_code_free(all[--count].code);
    snprintf(all[count].pattern, sizeof all[count].pattern, "%s", pattern);
    all[count].ignore_case = ignore_case;
    all[count].code =
        pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                      PCRE2_UTF | (classes ? PCRE2_UCP : 0) | (ignore_case ? PCRE2_CASELESS : 0),
                      &number, &at, NULL);
    assert(all[count].code);
    return all[count++].code;
}

static bool regex_holds(struct reader *r, const struct subject *s, bool ignore_case)
{
    char pattern[512];
    read_atom(r, pattern, sizeof pattern);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    const int rc = pcre2_match(compiled(pattern, ignore_case), (PCRE2_SPTR)s->m->text.p,
                               s->m->text.n, 0, 0, data, NULL);
    pcre2_match_data_free(data);
    return rc >= 0;
}

bool slow_text_holds(struct reader *r, const struct subject *s, const char *head, bool *known)
{
    *known = true;
    if (strcmp(head, "near") == 0 || strcmp(head, "adj") == 0)
        return near_holds(r, s, *head == 'a');
    if (strcmp(head, "window") == 0)
        return window_holds(r, s);
    if (strcmp(head, "fuzzy") == 0)
        return fuzzy_holds(r, s);
    if (strcmp(head, "regex") == 0 || strcmp(head, "regex-i") == 0)
        return regex_holds(r, s, head[5] != 0);
    if (strcmp(head, "word") == 0 || strcmp(head, "phrase") == 0 || strcmp(head, "prefix") == 0 ||
        strcmp(head, "spelled") == 0)
        return read_pattern(r, s, head);
    *known = false;
    return false;
}
