/*
 * Archives through libarchive: tar, alone or compressed; a single compressed file; a ZIP that lost its
 * directory; and each entry of a ZIP that has one, shown as a ZIP of its own (bundle_zip_check.c).
 * Only the filters gzip, bzip2, xz and zstd and the formats named here are ever switched on: the others
 * hold nearly all of libarchive's past faults, start programs or open files. Nothing is written.
 *
 * An archive that is read from the front keeps its place when a reader leaves, and the next one goes on
 * from there: reading all members in order is one pass. Members up to KEPT_MAX are kept whole while
 * they are open, so that looking ahead in them does not start the archive over.
 */
#include "bundle_parts.h"

#include "buf.h"
#include "oom.h"

#include <archive.h>
#include <archive_entry.h>
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_BYTES = 64 << 10, KEPT_MAX = 64 << 20 };

/* ---- libarchive over a blob ------------------------------------------------------------------- */

struct cursor {
    struct archive *a;
    struct archive_entry *header;
    uint64_t next; /* number of the entry whose header comes next */
    struct blob blob;
    struct arena tail; /* of the blob */
    uint64_t at;
    struct err failure; /* of reading the blob */
    char input[INPUT_BYTES];
};

static la_ssize_t on_read(struct archive *a, void *context, const void **out)
{
    struct cursor *c = context;
    size_t got;
    if (blob_read(&c->blob, c->at, c->input, sizeof c->input, &got, &c->failure) != OK) {
        archive_set_error(a, EIO, "%s", c->failure.msg);
        return -1;
    }
    c->at += got;
    *out = c->input;
    return (la_ssize_t)got;
}

static uint64_t blob_end(const struct cursor *c)
{
    return c->blob.size + c->blob.tail.n;
}

static la_int64_t on_skip(struct archive *a, void *context, la_int64_t request)
{
    (void)a;
    struct cursor *c = context;
    const uint64_t left = c->at < blob_end(c) ? blob_end(c) - c->at : 0;
    const uint64_t n = (uint64_t)request < left ? (uint64_t)request : left;
    c->at += n;
    return (la_int64_t)n;
}

static la_int64_t on_seek(struct archive *a, void *context, la_int64_t offset, int whence)
{
    (void)a;
    struct cursor *c = context;
    const la_int64_t from = whence == SEEK_CUR   ? (la_int64_t)c->at
                            : whence == SEEK_END ? (la_int64_t)blob_end(c)
                                                 : 0;
    if (from + offset < 0)
        return ARCHIVE_FATAL;
    c->at = (uint64_t)(from + offset);
    return (la_int64_t)c->at;
}

static void choose_formats(struct archive *a, enum box_kind kind)
{
    if (kind == BOX_ZIP) {
        archive_read_support_format_zip_seekable(a);
    } else if (kind == BOX_CUT_ZIP) {
        archive_read_support_format_zip_streamable(a);
    } else {
        archive_read_support_filter_gzip(a);
        archive_read_support_filter_bzip2(a);
        archive_read_support_filter_xz(a);
        archive_read_support_filter_zstd(a);
        archive_read_support_format_tar(a);
        archive_read_support_format_raw(a);
        archive_read_support_format_empty(a);
    }
}

static void cursor_free(struct cursor *c)
{
    if (!c)
        return;
    archive_read_free(c->a);
    arena_free(&c->tail);
    free(c);
}

static enum status damaged(const struct cursor *c, str path, struct err *e)
{
    const char *const why = archive_error_string(c->a);
    return fail(e, ERR_FORMAT, "“" STR_FMT "” is damaged: %.200s", STR_ARG(str_sub(path, 0, 200)),
                why ? why : "it cannot be unpacked");
}

/* `c` has its blob. */
static enum status cursor_start(struct cursor *c, enum box_kind kind, str path, struct err *e)
{
    c->a = archive_read_new();
    if (!c->a)
        oom_die(sizeof *c);
    choose_formats(c->a, kind);
    archive_read_set_callback_data(c->a, c);
    archive_read_set_read_callback(c->a, on_read);
    archive_read_set_skip_callback(c->a, on_skip);
    archive_read_set_seek_callback(c->a, on_seek);
    return archive_read_open1(c->a) == ARCHIVE_OK ? OK : damaged(c, path, e);
}

static struct cursor *cursor_new(const struct blob *blob)
{
    struct cursor *c = oom_alloc(sizeof *c);
    memset(c, 0, offsetof(struct cursor, input));
    c->blob = *blob;
    return c;
}

/* Moves to the next header. STEP_DONE also where the rest cannot be read: then *e says why. */
static enum step next_header(struct cursor *c, str path, struct err *e)
{
    const int rc = archive_read_next_header(c->a, &c->header);
    if (rc == ARCHIVE_EOF)
        return STEP_DONE;
    if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN) {
        (void)damaged(c, path, e);
        return STEP_DONE;
    }
    c->next++;
    return STEP_ROW;
}

/* ---- Listing what is read from the front ------------------------------------------------------ */

/* "export.json" for "leak/export.json.gz". */
static str name_of_single(str path)
{
    for (size_t at; (at = str_find_byte(path, '/')) != STR_NONE;)
        path = str_from(path, at + 1);
    static const char *const endings[] = {".gz", ".bz2", ".xz", ".zst", ".tgz"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t n = strlen(endings[i]);
        if (path.n > n && str_eq_nocase(str_from(path, path.n - n), str_of(endings[i])))
            return str_sub(path, 0, path.n - n);
    }
    return STR("data");
}

static str name_of_header(const struct cursor *c, str path)
{
    if (archive_format(c->a) == ARCHIVE_FORMAT_RAW)
        return name_of_single(path);
    const char *name = archive_entry_pathname(c->header); /* NULL outside the locale's characters */
    if (!name)
        name = archive_entry_pathname_utf8(c->header);
    return str_of(name);
}

static const char *reason_to_skip(struct bundle *b, const struct box *x, const struct cursor *c)
{
    if (archive_entry_hardlink(c->header) || archive_entry_symlink(c->header))
        return "a link, no file";
    if (archive_entry_filetype(c->header) != AE_IFREG)
        return "a device or pipe, no file";
    if (!archive_entry_is_encrypted(c->header))
        return NULL;
    const struct fault_of f = {x, "zipEncrypted",
                               "Unpack it with its password and import the folder.", true};
    bundle_fault_add(b, &f, "entries of the archive are encrypted");
    return "encrypted: it needs a password";
}

/* Skips the data of an entry, counting what comes out of a compressed archive while it does. */
static enum status skip_data(struct bundle *b, struct cursor *c, struct entry *entry, struct err *e)
{
    if (archive_filter_code(c->a, 0) == ARCHIVE_FILTER_NONE) {
        (void)archive_read_data_skip(c->a); /* what is wrong shows at the next header */
        return OK;
    }
    if (archive_format(c->a) == ARCHIVE_FORMAT_RAW)
        return OK; /* nothing comes behind it */
    const void *block;
    size_t n;
    la_int64_t at;
    while (archive_read_data_block(c->a, &block, &n, &at) == ARCHIVE_OK) {
        const enum status st = bundle_count_unpacked(b, entry, (uint64_t)at + n, e);
        if (st != OK)
            return st;
    }
    return OK;
}

static void list_header(struct bundle *b, struct box *x, const struct cursor *c)
{
    const bool sized = archive_entry_size_is_set(c->header);
    (void)bundle_add_entry(
        b, x, name_of_header(c, x->path),
        &(struct entry){
            .m = {.size = sized ? (uint64_t)archive_entry_size(c->header) : SOURCE_SIZE_UNKNOWN,
                  .skip = reason_to_skip(b, x, c)},
            .at = c->next - 1});
}

static void fault_damaged(struct bundle *b, const struct box *x, const struct err *why)
{
    const struct fault_of fault = {
        x, "archiveDamaged",
        "Get the file again: the download or copy was not complete. What stands in front of the "
        "damage is read.",
        true};
    bundle_fault_add(b, &fault, "%s", why->msg);
}

/* Neither compressed nor an archive: libarchive saw nothing in it but bytes. */
static bool is_unwrapped(const struct cursor *c)
{
    return archive_format(c->a) == ARCHIVE_FORMAT_RAW &&
           archive_filter_code(c->a, 0) == ARCHIVE_FILTER_NONE;
}

void stream_list(struct bundle *b, struct box *x, const struct blob *blob)
{
    struct cursor *c = cursor_new(blob);
    struct err e = {0};
    enum status st = cursor_start(c, x->kind, x->path, &e);
    while (st == OK && next_header(c, x->path, &e) == STEP_ROW) {
        if (is_unwrapped(c)) {
            fail(&e, ERR_FORMAT, "“" STR_FMT "” begins like an archive but cannot be unpacked",
                 STR_ARG(str_sub(x->path, 0, 200)));
            break;
        }
        if (archive_entry_filetype(c->header) == AE_IFDIR)
            continue;
        const size_t nth = b->entry_count;
        list_header(b, x, c);
        if (b->entry_count == nth)
            break; /* too many: reported */
        st = skip_data(b, c, &b->entries[nth], &e);
    }
    if (e.code != OK && e.code != ERR_LIMIT) /* a bomb has its own fault */
        fault_damaged(b, x, &e);
    cursor_free(c);
}

/* ---- Readers ---------------------------------------------------------------------------------- */

struct unpacking {
    struct bundle *bundle;
    struct entry *entry;
    struct cursor *cursor; /* NULL before the first byte and behind the last */
    struct buf kept;       /* a member of a stream that is small enough */
    bool keeps;
    uint64_t at; /* bytes given so far */
    bool ended;
    struct err failure; /* what was damaged stays so, however often it is asked for */
};

void stream_drop_cursors(struct box *x)
{
    for (size_t i = 0; i < 2; i++) {
        cursor_free(x->spare[i]);
        x->spare[i] = NULL;
    }
}

/* The one that stands nearest before an entry; NULL if none does. */
static struct cursor *take_spare(struct box *x, uint64_t nth)
{
    struct cursor **best = NULL;
    for (size_t i = 0; i < 2; i++)
        if (x->spare[i] && x->spare[i]->next <= nth && (!best || x->spare[i]->next > (*best)->next))
            best = &x->spare[i];
    if (!best)
        return NULL;
    struct cursor *c = *best;
    *best = NULL;
    return c;
}

/* Two places are kept: that of whoever reads in order, and that of whoever looks around. */
static void leave_spare(struct box *x, struct cursor *c)
{
    struct cursor **slot = !x->spare[0]                            ? &x->spare[0]
                           : !x->spare[1]                          ? &x->spare[1]
                           : x->spare[0]->next < x->spare[1]->next ? &x->spare[0]
                                                                   : &x->spare[1];
    cursor_free(*slot);
    *slot = c;
}

static enum status start_stream(struct unpacking *u, const struct blob *blob, struct err *e)
{
    const struct entry *entry = u->entry;
    u->cursor = take_spare(entry->box, entry->at);
    enum status st = OK;
    if (!u->cursor) {
        u->cursor = cursor_new(blob);
        st = cursor_start(u->cursor, entry->box->kind, entry->m.path, e);
    }
    while (st == OK && u->cursor->next <= entry->at)
        if (next_header(u->cursor, entry->m.path, e) == STEP_DONE)
            st = fail(e, ERR_FORMAT, "“" STR_FMT "” is no longer in its archive",
                      STR_ARG(str_sub(entry->m.path, 0, 300)));
    return st;
}

static enum status start_zip(struct unpacking *u, const struct blob *blob, struct err *e)
{
    const struct entry *entry = u->entry;
    u->cursor = cursor_new(blob);
    enum status st = zip_of_one(&u->cursor->blob, entry->box, blob, entry->at, &u->cursor->tail, e);
    if (st == OK)
        st = cursor_start(u->cursor, BOX_ZIP, entry->m.path, e);
    if (st == OK && next_header(u->cursor, entry->m.path, e) == STEP_DONE)
        st = fail(e, ERR_FORMAT, "“" STR_FMT "” cannot be found in its ZIP file",
                  STR_ARG(str_sub(entry->m.path, 0, 300)));
    return st;
}

static void leave(struct unpacking *u)
{
    if (!u->cursor)
        return;
    if (u->entry->box->kind == BOX_ZIP)
        cursor_free(u->cursor);
    else
        leave_spare(u->entry->box, u->cursor);
    u->cursor = NULL;
}

static enum status start(struct unpacking *u, struct err *e)
{
    struct blob blob;
    struct box *x = u->entry->box;
    enum status st = box_hold(x, u->bundle, &blob, e);
    if (st != OK)
        return st;
    st = x->kind == BOX_ZIP ? start_zip(u, &blob, e) : start_stream(u, &blob, e);
    if (st == OK)
        return OK;
    cursor_free(u->cursor);
    u->cursor = NULL;
    box_let_go(x, u->bundle);
    return st;
}

static void stop(struct unpacking *u)
{
    if (!u->cursor)
        return;
    leave(u);
    box_let_go(u->entry->box, u->bundle);
}

/* The checksum was right, so the bytes are; but somebody wrote another number into the directory. */
static void check_size(const struct unpacking *u)
{
    const struct member *m = &u->entry->m;
    if (m->size == SOURCE_SIZE_UNKNOWN || m->size == u->at)
        return;
    const struct fault_of fault = {
        u->entry->box, "archiveSize",
        "Ask where the file comes from, and compare with another copy of it.", false};
    bundle_fault_add(u->bundle, &fault,
                     "“" STR_FMT "” has %" PRIu64 " bytes, though its archive says %" PRIu64,
                     STR_ARG(str_sub(m->path, 0, 300)), u->at, m->size);
}

static enum status unpack_some(struct unpacking *u, char *out, size_t room, size_t *got,
                               struct err *e)
{
    if (!u->cursor) {
        const enum status st = start(u, e);
        if (st != OK)
            return st;
    }
    const la_ssize_t n = archive_read_data(u->cursor->a, out, room);
    if (n < 0)
        return damaged(u->cursor, u->entry->m.path, e);
    *got = (size_t)n;
    u->at += (uint64_t)n;
    if (n == 0) {
        u->ended = true;
        check_size(u);
        stop(u);
    }
    return bundle_count_unpacked(u->bundle, u->entry, u->at, e);
}

static enum status unpack(struct unpacking *u, char *out, size_t room, size_t *got, struct err *e)
{
    *got = 0;
    if (u->ended)
        return OK;
    if (u->failure.code == OK && unpack_some(u, out, room, got, &u->failure) == OK)
        return OK;
    return fail(e, u->failure.code, "%s", u->failure.msg);
}

/* All of a small member at once. */
static enum status keep(struct unpacking *u, struct err *e)
{
    char *const chunk = oom_alloc(SOURCE_CHUNK);
    enum status st;
    size_t got;
    u->kept = buf_new(KEPT_MAX);
    while ((st = unpack(u, chunk, SOURCE_CHUNK, &got, e)) == OK && got)
        buf_add(&u->kept, (str){chunk, got});
    free(chunk);
    if (st == OK && u->kept.full)
        st = fail(e, ERR_FORMAT, "“" STR_FMT "” is larger than its archive says",
                  STR_ARG(str_sub(u->entry->m.path, 0, 300)));
    u->at = 0;
    if (st != OK) {
        buf_free(&u->kept);
        u->kept = (struct buf){0};
    }
    return st;
}

static enum status read_unpacked(void *context, char *out, size_t room, size_t *got, struct err *e)
{
    struct unpacking *u = context;
    if (!u->keeps)
        return unpack(u, out, room, got, e);
    if (!u->kept.max) {
        const enum status st = keep(u, e);
        if (st != OK)
            return st;
    }
    const str rest = str_sub(str_from(buf_str(&u->kept), (size_t)u->at), 0, room);
    if (rest.n)
        memcpy(out, rest.p, rest.n);
    *got = rest.n;
    u->at += rest.n;
    return OK;
}

static enum status again_unpacked(void *context, struct err *e)
{
    (void)e;
    struct unpacking *u = context;
    u->at = 0;
    if (u->keeps)
        return OK;
    stop(u);
    u->ended = false;
    return OK;
}

static struct unpacking *new_unpacking(struct bundle *b, struct entry *entry)
{
    struct unpacking *u = oom_alloc(sizeof *u);
    *u = (struct unpacking){.bundle = b,
                            .entry = entry,
                            .keeps = entry->box->kind != BOX_ZIP && entry->m.size <= KEPT_MAX};
    return u;
}

static enum status twin_of_unpacked(void *context, void **out, struct err *e)
{
    const struct unpacking *u = context;
    struct unpacking *twin = new_unpacking(u->bundle, u->entry);
    *out = twin;
    if (u->kept.max) { /* the same bytes need not be unpacked again */
        twin->kept = buf_new(KEPT_MAX);
        buf_add(&twin->kept, buf_str(&u->kept));
        twin->ended = true;
    }
    (void)e;
    return OK;
}

static void close_unpacked(void *context)
{
    struct unpacking *u = context;
    stop(u);
    buf_free(&u->kept);
    free(u);
}

enum status unpacked_source(struct bundle *b, struct entry *entry, struct source **out,
                            struct err *e)
{
    static const struct source_reader reader = {
        .read = read_unpacked,
        .again = again_unpacked,
        .twin = twin_of_unpacked,
        .close = close_unpacked,
    };
    return source_of_reader(out, entry->m.path, entry->m.size, &reader, new_unpacking(b, entry), e);
}

/* ---- Facts of all members --------------------------------------------------------------------- */

static bool facts_of(struct bundle *b, struct cursor *c, struct entry *entry, struct facts *out)
{
    struct sha256 hash = sha256_new();
    struct err ignored = {0};
    char *const chunk = oom_alloc(SOURCE_CHUNK);
    la_ssize_t n;
    while ((n = archive_read_data(c->a, chunk, SOURCE_CHUNK)) > 0) {
        sha256_add(&hash, (str){chunk, (size_t)n});
        out->size += (uint64_t)n;
        if (bundle_count_unpacked(b, entry, out->size, &ignored) != OK)
            n = -1;
        if (n < 0)
            break;
    }
    out->digest = sha256_end(&hash);
    out->known = n == 0;
    sha256_free(&hash);
    free(chunk);
    return out->known;
}

const struct facts *stream_facts(struct bundle *b, struct box *x)
{
    if (x->facts)
        return x->facts;
    struct facts *all = arena_array(&b->names, x->entries + 1, sizeof *all);
    x->facts = all;
    struct err ignored = {0};
    struct blob blob;
    if (box_hold(x, b, &blob, &ignored) != OK)
        return all;
    struct cursor *c = cursor_new(&blob);
    if (cursor_start(c, x->kind, x->path, &ignored) == OK) {
        size_t nth = 0;
        while (nth < x->entries && next_header(c, x->path, &ignored) == STEP_ROW) {
            struct entry *entry = &b->entries[x->first_entry + nth];
            if (entry->at != c->next - 1)
                continue; /* a folder */
            if (!entry->m.skip && !facts_of(b, c, entry, &all[nth]))
                break;
            nth++;
        }
    }
    cursor_free(c);
    box_let_go(x, b);
    return all;
}
