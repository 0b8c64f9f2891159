/*
 * Intake: bringing sources into an archive (audit.h proves afterwards that it still says what they
 * say). Apart from archive.h because only programs that hold parsers of untrusted files link it.
 *
 *     struct intake_options o = {.format = STR(""), .zone_name = STR("America/New_York")};
 *     struct intake_total total;
 *     st = intake_run("archive.stet", paths, path_count, &o, &total, e);
 */
#ifndef STET_INTAKE_H
#define STET_INTAKE_H

#include "audit.h"
#include "importer.h"
#include "store.h"

enum intake_state {
    INTAKE_STORED,
    INTAKE_KNOWN,   /* the very same bytes are in the archive: nothing changed */
    INTAKE_SKIPPED, /* found in a folder, and no importer recognises it */
    INTAKE_FAILED   /* nothing of it was stored; `error` says why */
};

/* One source's line of the closing table; borrowed during the call. */
struct intake_line {
    str name;
    const struct importer *format; /* NULL if none was found */
    enum intake_state state;
    struct import_report report;
    struct write_result result;
    struct err error;
    enum time_basis basis;
    double seconds;
};

struct intake_progress {
    str name;
    uint64_t done_bytes, size_bytes, messages;
    double seconds;
};

struct intake_options {
    str format;    /* empty: detect */
    str zone_name; /* empty: none stated */
    int64_t now_ms; /* UTC, stored as the time of import */
    void (*progress)(void *context, const struct intake_progress *p); /* about ten times a second */
    void (*line)(void *context, const struct intake_line *l);         /* after each source */
    void *context;
    bool (*stop)(void *context); /* asked now and then: true leaves the archive as it was */
};

struct intake_total {
    size_t stored, known, skipped, failed;
    uint64_t messages, events, duplicates, issues, counted;
};

/* `paths`: files, folders (walked in byte order of names, links not followed inside), "-". A failed
   source does not stop the others; the status is OK if the run as a whole could be made. */
MUST_USE enum status intake_run(const char *archive_path, const char *const *paths, size_t count,
                                const struct intake_options *o, struct intake_total *out,
                                struct err *e);

#endif
