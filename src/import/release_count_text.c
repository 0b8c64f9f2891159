/*
 * The independent counter of a group chat release in text form: a dumb scan of raw bytes that shares
 * nothing with the reader, so that a reader that loses a record is caught.
 */
#include "release.h"

#include <string.h>

enum { HEAD_BYTES = 26 }; /* a byte order mark and "[dddd-dd-dd dd:dd:dd] <" */

static bool line_counts(const char *p, size_t n)
{
    static const char event[] = "[DMConversationEntry]";
    static const unsigned char punctuation[] = {5,  '-', 8,  '-', 11, ' ', 14, ':',
                                                17, ':', 20, ']', 21, ' ', 22, '<'};
    if (n >= sizeof event - 1 && memcmp(p, event, sizeof event - 1) == 0)
        return true;
    if (n < 23 || p[0] != '[')
        return false;
    for (size_t i = 0; i < sizeof punctuation; i += 2)
        if (p[punctuation[i]] != (char)punctuation[i + 1])
            return false;
    size_t digits = 0;
    for (size_t i = 1; i < 20; i++)
        digits += p[i] >= '0' && p[i] <= '9';
    return digits == 14;
}

/* state[0]: bytes of this line's head in `line`; state[1]: the head is complete; state[2]: lines */
static void judge_line(struct counter *c)
{
    const bool marked = !c->state[2] && c->state[0] >= 3 && memcmp(c->line, "\xEF\xBB\xBF", 3) == 0;
    const size_t skip = marked ? 3 : 0;
    c->records += line_counts(c->line + skip, c->state[0] - skip);
}

void release_count_text(struct counter *c, str bytes)
{
    if (!bytes.n && !c->state[1])
        judge_line(c);
    for (const char *p = bytes.p, *end = p + bytes.n; p < end;) {
        const char *lf = memchr(p, '\n', (size_t)(end - p));
        const size_t here = (size_t)((lf ? lf : end) - p);
        if (!c->state[1]) {
            const size_t room = HEAD_BYTES - c->state[0];
            const size_t n = here < room ? here : room;
            memcpy(c->line + c->state[0], p, n);
            c->state[0] += n;
            c->state[1] = lf || n == room;
            if (c->state[1])
                judge_line(c);
        }
        if (!lf)
            return;
        c->state[0] = c->state[1] = 0;
        c->state[2]++;
        p = lf + 1;
    }
}
