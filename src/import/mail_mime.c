/*
 * GMime behind a wall. GMime parses the header of every message it meets, and with hostile addresses
 * that ends in a stack overflow (groups in groups), so it meets none: it is given the fields that say
 * how a body is built and the body, in which the types "message/..." and "multipart/digest" are
 * overwritten. What it then takes for an ordinary part is a message that Stet reads itself; the
 * overwritten letters are put back wherever they come out.
 */
#include "mail.h"

#include <ctype.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

enum {
    TYPE_MAX = 16 << 10,         /* bytes of the Content-Type that says how the body is built */
    BOUNDARIES_MAX = 100000,     /* lines that may be a boundary */
    PART_HEADER_MAX = 256 << 10, /* bytes behind one of them that may be a header */
    PART_HEADERS_MAX = 8 << 20,  /* and behind all of them */
    PART_FIELDS_MAX = 200000,
    MARKS = 1000,
};

struct mail_tree {
    GMimeObject *root;
    struct arena *arena;
    char mark[5]; /* how a hidden word begins: "x" and three digits, which the body does not hold */
    bool hidden;
};

/* --- What must not reach GMime ----------------------------------------------------------------- */

static str line_at(str text, size_t at)
{
    const str rest = str_from(text, at);
    const size_t lf = str_find_byte(rest, '\n');
    return lf == STR_NONE ? rest : str_sub(rest, 0, lf + 1);
}

static bool goes_on(str line)
{
    return line.n > 0 && (line.p[0] == ' ' || line.p[0] == '\t');
}

/* Whether lines that may be boundaries, and what may be headers behind them, are as many as to cost
   too much: every header field is an object to GMime. */
static bool too_complex(str body)
{
    size_t boundaries = 0, fields = 0, bytes = 0, block = 0;
    bool in_header = false;
    for (size_t at = 0; at < body.n;) {
        const str line = line_at(body, at);
        at += line.n;
        if (str_starts(line, STR("--"))) {
            boundaries++;
            block = 0;
            in_header = true;
            continue;
        }
        in_header = in_header && (goes_on(line) || mail_is_field(line));
        if (!in_header)
            continue;
        fields++;
        bytes += line.n;
        block += line.n;
        if (block > PART_HEADER_MAX)
            return true;
    }
    return boundaries > BOUNDARIES_MAX || bytes > PART_HEADERS_MAX || fields > PART_FIELDS_MAX;
}

/* --- Hiding words ------------------------------------------------------------------------------ */

static bool choose_mark(struct mail_tree *t, str type, str body)
{
    for (unsigned i = 0; i < MARKS; i++) {
        snprintf(t->mark, sizeof t->mark, "x%03u", i % MARKS);
        const str mark = str_of(t->mark);
        if (str_find(body, mark) == STR_NONE && str_find(type, mark) == STR_NONE)
            return true;
    }
    return false;
}

/* "message" becomes the mark, "m" and two hexadecimal digits that say which letters were capitals;
   "digest" the same without the "m". */
static void hide_word(struct mail_tree *t, char *word, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    unsigned capitals = 0;
    for (size_t i = 0; i < length; i++)
        capitals |= (unsigned)(isupper((unsigned char)word[i]) != 0) << i;
    memcpy(word, t->mark, 4);
    if (length == 7)
        word[4] = 'm';
    word[length - 2] = digits[capitals >> 4];
    word[length - 1] = digits[capitals & 15];
    t->hidden = true;
}

/* Wherever they stand in the field: comments may surround the type, and what is no type is restored. */
static void hide_in_field(struct mail_tree *t, char *field, size_t n)
{
    static const str words[] = {STR_INIT("message"), STR_INIT("digest")};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            if (str_eq_nocase(str_sub((str){field, n}, i, words[k].n), words[k]))
                hide_word(t, field + i, words[k].n);
}

static bool is_type_field(str line)
{
    static const str name = STR_INIT("Content-Type");
    return str_eq_nocase(str_sub(line, 0, name.n), name) && mail_is_field(line);
}

static void hide_messages(struct mail_tree *t, char *bytes, size_t n)
{
    const str all = {bytes, n};
    for (size_t at = 0; at < n;) {
        size_t length = line_at(all, at).n;
        if (is_type_field(str_sub(all, at, length))) {
            while (goes_on(str_sub(all, at + length, 1)))
                length += line_at(all, at + length).n;
            hide_in_field(t, bytes + at, length);
        }
        at += length;
    }
}

/* The word that begins at `s`, if it is a hidden one; its length, or 0. */
static size_t restore_word(const struct mail_tree *t, str s, char out[8])
{
    const bool message = s.n >= 7 && s.p[4] == 'm';
    const size_t length = message ? 7 : 6;
    if (s.n < length || memcmp(s.p, t->mark, 4) != 0)
        return 0;
    const int high = mail_hex_digit(s.p[length - 2]), low = mail_hex_digit(s.p[length - 1]);
    if (high < 0 || low < 0)
        return 0;
    memcpy(out, message ? "message" : "digest", length);
    for (size_t i = 0; i < length; i++)
        if ((high * 16 + low) >> i & 1)
            out[i] = (char)toupper((unsigned char)out[i]);
    return length;
}

static void restore(const struct mail_tree *t, str bytes, struct buf *out)
{
    const str mark = str_of(t->mark);
    for (size_t at; t->hidden && (at = str_find(bytes, mark)) != STR_NONE;) {
        char word[8];
        const size_t length = restore_word(t, str_from(bytes, at), word);
        buf_add(out, str_sub(bytes, 0, at));
        buf_add(out, length ? (str){word, length} : str_sub(bytes, at, 1));
        bytes = str_from(bytes, at + (length ? length : 1));
    }
    buf_add(out, bytes);
}

/* --- The tree ---------------------------------------------------------------------------------- */

static void add_field(GByteArray *out, const struct mail_head *head, enum mail_field f)
{
    const str name = mail_field_name(f), value = head->value[f];
    if (!value.n || value.n > TYPE_MAX)
        return;
    g_byte_array_append(out, (const guint8 *)name.p, (guint)name.n);
    g_byte_array_append(out, (const guint8 *)":", 1);
    g_byte_array_append(out, (const guint8 *)value.p, (guint)value.n);
    g_byte_array_append(out, (const guint8 *)"\n", 1);
}

static bool has_nocase(str s, str word)
{
    for (size_t i = 0; i + word.n <= s.n; i++)
        if (str_eq_nocase(str_sub(s, i, word.n), word))
            return true;
    return false;
}

static GMimeObject *parse(GByteArray *bytes)
{
    g_mime_init();
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeObject *root = g_mime_parser_construct_part(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return root;
}

struct mail_tree *mail_tree_new(struct arena *a, const struct mail_head *head)
{
    const str type = str_sub(head->value[MAIL_CONTENT_TYPE], 0, TYPE_MAX);
    if (head->body.n > MAIL_MAX || (has_nocase(type, STR("multipart")) && too_complex(head->body)))
        return NULL;
    struct mail_tree *t = arena_alloc(a, sizeof *t);
    t->arena = a;
    if (!choose_mark(t, type, head->body))
        return NULL;
    GByteArray *bytes = g_byte_array_sized_new((guint)(head->body.n + type.n + 1000));
    add_field(bytes, head, MAIL_CONTENT_TYPE);
    add_field(bytes, head, MAIL_CONTENT_ENCODING);
    add_field(bytes, head, MAIL_CONTENT_DISPOSITION);
    g_byte_array_append(bytes, (const guint8 *)"\n", 1);
    if (head->body.n)
        g_byte_array_append(bytes, (const guint8 *)head->body.p, (guint)head->body.n);
    hide_messages(t, (char *)bytes->data, bytes->len);
    t->root = parse(bytes);
    return t->root ? t : NULL;
}

void mail_tree_free(struct mail_tree *t)
{
    if (t && t->root)
        g_object_unref(t->root);
}

/* A field of a part, on one line, with hidden words restored. */
static str part_field(struct mail_tree *t, GMimeObject *o, const char *name)
{
    GMimeHeader *field = g_mime_header_list_get_header(g_mime_object_get_header_list(o), name);
    const str raw = field ? str_of(g_mime_header_get_raw_value(field)) : STR("");
    struct buf b = buf_new(MAIL_FIELD_MAX);
    restore(t, str_sub(raw, 0, MAIL_FIELD_MAX), &b);
    const str value = mail_unfold(t->arena, arena_dup(t->arena, buf_str(&b)));
    buf_free(&b);
    return value;
}

/* The token at the front of *s, in lower case. */
static str take_token(struct arena *a, str *s)
{
    *s = str_trim(*s);
    size_t n = 0;
    while (n < s->n && !strchr("/; \t\"()", s->p[n]) && s->p[n])
        n++;
    char *const out = arena_alloc(a, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = s->p[i] > ' ' && s->p[i] < 127 ? (char)tolower((unsigned char)s->p[i]) : '?';
    *s = str_trim(str_from(*s, n));
    return (str){out, n};
}

static struct mail_part part_of(struct mail_tree *t, GMimeObject *o)
{
    struct mail_part p = {
        .type_field = part_field(t, o, "Content-Type"),
        .disposition_field = part_field(t, o, "Content-Disposition"),
        .multipart = GMIME_IS_MULTIPART(o),
        .object = o,
    };
    str rest = p.type_field;
    p.type = take_token(t->arena, &rest);
    const bool whole = str_starts(rest, STR("/"));
    rest = str_from(rest, 1);
    p.subtype = whole ? take_token(t->arena, &rest) : STR("");
    if (!p.subtype.n) { /* RFC 2045, section 5.2: without a type it is text */
        p.type = STR("text");
        p.subtype = STR("plain");
    }
    return p;
}

struct mail_part mail_tree_root(struct mail_tree *t)
{
    return part_of(t, t->root);
}

size_t mail_part_count(const struct mail_part *p)
{
    const int n = p->multipart ? g_mime_multipart_get_count(GMIME_MULTIPART(p->object)) : 0;
    return n > 0 ? (size_t)n : 0;
}

struct mail_part mail_part_at(struct mail_tree *t, const struct mail_part *p, size_t i)
{
    return part_of(t, g_mime_multipart_get_part(GMIME_MULTIPART(p->object), (int)i));
}

void mail_part_bytes(struct mail_tree *t, const struct mail_part *p, struct buf *out)
{
    if (p->multipart) { /* no boundary was found: all of it is what stands before the first */
        const char *before = g_mime_multipart_get_prologue(GMIME_MULTIPART(p->object));
        restore(t, str_of(before), out);
        return;
    }
    GMimeDataWrapper *content =
        GMIME_IS_PART(p->object) ? g_mime_part_get_content(GMIME_PART(p->object)) : NULL;
    if (!content)
        return;
    GMimeStream *mem = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, mem);
    const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(mem));
    restore(t, (str){(const char *)bytes->data, bytes->len}, out);
    g_object_unref(mem);
}
