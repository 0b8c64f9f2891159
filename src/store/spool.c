/* Records are written one behind another as fixed fields and strings; what is sorted is their times
   and offsets. The format lives as long as the process: no version, native byte order. */
#include "spool.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"

enum { WRITE_AT = 1 << 20, FIELD_COUNT = 9, READ_AHEAD = 4096 };
static const size_t record_max = (size_t)2 * BUF_MESSAGE_MAX;

struct place {
    int64_t sort_ms;
    uint64_t at;
};

struct spool {
    int fd;
    struct buf out; /* not written yet */
    uint64_t written;
    struct place *places;
    size_t count, cap, next;
    char *record; /* the record handed out last */
    size_t record_cap;
    struct attachment *attachments;
    size_t attachment_cap;
};

/* The fixed part; the strings and attachments follow in this order. */
struct head {
    size_t size; /* of the whole record */
    struct message_time time;
    struct sha256_digest digest;
    enum message_kind kind;
    uint32_t flags;
    uint64_t at, length, line;
    size_t attachment_count;
    size_t field_size[FIELD_COUNT];
};

struct attachment_head {
    enum attachment_kind kind;
    int64_t size_bytes;
    size_t name_size, mime_size;
};

static str *field_of(struct message *m, int i)
{
    str *const fields[FIELD_COUNT] = {&m->platform_id, &m->conversation, &m->sender,
                                      &m->sender_name, &m->text,         &m->time_shown,
                                      &m->reply_to,    &m->locus.member, &m->raw};
    return fields[i];
}

enum status spool_new(struct spool **out, const char *beside, struct err *e)
{
    char path[PATH_MAX];
    *out = NULL;
    if ((size_t)snprintf(path, sizeof path, "%s.XXXXXX", beside) >= sizeof path)
        return fail(e, ERR_LIMIT, "the archive's path is too long");
    const int fd = mkstemp(path); /* mode 0600 */
    if (fd < 0)
        return fail(e, ERR_IO, "cannot make a temporary file beside the archive: %s",
                    strerror(errno));
    unlink(path);
    struct spool *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->fd = fd;
    s->out = buf_new(record_max + WRITE_AT);
    *out = s;
    return OK;
}

void spool_free(struct spool *s)
{
    if (!s)
        return;
    close(s->fd);
    buf_free(&s->out);
    free(s->places);
    free(s->record);
    free(s->attachments);
    free(s);
}

static enum status write_out(struct spool *s, struct err *e)
{
    for (size_t done = 0; done < s->out.n;) {
        const ssize_t n = write(s->fd, s->out.p + done, s->out.n - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(e, ERR_IO, "cannot write the temporary file beside the archive: %s",
                        strerror(errno));
        done += (size_t)n;
    }
    s->written += s->out.n;
    buf_clear(&s->out);
    return OK;
}

static void add_place(struct spool *s, int64_t sort_ms)
{
    if (s->count == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 1024;
        s->places = realloc(s->places, s->cap * sizeof *s->places);
        if (!s->places)
            abort();
    }
    s->places[s->count++] = (struct place){sort_ms, s->written + s->out.n};
}

static void add_bytes(struct spool *s, const void *p, size_t n)
{
    buf_add(&s->out, (str){p, n});
}

static size_t size_of(const struct message *m, struct head *h)
{
    struct message copy = *m;
    size_t size = sizeof *h;
    copy.raw.n = 0;
    for (int i = 0; i < FIELD_COUNT; i++)
        size += h->field_size[i] = field_of(&copy, i)->n;
    for (size_t i = 0; i < m->attachment_count; i++)
        size +=
            sizeof(struct attachment_head) + m->attachments[i].name.n + m->attachments[i].mime.n;
    return size;
}

static void add_attachment(struct spool *s, const struct attachment *x)
{
    const struct attachment_head h = {x->kind, x->size_bytes, x->name.n, x->mime.n};
    add_bytes(s, &h, sizeof h);
    buf_add(&s->out, x->name);
    buf_add(&s->out, x->mime);
}

enum status spool_add(struct spool *s, const struct record *r, struct err *e)
{
    struct message m = r->message;
    struct head h = {.time = m.time,
                     .digest = r->digest,
                     .kind = m.kind,
                     .flags = m.flags,
                     .at = m.locus.at,
                     .length = m.locus.length,
                     .line = m.locus.line,
                     .attachment_count = m.attachment_count};
    h.size = size_of(&m, &h);
    if (h.size > record_max)
        return fail(e, ERR_LIMIT, "the record at byte %llu is too large", (unsigned long long)h.at);
    add_place(s, r->sort_ms);
    add_bytes(s, &h, sizeof h);
    for (int i = 0; i < FIELD_COUNT; i++)
        add_bytes(s, field_of(&m, i)->p, h.field_size[i]);
    for (size_t i = 0; i < m.attachment_count; i++)
        add_attachment(s, &m.attachments[i]);
    return s->out.n < WRITE_AT ? OK : write_out(s, e);
}

/* ---- in order --------------------------------------------------------------------------------- */

static int in_order(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    if (a->sort_ms != b->sort_ms)
        return a->sort_ms < b->sort_ms ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

enum status spool_sort(struct spool *s, int64_t fallback_ms, struct err *e)
{
    int64_t before = fallback_ms;
    for (size_t i = s->count; i-- > 0;) {
        if (s->places[i].sort_ms != TIME_NONE)
            before = s->places[i].sort_ms; /* ends as the first dated one */
    }
    for (size_t i = 0; i < s->count; i++) {
        if (s->places[i].sort_ms == TIME_NONE)
            s->places[i].sort_ms = before;
        before = s->places[i].sort_ms;
    }
    if (s->count)
        qsort(s->places, s->count, sizeof *s->places, in_order);
    return write_out(s, e);
}

/* At least `want` bytes of a record into s->record; *have is what is there. */
static enum status fetch(struct spool *s, uint64_t at, size_t want, size_t *have, struct err *e)
{
    if (want > s->record_cap) {
        s->record_cap = want;
        s->record = realloc(s->record, want);
        if (!s->record)
            abort();
    }
    while (*have < want) {
        const ssize_t n =
            pread(s->fd, s->record + *have, s->record_cap - *have, (off_t)(at + *have));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(e, ERR_IO, "cannot read the temporary file beside the archive: %s",
                        n < 0 ? strerror(errno) : "it ended early");
        *have += (size_t)n;
    }
    return OK;
}

static str take(const char **p, size_t n)
{
    const str s = {*p, n};
    *p += n;
    return s;
}

static void decode_attachments(struct spool *s, const char *p, struct message *m)
{
    if (m->attachment_count > s->attachment_cap) {
        s->attachment_cap = m->attachment_count;
        s->attachments = realloc(s->attachments, s->attachment_cap * sizeof *s->attachments);
        if (!s->attachments)
            abort();
    }
    for (size_t i = 0; i < m->attachment_count; i++) {
        struct attachment_head h;
        memcpy(&h, p, sizeof h);
        p += sizeof h;
        s->attachments[i] = (struct attachment){.kind = h.kind, .size_bytes = h.size_bytes};
        s->attachments[i].name = take(&p, h.name_size);
        s->attachments[i].mime = take(&p, h.mime_size);
    }
    m->attachments = s->attachments;
}

enum step spool_next(struct spool *s, struct record *out, struct err *e)
{
    if (s->next == s->count)
        return STEP_DONE;
    const struct place place = s->places[s->next++];
    size_t have = 0;
    struct head h;
    const uint64_t left = s->written - place.at;
    const size_t ahead = left < READ_AHEAD ? (size_t)left : READ_AHEAD;
    if (fetch(s, place.at, ahead < sizeof h ? sizeof h : ahead, &have, e) != OK)
        return STEP_ERROR;
    memcpy(&h, s->record, sizeof h);
    if (fetch(s, place.at, h.size, &have, e) != OK)
        return STEP_ERROR;
    struct message m = message_empty();
    m.kind = h.kind;
    m.time = h.time;
    m.flags = h.flags;
    m.locus = (struct locus){.at = h.at, .length = h.length, .line = h.line};
    const char *p = s->record + sizeof h;
    for (int i = 0; i < FIELD_COUNT; i++)
        *field_of(&m, i) = take(&p, h.field_size[i]);
    m.attachment_count = h.attachment_count;
    decode_attachments(s, p, &m);
    *out = (struct record){.message = m, .digest = h.digest, .sort_ms = place.sort_ms};
    return STEP_ROW;
}
