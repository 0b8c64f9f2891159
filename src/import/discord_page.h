/* What the pages and texts of DiscordChatExporter share. */
#ifndef IMPORT_DISCORD_PAGE_H
#define IMPORT_DISCORD_PAGE_H

#include "html_records.h"

extern const struct importer importer_discord_html, importer_discord_txt;

/* The channel's id in a file's name, "Guild - channel [1411904494295322715].html"; empty if none. */
str discord_channel_of(str path);

/* The instant that the id of a message holds, with the clock that its stamp was shown by; the stamp
   alone if the id is none. */
struct message_time discord_time(str id, str shown, const struct import_options *options);

/* Text, attachments, reactions, reply ...: all but conversation, sender and time. */
void discord_page_fill(struct html_records *r, const struct html_item *i, struct message *m);

#endif
