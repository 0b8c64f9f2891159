/*
 * A bundle is what a user hands over as one thing: a file, a folder, an archive (ZIP, tar, either
 * compressed), with all files inside, also those in archives inside. Nothing is ever unpacked to disk.
 * Two more kinds of file count as archives: an SQLite database, whose tables are members in JSON Lines
 * ("chat.db/message.jsonl", a row each in order of rowid, blobs as {"hex":"..."}), and an RSMF file,
 * whose attached ZIP is one.
 *
 *     struct bundle *b;
 *     if (bundle_open(&b, files, count, &opener, &limits, e) != OK) ...
 *     for (size_t i = 0; i < bundle_count(b); i++)
 *         if (!bundle_at(b, i)->skip && bundle_source(b, i, &source, e) == OK) ...
 */
#ifndef STET_BUNDLE_H
#define STET_BUNDLE_H

#include "siblings.h"
#include "source.h"

/* A file on disk; `name` is its path within what was handed over ("export/users.json"; the file's own
   name if it was handed over by itself). */
struct bundle_file {
    str name;
    uint64_t size;
    const char *skip; /* why it must not be opened (a symbolic link ...); NULL otherwise */
};

/* How files get opened: by the reader itself or by somebody who may. *fd becomes the bundle's. */
struct bundle_opener {
    enum status (*open)(void *context, size_t file, int *fd, struct err *e);
    void *context;
};

enum { BUNDLE_DEPTH_MAX = 3, BUNDLE_MEMBERS_MAX = 5000000, BUNDLE_NAME_MAX = 4096 };

struct bundle_limits {
    uint64_t expanded_bytes; /* of all members together; 0: the default, 200 GiB */
    unsigned ratio;          /* unpacked to packed past the first 100 MiB; 0: the default, 250 */
};

struct member {
    str path;   /* "export/users.json", "leak.zip/general/2016-02-25.json"; as found, perhaps not UTF-8 */
    size_t file; /* in which of the files it stands */
    str inside; /* its path inside that file; empty if it is the file itself */
    uint64_t size; /* SOURCE_SIZE_UNKNOWN if only reading it tells */
    const char *skip; /* a folder that cannot be read, a link, a device, encrypted ...: why; or NULL */
};

/* What is wrong with an archive file as a whole: more entries listed than can be read, bytes between
   entries, two archives glued together, a name that differs in two places, damage, a limit. */
struct bundle_fault {
    size_t file;
    str inside;       /* the archive inside the file; empty for the file itself */
    const char *code; /* stable: "zipEntryCount", "zipBomb", "archiveDepth", "archiveDamaged" ... */
    str what, way_out;
    bool fatal;       /* members are missing because of it */
};

struct bundle;

/* Lists all members; an archive that cannot be listed is a fault, never a failure. Borrows `files`. */
MUST_USE enum status bundle_open(struct bundle **out, const struct bundle_file *files, size_t count,
                                 const struct bundle_opener *opener,
                                 const struct bundle_limits *limits, struct err *e);
void bundle_close(struct bundle *b);

size_t bundle_count(const struct bundle *b); /* files in the order given, members in that of archives */
const struct member *bundle_at(const struct bundle *b, size_t i);
size_t bundle_fault_count(const struct bundle *b); /* may grow while members are read */
const struct bundle_fault *bundle_fault_at(const struct bundle *b, size_t i);
bool bundle_is_archive(const struct bundle *b, size_t file); /* has members rather than being one */

/* Opens a member. Reading in the order of members is cheap, in any other perhaps not. Yours to close,
   before the bundle. A member that unpacks to more than the limits fails with ERR_LIMIT while read. */
MUST_USE enum status bundle_source(struct bundle *b, size_t i, struct source **out, struct err *e);

/* The SHA-256 of a whole file on disk. */
MUST_USE enum status bundle_digest(struct bundle *b, size_t file, struct sha256_digest *out,
                                   uint64_t *size, struct err *e);

/* The files around member `i`; the bundle's own, set anew by the next call. */
struct siblings *bundle_siblings(struct bundle *b, size_t i);

#endif
