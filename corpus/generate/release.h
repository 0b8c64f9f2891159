/* The release in memory: its lines in order, before any form of writing. */
#ifndef CORPUS_RELEASE_H
#define CORPUS_RELEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum entry_kind { ENTRY_MESSAGE, ENTRY_EVENT, ENTRY_LATEST };

/*
 * `text` may hold LFs: continuation lines. Two LFs in a row are one blank line; three never occur.
 * `blank_after` puts one blank line between this entry and the next.
 */
struct entry {
    enum entry_kind kind;
    bool blank_after;
    int64_t local;
    const char *sender; /* borrowed from the cast; NULL unless a message */
    char *text;         /* owned */
};

struct release {
    struct entry *entries;
    size_t count, room;
};

/* Takes a copy of the text. */
void release_add(struct release *release, struct entry entry, const char *text);

/* Stable sort by local time: facts and events fall into their places. */
void release_sort(struct release *release);
void release_free(struct release *release);

/* The text form, then the page of a blog that holds it. Returns false when writing fails. */
bool write_text(const struct release *release, FILE *out);
bool write_html(const struct release *release, FILE *out);

#endif
