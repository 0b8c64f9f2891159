/* Growing text: room doubles, content stays NUL-terminated. */
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *allocate(size_t size_bytes)
{
    void *p = malloc(size_bytes);
    if (!p) {
        fputs("corpus-generate: out of memory\n", stderr);
        abort();
    }
    return p;
}

void text_add(struct text *t, const char *bytes, size_t length)
{
    if (t->length + length + 1 > t->room) {
        size_t room = t->room ? t->room : 256;
        while (room < t->length + length + 1)
            room *= 2;
        char *grown = allocate(room);
        if (t->length)
            memcpy(grown, t->bytes, t->length);
        free(t->bytes);
        t->bytes = grown;
        t->room = room;
    }
    if (length)
        memcpy(t->bytes + t->length, bytes, length);
    t->length += length;
    t->bytes[t->length] = '\0';
}

void text_puts(struct text *t, const char *s)
{
    text_add(t, s, strlen(s));
}

void text_char(struct text *t, char c)
{
    text_add(t, &c, 1);
}

void text_number(struct text *t, long long n)
{
    char digits[24];
    const int length = snprintf(digits, sizeof digits, "%lld", n);
    text_add(t, digits, (size_t)length);
}

void text_clear(struct text *t)
{
    t->length = 0;
    text_add(t, "", 0);
}

void text_free(struct text *t)
{
    free(t->bytes);
    *t = (struct text){0};
}

char *string_copy(const char *s)
{
    const size_t size_bytes = strlen(s) + 1;
    return memcpy(allocate(size_bytes), s, size_bytes);
}
