/* Records are written one behind another, each as wire.h has it behind its length; what is sorted is
   times and offsets. The file lives as long as the process. */
#include "spool.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire.h"

enum { WRITE_AT = 1 << 20, READ_AHEAD = 4096 };
static const size_t record_max = (size_t)2 * BUF_MESSAGE_MAX;

struct place {
    int64_t sort_ms; /* of a note: its kind */
    uint64_t at;
};

struct places {
    struct place *items;
    size_t count, cap, next;
};

struct part {
    uint64_t at;    /* where its first record begins */
    size_t message; /* the same, counted */
};

struct spool {
    int fd;
    struct buf out; /* not written yet */
    uint64_t written;
    struct places messages, notes;
    struct part *parts;
    size_t part_count, part_cap;
    char *record; /* the record handed out last */
    size_t record_cap;
    struct arena lists; /* of it */
};

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
    free(s->messages.items);
    free(s->notes.items);
    free(s->parts);
    free(s->record);
    arena_free(&s->lists);
    free(s);
}

uint64_t spool_bytes(const struct spool *s)
{
    return s->written + s->out.n;
}

/* ---- adding ----------------------------------------------------------------------------------- */

static enum status write_out(struct spool *s, struct err *e)
{
    for (size_t done = 0; done < s->out.n;) {
        const ssize_t n =
            pwrite(s->fd, s->out.p + done, s->out.n - done, (off_t)(s->written + done));
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

static void add_place(struct places *p, int64_t sort_ms, uint64_t at)
{
    if (p->count == p->cap) {
        p->cap = p->cap ? 2 * p->cap : 256;
        p->items = realloc(p->items, p->cap * sizeof *p->items);
        if (!p->items)
            abort();
    }
    p->items[p->count++] = (struct place){sort_ms, at};
}

uint32_t spool_part(struct spool *s)
{
    if (s->part_count == s->part_cap) {
        s->part_cap = s->part_cap ? 2 * s->part_cap : 16;
        s->parts = realloc(s->parts, s->part_cap * sizeof *s->parts);
        if (!s->parts)
            abort();
    }
    s->parts[s->part_count] = (struct part){spool_bytes(s), s->messages.count};
    return (uint32_t)s->part_count++;
}

/* Room for the length in front of a record; the record is appended, then end_record sets it. */
static size_t begin_record(struct spool *s)
{
    const size_t at = s->out.n;
    const uint64_t none = 0;
    buf_add(&s->out, (str){(const char *)&none, sizeof none});
    return at;
}

static enum status end_record(struct spool *s, size_t at, struct err *e)
{
    const uint64_t size = s->out.n - at - sizeof size;
    if (s->out.full || size > record_max)
        return fail(e, ERR_LIMIT, "a record is too large");
    memcpy(s->out.p + at, &size, sizeof size);
    return s->out.n < WRITE_AT ? OK : write_out(s, e);
}

enum status spool_message(struct spool *s, const struct record *r, struct err *e)
{
    add_place(&s->messages, r->sort_ms, spool_bytes(s));
    const size_t at = begin_record(s);
    wire_put_message(&s->out, &r->message, &r->digest);
    return end_record(s, at, e);
}

enum status spool_conversation(struct spool *s, const struct conversation *c, struct err *e)
{
    add_place(&s->notes, SPOOL_CONVERSATION, spool_bytes(s));
    const size_t at = begin_record(s);
    wire_put_conversation(&s->out, c);
    return end_record(s, at, e);
}

enum status spool_participant(struct spool *s, const struct participant *p, struct err *e)
{
    add_place(&s->notes, SPOOL_PARTICIPANT, spool_bytes(s));
    const size_t at = begin_record(s);
    wire_put_participant(&s->out, p);
    return end_record(s, at, e);
}

enum status spool_issue(struct spool *s, const struct issue *i, struct err *e)
{
    add_place(&s->notes, SPOOL_ISSUE, spool_bytes(s));
    const size_t at = begin_record(s);
    wire_put_issue(&s->out, i);
    return end_record(s, at, e);
}

struct spool_mark spool_here(const struct spool *s)
{
    return (struct spool_mark){spool_bytes(s), s->messages.count, s->notes.count, s->part_count};
}

enum status spool_return(struct spool *s, const struct spool_mark *to, struct err *e)
{
    const enum status st = write_out(s, e);
    if (st != OK)
        return st;
    if (ftruncate(s->fd, (off_t)to->bytes) != 0)
        return fail(e, ERR_IO, "cannot shorten the temporary file beside the archive: %s",
                    strerror(errno));
    s->written = to->bytes;
    s->messages.count = to->messages;
    s->notes.count = to->notes;
    s->part_count = to->parts;
    return OK;
}

/* ---- in order --------------------------------------------------------------------------------- */

static int in_order(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    if (a->sort_ms != b->sort_ms)
        return a->sort_ms < b->sort_ms ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static void date_the_undated(struct place *p, size_t count, int64_t fallback_ms)
{
    int64_t before = fallback_ms;
    for (size_t i = count; i-- > 0;) {
        if (p[i].sort_ms != TIME_NONE)
            before = p[i].sort_ms; /* ends as the first dated one */
    }
    for (size_t i = 0; i < count; i++) {
        if (p[i].sort_ms == TIME_NONE)
            p[i].sort_ms = before;
        before = p[i].sort_ms;
    }
}

enum status spool_sort(struct spool *s, int64_t fallback_ms, struct err *e)
{
    struct places *m = &s->messages;
    for (size_t i = 0; i < s->part_count; i++) {
        const size_t from = s->parts[i].message;
        const size_t to = i + 1 < s->part_count ? s->parts[i + 1].message : m->count;
        date_the_undated(m->items + from, to - from, fallback_ms);
    }
    if (m->count)
        qsort(m->items, m->count, sizeof *m->items, in_order);
    spool_rewind(s);
    return write_out(s, e);
}

void spool_rewind(struct spool *s)
{
    s->messages.next = s->notes.next = 0;
}

/* The last part that begins at or before this byte. */
static uint32_t part_at(const struct spool *s, uint64_t at)
{
    size_t low = 0, high = s->part_count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (s->parts[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* At least `want` bytes from `at` on into s->record; *have is what is there. */
static enum status fetch(struct spool *s, uint64_t at, size_t want, size_t *have, struct err *e)
{
    if (want > s->record_cap) {
        s->record_cap = want > READ_AHEAD ? want : READ_AHEAD;
        s->record = realloc(s->record, s->record_cap);
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

static enum status read_record(struct spool *s, uint64_t at, str *bytes, struct err *e)
{
    uint64_t size;
    size_t have = 0;
    enum status st = fetch(s, at, sizeof size, &have, e);
    if (st != OK)
        return st;
    memcpy(&size, s->record, sizeof size);
    if (size > record_max)
        return fail(e, ERR_IO, "the temporary file beside the archive was changed");
    st = fetch(s, at, sizeof size + size, &have, e);
    *bytes = (str){s->record + sizeof size, size};
    arena_clear(&s->lists);
    return st;
}

enum step spool_next(struct spool *s, struct record *out, struct err *e)
{
    if (s->messages.next == s->messages.count)
        return STEP_DONE;
    const struct place place = s->messages.items[s->messages.next++];
    str bytes;
    *out = (struct record){.sort_ms = place.sort_ms, .part = part_at(s, place.at)};
    if (read_record(s, place.at, &bytes, e) != OK ||
        wire_get_message(bytes, &s->lists, &out->message, e) != OK)
        return STEP_ERROR;
    out->digest = *out->message.raw_digest;
    return STEP_ROW;
}

static enum status read_note(struct spool *s, str bytes, struct spool_note *out, struct err *e)
{
    switch (out->kind) {
    case SPOOL_CONVERSATION: return wire_get_conversation(bytes, &out->conversation, e);
    case SPOOL_PARTICIPANT: return wire_get_participant(bytes, &out->participant, e);
    case SPOOL_ISSUE: return wire_get_issue(bytes, &s->lists, &out->issue, e);
    }
    return OK;
}

enum step spool_next_note(struct spool *s, struct spool_note *out, struct err *e)
{
    if (s->notes.next == s->notes.count)
        return STEP_DONE;
    const struct place place = s->notes.items[s->notes.next++];
    str bytes;
    *out =
        (struct spool_note){.kind = (enum spool_kind)place.sort_ms, .part = part_at(s, place.at)};
    if (read_record(s, place.at, &bytes, e) != OK || read_note(s, bytes, out, e) != OK)
        return STEP_ERROR;
    return STEP_ROW;
}
