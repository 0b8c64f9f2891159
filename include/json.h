/*
 * Writes JSON (RFC 8259) into a buf, commas and escapes done here, so that no caller prints any.
 *
 *     struct json j = json_to(&buf);
 *     json_object(&j);
 *     json_key(&j, "row");     json_int(&j, 1523);
 *     json_key(&j, "text");    json_text(&j, message_text);
 *     json_key(&j, "flags");   json_array(&j); json_text(&j, STR("partial")); json_end(&j);
 *     json_end(&j);                            // one line, no line feed inside
 *
 * Text that is not valid UTF-8 gets U+FFFD for each bad sequence; control characters are escaped,
 * and so are U+2028, U+2029 and DEL, so that a line stays a line everywhere.
 */
#ifndef STET_JSON_H
#define STET_JSON_H

#include "buf.h"

enum { JSON_DEPTH_MAX = 32 };

struct json {
    struct buf *out;
    int depth;
    char close[JSON_DEPTH_MAX]; /* '}' or ']' of each open level */
    bool fresh;                 /* nothing was written at this level yet */
};

struct json json_to(struct buf *out);
void json_object(struct json *j);
void json_array(struct json *j);
void json_end(struct json *j); /* closes the innermost level */
void json_key(struct json *j, const char *key);
void json_text(struct json *j, str text);
void json_int(struct json *j, int64_t value);
void json_real(struct json *j, double value, int decimals);
void json_bool(struct json *j, bool value);
void json_null(struct json *j);

#endif
