/* Parameters of Content-Type and Content-Disposition (RFC 2231), tolerant as mail programs are. */
#include "mail.h"

#include "charset.h"

#include <string.h>

enum { SECTIONS_MAX = 1000 };

/* The end of the parameter that begins at s: the next ';' outside of quotes. */
static size_t param_end(str s)
{
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && quoted)
            i++;
        else if (s.p[i] == '"')
            quoted = !quoted;
        else if (s.p[i] == ';' && !quoted)
            return i;
    }
    return s.n;
}

static void add_unquoted(struct buf *out, str value)
{
    value = str_trim(value);
    if (!str_starts(value, STR("\""))) {
        buf_add(out, value);
        return;
    }
    for (size_t i = 1; i < value.n && value.p[i] != '"'; i++) {
        if (value.p[i] == '\\' && i + 1 < value.n)
            i++;
        buf_add_byte(out, value.p[i]);
    }
}

static void add_percent(struct buf *out, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const int high = s.p[i] == '%' && i + 2 < s.n ? mail_hex_digit(s.p[i + 1]) : -1;
        const int low = high >= 0 ? mail_hex_digit(s.p[i + 2]) : -1;
        buf_add_byte(out, low >= 0 ? (char)(high * 16 + low) : s.p[i]);
        i += low >= 0 ? 2 : 0;
    }
}

struct param {
    struct buf bytes;
    char charset[CHARSET_NAME_MAX + 1];
    bool found, extended;
};

/* "utf-8'de'..." names its charset and language. */
static str take_charset(struct param *p, str value)
{
    const size_t first = str_find_byte(value, '\'');
    const size_t second =
        first == STR_NONE ? STR_NONE : str_find_byte(str_from(value, first + 1), '\'');
    if (second == STR_NONE || first > CHARSET_NAME_MAX)
        return value;
    memcpy(p->charset, value.p, first);
    p->charset[first] = '\0';
    return str_from(value, first + second + 2);
}

/* One parameter "name", "name*", "name*3" or "name*3*": `mark` is what stands behind the name. */
static void add_param(struct param *p, str mark, str value)
{
    const bool extended = str_ends(mark, STR("*"));
    struct buf plain = buf_new(MAIL_FIELD_MAX);
    add_unquoted(&plain, value);
    str text = buf_str(&plain);
    if (extended && !p->found)
        text = take_charset(p, text);
    p->found = true;
    p->extended |= mark.n > 0;
    if (extended)
        add_percent(&p->bytes, text);
    else
        buf_add(&p->bytes, text);
    buf_free(&plain);
}

str mail_param(struct arena *a, str unfolded, const char *name, bool *lossy)
{
    struct param p = {.bytes = buf_new(MAIL_FIELD_MAX)};
    const str wanted = str_of(name);
    size_t sections = 0;
    str rest = str_from(unfolded, param_end(unfolded));
    while (str_starts(rest, STR(";")) && sections < SECTIONS_MAX) {
        rest = str_from(rest, 1);
        const str one = str_sub(rest, 0, param_end(rest));
        rest = str_from(rest, one.n);
        const size_t equals = str_find_byte(one, '=');
        const str key = str_trim(str_sub(one, 0, equals == STR_NONE ? 0 : equals));
        const str mark = str_from(key, wanted.n);
        if (!str_eq_nocase(str_sub(key, 0, wanted.n), wanted) || (mark.n && mark.p[0] != '*') ||
            (p.found && !mark.n))
            continue;
        add_param(&p, mark, str_from(one, equals + 1));
        sections++;
    }
    str value = STR("");
    if (p.extended && p.charset[0]) {
        struct buf out = buf_new(MAIL_FIELD_MAX * 4);
        mail_add_text(&out, buf_str(&p.bytes), p.charset, lossy);
        value = arena_dup(a, buf_str(&out));
        buf_free(&out);
    } else if (p.found) {
        value = mail_decode(a, arena_dup(a, buf_str(&p.bytes)), "", lossy);
    }
    buf_free(&p.bytes);
    return value;
}
