/* See vocabulary.h. FTS5's own view of its index gives the words (fts5vocab, made for the connection). */
#include "vocabulary.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

static enum status vocabulary_failed(struct store *s, struct err *e)
{
    return fail(e, ERR_DB, "the words of %s cannot be read (%s): run stet audit", store_path(s),
                sqlite3_errmsg(store_db(s)));
}

/* A reader may write nothing, not even the name of a temporary table: that rule is lifted for the one
   statement; the file itself is opened read-only. */
static void make_view(sqlite3 *db)
{
    (void)sqlite3_exec(db, "PRAGMA query_only=OFF", NULL, NULL, NULL);
    (void)sqlite3_exec(db,
                       "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary"
                       " USING fts5vocab('main', 'message_fts', 'row')",
                       NULL, NULL, NULL);
    (void)sqlite3_exec(db, "PRAGMA query_only=ON", NULL, NULL, NULL);
}

static enum status prepare(struct store *s, sqlite3_stmt **q, struct err *e)
{
    static const char sql[] = "SELECT term, doc FROM temp.vocabulary WHERE term >= ?1";
    if (sqlite3_prepare_v2(store_db(s), sql, -1, q, NULL) == SQLITE_OK)
        return OK;
    make_view(store_db(s));
    if (sqlite3_prepare_v2(store_db(s), sql, -1, q, NULL) == SQLITE_OK)
        return OK;
    return vocabulary_failed(s, e);
}

enum status vocabulary_each(const struct plan *p, str prefix, vocabulary_visit *visit,
                            void *context, struct err *e)
{
    enum { STOP_EVERY = 1 << 8 };
    sqlite3_stmt *q = NULL;
    enum status st = prepare(p->store, &q, e);
    if (st != OK)
        return st;
    size_t n = 0;
    sqlite3_bind_text64(q, 1, prefix.n ? prefix.p : "", prefix.n, SQLITE_STATIC, SQLITE_UTF8);
    int rc;
    bool more = true;
    while (more && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        const str word = {(const char *)sqlite3_column_text(q, 0),
                          (size_t)sqlite3_column_bytes(q, 0)};
        more = str_starts(word, prefix) &&
               visit(context, word, (uint64_t)sqlite3_column_int64(q, 1));
        if (more && n++ % STOP_EVERY == 0 && plan_stopped(p, e)) {
            st = ERR_STOPPED;
            more = false;
        }
    }
    if (more && rc != SQLITE_DONE)
        st = vocabulary_failed(p->store, e);
    sqlite3_finalize(q);
    return st;
}

/* ---- similar words -------------------------------------------------------------------------- */

enum { LETTERS_MAX = 64 };

struct letters {
    uint32_t p[LETTERS_MAX];
    int n;
};

/* False if the word is longer than anything that is misspelled. */
static bool letters_of(struct letters *out, str word)
{
    out->n = 0;
    while (word.n && out->n < LETTERS_MAX)
        out->p[out->n++] = utf8_next(&word);
    return !word.n;
}

static int least(int a, int b, int c)
{
    const int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Optimal string alignment (Damerau-Levenshtein without edits inside swaps), given up once a whole row
   is above `most`. */
static int distance_of(const struct letters *a, const struct letters *b, int most)
{
    int rows[3][LETTERS_MAX + 1];
    int *above2 = rows[0], *above = rows[1], *row = rows[2];
    for (int k = 0; k <= b->n; k++)
        above[k] = k;
    for (int i = 1; i <= a->n; i++) {
        int best = row[0] = i;
        for (int k = 1; k <= b->n; k++) {
            const bool same = a->p[i - 1] == b->p[k - 1];
            row[k] = least(above[k] + 1, row[k - 1] + 1, above[k - 1] + !same);
            if (i > 1 && k > 1 && a->p[i - 1] == b->p[k - 2] && a->p[i - 2] == b->p[k - 1] &&
                above2[k - 2] + 1 < row[k])
                row[k] = above2[k - 2] + 1;
            best = row[k] < best ? row[k] : best;
        }
        if (best > most)
            return most + 1;
        int *const spare = above2;
        above2 = above;
        above = row;
        row = spare;
    }
    return above[b->n];
}

struct search {
    struct arena *a;
    struct letters wanted;
    int most;
    struct similar *found;
    size_t count, cap;
};

static int nearest_first(const void *a, const void *b)
{
    const struct similar *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance - y->distance;
    if (x->messages != y->messages)
        return x->messages > y->messages ? -1 : 1;
    return str_cmp(x->word, y->word);
}

static bool compare_word(void *context, str word, uint64_t messages)
{
    struct search *s = context;
    struct letters have;
    const size_t bytes_apart = (size_t)s->most * 4;
    if (!word.n || word.p[0] == '@' || word.p[0] == '#')
        return true;
    if (word.n > (size_t)s->wanted.n * 4 + bytes_apart || !letters_of(&have, word))
        return true;
    if (have.n > s->wanted.n + s->most || have.n + s->most < s->wanted.n)
        return true;
    const int distance = distance_of(&s->wanted, &have, s->most);
    if (distance > s->most)
        return true;
    if (s->count == s->cap) {
        const size_t cap = s->cap ? 2 * s->cap : 64;
        struct similar *more = arena_array(s->a, cap, sizeof *more);
        if (s->count)
            memcpy(more, s->found, s->count * sizeof *more);
        s->found = more;
        s->cap = cap;
    }
    s->found[s->count++] = (struct similar){arena_dup(s->a, word), distance, messages};
    return true;
}

enum status vocabulary_similar(const struct plan *p, str word, int distance, struct arena *a,
                               struct similar **out, size_t *count, struct err *e)
{
    struct search search = {.a = a, .most = distance};
    *out = NULL;
    *count = 0;
    if (!letters_of(&search.wanted, word))
        return OK;
    const enum status st = vocabulary_each(p, STR(""), compare_word, &search, e);
    if (st != OK)
        return st;
    if (search.count)
        qsort(search.found, search.count, sizeof *search.found, nearest_first);
    *out = search.found;
    *count = search.count < SIMILAR_MAX ? search.count : SIMILAR_MAX;
    return OK;
}
