/*
 * One source against its rows. What a duplicate's place proves is that it is the same message; UTC,
 * flags and the rest come from the first import and are proved there.
 */
#include "audit_compare.h"

#include "audit_message.h"
#include "rezone.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void finding_add(struct findings *f, int64_t row, int64_t source_id, const char *fmt, ...)
{
    char text[480];
    va_list args;
    if (f->count++ >= AUDIT_FINDINGS_MAX)
        return;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    f->items[f->count - 1] = (struct audit_finding){
        .row = row, .source_id = source_id, .what = arena_dup(f->arena, str_of(text))};
}

/* ---- one record ----------------------------------------------------------------------------- */

static const char *place_difference(const struct witness *w, const struct message *read)
{
    if (w->locus.at != read->locus.at || w->locus.length != read->locus.length ||
        w->locus.line != read->locus.line || !str_eq(w->locus.member, read->locus.member))
        return "its place in the source";
    return sha256_eq(&w->digest, read->raw_digest) ? NULL : "the hash of its bytes";
}

/* The stored content id must be that of some occurrence. There cannot be more equals than
   records (and a few numbers that other messages had taken); once many are wrong, the search is
   cut short. */
static bool content_id_fits(struct compare *c, const struct message *m, uint32_t content_id)
{
    enum { TAKEN_MAX = 64, PATIENCE = 10 };
    const uint64_t tries = TAKEN_MAX + (c->wrong_ids < PATIENCE ? c->read : 0);
    for (uint64_t n = 0; n < tries; n++) {
        if (message_content_id(m, (uint32_t)n) == content_id)
            return true;
    }
    c->wrong_ids++;
    return false;
}

static const char *difference(struct compare *c, const struct place *at,
                              const struct stored *stored, const struct message *read)
{
    const struct message *const m = &stored->message;
    const char *what = identity_difference(m, read);
    if (at->nth == 0) {
        if (!what)
            what = detail_difference(m, read);
        if (!what && !content_id_fits(c, read, stored->content_id))
            what = "its content id";
        return what;
    }
    /* A further witness may show it in another zone, or know its sender by name only. */
    const bool same = str_eq(m->conversation, read->conversation) && store_same_message(m, read);
    if (!same)
        return what ? what : "what it says";
    if (!what && !content_id_fits(c, read, stored->content_id))
        return "its content id";
    return NULL;
}

/* The record as it is stored: its conversation may have been joined to another one, its clock
   read in a zone that was inferred. */
static enum status as_stored(struct compare *c, const struct message *m, struct message *out,
                             struct err *e)
{
    enum status st = OK;
    if (!c->key.p || !str_eq(c->key, m->conversation)) {
        arena_clear(&c->keys);
        c->key = arena_dup(&c->keys, m->conversation);
        st = store_conversation_of(c->store, c->source->id, c->key, &c->keys, &c->stored_key, e);
    }
    *out = *m;
    out->conversation = c->stored_key;
    if (c->zone && m->time.basis == BASIS_ASSUMED)
        out->time = rezone_time(c->zone, m->time.wall_ms);
    return st;
}

static enum status compare_place(struct compare *c, const struct place *at, const struct message *m,
                                 struct err *e)
{
    struct stored stored;
    struct message read;
    struct witness *witnesses = NULL;
    size_t count = 0;
    arena_clear(&c->scratch);
    enum status st = store_message(c->store, at->row, &c->scratch, &stored, e);
    if (st == OK)
        st = store_witnesses(c->store, at->row, &c->scratch, &witnesses, &count, e);
    if (st == OK)
        st = as_stored(c, m, &read, e);
    if (st != OK)
        return st;
    const char *what = difference(c, at, &stored, &read);
    if (!what)
        what = (size_t)at->nth < count ? place_difference(&witnesses[at->nth], &read)
                                       : "its place in the source";
    if (what) {
        finding_add(c->findings, at->row, c->source->id,
                    "message %" PRId64 ": %s is not what " STR_FMT " says at byte %" PRIu64,
                    at->row, what, STR_ARG(str_sub(c->source->name, 0, 200)), m->locus.at);
        return OK;
    }
    c->witnesses_proved++;
    c->proved += at->nth == 0;
    return OK;
}

/* ---- places --------------------------------------------------------------------------------- */

/* The first place in [low, high) that does not come before (member, at). */
static size_t first_from(const struct compare *c, str member, uint64_t at)
{
    size_t low = 0, high = c->place_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct place *const p = &c->places[middle];
        const int order = str_cmp(p->member, member);
        if (order < 0 || (order == 0 && p->at < at))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The place of a record: usually the next one; otherwise the first at this byte not met yet. */
static size_t find_place(const struct compare *c, const struct locus *l)
{
    if (c->next < c->end && c->places[c->next].at == l->at && !c->met[c->next])
        return c->next;
    size_t i = first_from(c, l->member, l->at);
    while (i < c->end && c->places[i].at == l->at && c->met[i])
        i++;
    return i < c->end && c->places[i].at == l->at ? i : c->place_count;
}

static enum status on_message(struct sink *sink, const struct message *m, struct err *e)
{
    struct compare *c = (struct compare *)sink;
    const size_t i = find_place(c, &m->locus);
    c->read++;
    if (i == c->place_count) {
        if (!c->strangers++)
            c->stranger_at = m->locus.at;
        return OK;
    }
    c->met[i] = true;
    c->next = i + 1;
    return compare_place(c, &c->places[i], m, e);
}

void compare_member(struct compare *c, str inside)
{
    c->first = first_from(c, inside, 0);
    for (size_t low = c->first, high = c->place_count;;) { /* the first behind this member */
        if (low == high) {
            c->end = low;
            break;
        }
        const size_t middle = low + (high - low) / 2;
        if (str_cmp(c->places[middle].member, inside) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    c->next = c->first;
    c->strangers = 0;
}

bool compare_expects(const struct compare *c)
{
    return c->first < c->end;
}

void compare_member_end(struct compare *c, bool read_to_end)
{
    const struct source_row *const s = c->source;
    if (!c->strangers || (!read_to_end && !compare_expects(c)))
        return;
    char more[60] = "";
    if (c->strangers > 1)
        snprintf(more, sizeof more, ", and %" PRIu64 " more of them", c->strangers - 1);
    finding_add(c->findings, 0, s->id,
                STR_FMT " has a record at byte %" PRIu64 " that is not in the archive%s",
                STR_ARG(str_sub(s->name, 0, 200)), c->stranger_at, more);
}

/* ---- the source ----------------------------------------------------------------------------- */

/* Titles, names and issues are no records: what they say is not proved. */
enum status compare_begin(struct compare *c, struct store *s, const struct source_row *source,
                          struct findings *findings, struct arena *a, struct err *e)
{
    struct place *places = NULL;
    *c = (struct compare){
        .sink = {.message = on_message}, .store = s, .source = source, .findings = findings};
    enum status st = store_places(s, source->id, a, &places, &c->place_count, e);
    if (st == OK && source->clock_zone.n)
        st = zone_open(&c->zone, source->clock_zone, e);
    c->places = places;
    c->met = arena_array(a, c->place_count + 1, sizeof *c->met);
    return st;
}

void compare_end(struct compare *c, bool read_to_end)
{
    for (size_t i = 0; read_to_end && i < c->place_count; i++) {
        if (!c->met[i])
            finding_add(
                c->findings, c->places[i].row, c->source->id,
                "message %" PRId64 ": " STR_FMT " has no record at byte %" PRIu64 " any more",
                c->places[i].row, STR_ARG(str_sub(c->source->name, 0, 200)), c->places[i].at);
    }
    zone_close(c->zone);
    arena_free(&c->scratch);
    arena_free(&c->keys);
}
