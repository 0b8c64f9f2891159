/*
 * The files around a member. Paths are put together as text and looked up among the paths of the
 * bundle, so that nothing outside can be meant by any of them. What was read is kept until the bundle
 * is closed, because importers keep slices of it.
 */
#include "bundle_parts.h"

#include "buf.h"
#include "oom.h"

#include <stdlib.h>
#include <string.h>

enum { KEPT_BYTES_MAX = 512 << 20 }; /* of all siblings together */

/* What is remembered of a path, whether there is such a file or not. */
struct memory {
    struct memory *next; /* of the same bucket */
    str path;
    bool tried, there;
    struct buf bytes;
    void *made;
    void (*drop)(void *made);
    struct facts facts;
    bool facts_tried;
};

struct siblings {
    struct bundle *bundle;
    str here;
    struct buf path, relative; /* for the outcome of a call */
    struct memory **buckets;
    size_t bucket_count, memories;
    uint64_t kept;
};

/* ---- Paths ------------------------------------------------------------------------------------ */

static str folder_of(str path)
{
    while (path.n && path.p[path.n - 1] != '/')
        path.n--;
    return path; /* with its '/', or empty */
}

static void drop_last_part(struct buf *path)
{
    while (path->n && path->p[path->n - 1] == '/')
        path->n--;
    while (path->n && path->p[path->n - 1] != '/')
        path->n--;
}

/* "export/users.json" for "../users.json" seen from "export/general/2016.json"; "export/general" for
   ".". False if it leads out of what was handed over. */
static bool put_together(struct siblings *s, str path, str *out)
{
    buf_clear(&s->path);
    buf_add(&s->path, folder_of(s->here));
    str part;
    while (str_split(&path, '/', &part)) {
        if (!part.n || str_eq(part, STR(".")))
            continue;
        if (!str_eq(part, STR(".."))) {
            buf_add(&s->path, part);
            buf_add_byte(&s->path, '/');
            continue;
        }
        if (!s->path.n)
            return false;
        drop_last_part(&s->path);
    }
    *out = buf_str(&s->path);
    if (out->n)
        out->n--; /* the last '/' */
    return !s->path.full;
}

/* ---- Paths of the bundle, in order ------------------------------------------------------------ */

static int by_path(const struct bundle *b, size_t x, size_t y)
{
    const int order = str_cmp(b->entries[x].m.path, b->entries[y].m.path);
    return order ? order : x < y ? -1 : x > y;
}

/* Merge sort, because qsort has no context and paths are in the bundle. */
static void sort_paths(const struct bundle *b, size_t *list, size_t *room, size_t n)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t from = 0; from < n; from += 2 * width) {
            const size_t middle = from + width < n ? from + width : n;
            const size_t end = from + 2 * width < n ? from + 2 * width : n;
            size_t i = from, j = middle;
            for (size_t k = from; k < end; k++)
                room[k] = i < middle && (j == end || by_path(b, list[i], list[j]) < 0) ? list[i++]
                                                                                       : list[j++];
        }
        memcpy(list, room, n * sizeof *list);
    }
}

static void make_order(struct bundle *b)
{
    if (b->order)
        return;
    b->order = oom_alloc(b->shown_count * sizeof *b->order);
    size_t *room = oom_alloc(b->shown_count * sizeof *room);
    for (size_t i = 0; i < b->shown_count; i++)
        if (!b->entries[b->shown[i]].m.skip)
            b->order[b->order_count++] = b->shown[i];
    sort_paths(b, b->order, room, b->order_count);
    free(room);
}

/* The first place in order that is not before `path`. */
static size_t lower_bound(const struct bundle *b, str path)
{
    size_t low = 0, high = b->order_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (str_cmp(b->entries[b->order[middle]].m.path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t bundle_find(struct bundle *b, str path)
{
    make_order(b);
    const size_t at = lower_bound(b, path);
    if (at == b->order_count || !str_eq(b->entries[b->order[at]].m.path, path))
        return NOT_THERE;
    return b->order[at];
}

/* ---- What is remembered ----------------------------------------------------------------------- */

static void grow(struct siblings *s)
{
    const size_t count = s->bucket_count ? s->bucket_count * 2 : 64;
    struct memory **buckets = oom_alloc(count * sizeof(struct memory *));
    for (size_t i = 0; i < count; i++)
        buckets[i] = NULL;
    for (size_t i = 0; i < s->bucket_count; i++)
        for (struct memory *m = s->buckets[i], *next; m; m = next) {
            struct memory **bucket = &buckets[str_hash(m->path) & (count - 1)];
            next = m->next;
            m->next = *bucket;
            *bucket = m;
        }
    free(s->buckets);
    s->buckets = buckets;
    s->bucket_count = count;
}

/* NULL for a path that leads outside. */
static struct memory *remember(struct siblings *s, str path)
{
    str whole;
    if (!s || !put_together(s, path, &whole))
        return NULL;
    if (s->memories >= s->bucket_count)
        grow(s);
    struct memory **bucket = &s->buckets[str_hash(whole) & (s->bucket_count - 1)];
    for (struct memory *m = *bucket; m; m = m->next)
        if (str_eq(m->path, whole))
            return m;
    struct memory *m = arena_alloc(&s->bundle->names, sizeof *m);
    m->path = arena_dup(&s->bundle->names, whole);
    m->next = *bucket;
    *bucket = m;
    s->memories++;
    return m;
}

struct siblings *bundle_siblings(struct bundle *b, size_t i)
{
    if (!b->siblings) {
        b->siblings = oom_alloc(sizeof *b->siblings);
        *b->siblings = (struct siblings){.bundle = b,
                                         .path = buf_new(4 * BUNDLE_NAME_MAX),
                                         .relative = buf_new(4 * BUNDLE_NAME_MAX)};
    }
    b->siblings->here = b->entries[b->shown[i]].m.path;
    return b->siblings;
}

void siblings_free(struct siblings *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->bucket_count; i++)
        for (struct memory *m = s->buckets[i]; m; m = m->next) {
            if (m->made && m->drop)
                m->drop(m->made);
            m->made = NULL;
        }
    for (size_t i = 0; i < s->bucket_count; i++) /* what was made may have borrowed from them */
        for (struct memory *m = s->buckets[i]; m; m = m->next)
            buf_free(&m->bytes);
    free(s->buckets);
    buf_free(&s->path);
    buf_free(&s->relative);
    free(s);
}

/* ---- Doors ------------------------------------------------------------------------------------ */

str siblings_here(const struct siblings *s)
{
    return s ? s->here : STR("");
}

static bool read_all(struct siblings *s, struct memory *m)
{
    const size_t entry = bundle_find(s->bundle, m->path);
    struct err ignored = {0};
    struct source *source;
    if (entry == NOT_THERE ||
        entry_source(s->bundle, &s->bundle->entries[entry], &source, &ignored) != OK)
        return false;
    m->bytes = buf_new(SIBLING_MAX_BYTES);
    str window;
    enum status st;
    while ((st = source_peek(source, 1, &window, &ignored)) == OK && window.n && !m->bytes.full) {
        buf_add(&m->bytes, window);
        source_advance(source, window.n);
    }
    source_close(source);
    if (st == OK && !m->bytes.full && s->kept + m->bytes.n <= KEPT_BYTES_MAX) {
        s->kept += m->bytes.n;
        return true;
    }
    buf_free(&m->bytes);
    return false;
}

bool siblings_read(struct siblings *s, str path, str *bytes)
{
    struct memory *m = remember(s, path);
    if (!m)
        return false;
    if (!m->tried) {
        m->tried = true;
        m->there = read_all(s, m);
    }
    *bytes = buf_str(&m->bytes);
    return m->there;
}

bool siblings_source(struct siblings *s, str path, struct source **out)
{
    str whole;
    if (!s || !put_together(s, path, &whole))
        return false;
    const size_t entry = bundle_find(s->bundle, whole);
    struct err ignored = {0};
    return entry != NOT_THERE &&
           entry_source(s->bundle, &s->bundle->entries[entry], out, &ignored) == OK;
}

void **siblings_memo(struct siblings *s, str path, void (*drop)(void *made))
{
    struct memory *m = remember(s, path);
    if (!m)
        return NULL;
    m->drop = drop;
    return &m->made;
}

static void find_facts(struct siblings *s, struct memory *m)
{
    struct bundle *b = s->bundle;
    const size_t nth = bundle_find(b, m->path);
    if (nth == NOT_THERE)
        return;
    struct entry *entry = &b->entries[nth];
    const struct box *x = entry->box;
    if (x && (x->kind == BOX_STREAM || x->kind == BOX_CUT_ZIP)) {
        m->facts = stream_facts(b, entry->box)[nth - x->first_entry];
        return;
    }
    struct source *source;
    struct err ignored = {0};
    if (entry_source(b, entry, &source, &ignored) != OK)
        return;
    m->facts.known = source_finish(source, &m->facts.digest, &ignored) == OK;
    m->facts.size = source_at(source);
    source_close(source);
}

bool siblings_facts(struct siblings *s, str path, uint64_t *size, struct sha256_digest *digest)
{
    struct memory *m = remember(s, path);
    if (!m)
        return false;
    if (!m->facts_tried) {
        m->facts_tried = true;
        find_facts(s, m);
    }
    *size = m->facts.size;
    *digest = m->facts.digest;
    return m->facts.known;
}

/* "../users.json" for "export/users.json" seen from "export/general/2016.json". */
static str relative_to(struct siblings *s, str path)
{
    str here = folder_of(s->here);
    size_t shared = 0;
    for (size_t i = 0; i < here.n && i < path.n && here.p[i] == path.p[i]; i++)
        if (here.p[i] == '/')
            shared = i + 1;
    buf_clear(&s->relative);
    here = str_from(here, shared);
    for (size_t i = 0; i < here.n; i++)
        if (here.p[i] == '/')
            buf_add(&s->relative, STR("../"));
    buf_add(&s->relative, str_from(path, shared));
    return buf_str(&s->relative);
}

bool siblings_each(struct siblings *s, str folder, size_t n, str *path)
{
    str whole;
    if (!s || !put_together(s, folder, &whole))
        return false;
    const struct bundle *b = s->bundle;
    make_order(s->bundle);
    if (whole.n)
        whole.n++; /* its '/' is still there: of two files only the one below the folder is meant */
    const size_t at = lower_bound(b, whole) + n;
    if (at >= b->order_count || !str_starts(b->entries[b->order[at]].m.path, whole))
        return false;
    *path = relative_to(s, b->entries[b->order[at]].m.path);
    return true;
}
