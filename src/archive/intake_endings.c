/* The endings met most often come first; of rare ones only the number is told. */
#include "intake_endings.h"

#include "buf.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 6 };

/* The ending of a name in small letters, empty if it has none or one that does not look like
   one. */
static void ending_of(str path, char out[ENDING_BYTES])
{
    size_t at = path.n, n = 0;
    out[0] = '\0';
    while (at > 0 && path.p[at - 1] != '.' && path.p[at - 1] != '/')
        at--;
    if (at < 2 || path.p[at - 1] != '.' || path.n - at + 2 > ENDING_BYTES)
        return;
    out[n++] = '.';
    for (; at < path.n; at++) {
        const unsigned char c = (unsigned char)path.p[at];
        if (!isalnum(c)) {
            out[0] = '\0';
            return;
        }
        out[n++] = (char)tolower(c);
    }
    out[n] = '\0';
}

void endings_add(struct endings *n, str path)
{
    char ending[ENDING_BYTES];
    ending_of(path, ending);
    n->total++;
    for (size_t i = 0; i < n->count; i++)
        if (strcmp(n->items[i].text, ending) == 0) {
            n->items[i].count++;
            return;
        }
    if (n->count == ENDINGS_MAX || !ending[0]) {
        n->others++;
        return;
    }
    memcpy(n->items[n->count].text, ending, sizeof ending);
    n->items[n->count++].count = 1;
}

/* Of those not said yet the one met most often; of equals the one met first. */
static size_t next_most(const struct endings *n, const bool *said)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n->count; i++)
        if (!said[i] && (best == SIZE_MAX || n->items[i].count > n->items[best].count))
            best = i;
    return best;
}

str endings_say(const struct endings *n, struct arena *a)
{
    bool said[ENDINGS_MAX] = {false};
    uint64_t left = n->total;
    struct buf b = buf_new(BUF_LINE_MAX);
    buf_addf(&b, "%" PRIu64 " %s no messages that Stet knows:", n->total,
             n->total == 1 ? "member holds" : "members hold");
    for (size_t i = 0; i < SHOWN; i++) {
        const size_t best = next_most(n, said);
        if (best == SIZE_MAX)
            break;
        said[best] = true;
        left -= n->items[best].count;
        buf_addf(&b, "%s %" PRIu64 " %s", i ? "," : "", n->items[best].count, n->items[best].text);
    }
    if (left)
        buf_addf(&b, "%s %" PRIu64 " %s", left < n->total ? "," : "", left,
                 left < n->total ? "others" : "of other kinds");
    const str text = arena_dup(a, buf_str(&b));
    buf_free(&b);
    return text;
}
