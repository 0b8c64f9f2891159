/* What SQLite needs to read a database that is a blob. */
#ifndef BASE_BUNDLE_SQLITE_H
#define BASE_BUNDLE_SQLITE_H

#include "bundle_parts.h"

#include <sqlite3.h>

/* A file system in which any name is this blob. Both arguments must outlive it; it is the caller's to
   register and unregister. */
sqlite3_vfs vfs_of_blob(const struct blob *blob, const char *name);

#endif
