/* Entries in an array that doubles; a stable merge sort puts them in order of time. */
#include "release.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

void release_add(struct release *release, struct entry entry, const char *text)
{
    if (release->count == release->room) {
        const size_t room = release->room ? release->room * 2 : 1024;
        struct entry *grown = allocate(room * sizeof *grown);
        if (release->count)
            memcpy(grown, release->entries, release->count * sizeof *grown);
        free(release->entries);
        release->entries = grown;
        release->room = room;
    }
    entry.text = string_copy(text);
    release->entries[release->count++] = entry;
}

static void merge(struct entry *to, const struct entry *from, size_t middle, size_t count)
{
    size_t left = 0, right = middle;
    for (size_t i = 0; i < count; i++) {
        const bool take_left =
            left < middle && (right == count || from[left].local <= from[right].local);
        to[i] = take_left ? from[left++] : from[right++];
    }
}

static void sort(struct entry *entries, struct entry *scratch, size_t count)
{
    if (count < 2)
        return;
    const size_t middle = count / 2;
    sort(entries, scratch, middle);
    sort(entries + middle, scratch, count - middle);
    memcpy(scratch, entries, count * sizeof *entries);
    merge(entries, scratch, middle, count);
}

void release_sort(struct release *release)
{
    struct entry *scratch = allocate((release->count + 1) * sizeof *scratch);
    sort(release->entries, scratch, release->count);
    free(scratch);
}

void release_free(struct release *release)
{
    for (size_t i = 0; i < release->count; i++)
        free(release->entries[i].text);
    free(release->entries);
    *release = (struct release){0};
}
