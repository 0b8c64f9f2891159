/*
 * What stands in a text besides words: links, @mentions, #tags, e-mail addresses, phone numbers,
 * numbers, emoji. One scan, used for `has:`, `mentions:` and `url:`.
 *
 *     struct link_scan s = link_scan_of(text);
 *     struct link l;
 *     while (link_next(&s, &l))
 *         if (l.kind == LINK_MENTION) ...
 */
#ifndef STET_LINKS_H
#define STET_LINKS_H

#include "str.h"

enum link_kind {
    LINK_URL,
    LINK_MENTION,
    LINK_TAG,
    LINK_EMAIL,
    LINK_PHONE,
    LINK_NUMBER,
    LINK_EMOJI
};

struct link {
    enum link_kind kind;
    size_t at,
        end; /* byte span; a mention or tag includes its sign, a URL excludes closing punctuation */
};

struct link_scan {
    str text;
    size_t at;
    size_t run_end;    /* up to here it is known that no address begins, */
    size_t digits_end; /* ... and no telephone number */
    size_t sign_end;   /* end of the last mention or tag */
    size_t link_end;   /* end of the last link: a URL may be glued to it */
};

struct link_scan link_scan_of(str text);
bool link_next(struct link_scan *s, struct link *out);

/* The host of a URL, lower case not applied: "https://www.example.org/a" -> "www.example.org". */
str link_host(str url);

/* Bit set of the kinds that stand in the text: 1u << LINK_URL and so on. */
uint32_t link_kinds(str text);

#endif
