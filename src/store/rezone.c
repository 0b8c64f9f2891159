/*
 * See rezone.h. One pass over the rows in their order: what the columns say of a row is turned into what
 * it is now, the message table and the chunks of columns get it, and on the way it is seen whether the
 * archive is in order of time.
 *
 * An undated row sorts by the dated one before it in its source, so it goes wherever that one goes.
 */
#include "rezone.h"

#include "buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "column_chunk.h"
#include "custody_log.h"
#include "db.h"
#include "row.h"

static const str option_name = STR_INIT("clock=");

/* What is known of a source while its rows pass. */
struct clocked {
    bool chosen;
    bool met;               /* a dated row of it has passed */
    int64_t was_ms, now_ms; /* of the last dated row: before and after */
    int64_t now_offset_min;
};

struct pass {
    struct store *s;
    struct zone *zone;
    struct clocked *sources; /* by id */
    int64_t max_source;
    sqlite3_stmt *update, *chunk;
    struct rezone_result result;
    int64_t values[3][COLUMN_CHUNK_ROWS]; /* time, offset, traits of the chunk at hand */
    unsigned char packed[COLUMN_CHUNK_ROWS * 8];
    bool chunk_changed;
    bool ordered; /* as far as it has come */
    int64_t last_ms;
};

/* The time and traits of a row. */
struct stamp_of_row {
    int64_t sent_ms, offset_min, traits;
};

struct message_time rezone_time(struct zone *z, int64_t wall_ms)
{
    struct message_time t = {.wall_ms = wall_ms, .basis = BASIS_INFERRED};
    t.ambiguous = zone_to_utc(z, wall_ms, &t.utc_ms) != ZONE_FITS;
    t.utc_ms = row_sort_ms(&t);
    return t;
}

str rezone_option(str options)
{
    str line;
    while (str_split(&options, '\n', &line))
        if (str_starts(line, option_name))
            return str_from(line, option_name.n);
    return STR("");
}

/* ---- one row -------------------------------------------------------------------------------- */

static struct stamp_of_row read_row(struct columns *c, int64_t row)
{
    return (struct stamp_of_row){.sent_ms = column_at(c, COLUMN_TIME, row),
                                 .offset_min = column_at(c, COLUMN_OFFSET, row),
                                 .traits = column_at(c, COLUMN_TRAITS, row)};
}

static int64_t with_basis(int64_t traits, enum time_basis basis, bool ambiguous)
{
    const int64_t bits = INT64_C(15) << 4; /* basis in 4-6, ambiguous in 7 */
    return (traits & ~bits) | (int64_t)basis << 4 | (int64_t)ambiguous << 7;
}

static struct stamp_of_row read_otherwise(struct zone *z, struct stamp_of_row x)
{
    const int64_t wall_ms = x.sent_ms + x.offset_min * MS_PER_MINUTE;
    struct message_time t = {.wall_ms = wall_ms, .utc_ms = wall_ms, .basis = BASIS_ASSUMED};
    if (z)
        t = rezone_time(z, wall_ms);
    return (struct stamp_of_row){.sent_ms = t.utc_ms,
                                 .offset_min = (wall_ms - t.utc_ms) / MS_PER_MINUTE,
                                 .traits = with_basis(x.traits, t.basis, t.ambiguous)};
}

/* Before the first dated row: nothing tells what it goes with, so it goes as a naive clock would. */
static struct stamp_of_row follow(const struct pass *p, const struct clocked *of,
                                  struct stamp_of_row x)
{
    if (!of->met) {
        const struct stamp_of_row moved = read_otherwise(p->zone, x);
        x.sent_ms = moved.sent_ms;
        x.offset_min = moved.offset_min;
    } else if (x.sent_ms == of->was_ms) {
        x.sent_ms = of->now_ms;
        x.offset_min = of->now_offset_min;
    }
    return x;
}

static struct stamp_of_row turn(struct pass *p, int64_t row, struct stamp_of_row x)
{
    struct clocked *const of = &p->sources[column_at(p->s->columns, COLUMN_SOURCE, row)];
    const enum time_basis basis = (enum time_basis)TRAIT_BASIS(x.traits);
    if (!of->chosen)
        return x;
    if (basis == BASIS_NONE)
        return follow(p, of, x);
    const bool naive = basis == BASIS_ASSUMED || basis == BASIS_INFERRED;
    const struct stamp_of_row now = naive ? read_otherwise(p->zone, x) : x;
    p->result.messages += naive;
    p->result.ambiguous += naive && TRAIT_AMBIGUOUS(now.traits);
    of->met = true;
    of->was_ms = x.sent_ms;
    of->now_ms = now.sent_ms;
    of->now_offset_min = now.offset_min;
    return now;
}

static enum status store_row(struct pass *p, int64_t row, const struct stamp_of_row *now,
                             struct err *e)
{
    sqlite3_bind_int64(p->update, 1, now->sent_ms);
    sqlite3_bind_int64(p->update, 2, now->offset_min);
    sqlite3_bind_int64(p->update, 3, TRAIT_BASIS(now->traits));
    sqlite3_bind_int64(p->update, 4, TRAIT_AMBIGUOUS(now->traits));
    sqlite3_bind_int64(p->update, 5, row);
    return db_run(p->s, p->update, "read the clocks otherwise", e);
}

static enum status pass_row(struct pass *p, int64_t row, struct err *e)
{
    const struct stamp_of_row was = read_row(p->s->columns, row), now = turn(p, row, was);
    const size_t i = (size_t)(row - 1) & (COLUMN_CHUNK_ROWS - 1);
    p->values[0][i] = now.sent_ms;
    p->values[1][i] = now.offset_min;
    p->values[2][i] = now.traits;
    p->ordered = p->ordered && (row == 1 || now.sent_ms >= p->last_ms);
    p->last_ms = now.sent_ms;
    if (was.sent_ms == now.sent_ms && was.offset_min == now.offset_min && was.traits == now.traits)
        return OK;
    p->chunk_changed = true;
    return store_row(p, row, &now, e);
}

/* ---- columns -------------------------------------------------------------------------------- */

static enum status store_chunk(struct pass *p, int64_t last_row, struct err *e)
{
    static const enum column which[] = {COLUMN_TIME, COLUMN_OFFSET, COLUMN_TRAITS};
    const int64_t chunk = (last_row - 1) >> CHUNK_SHIFT;
    const size_t n = ((size_t)(last_row - 1) & (COLUMN_CHUNK_ROWS - 1)) + 1;
    enum status st = OK;
    for (size_t i = 0; i < 3 && st == OK && p->chunk_changed; i++) {
        const struct chunk k = chunk_pack(p->packed, p->values[i], n);
        sqlite3_bind_int64(p->chunk, 1, k.min);
        sqlite3_bind_int64(p->chunk, 2, k.max);
        sqlite3_bind_int64(p->chunk, 3, k.scale);
        sqlite3_bind_int64(p->chunk, 4, k.width);
        sqlite3_bind_blob(p->chunk, 5, k.data, (int)(n * k.width), SQLITE_STATIC);
        sqlite3_bind_int64(p->chunk, 6, chunk_id(which[i], chunk));
        st = db_run(p->s, p->chunk, "store columns", e);
    }
    p->chunk_changed = false;
    return st;
}

static enum status pass_rows(struct pass *p, struct err *e)
{
    struct columns *const c = p->s->columns;
    const int64_t rows = columns_rows(c);
    enum status st = OK;
    for (int64_t row = 1; row <= rows && st == OK; row++) {
        st = pass_row(p, row, e);
        if (st == OK && (row % COLUMN_CHUNK_ROWS == 0 || row == rows))
            st = store_chunk(p, row, e);
    }
    return st == OK ? columns_failed(c, e) : st;
}

/* ---- sources -------------------------------------------------------------------------------- */

/* The options without the line of an inferred zone, and with that of the new one. */
static void new_options(struct buf *out, str options, const struct zone *z)
{
    str line;
    while (str_split(&options, '\n', &line))
        if (!str_starts(line, option_name))
            buf_addf(out, STR_FMT "\n", STR_ARG(line));
    if (z)
        buf_addf(out, STR_FMT STR_FMT "\n", STR_ARG(option_name), STR_ARG(zone_name(z)));
}

static enum status note_source(struct pass *p, const struct source_row *source, struct err *e)
{
    sqlite3_stmt *q = NULL;
    struct buf options = buf_new(BUF_LINE_MAX);
    enum status st = OK;
    new_options(&options, source->options, p->zone);
    if (sqlite3_prepare_v2(p->s->db, "UPDATE source SET options = ?1 WHERE id = ?2", -1, &q,
                           NULL) != SQLITE_OK)
        st = db_fail(p->s, e, "note the zone of a source");
    if (st == OK) {
        db_bind_text(q, 1, buf_str(&options));
        sqlite3_bind_int64(q, 2, source->id);
        st = db_run(p->s, q, "note the zone of a source", e);
    }
    sqlite3_finalize(q);
    buf_free(&options);
    p->result.sources++;
    return st;
}

static bool has_inferred(struct columns *c, const struct source_row *source)
{
    for (int64_t row = source->first_row; row <= source->last_row; row++)
        if (column_at(c, COLUMN_SOURCE, row) == source->id &&
            TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) == BASIS_INFERRED)
            return true;
    return false;
}

static enum status choose(struct pass *p, const struct source_row *sources, size_t count,
                          int64_t id, struct err *e)
{
    size_t i = 0;
    while (i < count && sources[i].id != id)
        i++;
    if (i == count)
        return fail(e, ERR_MISSING, "there is no source %" PRId64, id);
    if (!sources[i].clock_zone.n && has_inferred(p->s->columns, &sources[i]))
        return fail(e, ERR_FORMAT,
                    "the times of " STR_FMT " were inferred in another archive; that stays",
                    STR_ARG(str_sub(sources[i].name, 0, 200)));
    p->sources[id].chosen = true;
    return note_source(p, &sources[i], e);
}

static enum status choose_all(struct pass *p, const struct rezone_job *job, struct err *e)
{
    struct arena a = {0};
    struct source_row *sources;
    size_t count = 0;
    enum status st = store_sources(p->s, &a, &sources, &count, e);
    p->max_source = st == OK && count ? sources[count - 1].id : 0;
    p->sources = calloc((size_t)p->max_source + 1, sizeof *p->sources);
    if (!p->sources)
        abort();
    for (size_t i = 0; i < job->count && st == OK; i++)
        st = choose(p, sources, count, job->sources[i], e);
    arena_free(&a);
    return st;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static enum status prepare(struct pass *p, struct err *e)
{
    static const char row_sql[] = "UPDATE message SET sent_ms = ?1, offset_min = ?2, basis = ?3,"
                                  " ambiguous = ?4 WHERE id = ?5";
    static const char chunk_sql[] = "UPDATE column_chunk SET min = ?1, max = ?2, scale = ?3,"
                                    " width = ?4, data = ?5 WHERE id = ?6";
    if (sqlite3_prepare_v2(p->s->db, row_sql, -1, &p->update, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(p->s->db, chunk_sql, -1, &p->chunk, NULL) == SQLITE_OK)
        return OK;
    return db_fail(p->s, e, "read the clocks otherwise");
}

/* The first and last row of each person, conversation and pair of them, as people.c counts them: of equal
   times the lowest row is first, the highest last. */
static const char *const extremes[] = {
    "WITH g AS (SELECT participant_id AS k, min(sent_ms) AS lo, max(sent_ms) AS hi FROM message"
    " WHERE participant_id IS NOT NULL GROUP BY 1),"
    " x AS (SELECT g.k AS k, min(CASE WHEN m.sent_ms = g.lo THEN m.id END) AS f,"
    " max(CASE WHEN m.sent_ms = g.hi THEN m.id END) AS l"
    " FROM message m JOIN g ON g.k = m.participant_id GROUP BY 1)"
    " UPDATE participant SET first_row = x.f, last_row = x.l FROM x WHERE x.k = participant.id",
    "WITH g AS (SELECT conversation_id AS k, min(sent_ms) AS lo, max(sent_ms) AS hi FROM message"
    " GROUP BY 1),"
    " x AS (SELECT g.k AS k, min(CASE WHEN m.sent_ms = g.lo THEN m.id END) AS f,"
    " max(CASE WHEN m.sent_ms = g.hi THEN m.id END) AS l"
    " FROM message m JOIN g ON g.k = m.conversation_id GROUP BY 1)"
    " UPDATE conversation SET first_row = x.f, last_row = x.l FROM x WHERE x.k = conversation.id",
    "WITH g AS (SELECT conversation_id AS k, participant_id AS p, min(sent_ms) AS lo,"
    " max(sent_ms) AS hi FROM message WHERE participant_id IS NOT NULL GROUP BY 1, 2),"
    " x AS (SELECT g.k AS k, g.p AS p, min(CASE WHEN m.sent_ms = g.lo THEN m.id END) AS f,"
    " max(CASE WHEN m.sent_ms = g.hi THEN m.id END) AS l FROM message m"
    " JOIN g ON g.k = m.conversation_id AND g.p = m.participant_id GROUP BY 1, 2)"
    " UPDATE membership SET first_row = x.f, last_row = x.l FROM x"
    " WHERE x.k = membership.conversation_id AND x.p = membership.participant_id",
};

/* Who wrote first and last follows from the order of time. */
static enum status store_order(struct pass *p, struct err *e)
{
    const bool was_ordered = columns_in_time_order(p->s->columns);
    if (was_ordered && p->ordered)
        return OK;
    enum status st = db_set_meta(p->s, "time_ordered", p->ordered, e);
    for (size_t i = 0; i < sizeof extremes / sizeof *extremes && st == OK; i++)
        st = db_exec(p->s, extremes[i], "find who wrote first and last", e);
    return st;
}

static enum status note_custody(const struct pass *p, struct err *e)
{
    char detail[120];
    const str zone = p->zone ? str_sub(zone_name(p->zone), 0, 60) : STR("none");
    snprintf(detail, sizeof detail, STR_FMT ", %" PRIu64 " %s, %" PRIu64 " %s", STR_ARG(zone),
             p->result.sources, p->result.sources == 1 ? "source" : "sources", p->result.messages,
             p->result.messages == 1 ? "message" : "messages");
    return custody_note(p->s, "clock", str_of(detail), TIME_NONE, e);
}

static enum status run(struct pass *p, const struct rezone_job *job, struct err *e)
{
    enum status st = db_exec(p->s, "BEGIN IMMEDIATE", "read the clocks otherwise", e);
    if (st != OK)
        return st;
    st = db_load_state(p->s, e); /* somebody may have written since it was opened */
    if (st == OK)
        st = prepare(p, e);
    if (st == OK)
        st = choose_all(p, job, e);
    if (st == OK)
        st = pass_rows(p, e);
    if (st == OK)
        st = store_order(p, e);
    if (st == OK)
        st = note_custody(p, e);
    if (st == OK)
        st = db_exec(p->s, "COMMIT", "read the clocks otherwise", e);
    if (st != OK)
        sqlite3_exec(p->s->db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}

enum status store_rezone(struct rezone_result *out, struct store *s, const struct rezone_job *job,
                         struct err *e)
{
    struct pass *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->s = s;
    p->zone = job->zone;
    p->ordered = true;
    enum status st = run(p, job, e);
    *out = p->result;
    sqlite3_finalize(p->update);
    sqlite3_finalize(p->chunk);
    free(p->sources);
    free(p);
    return st == OK ? db_load_state(s, e) : st;
}
