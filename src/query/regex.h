/*
 * Regular expressions over whole messages: PCRE2 with limits, so that a pattern can be slow but never
 * hang, and "too costly" is never taken for "not there".
 *
 * Classes are those of Unicode (\w, \b ...) if the pattern uses \w, \b or a POSIX class; \d and \s by
 * themselves stay those of ASCII, which is thirty times as fast. "." is any character but a line feed.
 */
#ifndef STET_QUERY_REGEX_H
#define STET_QUERY_REGEX_H

#include "ast.h"

enum { REGEX_MAX_BYTES = 1024 };

struct regex;

/* ERR_QUERY with the place in `pattern`. The regex is put before those in *list. */
MUST_USE enum status regex_compile(struct regex **out, struct regex **list, str pattern,
                                   bool ignore_case, struct err *e);
void regex_free_all(struct regex *list);
bool regex_ignores_case(const struct regex *r);

/* The next match at or behind *at, which moves on to its end; *found false if there is none. `text` is
   valid UTF-8. ERR_LIMIT if the pattern is too costly for this text. */
MUST_USE enum status regex_next(struct regex *r, str text, size_t *at, struct span *match,
                                bool *found, struct err *e);

/* What the index can be asked for first: texts that stand in every message that the pattern matches, as
   bytes_cover gives them, in the arena; none if nothing is known. */
struct text *regex_cover(const struct regex *r, struct arena *a, size_t *count);

#endif
