/*
 * An import that runs beside the page: in a process of its own, so that pages go on being answered, and
 * in the server's sandbox, which it cannot leave; the parsers are children of that process, with a
 * narrower one (confined.h). What it has to say stands on a board that both processes have in memory.
 *
 *     import_job_start(job, &(struct import_wish){.archive_path = a, .paths = paths, .count = 2}, e);
 *     const struct import_board *b = import_job_look(job);       // as often as somebody asks
 *     import_job_stop(job);                                      // the archive stays as it was
 */
#ifndef WEB_IMPORT_JOB_H
#define WEB_IMPORT_JOB_H

#include "err.h"
#include "str.h"

#include <stdbool.h>
#include <stdint.h>

enum { IMPORT_LINES_MAX = 200, IMPORT_PATHS_MAX = 200, IMPORT_NAME_MAX = 160 };

enum import_phase { IMPORT_NONE, IMPORT_RUNS, IMPORT_ENDED };

struct import_result {
    char name[IMPORT_NAME_MAX], format[40], what[240];
    uint64_t messages, events, duplicates, issues;
    bool stored, failed;
};

struct import_board {
    enum import_phase phase;
    char name[IMPORT_NAME_MAX]; /* of the file being read */
    uint64_t done_bytes, size_bytes, messages;
    uint64_t stored, known, failed, skipped, issues; /* files; issues of all */
    double seconds;
    bool whole; /* ended by itself, whatever it found */
    struct err error;
    struct import_result results[IMPORT_LINES_MAX];
    size_t result_count, results_more; /* shown; and not */
};

struct import_wish {
    const char *archive_path;
    const char *const *paths; /* absolute, judged by import_path */
    size_t count;
    str zone_name; /* empty: none stated */
    int64_t now_ms;
};

struct import_job;
MUST_USE enum status import_job_new(struct import_job **out, struct err *e);
void import_job_free(struct import_job *job); /* ends what runs */

/* The caller has no archive open: SQLite must not be carried into another process. ERR_QUERY if one
   runs already. */
MUST_USE enum status import_job_start(struct import_job *job, const struct import_wish *wish,
                                      struct err *e);
void import_job_stop(struct import_job *job);
const struct import_board *import_job_look(struct import_job *job);

/* `inside`, as a browser sent it, below `root`, which is absolute; malloc'd, free it. ERR_MISSING for what
   is not there, ERR_QUERY for what leads out of it, by dots or by a link. */
MUST_USE enum status import_path(char **out, const char *root, str inside, struct err *e);

#endif
