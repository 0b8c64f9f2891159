/*
 * What an import is given: files, folders and standard input, as a flat list in a stable order.
 */
#ifndef STET_ARCHIVE_INTAKE_WALK_H
#define STET_ARCHIVE_INTAKE_WALK_H

#include "arena.h"

struct candidate {
    const char *path; /* absolute; "-" for standard input; as given if it cannot be found */
    str name;         /* for people */
    bool in_folder;   /* found by walking, not named by the user */
    const char *skip; /* why it is not even tried; NULL otherwise */
};

enum { WALK_DEPTH_MAX = 64, WALK_FILES_MAX = 1000000 };

/* Folders are walked in byte order of names. Hidden files, symbolic links and what is neither file
   nor folder inside them are listed with `skip`. ERR_LIMIT past the ceilings above. The array and all
   in it live in the arena. */
MUST_USE enum status walk(const char *const *paths, size_t count, struct arena *a,
                          struct candidate **out, size_t *found, struct err *e);

#endif
