/* See lex.h; quotation marks are in lex_quote.c. */
#include "lex.h"

#include "ast.h"
#include "fields.h"
#include "lex_quote.h"
#include "utf8.h"

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool at_end_of_word(const struct lexer *l, size_t at)
{
    if (at >= l->text.n)
        return true;
    str rest = str_from(l->text, at);
    return rest.p[0] == '(' || rest.p[0] == ')' || (l->braces && rest.p[0] == '}') ||
           query_is_blank(utf8_next(&rest));
}

void lex_skip_blanks(struct lexer *l)
{
    while (l->at < l->text.n) {
        str rest = str_from(l->text, l->at);
        if (!query_is_blank(utf8_next(&rest)))
            return;
        l->at = l->text.n - rest.n;
    }
}

/* ":)" and ";-(" are drawn with parentheses that group nothing. */
static size_t emoticon_length(str s)
{
    if (s.n < 2 || (s.p[0] != ':' && s.p[0] != ';' && s.p[0] != '='))
        return 0;
    const size_t nose = s.p[1] == '-' || s.p[1] == '\'' ? 1 : 0;
    if (s.n < 2 + nose || (s.p[1 + nose] != ')' && s.p[1 + nose] != '('))
        return 0;
    return 2 + nose;
}

static size_t word_end(const struct lexer *l)
{
    const size_t emoticon = emoticon_length(str_from(l->text, l->at));
    if (emoticon && at_end_of_word(l, l->at + emoticon))
        return l->at + emoticon;
    size_t at = l->at;
    while (!at_end_of_word(l, at)) {
        str rest = str_from(l->text, at);
        (void)utf8_next(&rest);
        at = l->text.n - rest.n;
    }
    return at;
}

/* ---- fields --------------------------------------------------------------------------------- */

/* Schemes whose colon is followed by no slashes; with slashes any name is a scheme. */
static bool is_address(str name, str after)
{
    static const char *const schemes[] = {"mailto", "tel", "magnet", "urn", "geo"};
    if (str_starts(after, STR("//")))
        return true;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (str_eq_nocase(name, str_of(schemes[i])))
            return true;
    return false;
}

/* One letter before a colon is an emoticon or a drive, two colons are a programmer's. */
static bool is_field_like(str name, str after)
{
    return name.n >= 2 && !is_address(name, after) && !str_starts(after, STR(":"));
}

static enum status lex_field(struct lexer *l, struct lexeme *out, bool *is_field, struct err *e)
{
    const str rest = str_from(l->text, l->at);
    size_t n = 0;
    while (n < rest.n && is_name_byte(rest.p[n]))
        n++;
    *is_field = false;
    if (n == 0 || n == rest.n || (rest.p[n] != ':' && rest.p[n] != '>' && rest.p[n] != '<'))
        return OK;
    const str name = str_sub(rest, 0, n);
    const struct field *f = field_find(name);
    const bool compares = f && f->compares;
    if (rest.p[n] != ':' && !compares)
        return OK;
    if (!f && !is_field_like(name, str_from(rest, n + 1)))
        return OK;
    if (!f)
        return field_unknown(name, l->at, e);
    if (compares && rest.p[n] == ':') {
        (void)fail_at(e, ERR_QUERY, l->at, n + 1, "%s needs > or <", f->name);
        return fail_hint(e, "write %s>%s", f->name, f->value);
    }
    *is_field = true;
    *out = (struct lexeme){.kind = LEX_FIELD,
                           .at = l->at,
                           .len = n + 1,
                           .raw = name,
                           .raw_at = l->at,
                           .sign = rest.p[n],
                           .distance = -1};
    l->at += n + 1;
    return OK;
}

/* ---- quoted --------------------------------------------------------------------------------- */

/* Reads "text" from the opening mark at l->at on, with a * or ~N behind it. */
static enum status lex_quoted(struct lexer *l, enum lexeme_kind kind, size_t start,
                              struct lexeme *out, struct err *e)
{
    struct quoted q;
    const enum status st = quote_read(l->a, l->text, l->at, &q, e);
    if (st != OK)
        return st;
    *out = (struct lexeme){.kind = kind,
                           .at = start,
                           .raw = q.raw,
                           .raw_at = q.raw_at,
                           .quoted = true,
                           .distance = -1};
    l->at = q.end;
    if (l->at < l->text.n && l->text.p[l->at] == '*') {
        out->prefix = true;
        l->at++;
    }
    if (l->at + 1 < l->text.n && l->text.p[l->at] == '~' && is_digit(l->text.p[l->at + 1])) {
        size_t n = 0;
        while (l->at + 1 + n < l->text.n && is_digit(l->text.p[l->at + 1 + n]))
            n++;
        if (!str_to_u63(str_sub(l->text, l->at + 1, n), &out->distance))
            out->distance = INT64_MAX;
        l->at += 1 + n;
    }
    out->len = l->at - start;
    return OK;
}

/* ---- words ---------------------------------------------------------------------------------- */

static void set_word(struct lexer *l, struct lexeme *out, enum lexeme_kind kind, size_t from,
                     size_t end)
{
    *out = (struct lexeme){.kind = kind,
                           .at = l->at,
                           .len = end - l->at,
                           .raw_at = from,
                           .raw = str_sub(l->text, from, end - from),
                           .distance = -1};
    l->at = end;
}

/* Takes the * off the end of a bare word. */
static enum status take_star(struct lexeme *out, struct err *e)
{
    const size_t star = str_find_byte(out->raw, '*');
    if (star == STR_NONE)
        return OK;
    if (out->raw.n > 1 && star == out->raw.n - 1) {
        out->raw.n--;
        out->prefix = true;
        return OK;
    }
    (void)fail_at(e, ERR_QUERY, out->raw_at + star, 1, "* stands only at the end of a word");
    return fail_hint(e, "in a phrase a * between blanks is any one word: \"dredging * permit\"");
}

/* Takes ~ or ~N off the end of a bare word; ~ alone means by the length of the word. */
static void take_tilde(struct lexeme *word)
{
    const size_t tilde = str_find_byte(word->raw, '~');
    const size_t left = tilde == STR_NONE ? 0 : word->raw.n - tilde - 1;
    if (tilde == STR_NONE || tilde == 0 || left > 1 ||
        (left == 1 && !is_digit(word->raw.p[tilde + 1])))
        return;
    enum { SHORT_WORD = 5 };
    const str shorter = str_sub(word->raw, 0, tilde);
    word->distance = left ? word->raw.p[tilde + 1] - '0' : utf8_count(shorter) > SHORT_WORD ? 2 : 1;
    word->raw = shorter;
}

/* NEAR/5 ADJ/5 w/5 W/5 pre/5 PRE/5 */
static bool is_near(str word, struct lexeme *out)
{
    static const struct {
        const char *word;
        bool ordered;
    } operators[] = {{"NEAR/", false}, {"ADJ/", true}, {"w/", false},
                     {"W/", false},    {"pre/", true}, {"PRE/", true}};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        const str head = str_of(operators[i].word);
        if (str_starts(word, head) && str_to_u63(str_from(word, head.n), &out->distance)) {
            out->ordered = operators[i].ordered;
            return true;
        }
    }
    return false;
}

static enum status lex_word(struct lexer *l, struct lexeme *out, struct err *e)
{
    const size_t end = word_end(l);
    set_word(l, out, LEX_WORD, l->at, end);
    if (str_eq(out->raw, STR("AND")))
        out->kind = LEX_AND;
    else if (str_eq(out->raw, STR("OR")))
        out->kind = LEX_OR;
    else if (str_eq(out->raw, STR("NOT")))
        out->kind = LEX_NOT;
    else if (is_near(out->raw, out))
        out->kind = LEX_NEAR;
    if (out->kind != LEX_WORD)
        return OK;
    take_tilde(out);
    return take_star(out, e);
}

/* "/re/" or "/re/i" up to an end of word; a lone path such as /var/log is a word. */
static bool lex_regex(struct lexer *l, struct lexeme *out)
{
    const str rest = str_from(l->text, l->at);
    if (rest.n < 3 || rest.p[0] != '/' || rest.p[1] == '/')
        return false;
    for (size_t i = 1; i < rest.n; i++) {
        if (rest.p[i] == '\\') {
            i++;
            continue;
        }
        if (rest.p[i] != '/')
            continue;
        const bool ignore_case = i + 1 < rest.n && rest.p[i + 1] == 'i';
        const size_t end = l->at + i + 1 + (ignore_case ? 1 : 0);
        if (!at_end_of_word(l, end))
            continue;
        *out = (struct lexeme){.kind = LEX_REGEX,
                               .at = l->at,
                               .len = end - l->at,
                               .raw = str_sub(rest, 1, i - 1),
                               .raw_at = l->at + 1,
                               .distance = -1,
                               .ignore_case = ignore_case};
        l->at = end;
        return true;
    }
    return false;
}

static bool is_minus(const struct lexer *l)
{
    return l->text.p[l->at] == '-' && l->at + 1 < l->text.n && l->text.p[l->at + 1] != '-' &&
           l->text.p[l->at + 1] != ')' &&
           (l->text.p[l->at + 1] == '(' || !at_end_of_word(l, l->at + 1));
}

static void lex_sign(struct lexer *l, struct lexeme *out, enum lexeme_kind kind)
{
    *out = (struct lexeme){.kind = kind, .at = l->at, .len = 1, .distance = -1};
    l->at++;
}

/* +word, +"phrase", ="bytes": signs that count only right before what they change. */
static enum status lex_signed(struct lexer *l, struct lexeme *out, bool *is_signed, struct err *e)
{
    const size_t start = l->at;
    const char sign = l->text.p[start];
    *is_signed = (sign == '+' || sign == '=') && !at_end_of_word(l, start + 1);
    if (!*is_signed)
        return OK;
    const bool quoted = quote_opens(l->text, start + 1);
    if (quoted) {
        l->at++;
        return lex_quoted(l, sign == '=' ? LEX_BYTES : LEX_SPELLED, start, out, e);
    }
    *is_signed = sign == '+';
    if (!*is_signed)
        return OK;
    const size_t end = word_end(l);
    set_word(l, out, LEX_SPELLED, start + 1, end);
    return take_star(out, e);
}

enum status lex_next(struct lexer *l, struct lexeme *out, struct err *e)
{
    lex_skip_blanks(l);
    *out = (struct lexeme){.kind = LEX_END, .at = l->at, .distance = -1};
    if (l->at == l->text.n)
        return OK;
    const char c = l->text.p[l->at];
    if (c == '(' || c == ')') {
        lex_sign(l, out, c == '(' ? LEX_OPEN : LEX_CLOSE);
        return OK;
    }
    if (c == '}' && l->braces) {
        lex_sign(l, out, LEX_BRACE);
        return OK;
    }
    if (is_minus(l)) {
        lex_sign(l, out, LEX_NOT);
        return OK;
    }
    bool taken;
    enum status st = lex_signed(l, out, &taken, e);
    if (st != OK || taken)
        return st;
    if (quote_opens(l->text, l->at))
        return lex_quoted(l, LEX_PHRASE, l->at, out, e);
    if (lex_regex(l, out))
        return OK;
    st = lex_field(l, out, &taken, e);
    if (st != OK || taken)
        return st;
    return lex_word(l, out, e);
}

enum status lex_value(struct lexer *l, struct lexeme *out, struct err *e)
{
    if (l->at < l->text.n && l->text.p[l->at] == '(') {
        lex_sign(l, out, LEX_OPEN);
        return OK;
    }
    if (l->at < l->text.n && quote_opens(l->text, l->at))
        return lex_quoted(l, LEX_PHRASE, l->at, out, e);
    size_t end = l->at;
    for (int depth = 0; end < l->text.n; end++) {
        str rest = str_from(l->text, end);
        depth += rest.p[0] == '(';
        depth -= rest.p[0] == ')';
        if (depth < 0 || rest.p[0] == '{' || (l->braces && rest.p[0] == '}') ||
            query_is_blank(utf8_next(&rest)))
            break;
    }
    set_word(l, out, LEX_WORD, l->at, end);
    if (out->raw.n > 1 && out->raw.p[out->raw.n - 1] == '*') {
        out->raw.n--;
        out->prefix = true;
    }
    return OK;
}
