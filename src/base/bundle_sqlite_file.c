/*
 * A file system for SQLite that has one file, and that file is a blob: it can be read, and nothing else
 * can be done. There is no lock, no journal, no temporary and no second file, and no system call but the
 * blob's own.
 */
#include "bundle_sqlite.h"

#include <stdio.h>
#include <string.h>

struct one_file {
    sqlite3_file file; /* first: SQLite's view of it */
    const struct blob *blob;
};

static int vfs_close(sqlite3_file *f)
{
    (void)f;
    return SQLITE_OK;
}

static int vfs_read(sqlite3_file *f, void *out, int room, sqlite3_int64 at)
{
    const struct blob *blob = ((struct one_file *)f)->blob;
    struct err ignored = {0};
    char *to = out;
    size_t done = 0, got = 1;
    while (done < (size_t)room && got) {
        if (blob_read(blob, (uint64_t)at + done, to + done, (size_t)room - done, &got, &ignored) !=
            OK)
            return SQLITE_IOERR_READ;
        done += got;
    }
    memset(to + done, 0, (size_t)room - done);
    /* Bytes 18 and 19 say that the last changes may be in a -wal file; without one there are none,
       and a database that says so could not be opened without shared memory. */
    for (sqlite3_int64 i = 18; i < 20; i++)
        if (i >= at && i < at + (sqlite3_int64)done && to[i - at] == 2)
            to[i - at] = 1;
    return done == (size_t)room ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int vfs_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
    (void)f, (void)bytes, (void)n, (void)at;
    return SQLITE_READONLY;
}

static int vfs_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    (void)f, (void)size;
    return SQLITE_READONLY;
}

static int vfs_with_flag(sqlite3_file *f, int flag)
{
    (void)f, (void)flag;
    return SQLITE_OK;
}

static int vfs_size(sqlite3_file *f, sqlite3_int64 *size)
{
    *size = (sqlite3_int64)((struct one_file *)f)->blob->size;
    return SQLITE_OK;
}

static int vfs_is_locked(sqlite3_file *f, int *locked)
{
    (void)f;
    *locked = 0;
    return SQLITE_OK;
}

static int vfs_control(sqlite3_file *f, int what, void *argument)
{
    (void)f, (void)what, (void)argument;
    return SQLITE_NOTFOUND;
}

static int vfs_sector(sqlite3_file *f)
{
    (void)f;
    return 4096;
}

static int vfs_traits(sqlite3_file *f)
{
    (void)f;
    return SQLITE_IOCAP_IMMUTABLE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = vfs_close,
    .xRead = vfs_read,
    .xWrite = vfs_write,
    .xTruncate = vfs_truncate,
    .xSync = vfs_with_flag,
    .xFileSize = vfs_size,
    .xLock = vfs_with_flag,
    .xUnlock = vfs_with_flag,
    .xCheckReservedLock = vfs_is_locked,
    .xFileControl = vfs_control,
    .xSectorSize = vfs_sector,
    .xDeviceCharacteristics = vfs_traits,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out_flags)
{
    f->pMethods = NULL;
    if (!name || !(flags & SQLITE_OPEN_MAIN_DB))
        return SQLITE_CANTOPEN;
    ((struct one_file *)f)->blob = vfs->pAppData;
    f->pMethods = &methods;
    if (out_flags)
        *out_flags = SQLITE_OPEN_READONLY;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs, (void)name, (void)sync;
    return SQLITE_IOERR_DELETE;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *yes)
{
    (void)vfs, (void)name, (void)flags;
    *yes = 0;
    return SQLITE_OK;
}

static int vfs_path(sqlite3_vfs *vfs, const char *name, int room, char *out)
{
    (void)vfs;
    snprintf(out, (size_t)room, "%s", name);
    return SQLITE_OK;
}

static int vfs_random(sqlite3_vfs *vfs, int n, char *out)
{
    (void)vfs;
    memset(out, 0, (size_t)n); /* nothing here needs chance, and runs must not differ */
    return n;
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds;
}

static int vfs_time(sqlite3_vfs *vfs, double *julian)
{
    (void)vfs;
    *julian = 2440587.5;
    return SQLITE_OK;
}

sqlite3_vfs vfs_of_blob(const struct blob *blob, const char *name)
{
    return (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = sizeof(struct one_file),
        .mxPathname = 64,
        .zName = name,
        .pAppData = (void *)(uintptr_t)blob,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_path,
        .xRandomness = vfs_random,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
    };
}
