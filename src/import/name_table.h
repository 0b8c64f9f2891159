/* Names of ids, learnt from a source before its messages are read. */
#ifndef IMPORT_NAME_TABLE_H
#define IMPORT_NAME_TABLE_H

#include "arena.h"

enum { NAME_TABLE_MAX = 1 << 18 }; /* ids beyond are not kept */

struct name_entry {
    str key, name;
};

/* All zero is an empty table. */
struct name_table {
    struct arena arena;
    struct name_entry *slots; /* open addressing; a key without bytes is a free slot */
    size_t room, count;
};

void name_table_set(struct name_table *t, str key, str name); /* the last name stays */
str name_table_find(const struct name_table *t, str key);     /* empty if it is not known */
void name_table_free(struct name_table *t);

#endif
