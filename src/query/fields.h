/*
 * The fields of the language, one row each: name, what value it takes, how the value is read, what
 * filter it becomes, and a line of help. A new field is a row in fields.c, with a function that
 * reads its value there and one that makes a filter of it in lower_fields.c.
 */
#ifndef STET_QUERY_FIELDS_H
#define STET_QUERY_FIELDS_H

#include "ast.h"

struct planner;
struct filter;

struct field {
    const char *name;
    const char *alias_of; /* canonical name if this is another way to write it, else NULL */
    const char *value;    /* for people: "NAME", "DATE" */
    const char *help;
    bool takes_prefix;   /* value* */
    bool compares;       /* takes > or < in place of a colon */
    bool value_is_range; /* printed as a range of dates */

    /* Reads n->value.text into n->value; errors point at n->value_at. */
    enum status (*parse)(struct node *n, struct query *q, struct err *e);
    /* The value in canonical spelling; NULL: as typed. */
    str (*print)(const struct node *n, char out[2 * CIVIL_TEXT]);
    /* The filter that it becomes; unknown names fail here. */
    enum status (*lower)(struct planner *p, const struct node *n, struct filter **out,
                         struct err *e);
};

const struct field *field_find(str name); /* any case; NULL if there is none */
const struct field *field_canonical(const struct field *f);

/* "to: is not known ..." with the nearest field or the list as hint. */
enum status field_unknown(str name, size_t at, struct err *e);

/* has:link, kind:call ... for a flag or kind; nothing if no choice asks for just that. */
void field_add_choice(struct buf *out, enum facet_by by, int64_t key);

/* "90s", "10m", "2h", "3d", "1w" */
bool field_read_duration(str text, int64_t *ms);

/* The value in canonical spelling: borrowed from n or written to `out`. */
str field_canonical_value(const struct node *n, char out[2 * CIVIL_TEXT]);
void field_print_duration(int64_t ms, struct buf *out);
void field_print_number(const struct node *n, struct buf *out);

#endif
