/* See pack_zip.h. Numbers are little-endian, as the format has them. */
#include "pack_zip.h"

#include <string.h>

enum { VERSION = 20, UTF8_NAMES = 1 << 11, FIRST_DATE = 0x21 /* 1980-01-01 */ };

/* CRC-32 of ISO 3309, half a byte at a time. */
static uint32_t crc32_of(str bytes)
{
    static const uint32_t table[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
                                       0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                       0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                       0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < bytes.n; i++) {
        crc ^= (unsigned char)bytes.p[i];
        crc = table[crc & 15] ^ (crc >> 4);
        crc = table[crc & 15] ^ (crc >> 4);
    }
    return ~crc;
}

static void add_16(struct buf *b, uint32_t n)
{
    buf_add_byte(b, (char)(n & 255));
    buf_add_byte(b, (char)(n >> 8 & 255));
}

static void add_32(struct buf *b, uint32_t n)
{
    add_16(b, n & 0xffff);
    add_16(b, n >> 16);
}

/* What both headers of a file have in common. */
static void add_facts(struct buf *b, const struct zip_entry *x)
{
    add_16(b, VERSION);
    add_16(b, UTF8_NAMES);
    add_16(b, 0); /* stored */
    add_16(b, 0); /* midnight */
    add_16(b, FIRST_DATE);
    add_32(b, x->crc);
    add_32(b, x->size);
    add_32(b, x->size);
    add_16(b, (uint32_t)x->name.n);
    add_16(b, 0); /* no extra field */
}

struct zip_out zip_out_to(struct buf *out, struct arena *a)
{
    return (struct zip_out){.out = out, .arena = a};
}

void zip_out_add(struct zip_out *z, str name, str bytes)
{
    if (z->count == z->cap) {
        z->cap = z->cap ? 2 * z->cap : 16;
        struct zip_entry *const more = arena_array(z->arena, z->cap, sizeof *more);
        if (z->count)
            memcpy(more, z->entries, z->count * sizeof *more);
        z->entries = more;
    }
    struct zip_entry *const x = &z->entries[z->count++];
    *x = (struct zip_entry){
        .name = name, .crc = crc32_of(bytes), .size = (uint32_t)bytes.n, .at = (uint32_t)z->out->n};
    add_32(z->out, 0x04034b50);
    add_facts(z->out, x);
    buf_add(z->out, name);
    buf_add(z->out, bytes);
}

void zip_out_end(struct zip_out *z)
{
    struct buf *const b = z->out;
    const size_t at = b->n;
    for (size_t i = 0; i < z->count; i++) {
        const struct zip_entry *const x = &z->entries[i];
        add_32(b, 0x02014b50);
        add_16(b, VERSION | 3 << 8); /* made as on Unix */
        add_facts(b, x);
        add_16(b, 0); /* no comment */
        add_16(b, 0); /* disk */
        add_16(b, 0); /* internal attributes */
        add_32(b, (uint32_t)0100644 << 16);
        add_32(b, x->at);
        buf_add(b, x->name);
    }
    const size_t size = b->n - at;
    add_32(b, 0x06054b50);
    add_32(b, 0); /* disks */
    add_16(b, (uint32_t)z->count);
    add_16(b, (uint32_t)z->count);
    add_32(b, (uint32_t)size);
    add_32(b, (uint32_t)at);
    add_16(b, 0);
}
