/*
 * From a citation to its message. An archive that holds the message may cite it otherwise, and finds it all
 * the same:
 *   - its conversation was joined to another one here, and has that one's key: the ids under its other keys
 *     are tried;
 *   - the source that is here shows it in another zone: where a source gives UTC the id is made of UTC, so
 *     the same id within a day and two hours is the same message.
 */
#include <string.h>

#include "db.h"
#include "row.h"

#define ZONES_APART_MS (26 * MS_PER_HOUR)
enum { OCCURRENCES_TRIED = 8 /* equals of one second, under another key */ };

static bool hex_of(str s, uint32_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *digits = "0123456789abcdef";
        const char *at = s.p[i] ? strchr(digits, s.p[i]) : NULL;
        if (!at)
            return false;
        *out = *out << 4 | (uint32_t)(at - digits);
    }
    return true;
}

/* "2015-11-19T13:46:39/5937-c3f1" or "undated/5937-c3f1": the clock's second and the content id. */
static bool read_citation(str citation, int64_t *wall_ms, uint32_t *content_id)
{
    uint32_t high, low;
    const size_t slash = str_find_byte(citation, '/');
    if (slash == STR_NONE)
        return false;
    const str id = str_from(citation, slash + 1);
    const str time = str_sub(citation, 0, slash);
    if (id.n != 9 || id.p[4] != '-' || !hex_of(str_sub(id, 0, 4), &high) ||
        !hex_of(str_from(id, 5), &low))
        return false;
    *content_id = high << 16 | low;
    *wall_ms = TIME_NONE;
    return str_eq(time, STR("undated")) || civil_read_stamp(time, wall_ms);
}

static int64_t wall_at(struct columns *c, int64_t row)
{
    if (TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) == BASIS_NONE)
        return TIME_NONE;
    return column_at(c, COLUMN_TIME, row) + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
}

/* What is looked for, and the rows that may be it. */
struct cited {
    str citation;
    uint32_t content_id;
    int64_t wall_ms; /* of its whole second; TIME_NONE: undated */
    struct row_range rows;
};

static bool shows_time(struct columns *c, int64_t row, const struct cited *x)
{
    char text[CITATION_TEXT];
    return str_eq(x->citation, str_of(message_citation(text, wall_at(c, row), x->content_id)));
}

/* ---- as it is cited here ---------------------------------------------------------------------- */

static int64_t find_same(struct columns *c, const struct cited *x)
{
    for (int64_t row = x->rows.first; row <= x->rows.last; row++)
        if (column_at(c, COLUMN_CONTENT, row) == (int64_t)x->content_id && shows_time(c, row, x))
            return row;
    return 0;
}

/* ---- shown in another zone -------------------------------------------------------------------- */

static int64_t find_elsewhere(struct columns *c, const struct cited *x)
{
    if (x->wall_ms == TIME_NONE)
        return 0;
    const struct row_range r =
        columns_wall_range(c, x->wall_ms - ZONES_APART_MS, x->wall_ms + ZONES_APART_MS);
    for (int64_t row = r.first; row <= r.last; row++) {
        if (column_at(c, COLUMN_CONTENT, row) != (int64_t)x->content_id ||
            TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) != BASIS_SOURCE_UTC)
            continue;
        const int64_t off = wall_at(c, row) - x->wall_ms;
        if (off > -ZONES_APART_MS && off < ZONES_APART_MS)
            return row;
    }
    return 0;
}

/* ---- under another key ------------------------------------------------------------------------- */

static enum status try_key(struct store *s, const struct cited *x, int64_t row, str key,
                           bool *is_it, struct err *e)
{
    struct arena a = {0};
    struct stored m;
    const enum status st = row_load(s, row, &a, &m, e);
    *is_it = false;
    if (st == OK) {
        m.message.conversation = key;
        for (uint32_t n = 0; n < OCCURRENCES_TRIED && !*is_it; n++)
            *is_it = message_content_id(&m.message, n) == x->content_id;
    }
    arena_free(&a);
    return st;
}

static enum status find_under(struct store *s, const struct cited *x, int64_t conversation_id,
                              str key, int64_t *found, struct err *e)
{
    struct columns *const c = s->columns;
    enum status st = OK;
    for (int64_t row = x->rows.first; row <= x->rows.last && st == OK && !*found; row++) {
        bool is_it;
        if (column_at(c, COLUMN_CONVERSATION, row) != conversation_id || !shows_time(c, row, x))
            continue;
        st = try_key(s, x, row, key, &is_it, e);
        if (st == OK && is_it)
            *found = row;
    }
    return st;
}

static enum status find_joined(struct store *s, const struct cited *x, int64_t *found,
                               struct err *e)
{
    sqlite3_stmt *q = NULL;
    enum status st = OK;
    int rc = sqlite3_prepare_v2(s->db,
                                "SELECT DISTINCT a.conversation_id, a.key FROM alias a"
                                " JOIN conversation c ON c.id = a.conversation_id"
                                " WHERE a.key <> c.key",
                                -1, &q, NULL);
    while (rc == SQLITE_OK && st == OK && !*found && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        st = find_under(s, x, sqlite3_column_int64(q, 0), db_text(q, 1), found, e);
        rc = SQLITE_OK;
    }
    if (st == OK && rc != SQLITE_OK && rc != SQLITE_DONE)
        st = db_fail(s, e, "look for a joined conversation");
    sqlite3_finalize(q);
    return st;
}

/* ---- all of it --------------------------------------------------------------------------------- */

enum status store_cited(struct store *s, str citation, int64_t *row, struct err *e)
{
    struct columns *const c = s->columns;
    struct cited x = {.citation = str_trim(citation)};
    enum status st = OK;
    *row = 0;
    if (read_citation(x.citation, &x.wall_ms, &x.content_id)) {
        x.rows = x.wall_ms == TIME_NONE
                     ? (struct row_range){1, columns_rows(c)}
                     : columns_wall_range(c, x.wall_ms, x.wall_ms + MS_PER_SECOND);
        *row = find_same(c, &x);
        if (!*row)
            *row = find_elsewhere(c, &x);
        st = *row ? OK : find_joined(s, &x, row, e);
        if (st == OK)
            st = columns_failed(c, e);
    }
    if (st != OK || *row)
        return st;
    return fail(e, ERR_MISSING, "no message of this archive is cited as \"" STR_FMT "\"",
                STR_ARG(str_sub(x.citation, 0, 100)));
}
