/*
 * Thousands of generated queries, answered twice: by the plan, with index, columns and sets of rows,
 * and by a slow evaluator that looks at every message and interprets the tree as printed. It shares
 * tokenizer, folding and link scanner with the program, and nothing of src/query but the parser.
 * The messages are generated too, short and from a small vocabulary, so that everything meets.
 */
#include "dates.h"
#include "fold.h"
#include "links.h"
#include "query.h"
#include "tokenize.h"
#include "utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/made_archive.h"

enum { MESSAGES = 400, QUERIES = 1500, WORDS_MAX = 64, DEPTH_MAX = 4, TREE_BYTES = 1 << 16 };

/* ---- the slow evaluator --------------------------------------------------------------------- */

struct spot {
    char word[TOKEN_MAX + 80], spelling[400];
    uint32_t place;
};

struct subject {
    const struct made_message *m;
    int64_t row;
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
        assert_true(s->count < WORDS_MAX);
        snprintf(x->word, sizeof x->word, "%.*s", (int)tok.word.n, tok.word.p);
        spell(x->spelling, sizeof x->spelling,
              str_sub(s->m->text, tok.at, tok.end - tok.at));
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
    return place < s->places && item_fits(s, p, item, place) && fits_from(s, p, item + 1, place + 1);
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
            assert_true(n + 1 < size);
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
    struct pattern p = { .prefix = strcmp(head, "prefix") == 0,
                         .spelled = strcmp(head, "spelled") == 0 };
    while (!at_close(r)) {
        assert_true(p.count < 16);
        read_atom(r, p.items[p.count++], 80);
    }
    return pattern_fits(s, &p);
}

static bool date_holds(const struct subject *s, const char *text)
{
    struct date_range d;
    struct err e = { 0 };
    assert_int_equal(date_range_parse(str_of(text), 0, &d, &e), OK);
    const int64_t wall = s->m->wall_ms;
    if (wall == TIME_NONE)
        return false;
    return (d.from_ms == TIME_NONE || wall >= d.from_ms) && (d.to_ms == TIME_NONE || wall < d.to_ms);
}

static bool name_holds(const char *name, const char *wanted, bool prefix)
{
    struct folded a = { 0 }, b = { 0 };
    fold_text(&a, str_of(name));
    fold_text(&b, str_of(wanted));
    const bool holds = prefix ? str_starts((str){ a.p, a.n }, (str){ b.p, b.n })
                              : str_eq((str){ a.p, a.n }, (str){ b.p, b.n });
    folded_free(&a);
    folded_free(&b);
    return holds;
}

static bool mention_holds(const struct subject *s, const char *name)
{
    struct pattern p = { .count = 1 };
    snprintf(p.items[0], 80, "@%s", name);
    return pattern_fits(s, &p);
}

static bool wrote_in(const char *name, const char *conversation)
{
    const char *last_no = ""; /* folding the same few names again and again would take a minute */
    for (size_t i = 0; i < MESSAGES; i++) {
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
    for (int64_t row = s->row - 1; row >= 1; row--) {
        const struct made_message *m = made_archive_message((size_t)row - 1);
        if (strcmp(m->conversation, s->m->conversation) == 0)
            return s->m->wall_ms - m->wall_ms;
    }
    return -1;
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
        const int64_t silence = silence_before(s);
        return number_holds(r, silence) && silence >= 0;
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
    if (strcmp(head, "from") == 0)
        return name_holds(s->m->sender, value, prefix);
    if (strcmp(head, "with") == 0)
        return wrote_in(value, s->m->conversation) || mention_holds(s, value);
    if (strcmp(head, "mentions") == 0)
        return mention_holds(s, value);
    if (strcmp(head, "in") == 0)
        return name_holds(s->m->conversation, value, prefix);
    if (strcmp(head, "url") == 0)
        return url_holds(s, value);
    if (strcmp(head, "id") == 0)
        return s->row == atoll(value);
    if (strcmp(head, "is") == 0 || strcmp(head, "has") == 0 || strcmp(head, "kind") == 0)
        return made_archive_has(s->m, value);
    fail_msg("the evaluator does not know (%s", head);
    return false;
}

static bool holds(struct reader *r, const struct subject *s)
{
    char head[32];
    while (*r->p == ' ')
        r->p++;
    assert_true(*r->p == '(');
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
    } else if (strcmp(head, "word") == 0 || strcmp(head, "phrase") == 0 ||
               strcmp(head, "prefix") == 0 || strcmp(head, "spelled") == 0) {
        result = read_pattern(r, s, head);
    } else {
        result = field_holds(r, s, head);
    }
    assert_true(at_close(r));
    r->p++;
    return result;
}

/* ---- generated queries ---------------------------------------------------------------------- */

static const char *const leaves[] = {
    "permit", "Permit", "+Permit", "+permit", "tide*", "ti*", "\"the tide\"", "\"the * tide\"",
    "\"the … permit\"", "\"tide * * the\"", "\"tide …* the\"", "don't", "’t", "café", "cafe", "+café",
    "+cafe", "@ada", "#tide", "\"@ada the\"", "潮水", "\"水 潮\"", "🦀", "\"🦀 🦀\"", "16-04", "16*",
    "=\"the tide\"", "=\"ide p\"", "=\"e \"", "=\"don’t\"", "=\"潮\"", "=\"水🦀\"", "=\"---\"",
    "=\"ermit\"", "=\"The\"", "+The", "\"permit permit\"", "\"* permit\"", "\"permit *\"",
    "\"@ada … tide\"", "from:ada", "from:Bert", "from:\"Zoë B\"", "from:zoe*", "from:b*", "with:ada",
    "with:cleo", "mentions:ada", "in:weir", "in:quay", "date:2016-03", "date:2016-03-02..2016-03-03",
    "after:2016-03-05", "before:2016-03-02", "date:2016-03-02T10:00..2016-03-02T18:00", "has:link",
    "has:mention", "has:emoji", "is:event", "kind:text", "is:edited", "is:reply", "is:redacted",
    "url:example.org", "url:weir.example.org", "id:17", "id:399", "len>20", "len<9", "gap>30m",
    "gap<5m", "\"permit tide\"*", "\"the ti\"*", "the", "and", "+\"The Tide\"", "zzz", "\"the zzz\"",
    "date:2020", "\"… the …\"", "mentions:zoe", "=\"@ada\"", "=\"https://weir\"", "example.org", "with:bert",
    "\"example … org\"", "=\".org\"", "is:undated", "date:..2016-03-01",
};

static unsigned long random_state = 20160302;
static unsigned rnd(unsigned below)
{
    random_state = random_state * 6364136223846793005UL + 1442695040888963407UL;
    return (unsigned)(random_state >> 33) % below;
}

static void generate(struct buf *out, int depth)
{
    const unsigned kind = depth >= DEPTH_MAX ? 0 : rnd(8);
    if (kind <= 2) {
        if (rnd(5) == 0)
            buf_add(out, STR("-"));
        buf_addf(out, "%s", leaves[rnd(sizeof leaves / sizeof *leaves)]);
        return;
    }
    const char *const between = kind <= 5 ? " " : " OR ";
    const unsigned count = 2 + rnd(3);
    buf_add(out, depth ? (rnd(6) == 0 ? STR("-(") : STR("(")) : STR(""));
    for (unsigned i = 0; i < count; i++) {
        if (i)
            buf_addf(out, "%s", between);
        generate(out, depth + 1);
    }
    buf_add(out, depth ? STR(")") : STR(""));
}

/* ---- the comparison ------------------------------------------------------------------------- */

struct fixture {
    struct made_archive *archive;
    struct subject subjects[MESSAGES];
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->archive = made_archive_open(MESSAGES);
    for (size_t i = 0; i < MESSAGES; i++) {
        f->subjects[i] = (struct subject){ .m = made_archive_message(i), .row = (int64_t)i + 1,
                                           .spots = calloc(WORDS_MAX, sizeof(struct spot)) };
        tokenize(&f->subjects[i]);
    }
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < MESSAGES; i++)
        free(f->subjects[i].spots);
    made_archive_close(f->archive);
    free(f);
    return 0;
}

static uint64_t facet_sum(struct plan *p, enum facet_by by)
{
    struct facet *facets;
    size_t count;
    struct err e = { 0 };
    const struct hit_options o = { .sort = SORT_OLDEST };
    assert_int_equal(plan_facets(p, &o, by, &facets, &count, &e), OK);
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += facets[i].count;
    free(facets);
    return sum;
}

/* The rows of the plan, page by page, in the given order. */
static size_t paged(struct plan *p, enum hit_sort sort, int64_t *rows)
{
    struct hit_options o = { .sort = sort, .limit = 7 };
    size_t n = 0;
    for (size_t before = 1; before != n;) {
        struct err e = { 0 };
        struct hits *h;
        before = n;
        assert_int_equal(hits_open(&h, p, &o, &e), OK);
        while (n < MESSAGES && hits_next(h, &rows[n], &e) == STEP_ROW)
            n++;
        hits_close(h);
        o.after_row = n ? rows[n - 1] : 0;
    }
    return n;
}

static void check_order(struct plan *p, const int64_t *expected, size_t count, enum hit_sort sort,
                        const char *query)
{
    int64_t rows[MESSAGES + 1] = { 0 };
    const size_t n = paged(p, sort, rows);
    if (n != count)
        fail_msg("%s: %zu rows in pages, %zu expected", query, n, count);
    bool seen[MESSAGES + 1] = { false };
    for (size_t i = 0; i < n; i++) {
        if (sort == SORT_OLDEST)
            assert_int_equal(rows[i], expected[i]);
        if (sort == SORT_NEWEST)
            assert_int_equal(rows[i], expected[n - 1 - i]);
        seen[rows[i]] = true;
    }
    for (size_t i = 0; i < count; i++)
        assert_true(seen[expected[i]]);
}

static size_t evaluate(const struct fixture *f, const char *tree, int64_t *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < MESSAGES; i++) {
        struct reader r = { tree };
        if (holds(&r, &f->subjects[i]))
            rows[n++] = f->subjects[i].row;
    }
    return n;
}

static void compare_one(const struct fixture *f, str text)
{
    const struct query_clock clock = { 0 };
    struct err e = { 0 };
    struct query *q;
    struct plan *p, *fresh;
    if (query_parse(&q, text, &clock, &e) != OK)
        fail_msg("%.*s: %s", (int)text.n, text.p, e.msg);
    struct buf tree = buf_new(TREE_BYTES);
    query_print_tree(q, &tree);
    int64_t expected[MESSAGES];
    const size_t count = evaluate(f, tree.p, expected);
    if (plan_make(&p, q, made_archive_store(f->archive), &e) != OK)
        fail_msg("%.*s: %s", (int)text.n, text.p, e.msg);
    assert_int_equal(plan_make(&fresh, q, made_archive_store(f->archive), &e), OK);
    uint64_t counted;
    struct hit_summary sum;
    assert_int_equal(plan_count(fresh, NULL, &counted, &e), OK);
    check_order(fresh, expected, count, SORT_NEWEST, text.p);
    assert_int_equal(plan_summary(p, NULL, &sum, &e), OK);
    if (sum.count != count || counted != count)
        fail_msg("%.*s = %s: %llu and %llu rows, %zu expected", (int)text.n, text.p, tree.p,
                 (unsigned long long)sum.count, (unsigned long long)counted, count);
    assert_int_equal(sum.first_row, count ? expected[0] : 0);
    assert_int_equal(sum.last_row, count ? expected[count - 1] : 0);
    check_order(p, expected, count, SORT_OLDEST, text.p);
    check_order(p, expected, count, SORT_RELEVANCE, text.p);
    assert_int_equal(facet_sum(p, FACET_SENDER), count);
    assert_int_equal(facet_sum(p, FACET_DAY), count);
    plan_free(fresh);
    plan_free(p);
    buf_free(&tree);
    query_free(q);
}

static void generated_queries_give_equal_sets(void **state)
{
    for (int i = 0; i < QUERIES; i++) {
        struct buf text = buf_new(TREE_BYTES);
        generate(&text, 0);
        compare_one(*state, buf_str(&text));
        buf_free(&text);
    }
}

static void every_leaf_gives_the_equal_set(void **state)
{
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
        compare_one(*state, str_of(leaves[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_leaf_gives_the_equal_set),
        cmocka_unit_test(generated_queries_give_equal_sets),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
