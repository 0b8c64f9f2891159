/* A growing piece of text, NUL-terminated at every moment. Out of memory aborts. */
#ifndef CORPUS_TEXT_H
#define CORPUS_TEXT_H

#include <stddef.h>

struct text {
    char *bytes;
    size_t length, room;
};

void text_add(struct text *t, const char *bytes, size_t length);
void text_puts(struct text *t, const char *s);
void text_char(struct text *t, char c);
void text_number(struct text *t, long long n);
void text_clear(struct text *t);
void text_free(struct text *t);

/* A copy of a string that the caller frees. */
char *string_copy(const char *s);

/* malloc that aborts when there is nothing left. */
void *allocate(size_t size_bytes);

#endif
