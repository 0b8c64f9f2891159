/*
 * The pages. A page is built aside and then published with one compare-and-swap; who comes second
 * throws his own away. Han and Hangul syllables, which would need a hundred pages, fold to themselves
 * and have none.
 */
#include "charpage.h"
#include "charfold.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 256, PAGES = 0x110000 / PAGE, CLASS_BITS = 0x0F, MARK = 0x10, MIXED = 0x20 };

/* An entry is the one code point that the fold gives, or MANY | count << 16 | place in `more`. */
#define MANY 0x80000000u

struct page {
    uint32_t fold[PAGE];
    uint8_t kind[PAGE]; /* enum char_class | MARK | MIXED */
    uint32_t more[];
};

static _Atomic(struct page *) pages[PAGES];

static bool all_marks(uint32_t cp, const uint32_t *folded, size_t n)
{
    const bool tatweel = cp == 0x0640;
    if (n == 0)
        return tatweel || char_is_mark(cp);
    for (size_t i = 0; i < n; i++)
        if (!char_is_mark(folded[i]))
            return false;
    return true;
}

static bool is_wordy(uint32_t folded)
{
    const enum char_class class = charclass_of(folded, &folded, 1);
    return class == CHAR_LETTER || class == CHAR_DIGIT;
}

static bool is_mixed(enum char_class class, const uint32_t *folded, size_t n)
{
    size_t words = 0, units = 0, attached = 0;
    for (size_t i = 0; i < n; i++) {
        units += charclass_of(folded[i], folded + i, 1) == CHAR_UNIT;
        words += is_wordy(folded[i]);
        attached += char_is_mark(folded[i]);
    }
    if (n < 2)
        return false;
    if (class == CHAR_SYMBOL) /* ⩴ is only ::= */
        return words + units > 0;
    if (class == CHAR_UNIT)
        return attached < n - 1;
    return (class == CHAR_LETTER || class == CHAR_DIGIT) && words < n;
}

static uint8_t kind_of(uint32_t cp, const uint32_t *folded, size_t n)
{
    const enum char_class class = charclass_of(cp, folded, n);
    unsigned kind = class;
    if (class != CHAR_IGNORED && all_marks(cp, folded, n))
        kind |= MARK;
    if (is_mixed(class, folded, n))
        kind |= MIXED;
    return (uint8_t)kind;
}

static struct page *build_page(uint32_t first)
{
    uint32_t more[PAGE * FOLD_MAX];
    size_t used = 0;
    struct page work;
    for (uint32_t i = 0; i < PAGE; i++) {
        uint32_t *folded = more + used;
        const size_t n = charfold_of(first + i, folded);
        work.kind[i] = kind_of(first + i, folded, n);
        work.fold[i] = n == 1 ? folded[0] : MANY | (uint32_t)n << 16 | (uint32_t)used;
        used += n == 1 ? 0 : n;
    }
    struct page *page = malloc(sizeof *page + used * sizeof *more);
    assert(page && "out of memory");
    *page = work;
    memcpy(page->more, more, used * sizeof *more);
    return page;
}

static const struct page *page_of(uint32_t cp)
{
    _Atomic(struct page *) *slot = &pages[cp / PAGE];
    struct page *page = atomic_load_explicit(slot, memory_order_acquire);
    if (page)
        return page;
    struct page *fresh = build_page(cp / PAGE * PAGE);
    if (atomic_compare_exchange_strong(slot, &page, fresh))
        return fresh;
    free(fresh);
    return page;
}

static bool folds_to_itself(uint32_t cp)
{
    return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3);
}

void char_info_of(struct char_info *info, uint32_t cp)
{
    if (cp < 0x80 || folds_to_itself(cp)) {
        const enum char_class class = cp < 0x80 ? charclass_of(cp, &cp, 1) : CHAR_UNIT;
        *info = (struct char_info){.n = 1, .class = class, .own = ascii_fold(cp)};
        info->fold = &info->own;
        return;
    }
    const struct page *page = page_of(cp);
    const uint32_t *entry = &page->fold[cp % PAGE];
    const uint8_t kind = page->kind[cp % PAGE];
    const bool many = (*entry & MANY) != 0;
    info->fold = many ? page->more + (*entry & 0xFFFF) : entry;
    info->n = many ? *entry >> 16 & 0xFF : 1;
    info->class = (enum char_class)(kind & CLASS_BITS);
    info->mark = (kind & MARK) != 0;
    info->mixed = (kind & MIXED) != 0;
}

enum char_class char_info_class(uint32_t cp)
{
    if (cp < 0x80)
        return charclass_of(cp, &cp, 1);
    if (folds_to_itself(cp))
        return CHAR_UNIT;
    return (enum char_class)(page_of(cp)->kind[cp % PAGE] & CLASS_BITS);
}
