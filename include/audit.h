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
#include "err.h"
#include "str.h"

enum { AUDIT_FINDINGS_MAX = 100 };

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
};

/* Reads every source again with the importer and the zone that read it, compares text, time, sender,
   place and hash of every record with what is stored, both ways, then the archive with itself
   (store_check). Never repairs. OK means that the audit could be made: look at finding_count for its
   result. A source that is gone is a finding; standard input, which nobody can read again, is not. */
MUST_USE enum status audit_run(const char *archive_path, struct arena *arena,
                               struct audit_report *out, struct err *e);

#endif
