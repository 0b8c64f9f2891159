/* Writing a result to a file: whole or not at all, readable for its owner only. */
#ifndef STET_WRITE_FILE_H
#define STET_WRITE_FILE_H

#include "err.h"
#include "str.h"

/* Writes a new file beside `path` and puts it in its place when everything is on the disk. */
MUST_USE enum status write_file(const char *path, str bytes, struct err *e);

#endif
