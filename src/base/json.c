/*
 * JSON out. The only state is the stack of open levels and whether a comma is due: after a key none
 * is, which is the same as standing at the start of a level.
 */
#include "json.h"

#include "utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static void begin_value(struct json *j)
{
    if (!j->fresh && j->depth > 0)
        buf_add_byte(j->out, ',');
    j->fresh = false;
}

static void open_level(struct json *j, char open, char close)
{
    assert(j->depth < JSON_DEPTH_MAX);
    begin_value(j);
    buf_add_byte(j->out, open);
    j->close[j->depth++] = close;
    j->fresh = true;
}

static void add_escape(struct buf *out, uint32_t cp)
{
    switch (cp) {
    case '"': buf_add(out, STR("\\\"")); return;
    case '\\': buf_add(out, STR("\\\\")); return;
    case '\n': buf_add(out, STR("\\n")); return;
    case '\r': buf_add(out, STR("\\r")); return;
    case '\t': buf_add(out, STR("\\t")); return;
    case UTF8_BAD: buf_add_codepoint(out, cp); return;
    default: buf_addf(out, "\\u%04" PRIx32, cp);
    }
}

/* Controls of ASCII and Latin-1 (NEL ends a line for some readers) and the line separators. */
static bool needs_escape(uint32_t cp)
{
    return cp < 0x20 || cp == '"' || cp == '\\' || (cp >= 0x7F && cp <= 0x9F) || cp == 0x2028 ||
           cp == 0x2029;
}

static bool is_plain_ascii(char c)
{
    const unsigned char byte = (unsigned char)c;
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

static void add_quoted(struct buf *out, str text)
{
    buf_add_byte(out, '"');
    size_t copied = 0; /* what comes before was written */
    for (size_t at = 0; at < text.n;) {
        if (is_plain_ascii(text.p[at])) {
            at++;
            continue;
        }
        str rest = str_from(text, at);
        bool valid;
        const uint32_t cp = utf8_next_checked(&rest, &valid);
        const size_t next = text.n - rest.n;
        if (!valid || needs_escape(cp)) {
            buf_add(out, str_sub(text, copied, at - copied));
            add_escape(out, valid ? cp : UTF8_BAD);
            copied = next;
        }
        at = next;
    }
    buf_add(out, str_from(text, copied));
    buf_add_byte(out, '"');
}

struct json json_to(struct buf *out)
{
    return (struct json){.out = out, .fresh = true};
}

void json_object(struct json *j)
{
    open_level(j, '{', '}');
}

void json_array(struct json *j)
{
    open_level(j, '[', ']');
}

void json_end(struct json *j)
{
    assert(j->depth > 0);
    buf_add_byte(j->out, j->close[--j->depth]);
    j->fresh = false;
}

void json_key(struct json *j, const char *key)
{
    assert(j->depth > 0 && j->close[j->depth - 1] == '}');
    begin_value(j);
    add_quoted(j->out, str_of(key));
    buf_add_byte(j->out, ':');
    j->fresh = true;
}

void json_text(struct json *j, str text)
{
    begin_value(j);
    add_quoted(j->out, text);
}

void json_int(struct json *j, int64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        digits[--at] = '-';
    begin_value(j);
    buf_add(j->out, (str){digits + at, sizeof digits - at});
}

void json_real(struct json *j, double value, int decimals)
{
    if (!isfinite(value)) {
        json_null(j);
        return;
    }
    char text[400]; /* DBL_MAX has 309 digits before the point */
    const int places = decimals < 0 ? 0 : decimals > 17 ? 17 : decimals;
    snprintf(text, sizeof text, "%.*f", places, value);
    for (char *p = text; *p; p++)
        if (*p != '-' && (*p < '0' || *p > '9'))
            *p = '.'; /* whatever the locale's decimal point is */
    begin_value(j);
    buf_add(j->out, str_of(text));
}

void json_bool(struct json *j, bool value)
{
    begin_value(j);
    buf_add(j->out, value ? STR("true") : STR("false"));
}

void json_null(struct json *j)
{
    begin_value(j);
    buf_add(j->out, STR("null"));
}
