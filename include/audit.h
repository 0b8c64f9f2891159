/*
 * Audit: proving that an archive still says what its sources say.
 *
 *     struct arena arena = {0};
 *     struct audit_report report;
 *     if (audit_run("archive.stet", &arena, &report, e) != OK) ...
 *     for (size_t i = 0; i < report.finding_count && i < AUDIT_FINDINGS_MAX; i++)
 *         printf(STR_FMT "\n", STR_ARG(report.findings[i].what));
 *     printf("%s\n", report.finding_count ? "it does not" : "it does");
 *     arena_free(&arena);
 */
#ifndef STET_AUDIT_H
#define STET_AUDIT_H

#include "arena.h"
#include "custody.h"
#include "err.h"
#include "str.h"

enum { AUDIT_FINDINGS_MAX = 100 };

/* How much is looked at; each level says which of the report's numbers it fills. */
enum audit_level {
    AUDIT_ALL,     /* everything: sources read again record by record, then as AUDIT_QUICK */
    AUDIT_QUICK,   /* the archive with itself: tables, index, the log and its roots; no source */
    AUDIT_SOURCES, /* the SHA-256 of every source file, and nothing else: `sources` */
    AUDIT_SAMPLE   /* the bytes of some messages in their sources: `sampled` */
};
struct audit_options {
    enum audit_level level;
    uint64_t sample; /* AUDIT_SAMPLE: how many messages; all if there are fewer */
    uint64_t seed;   /* which; the same seed chooses the same */
};

struct audit_finding {
    int64_t row; /* 0 if it is not about one message */
    int64_t source_id;
    str what; /* one sentence */
};

struct audit_report {
    uint64_t messages, proved;        /* rows in the archive; rows equal to their source again */
    uint64_t sources, sources_unread; /* unread: the file is not there any more, standard input */
    uint64_t witnesses, witnesses_proved;
    uint64_t finding_count;               /* all of them */
    const struct audit_finding *findings; /* the first AUDIT_FINDINGS_MAX, in the arena */
    bool index_checked; /* false if the archive may not be written to: FTS5 is asked through it */
    bool index_agrees;
    bool custody_checked; /* AUDIT_ALL, AUDIT_QUICK; what does not fit is a finding as well */
    struct custody_verdict custody;
    uint64_t sampled, sampled_same; /* messages whose bytes were read again; with the same hash */
    uint64_t inside;                /* chosen, but inside an archive file, where they are not looked for */
};

/* Reads every source again with the importer and the zone that read it, compares text, time, sender,
   place and hash of every record with what is stored, both ways, then the archive with itself
   (store_check). Never repairs. OK means that the audit could be made: look at finding_count for its
   result. A source that is gone is a finding; standard input, which nobody can read again, is not. */
MUST_USE enum status audit_run(const char *archive_path, struct arena *arena,
                               struct audit_report *out, struct err *e);

/* The same at another level. */
MUST_USE enum status audit_run_level(const char *archive_path, const struct audit_options *o,
                                     struct arena *arena, struct audit_report *out, struct err *e);

#endif
