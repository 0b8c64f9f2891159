/*
 * The one reader of ZIP files: libarchive with the ZIP format alone, read through its directory, from
 * memory. Other formats and filters stay off: they hold nearly all of libarchive's past faults, and
 * some start programs.
 */
#include "zip.h"

#include <archive.h>
#include <archive_entry.h>

#include "buf.h"

static enum status damaged(struct archive *z, struct err *e)
{
    const char *const why = archive_error_string(z);
    return fail(e, ERR_FORMAT, "the ZIP file is damaged: %.200s", why ? why : "it cannot be read");
}

static enum status find_member(struct archive *z, str name, struct archive_entry **entry,
                               struct err *e)
{
    for (int i = 0; i < ZIP_ENTRIES_MAX; i++) {
        const int rc = archive_read_next_header(z, entry);
        if (rc == ARCHIVE_EOF)
            return fail(e, ERR_MISSING, "the ZIP file has no member " STR_FMT, STR_ARG(name));
        if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
            return damaged(z, e);
        /* A name outside the locale's characters comes as NULL: never one that we look for. */
        if (str_eq(str_of(archive_entry_pathname(*entry)), name) &&
            archive_entry_filetype(*entry) == AE_IFREG)
            return OK;
    }
    return fail(e, ERR_LIMIT, "the ZIP file has more than %d members", ZIP_ENTRIES_MAX);
}

static enum status read_member(struct archive *z, size_t max_bytes, struct arena *a, str *out,
                               struct err *e)
{
    struct buf bytes = buf_new(max_bytes);
    char chunk[16 << 10];
    la_ssize_t n;
    while ((n = archive_read_data(z, chunk, sizeof chunk)) > 0 && !bytes.full)
        buf_add(&bytes, (str){chunk, (size_t)n});
    enum status st = OK;
    if (bytes.full)
        st = fail(e, ERR_LIMIT, "a member of the ZIP file is larger than %zu MiB", max_bytes >> 20);
    else if (n < 0)
        st = damaged(z, e);
    else
        *out = arena_dup(a, buf_str(&bytes));
    buf_free(&bytes);
    return st;
}

enum status zip_member(str *out, const struct zip_want *want, struct arena *a, struct err *e)
{
    struct archive *const z = archive_read_new();
    struct archive_entry *entry;
    enum status st = OK;
    *out = STR("");
    if (!z)
        return fail(e, ERR_LIMIT, "there is no memory for the ZIP file");
    if (archive_read_support_format_zip_seekable(z) != ARCHIVE_OK ||
        archive_read_open_memory(z, want->archive.p, want->archive.n) != ARCHIVE_OK)
        st = damaged(z, e);
    if (st == OK)
        st = find_member(z, want->name, &entry, e);
    if (st == OK)
        st = read_member(z, want->max_bytes, a, out, e);
    archive_read_free(z);
    return st;
}
