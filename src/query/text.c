/*
 * What a word or a phrase asks for: the tokens of the index, and between them wildcards. The same
 * tokenizer reads messages, so a query word and a message word agree by construction.
 */
#include "ast.h"

#include "fold.h"
#include "tokenize.h"
#include "utf8.h"

enum { ITEMS_CHUNK = 8 };

struct items {
    struct arena *a;
    struct item *p;
    size_t n, cap;
};

bool query_is_blank(uint32_t cp)
{
    return char_class_of(cp) == CHAR_SPACE;
}

static void add_item(struct items *list, struct item item)
{
    if (list->n == list->cap) {
        const size_t cap = list->cap ? list->cap * 2 : ITEMS_CHUNK;
        struct item *grown = arena_array(list->a, cap, sizeof *grown);
        for (size_t i = 0; i < list->n; i++)
            grown[i] = list->p[i];
        list->p = grown;
        list->cap = cap;
    }
    list->p[list->n++] = item;
}

static str spelling_of(struct arena *a, str shown)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    while (shown.n) {
        uint32_t out[FOLD_MAX];
        const size_t n = fold_codepoint_exact(utf8_next(&shown), out);
        for (size_t i = 0; i < n; i++)
            buf_add_codepoint(&b, out[i]);
    }
    const str copy = arena_dup(a, buf_str(&b));
    buf_free(&b);
    return copy;
}

static void add_word(struct items *list, str text, const struct token *t)
{
    const str shown = str_sub(text, t->at, t->end - t->at);
    add_item(list, (struct item){.kind = ITEM_WORD,
                                 .word = arena_dup(list->a, t->word),
                                 .spelling = spelling_of(list->a, shown),
                                 .shown = shown});
}

/* True if all that can be indexed in `text` is one @handle or #tag; gives that token. */
static bool is_one_whole(str text, struct tokenizer *t, struct token *whole)
{
    *t = tokenizer_of(text);
    if (!tokenizer_next(t, whole) || !whole->whole)
        return false;
    struct tokenizer rest = tokenizer_of(text);
    struct token part;
    while (tokenizer_next(&rest, &part))
        if (part.end > whole->end)
            return false;
    return true;
}

static void add_words(struct items *list, str text)
{
    struct tokenizer t = tokenizer_of(text);
    struct token tok;
    while (tokenizer_next(&t, &tok))
        if (!tok.whole)
            add_word(list, text, &tok);
}

/* Length of an ellipsis at the start of `s`, 0 if there is none. */
static size_t ellipsis_length(str s)
{
    if (str_starts(s, STR("…")))
        return STR("…").n;
    size_t dots = 0;
    while (dots < s.n && s.p[dots] == '.')
        dots++;
    return dots >= 3 ? dots : 0;
}

static bool ends_blank(str s)
{
    size_t last = s.n;
    while (last > 0 && ((unsigned char)s.p[last - 1] & 0xC0) == 0x80)
        last--;
    if (last == 0)
        return s.n == 0;
    str cp = str_from(s, last - 1);
    return query_is_blank(utf8_next(&cp));
}

static bool starts_blank(str s)
{
    return s.n == 0 || query_is_blank(utf8_next(&s));
}

static void add_phrase(struct items *list, str raw)
{
    size_t from = 0;
    for (size_t i = 0; i < raw.n;) {
        const size_t dots = ellipsis_length(str_from(raw, i));
        const bool any = raw.p[i] == '*' && ends_blank(str_sub(raw, from, i - from)) &&
                         starts_blank(str_from(raw, i + 1));
        if (!dots && !any) {
            i++;
            continue;
        }
        add_words(list, str_sub(raw, from, i - from));
        const size_t length = any ? 1 : dots;
        add_item(list, (struct item){.kind = any ? ITEM_ANY : ITEM_GAP,
                                     .shown = str_sub(raw, i, length)});
        i += length;
        from = i;
    }
    add_words(list, str_from(raw, from));
}

/* Gaps at the ends say nothing, and two gaps are one. */
static void drop_idle_gaps(struct items *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        const bool idle =
            list->p[i].kind == ITEM_GAP && (kept == 0 || list->p[kept - 1].kind == ITEM_GAP);
        if (!idle)
            list->p[kept++] = list->p[i];
    }
    if (kept && list->p[kept - 1].kind == ITEM_GAP)
        kept--;
    list->n = kept;
}

struct text text_parse(struct arena *a, str raw, bool phrase)
{
    struct items list = {.a = a};
    struct tokenizer t;
    struct token whole;
    if (is_one_whole(raw, &t, &whole))
        add_word(&list, raw, &whole);
    else if (phrase)
        add_phrase(&list, raw);
    else
        add_words(&list, raw);
    drop_idle_gaps(&list);
    bool has_word = false;
    for (size_t i = 0; i < list.n; i++)
        has_word = has_word || list.p[i].kind == ITEM_WORD;
    return (struct text){.items = list.p, .count = has_word ? list.n : 0};
}

bool text_equal(const struct text *a, const struct text *b)
{
    if (a->count != b->count || a->prefix != b->prefix || a->spelled != b->spelled ||
        a->fuzzy != b->fuzzy || a->window != b->window || a->others != b->others)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct item *x = &a->items[i], *y = &b->items[i];
        if (x->kind != y->kind || !str_eq(x->word, y->word))
            return false;
        if (a->spelled && !str_eq(x->spelling, y->spelling))
            return false;
    }
    return true;
}

bool text_ends_in_unit(str raw)
{
    struct tokenizer t = tokenizer_of(raw);
    struct token tok = {0};
    while (tokenizer_next(&t, &tok)) {
    }
    return tok.unit;
}

bool text_is_plain(const struct text *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->items[i].kind != ITEM_WORD)
            return false;
    return true;
}
