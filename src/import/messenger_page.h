/* What Facebook's and Instagram's pages share. */
#ifndef IMPORT_MESSENGER_PAGE_H
#define IMPORT_MESSENGER_PAGE_H

#include "html_records.h"
#include "written_order.h"

extern const struct importer importer_messenger_html, importer_messenger_htm;

/* Pictures, videos, sounds and links to files at or below `node`. */
void messenger_add_media(struct html_records *r, const struct html_node *node, struct message *m);

/* Is it a date with a time of day, and nothing else? */
bool messenger_is_date(str text);
/* The class by which Facebook has marked the time of a message since 2018. */
bool messenger_dates(str classes);

/* Where the records of a page begin, found in a look ahead: its classes are made up anew now and
   then, so that a record is known by its shape. It is the innermost element that holds the time of a
   message and something before it. */
struct messenger_places {
    uint64_t *starts; /* offsets of start tags, ascending */
    size_t count, cap;
    bool by_class; /* by messenger_dates, not by how texts look */
    struct written_order dates;
};
MUST_USE enum status messenger_find(struct messenger_places *out, struct source *source,
                                    struct err *e);
void messenger_places_free(struct messenger_places *p);

#endif
