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

/* ---- brackets and capitals -------------------------------------------------------------------------- */

/* Words that a bracket may replace by a name. */
static bool is_pronoun(str fold)
{
    static const char *const list[] = {
        "i",     "he",    "she",   "it",  "we", "they", "you",  "him",  "her",  "them", "his",
        "hers",  "its",   "their", "our", "my", "your", "us",   "me",   "this", "that", "the",
        "these", "those", "who",   "one", "a",  "an",   "some", "both", "all",  "er",   "sie",
        "es",    "il",    "elle",  "ils", "el", "ella", "он",   "она",  "они"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (str_eq(fold, str_of(list[i])))
            return true;
    return false;
}

static bool has_capital(str text, const struct align_word *word)
{
    str here = str_sub(text, word->at, word->end - word->at);
    if (!here.n)
        return false;
    const uint32_t first = utf8_next(&here);
    return fold_lower(first) != first && !is_pronoun(word->fold);
}

static bool is_handle(str text, const struct align_word *word)
{
    return word->at > 0 && text.p[word->at - 1] == '@';
}

uint32_t sense_other_name(const struct laid *l, const struct align_item *bracket,
                          const struct align_word *s, size_t m)
{
    bool quoted_name = false, source_name = false;
    for (size_t i = 0; i < bracket->inner_count; i++)
        quoted_name |= has_capital(l->items.text, &bracket->inner[i]);
    for (size_t k = 0; k < m; k++) {
        const str text = l->texts[s[k].message];
        source_name |= has_capital(text, &s[k]) && !is_handle(text, &s[k]);
        for (size_t i = 0; i < bracket->inner_count; i++)
            if (str_eq(bracket->inner[i].fold, s[k].fold))
                return 0; /* "[Donald] Trump": the name is there */
    }
    return quoted_name && source_name ? VFLAG_NAME_CHANGED : 0;
}

uint32_t sense_rewrites(const struct align_item *bracket, const struct align_word *s, size_t m)
{
    for (size_t i = 0; i < bracket->inner_count; i++)
        for (size_t k = 0; k < m; k++)
            if (str_eq(bracket->inner[i].fold, s[k].fold) && !is_pronoun(s[k].fold))
                return 0;
    return m > 2 ? VFLAG_BRACKET_REWRITES : 0;
}

bool sense_is_acronym(str word)
{
    size_t letters = 0;
    while (word.n) {
        const uint32_t cp = utf8_next(&word);
        if (fold_lower(cp) == cp)
            return false;
        letters++;
    }
    return letters >= 2 && letters <= 4;
}

/* ---- omissions: what an ellipsis leaves out ----------------------------------------------------------- */

static bool turns(str fold)
{
    return word_is_negation(fold) || word_is_condition(fold);
}

static bool has_stop(str gap)
{
    for (size_t i = 0; i < gap.n; i++)
        if (gap.p[i] == '!' || gap.p[i] == '?' || gap.p[i] == ';' || gap.p[i] == '\n' ||
            (gap.p[i] == '.' && (i + 1 == gap.n || gap.p[i + 1] != '.') &&
             (i == 0 || gap.p[i - 1] != '.')))
            return true;
    return false;
}

/* Half of a chat is sentences that run on over messages: a message's end is a sentence's end only where
   a stop says so or somebody else goes on. */
static bool ends_sentence(const struct laid *l, size_t word)
{
    const struct align_problem *p = &l->problem;
    if (word + 1 >= p->word_count)
        return true;
    const struct align_word *here = &p->words[word], *next = here + 1;
    const str text = l->texts[here->message];
    if (here->message == next->message)
        return has_stop(str_sub(text, here->end, next->at - here->end));
    return has_stop(str_from(text, here->end)) ||
           p->messages[here->message].speaker != p->messages[next->message].speaker;
}

/* Does the part of a sentence from `first` on hold a word that turns the sense? A sentence of its own
   counts only if it is as short as "Not." or "If only." */
static bool sentence_turns(const struct laid *l, size_t first, size_t end, bool own)
{
    enum { SHORT_SENTENCE = 3 };
    bool found = false;
    size_t words = 0;
    for (size_t i = first; i < end; i++) {
        found |= turns(l->problem.words[i].fold);
        words++;
        if (ends_sentence(l, i))
            break;
    }
    return found && (!own || words <= SHORT_SENTENCE);
}

bool sense_hidden_by_omission(const struct laid *l, size_t first, size_t count)
{
    const size_t end = first + count;
    if (first > 0 && sentence_turns(l, first, end, ends_sentence(l, first - 1)))
        return true;
    size_t last = end;
    while (last > first && !ends_sentence(l, last - 1))
        last--;
    return last < end && sentence_turns(l, last, end, false);
}
