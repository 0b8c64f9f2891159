/*
 * Facets of a search: who, where, what, when, each with its count, a link that narrows the search to
 * it and one that leaves it out. They work on the text of the query, so that what is on can be seen
 * and edited in the box.
 */
#ifndef WEB_FACETS_H
#define WEB_FACETS_H

#include "web.h"

struct facet_group {
    enum facet_by by;
    const char *heading, *word; /* for people; in addresses */
    const char *field;          /* of the language */
};
extern const struct facet_group facet_groups[];
extern const size_t facet_group_count;

/* What keys of facets are called. */
struct facet_names {
    struct participant_row *people;
    struct conversation_row *conversations;
    struct source_row *sources;
    size_t people_count, conversation_count, source_count;
};
MUST_USE enum status facet_names_read(struct web *w, struct facet_names *n, struct err *e);

/* False for what has no name that could be asked for. In the arena of `w`. */
bool facet_name(struct web *w, const struct facet_names *n, enum facet_by by, int64_t key,
                str *name);

MUST_USE enum status facets_draw(struct web *w, struct search *s, struct err *e);

/* `query` with `piece` added, or taken out if it stands there as a word of its own. */
str query_toggle(struct arena *a, str query, str piece);
bool query_has(str query, str piece);

/* The "date:..." that narrows all of the query; empty if there is none, or if it might not. */
str query_date(str query);

/* from:"Lirra Watch": a field with a value that may hold anything. */
str query_piece(struct arena *a, const char *field, str value);

#endif
