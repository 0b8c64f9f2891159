/*
 * The members of a bundle: what a file is by its first bytes, and the list of all members with those of
 * archives inside in their places. An inner archive is looked into only after the outer one has been
 * listed, so that what is read from the front is read in one go.
 */
#include "bundle_parts.h"

#include "oom.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- What a file is --------------------------------------------------------------------------- */

/* Documents, programs and books that are ZIP files inside: attachments, never opened. */
static bool is_document(str name)
{
    static const char *const endings[] = {
        ".docx", ".xlsx", ".pptx", ".docm", ".xlsm",  ".pptm",    ".odt", ".ods", ".odp", ".odg",
        ".epub", ".apk",  ".jar",  ".key",  ".pages", ".numbers", ".xpi", ".kmz", ".ipa", ".sketch",
    };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (name.n >= strlen(endings[i]) &&
            str_eq_nocase(str_from(name, name.n - strlen(endings[i])), str_of(endings[i])))
            return true;
    return false;
}

static enum box_kind kind_of(str prefix, str name)
{
    static const struct {
        const char *magic;
        size_t n, at;
        enum box_kind kind;
    } marks[] = {
        {"PK\3\4", 4, 0, BOX_ZIP},           {"PK\5\6", 4, 0, BOX_ZIP},
        {"\x1F\x8B\x08", 3, 0, BOX_STREAM},  {"BZh", 3, 0, BOX_STREAM},
        {"\xFD\x37zXZ\0", 6, 0, BOX_STREAM}, {"\x28\xB5\x2F\xFD", 4, 0, BOX_STREAM},
        {"ustar", 5, 257, BOX_STREAM},       {"SQLite format 3", 16, 0, BOX_TABLES},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_eq(str_sub(prefix, marks[i].at, marks[i].n), (str){marks[i].magic, marks[i].n}))
            return marks[i].kind == BOX_ZIP && is_document(name) ? BOX_NONE : marks[i].kind;
    if (name.n > 4 && str_eq_nocase(str_from(name, name.n - 4), STR(".tar")) && prefix.n >= 512)
        return BOX_STREAM; /* before 1988 tar files had no mark */
    return mail_is_rsmf(prefix, name) ? BOX_MAIL : BOX_NONE;
}

/* Archives inside archives are looked for by name only. */
static bool may_be_archive(str name)
{
    static const char *const endings[] = {
        ".zip", ".tar", ".tgz",    ".gz",      ".bz2",  ".tbz",  ".xz",        ".txz",
        ".zst", ".db",  ".sqlite", ".sqlite3", ".tbz2", ".rsmf", ".storedata", ".sqlitedb"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (name.n >= strlen(endings[i]) &&
            str_eq_nocase(str_from(name, name.n - strlen(endings[i])), str_of(endings[i])))
            return true;
    return false;
}

/* ---- Listing ---------------------------------------------------------------------------------- */

static struct entry *new_entry(struct bundle *b)
{
    if (b->entry_count == b->entry_cap) {
        b->entry_cap = b->entry_cap ? b->entry_cap + b->entry_cap / 2 : 64;
        b->entries = oom_resize(b->entries, b->entry_cap * sizeof(struct entry));
    }
    return &b->entries[b->entry_count++];
}

bool bundle_add_entry(struct bundle *b, struct box *box, str name, const struct entry *facts)
{
    const struct fault_of fault = {box, "archiveEntries", "Split the archive and import the parts.",
                                   true};
    if (b->entry_count >= BUNDLE_MEMBERS_MAX) {
        bundle_fault_add(b, &fault, "there are more than %d entries; the rest is not read",
                         BUNDLE_MEMBERS_MAX);
        return false;
    }
    struct entry *entry = new_entry(b);
    *entry = *facts;
    entry->box = box;
    entry->m.file = box->file;
    if (name.n > BUNDLE_NAME_MAX) {
        name.n = BUNDLE_NAME_MAX;
        entry->m.skip = "its name is longer than 4096 bytes";
    }
    if (!name.n && !entry->m.skip)
        entry->m.skip = "an entry without a name";
    entry->m.path = arena_printf(&b->names, STR_FMT "/" STR_FMT, STR_ARG(box->path), STR_ARG(name));
    entry->m.inside = str_from(entry->m.path, box->path.n - box->inside.n + (box->inside.n == 0));
    return true;
}

static struct box *new_box(struct bundle *b, const struct box *model)
{
    struct box *x = arena_alloc(&b->names, sizeof *x);
    *x = *model;
    if (b->box_count == b->box_cap) {
        b->box_cap = b->box_cap ? b->box_cap * 2 : 16;
        b->boxes = oom_resize(b->boxes, b->box_cap * sizeof(struct box *));
    }
    b->boxes[b->box_count++] = x;
    return x;
}

static bool list_box(struct bundle *b, struct box *x);

/* The kind of an inner archive by its first bytes, which costs unpacking some of it. */
static enum box_kind sniff_entry(struct bundle *b, struct entry *entry)
{
    struct err ignored = {0};
    struct source *s;
    if (entry_source(b, entry, &s, &ignored) != OK)
        return BOX_NONE;
    str window;
    enum box_kind kind = BOX_NONE;
    if (source_peek(s, SNIFF_BYTES, &window, &ignored) == OK)
        kind = kind_of(str_sub(window, 0, SNIFF_BYTES), entry->m.path);
    source_close(s);
    return kind;
}

static void list_inner(struct bundle *b, struct box *outer, size_t nth)
{
    if (b->entries[nth].m.skip || !may_be_archive(b->entries[nth].m.path))
        return;
    const enum box_kind kind = sniff_entry(b, &b->entries[nth]);
    if (kind == BOX_NONE)
        return;
    const struct member *m = &b->entries[nth].m;
    struct box *x = new_box(b, &(struct box){.kind = kind,
                                             .file = outer->file,
                                             .entry = nth,
                                             .path = m->path,
                                             .inside = m->inside,
                                             .depth = outer->depth + 1});
    if (x->depth > BUNDLE_DEPTH_MAX) {
        const struct fault_of fault = {
            x, "archiveDepth", "Take it out of the archives around it and import that.", true};
        bundle_fault_add(b, &fault, "archives are nested more than %d deep here", BUNDLE_DEPTH_MAX);
        b->entries[nth].m.skip = "an archive inside too many others";
        return;
    }
    if (list_box(b, x))
        b->entries[nth].opens = x;
}

static void fault_unreadable(struct bundle *b, const struct box *x, const struct err *why)
{
    const struct fault_of fault = {x, "archiveDamaged",
                                   "Get another copy of the file: this one cannot be read.", true};
    bundle_fault_add(b, &fault, "%s", why->msg);
}

static void fault_cut(struct bundle *b, const struct box *x)
{
    const struct fault_of fault = {
        x, "zipNoDirectory", "Get the file again: the download or copy was not complete.", true};
    bundle_fault_add(b, &fault,
                     "the ZIP file has no directory at its end: it is cut off or damaged; what "
                     "stands whole in front is read");
}

/* A database whose last changes stand in a file beside it, which is not read. */
static void check_wal(struct bundle *b, const struct box *x)
{
    char path[BUNDLE_NAME_MAX + 8];
    const int n = snprintf(path, sizeof path, STR_FMT "-wal", STR_ARG(x->path));
    const size_t at = n < (int)sizeof path ? bundle_find(b, str_of(path)) : NOT_THERE;
    if (at == NOT_THERE || b->entries[at].m.size == 0)
        return;
    const struct fault_of fault = {
        x, "sqliteWal",
        "Work on a copy of both files: run `sqlite3 COPY \"PRAGMA wal_checkpoint(TRUNCATE)\"`, "
        "then import the copy.",
        true};
    bundle_fault_add(b, &fault,
                     "the newest changes of this database stand in the file “-wal” beside it, "
                     "which is not read: messages may be missing");
}

static void list_by_kind(struct bundle *b, struct box *x, const struct blob *blob)
{
    switch (x->kind) {
    case BOX_NONE: return;
    case BOX_MAIL:
    case BOX_ZIP:
        x->kind = BOX_ZIP;
        if (zip_list(b, x, blob))
            return;
        fault_cut(b, x);
        x->kind = BOX_CUT_ZIP;
        stream_list(b, x, blob);
        return;
    case BOX_CUT_ZIP:
    case BOX_STREAM: stream_list(b, x, blob); return;
    case BOX_TABLES: tables_list(b, x, blob); return;
    }
}

/* False for what is no archive after all: a mail without a ZIP. */
static bool list_box(struct bundle *b, struct box *x)
{
    struct err e = {0};
    struct blob blob;
    x->attached = x->kind == BOX_MAIL;
    x->first_entry = b->entry_count;
    if (box_hold(x, b, &blob, &e) != OK) {
        if (x->attached && e.code == ERR_MISSING)
            return false;
        fault_unreadable(b, x, &e);
        return true;
    }
    list_by_kind(b, x, &blob);
    box_let_go(x, b);
    x->entries = b->entry_count - x->first_entry;
    if (x->kind != BOX_TABLES)
        for (size_t i = 0; i < x->entries; i++)
            list_inner(b, x, x->first_entry + i);
    return true;
}

static enum box_kind sniff_file(struct bundle *b, size_t file, struct err *e)
{
    const enum status st = disk_hold(b, file, e);
    if (st != OK)
        return BOX_NONE;
    char *prefix = oom_alloc(SNIFF_BYTES);
    const struct blob blob = {.bundle = b, .file = file, .size = b->files[file].size};
    size_t n = 0;
    for (size_t got = 1; got && n < SNIFF_BYTES; n += got)
        if (blob_read(&blob, n, prefix + n, SNIFF_BYTES - n, &got, e) != OK)
            break;
    const enum box_kind kind = kind_of((str){prefix, n}, b->files[file].name);
    free(prefix);
    disk_let_go(b, file);
    return kind;
}

static void show(struct bundle *b, size_t entry)
{
    if (b->entries[entry].opens && b->entries[entry].opens->entries) {
        const struct box *x = b->entries[entry].opens;
        for (size_t i = 0; i < x->entries; i++)
            show(b, x->first_entry + i); /* no deeper than BUNDLE_DEPTH_MAX */
        return;
    }
    if (b->entries[entry].opens && !b->entries[entry].m.skip)
        b->entries[entry].m.skip = "an archive without anything that can be read";
    b->shown[b->shown_count++] = entry;
}

static void list_file(struct bundle *b, size_t file)
{
    const struct bundle_file *f = &b->files[file];
    struct err e = {0};
    const enum box_kind kind = f->skip || !f->size ? BOX_NONE : sniff_file(b, file, &e);
    const size_t nth = b->entry_count;
    struct entry *entry = new_entry(b);
    *entry = (struct entry){.m = {.path = f->name, .file = file, .size = f->size, .skip = f->skip}};
    if (e.code != OK)
        entry->m.skip = arena_cstr(&b->names, str_of(e.msg));
    if (kind == BOX_NONE || entry->m.skip)
        return;
    struct box *x = new_box(
        b,
        &(struct box){.kind = kind, .file = file, .entry = NOT_THERE, .path = f->name, .depth = 1});
    if (!list_box(b, x))
        return;
    b->disk[file].is_archive = true;
    b->entries[nth].opens = x;
}

void bundle_list(struct bundle *b)
{
    size_t *const own = oom_alloc(b->file_count * sizeof *own); /* the entry of each file */
    for (size_t i = 0; i < b->file_count; i++) {
        own[i] = b->entry_count;
        list_file(b, i);
    }
    b->shown = oom_alloc(b->entry_count * sizeof *b->shown);
    for (size_t i = 0; i < b->file_count; i++)
        show(b, own[i]);
    free(own);
    for (size_t i = 0; i < b->box_count; i++)
        if (b->boxes[i]->kind == BOX_TABLES)
            check_wal(b, b->boxes[i]);
}
