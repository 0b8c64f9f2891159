/* Numbers, dates and names as people read them, made of an arena's memory. */
#ifndef STET_WORDS_H
#define STET_WORDS_H

#include "arena.h"
#include "buf.h"
#include "store.h"

/* "11,276", with a NUL behind it. */
str number_text(struct arena *a, uint64_t n);
str count_text(struct arena *a, uint64_t n, const char *one, const char *many); /* "1 message" */
str size_text(struct arena *a, uint64_t bytes);                                 /* "1.7 MB" */
str date_text(struct arena *a, int64_t wall_ms);             /* "2 May 2015"; "undated" */
str stamp_text(struct arena *a, int64_t wall_ms);            /* "2015-05-02 09:41:07"; "undated" */
str span_text(struct arena *a, int64_t first_wall_ms,
              int64_t last_wall_ms); /* "2015-05-02 to ..." */

str sender_text(const struct message *m); /* the name as shown; "(system)" if nobody wrote it */
str person_text(struct arena *a,
                const struct stored *m); /* "noll (Ines Rautenberg)": with whom the handle is joined */
str conversation_text(const struct stored *m); /* the title, otherwise the key */
str basis_text(enum time_basis basis);         /* how the instant is known, in words */

/* A word for a POSIX shell, in quotation marks if it needs any. */
str shell_word(struct arena *a, str word);

#endif
