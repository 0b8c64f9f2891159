/*
 * What a change does to the sense: a negation that came or went, another number, another name. These
 * are observations about words, made by closed lists and simple rules, so that a reader can follow them.
 */
#include "sense.h"

#include <string.h>

#include "fold.h"
#include "utf8.h"

static int count_if(const struct align_word *words, size_t n, bool (*is)(str))
{
    int found = 0;
    for (size_t i = 0; i < n; i++)
        found += is(words[i].fold);
    return found;
}

/* Do the same number words stand on both sides, in order? */
static bool same_numbers(const struct align_word *a, size_t n, const struct align_word *b, size_t m)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < n && !word_is_number(a[i].fold))
            i++;
        while (k < m && !word_is_number(b[k].fold))
            k++;
        if (i == n || k == m)
            return i == n && k == m;
        if (!str_eq(a[i++].fold, b[k++].fold))
            return false;
    }
}

/* A capital inside a sentence, or a @handle: print and source both keep them for names. */
static bool looks_like_name(str text, const struct align_word *word)
{
    str here = str_from(text, word->at);
    if (!here.n)
        return false;
    const uint32_t first = utf8_next(&here);
    if (word->at > 0 && text.p[word->at - 1] == '@')
        return true;
    if (fold_lower(first) == first || word->end - word->at < 2)
        return false;
    size_t i = word->at;
    while (i > 0 && (text.p[i - 1] == ' ' || text.p[i - 1] == '"'))
        i--;
    return i > 0 && !strchr(".!?:\n", text.p[i - 1]);
}

enum { NAME_WORDS_MAX = 4 };

static bool name_changed(const struct laid *l, const struct align_word *q, size_t n,
                         const struct align_word *s, size_t m)
{
    if (n > NAME_WORDS_MAX || m > NAME_WORDS_MAX)
        return false;
    for (size_t i = 0; i < n; i++)
        if (looks_like_name(l->items.text, &q[i]))
            return true;
    for (size_t i = 0; i < m; i++)
        if (looks_like_name(l->texts[s[i].message], &s[i]))
            return true;
    return false;
}

uint32_t sense_flags(const struct laid *l, const struct align_word *q, size_t n,
                     const struct align_word *s, size_t m)
{
    uint32_t flags = 0;
    if (count_if(q, n, word_is_negation) % 2 != count_if(s, m, word_is_negation) % 2)
        flags |= VFLAG_NEGATION_CHANGED;
    if (!same_numbers(q, n, s, m))
        flags |= VFLAG_NUMBER_CHANGED;
    if (name_changed(l, q, n, s, m))
        flags |= VFLAG_NAME_CHANGED;
    return flags;
}

/* ---- omissions: what an ellipsis leaves out ------------------------------------------------------ */

static bool ends_sentence(const struct laid *l, size_t word)
{
    if (word + 1 >= l->problem.word_count ||
        l->problem.words[word].message != l->problem.words[word + 1].message)
        return true;
    const str text = l->texts[l->problem.words[word].message];
    for (size_t i = l->problem.words[word].end; i < l->problem.words[word + 1].at; i++)
        if (strchr(".!?;\n", text.p[i]))
            return true;
    return false;
}

/* A negation left out from the very sentence whose other words are quoted, before or behind. */
bool sense_hidden_by_omission(const struct laid *l, size_t first, size_t count)
{
    const struct align_word *words = l->problem.words;
    if (first > 0 && !ends_sentence(l, first - 1))
        for (size_t i = first; i < first + count; i++) {
            if (word_is_negation(words[i].fold))
                return true;
            if (ends_sentence(l, i))
                break;
        }
    for (size_t i = first + count; i-- > first;) {
        if (ends_sentence(l, i))
            break;
        if (word_is_negation(words[i].fold))
            return true;
    }
    return false;
}
