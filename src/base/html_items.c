/*
 * Records of a web page as trees with their bytes, out of the events of the HTML reader. What lies
 * around them is kept only as the chain of elements that are open; what lies in them dies with them.
 */
#include "html_items.h"

#include "arena.h"
#include "oom.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum { STRAY_MAX = 64 << 10 }; /* a longer text outside of items comes in pieces */

/* A node under construction. */
struct branch {
    struct html_node node; /* first: what the handler sees */
    struct branch *last;   /* its last child */
};

struct link { /* of the chain */
    struct html_node node;
    struct arena memory;
};

struct items {
    const struct html_items_handler *handler;
    void *context;
    struct html *html;
    struct link chain[HTML_CHAIN_MAX];
    size_t chained;      /* elements that are open outside of items, with those that have no link */
    struct arena arena;  /* the item's */
    struct branch *open; /* its innermost open element */
    struct html_item item;
    size_t depth, nodes;   /* of the item: elements that are open, 0 outside; nodes made */
    size_t text_bytes;     /* in its tree */
    struct branch *closed; /* its last element beside the root, while it may go on; or NULL */
    uint64_t closed_end;
    bool handed_out; /* it was too large: what still comes of it is outside */
    struct buf text; /* since the last tag */
    uint64_t text_at;
    bool lossy;
    uint64_t covered; /* until where items and what is outside of them were told */
};

static enum status tell_outside(struct items *it, uint64_t end, struct err *e)
{
    const uint64_t at = it->covered;
    if (end <= at)
        return OK;
    it->covered = end;
    return it->handler->outside(it->context, at, end - at, e);
}

/* --- Nodes ------------------------------------------------------------------------------------- */

static const char *const *copy_attributes(struct arena *a, const char *const *from)
{
    size_t n = 0;
    while (from && from[n])
        n += 2;
    if (!n)
        return NULL;
    const char **to = arena_array(a, n + 1, sizeof *to);
    for (size_t i = 0; i < n; i++)
        to[i] = from[i] ? arena_cstr(a, str_sub(str_of(from[i]), 0, HTML_VALUE_MAX)) : NULL;
    return to;
}

static struct branch *add_node(struct items *it)
{
    struct branch *b = arena_alloc(&it->arena, sizeof *b);
    it->nodes++;
    b->node.parent = &it->open->node;
    if (it->open->last)
        it->open->last->node.next = &b->node;
    else
        it->open->node.first = &b->node;
    it->open->last = b;
    return b;
}

/* --- Texts ------------------------------------------------------------------------------------- */

/* True if something had to be replaced. */
static bool add_utf8(struct buf *out, str text)
{
    if (utf8_valid_prefix(text) == text.n && str_find_byte(text, '\0') == STR_NONE) {
        buf_add(out, text);
        return false;
    }
    bool lossy = false;
    while (text.n) {
        bool valid;
        const uint32_t cp = utf8_next_checked(&text, &valid);
        const bool good = valid && cp;
        buf_add_codepoint(out, good ? cp : UTF8_BAD);
        lossy = lossy || !good;
    }
    return lossy;
}

static bool is_blank(str s)
{
    return str_trim(s).n == 0;
}

static const struct html_node *innermost(const struct items *it)
{
    const size_t n = it->chained < HTML_CHAIN_MAX ? it->chained : HTML_CHAIN_MAX;
    return n ? &it->chain[n - 1].node : NULL;
}

/* A tag comes: the text before it is whole. */
static enum status end_text(struct items *it, struct err *e)
{
    enum status st = OK;
    const str text = buf_str(&it->text);
    if (it->depth && !it->handed_out && text.n) {
        struct branch *b = add_node(it);
        it->text_bytes += text.n;
        b->node.text = arena_dup(&it->arena, text);
        b->node.lossy = it->lossy;
    } else if (!it->depth && it->handler->stray && !is_blank(text)) {
        const struct html_node node = {.text = text, .parent = innermost(it), .lossy = it->lossy};
        st = it->handler->stray(it->context, &node, it->text_at, e);
    }
    buf_clear(&it->text);
    it->lossy = false;
    return st;
}

/* --- Items ------------------------------------------------------------------------------------- */

static enum status hand_out(struct items *it, uint64_t end, struct err *e)
{
    it->item.raw = html_raw(it->html, it->item.at, end);
    html_keep(it->html, UINT64_MAX);
    it->covered = it->item.at + it->item.raw.n;
    return it->handler->item(it->context, &it->item, e);
}

/* Before anything is added to the item that begins at `at`. */
static enum status check_size(struct items *it, uint64_t at, struct err *e)
{
    if (!it->depth || it->handed_out ||
        (at - it->item.at <= HTML_ITEM_MAX && it->nodes < HTML_ITEM_NODES_MAX &&
         it->text_bytes + it->text.n <= HTML_ITEM_TEXT_MAX))
        return OK;
    enum status st = end_text(it, e);
    it->handed_out = true;
    it->item.cut = true;
    return st == OK ? hand_out(it, at, e) : st;
}

static struct html_node node_of(struct items *it, const struct html_tag *tag)
{
    return (struct html_node){.name = arena_dup(&it->arena, tag->name),
                              .attributes = copy_attributes(&it->arena, tag->attributes)};
}

static void begin_item(struct items *it, const struct html_tag *tag)
{
    arena_clear(&it->arena);
    it->open = arena_alloc(&it->arena, sizeof *it->open);
    it->open->node = node_of(it, tag);
    it->open->node.parent = innermost(it);
    it->item = (struct html_item){
        .root = &it->open->node, .at = tag->at, .line = html_line(it->html, tag->at)};
    it->depth = it->nodes = 1;
    it->text_bytes = 0;
    it->handed_out = false;
    html_keep(it->html, tag->at);
}

/* What came behind the item that ended last belongs to it. */
static void go_on(struct items *it, const struct html_tag *tag)
{
    struct branch *b = arena_alloc(&it->arena, sizeof *b);
    b->node = node_of(it, tag);
    b->node.parent = it->item.root->parent;
    it->closed->node.next = &b->node;
    it->open = b;
    it->closed = NULL;
    it->depth = 1;
    it->nodes++;
}

/* Nothing more belongs to the item that ended last. */
static enum status settle(struct items *it, struct err *e)
{
    if (!it->closed)
        return OK;
    it->closed = NULL;
    return hand_out(it, it->closed_end, e);
}

static void set_link(struct items *it, size_t i, str name, const char *const *attributes)
{
    if (i >= HTML_CHAIN_MAX)
        return;
    struct link *l = &it->chain[i];
    arena_clear(&l->memory);
    l->node = (struct html_node){.name = arena_dup(&l->memory, name),
                                 .attributes = copy_attributes(&l->memory, attributes),
                                 .parent = i ? &it->chain[i - 1].node : NULL};
}

/* The item ends before its end: what is open of it is now around what follows. */
static enum status end_early(struct items *it, uint64_t at, struct err *e)
{
    const size_t open = it->depth;
    const enum status st = hand_out(it, at, e);
    const struct branch *b = it->open;
    for (; it->depth > HTML_ITEM_DEPTH_MAX; it->depth--)
        set_link(it, it->chained + it->depth - 1, STR(""), NULL);
    for (; it->depth > 0; it->depth--) {
        set_link(it, it->chained + it->depth - 1, b->node.name, b->node.attributes);
        b = (const struct branch *)b->node.parent;
    }
    it->chained += open;
    return st;
}

static void add_element(struct items *it, const struct html_tag *tag)
{
    it->depth++;
    if (it->handed_out)
        return;
    struct branch *b = add_node(it);
    b->node.name = arena_dup(&it->arena, tag->name);
    b->node.attributes = copy_attributes(&it->arena, tag->attributes);
    if (it->depth <= HTML_ITEM_DEPTH_MAX)
        it->open = b;
}

/* A tag between items. */
static enum status open_outside(struct items *it, const struct html_tag *tag, struct err *e)
{
    if (it->closed && it->handler->goes_on(it->context, tag)) {
        go_on(it, tag);
        return OK;
    }
    const enum status st = settle(it, e);
    if (st != OK || !it->handler->is_item(it->context, tag)) {
        set_link(it, it->chained++, tag->name, tag->attributes);
        return st;
    }
    begin_item(it, tag);
    return tell_outside(it, tag->at, e);
}

static enum status on_open(void *context, struct html *h, const struct html_tag *tag, struct err *e)
{
    struct items *it = context;
    it->html = h;
    enum status st = check_size(it, tag->at, e);
    if (st == OK)
        st = end_text(it, e);
    if (st != OK)
        return st;
    const bool ends = it->depth && !it->handed_out && it->handler->ends_item &&
                      it->handler->ends_item(it->context, tag);
    if (ends)
        st = end_early(it, tag->at, e);
    if (st != OK)
        return st;
    if (!it->depth)
        return open_outside(it, tag, e);
    add_element(it, tag);
    return OK;
}

static enum status on_close(void *context, struct html *h, str name, struct err *e)
{
    struct items *it = context;
    (void)name;
    it->html = h;
    const uint64_t end = html_element_end(h);
    enum status st = check_size(it, end, e);
    if (st == OK)
        st = end_text(it, e);
    if (!it->depth) {
        it->chained -= it->chained > 0;
        return st == OK ? settle(it, e) : st;
    }
    it->depth--;
    if (it->handed_out || st != OK) {
        it->handed_out = it->depth > 0;
        return st;
    }
    if (it->depth) {
        if (it->depth < HTML_ITEM_DEPTH_MAX)
            it->open = (struct branch *)it->open->node.parent;
        return OK;
    }
    if (!it->handler->goes_on)
        return hand_out(it, end, e);
    it->closed = it->open;
    it->closed_end = end;
    return OK;
}

static enum status on_text(void *context, struct html *h, const struct html_text *t, struct err *e)
{
    struct items *it = context;
    it->html = h;
    enum status st = check_size(it, t->at, e);
    if (st == OK && !it->depth && it->text.n > STRAY_MAX)
        st = end_text(it, e);
    const bool too_far = it->closed && t->at - it->item.at > HTML_ITEM_MAX;
    if (st == OK && (too_far || !is_blank(t->text)))
        st = settle(it, e);
    const bool wanted = it->depth ? !it->handed_out : it->handler->stray != NULL;
    if (st != OK || !wanted)
        return st;
    if (!it->text.n)
        it->text_at = t->at;
    it->lossy = add_utf8(&it->text, t->text) || t->lost || it->lossy;
    return OK;
}

static enum status on_end(void *context, struct html *h, struct err *e)
{
    struct items *it = context;
    it->html = h;
    const enum status st = settle(it, e);
    return st == OK ? end_text(it, e) : st;
}

enum status html_items(struct source *source, const struct html_items_handler *h, void *context,
                       struct err *e)
{
    static const struct html_handler events = {
        .open = on_open, .close = on_close, .text = on_text, .end = on_end};
    struct items *it = oom_alloc(sizeof *it);
    *it = (struct items){.handler = h,
                         .context = context,
                         .covered = source_at(source),
                         .text = buf_new(BUF_MESSAGE_MAX + STRAY_MAX)};
    enum status st = html_read(source, &events, it, e);
    str rest;
    if (st == OK)
        st = source_peek(source, 1, &rest, e);
    if (st == OK)
        st = tell_outside(it, source_at(source) + rest.n, e);
    for (size_t i = 0; i < HTML_CHAIN_MAX; i++)
        arena_free(&it->chain[i].memory);
    arena_free(&it->arena);
    buf_free(&it->text);
    free(it);
    return st;
}
