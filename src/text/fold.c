/*
 * Folding whole texts, and the doors to the cache. ASCII is folded by a table and never meets ICU.
 */
#include "fold.h"
#include "charfold.h"
#include "charpage.h"
#include "utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

size_t fold_codepoint(uint32_t cp, uint32_t out[FOLD_MAX])
{
    if (cp < 0x80) {
        out[0] = ascii_fold(cp);
        return 1;
    }
    struct char_info info;
    char_info_of(&info, cp > 0x10FFFF ? UTF8_BAD : cp);
    for (size_t i = 0; i < info.n; i++)
        out[i] = info.fold[i];
    return info.n;
}

size_t fold_codepoint_exact(uint32_t cp, uint32_t out[FOLD_MAX])
{
    if (cp < 0x80) {
        out[0] = cp;
        return 1;
    }
    if (cp > 0x10FFFF)
        cp = UTF8_BAD;
    if (char_is_invisible(cp))
        return 0;
    return charfold_decompose(cp, out);
}

enum char_class char_class_of(uint32_t cp)
{
    return char_info_class(cp > 0x10FFFF ? UTF8_BAD : cp);
}

static void make_room(struct folded *f, size_t bytes)
{
    const size_t need = f->n + bytes + 1; /* at[n] is the end */
    if (need <= f->cap)
        return;
    const size_t cap = need > 2 * f->cap ? need : 2 * f->cap;
    f->p = realloc(f->p, cap);
    f->at = realloc(f->at, cap * sizeof *f->at);
    assert(f->p && f->at && "out of memory");
    f->cap = cap;
}

/* The last code point that was written and where it begins, for Hangul to grow on. */
struct tail {
    uint32_t cp;
    size_t at;
};

static void add_codepoint(struct folded *f, struct tail *last, uint32_t cp, size_t from)
{
    const uint32_t syllable = hangul_compose(last->cp, cp);
    if (syllable) {
        cp = syllable;
        from = f->at[last->at];
        f->n = last->at;
    }
    *last = (struct tail){cp, f->n};
    char bytes[4];
    const size_t n = utf8_put(bytes, cp);
    make_room(f, n);
    for (size_t i = 0; i < n; i++) {
        f->p[f->n] = bytes[i];
        f->at[f->n++] = from;
    }
}

static void add_folded(struct folded *f, struct tail *last, uint32_t cp, size_t from)
{
    struct char_info info;
    char_info_of(&info, cp);
    for (size_t i = 0; i < info.n; i++)
        add_codepoint(f, last, info.fold[i], from);
}

void fold_text(struct folded *out, str text)
{
    struct tail last = {0};
    out->n = 0;
    make_room(out, text.n);
    for (size_t at = 0; at < text.n;) {
        const unsigned char byte = (unsigned char)text.p[at];
        if (byte < 0x80) {
            make_room(out, 1);
            out->p[out->n] = (char)ascii_fold(byte);
            out->at[out->n++] = at++;
            last.cp = 0;
            continue;
        }
        str rest = str_from(text, at);
        add_folded(out, &last, utf8_next(&rest), at);
        at = (size_t)(rest.p - text.p);
    }
    out->at[out->n] = text.n;
}

void folded_free(struct folded *f)
{
    if (!f)
        return;
    free(f->p);
    free(f->at);
    *f = (struct folded){0};
}
