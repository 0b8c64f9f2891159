/*
 * The walk. It keeps a level for each container on the way to something that a path asks for; all
 * other values are scanned over (json_scan.h), kept if asked for. At each level a bit per path says
 * whether the way to here fits its beginning.
 */
#include "json_walk.h"

#include "buf.h"
#include "json_scan.h"

#include <assert.h>
#include <string.h>

enum { STEPS_MAX = 16, KEY_MAX = 64 << 10, NO_PATH = -1 };

enum step_kind { STEP_MEMBER, STEP_ANY_MEMBER, STEP_ELEMENT };

struct path_step {
    enum step_kind kind;
    str name;
};

struct path {
    struct path_step step[STEPS_MAX];
    size_t steps;
    bool enter; /* asks for the beginning of a container only */
};

struct level {
    bool array;
    bool valued;   /* of an object: a key and its colon were seen */
    uint32_t fits; /* bit i: path i goes on inside */
    uint64_t nth;
};

struct walk {
    struct json_cursor cursor;
    const struct json_walk_handler *handler;
    void *context;
    struct path paths[JSON_WALK_PATHS];
    size_t path_count;
    struct level levels[STEPS_MAX + 1]; /* levels[0]: the top */
    size_t depth;
    struct buf key;
    uint64_t given;  /* all bytes before were handed over */
    uint64_t top_at; /* of the top-level value at hand */
    bool met;        /* it is of the kind that paths ask for */
    bool cut_off;    /* the text ended inside a value, and that was told */
    enum status st;
    struct err *e;
};

/* --- Paths ------------------------------------------------------------------------------------- */

static void add_step(struct path *p, enum step_kind kind, str name)
{
    assert(p->steps < STEPS_MAX);
    p->step[p->steps++] = (struct path_step){kind, name};
}

static struct path read_path(str text)
{
    struct path p = {.enter = str_ends(text, STR(" {"))};
    if (p.enter)
        text.n -= 2;
    for (str piece; str_split(&text, '.', &piece);) {
        size_t elements = 0;
        for (; str_ends(piece, STR("[]")); piece.n -= 2)
            elements++;
        if (piece.n)
            add_step(&p, str_eq(piece, STR("*")) ? STEP_ANY_MEMBER : STEP_MEMBER, piece);
        for (; elements; elements--)
            add_step(&p, STEP_ELEMENT, STR(""));
    }
    return p;
}

static bool step_fits(const struct path_step *step, bool array, str key)
{
    switch (step->kind) {
    case STEP_MEMBER: return !array && str_eq(step->name, key);
    case STEP_ANY_MEMBER: return !array;
    case STEP_ELEMENT: return array;
    }
    return false;
}

/* The paths that lead to the value which begins now. */
static uint32_t paths_here(const struct walk *w)
{
    if (!w->depth)
        return w->path_count == 32 ? UINT32_MAX : (UINT32_C(1) << w->path_count) - 1;
    const struct level *l = &w->levels[w->depth];
    uint32_t here = 0;
    for (size_t i = 0; i < w->path_count; i++)
        if (l->fits >> i & 1 &&
            step_fits(&w->paths[i].step[w->depth - 1], l->array, buf_str(&w->key)))
            here |= UINT32_C(1) << i;
    return here;
}

/* Those of `here` that go on inside of a container of the kind. */
static uint32_t paths_inside(const struct walk *w, uint32_t here, bool array)
{
    uint32_t inside = 0;
    for (size_t i = 0; i < w->path_count; i++)
        if (here >> i & 1 && w->paths[i].steps > w->depth &&
            (w->paths[i].step[w->depth].kind == STEP_ELEMENT) == array)
            inside |= UINT32_C(1) << i;
    return inside;
}

static int path_that_ends(const struct walk *w, uint32_t here)
{
    for (size_t i = 0; i < w->path_count; i++)
        if (here >> i & 1 && w->paths[i].steps == w->depth && !w->paths[i].enter)
            return (int)i;
    return NO_PATH;
}

/* --- What the handler is given ----------------------------------------------------------------- */

static bool failed(const struct walk *w)
{
    return w->st != OK || w->cursor.st != OK;
}

/* All bytes before `at` that were nothing else are structure. */
static void give_structure(struct walk *w, uint64_t at)
{
    if (!failed(w) && at > w->given && w->handler->structure)
        w->st = w->handler->structure(w->context, w->given, at - w->given, w->e);
    w->given = at;
}

static void give_broken(struct walk *w, uint64_t at, uint64_t length, int path, const char *why)
{
    give_structure(w, at);
    if (!failed(w) && w->handler->broken)
        w->st = w->handler->broken(w->context, at, length, path, why, w->e);
    w->given = at + length;
}

static void give_part(struct walk *w, const struct json_part *p)
{
    if (p->raw.n)
        give_structure(w, p->at);
    if (!failed(w) && w->handler->part)
        w->st = w->handler->part(w->context, p, w->e);
    if (p->raw.n)
        w->given = p->at + p->raw.n;
}

/* A byte that is no white space: what follows in its line is not first there. */
static void take(struct walk *w)
{
    w->cursor.pos++;
    w->cursor.fresh = false;
}

/* --- Values ------------------------------------------------------------------------------------ */

static const char *complaint(const struct json_extent *x)
{
    if (x->end == JSON_CUT)
        return "it does not end before the next one begins";
    if (x->end == JSON_ENDED)
        return "the text ends in the middle of it";
    return x->large ? "it is larger than 64 MiB" : "it is nested deeper than 512 levels";
}

static struct json_part part_here(struct walk *w, int path)
{
    struct level *l = &w->levels[w->depth];
    return (struct json_part){.path = path,
                              .key = w->depth && !l->array ? buf_str(&w->key) : STR(""),
                              .at = json_cursor_at(&w->cursor),
                              .line = json_cursor_line(&w->cursor, w->cursor.pos),
                              .nth = l->nth};
}

static void give_extent(struct walk *w, const struct json_extent *x, int path)
{
    w->cut_off |= x->end == JSON_ENDED;
    give_broken(w, x->at, x->length, path, complaint(x));
}

static void read_part(struct walk *w, int path)
{
    struct json_part p = part_here(w, path);
    const struct json_extent x = json_scan_value(&w->cursor, true);
    if (w->cursor.st != OK)
        return;
    if (x.end != JSON_CLOSED || x.large || x.deep)
        give_extent(w, &x, path);
    else {
        p.raw = str_sub(w->cursor.window, w->cursor.keep, (size_t)x.length);
        give_part(w, &p);
    }
    w->cursor.keep = STR_NONE;
}

static void skip_value(struct walk *w)
{
    const struct json_extent x = json_scan_value(&w->cursor, false);
    if (w->cursor.st == OK && (x.end != JSON_CLOSED || x.deep))
        give_extent(w, &x, NO_PATH);
}

static void tell_entered(struct walk *w, uint32_t here)
{
    for (size_t i = 0; i < w->path_count; i++)
        if (here >> i & 1 && w->paths[i].steps == w->depth && w->paths[i].enter) {
            const struct json_part p = part_here(w, (int)i);
            give_part(w, &p);
        }
}

static void read_value(struct walk *w, char first)
{
    const uint32_t here = paths_here(w);
    struct level *l = &w->levels[w->depth];
    const int path = path_that_ends(w, here);
    w->met |= w->depth ? here != 0 : first == '[' && paths_inside(w, here, true) != 0;
    if (path != NO_PATH)
        read_part(w, path);
    else if (first != '{' && first != '[')
        skip_value(w);
    else {
        tell_entered(w, here);
        const uint32_t inside = paths_inside(w, here, first == '[');
        if (inside) {
            w->levels[++w->depth] = (struct level){.array = first == '[', .fits = inside};
            take(w);
        } else
            skip_value(w);
    }
    l->nth++;
    l->valued = false;
}

/* --- Inside of containers ---------------------------------------------------------------------- */

static void read_key(struct walk *w)
{
    struct json_cursor *c = &w->cursor;
    take(w);
    buf_clear(&w->key);
    for (bool escaped = false; json_cursor_more(c); c->pos++) {
        const char byte = c->window.p[c->pos];
        if (byte == '"' && !escaped)
            break;
        escaped = byte == '\\' && !escaped;
        buf_add_byte(&w->key, byte);
    }
    if (json_cursor_more(c))
        c->pos++;
}

/* Bytes that cannot stand here, up to some that might. */
static void read_garbage(struct walk *w, const char *until, size_t until_count, int path)
{
    struct json_cursor *c = &w->cursor;
    const uint64_t at = json_cursor_at(c);
    do
        take(w);
    while (json_cursor_more(c) && !memchr(until, c->window.p[c->pos], until_count));
    if (c->st == OK)
        give_broken(w, at, json_cursor_at(c) - at, path, "it is no JSON");
}

/* A second value of a kind that nobody asks for is not just structure: records may stand in it. */
static void judge_top_value(struct walk *w)
{
    const uint64_t end = json_cursor_at(&w->cursor);
    if (w->levels[0].nth > 1 && !w->met && w->given <= w->top_at && !failed(w))
        give_broken(w, w->top_at, end - w->top_at, NO_PATH, "it is of another kind");
}

static void close_level(struct walk *w)
{
    take(w);
    w->depth--;
    if (!w->depth)
        judge_top_value(w);
}

static void in_array(struct walk *w, char byte)
{
    if (byte == ']')
        close_level(w);
    else if (byte == ',' || byte == ':')
        take(w);
    else if (byte == '}')
        read_garbage(w, "\"{}[],: \t\r\n", 11, NO_PATH);
    else
        read_value(w, byte);
}

static void in_object(struct walk *w, char byte)
{
    struct level *l = &w->levels[w->depth];
    if (byte == '}')
        close_level(w);
    else if (byte == ',' || byte == ':') {
        l->valued = byte == ':';
        take(w);
    } else if (byte != ']' && l->valued)
        read_value(w, byte);
    else if (byte == '"')
        read_key(w);
    else if (byte == '{' || byte == '[') {
        buf_clear(&w->key);
        skip_value(w);
    } else
        read_garbage(w, "\"{}[", 4, NO_PATH);
}

/* --- The top ----------------------------------------------------------------------------------- */

static void at_top(struct walk *w, char byte)
{
    if (byte == ',' || byte == ';') {
        take(w);
        return;
    }
    if (byte == '{' || byte == '[') {
        w->top_at = json_cursor_at(&w->cursor);
        w->met = false;
        read_value(w, byte);
        if (!w->depth)
            judge_top_value(w);
        return;
    }
    const int path = path_that_ends(w, paths_here(w));
    read_garbage(w, "{[\n", path == NO_PATH ? 2 : 3, path); /* asked for: a line each */
}

static void skip_prologue(struct walk *w)
{
    struct json_cursor *c = &w->cursor;
    if (!json_cursor_more(c))
        return;
    c->st = source_peek(c->source, 3, &c->window, c->e);
    if (c->st == OK && str_starts(c->window, STR("\xEF\xBB\xBF")))
        c->pos = 3;
    if (!w->handler->prologue)
        return;
    while (json_cursor_more(c) && c->window.p[c->pos] != '{' && c->window.p[c->pos] != '[')
        take(w);
}

static void walk_all(struct walk *w)
{
    skip_prologue(w);
    for (int byte; !failed(w) && (byte = json_cursor_skip_blank(&w->cursor)) != -1;) {
        if (!w->depth)
            at_top(w, (char)byte);
        else if (w->levels[w->depth].array)
            in_array(w, (char)byte);
        else
            in_object(w, (char)byte);
    }
    const uint64_t end = json_cursor_at(&w->cursor);
    if (w->depth && !w->cut_off)
        give_broken(w, end, 0, NO_PATH, "the text ends before its last bracket");
    give_structure(w, end);
}

enum status json_walk(struct source *source, const struct json_walk_handler *h, void *context,
                      struct err *e)
{
    struct walk w = {
        .cursor = {.source = source, .keep = STR_NONE, .fresh = true, .e = e},
        .handler = h,
        .context = context,
        .key = buf_new(KEY_MAX),
        .given = source_at(source),
        .e = e,
    };
    for (; h->paths[w.path_count]; w.path_count++) {
        assert(w.path_count < JSON_WALK_PATHS);
        w.paths[w.path_count] = read_path(str_of(h->paths[w.path_count]));
    }
    walk_all(&w);
    buf_free(&w.key);
    return w.st != OK ? w.st : w.cursor.st;
}
