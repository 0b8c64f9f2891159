/*
 * The lexer: what a user typed, cut into words, quoted texts, operators and fields. It decides what
 * is an operator and what is an ordinary character: "-" negates only before a word, quotation marks
 * open only at the start of a word, "12:30" and "http://" are words and "from:" is not.
 */
#ifndef STET_QUERY_LEX_H
#define STET_QUERY_LEX_H

#include "arena.h"
#include "err.h"

enum lexeme_kind {
    LEX_END,
    LEX_OPEN,
    LEX_CLOSE,
    LEX_AND,
    LEX_OR,
    LEX_NOT,     /* NOT, or - before something */
    LEX_WORD,    /* bare */
    LEX_PHRASE,  /* in quotation marks */
    LEX_SPELLED, /* +word or +"phrase": `quoted` tells */
    LEX_BYTES,   /* ="..." */
    LEX_NEAR,    /* NEAR/5, ADJ/5, w/5, pre/5 */
    LEX_REGEX,   /* /re/ or /re/i */
    LEX_FIELD,   /* name and sign; lex_value reads what follows */
    LEX_BRACE    /* the } that ends a query within a query */
};

struct lexeme {
    enum lexeme_kind kind;
    size_t at, len; /* all of it, in the query */
    str raw;        /* the text without signs and quotation marks; a field's name */
    size_t raw_at;  /* where the text begins */
    bool quoted;
    bool prefix;      /* a * behind it */
    char sign;        /* of a field: ':' '>' '<' */
    int64_t distance; /* LEX_NEAR, a phrase's or a word's ~N; -1 without */
    bool ordered;     /* ADJ, pre */
    bool ignore_case; /* /re/i */
};

struct lexer {
    struct arena *a;
    str text;
    size_t at;
    int braces; /* how many { are open */
};

MUST_USE enum status lex_next(struct lexer *l, struct lexeme *out, struct err *e);

void lex_skip_blanks(struct lexer *l);

/* The value behind a field's sign: LEX_WORD or LEX_PHRASE, or LEX_OPEN for a list. */
MUST_USE enum status lex_value(struct lexer *l, struct lexeme *out, struct err *e);

#endif
