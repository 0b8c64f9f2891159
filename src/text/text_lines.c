/*
 * Lines of a text in any encoding. The bytes are cut into lines by lines.h, which keeps their places
 * exact; only the bytes of a line are ever decoded. Line feeds are single bytes in every encoding but
 * UTF-16 and UTF-32, and never part of another character. UTF-8 passes through undecoded.
 */
#include "text_lines.h"

#include "buf.h"
#include "encoding.h"
#include "lines.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

struct text_lines {
    struct lines lines;
    const char *charset;
    bool mixed, little;
    size_t unit;
    uint64_t bom;
    UConverter *converter; /* NULL for UTF-8 */
    UConverter *western;   /* of guessed lines; opened when the first comes */
    UChar high;            /* the first half of a pair whose second half is still to come */
    bool lossy;            /* of the line at hand */
    struct buf text;
};

/* Called by ICU where bytes mean nothing: they become U+FFFD, and that is noted. */
static void on_bad_bytes(const void *context, UConverterToUnicodeArgs *args, const char *bytes,
                         int32_t length, UConverterCallbackReason reason, UErrorCode *error)
{
    struct text_lines *t = (struct text_lines *)context;
    if (reason <= UCNV_IRREGULAR)
        t->lossy = true;
    UCNV_TO_U_CALLBACK_SUBSTITUTE(NULL, args, bytes, length, reason, error);
}

/* NULL if ICU knows no such encoding. */
static UConverter *open_converter(struct text_lines *t, const char *charset)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *c = ucnv_open(charset, &error);
    if (U_SUCCESS(error))
        ucnv_setToUCallBack(c, on_bad_bytes, t, NULL, NULL, &error);
    if (U_SUCCESS(error))
        return c;
    ucnv_close(c);
    return NULL;
}

/* --- Decoding ---------------------------------------------------------------------------------- */

static void add_plain(struct text_lines *t, uint32_t cp)
{
    t->lossy |= cp == 0;
    buf_add_codepoint(&t->text, cp ? cp : UTF8_BAD);
}

/* UTF-16 as ICU gives it, in pieces, to UTF-8. */
static void add_unit(struct text_lines *t, UChar unit)
{
    const bool low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (t->high && low) {
        add_plain(t, 0x10000u + ((uint32_t)(t->high - 0xD800) << 10) + (unit - 0xDC00u));
        t->high = 0;
        return;
    }
    if (t->high || low) {
        t->lossy = true;
        add_plain(t, UTF8_BAD);
    }
    t->high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
    if (!t->high && !low)
        add_plain(t, unit);
}

static void decode(struct text_lines *t, UConverter *c, str raw, bool whole)
{
    UChar units[1024];
    const char *from = raw.p, *const end = raw.p + raw.n;
    for (;;) {
        UErrorCode error = U_ZERO_ERROR;
        UChar *to = units;
        ucnv_toUnicode(c, &to, units + 1024, &from, end, NULL, whole, &error);
        for (const UChar *u = units; u < to; u++)
            add_unit(t, *u);
        if (error == U_BUFFER_OVERFLOW_ERROR)
            continue;
        if (U_SUCCESS(error))
            break;
        t->lossy = true; /* what ICU gives up on is one bad byte, and it goes on behind it */
        add_plain(t, UTF8_BAD);
        ucnv_reset(c);
        if (from < end)
            from++;
    }
    if (whole && t->high) {
        t->high = 0;
        t->lossy = true;
        add_plain(t, UTF8_BAD);
    }
}

/* Bad sequences and NUL of a UTF-8 line become U+FFFD. */
static void repair(struct text_lines *t, str raw)
{
    while (raw.n) {
        const str good = str_sub(raw, 0, utf8_valid_prefix(raw));
        const size_t nul = str_find_byte(good, '\0');
        const str plain = nul == STR_NONE ? good : str_sub(good, 0, nul);
        buf_add(&t->text, plain);
        raw = str_from(raw, plain.n);
        if (!raw.n)
            return;
        t->lossy = true;
        add_plain(t, UTF8_BAD);
        utf8_next(&raw);
    }
}

static bool has_utf8_beyond_ascii(str raw)
{
    while (raw.n) {
        bool valid;
        if (utf8_next_checked(&raw, &valid) >= 0x80 && valid)
            return true;
    }
    return false;
}

static void decode_utf8(struct text_lines *t, struct text_line *out, str raw)
{
    const bool valid = utf8_valid_prefix(raw) == raw.n;
    if (valid && (!raw.n || !memchr(raw.p, '\0', raw.n))) {
        out->text = raw;
        return;
    }
    out->guessed = !valid && t->mixed && !has_utf8_beyond_ascii(raw);
    if (out->guessed && !t->western)
        t->western = open_converter(t, "windows-1252");
    if (out->guessed && t->western)
        decode(t, t->western, raw, true);
    else
        repair(t, raw);
    out->text = buf_str(&t->text);
}

/* --- Lines ------------------------------------------------------------------------------------- */

enum { UNIT_MAX = 4 };

/* Whether `byte` stands in the text as a character of `unit` bytes; its bytes are put into `form`. */
static bool has_character(str text, char byte, size_t unit, bool little, char form[UNIT_MAX])
{
    memset(form, 0, UNIT_MAX);
    form[little ? 0 : unit - 1] = byte;
    for (size_t at = 0; at + unit <= text.n; at += unit)
        if (memcmp(text.p + at, form, unit) == 0)
            return true;
    return false;
}

/* What ends the lines of the text; empty for LF or CRLF in bytes. */
static str line_end(str prefix, size_t unit, bool little)
{
    static const char feeds[] = "\n\0\0\0\0\0\0\n", returns[] = "\r\0\0\0\0\0\0\r";
    char form[UNIT_MAX];
    const bool feed = has_character(prefix, '\n', unit, little, form) ||
                      !has_character(prefix, '\r', unit, little, form);
    if (feed && unit == 1)
        return STR("");
    return (str){(feed ? feeds : returns) + (little || unit == 1 ? 0 : 8 - unit), unit};
}

enum status text_lines_open(struct text_lines **out, struct source *s,
                            const struct text_lines_how *how, struct err *e)
{
    str prefix;
    const enum status st = source_peek(s, ENCODING_PREFIX_BYTES, &prefix, e);
    if (st != OK)
        return st;
    prefix = str_sub(prefix, 0, ENCODING_PREFIX_BYTES);
    struct text_lines *t = malloc(sizeof *t);
    if (!t)
        abort();
    *t = (struct text_lines){.mixed = how->mixed, .text = buf_new(BUF_MESSAGE_MAX)};
    t->charset = encoding_of(prefix, &t->bom);
    if (how->charset)
        t->charset = how->charset;
    if (strcmp(t->charset, "UTF-8") != 0 && !(t->converter = open_converter(t, t->charset))) {
        fail(e, ERR_MISSING, "no encoding is called %s", t->charset);
        text_lines_close(t);
        return ERR_MISSING;
    }
    t->unit = encoding_unit(t->charset, &t->little);
    source_advance(s, t->bom);
    t->lines = lines_ending(s, line_end(str_from(prefix, t->bom), t->unit, t->little));
    *out = t;
    return OK;
}

void text_lines_close(struct text_lines *t)
{
    if (!t)
        return;
    if (t->converter)
        ucnv_close(t->converter);
    if (t->western)
        ucnv_close(t->western);
    buf_free(&t->text);
    free(t);
}

enum step text_lines_next(struct text_lines *t, struct text_line *out, struct err *e)
{
    struct line line;
    const enum step step = lines_next(&t->lines, &line, e);
    if (step != STEP_ROW)
        return step;
    *out = (struct text_line){
        .at = line.at, .bytes = line.bytes, .number = line.number, .cut = line.cut};
    const size_t ending = line.bytes - line.text.n;
    out->crlf = t->unit == 1 && ending == 2;
    t->lossy = false;
    buf_clear(&t->text);
    if (t->converter) {
        decode(t, t->converter, line.text, !line.cut);
        out->text = buf_str(&t->text);
    } else {
        decode_utf8(t, out, line.text);
    }
    if (t->unit > 1 && ending && str_ends(out->text, STR("\r"))) {
        out->text.n--;
        out->crlf = true;
    }
    out->lossy = t->lossy;
    return STEP_ROW;
}

void text_lines_mark(struct text_lines *t)
{
    lines_mark(&t->lines);
}

str text_lines_marked(struct text_lines *t, uint64_t *at)
{
    return lines_marked(&t->lines, at);
}

void text_lines_again(struct text_lines *t)
{
    lines_again(&t->lines);
}

const char *text_lines_charset(const struct text_lines *t)
{
    return t->charset;
}

uint64_t text_lines_bom(const struct text_lines *t)
{
    return t->bom;
}

/* --- What bids see ----------------------------------------------------------------------------- */

str text_prefix(str raw, char *out, size_t room)
{
    uint64_t bom;
    bool little;
    const char *charset = encoding_told(raw, &bom);
    const size_t unit = charset ? encoding_unit(charset, &little) : 1;
    raw = str_from(raw, bom);
    if (unit != 2)
        return raw;
    size_t n = 0;
    uint32_t high = 0;
    for (size_t i = 0; i + 2 <= raw.n && n + 4 <= room; i += 2) {
        const uint32_t a = (unsigned char)raw.p[i + little], b = (unsigned char)raw.p[i + !little];
        const uint32_t value = a << 8 | b;
        if (value >= 0xD800 && value <= 0xDBFF) {
            high = value;
            continue;
        }
        const bool pair = high && value >= 0xDC00 && value <= 0xDFFF;
        n += utf8_put(out + n, pair ? 0x10000 + ((high - 0xD800) << 10) + (value - 0xDC00) : value);
        high = 0;
    }
    return (str){out, n};
}
