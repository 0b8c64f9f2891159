/*
 * Writing a ZIP file (APPNOTE.TXT 6.3.10) whose bytes depend on names and contents alone: everything is
 * stored, not compressed; times are the first that the format knows.
 *
 *     struct zip_out z = zip_out_to(&buf, &arena);
 *     zip_out_add(&z, STR("a.txt"), bytes);
 *     zip_out_end(&z);                            // buf->full tells whether it is whole
 */
#ifndef STET_EVIDENCE_PACK_ZIP_H
#define STET_EVIDENCE_PACK_ZIP_H

#include "arena.h"
#include "buf.h"

struct zip_entry {
    str name;
    uint32_t crc, size, at;
};

struct zip_out {
    struct buf *out; /* at most 4 GiB */
    struct arena *arena;
    struct zip_entry *entries;
    size_t count, cap; /* at most 65,535 */
};

struct zip_out zip_out_to(struct buf *out, struct arena *a);
void zip_out_add(struct zip_out *z, str name, str bytes);
void zip_out_end(struct zip_out *z);

#endif
