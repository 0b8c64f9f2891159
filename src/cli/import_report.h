/*
 * What stet import prints: a line for each file, or for each folder that has many; then what all of
 * them add up to, and the issues by their kinds with the way out of each.
 */
#ifndef STET_IMPORT_REPORT_H
#define STET_IMPORT_REPORT_H

#include "cli.h"
#include "intake.h"

struct import_group {
    str name;
    size_t files, stored, known, companions, skipped, failed;
    struct import_report report;
    uint64_t issues, duplicates;
    const struct importer *format; /* of the first that was stored */
    bool mixed;                    /* of more than one format */
    double seconds;
};

struct import_report_state {
    struct cli *c;
    struct import_group group; /* the folder whose lines are being added up; no files: none */
    str assumed;               /* the first file whose zone was assumed */
    size_t assumed_count;      /* how many there are */
};

void import_report_line(struct import_report_state *s, const struct intake_line *l);
/* After the last line. */
void import_report_flush(struct import_report_state *s);

MUST_USE enum status import_report_total(struct import_report_state *s,
                                         const struct intake_total *t, struct err *e);
void import_report_json_total(struct cli *c, const struct intake_total *t);

#endif
