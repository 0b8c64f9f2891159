/*
 * Declared encodings, decoded by ICU's converters. What a converter cannot read becomes U+FFFD, one
 * for each sequence that it gives up on, and is told.
 */
#include "charset.h"

#include "utf8.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

/* What programs call an encoding, and what they mean by it; "" is a guess. */
static const struct {
    const char *name, *icu;
} meant[] = {
    {"us-ascii", ""},
    {"ascii", ""},
    {"ansi_x3.4-1968", ""},
    {"x-unknown", ""},
    {"unknown-8bit", ""},
    {"unknown", ""},
    {"default", ""},
    {"default_charset", ""},
    {"_autodetect_all", ""},
    {"binary", ""},
    {"8bit", ""},
    {"none", ""},
    {"utf8", "utf-8"},
    {"utf-8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"x-unicode-2-0-utf-7", "utf-7"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-8-e", "iso-8859-8"},
    {"iso-8859-6-i", "iso-8859-6"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"hz-gb-2312", "hz"},
    {"ks_c_5601-1987", "windows-949"},
    {"ksc5601", "windows-949"},
    {"euc-kr", "windows-949"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"big5", "big5-hkscs"},
};

/* The name as ICU takes it; NULL if it cannot be the name of an encoding. */
static const char *icu_name(const char *name)
{
    const str given = str_of(name);
    for (size_t i = 0; i < sizeof meant / sizeof meant[0]; i++)
        if (str_eq_nocase(given, str_of(meant[i].name)))
            return meant[i].icu;
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-_.:+()";
    return given.n <= CHARSET_NAME_MAX && strspn(name, allowed) == given.n ? name : NULL;
}

/* --- UTF-8 ------------------------------------------------------------------------------------- */

static bool add_valid(str bytes, struct buf *out)
{
    if (str_find_byte(bytes, '\0') != STR_NONE || utf8_valid_prefix(bytes) != bytes.n)
        return false;
    buf_add(out, bytes);
    return true;
}

static void add_utf8(str bytes, struct buf *out, bool *lossy)
{
    while (bytes.n) {
        const size_t good = utf8_valid_prefix(bytes);
        const size_t nul = str_find_byte(str_sub(bytes, 0, good), '\0');
        const size_t plain = nul == STR_NONE ? good : nul;
        buf_add(out, str_sub(bytes, 0, plain));
        bytes = str_from(bytes, plain);
        if (!bytes.n)
            return;
        *lossy = true;
        buf_add_codepoint(out, UTF8_BAD);
        if (nul == STR_NONE)
            utf8_next(&bytes);
        else
            bytes = str_from(bytes, 1);
    }
}

/* --- Any other encoding ------------------------------------------------------------------------ */

/* An ICU callback: its context is told that something was lost. */
static void U_CALLCONV replace(const void *context, UConverterToUnicodeArgs *args,
                               const char *units, int32_t length, UConverterCallbackReason reason,
                               UErrorCode *code)
{
    static const UChar bad[] = {UTF8_BAD};
    (void)units;
    (void)length;
    if (reason > UCNV_IRREGULAR) /* reset, close, clone: nothing to replace */
        return;
    *(bool *)context = true;
    *code = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, bad, 1, 0, code);
}

/* *lead is a first half of a pair whose second half is still to come, or 0. */
static void add_utf16(struct buf *out, const UChar *units, size_t n, UChar *lead, bool *lossy)
{
    for (size_t i = 0; i < n; i++) {
        const UChar unit = units[i];
        if (*lead && U16_IS_TRAIL(unit)) {
            buf_add_codepoint(out, (uint32_t)U16_GET_SUPPLEMENTARY(*lead, unit));
            *lead = 0;
            continue;
        }
        if (*lead) {
            buf_add_codepoint(out, UTF8_BAD);
            *lossy = true;
        }
        *lead = U16_IS_LEAD(unit) ? unit : 0;
        if (*lead)
            continue;
        const bool bad = !unit || U16_IS_TRAIL(unit);
        buf_add_codepoint(out, bad ? UTF8_BAD : unit);
        *lossy |= bad;
    }
}

static bool add_converted(str bytes, const char *name, struct buf *out, bool *lossy)
{
    enum { ROOM = 2048 };
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &code);
    if (U_FAILURE(code))
        return false;
    ucnv_setToUCallBack(converter, replace, lossy, NULL, NULL, &code);
    UChar units[ROOM], lead = 0;
    const char *from = bytes.n ? bytes.p : "", *const end = from + bytes.n;
    do {
        code = U_ZERO_ERROR;
        UChar *to = units;
        ucnv_toUnicode(converter, &to, units + ROOM, &from, end, NULL, true, &code);
        add_utf16(out, units, (size_t)(to - units), &lead, lossy);
    } while (code == U_BUFFER_OVERFLOW_ERROR && !out->full);
    if (lead || (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR)) {
        buf_add_codepoint(out, UTF8_BAD);
        *lossy = true;
    }
    ucnv_close(converter);
    return true;
}

bool charset_to_utf8(str bytes, const char *name, struct buf *out, bool *lossy)
{
    const char *icu = icu_name(name);
    if (!icu)
        return false;
    if (!*icu)
        return add_valid(bytes, out) || add_converted(bytes, "windows-1252", out, lossy);
    if (strcmp(icu, "utf-8") == 0) {
        add_utf8(bytes, out, lossy);
        return true;
    }
    return add_converted(bytes, icu, out, lossy);
}
