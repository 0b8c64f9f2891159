/*
 * One path that was handed over, on its way into the archive: the handler of its reading. A load is one
 * transaction, or several if it is very large; its lines are told when it is known that they are true.
 */
#ifndef STET_ARCHIVE_INTAKE_LOAD_H
#define STET_ARCHIVE_INTAKE_LOAD_H

#include "intake.h"
#include "intake_endings.h"
#include "walk.h"
#include "intake_watch.h"
#include "reading.h"

/* The whole run. */
struct intake {
    const char *archive_path;
    const struct intake_options *options;
    struct store *store; /* NULL until needed */
    struct intake_total *total;
    struct watch watch;
    uint64_t done_bytes, all_bytes; /* of the files before this load; of all loads */
    double begun, told;             /* seconds of the monotonic clock */
};

struct load_given {
    const struct walk_file *files;
    size_t count;
    const char *bundle_path; /* absolute; "-" */
    str bundle_name;
    str zone_name;      /* empty: none */
    int standard_input; /* for "-": reading_hold_input */
};

/* Reads and stores. A failure of a file, or of the load, goes into lines; what is returned is the user's
   wish to stop, or a mistake in the options. */
MUST_USE enum status load_run(struct intake *in, const struct load_given *given, struct err *e);

double clock_seconds(void); /* monotonic */

/* ---- lines that wait for their commit ---------------------------------------------------------- */

struct lines {
    struct intake_line *items;
    size_t count, cap;
    struct arena arena; /* of names and errors */
};

void lines_add(struct lines *l, const struct intake_line *line);

/* Tells all lines and forgets them. `results`: of the stored ones, in their order; `failure`: why the
   stored ones are not stored after all, or NULL. */
void lines_tell(struct lines *l, struct intake *in, const struct write_result *results,
                const struct err *failure);
void lines_forget(struct lines *l);
void lines_free(struct lines *l);

#endif
