/* The markup of Skype's texts: tags and references of XML, with much that is not well formed. */
#include "skype.h"

#include <string.h>

enum { TAG_MAX = 64 << 10, REFERENCE_MAX = 12, QUOTE_NAME_MAX = 200 };

/* --- References -------------------------------------------------------------------------------- */

static bool number_of(str digits, uint32_t *cp)
{
    const bool hex = digits.n && (digits.p[0] | 0x20) == 'x';
    uint32_t value = 0;
    for (size_t i = hex; i < digits.n; i++) {
        const char c = digits.p[i], lower = (char)(c | 0x20);
        const int digit = c >= '0' && c <= '9'                  ? c - '0'
                          : hex && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
                                                                : -1;
        if (digit < 0 || value > 0x10FFFF)
            return false;
        value = value * (hex ? 16 : 10) + (uint32_t)digit;
    }
    *cp = value;
    return digits.n > hex && value > 0;
}

/* Adds what "&...;" at the start of `s` means; its length, or 0 if it is none. */
static size_t add_reference(struct buf *out, str s)
{
    static const struct {
        const char *name, *text;
    } named[] = {{"lt", "<"},    {"gt", ">"},   {"amp", "&"},
                 {"quot", "\""}, {"apos", "'"}, {"nbsp", "\u00a0"}};
    const size_t end = str_find_byte(str_sub(s, 0, REFERENCE_MAX), ';');
    if (end == STR_NONE)
        return 0;
    const str name = str_sub(s, 1, end - 1);
    uint32_t cp;
    if (str_starts(name, STR("#")) && number_of(str_from(name, 1), &cp)) {
        buf_add_codepoint(out, cp);
        return end + 1;
    }
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        if (!str_eq(name, str_of(named[i].name)))
            continue;
        buf_add(out, str_of(named[i].text));
        return end + 1;
    }
    return 0;
}

static str decoded(struct arena *a, str text)
{
    if (str_find_byte(text, '&') == STR_NONE)
        return text;
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    while (text.n) {
        const size_t at = str_find_byte(text, '&');
        buf_add(&out, str_sub(text, 0, at == STR_NONE ? text.n : at));
        if (at == STR_NONE)
            break;
        text = str_from(text, at);
        const size_t n = add_reference(&out, text);
        if (!n)
            buf_add_byte(&out, '&');
        text = str_from(text, n ? n : 1);
    }
    const str kept = arena_dup(a, buf_str(&out));
    buf_free(&out);
    return kept;
}

/* --- Tags -------------------------------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Length of the tag at the start of `s`, 0 if it is none: a name must follow the '<' at once. */
static size_t tag_length(str s)
{
    const size_t first = s.n > 1 && s.p[1] == '/' ? 2 : 1;
    if (s.n <= first || !is_letter(s.p[first]))
        return 0;
    char quote = 0;
    for (size_t i = first; i < s.n && i < TAG_MAX; i++) {
        if (quote)
            quote = s.p[i] == quote ? 0 : quote;
        else if (s.p[i] == '>')
            return i + 1;
        else if (s.p[i] == '<')
            return 0;
        else if (s.p[i] == '"')
            quote = '"';
    }
    return 0;
}

static void read_tag(str tag, struct skype_piece *out)
{
    out->closing = str_starts(tag, STR("</"));
    str inner = str_sub(tag, out->closing ? 2 : 1, tag.n - (out->closing ? 3 : 2));
    out->empty = str_ends(inner, STR("/"));
    if (out->empty)
        inner.n--;
    size_t n = 0;
    while (n < inner.n && !strchr(" \t\r\n", inner.p[n]))
        n++;
    out->name = str_sub(inner, 0, n);
    out->attributes = str_from(inner, n);
}

bool skype_next_piece(struct arena *a, str *rest, struct skype_piece *out)
{
    *out = (struct skype_piece){.text = STR(""), .name = STR(""), .attributes = STR("")};
    if (!rest->n)
        return false;
    const size_t tag = rest->p[0] == '<' ? tag_length(*rest) : 0;
    if (tag) {
        read_tag(str_sub(*rest, 0, tag), out);
        *rest = str_from(*rest, tag);
        return true;
    }
    const size_t next = str_find_byte(str_from(*rest, 1), '<');
    const size_t n = next == STR_NONE ? rest->n : next + 1;
    out->text = decoded(a, str_sub(*rest, 0, n));
    *rest = str_from(*rest, n);
    return true;
}

str skype_attribute(struct arena *a, str attributes, const char *name)
{
    const str wanted = str_of(name);
    for (str rest = attributes; rest.n;) {
        const size_t equals = str_find_byte(rest, '=');
        if (equals == STR_NONE)
            break;
        const str key = str_trim(str_sub(rest, 0, equals));
        rest = str_trim(str_from(rest, equals + 1));
        const bool quoted = rest.n && (rest.p[0] == '"' || rest.p[0] == '\'');
        const str body = str_from(rest, quoted);
        size_t end = quoted ? str_find_byte(body, rest.p[0]) : str_find_byte(body, ' ');
        end = end == STR_NONE ? body.n : end;
        if (str_eq_nocase(key, wanted))
            return decoded(a, str_sub(body, 0, end));
        rest = str_from(body, end + 1);
    }
    return STR("");
}

bool skype_element(struct arena *a, str *from, const char *name, str *attributes, str *text)
{
    const str wanted = str_of(name);
    struct skype_piece piece;
    struct buf inner = buf_new(BUF_MESSAGE_MAX);
    bool open = false, found = false;
    while (!found && skype_next_piece(a, from, &piece)) {
        const bool ours = str_eq_nocase(piece.name, wanted);
        if (open)
            buf_add(&inner, piece.text);
        if (ours && !piece.closing && !open) {
            *attributes = piece.attributes;
            open = true;
        }
        found = open && ours && (piece.closing || piece.empty);
    }
    *text = arena_dup(a, buf_str(&inner));
    buf_free(&inner);
    return found;
}

/* --- Texts ------------------------------------------------------------------------------------- */

struct text {
    struct arena *arena;
    struct message *m;
    struct buf out, quoted;  /* what is shown; the quotation at hand */
    unsigned quotes, legacy; /* open <quote>, <legacyquote> */
    str author, link;
    size_t link_at;
};

static void end_quote(struct text *t)
{
    if (t->out.n && t->out.p[t->out.n - 1] != '\n')
        buf_add_byte(&t->out, '\n');
    str rest = buf_str(&t->quoted), line;
    bool first = true;
    while (str_split(&rest, '\n', &line)) {
        buf_add(&t->out, STR("> "));
        if (first && t->author.n)
            buf_addf(&t->out, STR_FMT ": ", STR_ARG(str_sub(t->author, 0, QUOTE_NAME_MAX)));
        buf_add(&t->out, line);
        buf_add_byte(&t->out, '\n');
        first = false;
    }
    buf_clear(&t->quoted);
}

static void on_quote(struct text *t, const struct skype_piece *p)
{
    if (p->empty)
        return;
    if (p->closing) {
        t->quotes -= t->quotes > 0;
        if (!t->quotes)
            end_quote(t);
        return;
    }
    if (t->quotes++)
        return;
    const str name = skype_attribute(t->arena, p->attributes, "authorname");
    t->author = name.n ? name : skype_attribute(t->arena, p->attributes, "author");
    t->m->reply_to = skype_attribute(t->arena, p->attributes, "messageid");
    t->m->flags |= FLAG_REPLY;
}

static void on_link(struct text *t, const struct skype_piece *p)
{
    if (!p->closing) {
        t->link = skype_attribute(t->arena, p->attributes, "href");
        t->link_at = t->out.n;
        return;
    }
    const str shown = str_from(buf_str(&t->out), t->link_at);
    if (t->link.n && !t->quotes && !str_eq(shown, t->link))
        add_absent(t->arena, t->m, ATTACH_LINK_CARD, t->link);
    t->link = STR("");
}

static void on_tag(struct text *t, const struct skype_piece *p)
{
    if (str_eq_nocase(p->name, STR("quote")))
        on_quote(t, p);
    else if (str_eq_nocase(p->name, STR("legacyquote")))
        t->legacy = p->closing ? 0 : !p->empty;
    else if (str_eq_nocase(p->name, STR("a")))
        on_link(t, p);
    else if (str_eq_nocase(p->name, STR("br")))
        buf_add_byte(t->quotes ? &t->quoted : &t->out, '\n');
    else if (str_eq_nocase(p->name, STR("at")) && !p->closing)
        add_mention(t->arena, t->m, skype_attribute(t->arena, p->attributes, "id"), STR(""));
    else if (str_eq_nocase(p->name, STR("e_m")) && !p->closing)
        t->m->flags |= FLAG_EDITED;
}

void skype_text(struct arena *a, struct message *m, str content)
{
    struct text t = {
        .arena = a,
        .m = m,
        .out = buf_new(BUF_MESSAGE_MAX),
        .quoted = buf_new(BUF_MESSAGE_MAX),
        .author = STR(""),
        .link = STR(""),
    };
    struct skype_piece piece;
    while (skype_next_piece(a, &content, &piece)) {
        if (piece.name.n)
            on_tag(&t, &piece);
        else if (!t.legacy)
            buf_add(t.quotes ? &t.quoted : &t.out, piece.text);
    }
    if (t.quotes)
        end_quote(&t);
    m->text = arena_dup(a, buf_str(&t.out));
    buf_free(&t.out);
    buf_free(&t.quoted);
}
