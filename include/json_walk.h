/*
 * Walks a JSON text of any size in constant memory and hands over the values at chosen paths, each
 * whole, with its exact bytes. What makes a value of its bytes is json_value.h.
 *
 *     static const char *const paths[] = {"name", "messages[]", NULL};
 *     const struct json_walk_handler h = {.paths = paths, .part = on_part, .structure = on_structure};
 *     json_walk(source, &h, &context, e);
 *
 * Paths: "" every top-level value (several may follow each other, with or without commas or line
 * feeds between); "[]" the elements of a top-level array; "name" a member; "chats.list[].messages[]";
 * "*" any member ("data.*.messages[]"); "chats.list[] {" is called when such a container begins, without
 * bytes, before anything inside; a path inside a value that is handed over whole is not looked at.
 *
 * What it accepts beyond RFC 8259: a byte order mark, text before the first '{' or '[' if `prologue` is
 * set ("window.YTD.x.part0 = "), ';' behind a top-level value, trailing commas, bad UTF-8, raw control
 * characters and "\x0B" inside strings: values stay whole bytes and json_value.h mends them.
 *
 * A broken value costs one value where its lines can tell: the next line that begins like the value's
 * own and cannot belong to it ends it. In a text without line feeds nothing tells, and a string that is
 * never closed costs the rest.
 */
#ifndef STET_JSON_WALK_H
#define STET_JSON_WALK_H

#include "source.h"

enum { JSON_PART_MAX = 64 << 20, JSON_WALK_DEPTH = 512, JSON_WALK_PATHS = 32 };

struct json_part {
    int path;      /* which of the paths */
    str raw;       /* the value's bytes, borrowed until the handler returns; empty for "... {" */
    str key;       /* the member's name, raw between its quotes, if it is one */
    uint64_t at;   /* of raw */
    uint64_t line; /* on which it begins, from 1 */
    uint64_t nth;  /* in its array, from 0 */
};

struct json_walk_handler {
    const char *const *paths; /* NULL at the end */
    bool prologue;
    enum status (*part)(void *context, const struct json_part *p, struct err *e);
    /* Bytes outside of all parts; in order, and together with parts and broken bytes they are all. */
    enum status (*structure)(void *context, uint64_t at, uint64_t length, struct err *e);
    /* Bytes that are no JSON where some was due: a value too large or nested too deep, garbage, or the
       rest of a text that is cut off (no bytes at all if it ends between two values). The walk goes on
       behind them where it can. `path`: they are (the beginning of) a value which that path asked for;
       -1: nobody did. */
    enum status (*broken)(void *context, uint64_t at, uint64_t length, int path, const char *why,
                          struct err *e);
};

/* From the source's cursor to its end. Fails only with what a handler or the source returned. */
MUST_USE enum status json_walk(struct source *source, const struct json_walk_handler *h,
                               void *context, struct err *e);

#endif
