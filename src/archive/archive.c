/*
 * The facade, first part: opening an archive, what its header says, one message with its
 * neighbours and its proof. Searching is archive_search.c, counting over time archive_timeline.c.
 */
#include "archive.h"
#include "rows.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RAW_MAX_BYTES = 128 << 20 }; /* the largest record that archive_raw reads at once */

struct archive {
    struct store *store;
};

enum status archive_open(struct archive **out, const char *path, struct err *e)
{
    struct archive *a = calloc(1, sizeof *a);
    if (!a)
        return fail(e, ERR_LIMIT, "out of memory");
    const enum status st = store_open(&a->store, path, STORE_READ, e);
    if (st != OK) {
        free(a);
        return st;
    }
    *out = a;
    return OK;
}

void archive_close(struct archive *a)
{
    if (!a)
        return;
    store_close(a->store);
    free(a);
}

struct store *archive_store(struct archive *a)
{
    return a->store;
}

/* ---- facts ---------------------------------------------------------------------------------- */

/* Weaker means: less is known about the instant. The enum's order is that order. */
static void take_row(struct archive_facts *f, int64_t traits, int64_t wall_ms)
{
    if (TRAIT_KIND(traits) == KIND_EVENT)
        f->events++;
    else
        f->messages++;
    const enum time_basis basis = (enum time_basis)TRAIT_BASIS(traits);
    if (basis == BASIS_NONE)
        return;
    if (f->basis == BASIS_NONE || basis < f->basis)
        f->basis = basis;
    if (f->first_wall_ms == TIME_NONE || wall_ms < f->first_wall_ms)
        f->first_wall_ms = wall_ms;
    if (f->last_wall_ms == TIME_NONE || wall_ms > f->last_wall_ms)
        f->last_wall_ms = wall_ms;
}

static enum status take_rows(struct archive_facts *f, struct columns *c, struct err *e)
{
    const int64_t rows = columns_rows(c);
    for (int64_t row = 1; row <= rows; row++)
        take_row(f, column_at(c, COLUMN_TRAITS, row),
                 column_at(c, COLUMN_TIME, row) + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE);
    return columns_failed(c, e);
}

/* A source without a stated or inferred zone is read as UTC, whether it says UTC itself or nothing at
   all. */
static str zone_of(const struct source_row *s)
{
    if (s->clock_zone.n)
        return s->clock_zone;
    return s->zone_name.n ? s->zone_name : STR("UTC");
}

static void take_sources(struct archive_facts *f, const struct source_row *sources, size_t count)
{
    f->sources = (int64_t)count;
    f->zone_name = STR("UTC");
    for (size_t i = 0; i < count; i++) {
        const str zone = zone_of(&sources[i]);
        f->issues += (int64_t)sources[i].issues;
        if (i == 0)
            f->zone_name = zone;
        else if (!str_eq(f->zone_name, zone))
            f->zone_name = STR("several");
    }
}

enum status archive_facts(struct archive *a, struct arena *arena, struct archive_facts *out,
                          struct err *e)
{
    struct archive_facts f = {.path = store_path(a->store),
                              .first_wall_ms = TIME_NONE,
                              .last_wall_ms = TIME_NONE,
                              .schema_version = STORE_SCHEMA_VERSION};
    struct source_row *sources;
    struct participant_row *people;
    struct conversation_row *conversations;
    size_t source_count, people_count, conversation_count;
    enum status st = store_sources(a->store, arena, &sources, &source_count, e);
    if (st == OK)
        st = store_participants(a->store, arena, &people, &people_count, e);
    if (st == OK)
        st = store_conversations(a->store, arena, &conversations, &conversation_count, e);
    if (st == OK)
        st = take_rows(&f, store_columns(a->store), e);
    if (st != OK)
        return st;
    take_sources(&f, sources, source_count);
    f.participants = (int64_t)people_count;
    f.conversations = (int64_t)conversation_count;
    struct stat file;
    if (stat(f.path, &file) == 0)
        f.size_bytes = file.st_size;
    *out = f;
    return OK;
}

/* ---- one message ---------------------------------------------------------------------------- */

enum status archive_resolve(struct archive *a, str what, int64_t *row, struct err *e)
{
    const str trimmed = str_trim(what);
    int64_t number;
    if (!str_to_u63(trimmed, &number))
        return store_cited(a->store, trimmed, row, e);
    const int64_t rows = columns_rows(store_columns(a->store));
    if (number < 1 || number > rows)
        return fail(e, ERR_MISSING, "there is no message %lld: this archive has 1 to %lld",
                    (long long)number, (long long)rows);
    *row = number;
    return OK;
}

static enum status read_answered(struct archive *a, struct arena *arena, struct view *out,
                                 struct err *e)
{
    const struct stored *m = &out->message;
    int64_t row;
    enum status st =
        store_replied(a->store, m->conversation_id, m->message.reply_to, &row, e);
    if (st != OK || !row)
        return st;
    struct stored *answered = arena_alloc(arena, sizeof *answered);
    st = store_message(a->store, row, arena, answered, e);
    out->answered = answered;
    return st;
}

enum status archive_view(struct archive *a, int64_t row, int before, int after, struct arena *arena,
                         struct view *out, struct err *e)
{
    const enum status st = row_view(a->store, row, (struct reach){before, after}, arena, out, e);
    if (st != OK)
        return st;
    struct witness *witnesses;
    size_t count;
    const enum status proof = store_witnesses(a->store, row, arena, &witnesses, &count, e);
    if (proof != OK)
        return proof;
    out->witnesses = witnesses;
    out->witness_count = count;
    return read_answered(a, arena, out, e);
}

/* ---- the source's own bytes ----------------------------------------------------------------- */

static enum status find_path(struct archive *a, const struct witness *w, struct arena *arena,
                             const char **path, struct err *e)
{
    struct source_row *sources;
    size_t count;
    const enum status st = store_sources(a->store, arena, &sources, &count, e);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++) {
        if (sources[i].id != w->source_id)
            continue;
        if (!sources[i].path.n)
            return fail(e, ERR_MISSING,
                        "this message was read from standard input: its source was not kept");
        *path = arena_cstr(arena, sources[i].path);
        return OK;
    }
    return fail(e, ERR_DB, "the archive does not list source %lld", (long long)w->source_id);
}

static enum status read_range(int fd, const struct locus *l, struct arena *arena, str *bytes,
                              struct err *e)
{
    char *p = arena_alloc(arena, l->length ? l->length : 1);
    size_t have = 0;
    while (have < l->length) {
        const ssize_t n = pread(fd, p + have, l->length - have, (off_t)(l->at + have));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(e, ERR_IO, "the source cannot be read: %s", strerror(errno));
        if (n == 0)
            return fail(e, ERR_FORMAT, "the source file is shorter than it was when imported");
        have += (size_t)n;
    }
    *bytes = (str){p, l->length};
    return OK;
}

/* Only a regular file is opened: what was a file may be a FIFO by now, which would hang us. */
static enum status open_regular(int *out, const char *path, struct err *e)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        fail(e, errno == ENOENT || errno == ENOTDIR ? ERR_MISSING : ERR_IO, "%s: %s", path,
             errno == ENOENT ? "the source file is not there any more" : strerror(errno));
        return fail_hint(e, "put the file back where it was imported from");
    }
    struct stat file;
    if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode)) {
        close(fd);
        return fail(e, ERR_FORMAT, "%s is not a regular file any more", path);
    }
    *out = fd;
    return OK;
}

enum status archive_raw(struct archive *a, const struct witness *w, struct arena *arena, str *bytes,
                        struct err *e)
{
    if (w->locus.member.n)
        return fail(e, ERR_MISSING, "reading a record inside another archive is not possible yet");
    if (w->locus.length > RAW_MAX_BYTES)
        return fail(e, ERR_LIMIT, "the record is larger than %d bytes", RAW_MAX_BYTES);
    const char *path = NULL;
    enum status st = find_path(a, w, arena, &path, e);
    if (st != OK)
        return st;
    int fd = -1;
    st = open_regular(&fd, path, e);
    if (st != OK)
        return st;
    str found;
    st = read_range(fd, &w->locus, arena, &found, e);
    close(fd);
    if (st != OK)
        return st;
    const struct sha256_digest digest = sha256_of(found);
    if (!sha256_eq(&digest, &w->digest))
        return fail(e, ERR_FORMAT,
                    "%s is not the file that was imported: the bytes of this "
                    "message have another SHA-256 now",
                    path);
    *bytes = found;
    return OK;
}

/* ---- lists ---------------------------------------------------------------------------------- */

enum status archive_people(struct archive *a, struct arena *arena, struct participant_row **out,
                           size_t *count, struct err *e)
{
    return store_participants(a->store, arena, out, count, e);
}

enum status archive_conversations(struct archive *a, struct arena *arena,
                                  struct conversation_row **out, size_t *count, struct err *e)
{
    return store_conversations(a->store, arena, out, count, e);
}

enum status archive_sources(struct archive *a, struct arena *arena, struct source_row **out,
                            size_t *count, struct err *e)
{
    return store_sources(a->store, arena, out, count, e);
}

enum status archive_issues(struct archive *a, struct arena *arena, struct issue_row **out,
                           size_t *count, struct err *e)
{
    return store_issues(a->store, arena, out, count, e);
}

/* Steps from one end of the span to the other until a message is dated. Where rows are not in order
   of time, what lies between the two is not a span: then only the row itself is asked. */
static enum status dated_from(struct archive *a, const struct span_of *of, int step,
                              int64_t *wall_ms, struct err *e)
{
    struct columns *c = store_columns(a->store);
    const int64_t from = step > 0 ? of->first_row : of->last_row;
    const int64_t to = step > 0 ? of->last_row : of->first_row;
    enum status st = row_wall_ms(a->store, from, wall_ms, e);
    if (!from || !columns_in_time_order(c))
        return st;
    for (int64_t row = from; st == OK && *wall_ms == TIME_NONE && row != to; row += step)
        if (column_at(c, of->which, row + step) == of->id)
            st = row_wall_ms(a->store, row + step, wall_ms, e);
    return st;
}

enum status archive_span(struct archive *a, const struct span_of *of, int64_t *first_wall_ms,
                         int64_t *last_wall_ms, struct err *e)
{
    const enum status st = dated_from(a, of, 1, first_wall_ms, e);
    return st == OK ? dated_from(a, of, -1, last_wall_ms, e) : st;
}
