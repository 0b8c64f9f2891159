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
        more =
            str_starts(word, prefix) && visit(context, word, (uint64_t)sqlite3_column_int64(q, 1));
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

/*
 * The words stand in order, so that those with a common beginning stand together. The distance is
 * computed letter by letter, one row of its table a letter (optimal string alignment: Damerau-Levenshtein
 * without edits inside swaps; Boytsov, "Indexing methods for approximate dictionary searching", 2011).
 * Once no cell of a row is within the distance, no word with this beginning is: the reading goes on
 * behind all of them. Swaps cannot revive a row: its least cell is at most one more than the least of
 * the row above.
 */
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

struct search {
    const struct plan *plan;
    struct arena *a;
    struct letters wanted, have;
    int most;
    int table[LETTERS_MAX + 1][LETTERS_MAX + 1]; /* row i: the first i letters of `have` */
    int rows;                                    /* of the table that hold for `have` */
    bool whole;                                  /* `have` is all of the word */
    struct similar *found;
    size_t count, cap;
};

/* Row i from those above; its least cell. */
static int next_row(struct search *s, int i)
{
    const struct letters *a = &s->have, *b = &s->wanted;
    int *row = s->table[i];
    const int *above = s->table[i - 1];
    int best = row[0] = i;
    for (int k = 1; k <= b->n; k++) {
        const bool same = a->p[i - 1] == b->p[k - 1];
        row[k] = least(above[k] + 1, row[k - 1] + 1, above[k - 1] + !same);
        if (i > 1 && k > 1 && a->p[i - 1] == b->p[k - 2] && a->p[i - 2] == b->p[k - 1] &&
            s->table[i - 2][k - 2] + 1 < row[k])
            row[k] = s->table[i - 2][k - 2] + 1;
        best = row[k] < best ? row[k] : best;
    }
    return best;
}

/* Letters of the shortest beginning of the word that no similar word has; 0: there is none. */
static int hopeless_after(struct search *s, str word)
{
    struct letters next;
    s->whole = letters_of(&next, word);
    int common = 0;
    while (common < s->rows && common < next.n && next.p[common] == s->have.p[common])
        common++;
    s->have = next;
    for (s->rows = common; s->rows < next.n;)
        if (next_row(s, ++s->rows) > s->most)
            return s->rows;
    return 0;
}

static void keep_similar(struct search *s, str word, int distance, uint64_t messages)
{
    if (s->count == s->cap) {
        const size_t cap = s->cap ? 2 * s->cap : 64;
        struct similar *more = arena_array(s->a, cap, sizeof *more);
        if (s->count)
            memcpy(more, s->found, s->count * sizeof *more);
        s->found = more;
        s->cap = cap;
    }
    s->found[s->count++] = (struct similar){arena_dup(s->a, word), distance, messages};
}

/* The first key behind all words that begin with these letters; false: there is none. */
static bool key_behind(const struct letters *l, int n, char *out, size_t *size)
{
    uint32_t last = l->p[n - 1] + 1;
    if (last >= 0xD800 && last < 0xE000)
        last = 0xE000;
    *size = 0;
    for (int i = 0; i < n - 1; i++)
        *size += utf8_put(out + *size, l->p[i]);
    if (last > 0x10FFFF)
        return false;
    *size += utf8_put(out + *size, last);
    return true;
}

/* One word of the index; what comes next is the word after it, or the one behind a beginning. */
static bool take_word(struct search *s, sqlite3_stmt *q, char *key, size_t *key_size)
{
    const str word = {(const char *)sqlite3_column_text(q, 0), (size_t)sqlite3_column_bytes(q, 0)};
    *key_size = 0;
    const int hopeless = hopeless_after(s, word);
    if (hopeless)
        return key_behind(&s->have, hopeless, key, key_size);
    const int distance = s->table[s->have.n][s->wanted.n];
    const bool sign = word.n && (word.p[0] == '@' || word.p[0] == '#');
    if (word.n && s->whole && !sign && distance <= s->most)
        keep_similar(s, word, distance, (uint64_t)sqlite3_column_int64(q, 1));
    return true;
}

static enum status scan_similar(struct search *s, sqlite3_stmt *q, struct err *e)
{
    enum { STOP_EVERY = 1 << 8 };
    char key[4 * (LETTERS_MAX + 1)];
    size_t size = 0;
    int rc = SQLITE_ROW;
    bool more = true;
    sqlite3_bind_text(q, 1, "", 0, SQLITE_STATIC);
    for (size_t n = 1; more && (rc = sqlite3_step(q)) == SQLITE_ROW; n++) {
        more = take_word(s, q, key, &size);
        if (n % STOP_EVERY == 0 && plan_stopped(s->plan, e))
            return ERR_STOPPED;
        if (!more || !size)
            continue;
        sqlite3_reset(q);
        sqlite3_bind_text(q, 1, key, (int)size, SQLITE_STATIC);
    }
    return !more || rc == SQLITE_DONE ? OK : vocabulary_failed(s->plan->store, e);
}

static int nearest_first(const void *a, const void *b)
{
    const struct similar *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance - y->distance;
    if (x->messages != y->messages)
        return x->messages > y->messages ? -1 : 1;
    return str_cmp(x->word, y->word);
}

enum status vocabulary_similar(const struct plan *p, str word, int distance, struct arena *a,
                               struct similar **out, size_t *count, struct err *e)
{
    struct search s = {.plan = p, .a = a, .most = distance};
    sqlite3_stmt *q = NULL;
    *out = NULL;
    *count = 0;
    if (!letters_of(&s.wanted, word))
        return OK;
    for (int k = 0; k <= s.wanted.n; k++)
        s.table[0][k] = k;
    enum status st = prepare(p->store, &q, e);
    if (st == OK)
        st = scan_similar(&s, q, e);
    sqlite3_finalize(q);
    if (st != OK)
        return st;
    if (s.count)
        qsort(s.found, s.count, sizeof *s.found, nearest_first);
    *out = s.found;
    *count = s.count < SIMILAR_MAX ? s.count : SIMILAR_MAX;
    return OK;
}
