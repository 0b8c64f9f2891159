/*
 * The record's names, and its content id: what cites a message on every machine that holds the
 * same words, whatever the file was called and in which order it was imported.
 */
#include "message.h"

#include "buf.h"

#include <stdio.h>
#include <string.h>

struct message message_empty(void)
{
    const str empty = STR("");
    return (struct message){
        .platform_id = empty,
        .conversation = empty,
        .sender = empty,
        .sender_name = empty,
        .kind = KIND_TEXT,
        .text = empty,
        .time = {.wall_ms = TIME_NONE, .utc_ms = TIME_NONE, .basis = BASIS_NONE},
        .time_shown = empty,
        .reply_to = empty,
        .forwarded_from = empty,
        .forwarded_utc_ms = TIME_NONE,
        .edited_utc_ms = TIME_NONE,
        .deleted_utc_ms = TIME_NONE,
        .locus = {.member = empty},
        .raw = empty,
    };
}

const char *message_kind_name(enum message_kind kind)
{
    switch (kind) {
    case KIND_TEXT: return "text";
    case KIND_EVENT: return "event";
    case KIND_CALL: return "call";
    case KIND_POLL: return "poll";
    case KIND_COUNT: break;
    }
    return "unknown";
}

const char *time_basis_name(enum time_basis basis)
{
    switch (basis) {
    case BASIS_NONE: return "none";
    case BASIS_ASSUMED: return "assumed";
    case BASIS_STATED: return "stated";
    case BASIS_INFERRED: return "inferred";
    case BASIS_SOURCE_UTC: return "utc";
    case BASIS_COUNT: break;
    }
    return "unknown";
}

const char *message_flag_name(uint32_t flag)
{
    static const char *const names[] = {
        "edited", "deleted", "forwarded", "reply", "redacted", "lossy",
        "link",   "image",   "video",     "audio", "file",     "mention",
        "emoji",  "number",  "phone",     "email", "reaction",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (flag == UINT32_C(1) << i)
            return names[i];
    return NULL;
}

enum { FIELDS = 4, SMALL_MAX = 4096 };

static size_t put_number(char *to, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        to[i] = (char)(unsigned char)(value >> (8 * (bytes - 1 - i)));
    return bytes;
}

/* One call of the hash for the usual message: three times as fast as a call for each field. */
static struct sha256_digest digest_small(const str fields[FIELDS], uint32_t occurrence)
{
    char all[SMALL_MAX];
    size_t n = 0;
    for (size_t i = 0; i < FIELDS; i++) {
        n += put_number(all + n, fields[i].n, 8);
        if (fields[i].n)
            memcpy(all + n, fields[i].p, fields[i].n);
        n += fields[i].n;
    }
    n += put_number(all + n, occurrence, 4);
    return sha256_of((str){all, n});
}

static struct sha256_digest digest_large(const str fields[FIELDS], uint32_t occurrence)
{
    char number[8];
    struct sha256 h = sha256_new();
    for (size_t i = 0; i < FIELDS; i++) {
        sha256_add(&h, (str){number, put_number(number, fields[i].n, 8)});
        sha256_add(&h, fields[i]);
    }
    sha256_add(&h, (str){number, put_number(number, occurrence, 4)});
    const struct sha256_digest d = sha256_end(&h);
    sha256_free(&h);
    return d;
}

/* ---- white space ----------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A single blank or line feed inside the text stays as it is; all else that is blank is put in order. */
static bool is_in_order(str text)
{
    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];
        if (!is_blank(c))
            continue;
        if ((c != ' ' && c != '\n') || i == 0 || i + 1 == text.n || is_blank(text.p[i + 1]))
            return false;
    }
    return true;
}

/* Formats differ in what they do to white space (HTML shows two blanks as one): each run becomes one line
   feed if there is one in it, one blank if not, and none at the ends. */
static str in_order(str text, struct buf *to)
{
    for (size_t i = 0; i < text.n;) {
        const size_t from = i;
        bool line = false;
        while (i < text.n && !is_blank(text.p[i]))
            i++;
        buf_add(to, str_sub(text, from, i - from));
        for (; i < text.n && is_blank(text.p[i]); i++)
            line = line || text.p[i] == '\n' || text.p[i] == '\r';
        if (i < text.n && to->n)
            buf_add_byte(to, line ? '\n' : ' ');
    }
    return str_trim(buf_str(to));
}

/* ---- the id ----------------------------------------------------------------------------------- */

static uint32_t id_of(const str fields[FIELDS], uint32_t occurrence)
{
    size_t size = 4;
    for (size_t i = 0; i < FIELDS; i++)
        size += 8 + fields[i].n;
    const struct sha256_digest d =
        size <= SMALL_MAX ? digest_small(fields, occurrence) : digest_large(fields, occurrence);
    return (uint32_t)d.bytes[0] << 24 | (uint32_t)d.bytes[1] << 16 | (uint32_t)d.bytes[2] << 8 |
           d.bytes[3];
}

/* Every field goes in as its length (8 bytes, the highest first) and its bytes; the occurrence as
   4 bytes. A message without a readable time has an empty time field; the text has its white space in
   order. */
uint32_t message_content_id(const struct message *m, uint32_t occurrence)
{
    char time[CIVIL_TEXT] = "";
    /* Two exports of a chat may show the same instant in two zones. */
    const int64_t shown = m->time.basis == BASIS_SOURCE_UTC ? m->time.utc_ms : m->time.wall_ms;
    if (shown != TIME_NONE)
        civil_print(time, shown);
    const bool plain = is_in_order(m->text);
    struct buf text = buf_new(BUF_MESSAGE_MAX);
    const str fields[FIELDS] = {m->conversation, str_of(time), m->sender,
                                plain ? m->text : in_order(m->text, &text)};
    const uint32_t id = id_of(fields, occurrence);
    buf_free(&text);
    return id;
}

const char *message_citation(char out[CITATION_TEXT], int64_t wall_ms, uint32_t content_id)
{
    char time[CIVIL_TEXT] = "undated";
    if (wall_ms != TIME_NONE) {
        civil_print(time, wall_ms);
        char *blank = strchr(time, ' ');
        if (blank)
            *blank = 'T';
    }
    snprintf(out, CITATION_TEXT, "%.30s/%04x-%04x", time, (unsigned)(content_id >> 16),
             (unsigned)(content_id & 0xFFFF));
    return out;
}
