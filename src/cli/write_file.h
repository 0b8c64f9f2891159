/* Writing a result to a file: whole or not at all, readable for its owner only. */
#ifndef STET_WRITE_FILE_H
#define STET_WRITE_FILE_H

#include "err.h"
#include "str.h"

/* A file that is being written, piece by piece, beside the place where it will stand. */
struct file_writer {
    int fd;
    char path[4096], spare[4096];
};
MUST_USE enum status file_writer_begin(struct file_writer *w, const char *path, struct err *e);
MUST_USE enum status file_writer_add(struct file_writer *w, str bytes, struct err *e);
/* Puts it in its place when everything is on the disk. Nothing is left of it if that fails. */
MUST_USE enum status file_writer_end(struct file_writer *w, struct err *e);
void file_writer_abandon(struct file_writer *w);

/* Writes a new file beside `path` and puts it in its place when everything is on the disk. */
MUST_USE enum status write_file(const char *path, str bytes, struct err *e);

#endif
