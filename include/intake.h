/*
 * Intake: bringing sources into an archive (audit.h proves afterwards that it still says what they
 * say). Apart from archive.h because only programs that hold parsers of untrusted files link it.
 *
 *     struct intake_options o = {.zone_name = STR("America/New_York"), .now_ms = now};
 *     struct intake_total total;
 *     st = intake_run("archive.stet", paths, path_count, &o, &total, e);
 *
 * Each path is one bundle (bundle.h): a file, a folder with all in it, an archive file. What is
 * stored of it is stored at once, or, if it is very large, file after file.
 */
#ifndef STET_INTAKE_H
#define STET_INTAKE_H

#include "audit.h"
#include "importer.h"
#include "store.h"

enum intake_state {
    INTAKE_STORED,
    INTAKE_KNOWN,     /* the very same bytes are in the archive: nothing changed */
    INTAKE_COMPANION, /* no messages itself; read beside those of its format */
    INTAKE_SKIPPED,   /* found in a folder, and no importer recognises it */
    INTAKE_FAILED     /* nothing of it was stored; `error` says why */
};

/* The line of one file in the closing table; borrowed during the call. */
struct intake_line {
    str name;
    str bundle; /* name of the path of which it is a part; its own if it was named itself */
    size_t bundle_files;           /* how many files that has */
    const struct importer *format; /* of its first member; NULL if none was found */
    enum intake_state state;
    struct import_report report;
    struct write_result result;
    const struct err *error; /* NULL: none */
    enum time_basis basis;   /* the weakest of any dated message */
    double seconds;
};

struct intake_progress {
    str name;                        /* of the file being read */
    uint64_t done_bytes, size_bytes; /* of all that was handed over */
    uint64_t messages;               /* so far */
    double seconds;
};

/* --tz PATH=ZONE: `path` as it stands among the paths. */
struct intake_zone {
    const char *path;
    str zone_name;
};

struct intake_options {
    str format;                      /* empty: detect */
    str zone_name;                   /* empty: none stated */
    const struct intake_zone *zones; /* for single paths, instead of zone_name */
    size_t zone_count;
    str date_order, owner, map; /* as in import_options; empty */
    const char *names_path;     /* NULL */
    bool unconfined;            /* for tests and debuggers: parsers in this process */
    int64_t now_ms;             /* UTC, stored as the time of import */
    void (*progress)(void *context, const struct intake_progress *p); /* about ten times a second */
    void (*line)(void *context, const struct intake_line *l);         /* after each file */
    void *context;
    bool (*stop)(void *context); /* asked now and then: true leaves the archive as it was */
};

/* Issues of one code, added up; the texts are those of the first. */
enum { INTAKE_KINDS_MAX = 64 };
struct intake_kind {
    char code[48];
    enum issue_severity severity; /* the worst */
    uint64_t count;
    char what[240], way_out[240];
};
struct intake_kinds {
    struct intake_kind items[INTAKE_KINDS_MAX];
    size_t count;
    uint64_t others; /* issues of more kinds than that */
};

struct intake_total {
    size_t stored, known, companions, skipped, failed;
    uint64_t messages, events, duplicates, issues, counted;
    struct intake_kinds kinds; /* of what was stored */
};

/* `paths`: files, folders (walked in byte order of names, links not followed inside), "-". A failed
   file does not stop the others; the status is OK if the run as a whole could be made. ERR_MISSING,
   ERR_QUERY: an option that makes no sense. */
MUST_USE enum status intake_run(const char *archive_path, const char *const *paths, size_t count,
                                const struct intake_options *o, struct intake_total *out,
                                struct err *e);

#endif
