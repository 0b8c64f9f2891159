/* Auditing bytes without reading what they say: no parser is needed for it. */
#ifndef STET_EVIDENCE_AUDIT_BYTES_H
#define STET_EVIDENCE_AUDIT_BYTES_H

#include "audit_bundle.h"

/* The SHA-256 of each source file against the one at its import. */
MUST_USE enum status audit_hash_sources(struct audit *a, struct err *e);

/* The bytes of messages chosen by chance, at their places, against the hash of each. */
MUST_USE enum status audit_sample(struct audit *a, const struct audit_options *o, struct err *e);

#endif
