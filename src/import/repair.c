/* Bytes into text: valid UTF-8 without NUL, or U+FFFD where it was not, and a note of where. */
#include "repair.h"

#include "utf8.h"

bool repair_needed(str raw)
{
    return str_find_byte(raw, '\0') != STR_NONE || utf8_valid_prefix(raw) != raw.n;
}

static void note_bad(struct repair *r, uint64_t at, uint64_t bytes)
{
    if (!r->bad++) {
        r->bad_at = at;
        r->bad_bytes = bytes;
    }
}

static void note_nul(struct repair *r, uint64_t at)
{
    if (!r->nul++)
        r->nul_at = at;
}

void repair_text(struct buf *out, str raw, uint64_t at, struct repair *r)
{
    str rest = raw;
    while (rest.n) {
        const str good = str_sub(rest, 0, utf8_valid_prefix(rest));
        const size_t nul = str_find_byte(good, '\0');
        const str plain = nul == STR_NONE ? good : str_sub(good, 0, nul);
        buf_add(out, plain);
        rest = str_from(rest, plain.n);
        if (!rest.n)
            return;

        const uint64_t here = at + (raw.n - rest.n);
        buf_add_codepoint(out, UTF8_BAD);
        if (nul != STR_NONE) {
            note_nul(r, here);
            rest = str_from(rest, 1);
        } else {
            const size_t before = rest.n;
            utf8_next(&rest);
            note_bad(r, here, before - rest.n);
        }
    }
}
