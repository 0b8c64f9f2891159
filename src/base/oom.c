/*
 * Running out of memory is not a failure to recover from: half an import is worse than none, and
 * the archive's transactions make an abrupt end safe. The last words go out by write(2), because
 * the buffers of stdio may be what cannot be had.
 */
#include "oom.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void oom_give_up(const char *sentence)
{
    const char *const parts[] = {"stet: ", sentence, "\n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (write(STDERR_FILENO, parts[i], strlen(parts[i])) < 0)
            break;
    abort();
}

void oom_die(size_t size)
{
    char sentence[80];
    snprintf(sentence, sizeof sentence, "out of memory (%zu bytes more were needed)", size);
    oom_give_up(sentence);
}

void *oom_alloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        oom_die(size);
    return p;
}

void *oom_resize(void *p, size_t size)
{
    void *moved = realloc(p, size ? size : 1);
    if (!moved)
        oom_die(size);
    return moved;
}
