/* What the lists of people and of conversations share: order, first and last day, share. */
#ifndef STET_LIST_H
#define STET_LIST_H

#include "cli.h"

struct list_row {
    int64_t id;
    str name, key;
    str person, hands; /* of identity.h; empty: nothing is claimed or noted */
    uint64_t messages, events;
    int64_t first_wall_ms, last_wall_ms; /* TIME_NONE if it has none */
    int64_t participants;                /* of a conversation; -1 for a person */
};

struct list {
    const char *type;       /* of the JSON objects: "person" */
    const char *one, *many; /* "person", "people" */
    struct list_row *rows;
    size_t count;
    bool any_person; /* some row has a person or hands: then there is a column for them */
};

/* Sorts as --sort says (the rows come with most messages first) and prints. */
enum exit_status list_print(struct cli *c, struct list *l);

#endif
