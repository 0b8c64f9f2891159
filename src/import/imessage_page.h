/* A message of imessage-exporter's pages. */
#ifndef IMPORT_IMESSAGE_PAGE_H
#define IMPORT_IMESSAGE_PAGE_H

#include "html_records.h"

extern const struct importer importer_imessage_html;

/* All but conversation and place; replies below it are not looked at. */
void imessage_page_fill(struct html_records *r, const struct html_node *root, struct message *m);

#endif
