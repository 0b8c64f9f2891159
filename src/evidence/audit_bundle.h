/*
 * One thing that was handed over, read again: all its files are there, because some say what others
 * mean, and those that became sources are compared.
 */
#ifndef STET_EVIDENCE_AUDIT_BUNDLE_H
#define STET_EVIDENCE_AUDIT_BUNDLE_H

#include "audit_compare.h"

struct audit {
    struct store *store;
    struct audit_report *report;
    struct findings findings;
};

/* Sources with the same bundle, zone and options, by path and then in the order of their
   imports. Fails only if the archive does; what cannot be read is a finding. */
MUST_USE enum status audit_bundle(struct audit *a, struct source_row *const *sources, size_t count,
                                  struct err *e);

#endif
