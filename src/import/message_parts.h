/*
 * What a message gathers one by one: attachments, reactions, mentions, wordings. All lives in the
 * record's arena, and the flags that follow from a part are set with it.
 */
#ifndef IMPORT_MESSAGE_PARTS_H
#define IMPORT_MESSAGE_PARTS_H

#include "arena.h"
#include "importer.h"

void add_attachment(struct arena *a, struct message *m, struct attachment x);
void add_reaction(struct arena *a, struct message *m, struct reaction x);
void add_mention(struct arena *a, struct message *m, str key, str name);
void add_edit(struct arena *a, struct message *m, str text, int64_t utc_ms);

/* A file that the export names by its path beside the source; where it is there, with size and digest.
   `name` is the last part of the path if it is empty. Slices are borrowed: they live in the arena. */
void add_file(struct arena *a, struct message *m, enum attachment_kind kind, str name, str path,
              const struct import_options *options);

/* Something that hangs on a message and of which the export holds no file. */
void add_absent(struct arena *a, struct message *m, enum attachment_kind kind, str name);

/* The last part of a path; of an address, without what follows '?' or '#'. */
str path_name(str path);

#endif
