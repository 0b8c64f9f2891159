/* Building filters and the FTS5 expressions that cover them; see filter.h. */
#include "filter.h"

/* FTS5's parser has a stack of 100 entries and a level of parentheses takes up to four. */
enum { MATCH_DEPTH_MAX = 12, MATCH_BYTES_MAX = 8 << 20 };

struct filter *filter_new(struct arena *a, enum filter_kind kind, const struct node *n)
{
    struct filter *f = arena_alloc(a, sizeof *f);
    f->kind = kind;
    f->node = n;
    return f;
}

void match_add_text(struct buf *out, const struct text *t)
{
    buf_add_byte(out, '"');
    for (size_t i = 0; i < t->count; i++) {
        const str word = t->items[i].word;
        if (i)
            buf_add_byte(out, ' ');
        for (size_t k = 0; k < word.n; k++) {
            if (word.p[k] == '"')
                buf_add_byte(out, '"');
            buf_add_byte(out, word.p[k]);
        }
    }
    buf_add_byte(out, '"');
    if (t->prefix)
        buf_add(out, STR(" *"));
}

static bool is_sign(char c)
{
    return c == '@' || c == '#';
}

/* A word that both texts hold could be found once and counted twice. */
static bool share_words(const struct text *a, const struct text *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = a == b ? i + 1 : 0; k < b->count; k++)
            if (str_eq(a->items[i].word, b->items[k].word))
                return true;
    return false;
}

/* FTS5 knows no order, and takes one word for two. */
static bool index_knows(const struct text *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (!t->items[i].word.n || is_sign(t->items[i].word.p[0]))
            return false;
    return text_is_plain(t) && !t->prefix && !t->spelled;
}

/* NEAR(first second, N): at most N words between the end of the first and the begin of the last. */
static void match_add_near(struct buf *out, const struct filter *f)
{
    const struct text *t = f->texts;
    buf_add(out, STR("NEAR("));
    if (f->kind == FILTER_WINDOW) {
        for (size_t i = 0; i < t->count; i++) {
            match_add_text(out, &(struct text){.items = &t->items[i], .count = 1});
            buf_add_byte(out, ' ');
        }
        buf_addf(out, ", %lld)", (long long)(t->others + (int64_t)t->count - 2));
        return;
    }
    match_add_text(out, &t[0]);
    buf_add_byte(out, ' ');
    match_add_text(out, &t[1]);
    buf_addf(out, ", %lld)", (long long)(f->distance - 1));
}

struct joined {
    struct buf b;
    size_t count;
    int depth; /* deepest operand */
};

static void join_add(struct joined *j, const char *between, str match, int depth)
{
    buf_addf(&j->b, "%s%s", j->count ? between : "", depth ? "(" : "");
    buf_add(&j->b, match);
    if (depth)
        buf_add_byte(&j->b, ')');
    j->depth = depth > j->depth ? depth : j->depth;
    j->count++;
}

/* Stores what was joined, unless FTS5 could not take it: then nothing is known of the filter. */
static void join_end(struct arena *a, struct joined *j, struct filter *f, bool exact)
{
    const int depth = j->count > 1 ? j->depth + 1 : j->depth;
    const bool usable = j->count && depth <= MATCH_DEPTH_MAX && !j->b.full;
    f->match = usable ? arena_dup(a, buf_str(&j->b)) : (str){0};
    f->depth = usable ? depth : 0;
    f->exact = usable && exact;
    buf_free(&j->b);
}

static struct joined join_new(void)
{
    return (struct joined){.b = buf_new(MATCH_BYTES_MAX)};
}

static void cover_texts(struct arena *a, struct filter *f, const char *between, bool exact)
{
    struct joined j = join_new();
    bool prefix = false;
    for (size_t i = 0; i < f->text_count; i++) {
        if (!f->texts[i].count)
            continue;
        prefix = prefix || f->texts[i].prefix;
        buf_addf(&j.b, "%s", j.count++ ? between : "");
        match_add_text(&j.b, &f->texts[i]);
    }
    f->phrase = j.count == 1 && !prefix;
    join_end(a, &j, f, exact);
}

/* Each word by itself: a phrase of them would ask for more than the window does. */
static void cover_words(struct arena *a, struct filter *f)
{
    struct joined j = join_new();
    for (size_t i = 0; i < f->texts[0].count; i++) {
        buf_addf(&j.b, "%s", j.count++ ? " AND " : "");
        match_add_text(&j.b, &(struct text){.items = &f->texts[0].items[i], .count = 1});
    }
    join_end(a, &j, f, false);
}

/* The runs of words of both texts: a wildcard between two runs is none of the index's business. */
static void cover_runs(struct arena *a, struct filter *f)
{
    struct joined j = join_new();
    for (size_t i = 0; i < f->text_count; i++) {
        const struct text *t = &f->texts[i];
        for (size_t from = 0, to; from < t->count; from = to + 1) {
            for (to = from; to < t->count && t->items[to].kind == ITEM_WORD;)
                to++;
            if (to == from)
                continue;
            buf_addf(&j.b, "%s", j.count++ ? " AND " : "");
            match_add_text(&j.b, &(struct text){.items = t->items + from,
                                                .count = to - from,
                                                .prefix = t->prefix && to == t->count});
        }
    }
    join_end(a, &j, f, false);
}

/* All that the index can say of words near each other. */
static void cover_near(struct arena *a, struct filter *f)
{
    const struct text *t = f->texts;
    const bool window = f->kind == FILTER_WINDOW;
    const bool twice = window ? share_words(t, t) : share_words(&t[0], &t[1]);
    const bool known = index_knows(&t[0]) && (window || index_knows(&t[1]));
    if (!known || twice) {
        if (window)
            cover_words(a, f);
        else
            cover_runs(a, f);
        f->phrase = false;
        return;
    }
    struct joined j = join_new();
    match_add_near(&j.b, f);
    j.count = 1;
    join_end(a, &j, f, window || !f->node->ordered);
}

static bool is_exclusion(const struct filter *f)
{
    return f->kind == FILTER_NOT && f->kids[0]->exact;
}

/* P1 AND P2 ... NOT (N1 OR N2 ...): never a chain of NOTs, which FTS5 would read recursively. */
static void cover_and(struct arena *a, struct filter *f)
{
    struct joined yes = join_new(), no = join_new(), all = join_new();
    bool exact = true;
    for (size_t i = 0; i < f->kid_count; i++) {
        const struct filter *kid = f->kids[i];
        if (is_exclusion(kid))
            join_add(&no, " OR ", kid->kids[0]->match, kid->kids[0]->depth);
        else if (kid->match.n)
            join_add(&yes, " AND ", kid->match, kid->depth);
        f->phrase = f->phrase || kid->phrase;
        exact = exact && (kid->exact || is_exclusion(kid));
    }
    f->phrase = f->phrase && yes.count == 1 && !no.count;
    struct filter left = {0}, right = {0};
    join_end(a, &yes, &left, exact);
    join_end(a, &no, &right, true);
    const bool both = left.match.n && right.match.n;
    if (left.match.n)
        join_add(&all, "", left.match, both ? left.depth : 0);
    if (both)
        join_add(&all, " NOT ", right.match, right.depth);
    /* An exclusion that was too deep is checked row by row instead. */
    bool excluded = true;
    for (size_t i = 0; i < f->kid_count; i++)
        excluded = excluded && (!is_exclusion(f->kids[i]) || right.match.n);
    all.depth = left.depth > right.depth ? left.depth : right.depth;
    join_end(a, &all, f, exact && excluded);
    f->excludes = f->match.n && right.match.n;
}

static void cover_or(struct arena *a, struct filter *f)
{
    struct joined j = join_new();
    bool exact = true, known = true;
    for (size_t i = 0; i < f->kid_count; i++) {
        known = known && f->kids[i]->match.n;
        exact = exact && f->kids[i]->exact;
        join_add(&j, " OR ", f->kids[i]->match, f->kids[i]->depth);
    }
    if (!known)
        j.count = 0;
    join_end(a, &j, f, exact);
}

void filter_cover(struct arena *a, struct filter *f)
{
    for (size_t i = 0; i < f->kid_count; i++)
        filter_cover(a, f->kids[i]);
    switch (f->kind) {
    case FILTER_MATCH: cover_texts(a, f, " OR ", true); return;
    case FILTER_SPELLED:
    case FILTER_BYTES:
    case FILTER_REGEX:
    case FILTER_URL: cover_texts(a, f, " AND ", false); return;
    case FILTER_NEAR:
    case FILTER_WINDOW: cover_near(a, f); return;
    case FILTER_AND: cover_and(a, f); return;
    case FILTER_OR: cover_or(a, f); return;
    case FILTER_ALL:
    case FILTER_NOT:
    case FILTER_ROW:
    case FILTER_WALL:
    case FILTER_TRAITS:
    case FILTER_IDS:
    case FILTER_SQL:
    case FILTER_GAP:
    case FILTER_THREAD:
    case FILTER_SAME:
    case FILTER_CLOCK:
    case FILTER_SCRIPT:
    case FILTER_LENGTH: return;
    }
}
