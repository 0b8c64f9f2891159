/* See audit_bytes.h. A file that cannot be read is a finding; only the archive's own failure ends it. */
#include "audit_bytes.h"

#include <inttypes.h>

#include "record_bytes.h"
#include "source.h"

static void cannot(struct audit *a, const struct source_row *s, const struct err *why)
{
    a->report->sources_unread++;
    finding_add(&a->findings, 0, s->id, STR_FMT " cannot be proved: %.300s",
                STR_ARG(str_sub(s->name, 0, 200)), why->msg);
}

/* ---- whole files ------------------------------------------------------------------------------ */

static void hash_source(struct audit *a, const struct source_row *s, struct arena *arena)
{
    struct err why = {0};
    struct source *file = NULL;
    struct sha256_digest digest;
    enum status st = source_open(&file, arena_cstr(arena, s->path), &why);
    if (st == OK)
        st = source_finish(file, &digest, &why);
    source_close(file);
    if (st != OK)
        cannot(a, s, &why);
    else if (!sha256_eq(&digest, &s->digest))
        finding_add(&a->findings, 0, s->id,
                    STR_FMT " is not the file that was imported: its SHA-256 differs",
                    STR_ARG(str_sub(s->name, 0, 200)));
}

enum status audit_hash_sources(struct audit *a, struct err *e)
{
    struct arena arena = {.first = NULL};
    struct source_row *rows;
    size_t count = 0;
    const enum status st = store_sources(a->store, &arena, &rows, &count, e);
    for (size_t i = 0; i < count && st == OK; i++) {
        a->report->sources++;
        if (rows[i].path.n)
            hash_source(a, &rows[i], &arena);
        else
            a->report->sources_unread++; /* standard input */
    }
    arena_free(&arena);
    return st;
}

/* ---- some messages ------------------------------------------------------------------------------ */

struct sampler {
    struct audit *audit;
    const struct source_row *sources;
    size_t source_count;
    struct arena arena;
};

/* splitmix64 (Steele, Lea and Flood 2014): numbers that look like chance, the same for a seed. */
static uint64_t next_number(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static const struct source_row *source_of(const struct sampler *s, int64_t id)
{
    for (size_t i = 0; i < s->source_count; i++)
        if (s->sources[i].id == id)
            return &s->sources[i];
    return NULL;
}

static enum status sample_row(struct sampler *s, int64_t row, struct err *e)
{
    struct audit_report *const r = s->audit->report;
    struct witness *w;
    size_t count = 0;
    str bytes;
    struct err why = {0};
    arena_clear(&s->arena);
    const enum status st = store_witnesses(s->audit->store, row, &s->arena, &w, &count, e);
    if (st != OK || !count)
        return st;
    const struct source_row *const source = source_of(s, w[0].source_id);
    if (!source || !source->path.n || w[0].locus.member.n) {
        r->inside++;
        return OK;
    }
    r->sampled++;
    if (record_bytes(&bytes, source, &w[0], &s->arena, &why) == OK)
        r->sampled_same++;
    else
        finding_add(&s->audit->findings, row, source->id,
                    "message %" PRId64 " cannot be proved from " STR_FMT ", byte %" PRIu64
                    ": %.200s",
                    row, STR_ARG(str_sub(source->name, 0, 150)), w[0].locus.at, why.msg);
    return OK;
}

/* Knuth's algorithm S (The Art of Computer Programming 2, 3.4.2): each row with the chance that gives the
   number asked for, in their order. */
enum status audit_sample(struct audit *a, const struct audit_options *o, struct err *e)
{
    struct arena arena = {.first = NULL};
    struct sampler s = {.audit = a};
    struct source_row *rows;
    uint64_t state = o->seed, wanted = o->sample;
    enum status st = store_sources(a->store, &arena, &rows, &s.source_count, e);
    s.sources = rows;
    a->report->sources = s.source_count;
    for (uint64_t row = 1; row <= a->report->messages && wanted && st == OK; row++) {
        if (next_number(&state) % (a->report->messages - row + 1) >= wanted)
            continue;
        wanted--;
        st = sample_row(&s, (int64_t)row, e);
    }
    arena_free(&s.arena);
    arena_free(&arena);
    return st;
}
