/*
 * Occurrence numbers: the how-manieth of equal messages (same conversation, time, sender, text) a
 * message is within its part of a source. Equal messages share their time, and records come in order
 * of time, so only those of the last hours are remembered: three, because an hour of the clock may
 * come twice. Undated ones are remembered to the end.
 */
#ifndef STET_STORE_SEEN_H
#define STET_STORE_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What equals share. */
struct seen_key {
    int64_t time_ms;  /* the one that the content id is made of; TIME_NONE if undated */
    uint32_t content; /* content id of the first of equals */
    uint32_t part;
};

struct seen_entry {
    struct seen_key key;
    uint32_t next; /* occurrence number of the next; 0: free slot */
};

struct seen_table {
    struct seen_entry *entries;
    size_t mask, used;
};

/* `{0}` is empty. */
struct seen {
    struct seen_table now, before, undated;
    int64_t since_ms; /* `now` holds messages that sort from here on */
};

/* Where to read and write the next occurrence number of this message (0 at first; the caller stores
   what follows the one that it used). Borrowed until the next call. */
uint32_t *seen_next(struct seen *s, int64_t sort_ms, const struct seen_key *key);
void seen_free(struct seen *s);

#endif
