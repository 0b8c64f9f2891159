/* Writes ZIP files as PKWARE's APPNOTE 6.3 describes them: local headers, directory, its end. */
#include "made_zip.h"

static void add_number(struct buf *out, uint32_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_add_byte(out, (char)(n >> (8 * i) & 0xFF));
}

static uint32_t crc32_of(str s)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < s.n; i++) {
        crc ^= (unsigned char)s.p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
    }
    return ~crc;
}

/* What a local header and an entry of the directory share. */
static void add_common(struct buf *out, const struct made_member *m)
{
    const uint32_t size = (uint32_t)m->bytes.n;
    add_number(out, 20, 2); /* version needed */
    add_number(out, 0, 2);  /* flags */
    add_number(out, 0, 2);  /* stored */
    add_number(out, 0, 4);  /* time and date */
    add_number(out, crc32_of(m->bytes), 4);
    add_number(out, size, 4);
    add_number(out, size, 4);
    add_number(out, (uint32_t)str_of(m->name).n, 2);
    add_number(out, 0, 2); /* extra */
}

void made_zip(struct buf *out, const struct made_member *members, size_t count)
{
    size_t at[64];
    for (size_t i = 0; i < count; i++) {
        at[i] = out->n;
        buf_add(out, STR("PK\x03\x04"));
        add_common(out, &members[i]);
        buf_add(out, str_of(members[i].name));
        buf_add(out, members[i].bytes);
    }
    const size_t directory = out->n;
    for (size_t i = 0; i < count; i++) {
        buf_add(out, STR("PK\x01\x02"));
        add_number(out, 20, 2);
        add_common(out, &members[i]);
        add_number(out, 0, 2); /* comment */
        add_number(out, 0, 2); /* disk */
        add_number(out, 0, 2);
        add_number(out, 0, 4); /* attributes */
        add_number(out, (uint32_t)at[i], 4);
        buf_add(out, str_of(members[i].name));
    }
    const size_t end = out->n;
    buf_add(out, STR("PK\x05\x06"));
    add_number(out, 0, 4);
    add_number(out, (uint32_t)count, 2);
    add_number(out, (uint32_t)count, 2);
    add_number(out, (uint32_t)(end - directory), 4);
    add_number(out, (uint32_t)directory, 4);
    add_number(out, 0, 2);
}
