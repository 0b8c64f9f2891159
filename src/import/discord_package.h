/* Discord's own data package: what its two forms, JSON and tables, share. */
#ifndef IMPORT_DISCORD_PACKAGE_H
#define IMPORT_DISCORD_PACKAGE_H

#include "arena.h"
#include "counted.h"
#include "importer.h"

struct package {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena, record; /* of the source and of the record at hand */
    str key, title, sender, sender_name;
    const char *type;
    bool loose;
    struct counted no_time, no_id;
};

/* Finds out whose package and which channel it is, and tells the conversation. `sink` and `options`
   are set. */
MUST_USE enum status package_open(struct package *p, struct source *source, struct err *e);

struct package_row {
    str id, timestamp, contents, attachments;
};
void package_fill(struct package *p, struct message *m, const struct package_row *row);

MUST_USE enum status package_close(struct package *p, struct err *e); /* tells what was odd */
void package_free(struct package *p);

/* Files of a package that are read with its messages. */
bool package_companion(str prefix, str name);

#endif
