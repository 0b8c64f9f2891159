/* What the reader of Stet's own JSON Lines and the maker of messages share. */
#ifndef IMPORT_STET_JSONL_H
#define IMPORT_STET_JSONL_H

#include "arena.h"
#include "importer.h"
#include "json_value.h"

/* Fills all of `m` but its place from the object of a message; lists live in the arena, slices in what
   `v` stands on. NULL, or the name of the field for which it cannot be a message of Stet's. */
const char *stet_jsonl_message(const struct json_value *v, struct arena *a, struct message *m);

extern const struct importer importer_stet_jsonl;

#endif
