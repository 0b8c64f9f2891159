/*
 * The files around the one that is being read: an export's users.json, its pages before this one, its
 * pictures. Paths are relative to the folder of the source at hand, with '/', and may begin with "../";
 * nothing outside of what the user handed over can be named.
 *
 *     str bytes;
 *     if (siblings_read(options->siblings, STR("../users.json"), &bytes)) ...
 *     struct users **mine = (struct users **)siblings_memo(options->siblings, STR("../users.json"), drop);
 *     if (!*mine) *mine = parse_users(bytes);     // once, however many sources ask
 *
 * All functions take NULL for a source that stands alone, and then find nothing.
 */
#ifndef STET_SIBLINGS_H
#define STET_SIBLINGS_H

#include "err.h"
#include "sha256.h"

enum { SIBLING_MAX_BYTES = 64 << 20 };

struct siblings;

/* The path of the source at hand within what the user handed over: "export/general/2016-02-25.json";
   inside an archive file the path begins with the archive's own: "leak.zip/general/2016-02-25.json". */
str siblings_here(const struct siblings *s);

/* All bytes of a sibling; false if there is none, it cannot be read or has more than SIBLING_MAX_BYTES.
   Kept, and borrowed, until the export is done with. */
bool siblings_read(struct siblings *s, str path, str *bytes);

/* A sibling of any size, to be read once from front to back; false if there is none. Yours to close. */
struct source;
bool siblings_source(struct siblings *s, str path, struct source **out);

/* A place to keep what was made of a sibling; `drop` frees it at the end (not called for NULL). There is
   a place for any path, whether there is such a file or not ("." is the folder of the source at hand);
   NULL without siblings. */
void **siblings_memo(struct siblings *s, str path, void (*drop)(void *made));

/* Size and SHA-256 of a sibling of any size, for attachments; false if it is not there. */
bool siblings_facts(struct siblings *s, str path, uint64_t *size, struct sha256_digest *digest);

/* The paths of the files below a folder of the export, relative to the folder of the source, in byte
   order; false past the last. */
bool siblings_each(struct siblings *s, str folder, size_t n, str *path);

#endif
