/*
 * The directory of a ZIP file, read by ourselves, because libarchive keeps quiet about what hostile or
 * damaged files do with it: entries that share the data of another, names that differ between the
 * directory and the entry, archives glued together, bytes between entries. What is unpacked is still
 * unpacked, and its checksum checked, by libarchive: each entry is shown to it as a ZIP of its own.
 *
 * APPNOTE 6.3.10 (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT), 4.3.6 to 4.3.16.
 */
#include "bundle_parts.h"

#include "oom.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    END_BYTES = 22,
    END64_BYTES = 56,
    LOCATOR_BYTES = 20,
    RECORD_BYTES = 46,
    LOCAL_BYTES = 30,
    COMMENT_MAX = 65535,
    RECORD_MAX = RECORD_BYTES + 3 * 65535,
    DESCRIPTOR_MAX = 24, /* sizes and checksum behind the data of an entry */
};

enum { FLAG_ENCRYPTED = 1, FLAG_DESCRIPTOR = 8 };

static uint64_t number(const char *p, int bytes)
{
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | (unsigned char)p[i];
    return value;
}

static void put_number(char *p, int bytes, uint64_t value)
{
    for (int i = 0; i < bytes; i++, value >>= 8)
        p[i] = (char)(value & 0xFF);
}

/* ---- Where the directory is ------------------------------------------------------------------- */

struct directory {
    uint64_t count, size, offset; /* as the end record has them */
    uint64_t end;   /* where the end record (the one of ZIP64 if there is one) begins */
    uint64_t after; /* bytes behind everything */
};

/* The end record of ZIP64, if its locator stands in front of the common one. */
static void read_end64(const struct blob *blob, uint64_t end, struct directory *d)
{
    struct err ignored = {0};
    char locator[LOCATOR_BYTES], r[END64_BYTES];
    if (end < LOCATOR_BYTES + END64_BYTES ||
        blob_read_all(blob, end - LOCATOR_BYTES, locator, sizeof locator, &ignored) != OK ||
        memcmp(locator, "PK\6\7", 4) != 0)
        return;
    uint64_t at = number(locator + 8, 8);
    for (int attempt = 0; attempt < 2; attempt++) {
        if (at < end && end - at >= END64_BYTES &&
            blob_read_all(blob, at, r, sizeof r, &ignored) == OK && memcmp(r, "PK\6\6", 4) == 0) {
            d->count = number(r + 32, 8);
            d->size = number(r + 40, 8);
            d->offset = number(r + 48, 8);
            d->end = at;
            return;
        }
        at = end - LOCATOR_BYTES - END64_BYTES; /* something stands in front of the archive */
    }
}

/* The last end record whose comment fits into the file. */
static bool find_directory(const struct blob *blob, struct directory *d)
{
    const size_t tail =
        blob->size < END_BYTES + COMMENT_MAX ? (size_t)blob->size : (size_t)END_BYTES + COMMENT_MAX;
    struct err ignored = {0};
    char *const bytes = oom_alloc(tail);
    bool found = false;
    if (blob_read_all(blob, blob->size - tail, bytes, tail, &ignored) != OK || tail < END_BYTES)
        goto out;
    for (size_t at = tail - END_BYTES + 1; at-- > 0 && !found;) {
        const char *const p = bytes + at;
        if (memcmp(p, "PK\5\6", 4) != 0 || at + END_BYTES + number(p + 20, 2) > tail)
            continue;
        *d = (struct directory){
            .count = number(p + 10, 2),
            .size = number(p + 12, 4),
            .offset = number(p + 16, 4),
            .end = blob->size - tail + at,
            .after = tail - at - END_BYTES - number(p + 20, 2),
        };
        read_end64(blob, d->end, d);
        found = true;
    }
out:
    free(bytes);
    return found;
}

/* ---- Its records ------------------------------------------------------------------------------ */

struct record {
    uint64_t at, bytes; /* of the record itself */
    unsigned flags, made_by;
    uint64_t packed, size, local; /* `local` within the archive */
    uint32_t mode;                /* of Unix, or 0 */
    str name, extra;              /* borrowed until the next record */
};

/* A window that moves over the directory. */
struct records {
    const struct blob *blob;
    char *window;
    size_t begin, end;
    uint64_t at, limit; /* offset of `begin`; where the directory ends */
};

/* Sizes and offset that did not fit into 32 bits. */
static void read_extra64(struct record *r)
{
    for (str rest = r->extra; rest.n >= 4;) {
        const size_t n = (size_t)number(rest.p + 2, 2);
        str field = str_sub(rest, 4, n);
        const bool wide = number(rest.p, 2) == 1;
        rest = str_from(rest, 4 + n);
        if (!wide)
            continue;
        uint64_t *const values[] = {&r->size, &r->packed, &r->local};
        for (size_t i = 0; i < 3; i++) {
            if (*values[i] != UINT32_MAX || field.n < 8)
                continue;
            *values[i] = number(field.p, 8);
            field = str_from(field, 8);
        }
    }
}

static bool fill(struct records *w, size_t want)
{
    struct err ignored = {0};
    if (w->end - w->begin >= want)
        return true;
    memmove(w->window, w->window + w->begin, w->end - w->begin);
    w->end -= w->begin;
    w->begin = 0;
    while (w->end < want) {
        const uint64_t left = w->limit - w->at - w->end;
        size_t room = 2 * (size_t)RECORD_MAX - w->end, got;
        if (left < room)
            room = (size_t)left;
        if (!room ||
            blob_read(w->blob, w->at + w->end, w->window + w->end, room, &got, &ignored) != OK ||
            !got)
            return false;
        w->end += got;
    }
    return true;
}

static bool next_record(struct records *w, struct record *r)
{
    if (!fill(w, RECORD_BYTES) || memcmp(w->window + w->begin, "PK\1\2", 4) != 0)
        return false;
    const char *p = w->window + w->begin;
    const size_t name = (size_t)number(p + 28, 2), extra = (size_t)number(p + 30, 2);
    const size_t bytes = RECORD_BYTES + name + extra + (size_t)number(p + 32, 2);
    if (!fill(w, bytes))
        return false;
    p = w->window + w->begin;
    *r = (struct record){
        .at = w->at,
        .bytes = bytes,
        .made_by = (unsigned char)p[5],
        .flags = (unsigned)number(p + 8, 2),
        .packed = number(p + 20, 4),
        .size = number(p + 24, 4),
        .local = number(p + 42, 4),
        .mode = p[5] == 3 ? (uint32_t)number(p + 40, 2) : 0,
        .name = {p + RECORD_BYTES, name},
        .extra = {p + RECORD_BYTES + name, extra},
    };
    read_extra64(r);
    w->begin += bytes;
    w->at += bytes;
    return true;
}

/* ---- What stands in the file ------------------------------------------------------------------ */

struct place {
    uint64_t begin, end; /* of an entry in the file, within the archive */
    bool descriptor;     /* up to DESCRIPTOR_MAX bytes more may belong to it */
    bool alias;          /* the name in front of the data is another */
    size_t nth;          /* record */
};

struct findings {
    struct place *places;
    size_t count, cap;
    uint64_t base;
    uint64_t aliases;          /* records whose data are those of another */
    uint64_t renamed;          /* names that differ, of records with data of their own */
    char one[160], other[160]; /* the first two that were seen to differ */
};

static void show_name(char out[160], str name)
{
    size_t n = 0;
    for (size_t i = 0; i < name.n && n < 150; i++)
        out[n++] = (unsigned char)name.p[i] < 0x20 ? '?' : name.p[i];
    out[utf8_unbroken((str){out, n})] = '\0';
}

/* Compares the header in front of an entry's data with its record. False if there is none. */
static bool look_at_local(const struct blob *blob, struct findings *f, const struct record *r,
                          struct place *p)
{
    struct err ignored = {0};
    char head[LOCAL_BYTES], name[65535];
    const uint64_t at = f->base + r->local;
    if (r->local > blob->size || blob_read_all(blob, at, head, sizeof head, &ignored) != OK ||
        memcmp(head, "PK\3\4", 4) != 0)
        return false;
    const size_t n = (size_t)number(head + 26, 2);
    if (blob_read_all(blob, at + LOCAL_BYTES, name, n, &ignored) != OK)
        return false;
    p->end = r->local + LOCAL_BYTES + n + number(head + 28, 2) + r->packed;
    p->alias = !str_eq((str){name, n}, r->name);
    if (p->alias) {
        show_name(f->one, r->name);
        show_name(f->other, (str){name, n});
    }
    return true;
}

static int by_place(const void *x, const void *y)
{
    const struct place *const a = x, *const b = y;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    if (a->alias != b->alias)
        return a->alias ? 1 : -1;
    return a->nth < b->nth ? -1 : a->nth > b->nth;
}

static void take_place(struct findings *f, const struct place *p)
{
    if (f->count == f->cap) {
        f->cap = f->cap ? f->cap + f->cap / 2 : 256;
        f->places = oom_resize(f->places, f->cap * sizeof *f->places);
    }
    f->places[f->count++] = *p;
}

static void fault(struct bundle *b, const struct box *x, const char *code, bool fatal,
                  const char *what)
{
    const struct fault_of f = {
        x, code, "Ask where the file comes from, and compare with another copy of it.", fatal};
    bundle_fault_add(b, &f, "%s", what);
}

/* Gaps and overlaps between entries, which are in order of place. */
static void check_places(struct bundle *b, const struct box *x, const struct findings *f,
                         uint64_t directory)
{
    uint64_t end = 0, gap = 0, gap_at = 0;
    bool overlap = false, descriptor = false;
    char what[200];
    for (size_t i = 0; i <= f->count; i++) {
        const uint64_t begin = i < f->count ? f->places[i].begin : directory;
        if (i && i < f->count && begin == f->places[i - 1].begin)
            continue; /* counted as an alias */
        overlap |= begin < end;
        if (begin > end + (descriptor ? DESCRIPTOR_MAX : 0)) {
            gap_at = gap ? gap_at : end;
            gap += begin - end;
        }
        if (i < f->count && f->places[i].end >= end) {
            end = f->places[i].end;
            descriptor = f->places[i].descriptor;
        }
    }
    if (overlap)
        fault(b, x, "zipOverlap", false,
              "entries of the ZIP file overlap: the same bytes are used for several of them");
    if (gap) {
        snprintf(what, sizeof what,
                 "%" PRIu64 " bytes of the ZIP file belong to none of its entries, the first at "
                 "byte %" PRIu64 ": something may have been taken out of its list",
                 gap, gap_at);
        fault(b, x, "zipGap", false, what);
    }
}

static void report(struct bundle *b, const struct box *x, const struct findings *f,
                   const struct directory *d, uint64_t listed)
{
    char what[600];
    /* 16 bits of the number are all that older programs wrote */
    if (f->aliases || (d->count != listed && d->count != listed % 65536)) {
        snprintf(what, sizeof what,
                 "the ZIP file says that it has %" PRIu64 " entries; %" PRIu64 " can be read",
                 d->count, listed - f->aliases);
        fault(b, x, "zipEntryCount", true, what);
    }
    if (f->renamed) {
        snprintf(what, sizeof what,
                 "%" PRIu64
                 " entries of the ZIP file have two names, the first of them “%s” in its "
                 "directory and “%s” in front of its data; the former is used",
                 f->renamed, f->one, f->other);
        fault(b, x, "zipNames", false, what);
    }
    if (f->base) {
        snprintf(what, sizeof what,
                 "%" PRIu64 " bytes stand in front of the ZIP file, as if two were glued together: "
                 "only the last is read",
                 f->base);
        fault(b, x, "zipGlued", true, what);
    }
    if (d->after) {
        snprintf(what, sizeof what, "%" PRIu64 " bytes stand behind the end of the ZIP file",
                 d->after);
        fault(b, x, "zipTrailer", false, what);
    }
}

/* ---- The list --------------------------------------------------------------------------------- */

enum { UNIX_TYPE = 0170000, UNIX_FILE = 0100000, UNIX_FOLDER = 0040000 };

static const char *reason_to_skip(struct bundle *b, const struct box *x, const struct record *r)
{
    const uint32_t type = r->mode & UNIX_TYPE;
    if (type && type != UNIX_FILE)
        return "a link or device, no file";
    if (str_starts(r->name, STR("__MACOSX/")))
        return "what a Mac notes beside a file";
    if (!(r->flags & FLAG_ENCRYPTED))
        return NULL;
    const struct fault_of f = {x, "zipEncrypted",
                               "Unpack it with its password and import the folder.", true};
    bundle_fault_add(b, &f, "entries of the ZIP file are encrypted");
    return "encrypted: it needs a password";
}

static bool is_folder(const struct record *r)
{
    return str_ends(r->name, STR("/")) || (r->mode & UNIX_TYPE) == UNIX_FOLDER;
}

/* Some Windows programs write '\' between folders. */
static str portable_name(const struct record *r, char *room)
{
    enum { MADE_ON_FAT = 0 };
    if (r->made_by != MADE_ON_FAT || str_find_byte(r->name, '/') != STR_NONE)
        return r->name;
    for (size_t i = 0; i < r->name.n; i++)
        room[i] = (char)(r->name.p[i] == '\\' ? '/' : r->name.p[i]);
    return (str){room, r->name.n};
}

static bool add_record(struct bundle *b, struct box *x, const struct record *r)
{
    char room[65535];
    struct record named = *r;
    named.name = portable_name(r, room);
    if (is_folder(&named))
        return true;
    return bundle_add_entry(
        b, x, named.name,
        &(struct entry){.m = {.size = r->size, .skip = reason_to_skip(b, x, &named)}, .at = r->at});
}

enum standing { ALIAS, OWN, OWN_RENAMED };

/* Which records have data of their own: all but those that point to the data of an earlier one. */
static void mark_aliases(struct findings *f, unsigned char *standing)
{
    if (f->count)
        qsort(f->places, f->count, sizeof *f->places, by_place);
    for (size_t i = 0; i < f->count; i++) {
        const struct place *p = &f->places[i];
        const bool own = i == 0 || p->begin != p[-1].begin;
        standing[p->nth] = !own ? ALIAS : p->alias ? OWN_RENAMED : OWN;
        f->aliases += !own;
    }
}

static struct records records_of(const struct blob *blob, const struct box *x, char *window,
                                 uint64_t bytes)
{
    return (struct records){
        .blob = blob, .window = window, .at = x->zip_end, .limit = x->zip_end + bytes};
}

/* Where the directory begins: where it should, or where the end record says if the two differ. */
static bool place_directory(const struct blob *blob, const struct directory *d, struct box *x)
{
    struct err ignored = {0};
    char mark[4];
    if (d->size > d->end)
        return false;
    const uint64_t due = d->end - d->size;
    const bool there = !d->size || (blob_read_all(blob, due, mark, 4, &ignored) == OK &&
                                    memcmp(mark, "PK\1\2", 4) == 0);
    x->zip_end = there ? due : d->offset;
    x->zip_base = there && due > d->offset ? due - d->offset : 0;
    if (there)
        return due >= d->offset;
    struct err again = {0};
    return blob_read_all(blob, d->offset, mark, 4, &again) == OK && memcmp(mark, "PK\1\2", 4) == 0;
}

static uint64_t scan(const struct blob *blob, struct records w, struct findings *f)
{
    struct record r;
    uint64_t listed = 0;
    for (; listed <= BUNDLE_MEMBERS_MAX && next_record(&w, &r); listed++) {
        struct place p = {.begin = r.local,
                          .end = r.local,
                          .descriptor = r.flags & FLAG_DESCRIPTOR,
                          .nth = (size_t)listed};
        (void)look_at_local(blob, f, &r, &p);
        take_place(f, &p);
    }
    return listed;
}

bool zip_list(struct bundle *b, struct box *x, const struct blob *blob)
{
    struct directory d;
    if (!find_directory(blob, &d) || !place_directory(blob, &d, x))
        return false;
    struct findings f = {.base = x->zip_base};
    char *const window = oom_alloc(2 * (size_t)RECORD_MAX);
    const uint64_t bytes = d.end - x->zip_end;
    const uint64_t listed = scan(blob, records_of(blob, x, window, bytes), &f);
    unsigned char *const standing = oom_alloc((size_t)listed + 1);
    mark_aliases(&f, standing);
    check_places(b, x, &f, x->zip_end - x->zip_base);

    struct records w = records_of(blob, x, window, bytes);
    struct record r;
    for (size_t i = 0; i < listed && next_record(&w, &r); i++) {
        struct place ignored;
        if (standing[i] == OWN_RENAMED && !f.renamed++)
            (void)look_at_local(blob, &f, &r, &ignored); /* for the names to tell */
        if (standing[i] != ALIAS && !add_record(b, x, &r))
            break;
    }
    report(b, x, &f, &d, listed);
    free(standing);
    free(window);
    free(f.places);
    return true;
}

/* ---- One entry as a ZIP of its own ------------------------------------------------------------ */

enum status zip_of_one(struct blob *out, const struct box *x, const struct blob *blob,
                       uint64_t record, struct arena *a, struct err *e)
{
    char head[RECORD_BYTES];
    enum status st = blob_read_all(blob, record, head, sizeof head, e);
    if (st != OK)
        return st;
    const size_t n = RECORD_BYTES + (size_t)number(head + 28, 2) + (size_t)number(head + 30, 2) +
                     (size_t)number(head + 32, 2);
    const uint64_t directory = x->zip_end - x->zip_base;
    const size_t bytes = n + END64_BYTES + LOCATOR_BYTES + END_BYTES;
    char *const tail = arena_alloc(a, bytes); /* zeroed */
    st = blob_read_all(blob, record, tail, n, e);

    char *const end64 = tail + n;
    memcpy(end64, "PK\6\6", 4);
    put_number(end64 + 4, 8, END64_BYTES - 12);
    put_number(end64 + 12, 2, 45);
    put_number(end64 + 14, 2, 45);
    put_number(end64 + 24, 8, 1);
    put_number(end64 + 32, 8, 1);
    put_number(end64 + 40, 8, n);
    put_number(end64 + 48, 8, directory);
    char *const locator = end64 + END64_BYTES;
    memcpy(locator, "PK\6\7", 4);
    put_number(locator + 8, 8, directory + n);
    put_number(locator + 16, 4, 1);
    char *const end = locator + LOCATOR_BYTES;
    memcpy(end, "PK\5\6", 4);
    put_number(end + 8, 2, UINT16_MAX);
    put_number(end + 10, 2, UINT16_MAX);
    put_number(end + 12, 4, UINT32_MAX);
    put_number(end + 16, 4, UINT32_MAX);

    *out = *blob;
    out->base = blob->base + x->zip_base;
    out->size = directory;
    out->tail = (str){tail, bytes};
    return st;
}
