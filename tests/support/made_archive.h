/*
 * A small archive of generated messages, for tests of searching: a few senders in two
 * conversations, short texts from a small vocabulary in which words, marks, scripts and links meet
 * in many ways. The same at every run. Row n is message n - 1. There are two sources, "first" and
 * "second".
 */
#ifndef STET_TESTS_MADE_ARCHIVE_H
#define STET_TESTS_MADE_ARCHIVE_H

#include "store.h"

struct made_message {
    const char *sender, *conversation;
    char bytes[400];
    str text; /* slice of bytes */
    int64_t wall_ms;
    uint32_t flags;
    enum message_kind kind;
    bool in_first, in_second; /* the sources in which it stands */
};

/* MADE_IN_ORDER: the first source holds the first half, the second goes on from there, and the last
   ten of the first are in both. MADE_MIXED: each holds every other message, so that row ids are not
   in order of time, and every tenth of the first is in both. */
enum made_order { MADE_IN_ORDER, MADE_MIXED };

struct made_archive;
/* Ends the program if it cannot be made. */
struct made_archive *made_archive_open(size_t messages, enum made_order order);
struct store *made_archive_store(struct made_archive *a);
const char *made_archive_path(const struct made_archive *a);
void made_archive_close(struct made_archive *a); /* and removes it */

size_t made_archive_count(void);
const struct made_message *made_archive_message(size_t i);

/* A property by its name in is:, has: or kind:, as the message was made. */
bool made_archive_has(const struct made_message *m, const char *property);

#endif
