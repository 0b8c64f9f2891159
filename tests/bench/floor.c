/*
 * The floor under the bench: SQLite's FTS5 through its C API with the settings of the archive, and
 * nothing of a product around it: no provenance, no hashes, no duplicates, no journal. What Stet does
 * is measured as a multiple of this, in the same run.
 *
 *     floor build unicode61|stet CORPUS DATABASE   rows with their text, an index, one optimize
 *     floor split CORPUS                           the texts, one a line, for other programs
 *     floor words DATABASE                         words of given frequency: "name word documents"
 *     floor count DATABASE ROUNDS MATCH [FIRST LAST]   hits, between these row ids if given
 *     floor page DATABASE ROUNDS MATCH                 hits, and the newest 20 with their text
 *
 * count and page print "hits milliseconds": the median of ROUNDS on an open connection after one
 * round that does not count. With ROUNDS 1 the process as a whole is what one wants to time.
 * The corpus is the text form of a release, one message a line: [time] <sender> text.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fts_tokenizer.h" /* src/store's glue: the same postings as the product's */

enum { LATEST = 20, ROUNDS_MAX = 10000 };

static void die(sqlite3 *db, const char *doing)
{
    fprintf(stderr, "floor: cannot %s: %s\n", doing, db ? sqlite3_errmsg(db) : "see usage");
    exit(2);
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die(db, sql);
}

static sqlite3 *open_database(const char *path, int flags)
{
    static struct fts_words words;
    sqlite3 *db = NULL;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
        !fts_tokenizer_register(db, &words))
        die(db, "open the database");
    run(db, "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY");
    return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL) != SQLITE_OK)
        die(db, sql);
    return q;
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- the corpus ------------------------------------------------------------------------------ */

struct corpus {
    FILE *file;
    char *line;
    size_t cap;
};

static struct corpus open_corpus(const char *path)
{
    struct corpus c = {.file = fopen(path, "r")};
    if (!c.file) {
        perror(path);
        exit(2);
    }
    setvbuf(c.file, NULL, _IOFBF, 1 << 20);
    return c;
}

/* The text of the next line, borrowed until the next call; NULL at the end. */
static const char *next_text(struct corpus *c, size_t *length)
{
    ssize_t n = getline(&c->line, &c->cap, c->file);
    if (n < 0)
        return NULL;
    if (n > 0 && c->line[n - 1] == '\n')
        c->line[--n] = '\0';
    const char *text = c->line[0] == '[' ? strstr(c->line, "> ") : NULL;
    text = text ? text + 2 : c->line;
    *length = (size_t)(c->line + n - text);
    return text;
}

static int split(const char *corpus)
{
    struct corpus c = open_corpus(corpus);
    size_t n;
    for (const char *text; (text = next_text(&c, &n));)
        printf("%.*s\n", (int)n, text);
    return fflush(stdout) ? 2 : 0;
}

/* ---- building -------------------------------------------------------------------------------- */

static void step(sqlite3 *db, sqlite3_stmt *q, int64_t row, const char *text, size_t n)
{
    sqlite3_bind_int64(q, 1, row);
    sqlite3_bind_text(q, 2, text, (int)n, SQLITE_STATIC);
    if (sqlite3_step(q) != SQLITE_DONE)
        die(db, "insert");
    sqlite3_reset(q);
}

static int build(const char *tokenizer, const char *corpus, const char *path)
{
    sqlite3 *db = open_database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    char sql[300];
    run(db, "PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;"
            "CREATE TABLE message(id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
    snprintf(sql, sizeof sql,
             "CREATE VIRTUAL TABLE fts USING fts5(text, content='message', content_rowid='id',"
             " columnsize=0, tokenize='%s')",
             tokenizer);
    run(db, sql);
    run(db, "INSERT INTO fts(fts, rank) VALUES('hashsize', 8388608), ('automerge', 0),"
            " ('crisismerge', 1999)");
    sqlite3_stmt *row = prepare(db, "INSERT INTO message(id, text) VALUES(?1, ?2)");
    sqlite3_stmt *words = prepare(db, "INSERT INTO fts(rowid, text) VALUES(?1, ?2)");
    struct corpus c = open_corpus(corpus);
    size_t n;
    int64_t id = 0;
    for (const char *text; (text = next_text(&c, &n));) {
        step(db, row, ++id, text, n);
        step(db, words, id, text, n);
    }
    run(db, "INSERT INTO fts(fts) VALUES('optimize'); COMMIT");
    sqlite3_finalize(row);
    sqlite3_finalize(words);
    sqlite3_close(db);
    return 0;
}

/* ---- words to ask for ------------------------------------------------------------------------ */

/* Words of plain letters, of about these shares of all messages; then the five most frequent. */
static int words(const char *path)
{
    static const struct {
        const char *name;
        double share;
    } wanted[] = {{"rare", 0.00005}, {"mid", 0.008}, {"frequent", 0.05}};
    sqlite3 *db = open_database(path, SQLITE_OPEN_READWRITE);
    run(db, "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, fts, row);"
            "CREATE TEMP TABLE word AS SELECT term, doc FROM vocabulary"
            " WHERE term NOT GLOB '*[^a-z]*' AND length(term) BETWEEN 2 AND 12");
    sqlite3_stmt *near = prepare(db, "SELECT term, doc FROM word ORDER BY abs(doc - ?1 *"
                                     " (SELECT max(id) FROM message)), term LIMIT 1");
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        sqlite3_bind_double(near, 1, wanted[i].share);
        if (sqlite3_step(near) == SQLITE_ROW)
            printf("%s %s %d\n", wanted[i].name, (const char *)sqlite3_column_text(near, 0),
                   sqlite3_column_int(near, 1));
        sqlite3_reset(near);
    }
    sqlite3_stmt *top = prepare(db, "SELECT term, doc FROM word ORDER BY doc DESC, term LIMIT 5");
    for (int i = 1; sqlite3_step(top) == SQLITE_ROW; i++)
        printf("top%d %s %d\n", i, (const char *)sqlite3_column_text(top, 0),
               sqlite3_column_int(top, 1));
    sqlite3_finalize(near);
    sqlite3_finalize(top);
    sqlite3_close(db);
    return 0;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int64_t ask_count(sqlite3 *db, sqlite3_stmt *q)
{
    if (sqlite3_step(q) != SQLITE_ROW)
        die(db, "count");
    const int64_t hits = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return hits;
}

static void ask_texts(sqlite3 *db, sqlite3_stmt *q)
{
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW)
        sqlite3_column_text(q, 1);
    if (rc != SQLITE_DONE)
        die(db, "search");
    sqlite3_reset(q);
}

/* `texts` may be NULL. */
static int repeat(sqlite3 *db, sqlite3_stmt *hits, sqlite3_stmt *texts, int rounds)
{
    static double times[ROUNDS_MAX];
    int64_t n = 0;
    for (int i = rounds > 1 ? -1 : 0; i < rounds; i++) {
        const double begin = now_ms();
        n = ask_count(db, hits);
        if (texts)
            ask_texts(db, texts);
        if (i >= 0)
            times[i] = now_ms() - begin;
    }
    qsort(times, (size_t)rounds, sizeof *times, by_size);
    printf("%" PRId64 " %.4f\n", n, times[rounds / 2]);
    sqlite3_finalize(hits);
    sqlite3_finalize(texts);
    sqlite3_close(db);
    return 0;
}

static int rounds_of(const char *arg)
{
    const int n = atoi(arg);
    return n < 1 ? 1 : n > ROUNDS_MAX ? ROUNDS_MAX : n;
}

static const char count_sql[] = "SELECT count(*) FROM fts WHERE fts MATCH ?1";

static int count(int n, char **args)
{
    sqlite3 *db = open_database(args[0], SQLITE_OPEN_READONLY);
    const char *between = "SELECT count(*) FROM fts WHERE fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3";
    sqlite3_stmt *q = prepare(db, n == 5 ? between : count_sql);
    sqlite3_bind_text(q, 1, args[2], -1, SQLITE_STATIC);
    if (n == 5) {
        sqlite3_bind_int64(q, 2, atoll(args[3]));
        sqlite3_bind_int64(q, 3, atoll(args[4]));
    }
    return repeat(db, q, NULL, rounds_of(args[1]));
}

/* FTS5 reads the text of a row of external content by itself, on demand. */
static int page(char **args)
{
    sqlite3 *db = open_database(args[0], SQLITE_OPEN_READONLY);
    sqlite3_stmt *hits = prepare(db, count_sql);
    sqlite3_stmt *texts = prepare(db, "SELECT rowid, text FROM fts WHERE fts MATCH ?1"
                                      " ORDER BY rowid DESC LIMIT ?2");
    sqlite3_bind_text(hits, 1, args[2], -1, SQLITE_STATIC);
    sqlite3_bind_text(texts, 1, args[2], -1, SQLITE_STATIC);
    sqlite3_bind_int(texts, 2, LATEST);
    return repeat(db, hits, texts, rounds_of(args[1]));
}

int main(int argc, char **argv)
{
    const char *verb = argc > 1 ? argv[1] : "";
    if (!strcmp(verb, "build") && argc == 5)
        return build(argv[2], argv[3], argv[4]);
    if (!strcmp(verb, "split") && argc == 3)
        return split(argv[2]);
    if (!strcmp(verb, "words") && argc == 3)
        return words(argv[2]);
    if (!strcmp(verb, "count") && (argc == 5 || argc == 7))
        return count(argc - 2, argv + 2);
    if (!strcmp(verb, "page") && argc == 5)
        return page(argv + 2);
    die(NULL, "understand this");
    return 2;
}
