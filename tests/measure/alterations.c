/*
 * Measures the quote checker on an archive: takes real messages of it, alters them in ways of which the
 * right verdict is known, and counts what comes out. Deterministic for a given archive.
 *
 *     alterations ARCHIVE [COUNT]
 *
 * Prints one line for each kind of alteration: how many, how many times the source was found at rank 1,
 * how many verdicts were right, how many altered quotations were reported as standing (must be 0), and
 * the time for one. Exits with 1 if a false "stands" was found or rank 1 falls below 99%.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "buf.h"
#include "fold.h"
#include "store.h"
#include "tokenize.h"
#include "verify.h"

enum { WORDS_MAX = 200, WORDS_MIN = 8, SLOWEST_KEPT = 4096 };

static uint64_t seed = 20160202;

/* splitmix64 (Steele, Lea, Flood 2014; public domain reference by S. Vigna). */
static uint64_t next_random(void)
{
    uint64_t z = (seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static size_t pick(size_t below)
{
    return below ? (size_t)(next_random() % below) : 0;
}

/* A message cut at its words: word i is text[at[i], end[i]). */
struct cut {
    str text;
    size_t at[WORDS_MAX], end[WORDS_MAX], count;
};

static bool cut_words(struct cut *c, str text)
{
    c->text = text;
    c->count = 0;
    struct tokenizer t = tokenizer_of(text);
    struct token tok;
    while (tokenizer_next(&t, &tok)) {
        if (tok.whole)
            continue;
        if (c->count == WORDS_MAX)
            return false;
        c->at[c->count] = tok.at;
        c->end[c->count++] = tok.end;
    }
    return c->count >= WORDS_MIN;
}

static str word(const struct cut *c, size_t i)
{
    return str_sub(c->text, c->at[i], c->end[i] - c->at[i]);
}

/* A word inside, of letters only, with a blank on both sides: where an alteration is one of wording. */
static bool pick_inner(const struct cut *c, size_t *out)
{
    for (int tries = 0; tries < 40; tries++) {
        const size_t i = 1 + pick(c->count - 2);
        const bool alone = c->at[i] > 0 && c->text.p[c->at[i] - 1] == ' ' &&
                           c->end[i] < c->text.n && c->text.p[c->end[i]] == ' ';
        const str w = word(c, i);
        bool letters = w.n >= 3;
        for (size_t k = 0; k < w.n; k++)
            letters &= (w.p[k] >= 'a' && w.p[k] <= 'z') || (w.p[k] >= 'A' && w.p[k] <= 'Z');
        if (alone && letters) {
            *out = i;
            return true;
        }
    }
    return false;
}

static void replace(struct buf *out, const struct cut *c, size_t i, str with)
{
    buf_add(out, str_sub(c->text, 0, c->at[i]));
    buf_add(out, with);
    buf_add(out, str_from(c->text, c->end[i]));
}

/* ---- the alterations: each writes the quotation, or returns false if the message does not suit ------------- */

static bool verbatim(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    buf_add(out, c->text);
    return true;
}

static bool typographic(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    bool changed = false;
    for (size_t i = 0; i < c->text.n; i++) {
        const str rest = str_from(c->text, i);
        if (str_starts(rest, STR("’"))) {
            buf_add(out, STR("'"));
            i += 2;
            changed = true;
        } else if (str_starts(rest, STR("–"))) {
            buf_add(out, STR("—"));
            i += 2;
            changed = true;
        } else if (i == c->at[0] && c->text.p[i] >= 'a' && c->text.p[i] <= 'z') {
            buf_add_byte(out, (char)(c->text.p[i] - 32));
            changed = true;
        } else {
            buf_add_byte(out, c->text.p[i]);
        }
    }
    return changed;
}

static bool drop_word(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    size_t i;
    if (!pick_inner(c, &i))
        return false;
    buf_add(out, str_sub(c->text, 0, c->at[i]));
    buf_add(out, str_from(c->text, c->end[i] + 1));
    return true;
}

static const char *const intruders[] = {"certainly", "secret", "never",
                                        "maybe",     "twelve", "russian"};

static bool insert_word(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    size_t i;
    if (!pick_inner(c, &i))
        return false;
    buf_add(out, str_sub(c->text, 0, c->at[i]));
    buf_add(out, str_of(intruders[pick(6)]));
    buf_add(out, STR(" "));
    buf_add(out, str_from(c->text, c->at[i]));
    return true;
}

static bool substitute_word(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    size_t i;
    if (!pick_inner(c, &i))
        return false;
    const str with = str_of(intruders[pick(6)]);
    if (str_eq_nocase(with, word(c, i)))
        return false;
    replace(out, c, i, with);
    return true;
}

static bool misspell_word(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    size_t i;
    if (!pick_inner(c, &i) || word(c, i).n < 6)
        return false;
    char letters[64];
    const str w = word(c, i);
    if (w.n > sizeof letters || w.p[2] == w.p[3])
        return false;
    memcpy(letters, w.p, w.n);
    letters[2] = w.p[3];
    letters[3] = w.p[2];
    replace(out, c, i, (str){letters, w.n});
    return true;
}

static bool swap_words(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    size_t i;
    if (!pick_inner(c, &i) || i + 2 >= c->count || c->at[i + 1] != c->end[i] + 1 ||
        str_eq_nocase(word(c, i), word(c, i + 1)))
        return false;
    buf_add(out, str_sub(c->text, 0, c->at[i]));
    buf_add(out, word(c, i + 1));
    buf_add(out, STR(" "));
    buf_add(out, word(c, i));
    buf_add(out, str_from(c->text, c->end[i + 1]));
    return true;
}

static bool drop_negation(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    for (size_t i = 1; i + 1 < c->count; i++) {
        const str w = word(c, i);
        if (!str_eq_nocase(w, STR("not")) && !str_eq_nocase(w, STR("never")) &&
            !str_eq_nocase(w, STR("no")))
            continue;
        if (c->text.p[c->at[i] - 1] != ' ' || c->text.p[c->end[i]] != ' ')
            continue;
        buf_add(out, str_sub(c->text, 0, c->at[i]));
        buf_add(out, str_from(c->text, c->end[i] + 1));
        return true;
    }
    return false;
}

static bool change_number(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    for (size_t i = 0; i < c->count; i++) {
        const str w = word(c, i);
        char digits[32];
        bool figures = w.n > 0 && w.n < sizeof digits;
        for (size_t k = 0; k < w.n; k++)
            figures &= w.p[k] >= '0' && w.p[k] <= '9';
        if (!figures)
            continue;
        memcpy(digits, w.p, w.n);
        digits[w.n - 1] = digits[w.n - 1] == '9' ? '1' : (char)(digits[w.n - 1] + 1);
        replace(out, c, i, (str){digits, w.n});
        return true;
    }
    return false;
}

/* Blanks (or the text's ends) on both sides: not half of a contraction. */
static bool stands_free(const struct cut *c, size_t i)
{
    return (c->at[i] == 0 || c->text.p[c->at[i] - 1] == ' ') &&
           (c->end[i] == c->text.n || c->text.p[c->end[i]] == ' ');
}

static bool ellipsis(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    if (c->count < 12)
        return false;
    const size_t from = 3 + pick(3), to = from + 2 + pick(c->count - from - 6);
    if (!stands_free(c, from) || !stands_free(c, to + 1))
        return false;
    buf_add(out, str_sub(c->text, 0, c->end[from]));
    buf_add(out, STR(" … "));
    buf_add(out, str_from(c->text, c->at[to + 1]));
    return true;
}

static bool bracket(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    size_t i;
    if (!pick_inner(c, &i))
        return false;
    replace(out, c, i, STR("[the report]"));
    return true;
}

static bool part(struct buf *out, const struct cut *c, const struct cut *next)
{
    (void)next;
    if (c->count < 12)
        return false;
    const size_t from = pick(3), to = c->count - 1 - pick(3);
    if (!stands_free(c, from) || !stands_free(c, to))
        return false;
    buf_add(out, str_sub(c->text, c->at[from], c->end[to] - c->at[from]));
    return true;
}

static bool join_messages(struct buf *out, const struct cut *c, const struct cut *next)
{
    if (!next)
        return false;
    buf_add(out, c->text);
    buf_add(out, STR(" "));
    buf_add(out, next->text);
    return true;
}

static const struct alteration {
    const char *name;
    bool (*make)(struct buf *, const struct cut *, const struct cut *);
    unsigned right; /* bit set of enum verdict_kind */
    bool may_stand;
    uint32_t flag; /* that must be raised */
} alterations[] = {
    {"verbatim", verbatim, 1u << VERDICT_VERBATIM, true, 0},
    {"part of a message", part, 1u << VERDICT_VERBATIM, true, 0},
    {"typographic", typographic, 1u << VERDICT_TYPOGRAPHIC, true, 0},
    {"ellipsis", ellipsis, 1u << VERDICT_MARKED, true, 0},
    {"bracket", bracket, 1u << VERDICT_MARKED, true, 0},
    {"messages joined", join_messages, 1u << VERDICT_TYPOGRAPHIC | 1u << VERDICT_VERBATIM, true,
     VFLAG_SPANS},
    {"word dropped", drop_word, 1u << VERDICT_ALTERED, false, 0},
    {"word inserted", insert_word, 1u << VERDICT_ALTERED, false, 0},
    {"word substituted", substitute_word, 1u << VERDICT_ALTERED, false, 0},
    {"word misspelt", misspell_word, 1u << VERDICT_ALTERED, false, 0},
    {"words swapped", swap_words, 1u << VERDICT_ALTERED, false, 0},
    {"negation dropped", drop_negation, 1u << VERDICT_ALTERED, false, VFLAG_NEGATION_CHANGED},
    {"number changed", change_number, 1u << VERDICT_ALTERED, false, VFLAG_NUMBER_CHANGED},
};
enum { ALTERATIONS = sizeof alterations / sizeof *alterations };

struct score {
    size_t tried, rank1, right, false_stands, ambiguous;
    double seconds, slowest;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool holds_row(const struct verdict *v, int64_t row, str text)
{
    for (size_t i = 0; i < v->message_count; i++)
        if (v->messages[i].stored.row == row || str_eq(v->messages[i].stored.message.text, text))
            return true;
    /* the same wording elsewhere, at the same distance, is as good an answer: others are listed then */
    for (size_t i = 0; v->kind != VERDICT_ABSENT && i < v->other_count; i++)
        if (v->others[i].stored.row == row)
            return true;
    return false;
}

static void show(const char *what, const struct alteration *alt, str quote, const struct verdict *v,
                 int64_t row)
{
    if (!getenv("SHOW"))
        return;
    printf("# %s: %s gave %s (row %" PRId64 "): " STR_FMT "\n", what, alt->name,
           verdict_name(v->kind), row, STR_ARG(quote));
}

/* An "alteration" that turns one real message into another ("page 3" into "page 4", both written) is
   none. Slow and sure: reads every message. */
static bool stands_somewhere(struct store *s, str quote)
{
    struct folded wanted = {0}, have = {0};
    bool found = false;
    fold_text(&wanted, quote);
    for (int64_t row = 1; !found && row <= columns_rows(store_columns(s)); row++) {
        struct err e = {0};
        str text;
        if (store_text(s, row, &text, &e) != OK || text.n < quote.n / 2)
            continue;
        fold_text(&have, text);
        found = str_find((str){have.p, have.n}, (str){wanted.p, wanted.n}) != STR_NONE;
    }
    folded_free(&wanted);
    folded_free(&have);
    return found;
}

static void check(struct store *s, struct verifier *verifier, const struct alteration *alt,
                  str quote, int64_t row, str text, struct score *score)
{
    struct arena a = {0};
    struct err e = {0};
    struct verdict v;
    const struct claim claim = {.quote = quote, .when = {TIME_NONE, TIME_NONE}};
    const double start = now();
    if (verify_quote(verifier, &claim, &a, &v, &e) != OK) {
        fprintf(stderr, "%s\n", e.msg);
        exit(2);
    }
    const double took = now() - start;
    score->seconds += took;
    if (took > score->slowest)
        score->slowest = took;
    score->tried++;
    const bool found = holds_row(&v, row, text);
    score->rank1 += found;
    const bool ambiguous = v.kind == VERDICT_AMBIGUOUS && alt->may_stand;
    score->ambiguous += ambiguous;
    const bool right =
        ambiguous || ((alt->right >> v.kind & 1) && (v.flags & alt->flag) == alt->flag);
    score->right += right;
    const bool false_stands = v.stands && !alt->may_stand && !stands_somewhere(s, quote);
    score->false_stands += false_stands;
    if (!found)
        show("not found", alt, quote, &v, row);
    if (!right)
        show("wrong verdict", alt, quote, &v, row);
    if (false_stands)
        show("FALSE STANDS", alt, quote, &v, row);
    arena_free(&a);
}

static void measure(struct store *s, struct verifier *verifier, size_t count, struct score *scores)
{
    const int64_t rows = columns_rows(store_columns(s));
    struct buf quote = buf_new(BUF_LINE_MAX);
    struct arena a = {0};
    for (size_t done = 0, tries = 0; done < count && tries < count * 50; tries++) {
        const struct alteration *alt = &alterations[done % ALTERATIONS];
        const int64_t row = 1 + (int64_t)pick((size_t)rows - 1);
        struct err e = {0};
        str text;
        struct cut cut, after;
        arena_clear(&a);
        if (store_text(s, row, &text, &e) != OK || !cut_words(&cut, arena_dup(&a, text)))
            continue;
        struct columns *c = store_columns(s);
        bool follows = column_at(c, COLUMN_SENDER, row) == column_at(c, COLUMN_SENDER, row + 1) &&
                       column_at(c, COLUMN_TIME, row + 1) - column_at(c, COLUMN_TIME, row) < 300000;
        follows = follows && store_text(s, row + 1, &text, &e) == OK &&
                  cut_words(&after, arena_dup(&a, text));
        buf_clear(&quote);
        if (!alt->make(&quote, &cut, follows ? &after : NULL))
            continue;
        check(s, verifier, alt, buf_str(&quote), row, cut.text, &scores[done % ALTERATIONS]);
        done++;
    }
    arena_free(&a);
    buf_free(&quote);
}

static int report(const struct score *scores)
{
    struct score all = {0};
    printf("%-20s %7s %8s %8s %10s %12s %9s %9s\n", "alteration", "tried", "rank 1", "right",
           "ambiguous", "false stand", "mean ms", "max ms");
    for (int i = 0; i <= ALTERATIONS; i++) {
        const struct score *s = i < ALTERATIONS ? &scores[i] : &all;
        const double n = s->tried ? (double)s->tried : 1;
        printf("%-20s %7zu %7.2f%% %7.2f%% %10zu %12zu %9.2f %9.2f\n",
               i < ALTERATIONS ? alterations[i].name : "all", s->tried, 100 * (double)s->rank1 / n,
               100 * (double)s->right / n, s->ambiguous, s->false_stands, 1000 * s->seconds / n,
               1000 * s->slowest);
        if (i == ALTERATIONS)
            break;
        all.tried += s->tried;
        all.rank1 += s->rank1;
        all.right += s->right;
        all.ambiguous += s->ambiguous;
        all.false_stands += s->false_stands;
        all.seconds += s->seconds;
        all.slowest = s->slowest > all.slowest ? s->slowest : all.slowest;
    }
    return all.false_stands || all.rank1 * 100 < all.tried * 99;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: alterations ARCHIVE [COUNT]\n");
        return 2;
    }
    struct err e = {0};
    struct store *s;
    struct verifier *v;
    if (store_open(&s, argv[1], STORE_READ, &e) != OK || verifier_open(&v, s, &e) != OK) {
        fprintf(stderr, "%s\n", e.msg);
        return 2;
    }
    struct score scores[ALTERATIONS] = {{0}};
    measure(s, v, argc > 2 ? strtoul(argv[2], NULL, 10) : 10000, scores);
    verifier_close(v);
    store_close(s);
    return report(scores);
}
