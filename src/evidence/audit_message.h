/* One record against what is stored of it. */
#ifndef STET_EVIDENCE_AUDIT_MESSAGE_H
#define STET_EVIDENCE_AUDIT_MESSAGE_H

#include "message.h"

/* In what they differ first, in words that go before "is not what ... says"; NULL if in nothing.
   The identity is what makes a message the same in another source: who, where, when as shown,
   what. */
const char *identity_difference(const struct message *stored, const struct message *read);
const char *detail_difference(const struct message *stored, const struct message *read);

#endif
