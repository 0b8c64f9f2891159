/*
 * One path that was handed over, on its way into the archive: the handler of its reading. A load is
 * one transaction, or several if it is very large; its lines are told when it is known that they
 * are true.
 */
#ifndef STET_ARCHIVE_INTAKE_LOAD_H
#define STET_ARCHIVE_INTAKE_LOAD_H

#include "intake.h"
#include "intake_endings.h"
#include "intake_watch.h"
#include "reading.h"
#include "walk.h"

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

/* Reads and stores. A failure of a file, or of the load, goes into lines; what is returned is
   the user's wish to stop, or a mistake in the options. */
MUST_USE enum status load_run(struct intake *in, const struct load_given *given, struct err *e);

/* ---- lines that wait for their commit ------------------------------------------------------- */

struct lines {
    struct intake_line *items;
    size_t count, cap;
    struct arena arena; /* of names and errors */
};

void lines_add(struct lines *l, const struct intake_line *line);

/* Tells all lines and forgets them. `results`: of the stored ones, in their order; `failure`:
   why the stored ones are not stored after all, or NULL. */
void lines_tell(struct lines *l, struct intake *in, const struct write_result *results,
                const struct err *failure);
void lines_forget(struct lines *l);
void lines_free(struct lines *l);

/* ---- the load itself ------------------------------------------------------------------------ */

double clock_seconds(void); /* monotonic */

/* A member that failed before any other of its file was read. */
struct unsaid {
    struct unsaid *next;
    str inside, what, way_out;
};

/* What is known of the file at hand. */
struct load_file {
    size_t nth; /* SIZE_MAX: none yet */
    bool open;  /* the writer has a source for it */
    struct import_report sum;
    size_t members_read, members_failed;
    struct unsaid *unsaid; /* the last first; in `scratch` of the load */
    struct err failure;    /* the first */
    struct err doubt;      /* what is odd about an archive of which nothing was stored: the first */
    struct endings skipped;
    bool told; /* its line has been added */
    const struct importer *format;
    enum time_basis basis;
    double begun;
};

struct load {
    struct intake *in;
    const struct load_given *given;
    struct reading_job job;
    str options; /* as text, for audit */
    bool sorted; /* streaming was tried */
    bool again;  /* it must be read again, sorted */
    struct writer *w;
    enum writer_way way;
    struct lines lines;
    struct intake_kinds kinds, file_kinds; /* of what waits for the commit; of the file at hand */
    struct load_file file;
    struct arena arena, scratch; /* as long as the load; as the file at hand */
};

/* ---- issues of our own ---------------------------------------------------------------------- */

MUST_USE enum status load_note_failed_member(struct load *l, const struct reading_member *m,
                                             const struct err *failure, struct err *e);

/* What is said at the end of a file that is stored: members that failed and were not told yet,
   members without messages. */
MUST_USE enum status load_note_members(struct load *l, struct err *e);

/* The handler's: an issue of the source, or why there is none. `context` is the load. */
MUST_USE enum status load_on_fault(void *context, const struct bundle_fault *f, struct err *e);

#endif
