/* stem:run: the words of the index that a stemmer takes for forms of the same word. */
#include "fields_value.h"
#include "filter.h"
#include "lower.h"
#include "vocabulary.h"

#include <libstemmer.h>
#include <string.h>

#include "utf8.h"

enum { STEM_BYTES = 128, SHARED_LETTERS = 2 };

struct stemming {
    struct arena *a;
    struct sb_stemmer *stemmer;
    char stem[STEM_BYTES];
    struct similar words[SIMILAR_MAX];
    size_t count;
};

/* The index holds folded words, without accents: the stem of a word is that of its folded form. */
static void stem_of(struct stemming *s, str word, char out[STEM_BYTES])
{
    out[0] = '\0';
    const sb_symbol *stem = sb_stemmer_stem(s->stemmer, (const sb_symbol *)word.p, (int)word.n);
    const int n = stem ? sb_stemmer_length(s->stemmer) : 0;
    if (n <= 0 || n >= STEM_BYTES)
        return;
    memcpy(out, stem, (size_t)n);
    out[n] = '\0';
}

static bool compare_stem(void *context, str word, uint64_t messages)
{
    struct stemming *s = context;
    char stem[STEM_BYTES];
    if (word.n >= STEM_BYTES)
        return true;
    stem_of(s, word, stem);
    if (stem[0] && strcmp(stem, s->stem) == 0)
        s->words[s->count++] = (struct similar){arena_dup(s->a, word), 0, messages};
    return s->count < SIMILAR_MAX;
}

/* Stemmers change the ends of words: the first letters are common to all forms. */
static str shared_beginning(str word)
{
    str rest = word;
    for (int i = 0; i < SHARED_LETTERS && rest.n; i++)
        (void)utf8_next(&rest);
    return str_sub(word, 0, word.n - rest.n);
}

enum status lower_stem(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    struct arena *a = &p->plan->arena;
    str language, typed;
    field_stem_parts(n->value.text, &language, &typed);
    const struct text t = text_parse(a, typed, false);
    const str word = t.items[0].word;
    struct stemming *s = arena_alloc(a, sizeof *s);
    s->a = a;
    char *name = arena_cstr(a, language);
    for (char *c = name; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
    s->stemmer = sb_stemmer_new(name, "UTF_8");
    if (!s->stemmer)
        return fail_at(e, ERR_QUERY, n->value_at, n->value_len, "there is no stemmer for %s", name);
    stem_of(s, word, s->stem);
    const enum status st = vocabulary_each(p->plan, shared_beginning(word), compare_stem, s, e);
    sb_stemmer_delete(s->stemmer);
    if (st == OK)
        *out = lower_any_word(a, n, s->words, s->count);
    return st;
}
