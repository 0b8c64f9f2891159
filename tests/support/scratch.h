/*
 * A private folder for a test, with files, archives and a plain SQLite that may tamper with them.
 * Whatever fails here ends the test program.
 */
#ifndef STET_TESTS_SCRATCH_H
#define STET_TESTS_SCRATCH_H

#include "store.h"

struct scratch {
    char folder[64];
    char archive[96]; /* folder/archive.stet; not made yet */
};

struct scratch scratch_make(void);
void scratch_remove(struct scratch *s); /* with all that is in it */

/* Writes a file of the folder (folders of its name are made), gives its path; static, two at a time. */
const char *scratch_file(const struct scratch *s, const char *name, str bytes);

bool scratch_exists(const char *path);
str scratch_read(const char *path); /* malloc'ed */

/* Runs SQL on an archive as a stranger with an ordinary SQLite would (FTS5 tables protected by
   nothing). The result of a query is its first value as text; static. */
const char *scratch_sql(const char *archive, const char *sql);

/* A message of one conversation "c", source bytes "<sender> text" at `at`, time read as UTC. */
struct message scratch_message(const char *sender, const char *text, int64_t wall_ms, uint64_t at);

/* What an importer would report of these messages. */
struct import_report scratch_report(const char *source_name, const struct message *m, size_t count);

/* One whole source into a transaction that has begun. */
MUST_USE enum status scratch_source(struct writer *w, const char *source_name,
                                    const struct message *m, size_t count, struct err *e);

/* Begins, pushes, commits; as a stream if they are in order of time. */
void scratch_store(struct store *s, const char *source_name, const struct message *m, size_t count,
                   struct write_result *out);

#endif
