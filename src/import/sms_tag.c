/*
 * Tags and attributes. A reference to half of a surrogate pair is joined with the half behind it: the
 * app writes emoji so, which is not XML. What is no character becomes U+FFFD.
 */
#include "sms.h"

#include "buf.h"
#include "utf8.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool sms_next_tag(str *rest, struct sms_tag *out)
{
    for (size_t at; (at = str_find_byte(*rest, '<')) != STR_NONE;) {
        const str tag = str_from(*rest, at + 1);
        size_t name = 0, end = 0;
        while (name < tag.n && !is_blank(tag.p[name]) && tag.p[name] != '>' && tag.p[name] != '/')
            name++;
        for (char quote = 0; end < tag.n && (quote || tag.p[end] != '>'); end++) {
            if (quote)
                quote = tag.p[end] == quote ? 0 : quote;
            else if (tag.p[end] == '"' || tag.p[end] == '\'')
                quote = tag.p[end];
        }
        *rest = str_from(tag, end);
        *out = (struct sms_tag){str_sub(tag, 0, name), str_sub(tag, name, end - name)};
        if (name)
            return true;
    }
    return false;
}

/* Takes name="value" off the front; false at the end. */
static bool next_attribute(str *rest, str *name, str *value)
{
    size_t at = 0;
    while (at < rest->n && (is_blank(rest->p[at]) || rest->p[at] == '/'))
        at++;
    const size_t begin = at;
    while (at < rest->n && rest->p[at] != '=' && !is_blank(rest->p[at]))
        at++;
    *name = str_sub(*rest, begin, at - begin);
    while (at < rest->n && (is_blank(rest->p[at]) || rest->p[at] == '='))
        at++;
    if (at >= rest->n || (rest->p[at] != '"' && rest->p[at] != '\''))
        return false;
    const str text = str_from(*rest, at + 1);
    const size_t end = str_find_byte(text, rest->p[at]);
    if (end == STR_NONE)
        return false;
    *value = str_sub(text, 0, end);
    *rest = str_from(text, end + 1);
    return true;
}

str sms_raw(const struct sms_tag *tag, const char *name)
{
    str rest = tag->attributes, key, value;
    while (next_attribute(&rest, &key, &value))
        if (str_eq(key, str_of(name)))
            return value;
    return STR("");
}

/* ---- References ------------------------------------------------------------------------------- */

/* The number in "&#55357;" or "&#xD83D;" at the front; 0 bytes if it is none. */
static size_t number_reference(str s, uint32_t *cp)
{
    if (!str_starts(s, STR("&#")))
        return 0;
    const bool hex = s.n > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
    size_t at = hex ? 3 : 2;
    const size_t begin = at;
    uint32_t value = 0;
    for (; at < s.n && at < begin + 8 && s.p[at] != ';'; at++) {
        const char c = s.p[at];
        const int digit = c >= '0' && c <= '9'          ? c - '0'
                          : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                        : -1;
        if (digit < 0)
            return 0;
        value = value * (hex ? 16 : 10) + (uint32_t)digit;
    }
    if (at == begin || at >= s.n || s.p[at] != ';')
        return 0;
    *cp = value;
    return at + 1;
}

/* One reference at the front of `s`; 0 if it is none, and '&' means itself. */
static size_t decode_reference(str s, struct buf *out, bool *lossy)
{
    static const struct {
        str name;
        char means;
    } names[] = {
        {STR_INIT("&amp;"), '&'},  {STR_INIT("&lt;"), '<'},    {STR_INIT("&gt;"), '>'},
        {STR_INIT("&quot;"), '"'}, {STR_INIT("&apos;"), '\''},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(s, names[i].name)) {
            buf_add_byte(out, names[i].means);
            return names[i].name.n;
        }
    uint32_t cp, low;
    const size_t n = number_reference(s, &cp);
    if (!n)
        return 0;
    const size_t more = cp >= 0xD800 && cp < 0xDC00 ? number_reference(str_from(s, n), &low) : 0;
    if (more && low >= 0xDC00 && low < 0xE000) {
        buf_add_codepoint(out, 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00));
        return n + more;
    }
    const bool none = !cp || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000);
    *lossy |= none;
    buf_add_codepoint(out, none ? UTF8_BAD : cp);
    return n;
}

static void decode(str raw, struct buf *out, bool *lossy)
{
    while (raw.n) {
        const size_t n = raw.p[0] == '&' ? decode_reference(raw, out, lossy) : 0;
        if (n) {
            raw = str_from(raw, n);
            continue;
        }
        const str before = raw;
        bool valid;
        const uint32_t cp = utf8_next_checked(&raw, &valid);
        if (valid)
            buf_add(out, str_sub(before, 0, before.n - raw.n));
        else
            buf_add_codepoint(out, cp);
        *lossy |= !valid;
    }
}

str sms_value(const struct sms_tag *tag, const char *name, struct arena *a, bool *lossy)
{
    const str raw = sms_raw(tag, name);
    if (str_eq(raw, STR("null")))
        return STR("");
    if (str_find_byte(raw, '&') == STR_NONE && utf8_valid_prefix(raw) == raw.n)
        return raw;
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    decode(raw, &out, lossy);
    const str value = arena_dup(a, buf_str(&out));
    *lossy |= out.full;
    buf_free(&out);
    return value;
}
