/* What the pairs mean, as findings in the order of the left side, and what can be said of several at once. */
#include "compare_parts.h"

#include <stdlib.h>
#include <string.h>

const char *compare_differs_name(uint32_t bit)
{
    static const char *const names[DIFFERS_COUNT] = {
        "text",         "redacted", "sender",    "time",       "order",
        "conversation", "kind",     "only-left", "only-right", "space"};
    for (size_t i = 0; i < DIFFERS_COUNT; i++)
        if (bit == 1u << i)
            return names[i];
    return "";
}

/* ---- conversations ------------------------------------------------------------------------------ */

/* A pair of conversations and how many messages stand in both. */
struct shared {
    uint32_t from, to;
    uint64_t count;
};

static int by_from(const void *a, const void *b)
{
    const struct shared *const x = a, *const y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

/* Of every conversation of one side that of the other which has most of its messages, in order. */
static size_t main_partners(struct shared *all, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(all, count, sizeof *all, by_from);
    for (size_t i = 0; i < count;) {
        struct shared best = {.from = all[i].from};
        while (i < count && all[i].from == best.from) {
            struct shared x = all[i];
            for (x.count = 0; i < count && by_from(&all[i], &x) == 0; i++)
                x.count++;
            if (x.count > best.count)
                best = x;
        }
        all[kept++] = best;
    }
    return kept;
}

static bool is_main(const struct shared *all, size_t count, uint32_t from, uint32_t to)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (all[middle].from < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && all[low].from == from && all[low].to == to;
}

static void mark_conversations(struct comparison *c)
{
    struct shared *const there = malloc((c->left.count + 1) * sizeof *there);
    struct shared *const back = malloc((c->left.count + 1) * sizeof *back);
    size_t count = 0;
    if (!there || !back)
        abort();
    for (size_t i = 0; i < c->left.count; i++) {
        const struct item *const x = &c->left.items[i];
        if (x->partner == NO_PARTNER)
            continue;
        const uint32_t other = c->right.items[x->partner].conversation;
        there[count] = (struct shared){.from = x->conversation, .to = other};
        back[count++] = (struct shared){.from = other, .to = x->conversation};
    }
    const size_t theres = main_partners(there, count), backs = main_partners(back, count);
    for (size_t i = 0; i < c->left.count; i++) {
        struct item *const x = &c->left.items[i];
        if (x->partner == NO_PARTNER)
            continue;
        const uint32_t other = c->right.items[x->partner].conversation;
        if (!is_main(there, theres, x->conversation, other) &&
            !is_main(back, backs, other, x->conversation))
            x->differs |= DIFFERS_CONVERSATION;
    }
    free(there);
    free(back);
}

/* ---- redaction --------------------------------------------------------------------------------- */

static bool is_blacked(str text, uint32_t flags)
{
    static const str marks[] = {STR_INIT("\xe2\x96\x88"), /* full block */
                                STR_INIT("[redacted"), STR_INIT("[REDACTED"), STR_INIT("[Redacted"),
                                STR_INIT("***")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_find(text, marks[i]) != STR_NONE)
            return true;
    return (flags & FLAG_REDACTED) != 0;
}

/* The next byte that counts: any run of white space is one blank. */
static int next_byte(str text, size_t *at)
{
    size_t i = *at;
    while (i < text.n && (text.p[i] == ' ' || (text.p[i] >= '\t' && text.p[i] <= '\r')))
        i++;
    const bool blank = i > *at && i < text.n && *at;
    *at = blank ? i : i + 1;
    if (blank)
        return ' ';
    return i < text.n ? (unsigned char)text.p[i] : -1;
}

static bool same_words(str x, str y)
{
    size_t i = 0, j = 0;
    for (;;) {
        const int l = next_byte(x, &i), r = next_byte(y, &j);
        if (l != r)
            return false;
        if (l < 0)
            return true;
    }
}

/* How the texts of a pair differ: TEXT, with REDACTED, or SPACE. */
static enum status how_texts_differ(const struct comparison *c, const struct item *x,
                                    uint32_t *differs, struct err *e)
{
    const struct item *const y = &c->right.items[x->partner];
    struct arena a = {.first = NULL};
    str left, right;
    enum status st = store_text(c->left.of.store, x->row, &left, e);
    if (st == OK)
        left = arena_dup(&a, left); /* both sides may be one archive */
    if (st == OK)
        st = store_text(c->right.of.store, y->row, &right, e);
    if (st == OK && same_words(left, right))
        *differs = (*differs & ~(uint32_t)DIFFERS_TEXT) | DIFFERS_SPACE;
    else if (st == OK && is_blacked(left, x->flags) != is_blacked(right, y->flags))
        *differs |= DIFFERS_REDACTED;
    arena_free(&a);
    return st;
}

/* ---- findings ---------------------------------------------------------------------------------- */

struct teller {
    struct comparison *c;
    struct compare_finding *p;
    size_t count, cap;
};

static void add_finding(struct teller *t, struct compare_finding f)
{
    if (t->count == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 256;
        t->p = realloc(t->p, t->cap * sizeof *t->p);
        if (!t->p)
            abort();
    }
    t->p[t->count++] = f;
    for (size_t i = 0; i < DIFFERS_COUNT; i++)
        t->c->facts.with[i] += f.differs >> i & 1;
}

static int64_t time_between(const struct comparison *c, const struct item *x, const struct item *y)
{
    if (x->ms == TIME_NONE || y->ms == TIME_NONE)
        return 0;
    return y->ms - x->ms - c->facts.shift_ms;
}

static enum status tell_left(struct teller *t, size_t at, struct err *e)
{
    struct comparison *const c = t->c;
    struct item *const x = &c->left.items[at];
    if (x->partner == NO_PARTNER) {
        add_finding(
            t, (struct compare_finding){.differs = ONLY_LEFT, .left_row = x->row, .left_at = at});
        return OK;
    }
    const struct item *const y = &c->right.items[x->partner];
    enum status st = OK;
    if (x->differs & DIFFERS_TEXT)
        st = how_texts_differ(c, x, &x->differs, e);
    if (!x->differs) {
        c->facts.same++;
        return st;
    }
    add_finding(t, (struct compare_finding){
                       .differs = x->differs,
                       .left_row = x->row,
                       .right_row = y->row,
                       .left_at = at,
                       .right_at = x->partner,
                       .time_ms = x->differs & DIFFERS_TIME ? time_between(c, x, y) : 0});
    return st;
}

/* What the right side alone has is told where it stands among what both have. */
static void tell_right(struct teller *t, size_t *from, size_t to)
{
    const struct side *const s = &t->c->right;
    for (; *from < to; (*from)++)
        if (s->items[*from].partner == NO_PARTNER)
            add_finding(t, (struct compare_finding){.differs = ONLY_RIGHT,
                                                    .right_row = s->items[*from].row,
                                                    .right_at = *from});
}

static void find_stretches(struct comparison *c, const struct compare_finding *p, size_t count)
{
    struct compare_stretch *all = arena_array(&c->arena, count / 2 + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0, end; i < count; i = end) {
        const uint32_t side = p[i].differs & (ONLY_LEFT | ONLY_RIGHT);
        for (end = i + 1; side && end < count && p[end].differs == side; end++)
            if (side == ONLY_LEFT ? p[end].left_at != p[end - 1].left_at + 1
                                  : p[end].right_at != p[end - 1].right_at + 1)
                break;
        if (end - i > 1)
            all[n++] = (struct compare_stretch){side, i, end - i};
    }
    c->facts.stretches = all;
    c->facts.stretch_count = n;
}

enum status tell_findings(struct comparison *c, struct err *e)
{
    struct teller t = {.c = c};
    size_t right = 0;
    enum status st = OK;
    mark_conversations(c);
    for (size_t i = 0; i < c->left.count && st == OK; i++) {
        const struct item *const x = &c->left.items[i];
        if (x->partner != NO_PARTNER && !(x->differs & DIFFERS_ORDER))
            tell_right(&t, &right, x->partner);
        st = tell_left(&t, i, e);
    }
    tell_right(&t, &right, c->right.count);
    find_stretches(c, t.p, t.count);
    c->facts.findings = t.p; /* freed by compare_close */
    c->facts.finding_count = t.count;
    return st;
}
