/* See confusable.h. Character by character, so that each keeps its class: a digit that stands for a
   letter must not be confused with one that counts. */
#include "confusable.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uspoof.h>

#include "buf.h"
#include "fold.h"
#include "utf8.h"

enum { UNIT_MAX = 32, NAME_BYTES_MAX = 1024 };

/* What one character looks like; empty: nothing, it is passed over. */
struct unit {
    char p[UNIT_MAX];
    size_t n;
    bool digit;
};

static void put_codepoint(struct unit *u, uint32_t cp)
{
    char bytes[4];
    const size_t n = utf8_put(bytes, cp);
    if (u->n + n > UNIT_MAX)
        return;
    memcpy(u->p + u->n, bytes, n);
    u->n += n;
}

/* One shape for each group of signs that readers take for each other. */
static uint32_t group_of(uint32_t cp)
{
    static const char from[] = "0123456789i!|$@", to[] = "olzeas6tbglllsa";
    const char *const found = cp && cp < 0x80 ? strchr(from, (char)cp) : NULL;
    return found ? (uint32_t)to[found - from] : cp;
}

static void put_folded(struct unit *u, uint32_t cp)
{
    uint32_t out[FOLD_MAX];
    const size_t n = fold_codepoint(cp, out);
    for (size_t i = 0; i < n; i++)
        put_codepoint(u, group_of(out[i]));
}

/* ICU's skeleton of one character, folded. */
static void put_skeleton(struct unit *u, const USpoofChecker *checker, uint32_t cp)
{
    char bytes[4], skeleton[UNIT_MAX];
    UErrorCode error = U_ZERO_ERROR;
    const int32_t size = (int32_t)utf8_put(bytes, cp);
    const int32_t n = uspoof_getSkeletonUTF8(checker, 0, bytes, size, skeleton, UNIT_MAX, &error);
    str rest = {skeleton, n > 0 && n <= UNIT_MAX ? (size_t)n : 0};
    if (U_FAILURE(error)) {
        put_folded(u, cp);
        return;
    }
    while (rest.n)
        put_folded(u, utf8_next(&rest));
}

/* First way: what it looks like, then folded. Second: folded, then what that looks like. */
static struct unit unit_of(const USpoofChecker *checker, uint32_t cp, int way)
{
    struct unit u = {.n = 0};
    uint32_t out[FOLD_MAX];
    const enum char_class class = char_class_of(cp);
    const bool stands_for_letter = cp < 0x80 && cp && strchr("$@!|", (char)cp);
    if (!stands_for_letter &&
        (class == CHAR_SPACE || class == CHAR_APOSTROPHE || class == CHAR_QUOTE ||
         class == CHAR_DASH || class == CHAR_PUNCT || class == CHAR_IGNORED))
        return u;
    const size_t n = fold_codepoint(cp, out);
    if (n == 1 && out[0] >= '0' && out[0] <= '9') {
        u.digit = true;
        put_codepoint(&u, group_of(out[0]));
    } else if (stands_for_letter) {
        put_codepoint(&u, group_of(cp));
    } else if (way == 0) {
        put_skeleton(&u, checker, cp);
    } else {
        for (size_t i = 0; i < n; i++)
            put_skeleton(&u, checker, out[i]);
    }
    return u;
}

/* "vv" for w is written with two characters, so it is looked for when all stand together. */
static bool ends_in_v(const struct buf *key, const struct unit *u)
{
    return u->n == 1 && u->p[0] == 'v' && key->n && key->p[key->n - 1] == 'v';
}

struct drawing {
    struct buf key;
    struct shape_run *runs;
    size_t count;
    struct unit last;
};

static void draw(struct drawing *d, const struct unit *u)
{
    if (!u->n)
        return;
    const bool again = d->last.n == u->n && memcmp(d->last.p, u->p, u->n) == 0;
    if (ends_in_v(&d->key, u) && again) {
        d->key.p[d->key.n - 1] = 'w';
        d->last = (struct unit){.p = "w", .n = 1};
        return;
    }
    if (again && d->count && d->runs[d->count - 1].digit == u->digit) {
        d->runs[d->count - 1].count++;
        return;
    }
    if (!again) {
        buf_add(&d->key, (str){u->p, u->n});
        d->last = *u;
    }
    d->runs[d->count++] = (struct shape_run){(uint32_t)(d->key.n - u->n), 1, u->digit};
}

static void draw_name(struct shape *out, struct arena *a, const USpoofChecker *checker, str name,
                      int way)
{
    struct drawing d = {.key = buf_new(NAME_BYTES_MAX * UNIT_MAX)};
    d.runs = arena_array(a, name.n + 1, sizeof *d.runs);
    while (name.n) {
        const struct unit u = unit_of(checker, utf8_next(&name), way);
        draw(&d, &u);
    }
    out->keys[way] = arena_dup(a, buf_str(&d.key));
    out->runs[way] = d.runs;
    out->run_counts[way] = d.count;
    buf_free(&d.key);
}

struct shape shape_of(struct arena *a, str name)
{
    struct shape out = {.run_counts = {0, 0}};
    UErrorCode error = U_ZERO_ERROR;
    USpoofChecker *const checker = uspoof_open(&error);
    if (U_FAILURE(error))
        abort(); /* the data are part of the library */
    if (name.n && name.p[0] == '@')
        name = str_from(name, 1);
    name = str_sub(name, 0, NAME_BYTES_MAX);
    for (int way = 0; way < 2; way++)
        draw_name(&out, a, checker, name, way);
    uspoof_close(checker);
    return out;
}

/* How often the character at one place of the shape stands there, and whether any is a digit. */
static uint32_t count_at(const struct shape *s, int way, uint32_t at, bool *digit)
{
    uint32_t count = 0;
    *digit = false;
    for (size_t i = 0; i < s->run_counts[way]; i++) {
        if (s->runs[way][i].at != at)
            continue;
        count += s->runs[way][i].count;
        *digit |= s->runs[way][i].digit;
    }
    return count;
}

/* Where both have digits they count the same; a digit against letters stands for them. */
static bool same_numbers(const struct shape *a, const struct shape *b, int way)
{
    for (size_t i = 0; i < a->run_counts[way]; i++) {
        const uint32_t at = a->runs[way][i].at;
        bool ours, theirs;
        const uint32_t mine = count_at(a, way, at, &ours), other = count_at(b, way, at, &theirs);
        if (ours && theirs && mine != other)
            return false;
    }
    return true;
}

bool shape_same(const struct shape *a, const struct shape *b)
{
    for (int way = 0; way < 2; way++)
        if (a->keys[way].n >= SHAPE_BYTES_MIN && str_eq(a->keys[way], b->keys[way]) &&
            same_numbers(a, b, way))
            return true;
    return false;
}
