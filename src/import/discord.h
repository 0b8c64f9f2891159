/*
 * Discord in JSON and in tables, shared by its importers: messages as DiscordChatExporter writes them
 * (discord_json.c, discord_message.c), its tables (discord_csv.c), and the data package that Discord
 * itself sends to a user (discord_package.c). Pages and texts are in discord_page.h.
 */
#ifndef IMPORT_DISCORD_H
#define IMPORT_DISCORD_H

#include "arena.h"
#include "counted.h"
#include "importer.h"
#include "json_records.h"

#define DISCORD_EPOCH_MS INT64_C(1420070400000) /* of all ids */

/* A message of an exporter's JSON: all but its conversation. */
struct discord_context {
    const struct import_options *options;
    struct arena *arena; /* of the record */
    struct counted *no_time;
};
void discord_fill(const struct discord_context *c, struct message *m, const struct json_value *v);

/* "discord:530805775262679064", in the arena. */
str discord_key(struct arena *a, str channel_id);

/* Addresses of attachments, parted by blanks or commas, as tables have them. */
void discord_add_files(struct arena *a, struct message *m, str addresses,
                       const struct import_options *options);
void discord_add_file(struct arena *a, struct message *m, str name, str address, int64_t size,
                      const struct import_options *options);

extern const struct importer importer_discord_json, importer_discord_csv, importer_discord_package,
    importer_discord_package_csv;

#endif
