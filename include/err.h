/*
 * The one tongue of failure. Everything that can fail returns an `enum status`, takes its outputs
 * first and a `struct err *e` last, and leaves one sentence in it that is fit to show to a user.
 *
 *     enum status open_it(struct thing **out, const char *path, struct err *e)
 *     {
 *         if (!*path)
 *             return fail(e, ERR_MISSING, "no archive was named: use -a PATH");
 *         ...
 *         return OK;
 *     }
 *
 * The first failure wins: a later `fail` on the same `struct err` keeps the first sentence, so a
 * clean-up that fails too does not hide the cause. Where a piece of text is at fault (a query),
 * `at` and `len` are its byte span, which the front ends draw with carets.
 */
#ifndef STET_ERR_H
#define STET_ERR_H

#include <stddef.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* One code per thing that a caller can do differently; the detail is in the sentence. */
enum status {
    OK = 0,
    ERR_IO,      /* a file cannot be read or written */
    ERR_FORMAT,  /* a source is not what it was taken for, or cannot be accounted for */
    ERR_QUERY,   /* the user's query is at fault; `at` and `len` say where */
    ERR_MISSING, /* something named does not exist */
    ERR_LIMIT,   /* a documented ceiling was reached */
    ERR_DB,      /* the archive file is damaged, busy or not ours */
    ERR_STOPPED, /* the user or a deadline stopped it */
};

/* Lives on the caller's stack; `(struct err){0}` is "nothing failed yet". */
struct err {
    enum status code;
    size_t at, len;
    char msg[480];
    char hint[240]; /* what to do next; empty when the sentence says it all */
};

/* What every iterator returns. */
enum step { STEP_ROW, STEP_DONE, STEP_ERROR };

/* Records a failure (unless one is recorded already) and returns `code`. `e` may be NULL. */
enum status fail(struct err *e, enum status code, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The same for a byte span of the text that the user wrote. */
enum status fail_at(struct err *e, enum status code, size_t at, size_t len, const char *fmt, ...)
    PRINTF_LIKE(5, 6);

/* Adds advice to a failure that has none yet; returns e->code, so `return fail_hint(...)` reads.
   With `e` NULL it returns ERR_IO, which is as good as any to a caller that does not ask why. */
enum status fail_hint(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
