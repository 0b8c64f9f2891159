/*
 * Where the records of Facebook's pages begin. The page is read twice: here for the places of the
 * times, and of the elements around them that have something to say before them.
 */
#include "messenger_page.h"

#include <stdlib.h>
#include <string.h>

enum {
    DATE_BYTES = 96,
    CLIMB_MAX = 64 /* how far out a record may begin */
};

/* An element that is open. */
struct level {
    uint64_t at;
    bool said;   /* some text came in it */
    bool record; /* a record began in it */
};

struct starts {
    uint64_t *at;
    size_t count, cap;
};

struct look {
    struct level *levels;
    size_t depth, cap;
    struct starts by_class, by_shape;
    struct written_order dates;
    char text[DATE_BYTES]; /* since the last tag */
    size_t n;
    bool said, too_long;
};

static void *grown(void *p, size_t *cap, size_t size)
{
    *cap = *cap ? *cap * 2 : 256;
    p = realloc(p, *cap * size);
    if (!p)
        abort();
    return p;
}

bool messenger_dates(str classes)
{
    return html_class_has(classes, "_a72d") || html_class_has(classes, "_2lem");
}

bool messenger_is_date(str text)
{
    struct stamp s;
    return text.n < DATE_BYTES &&
           (stamp_written(text, ORDER_DMY, &s) || stamp_written(text, ORDER_MDY, &s)) &&
           s.has_time && s.wall_ms > MS_PER_DAY;
}

/* The record of a time in the innermost element: as far out as nothing was said before it; not so far
   that it would hold another record. */
static bool find_record(const struct look *l, bool may_be_mute, size_t *out)
{
    const size_t nearest = l->depth > CLIMB_MAX ? l->depth - CLIMB_MAX : 1;
    size_t i = l->depth;
    while (i > nearest && !l->levels[i - 1].said && !l->levels[i - 2].record)
        i--;
    *out = i - 1;
    return i > 0 && (may_be_mute || l->levels[i - 1].said);
}

static void add_start(struct starts *s, uint64_t at)
{
    if (s->count && s->at[s->count - 1] >= at) /* the same record */
        return;
    if (s->count == s->cap)
        s->at = grown(s->at, &s->cap, sizeof *s->at);
    s->at[s->count++] = at;
}

static void add_record(struct look *l, struct starts *s, bool may_be_mute)
{
    size_t record;
    if (!find_record(l, may_be_mute, &record))
        return;
    add_start(s, l->levels[record].at);
    for (size_t i = record; i-- > 0 && !l->levels[i].record;)
        l->levels[i].record = true;
}

/* A tag comes: the text before it is whole. */
static void end_text(struct look *l)
{
    const str text = str_trim((str){l->text, l->n});
    if (!l->too_long && messenger_is_date(text)) {
        written_order_see(&l->dates, text);
        if (!l->by_class.count)
            add_record(l, &l->by_shape, false);
    }
    if (l->said)
        for (size_t i = l->depth; i-- > 0 && !l->levels[i].said;)
            l->levels[i].said = true;
    l->n = 0;
    l->said = l->too_long = false;
}

static enum status on_open(void *context, struct html *h, const struct html_tag *tag, struct err *e)
{
    struct look *l = context;
    str classes;
    (void)h;
    (void)e;
    end_text(l);
    if (l->depth == l->cap)
        l->levels = grown(l->levels, &l->cap, sizeof *l->levels);
    l->levels[l->depth++] = (struct level){.at = tag->at};
    if (html_attribute(tag, "class", &classes) && messenger_dates(classes))
        add_record(l, &l->by_class, true);
    return OK;
}

static enum status on_close(void *context, struct html *h, str name, struct err *e)
{
    struct look *l = context;
    (void)h;
    (void)name;
    (void)e;
    end_text(l);
    l->depth -= l->depth > 0;
    return OK;
}

static enum status on_text(void *context, struct html *h, const struct html_text *t, struct err *e)
{
    struct look *l = context;
    (void)h;
    (void)e;
    l->said = l->said || str_trim(t->text).n > 0;
    if (l->n + t->text.n > sizeof l->text) {
        l->too_long = l->said; /* blanks may be as long as they like */
        l->n = l->said ? l->n : 0;
        return OK;
    }
    memcpy(l->text + l->n, t->text.p, t->text.n);
    l->n += t->text.n;
    return OK;
}

enum status messenger_find(struct messenger_places *out, struct source *source, struct err *e)
{
    static const struct html_handler handler = {
        .open = on_open, .close = on_close, .text = on_text};
    struct look l = {0};
    struct source *twin;
    *out = (struct messenger_places){0};
    enum status st = source_twin(source, &twin, e);
    if (st != OK)
        return st;
    st = html_read(twin, &handler, &l, e);
    source_close(twin);
    free(l.levels);
    struct starts *taken = l.by_class.count ? &l.by_class : &l.by_shape;
    *out = (struct messenger_places){.starts = taken->at,
                                     .count = taken->count,
                                     .by_class = l.by_class.count > 0,
                                     .dates = l.dates};
    taken->at = NULL;
    free(l.by_class.at);
    free(l.by_shape.at);
    return st;
}

void messenger_places_free(struct messenger_places *p)
{
    free(p->starts);
}
