/*
 * What users hand over: files, folders and standard input, as a flat list in a stable order.
 *
 *     struct walk_file *files;
 *     size_t count;
 *     if (walk(paths, path_count, &arena, &files, &count, e) != OK) ...
 */
#ifndef STET_WALK_H
#define STET_WALK_H

#include "arena.h"

struct walk_file {
    const char *path; /* absolute; "-" for standard input; as given if it cannot be found */
    str name;         /* for people */
    uint64_t size;    /* in bytes; 0 if it cannot be told */
    bool in_folder;   /* found by walking, not named by the user */
    const char *skip; /* why it is not even tried; NULL otherwise */
    size_t argument;  /* under which of the paths given */
};

enum { WALK_DEPTH_MAX = 64, WALK_FILES_MAX = 1000000 };

/* What a path given means: absolute, without links in it; as given if it cannot be found. In
   `a`. */
const char *walk_real_path(const char *given, struct arena *a);

/* The last part of a path, for people. */
str walk_last_part(const char *path);

/* Folders are walked in byte order of names. Hidden files, symbolic links and what is neither
   file nor folder inside them are listed with `skip`. ERR_LIMIT past the ceilings above. The
   array and all in it live in the arena. */
MUST_USE enum status walk(const char *const *paths, size_t count, struct arena *a,
                          struct walk_file **out, size_t *found, struct err *e);

#endif
