/*
 * The independent counter of a group chat release as a web page: a scan of raw bytes for
 * "[dddd-dd-dd dd:dd:dd] &lt;" and "[DMConversationEntry]" where a line of the page begins. It needs no
 * library and shares nothing with the reader; of HTML it knows which tags begin a line, which contents
 * are never shown, and that white space counts once.
 */
#include "release.h"

#include <assert.h>
#include <string.h>

enum mode {
    TEXT,
    LESS, /* behind '<' */
    BANG, /* behind "<!" */
    NAME, /* in the name of a tag */
    ATTRIBUTES,
    QUOTED, /* in the value of an attribute */
    COMMENT,
    RAW,  /* in script or style, up to its end tag */
    SKIP, /* up to '>' */
};

enum { NONE, RECORD, EVENT }; /* what the line's beginning may become */

struct scan {
    unsigned char mode, quote, last; /* last: the last byte of attributes that is no blank */
    unsigned char pattern, at;       /* how far the line's beginning matches */
    bool dead;                       /* it does not match, or was counted */
    bool closing;                    /* the tag is an end tag */
    unsigned char dashes;            /* at the end of a comment so far, or matched of "</script" */
    unsigned char pre;
    unsigned char name_n;
    char name[12];
    char hidden[12]; /* the element whose text is not shown; empty if none */
};

static_assert(sizeof(struct scan) <= sizeof((struct counter *)0)->line,
              "the state is kept in `line`");

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static void begin_line(struct scan *s)
{
    s->dead = s->hidden[0] != '\0';
    s->pattern = NONE;
    s->at = 0;
}

/* --- The beginning of a line ------------------------------------------------------------------- */

static const char record[] = "[dddd-dd-dd dd:dd:dd] &lt;";
static const char event[] = "[DMConversationEntry]";

/* The '<' behind the stamp may be written in four ways; `at` counts from the '&'. */
static bool is_less(const struct scan *s, unsigned char c)
{
    static const char *const ways[] = {"&lt;", "&#60;", "&#x3c;", "&#x3C;"};
    const size_t from = s->at - 22u;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (from < strlen(ways[i]) && ways[i][from] == (char)c &&
            (from == 0 || memcmp(ways[i], s->name, from) == 0))
            return true;
    return false;
}

/* Takes one byte of text; true when the line has turned out to be a record. */
static bool match(struct scan *s, unsigned char c)
{
    if (is_blank(c) && !s->pre) {
        if (s->at == 0 || s->dead)
            return false;
        const bool wanted =
            s->pattern == RECORD && (record[s->at] == ' ' || record[s->at - 1] == ' ');
        s->dead = !wanted;
        s->at += wanted && record[s->at] == ' ';
        return false;
    }
    if (s->at == 1)
        s->pattern = c == 'D' ? EVENT : RECORD;
    if (s->at >= 22 && s->pattern == RECORD) {
        if (s->at == 22 && c == '<') /* one that begins no tag */
            return s->dead = true;
        s->dead = !is_less(s, c);
        s->name[s->at++ - 22] = (char)c;
        const bool whole = !s->dead && c == ';';
        s->dead = s->dead || whole;
        return whole;
    }
    const char *pattern = s->pattern == EVENT ? event : record;
    const bool fits = pattern[s->at] == 'd' && s->pattern == RECORD ? c >= '0' && c <= '9'
                                                                    : pattern[s->at] == (char)c;
    s->at++;
    s->dead = !fits || (s->pattern == EVENT && !event[s->at]);
    return fits && s->dead;
}

/* --- Tags -------------------------------------------------------------------------------------- */

static void end_name(struct scan *s)
{
    static const char *const lines[] = {
        "address",  "article",    "aside",   "blockquote", "body",  "br",     "caption",
        "center",   "dd",         "details", "dir",        "div",   "dl",     "dt",
        "fieldset", "figcaption", "figure",  "footer",     "form",  "h1",     "h2",
        "h3",       "h4",         "h5",      "h6",         "head",  "header", "hr",
        "html",     "legend",     "li",      "main",       "nav",   "ol",     "p",
        "pre",      "section",    "summary", "table",      "tbody", "td",     "tfoot",
        "th",       "thead",      "tr",      "ul",         NULL,
    };
    static const char *const unseen[] = {"button", "iframe",   "noscript", "script", "select",
                                         "style",  "template", "textarea", "title",  NULL};
    s->name[s->name_n < sizeof s->name ? s->name_n : sizeof s->name - 1] = '\0';
    if (s->hidden[0]) {
        if (s->closing && strcmp(s->name, s->hidden) == 0) {
            s->hidden[0] = '\0';
            s->dead = true;
        }
        return;
    }
    if (is_one_of(s->name, lines))
        begin_line(s);
    if (strcmp(s->name, "pre") == 0)
        s->pre = !s->closing;
    if (!s->closing && is_one_of(s->name, unseen)) {
        memcpy(s->hidden, s->name, sizeof s->hidden);
        s->dead = true;
    }
}

static void end_tag(struct scan *s)
{
    const bool raw = strcmp(s->hidden, "script") == 0 || strcmp(s->hidden, "style") == 0;
    s->mode = raw && !s->closing ? RAW : TEXT;
    s->dashes = 0;
}

static void in_name(struct scan *s, unsigned char c)
{
    if (c != '>' && c != '/' && !is_blank(c)) {
        if (s->name_n < sizeof s->name)
            s->name[s->name_n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        return;
    }
    end_name(s);
    s->mode = ATTRIBUTES;
    s->last = 0;
    if (c == '>')
        end_tag(s);
}

static void in_attributes(struct scan *s, unsigned char c)
{
    if (c == '>') {
        end_tag(s);
    } else if ((c == '"' || c == '\'') && s->last == '=') {
        s->mode = QUOTED;
        s->quote = c;
    } else if (!is_blank(c)) {
        s->last = c;
    }
}

/* In script and style everything is theirs up to "</script" or "</style". */
static void in_raw(struct scan *s, unsigned char c)
{
    const char lower = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    const size_t length = strlen(s->hidden);
    if (s->dashes >= 2 && lower == s->hidden[s->dashes - 2])
        s->dashes++;
    else
        s->dashes = c == '<' ? 1 : s->dashes == 1 && c == '/' ? 2 : 0;
    if (s->dashes != length + 2)
        return;
    s->hidden[0] = '\0';
    s->mode = SKIP;
}

static void in_comment(struct scan *s, unsigned char c)
{
    if (c == '>' && s->dashes >= 2)
        s->mode = TEXT;
    else if (c == '!' && s->dashes >= 2)
        s->dashes = 2; /* "--!>" ends it too */
    else
        s->dashes = c == '-' ? (s->dashes < 2 ? s->dashes + 1 : 2) : 0;
}

static bool in_text(struct scan *s, unsigned char c)
{
    if (c == '<') {
        s->mode = LESS;
        return false;
    }
    if (c == '\n' && s->pre) {
        begin_line(s);
        return false;
    }
    return !s->dead && match(s, c);
}

/* A '<' that begins no tag is text, and so is what follows. */
static bool not_a_tag(struct scan *s, unsigned char c)
{
    s->mode = TEXT;
    const bool counted = !s->dead && match(s, '<');
    return in_text(s, c) || counted;
}

static bool behind_less(struct scan *s, unsigned char c)
{
    if (c == '/' && !s->closing) {
        s->closing = true;
        return false;
    }
    if (c == '!' && !s->closing) {
        s->mode = BANG;
        s->dashes = 0;
        return false;
    }
    if (is_letter(c)) {
        /* `name` holds what was read of "&lt;", which no tag interrupts in earnest */
        s->mode = NAME;
        s->name_n = 0;
        in_name(s, c);
        return false;
    }
    if (c != '?' && !s->closing)
        return not_a_tag(s, c);
    s->closing = false;
    s->mode = c == '>' ? TEXT : SKIP;
    return false;
}

static bool behind_bang(struct scan *s, unsigned char c)
{
    if (c == '-') {
        if (++s->dashes == 2) {
            s->mode = COMMENT;
            s->dashes = 0;
        }
        return false;
    }
    if (c == 'd' || c == 'D') {
        s->mode = SKIP;
        return false;
    }
    s->dead = true;
    return not_a_tag(s, c);
}

static bool take(struct scan *s, unsigned char c)
{
    switch ((enum mode)s->mode) {
    case TEXT: s->closing = false; return in_text(s, c);
    case LESS: return behind_less(s, c);
    case BANG: return behind_bang(s, c);
    case NAME: in_name(s, c); break;
    case ATTRIBUTES: in_attributes(s, c); break;
    case QUOTED:
        if (c == s->quote) {
            s->mode = ATTRIBUTES;
            s->last = c;
        }
        break;
    case COMMENT: in_comment(s, c); break;
    case RAW: in_raw(s, c); break;
    case SKIP: s->mode = c == '>' ? TEXT : SKIP; break;
    }
    return false;
}

void release_count_html(struct counter *c, str bytes)
{
    struct scan s;
    memcpy(&s, c->line, sizeof s);
    for (const char *p = bytes.p, *end = p + bytes.n; p < end; p++) {
        if (s.mode == TEXT && s.dead && !s.pre) { /* nothing more to learn from this line's text */
            p = memchr(p, '<', (size_t)(end - p));
            if (!p)
                break;
        }
        c->records += take(&s, (unsigned char)*p);
    }
    memcpy(c->line, &s, sizeof s);
}
