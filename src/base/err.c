/*
 * Failures: a code, a sentence, sometimes advice. A sentence that does not fit ends in an ellipsis
 * and is never cut inside a character, because it goes into JSON and onto pages as it is.
 */
#include "err.h"

#include "utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ELLIPSIS "\xE2\x80\xA6"

static void print_cut(char *out, size_t room, const char *fmt, va_list args)
{
    const int length = vsnprintf(out, room, fmt, args);
    if (length < 0)
        out[0] = '\0';
    if (length < 0 || (size_t)length < room)
        return;
    const size_t kept = utf8_unbroken((str){out, room - sizeof ELLIPSIS});
    memcpy(out + kept, ELLIPSIS, sizeof ELLIPSIS);
}

enum status fail(struct err *e, enum status code, const char *fmt, ...)
{
    assert(code != OK);
    if (!e || e->code != OK)
        return code;
    *e = (struct err){.code = code};
    va_list args;
    va_start(args, fmt);
    print_cut(e->msg, sizeof e->msg, fmt, args);
    va_end(args);
    return code;
}

enum status fail_at(struct err *e, enum status code, size_t at, size_t len, const char *fmt, ...)
{
    assert(code != OK);
    if (!e || e->code != OK)
        return code;
    *e = (struct err){.code = code, .at = at, .len = len};
    va_list args;
    va_start(args, fmt);
    print_cut(e->msg, sizeof e->msg, fmt, args);
    va_end(args);
    return code;
}

enum status fail_hint(struct err *e, const char *fmt, ...)
{
    if (!e)
        return ERR_IO;
    assert(e->code != OK);
    if (e->hint[0])
        return e->code;
    va_list args;
    va_start(args, fmt);
    print_cut(e->hint, sizeof e->hint, fmt, args);
    va_end(args);
    return e->code;
}
