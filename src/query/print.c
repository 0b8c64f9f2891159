/*
 * Two ways to write a query down: canonical (what the user could have typed; it parses to the same
 * tree) and as a tree for tests.
 */
#include "ast.h"

#include <stdio.h>

#include "fields.h"
#include "fold.h"
#include "regex.h"
#include "utf8.h"

/* ---- canonical ------------------------------------------------------------------------------ */

static void add_quoted(struct buf *out, str s)
{
    buf_add_byte(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, s.p[i]);
    }
    buf_add_byte(out, '"');
}

static bool is_ascii_word(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9') ||
           cp == '_';
}

static bool is_word_character(uint32_t cp)
{
    if (cp < 0x80)
        return is_ascii_word(cp);
    const enum char_class c = char_class_of(cp);
    return c == CHAR_LETTER || c == CHAR_DIGIT || c == CHAR_UNIT || c == CHAR_SYMBOL;
}

/* True if `s` needs no quotation marks: word characters, and bytes of `also` but not in front. */
static bool is_bare(str s, const char *also)
{
    for (str rest = s; rest.n;) {
        const char byte = rest.p[0];
        const bool first = rest.n == s.n;
        if (is_word_character(utf8_next(&rest)))
            continue;
        if (first || str_find_byte(str_of(also), byte) == STR_NONE)
            return false;
    }
    return s.n > 0;
}

static bool is_operator(str s)
{
    return str_eq(s, STR("AND")) || str_eq(s, STR("OR")) || str_eq(s, STR("NOT"));
}

static bool is_bare_word(const struct node *n)
{
    const bool sign = n->raw.n && (n->raw.p[0] == '@' || n->raw.p[0] == '#');
    return n->text.count == 1 && str_eq(n->text.items[0].shown, n->raw) &&
           is_bare(sign ? str_from(n->raw, 1) : n->raw, "") && !is_operator(n->raw);
}

/* As typed if that reads the same inside quotation marks, else its words and wildcards alone. */
static void add_phrase(const struct node *n, struct buf *out)
{
    struct arena a = {0};
    struct text again = text_parse(&a, n->raw, true);
    again.prefix = n->text.prefix;
    again.spelled = n->text.spelled;
    again.window = n->text.window;
    again.others = n->text.others;
    if (text_equal(&again, &n->text)) {
        add_quoted(out, n->raw);
        arena_free(&a);
        return;
    }
    arena_free(&a);
    struct buf words = buf_new(QUERY_MAX_BYTES * 2);
    for (size_t i = 0; i < n->text.count; i++) {
        /* One character may be several words (U+326F, U+FDFA): it is shown once. */
        const str shown = n->text.items[i].shown;
        if (i && n->text.items[i - 1].shown.p == shown.p)
            continue;
        if (i)
            buf_add_byte(&words, ' ');
        buf_add(&words, shown);
    }
    add_quoted(out, buf_str(&words));
    buf_free(&words);
}

static void print_text(const struct node *n, struct buf *out)
{
    /* One word, never in quotation marks: behind those ~1 counts words. */
    if (n->text.fuzzy) {
        buf_add(out, n->text.items[0].shown);
        buf_addf(out, "~%d", n->text.fuzzy);
        return;
    }
    if (n->text.spelled)
        buf_add_byte(out, '+');
    if (is_bare_word(n))
        buf_add(out, n->raw);
    else
        add_phrase(n, out);
    if (n->text.prefix)
        buf_add_byte(out, '*');
    if (n->text.window)
        buf_addf(out, "~%lld", (long long)n->text.others);
}

static void print_regex(const struct node *n, struct buf *out)
{
    buf_add_byte(out, '/');
    buf_add(out, n->raw);
    buf_add(out, regex_ignores_case(n->regex) ? STR("/i") : STR("/"));
}

static void print_field(const struct node *n, struct buf *out)
{
    const struct field *f = n->field;
    buf_addf(out, "%s", f->name);
    if (f->compares) {
        buf_addf(out, "%c", n->value.above ? '>' : '<');
        field_print_number(n, out);
        return;
    }
    buf_add_byte(out, ':');
    const str value = field_canonical_value(n, (char[2 * CIVIL_TEXT]){0});
    if (is_bare(value, ".@-/:"))
        buf_add(out, value);
    else if (f->value_is_range || f->print)
        buf_add(out, value);
    else
        add_quoted(out, value);
    if (n->value.prefix)
        buf_add_byte(out, '*');
}

static void add_named(struct buf *out, const char *field, str name)
{
    buf_addf(out, "%s:", field);
    if (is_bare(name, ".@-"))
        buf_add(out, name);
    else
        add_quoted(out, name);
}

void facet_piece(enum facet_by by, int64_t key, str name, struct buf *out)
{
    struct civil c;
    if ((by == FACET_SENDER || by == FACET_CONVERSATION || by == FACET_SOURCE) && !name.n)
        return;
    switch (by) {
    case FACET_SENDER: add_named(out, "from", name); return;
    case FACET_CONVERSATION: add_named(out, "in", name); return;
    case FACET_SOURCE: add_named(out, "source", name); return;
    case FACET_KIND:
    case FACET_FLAG: field_add_choice(out, by, key); return;
    case FACET_YEAR:
    case FACET_MONTH:
    case FACET_DAY: break;
    }
    if (key == TIME_NONE) {
        buf_add(out, STR("is:undated"));
        return;
    }
    c = civil_from_ms(key);
    buf_addf(out, "date:%04d", c.year);
    if (by != FACET_YEAR)
        buf_addf(out, "-%02d", c.month);
    if (by == FACET_DAY)
        buf_addf(out, "-%02d", c.day);
}

static bool needs_parentheses(const struct node *parent, const struct node *kid)
{
    if (parent->kind == NODE_OR)
        return false; /* AND binds tighter */
    if (parent->kind == NODE_NEAR)
        return kid->kind == NODE_OR;
    return kid->kind == NODE_OR || (parent->kind == NODE_NOT && kid->kind == NODE_AND);
}

static void print_kid(const struct node *parent, const struct node *kid, struct buf *out)
{
    const bool parentheses = needs_parentheses(parent, kid);
    if (parentheses)
        buf_add_byte(out, '(');
    node_print(kid, out);
    if (parentheses)
        buf_add_byte(out, ')');
}

static void print_kids(const struct node *n, str between, struct buf *out)
{
    for (size_t i = 0; i < n->kid_count; i++) {
        if (i)
            buf_add(out, between);
        print_kid(n, n->kids[i], out);
    }
}

static void print_braced(const struct node *n, struct buf *out)
{
    for (size_t i = 0; i < n->kid_count; i++) {
        buf_add_byte(out, '{');
        node_print(n->kids[i], out);
        buf_add_byte(out, '}');
    }
}

void node_print(const struct node *n, struct buf *out)
{
    switch (n->kind) {
    case NODE_ALL: return;
    case NODE_AND: print_kids(n, STR(" AND "), out); return;
    case NODE_OR: print_kids(n, STR(" OR "), out); return;
    case NODE_NOT:
        buf_add(out, STR("NOT "));
        print_kid(n, n->kids[0], out);
        return;
    case NODE_NEAR: {
        char between[40];
        snprintf(between, sizeof between, " %s/%lld ", n->ordered ? "ADJ" : "NEAR",
                 (long long)n->distance);
        print_kids(n, str_of(between), out);
        return;
    }
    case NODE_THREAD:
        buf_add(out, STR("thread:"));
        print_braced(n, out);
        return;
    case NODE_SAME:
        buf_add(out, STR("same:"));
        field_print_duration(n->distance, out);
        print_braced(n, out);
        return;
    case NODE_TEXT: print_text(n, out); return;
    case NODE_REGEX: print_regex(n, out); return;
    case NODE_BYTES:
        buf_add_byte(out, '=');
        add_quoted(out, n->raw);
        return;
    case NODE_FIELD: print_field(n, out); return;
    }
}

void query_print(const struct query *q, struct buf *out)
{
    node_print(q->root, out);
}

/* ---- tree ----------------------------------------------------------------------------------- */

static void add_escaped(struct buf *out, str s)
{
    buf_add_byte(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_addf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            buf_addf(out, "\\x%02x", c);
        else
            buf_add_byte(out, (char)c);
    }
    buf_add_byte(out, '"');
}

static const char *text_head(const struct text *t)
{
    if (t->spelled)
        return "spelled";
    if (t->prefix)
        return "prefix";
    return t->count == 1 ? "word" : "phrase";
}

static void tree_text(const struct text *t, struct buf *out)
{
    if (t->fuzzy)
        buf_addf(out, "(fuzzy %d", t->fuzzy);
    else if (t->window)
        buf_addf(out, "(window %lld", (long long)t->others);
    else
        buf_addf(out, "(%s", text_head(t));
    for (size_t i = 0; i < t->count; i++) {
        const struct item *item = &t->items[i];
        buf_add_byte(out, ' ');
        switch (item->kind) {
        case ITEM_WORD: buf_add(out, t->spelled ? item->spelling : item->word); break;
        case ITEM_ANY: buf_add_byte(out, '*'); break;
        case ITEM_GAP: buf_add(out, STR("…")); break;
        }
    }
    buf_add_byte(out, ')');
}

static void tree_field(const struct node *n, struct buf *out)
{
    const struct field *f = n->field;
    buf_addf(out, "(%s ", f->name);
    if (f->compares)
        buf_addf(out, "%s %lld", n->value.above ? ">" : "<", (long long)n->value.number);
    else if (f->value_is_range || n->value.choice || f->print)
        buf_add(out, field_canonical_value(n, (char[2 * CIVIL_TEXT]){0}));
    else
        add_escaped(out, n->value.text);
    buf_add(out, n->value.prefix ? STR(" *)") : STR(")"));
}

static void tree(const struct node *n, struct buf *out)
{
    static const char *const heads[] = {[NODE_AND] = "and", [NODE_OR] = "or", [NODE_NOT] = "not"};
    switch (n->kind) {
    case NODE_ALL: buf_add(out, STR("(all)")); return;
    case NODE_AND:
    case NODE_OR:
    case NODE_NOT:
        buf_addf(out, "(%s", heads[n->kind]);
        for (size_t i = 0; i < n->kid_count; i++) {
            buf_add_byte(out, ' ');
            tree(n->kids[i], out);
        }
        buf_add_byte(out, ')');
        return;
    case NODE_THREAD:
    case NODE_SAME:
        if (n->kind == NODE_SAME)
            buf_addf(out, "(same %lld", (long long)n->distance);
        else
            buf_add(out, STR("(thread"));
        for (size_t i = 0; i < n->kid_count; i++) {
            buf_add_byte(out, ' ');
            tree(n->kids[i], out);
        }
        buf_add_byte(out, ')');
        return;
    case NODE_NEAR:
        buf_addf(out, "(%s %lld", n->ordered ? "adj" : "near", (long long)n->distance);
        for (size_t i = 0; i < n->kid_count; i++) {
            buf_add_byte(out, ' ');
            tree(n->kids[i], out);
        }
        buf_add_byte(out, ')');
        return;
    case NODE_REGEX:
        buf_addf(out, "(regex%s ", regex_ignores_case(n->regex) ? "-i" : "");
        add_escaped(out, n->raw);
        buf_add_byte(out, ')');
        return;
    case NODE_TEXT: tree_text(&n->text, out); return;
    case NODE_BYTES:
        buf_add(out, STR("(bytes "));
        add_escaped(out, n->raw);
        buf_add_byte(out, ')');
        return;
    case NODE_FIELD: tree_field(n, out); return;
    }
}

void query_print_tree(const struct query *q, struct buf *out)
{
    tree(q->root, out);
}
