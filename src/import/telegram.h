/* What the two formats of Telegram Desktop share. */
#ifndef IMPORT_TELEGRAM_H
#define IMPORT_TELEGRAM_H

#include "html_records.h"

extern const struct importer importer_telegram_json, importer_telegram_json_list;
extern const struct importer importer_telegram_html;

/* Fills in a message of a page: all but conversation, sender and place. */
void telegram_html_fill(struct html_records *r, const struct html_item *i, struct message *m);

/* How Telegram writes the sender above a message: "noll via @sticker" is noll. */
str telegram_html_sender(struct html_records *r, const struct html_node *message);

#endif
