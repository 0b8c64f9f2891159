/*
 * A message as search and show print it.
 *
 *       2016-03-02 09:42:55  Harbour Watch                 1 min 48 s later  1524
 *           So the [dredging permit] is either back-dated or the hearing was theatre.
 */
#ifndef STET_PRINT_MESSAGE_H
#define STET_PRINT_MESSAGE_H

#include "cli.h"

struct message_look {
    const struct span *marks;
    size_t mark_count;
    bool brackets;               /* around the marks */
    bool soft;                   /* a neighbour, not the matter itself */
    bool arrow;                  /* "> " before it, where neighbours stand around it */
    int64_t since_previous_ms;   /* TIME_NONE: not said */
    const struct search *search; /* in whose zone its time is shown; NULL: as the source shows it */
};

void print_one_message(struct cli *c, const struct stored *m, const struct message_look *look);

/* The name of the conversation, as a heading. */
void print_conversation(struct cli *c, const struct stored *m);

#endif
