/*
 * A list of names against an archive: who is mentioned, by whom, when, how often. A name is found where
 * all of its words stand side by side, whatever their case and accents, as an @handle, and where the
 * source itself marks a mention of somebody who is called so. That a name stands there does not say
 * that this very person is meant.
 *
 *     struct watched *names;
 *     size_t count;
 *     st = watch_read(&names, &count, file_text, &arena, e);
 *     watch_transliterate(&names[0], &arena);                       // if asked for
 *     st = watch_find(store, names, count, &arena, e);              // fills the rest
 */
#ifndef STET_WATCH_H
#define STET_WATCH_H

#include "arena.h"
#include "store.h"

enum { WATCHED_MAX = 10000, SPELLINGS_MAX = 32, NAME_BYTES_MAX = 400 };

struct spelled {
    str text;
    const char *how;   /* "name", "alias", or the script of a transliteration */
    uint64_t messages; /* in which it stands */
};

struct mentioner {
    int64_t participant; /* 0: the system */
    str name, person;    /* the handle's name; the person it was joined to, or empty */
    uint64_t messages;
};

struct watched {
    int line; /* of the list */
    struct spelled spellings[SPELLINGS_MAX];
    size_t spelling_count;
    /* by watch_find: */
    int64_t *rows; /* ascending */
    size_t row_count;
    struct mentioner *by; /* most first */
    size_t by_count;
    int64_t first_wall_ms, last_wall_ms; /* TIME_NONE if none is dated */
};

/* "Ines Rautenberg; Rautenberg; @irau" a line; empty lines and those that begin with # are passed over.
   ERR_QUERY with the number of the line that cannot be used. In the arena, which needs `text`. */
MUST_USE enum status watch_read(struct watched **out, size_t *count, str text, struct arena *a,
                                struct err *e);

/* Adds each spelling's forms in other scripts. */
void watch_transliterate(struct watched *w, struct arena *a);

MUST_USE enum status watch_find(struct store *s, struct watched *names, size_t count,
                                struct arena *a, struct err *e);

#endif
