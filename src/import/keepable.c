/*
 * The limits of a record, seen from the importers: what wire.h refuses is a fault of the program where
 * it comes from a reader, so that what a source merely claims (a file of -1 GB, a day in the year
 * 300000, a million reactions) must be put right before.
 */
#include "keepable.h"

#include <string.h>

#include "wire.h"

/* A thousand times longer than messages have been sent. */
static const int64_t time_max_ms = 50000 * 366 * MS_PER_DAY;

static bool fits(int64_t ms)
{
    return ms == TIME_NONE || (ms >= -time_max_ms && ms <= time_max_ms);
}

static void fit_time(int64_t *ms, bool *good)
{
    if (fits(*ms))
        return;
    *ms = TIME_NONE;
    *good = false;
}

static void fit_count(size_t *count, bool *good)
{
    if (*count <= WIRE_LIST_MAX)
        return;
    *count = WIRE_LIST_MAX;
    *good = false;
}

static void fit_sizes(struct message *m, struct arena *a, bool *good)
{
    struct attachment *copy = NULL;
    for (size_t i = 0; i < m->attachment_count; i++) {
        if (m->attachments[i].size_bytes >= -1)
            continue;
        if (!copy) {
            copy = arena_array(a, m->attachment_count, sizeof *copy);
            memcpy(copy, m->attachments, m->attachment_count * sizeof *copy);
        }
        copy[i].size_bytes = -1;
    }
    if (!copy)
        return;
    m->attachments = copy;
    *good = false;
}

static void fit_reactions(struct message *m, struct arena *a, bool *good)
{
    struct reaction *copy = NULL;
    for (size_t i = 0; i < m->reaction_count; i++) {
        if (fits(m->reactions[i].utc_ms))
            continue;
        if (!copy) {
            copy = arena_array(a, m->reaction_count, sizeof *copy);
            memcpy(copy, m->reactions, m->reaction_count * sizeof *copy);
        }
        copy[i].utc_ms = TIME_NONE;
    }
    if (!copy)
        return;
    m->reactions = copy;
    *good = false;
}

static void fit_edits(struct message *m, struct arena *a, bool *good)
{
    struct edit *copy = NULL;
    for (size_t i = 0; i < m->edit_count; i++) {
        if (fits(m->edits[i].utc_ms))
            continue;
        if (!copy) {
            copy = arena_array(a, m->edit_count, sizeof *copy);
            memcpy(copy, m->edits, m->edit_count * sizeof *copy);
        }
        copy[i].utc_ms = TIME_NONE;
    }
    if (!copy)
        return;
    m->edits = copy;
    *good = false;
}

bool keepable(const struct message *m, struct arena *a, struct message *out)
{
    bool good = true;
    *out = *m;
    if (!fits(m->time.wall_ms) || !fits(m->time.utc_ms)) {
        out->time =
            (struct message_time){.wall_ms = TIME_NONE, .utc_ms = TIME_NONE, .basis = BASIS_NONE};
        good = false;
    }
    fit_time(&out->forwarded_utc_ms, &good);
    fit_time(&out->edited_utc_ms, &good);
    fit_time(&out->deleted_utc_ms, &good);
    fit_count(&out->attachment_count, &good);
    fit_count(&out->reaction_count, &good);
    fit_count(&out->edit_count, &good);
    fit_count(&out->mention_count, &good);
    fit_count(&out->recipient_count, &good);
    fit_sizes(out, a, &good);
    fit_reactions(out, a, &good);
    fit_edits(out, a, &good);
    return good;
}
