/*
 * The tokenizer `stet` of FTS5: glue over tokenize.h.
 *
 * For a text of the archive every token of tokenize.h is given; those that share a place are
 * colocated. For a query, a string that is one whole @handle or #tag gives that token alone, any
 * other string gives its words without wholes, so that the strings of a MATCH are always phrases of
 * plain tokens.
 */
#ifndef STET_STORE_FTS_TOKENIZER_H
#define STET_STORE_FTS_TOKENIZER_H

#include "err.h"
#include "str.h"

struct sqlite3;

/* Where the tokenizer leaves the number of words of the text that it saw last: what
   tokenize_count would give, without a second pass over the text. */
struct fts_words {
    uint32_t count;
};

/* Registers it on a connection; `words` must outlive that. False if this SQLite has no FTS5. */
bool fts_tokenizer_register(struct sqlite3 *db, struct fts_words *words);

#endif
