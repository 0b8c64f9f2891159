/*
 * The link scanner goes from word to word and asks the shapes in turn; the first that fits wins, and
 * the scan goes on behind it. Longer shapes are asked before the shorter ones they contain.
 */
#include "links.h"
#include "emoji.h"
#include "linkshape.h"
#include "near.h"
#include "sign.h"

struct link_scan link_scan_of(str text)
{
    return (struct link_scan){.text = text};
}

static bool found(struct link *out, enum link_kind kind, size_t at, size_t end)
{
    *out = (struct link){kind, at, end};
    return end != 0;
}

/* A tag needs a letter: "#1" and "#2016" are numbers. */
static bool has_letter(str s)
{
    for (size_t at = 0, next; at < s.n; at = next) {
        const enum char_class class = char_class_of(codepoint_at(s, at, &next));
        if (class == CHAR_LETTER || class == CHAR_UNIT)
            return true;
    }
    return false;
}

static bool sign_at(struct link_scan *s, struct link *out)
{
    char sign;
    size_t name_at;
    const size_t end = sign_end(s->text, s->at, s->sign_end, &sign, &name_at);
    if (!end || (sign == '#' && !has_letter(str_sub(s->text, name_at, end - name_at))))
        return false;
    s->sign_end = end;
    return found(out, sign == '@' ? LINK_MENTION : LINK_TAG, s->at, end);
}

/* A row of groups of digits, like a row of words, is looked at only once. */
static bool phone_at(struct link_scan *s, struct link *out)
{
    if (s->at < s->digits_end)
        return false;
    const size_t end = phone_end(s->text, s->at, &s->digits_end);
    if (end)
        s->digits_end = end;
    return found(out, LINK_PHONE, s->at, end);
}

/* What begins with a letter or digit. An address can begin anywhere in a row of words, dots and
   dashes, but the row is looked at only once. */
static bool word_at(struct link_scan *s, struct link *out, uint32_t cp)
{
    const str text = s->text;
    if (s->at >= s->run_end) {
        s->run_end = address_run_end(text, s->at);
        size_t from = s->at;
        if (found(out, LINK_EMAIL, s->at, email_end(text, s->at, s->run_end)))
            return true;
        const size_t end = url_end(text, s->at, s->run_end, &from);
        if (found(out, LINK_URL, from, end))
            return true;
    }
    if (found(out, LINK_URL, s->at, www_end(text, s->at)) ||
        found(out, LINK_EMOJI, s->at, emoji_end(text, s->at)))
        return true;
    return char_class_of(cp) == CHAR_DIGIT &&
           (phone_at(s, out) || found(out, LINK_NUMBER, s->at, number_end(text, s->at)));
}

static bool starts_word(const struct link_scan *s)
{
    const bool glued_to_link = s->at > 0 && s->at == s->link_end;
    return glued_to_link || !is_name_before(s->text, s->at);
}

static bool link_at(struct link_scan *s, struct link *out, uint32_t cp)
{
    switch (cp) {
    case '+':
    case '(': return phone_at(s, out);
    case '@':
    case '#':
    case '*':
    case 0xFF20:
    case 0xFE6B:
    case 0xFF03:
    case 0xFE5F: return found(out, LINK_EMOJI, s->at, emoji_end(s->text, s->at)) || sign_at(s, out);
    default: break;
    }
    if (is_name_char(cp))
        return starts_word(s) && word_at(s, out, cp);
    return cp >= 0x80 && found(out, LINK_EMOJI, s->at, emoji_end(s->text, s->at));
}

/* How an ASCII byte bears on the beginning of a link. */
enum byte_kind {
    STARTS,  /* a link may begin with it, or it needs a closer look */
    LETTER,  /* a link may begin with it if the word goes on as an address */
    JOINS,   /* ends a word, unless the next byte makes an address of it */
    NOTHING, /* blank or punctuation */
};

static enum byte_kind kind_of(unsigned char c)
{
    static const unsigned char kinds[256] = {
        ['\t'] = NOTHING, ['\n'] = NOTHING, ['\r'] = NOTHING, [' '] = NOTHING,  ['!'] = NOTHING,
        ['"'] = NOTHING,  ['$'] = NOTHING,  ['&'] = NOTHING,  ['\''] = NOTHING, [')'] = NOTHING,
        [','] = NOTHING,  ['/'] = NOTHING,  [';'] = NOTHING,  ['<'] = NOTHING,  ['='] = NOTHING,
        ['>'] = NOTHING,  ['?'] = NOTHING,  ['['] = NOTHING,  ['\\'] = NOTHING, [']'] = NOTHING,
        ['^'] = NOTHING,  ['`'] = NOTHING,  ['{'] = NOTHING,  ['|'] = NOTHING,  ['}'] = NOTHING,
        ['~'] = NOTHING,  ['.'] = JOINS,    ['-'] = JOINS,    [':'] = JOINS,    ['A'] = LETTER,
        ['B'] = LETTER,   ['C'] = LETTER,   ['D'] = LETTER,   ['E'] = LETTER,   ['F'] = LETTER,
        ['G'] = LETTER,   ['H'] = LETTER,   ['I'] = LETTER,   ['J'] = LETTER,   ['K'] = LETTER,
        ['L'] = LETTER,   ['M'] = LETTER,   ['N'] = LETTER,   ['O'] = LETTER,   ['P'] = LETTER,
        ['Q'] = LETTER,   ['R'] = LETTER,   ['S'] = LETTER,   ['T'] = LETTER,   ['U'] = LETTER,
        ['V'] = LETTER,   ['W'] = LETTER,   ['X'] = LETTER,   ['Y'] = LETTER,   ['Z'] = LETTER,
        ['a'] = LETTER,   ['b'] = LETTER,   ['c'] = LETTER,   ['d'] = LETTER,   ['e'] = LETTER,
        ['f'] = LETTER,   ['g'] = LETTER,   ['h'] = LETTER,   ['i'] = LETTER,   ['j'] = LETTER,
        ['k'] = LETTER,   ['l'] = LETTER,   ['m'] = LETTER,   ['n'] = LETTER,   ['o'] = LETTER,
        ['p'] = LETTER,   ['q'] = LETTER,   ['r'] = LETTER,   ['s'] = LETTER,   ['t'] = LETTER,
        ['u'] = LETTER,   ['v'] = LETTER,   ['w'] = LETTER,   ['x'] = LETTER,   ['y'] = LETTER,
        ['z'] = LETTER,
    };
    return (enum byte_kind)kinds[c];
}

static enum byte_kind kind_at(str text, size_t at)
{
    return at < text.n ? kind_of((unsigned char)text.p[at]) : NOTHING;
}

/* Goes over plain words and punctuation, most of any text; stops where a closer look is needed.
   `at` must not be inside a word. */
static size_t skip_plain(str text, size_t at)
{
    while (at < text.n) {
        size_t end = at;
        while (kind_at(text, end) == LETTER)
            end++;
        const enum byte_kind after = kind_at(text, end);
        const enum byte_kind then = kind_at(text, end + 1);
        const bool slash = end + 1 < text.n && text.p[end + 1] == '/'; /* "://" */
        if (after == STARTS || (after == JOINS && (then != NOTHING || slash)))
            return end == at && after == JOINS ? at + 1 : at;
        at = end < text.n ? end + 1 : end;
    }
    return at;
}

/* No link begins inside a word. */
static size_t skip_word(str text, size_t at)
{
    for (size_t next; is_name_char(codepoint_at(text, at, &next)); at = next)
        continue;
    return at;
}

bool link_next(struct link_scan *s, struct link *out)
{
    while (s->at < s->text.n) {
        if (kind_at(s->text, s->at) != STARTS && starts_word(s))
            s->at = skip_plain(s->text, s->at);
        size_t next;
        const uint32_t cp = codepoint_at(s->text, s->at, &next);
        if (link_at(s, out, cp)) {
            s->at = s->link_end = out->end;
            return true;
        }
        s->at = is_name_char(cp) ? skip_word(s->text, next) : next;
    }
    return false;
}

str link_host(str url)
{
    const size_t scheme = str_find(url, STR("://"));
    const bool in_path = str_find_byte(url, '/') < scheme;
    str host = scheme == STR_NONE || in_path ? url : str_from(url, scheme + 3);
    size_t end = 0;
    while (end < host.n && host.p[end] != '/' && host.p[end] != '?' && host.p[end] != '#' &&
           host.p[end] != '\\')
        end++;
    host.n = end;
    for (size_t at; (at = str_find_byte(host, '@')) != STR_NONE;) /* user:password@ */
        host = str_from(host, at + 1);
    if (str_starts(host, STR("["))) {
        const size_t close = str_find_byte(host, ']');
        return close == STR_NONE ? host : str_sub(host, 0, close + 1);
    }
    const size_t port = str_find_byte(host, ':');
    return port == STR_NONE ? host : str_sub(host, 0, port);
}

uint32_t link_kinds(str text)
{
    uint32_t kinds = 0;
    struct link_scan scan = link_scan_of(text);
    for (struct link link; link_next(&scan, &link);)
        kinds |= UINT32_C(1) << link.kind;
    return kinds;
}
