/*
 * URLs and e-mail addresses as people paste them into messages: with the full stop of the sentence
 * behind them, in brackets, two glued together, or with Chinese text right behind.
 */
#include "linkshape.h"
#include "near.h"

#include <string.h>

static bool is_ascii_alnum(unsigned char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_address_byte(unsigned char c)
{
    return is_ascii_alnum(c) || (c && strchr("._%+-", c));
}

size_t address_run_end(str text, size_t at)
{
    while (at < text.n) {
        const unsigned char c = (unsigned char)text.p[at];
        size_t next = at + 1;
        if (c < 0x80 ? !is_address_byte(c) : !is_name_char(codepoint_at(text, at, &next)))
            break;
        at = next;
    }
    return at;
}

/* --- URLs --- */

static const str known_schemes[] = {
    {"https", 5}, {"http", 4}, {"sftp", 4}, {"ftps", 4}, {"ftp", 3},
};

static bool starts_nocase(str text, size_t at, str prefix)
{
    return str_eq_nocase(str_sub(text, at, prefix.n), prefix);
}

/* Web archives put the address of the page behind the time of the copy or the wish for one:
   ".../web/20160823101500/http://...", "/save/http://". `slash` is the slash before the inner one. */
static bool is_archive_path(str text, size_t slash)
{
    size_t from = slash;
    while (from > 0 && slash - from < 20 && text.p[from - 1] != '/')
        from--;
    const str segment = str_sub(text, from, slash - from);
    size_t digits = 0;
    while (digits < segment.n && segment.p[digits] >= '0' && segment.p[digits] <= '9')
        digits++;
    return digits >= 8 || str_eq(segment, STR("save")) || str_eq(segment, STR("*"));
}

/* True if another "http://" begins here that is not an argument of the URL so far. People paste two
   addresses without a blank, and many addresses end in a slash. */
static bool is_glued_url(str text, size_t at)
{
    const char before = text.p[at - 1];
    if (strchr("=?&#%:", before))
        return false;
    for (size_t i = 0; i < sizeof known_schemes / sizeof *known_schemes; i++) {
        const str scheme = known_schemes[i];
        if (starts_nocase(text, at, scheme) &&
            str_starts(str_from(text, at + scheme.n), STR("://")))
            return before != '/' || !is_archive_path(text, at - 1);
    }
    return false;
}

/* Chinese or Japanese behind a letter or digit is the sentence going on; behind "/" or "=" it is
   part of the URL, and so is what follows it. */
static bool unit_goes_on(str text, size_t at)
{
    const uint32_t before = codepoint_before(text, at);
    return char_class_of(before) == CHAR_UNIT ||
           (before < 0x80 && strchr("/=-_.%#?&:", (int)before));
}

static bool in_url(str text, size_t at, uint32_t cp)
{
    if (cp < 0x80)
        return cp > ' ' && cp != 0x7F && !strchr("\"<>`|\\^", (int)cp);
    switch (char_class_of(cp)) {
    case CHAR_LETTER:
    case CHAR_DIGIT:
    case CHAR_APOSTROPHE:
    case CHAR_DASH: return true;
    case CHAR_UNIT: return unit_goes_on(text, at);
    case CHAR_SPACE:
    case CHAR_SYMBOL:
    case CHAR_QUOTE:
    case CHAR_PUNCT:
    case CHAR_IGNORED: return false;
    }
    return false;
}

static size_t count_byte(str s, char byte)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == byte;
    return n;
}

/* Closing brackets that were not opened inside text[from..end), by kind. */
struct surplus {
    size_t round, square, curly;
};

static size_t excess(str s, char open, char close)
{
    const size_t opened = count_byte(s, open), closed = count_byte(s, close);
    return closed > opened ? closed - opened : 0;
}

static bool is_closing(struct surplus *left, char c)
{
    switch (c) {
    case ')': return left->round ? left->round--, true : false;
    case ']': return left->square ? left->square--, true : false;
    case '}': return left->curly ? left->curly--, true : false;
    default: return c && strchr(".,;:!?'*", c);
    }
}

static size_t trim_closing(str text, size_t from, size_t end)
{
    const str s = str_sub(text, from, end - from);
    struct surplus left = {excess(s, '(', ')'), excess(s, '[', ']'), excess(s, '{', '}')};
    while (end > from) {
        const str rest = str_sub(text, from, end - from);
        if (is_closing(&left, text.p[end - 1]))
            end--;
        else if (str_ends(rest, STR("\u2019")) || str_ends(rest, STR("\u2018")))
            end -= sizeof "\u2019" - 1;
        else
            break;
    }
    return end;
}

/* The rest of a URL whose host begins at `at`; 0 if no host does. */
static size_t body_end(str text, size_t at)
{
    size_t end = at;
    for (size_t next; end < text.n; end = next) {
        const uint32_t cp = codepoint_at(text, end, &next);
        if (!in_url(text, end, cp) || (end > at && is_glued_url(text, end)))
            break;
    }
    end = trim_closing(text, at, end);
    const unsigned char first = at < end ? (unsigned char)text.p[at] : 0;
    return is_ascii_alnum(first) || first == '[' || first >= 0x80 ? end : 0;
}

/* Where the scheme begins that ends at run_end; run_end if there is none. */
static size_t scheme_start(str text, size_t at, size_t run_end)
{
    const str run = str_sub(text, at, run_end - at);
    for (size_t i = 0; i < sizeof known_schemes / sizeof *known_schemes; i++) {
        const str scheme = known_schemes[i];
        if (run.n >= scheme.n && starts_nocase(run, run.n - scheme.n, scheme))
            return run_end - scheme.n;
    }
    size_t from = run_end;
    while (from > at &&
           (is_ascii_alnum((unsigned char)text.p[from - 1]) || strchr("+.-", text.p[from - 1])))
        from--;
    while (from < run_end && (text.p[from] | 0x20) < 'a') /* a scheme begins with a letter */
        from++;
    return from;
}

size_t url_end(str text, size_t at, size_t run_end, size_t *from)
{
    if (!str_starts(str_from(text, run_end), STR("://")))
        return 0;
    *from = scheme_start(text, at, run_end);
    return run_end - *from >= 2 ? body_end(text, run_end + 3) : 0;
}

size_t www_end(str text, size_t at)
{
    return starts_nocase(text, at, STR("www.")) ? body_end(text, at + 4) : 0;
}

/* --- E-mail addresses --- */

/* The end of one label of a host name, 0 if none stands here; `letters`: it has no digits. */
static size_t label_end(str text, size_t at, bool *letters)
{
    size_t end = 0;
    *letters = true;
    for (size_t next; at < text.n; at = next) {
        const uint32_t cp = codepoint_at(text, at, &next);
        if (cp == '_' || (cp != '-' && !is_name_char(cp)))
            break;
        if (cp == '-')
            continue;
        end = next;
        *letters = *letters && char_class_of(cp) == CHAR_LETTER;
    }
    return end;
}

size_t email_end(str text, size_t at, size_t run_end)
{
    if (run_end >= text.n || text.p[run_end] != '@' || run_end == at || text.p[run_end - 1] == '.')
        return 0;
    size_t end = 0;
    bool letters;
    for (size_t label = run_end + 1, next; (next = label_end(text, label, &letters)) != 0;
         label = next + 1) {
        const bool top_level = label > run_end + 1 && letters && next - label >= 2;
        if (top_level)
            end = next;
        if (next >= text.n || text.p[next] != '.')
            break;
    }
    return end;
}
