/*
 * Lists of addresses (RFC 5322, section 3.4), read from front to back in one pass without recursion:
 * groups, comments and quotes cost nothing but their length.
 */
#include "mail.h"

#include <string.h>

/* What was seen of the address at hand. */
struct pieces {
    struct buf phrase, comment, angle;
    bool has_angle;
};

static size_t take_quoted(struct buf *out, str s)
{
    size_t i = 1;
    for (; i < s.n && s.p[i] != '"'; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n)
            i++;
        buf_add_byte(out, s.p[i]);
    }
    return i < s.n ? i + 1 : i;
}

static size_t take_comment(struct buf *out, str s)
{
    size_t depth = 0, i = 0;
    buf_clear(out); /* the last one is the name */
    for (; i < s.n; i++) {
        const char c = s.p[i];
        if (c == '\\' && i + 1 < s.n) {
            buf_add_byte(out, s.p[++i]);
            continue;
        }
        depth += c == '(';
        depth -= c == ')';
        if (!depth)
            return i + 1;
        if (c != '(' || depth > 1)
            buf_add_byte(out, c);
    }
    return i;
}

static size_t take_angle(struct pieces *p, str s)
{
    size_t end = 1;
    while (end < s.n && !strchr("><", s.p[end]))
        end++;
    if (!p->has_angle)
        buf_add(&p->angle, str_sub(s, 1, end - 1));
    p->has_angle = true;
    return end < s.n && s.p[end] == '>' ? end + 1 : end;
}

/* Takes what belongs to one address off the list. */
static void take_pieces(struct pieces *p, str *list)
{
    buf_clear(&p->phrase);
    buf_clear(&p->comment);
    buf_clear(&p->angle);
    p->has_angle = false;
    while (list->n) {
        const char c = list->p[0];
        const size_t word = c == '=' ? mail_word_length(*list) : 0;
        size_t n = word ? word : 1;
        if (word) /* whole, whatever it holds */
            buf_add(&p->phrase, str_sub(*list, 0, word));
        else if (c == '"')
            n = take_quoted(&p->phrase, *list);
        else if (c == '(')
            n = take_comment(&p->comment, *list);
        else if (c == '<')
            n = take_angle(p, *list);
        else if (c == ':' && !p->has_angle)
            buf_clear(&p->phrase); /* it was the name of a group */
        else if (c != ',' && c != ';')
            buf_add_byte(&p->phrase, c);
        *list = str_from(*list, n);
        if (c == ',' || c == ';')
            return;
    }
}

/* --- The address itself ------------------------------------------------------------------------ */

/* "noll at varnholm dot example" -> "noll@varnholm.example"; empty if it is not written so. */
static str plain_address(struct arena *a, str s)
{
    const size_t at = str_find(s, STR(" at "));
    const str host = at == STR_NONE ? STR("") : str_trim(str_from(s, at + 4));
    const str user = at == STR_NONE ? STR("") : str_trim(str_sub(s, 0, at));
    if (!user.n || !host.n || str_find_byte(user, ' ') != STR_NONE)
        return STR("");
    struct buf out = buf_new(MAIL_FIELD_MAX);
    buf_add(&out, user);
    buf_add_byte(&out, '@');
    for (str rest = host; rest.n;) {
        const size_t dot = str_find(rest, STR(" dot "));
        buf_add(&out, str_sub(rest, 0, dot == STR_NONE ? rest.n : dot));
        if (dot == STR_NONE)
            break;
        buf_add_byte(&out, '.');
        rest = str_from(rest, dot + 5);
    }
    const bool good = str_find_byte(buf_str(&out), ' ') == STR_NONE;
    const str address = good ? arena_dup(a, buf_str(&out)) : STR("");
    buf_free(&out);
    return address;
}

static str lower_case(struct arena *a, str s)
{
    char *const out = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        out[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (str){out, s.n};
}

/* Without "mailto:" and without a route "@a,@b:". */
static str bare_address(str s)
{
    s = str_trim(s);
    if (s.n > 7 && str_eq_nocase(str_sub(s, 0, 7), STR("mailto:")))
        s = str_from(s, 7);
    const size_t colon = str_find_byte(s, ':');
    return str_starts(s, STR("@")) && colon != STR_NONE ? str_from(s, colon + 1) : s;
}

static str decoded(struct arena *a, str raw, const char *charset, bool *lossy)
{
    return str_trim(mail_decode(a, arena_dup(a, str_trim(raw)), charset, lossy));
}

static void set_person(struct arena *a, const struct pieces *p, const char *charset,
                       struct person_ref *out, bool *lossy)
{
    const str phrase = decoded(a, buf_str(&p->phrase), charset, lossy);
    const str comment = decoded(a, buf_str(&p->comment), charset, lossy);
    str address =
        p->has_angle ? decoded(a, bare_address(buf_str(&p->angle)), charset, lossy) : phrase;
    str name = p->has_angle && phrase.n ? phrase : comment;
    const str shown = address;
    if (str_find_byte(address, '@') == STR_NONE) {
        const str plain = plain_address(a, address);
        address = plain.n ? plain : address;
    }
    if (!address.n)
        address = phrase; /* "Noll <>": there is nothing else to know him by */
    out->key = lower_case(a, address);
    if (!name.n && !str_eq(shown, out->key))
        name = shown;
    out->name = str_eq(name, out->key) ? STR("") : name;
}

bool mail_next_address(struct arena *a, str *list, const char *charset, struct person_ref *out,
                       bool *lossy)
{
    struct pieces p = {buf_new(MAIL_FIELD_MAX), buf_new(MAIL_FIELD_MAX), buf_new(MAIL_FIELD_MAX),
                       false};
    bool found = false;
    while (list->n && !found) {
        take_pieces(&p, list);
        set_person(a, &p, charset, out, lossy);
        found = out->key.n > 0;
    }
    buf_free(&p.phrase);
    buf_free(&p.comment);
    buf_free(&p.angle);
    return found;
}
