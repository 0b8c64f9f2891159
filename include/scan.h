/*
 * Every message of an archive once, in order of its number, with what tells one from another: for work
 * on all of them, a few times faster than asking for each.
 *
 *     struct scan *sc;
 *     struct scanned m;
 *     if (scan_open(&sc, store, e) != OK) ...
 *     while ((step = scan_next(sc, &m, e)) == STEP_ROW) ...
 *     scan_close(sc);
 */
#ifndef STET_SCAN_H
#define STET_SCAN_H

#include "store.h"

struct scanned {
    int64_t row, conversation_id, sender_id, source_id;
    enum message_kind kind;
    uint32_t flags;
    struct message_time time;
    uint64_t at;      /* bytes, of its first place */
    str member, text; /* borrowed until the next call, as is the sender's name */
    str sender_name;  /* as shown; empty for the system */
};

struct scan;
MUST_USE enum status scan_open(struct scan **out, struct store *s, struct err *e);
enum step scan_next(struct scan *sc, struct scanned *out, struct err *e);
void scan_close(struct scan *sc); /* NULL is fine */

#endif
