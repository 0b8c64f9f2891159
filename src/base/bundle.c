/*
 * Bundles: descriptors and memory that are held while somebody reads, what was found wrong, and how much
 * may come out of how little. How members are found is in bundle_list.c; what the archives themselves
 * are, in bundle_zip_check.c, bundle_archive.c, bundle_sqlite.c and bundle_mail.c.
 */
#include "bundle.h"

#include "buf.h"
#include "bundle_parts.h"
#include "oom.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_EXPANDED (UINT64_C(200) << 30)
#define RATIO_FREE (UINT64_C(100) << 20) /* nothing is a bomb before this much came out */
enum { DEFAULT_RATIO = 250 };

/* ---- Faults ----------------------------------------------------------------------------------- */

static bool fault_is_known(const struct bundle *b, const struct fault_of *f)
{
    for (size_t i = 0; i < b->fault_count; i++)
        if (b->faults[i]->file == f->box->file && strcmp(b->faults[i]->code, f->code) == 0 &&
            str_eq(b->faults[i]->inside, f->box->inside))
            return true;
    return false;
}

void bundle_fault_add(struct bundle *b, const struct fault_of *f, const char *fmt, ...)
{
    enum { FAULTS_MAX = 10000 };
    if (b->fault_count == FAULTS_MAX || fault_is_known(b, f))
        return;
    char what[600];
    va_list args;
    va_start(args, fmt);
    vsnprintf(what, sizeof what, fmt, args);
    va_end(args);
    struct bundle_fault *fault = arena_alloc(&b->names, sizeof *fault);
    *fault = (struct bundle_fault){
        .file = f->box->file,
        .inside = f->box->inside,
        .code = f->code,
        .what = arena_dup(&b->names, str_of(what)),
        .way_out = str_of(f->way_out),
        .fatal = f->fatal,
    };
    if (b->fault_count == b->fault_cap) {
        b->fault_cap = b->fault_cap ? b->fault_cap * 2 : 16;
        b->faults = oom_resize(b->faults, b->fault_cap * sizeof(struct bundle_fault *));
    }
    b->faults[b->fault_count++] = fault;
}

size_t bundle_fault_count(const struct bundle *b)
{
    return b->fault_count;
}

const struct bundle_fault *bundle_fault_at(const struct bundle *b, size_t i)
{
    return b->faults[i];
}

/* ---- Files on disk ---------------------------------------------------------------------------- */

static void close_idle(struct bundle *b)
{
    if (b->idle_file == NOT_THERE)
        return;
    close(b->disk[b->idle_file].fd);
    b->disk[b->idle_file].fd = -1;
    b->idle_file = NOT_THERE;
}

enum status disk_hold(struct bundle *b, size_t file, struct err *e)
{
    struct disk_file *d = &b->disk[file];
    if (d->fd >= 0 && !d->users)
        b->idle_file = NOT_THERE; /* it was this one */
    if (d->fd < 0) {
        close_idle(b);
        const enum status st = b->opener.open(b->opener.context, file, &d->fd, e);
        if (st != OK) {
            d->fd = -1;
            return st;
        }
    }
    d->users++;
    return OK;
}

void disk_let_go(struct bundle *b, size_t file)
{
    assert(b->disk[file].users);
    if (--b->disk[file].users)
        return;
    close_idle(b);
    b->idle_file = file;
}

/* ---- Bytes of archives ------------------------------------------------------------------------ */

static enum status read_at(const struct blob *b, uint64_t at, char *out, size_t room, size_t *got,
                           struct err *e)
{
    if (b->bytes) {
        memcpy(out, b->bytes + b->base + at, room);
        *got = room;
        return OK;
    }
    const ssize_t n = pread(b->bundle->disk[b->file].fd, out, room, (off_t)(b->base + at));
    if (n < 0)
        return fail(e, ERR_IO, "cannot read “" STR_FMT "”",
                    STR_ARG(b->bundle->files[b->file].name));
    if (n == 0)
        return fail(e, ERR_IO, "“" STR_FMT "” became shorter while it was read",
                    STR_ARG(b->bundle->files[b->file].name));
    *got = (size_t)n;
    return OK;
}

enum status blob_read(const struct blob *b, uint64_t at, char *out, size_t room, size_t *got,
                      struct err *e)
{
    *got = 0;
    if (at < b->size) {
        const uint64_t left = b->size - at;
        return read_at(b, at, out, room < left ? room : (size_t)left, got, e);
    }
    const str rest = str_from(b->tail, (size_t)(at - b->size));
    *got = rest.n < room ? rest.n : room;
    if (*got)
        memcpy(out, rest.p, *got);
    return OK;
}

enum status blob_read_all(const struct blob *b, uint64_t at, char *out, size_t n, struct err *e)
{
    while (n) {
        size_t got;
        const enum status st = blob_read(b, at, out, n, &got, e);
        if (st != OK)
            return st;
        if (!got)
            return fail(e, ERR_FORMAT, "the archive ends at byte %" PRIu64 " where more is due",
                        at);
        at += got;
        out += got;
        n -= got;
    }
    return OK;
}

static void unload(struct bundle *b, struct box **link)
{
    struct box *x = *link;
    *link = x->next_loaded;
    stream_drop_cursors(x);
    b->loaded_bytes -= x->size;
    free(x->bytes);
    x->bytes = NULL;
}

static void unload_idle(struct bundle *b)
{
    for (struct box **link = &b->loaded; *link;) {
        if ((*link)->users)
            link = &(*link)->next_loaded;
        else
            unload(b, link);
    }
}

/* All bytes of an entry. `room` is what may still be loaded. */
static enum status read_entry(struct bundle *b, struct entry *entry, uint64_t room, struct buf *out,
                              struct err *e)
{
    struct source *s;
    enum status st = entry_source(b, entry, &s, e);
    if (st != OK)
        return st;
    *out = buf_new((size_t)room);
    str window;
    while ((st = source_peek(s, 1, &window, e)) == OK && window.n && !out->full) {
        buf_add(out, window);
        source_advance(s, window.n);
    }
    source_close(s);
    if (st == OK && out->full)
        st = fail(e, ERR_LIMIT, "an archive inside another may have 1 GiB, and this has more");
    return st;
}

static enum status load_entry(struct bundle *b, struct box *x, uint64_t room, struct err *e)
{
    struct buf bytes = {0};
    enum status st = read_entry(b, &b->entries[x->entry], room, &bytes, e);
    if (st == OK && x->attached) {
        const struct blob mail = {.bytes = bytes.p ? bytes.p : "", .size = bytes.n};
        st = mail_attached_zip(&mail, &x->bytes, &x->size, e);
        buf_free(&bytes);
    } else if (st == OK) {
        x->bytes = bytes.p ? bytes.p : oom_alloc(1);
        x->size = bytes.n;
    } else {
        buf_free(&bytes);
    }
    return st;
}

static enum status load_attached(struct bundle *b, struct box *x, struct err *e)
{
    enum status st = disk_hold(b, x->file, e);
    if (st != OK)
        return st;
    const struct blob mail = {.bundle = b, .file = x->file, .size = b->files[x->file].size};
    st = mail_attached_zip(&mail, &x->bytes, &x->size, e);
    disk_let_go(b, x->file);
    return st;
}

static enum status load(struct bundle *b, struct box *x, struct err *e)
{
    unload_idle(b);
    assert(!x->bytes);
    const uint64_t room = BOX_LOADED_MAX - b->loaded_bytes;
    const enum status st =
        x->entry == NOT_THERE ? load_attached(b, x, e) : load_entry(b, x, room, e);
    if (st != OK)
        return st;
    x->next_loaded = b->loaded;
    b->loaded = x;
    b->loaded_bytes += x->size;
    return OK;
}

enum status box_hold(struct box *x, struct bundle *b, struct blob *out, struct err *e)
{
    const bool on_disk = x->entry == NOT_THERE && !x->attached;
    enum status st = OK;
    if (on_disk)
        st = disk_hold(b, x->file, e);
    else if (!x->bytes)
        st = load(b, x, e);
    if (st != OK)
        return st;
    x->users++;
    *out = (struct blob){
        .bundle = b,
        .file = x->file,
        .bytes = on_disk ? NULL : x->bytes,
        .size = on_disk ? b->files[x->file].size : x->size,
    };
    return OK;
}

void box_let_go(struct box *x, struct bundle *b)
{
    assert(x->users);
    x->users--;
    if (x->entry == NOT_THERE && !x->attached)
        disk_let_go(b, x->file);
}

enum status bundle_count_unpacked(struct bundle *b, struct entry *entry, uint64_t upto,
                                  struct err *e)
{
    if (upto <= entry->counted)
        return OK;
    const uint64_t more = upto - entry->counted;
    entry->counted = upto;
    struct disk_file *d = &b->disk[entry->m.file];
    b->expanded += more;
    d->expanded += more;
    const uint64_t packed = b->files[entry->m.file].size;
    const bool too_dense = d->expanded > RATIO_FREE && d->expanded / b->limits.ratio > packed;
    if (!too_dense && b->expanded <= b->limits.expanded_bytes)
        return OK;
    const struct fault_of fault = {
        entry->box, "zipBomb",
        "Look at the archive with other tools: no export of messages is packed like this.", true};
    bundle_fault_add(b, &fault,
                     "“" STR_FMT "” unpacks to more than any honest archive (%" PRIu64
                     " MiB out of %" PRIu64 " KiB); the rest of it is not read",
                     STR_ARG(str_sub(entry->box->path, 0, 200)), d->expanded >> 20, packed >> 10);
    return fail(e, ERR_LIMIT, "“" STR_FMT "” unpacks to more than any honest archive",
                STR_ARG(str_sub(entry->m.path, 0, 300)));
}

/* ---- Opening and closing ----------------------------------------------------------------------- */

enum status bundle_open(struct bundle **out, const struct bundle_file *files, size_t count,
                        const struct bundle_opener *opener, const struct bundle_limits *limits,
                        struct err *e)
{
    if (count > BUNDLE_MEMBERS_MAX)
        return fail(e, ERR_LIMIT, "there are more than %d files here", BUNDLE_MEMBERS_MAX);
    struct bundle *b = oom_alloc(sizeof *b);
    *b = (struct bundle){.files = files,
                         .file_count = count,
                         .idle_file = NOT_THERE,
                         .opener = *opener,
                         .limits = *limits};
    if (!b->limits.ratio)
        b->limits.ratio = DEFAULT_RATIO;
    if (!b->limits.expanded_bytes)
        b->limits.expanded_bytes = DEFAULT_EXPANDED;
    b->disk = oom_alloc(count * sizeof *b->disk);
    for (size_t i = 0; i < count; i++)
        b->disk[i] = (struct disk_file){.fd = -1};
    bundle_list(b);
    *out = b;
    return OK;
}

void bundle_close(struct bundle *b)
{
    if (!b)
        return;
    siblings_free(b->siblings);
    for (size_t i = 0; i < b->box_count; i++) {
        assert(!b->boxes[i]->users); /* a source of this bundle is still open */
        stream_drop_cursors(b->boxes[i]);
        free(b->boxes[i]->bytes);
    }
    close_idle(b);
    free(b->boxes);
    free(b->faults);
    free(b->shown);
    free(b->order);
    free(b->entries);
    free(b->disk);
    arena_free(&b->names);
    free(b);
}

/* ---- Members ---------------------------------------------------------------------------------- */

size_t bundle_count(const struct bundle *b)
{
    return b->shown_count;
}

const struct member *bundle_at(const struct bundle *b, size_t i)
{
    return &b->entries[b->shown[i]].m;
}

bool bundle_is_archive(const struct bundle *b, size_t file)
{
    return b->disk[file].is_archive;
}

static enum status file_source(struct bundle *b, size_t file, struct source **out, struct err *e)
{
    int fd;
    const enum status st = b->opener.open(b->opener.context, file, &fd, e);
    return st == OK ? source_of_fd(out, b->files[file].name, fd, e) : st;
}

enum status entry_source(struct bundle *b, struct entry *entry, struct source **out, struct err *e)
{
    if (!entry->box)
        return file_source(b, entry->m.file, out, e);
    switch (entry->box->kind) {
    case BOX_TABLES: return table_source(b, entry, out, e);
    case BOX_ZIP:
    case BOX_CUT_ZIP:
    case BOX_STREAM: return unpacked_source(b, entry, out, e);
    case BOX_NONE:
    case BOX_MAIL: break;
    }
    return fail(e, ERR_MISSING, "“" STR_FMT "” is no archive", STR_ARG(entry->box->path));
}

enum status bundle_source(struct bundle *b, size_t i, struct source **out, struct err *e)
{
    struct entry *entry = &b->entries[b->shown[i]];
    if (entry->m.skip)
        return fail(e, ERR_MISSING, "“" STR_FMT "” cannot be read: %s",
                    STR_ARG(str_sub(entry->m.path, 0, 300)), entry->m.skip);
    return entry_source(b, entry, out, e);
}

enum status bundle_digest(struct bundle *b, size_t file, struct sha256_digest *out, uint64_t *size,
                          struct err *e)
{
    struct source *s;
    enum status st = file_source(b, file, &s, e);
    if (st != OK)
        return st;
    st = source_finish(s, out, e);
    *size = source_at(s);
    source_close(s);
    return st;
}
