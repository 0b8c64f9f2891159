/* FTS5's tokenizer interface (https://www.sqlite.org/fts5.html, section 7.1) over tokenize.h. */
#include "fts_tokenizer.h"

#include <sqlite3.h>

#include "tokenize.h"

typedef int token_sink(void *context, int flags, const char *word, int n, int at, int end);

static int tokenizer_create(void *context, const char **args, int arg_count, Fts5Tokenizer **out)
{
    (void)args;
    (void)arg_count;
    *out = context; /* it has no state of its own */
    return SQLITE_OK;
}

static void tokenizer_delete(Fts5Tokenizer *t)
{
    (void)t;
}

static int give(const struct token *token, int flags, token_sink *sink, void *context)
{
    return sink(context, flags, token->word.p, (int)token->word.n, (int)token->at, (int)token->end);
}

static int tokenize_document(str text, struct fts_words *words, token_sink *sink, void *context)
{
    struct tokenizer t = tokenizer_of(text);
    struct token token;
    uint32_t places = 0;
    while (tokenizer_next(&t, &token)) {
        const int flags = token.place < places ? FTS5_TOKEN_COLOCATED : 0;
        places = token.place + 1;
        const int rc = give(&token, flags, sink, context);
        if (rc != SQLITE_OK)
            return rc;
    }
    words->count = places;
    return SQLITE_OK;
}

static int tokenize_query(str text, token_sink *sink, void *context)
{
    struct tokenizer t = tokenizer_of(text);
    struct token token;
    while (tokenizer_next(&t, &token)) {
        if (token.whole && (token.at > 0 || token.end < text.n))
            continue;
        const int rc = give(&token, 0, sink, context);
        if (rc != SQLITE_OK || token.whole)
            return rc;
    }
    return SQLITE_OK;
}

static int tokenizer_run(Fts5Tokenizer *self, void *context, int flags, const char *text, int n,
                         token_sink *sink)
{
    const str s = {text, n > 0 ? (size_t)n : 0};
    if (flags & FTS5_TOKENIZE_QUERY)
        return tokenize_query(s, sink, context);
    return tokenize_document(s, (struct fts_words *)self, sink, context);
}

static fts5_api *api_of(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &q, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(q, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(q);
    }
    sqlite3_finalize(q);
    return api;
}

bool fts_tokenizer_register(struct sqlite3 *db, struct fts_words *words)
{
    fts5_api *api = api_of(db);
    if (!api || api->iVersion < 2)
        return false;
    fts5_tokenizer tokenizer = {
        .xCreate = tokenizer_create, .xDelete = tokenizer_delete, .xTokenize = tokenizer_run};
    return api->xCreateTokenizer(api, "stet", words, &tokenizer, NULL) == SQLITE_OK;
}
