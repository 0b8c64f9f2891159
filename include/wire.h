/*
 * Records as bytes: for the pipe from the process that parses to the one that stores, and for the spool
 * in which records wait to be sorted. Whoever reads bytes that another process wrote trusts none of
 * them: lengths, enumerations, UTF-8 and offsets are checked, and what does not fit is ERR_FORMAT.
 *
 *     wire_put_message(&out, &m, &digest);
 *     if (wire_get_message(bytes, &w, &m, &digest, e) != OK) ...
 */
#ifndef STET_WIRE_H
#define STET_WIRE_H

#include "arena.h"
#include "buf.h"
#include "sink.h"

enum { WIRE_LIST_MAX = 100000, WIRE_VERSION = 1 }; /* entries of one list of a message */

/* Each appends one self-delimiting record. Raw bytes are not sent, only their digest. */
void wire_put_message(struct buf *out, const struct message *m, const struct sha256_digest *digest);
void wire_put_conversation(struct buf *out, const struct conversation *c);
void wire_put_participant(struct buf *out, const struct participant *p);
void wire_put_issue(struct buf *out, const struct issue *i);

/* Each reads exactly `bytes`. Slices of the outcome are borrowed from `bytes`, arrays are in `a`;
   m->raw is empty and m->raw_digest points to a digest in `a`. */
MUST_USE enum status wire_get_message(str bytes, struct arena *a, struct message *m, struct err *e);
MUST_USE enum status wire_get_conversation(str bytes, struct conversation *c, struct err *e);
MUST_USE enum status wire_get_participant(str bytes, struct participant *p, struct err *e);
/* issue.code becomes a copy in `a`; it must be letters and digits. */
MUST_USE enum status wire_get_issue(str bytes, struct arena *a, struct issue *i, struct err *e);

#endif
