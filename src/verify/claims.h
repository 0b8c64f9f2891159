/*
 * What a writer claims beside the wording: who said it, and when. Judged apart from the wording.
 */
#ifndef STET_VERIFY_CLAIMS_H
#define STET_VERIFY_CLAIMS_H

#include "verify.h"

struct names {
    const struct participant_row *rows;
    size_t count;
    const struct person *persons; /* identity.h: a claim may name the person instead of a handle */
    size_t person_count;
};

/* The participant whom a claim plainly names ("the WikiLeaks account", "Emmy B"); 0 if it names nobody of
   this archive, or somebody through somebody else. Of a person the first handle. */
int64_t claim_sender(const struct names *names, str claimed);

/* Does the claimed speaker ("the WikiLeaks account", "Emmy B") name this sender? Agrees if the sender's
   name stands in it as whole words; differs if another participant's does; otherwise unverifiable:
   a person's name proves nothing about an account. */
enum agreement claim_speaker(const struct names *names, str claimed, int64_t sender_id);

/* Is the claimed time that of the message: as shown, in UTC, or in the zone given (tried in this order)?
   *zone names the one it agrees in when it is not the time as shown. */
enum agreement claim_date(const struct claim *c, const struct message_time *t, str *zone);

#endif
