/*
 * Where a JSON value ends, by its strings and brackets alone, in a source of any size. A cursor is the
 * source's window with a place in it; bytes from `keep` on stay in the window while more are read.
 *
 * What is not JSON is survived by rules that a scan without memory can follow, so that a counter can
 * have the same: a bracket closes the innermost one of its kind, and nothing if the value has none; a
 * value that stands first in its line is cut short where a later line of the same indentation begins
 * with '{' though a string is open or the grammar allows no '{': its own end is lost, not its neighbours.
 */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include "json_walk.h"

struct json_cursor {
    struct source *source;
    str window;
    size_t pos;      /* in the window */
    size_t keep;     /* in the window; STR_NONE: nothing needs to stay */
    size_t counted;  /* line feeds before this place of the window ... */
    uint64_t lines;  /* ... and in all bytes before it */
    bool fresh;      /* nothing but blanks stands before pos in its line ... */
    uint64_t indent; /* ... and so many */
    enum status st;  /* of the source */
    struct err *e;
};

enum json_end {
    JSON_CLOSED, /* pos is behind the value */
    JSON_CUT,    /* pos is at the '{' of the next value */
    JSON_ENDED,  /* of the source, or it failed: see st */
};

struct json_extent {
    uint64_t at, length;
    enum json_end end;
    bool large; /* longer than JSON_PART_MAX; then nothing of it was kept */
    bool deep;  /* nested deeper than JSON_WALK_DEPTH */
};

uint64_t json_cursor_at(const struct json_cursor *c);
uint64_t json_cursor_line(struct json_cursor *c, size_t pos); /* of a place in the window, from 1 */

/* A byte at pos; false at the end of the source or when it fails. */
bool json_cursor_more(struct json_cursor *c);

/* Moves over white space, minding the line; the byte there, or -1. */
int json_cursor_skip_blank(struct json_cursor *c);

/* From pos over the value that begins there: a container, a string, or a run of other bytes. With `kept`
   its bytes are in the window from c->keep on, unless it is large. */
struct json_extent json_scan_value(struct json_cursor *c, bool kept);

#endif
