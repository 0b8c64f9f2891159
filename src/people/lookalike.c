/* See lookalike.h. Names of one shape (confusable.h) stand side by side when sorted by it. */
#include "lookalike.h"

#include <stdlib.h>
#include <string.h>

#include "confusable.h"
#include "fold.h"
#include "utf8.h"

const char *trick_text(enum trick t)
{
    switch (t) {
    case TRICK_SAME: return "the same name, another account";
    case TRICK_CASE: return "capitals";
    case TRICK_ACCENTS: return "accents or forms of a letter";
    case TRICK_INVISIBLE: return "invisible characters";
    case TRICK_SIGNS: return "added signs or blanks";
    case TRICK_DIGITS: return "digits or signs for letters";
    case TRICK_LETTERS: return "letters that look alike";
    case TRICK_DOUBLED: return "doubled letters";
    }
    return "";
}

/* ---- by what two names differ ----------------------------------------------------------------- */

/* What of a name is compared, and what is set aside. */
struct view {
    bool invisible, signs, accents, other_letters, digits;
    size_t characters;
};

static bool is_sign(enum char_class class)
{
    return class == CHAR_SPACE || class == CHAR_APOSTROPHE || class == CHAR_QUOTE ||
           class == CHAR_DASH || class == CHAR_PUNCT;
}

/* The letters of a name, each in lower case or as it is; signs and invisible ones only if wanted. */
static str letters(struct arena *a, str name, bool lower, bool signs)
{
    char *const out = arena_alloc(a, 4 * name.n + 4);
    size_t n = 0;
    while (name.n) {
        const uint32_t cp = utf8_next(&name);
        const enum char_class class = char_class_of(cp);
        if (class == CHAR_IGNORED || (!signs && is_sign(class)))
            continue;
        n += utf8_put(out + n, lower ? fold_lower(cp) : cp);
    }
    return (str){out, n};
}

static str folded(struct arena *a, str s)
{
    struct folded f = {0};
    fold_text(&f, s);
    const str out = arena_dup(a, (str){f.p, f.n});
    folded_free(&f);
    return out;
}

static str without_repeats(struct arena *a, str s)
{
    char *const out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (!n || out[n - 1] != s.p[i])
            out[n++] = s.p[i];
    return (str){out, n};
}

static str without_invisible(struct arena *a, str s)
{
    return letters(a, s, false, true);
}

/* How many characters of ASCII digits or $ @ ! |; how many letters beyond ASCII. */
static void count_kinds(str s, size_t *digits, size_t *foreign)
{
    *digits = *foreign = 0;
    while (s.n) {
        const uint32_t cp = utf8_next(&s);
        *digits += (cp >= '0' && cp <= '9') || cp == '$' || cp == '@' || cp == '!' || cp == '|';
        *foreign += cp >= 0x80;
    }
}

static uint32_t letters_or_digits(struct arena *a, str x, str y)
{
    size_t digits_x, digits_y, foreign_x, foreign_y;
    uint32_t tricks = 0;
    count_kinds(x, &digits_x, &foreign_x);
    count_kinds(y, &digits_y, &foreign_y);
    if (digits_x != digits_y)
        tricks |= TRICK_DIGITS;
    if (foreign_x || foreign_y)
        tricks |= TRICK_LETTERS;
    const str u = without_repeats(a, x), v = without_repeats(a, y);
    if (u.n - x.n != v.n - y.n && !tricks)
        tricks |= TRICK_DOUBLED;
    if (str_eq(u, v))
        return tricks | TRICK_DOUBLED;
    if (utf8_count(x) != utf8_count(y))
        tricks |= TRICK_DOUBLED;
    return tricks ? tricks : TRICK_LETTERS;
}

/* From what shows least to what shows most; ends as soon as the two are equal. */
static uint32_t tricks_of(struct arena *a, str x, str y)
{
    uint32_t tricks = 0;
    if (str_eq(x, y))
        return TRICK_SAME;
    str u = without_invisible(a, x), v = without_invisible(a, y);
    if (u.n != x.n || v.n != y.n)
        tricks |= TRICK_INVISIBLE;
    if (str_eq(u, v))
        return tricks;
    const str plain_u = letters(a, u, false, false), plain_v = letters(a, v, false, false);
    if (u.n - plain_u.n != v.n - plain_v.n)
        tricks |= TRICK_SIGNS;
    if (str_eq(plain_u, plain_v))
        return tricks | TRICK_SIGNS;
    u = letters(a, plain_u, true, false);
    v = letters(a, plain_v, true, false);
    if (str_eq(u, v))
        return tricks | TRICK_CASE;
    const str fold_u = folded(a, u), fold_v = folded(a, v);
    if (fold_u.n != u.n || fold_v.n != v.n)
        tricks |= TRICK_ACCENTS;
    if (str_eq(fold_u, fold_v))
        return tricks | TRICK_ACCENTS;
    return tricks | letters_or_digits(a, fold_u, fold_v);
}

/* ---- pairs ------------------------------------------------------------------------------------ */

struct card {
    size_t index;
    struct shape shape;
    str key; /* by which it is sorted: the name itself, or one of its shapes */
};

static int by_key(const void *x, const void *y)
{
    const struct card *const a = x, *const b = y;
    const int order = str_cmp(a->key, b->key);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

struct pairs {
    struct arena *a;
    const struct looked_at *names;
    bool any_verified;
    struct lookalike *p;
    size_t count, cap;
};

static void add_pair(struct pairs *all, size_t i, size_t k)
{
    const struct looked_at *const x = &all->names[i], *const y = &all->names[k];
    if (x->owner == y->owner || (all->any_verified && x->verified == y->verified))
        return;
    if (all->any_verified && str_eq(x->text, y->text))
        return; /* the verified one itself */
    const bool swap = all->any_verified ? !x->verified : i > k;
    if (all->count == all->cap) {
        all->cap = all->cap ? 2 * all->cap : 64;
        struct lookalike *const more = arena_array(all->a, all->cap, sizeof *more);
        if (all->count)
            memcpy(more, all->p, all->count * sizeof *more);
        all->p = more;
    }
    all->p[all->count++] = (struct lookalike){swap ? k : i, swap ? i : k, 0};
}

static void add_equal_keys(struct pairs *all, const struct card *cards, size_t count, bool shapes)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count && str_eq(cards[i].key, cards[k].key); k++)
            if (!shapes || shape_same(&cards[i].shape, &cards[k].shape))
                add_pair(all, cards[i].index, cards[k].index);
    }
}

static int by_places(const void *x, const void *y)
{
    const struct lookalike *const a = x, *const b = y;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

/* A pair may have been found by its name and by both shapes; two owners may have it twice, by handle
   and by name, if the texts are the same. */
static bool told_already(const struct pairs *all, size_t count, const struct lookalike *x)
{
    const struct looked_at *const n = all->names;
    for (size_t i = count; i-- > 0 && i + 8 >= count;) {
        const struct lookalike *const y = &all->p[i];
        if (n[y->a].owner == n[x->a].owner && n[y->b].owner == n[x->b].owner &&
            str_eq(n[y->a].text, n[x->a].text) && str_eq(n[y->b].text, n[x->b].text))
            return true;
    }
    return false;
}

static void finish(struct pairs *all)
{
    size_t kept = 0;
    if (!all->count)
        return;
    qsort(all->p, all->count, sizeof *all->p, by_places);
    for (size_t i = 0; i < all->count; i++)
        if (!told_already(all, kept, &all->p[i]))
            all->p[kept++] = all->p[i];
    all->count = kept;
    for (size_t i = 0; i < kept; i++)
        all->p[i].tricks =
            tricks_of(all->a, all->names[all->p[i].a].text, all->names[all->p[i].b].text);
}

size_t lookalikes_find(const struct looked_at *names, size_t count, struct arena *a,
                       struct lookalike **out)
{
    struct pairs all = {.a = a, .names = names};
    struct card *const cards = arena_array(a, count + 1, sizeof *cards);
    for (size_t i = 0; i < count; i++) {
        all.any_verified |= names[i].verified;
        cards[i] = (struct card){i, shape_of(a, names[i].text), names[i].text};
    }
    qsort(cards, count, sizeof *cards, by_key);
    add_equal_keys(&all, cards, count, false);
    for (int way = 0; way < 2; way++) {
        size_t usable = 0;
        for (size_t i = 0; i < count; i++) {
            struct card c = cards[i];
            c.key = c.shape.keys[way];
            cards[i] = c;
            usable += c.key.n >= SHAPE_BYTES_MIN;
        }
        qsort(cards, count, sizeof *cards, by_key);
        /* Short shapes are equal by chance; shape_same refuses them. */
        if (usable)
            add_equal_keys(&all, cards, count, true);
    }
    finish(&all);
    *out = all.p;
    return all.count;
}

str lookalike_spell(struct arena *a, str name)
{
    char *const out = arena_alloc(a, 12 * name.n + 1);
    size_t n = 0;
    while (name.n) {
        const uint32_t cp = utf8_next(&name);
        if (cp >= 0x20 && cp < 0x7F) {
            out[n++] = (char)cp;
            continue;
        }
        const str code = arena_printf(a, "[U+%04X]", (unsigned)cp);
        memcpy(out + n, code.p, code.n);
        n += code.n;
    }
    return (str){out, n};
}
