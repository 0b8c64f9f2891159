/*
 * One record against one row. What a duplicate's place proves is the message's identity (who, where,
 * when as shown, what); UTC, flags and the rest come from the first import and are proved there.
 */
#include "audit_compare.h"

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

/* ---- what differs ----------------------------------------------------------------------------- */

static str name_of(const struct message *m)
{
    return m->sender_name.n ? m->sender_name : m->sender;
}

static bool same_instant(const struct message_time *stored, const struct message_time *read)
{
    if (stored->basis != read->basis)
        return false;
    if (read->basis == BASIS_NONE)
        return true;
    /* UTC is kept to the minute that the shown clock allows (offsets with seconds, before 1972). */
    const int64_t off = stored->utc_ms - read->utc_ms;
    const bool whole = (read->wall_ms - read->utc_ms) % MS_PER_MINUTE == 0;
    return stored->ambiguous == read->ambiguous &&
           (whole ? off == 0 : off > -MS_PER_MINUTE && off < MS_PER_MINUTE);
}

static bool same_attachments(const struct message *a, const struct message *b)
{
    if (a->attachment_count != b->attachment_count)
        return false;
    for (size_t i = 0; i < a->attachment_count; i++) {
        const struct attachment *x = &a->attachments[i], *y = &b->attachments[i];
        if (x->kind != y->kind || x->size_bytes != y->size_bytes || !str_eq(x->name, y->name) ||
            !str_eq(x->mime, y->mime))
            return false;
    }
    return true;
}

/* The first thing in which identity differs; NULL if in nothing. */
static const char *identity_difference(const struct message *stored, const struct message *read)
{
    if (!str_eq(stored->text, read->text))
        return "its text";
    if (stored->time.wall_ms != read->time.wall_ms)
        return "its time";
    if (!str_eq(stored->sender, read->sender))
        return "its sender";
    if (!str_eq(stored->conversation, read->conversation))
        return "its conversation";
    return stored->kind != read->kind ? "its kind" : NULL;
}

static const char *detail_difference(const struct message *stored, const struct message *read)
{
    if (!same_instant(&stored->time, &read->time))
        return "its UTC time";
    if (!str_eq(name_of(stored), name_of(read)))
        return "its sender's name";
    if (!str_eq(stored->time_shown, read->time_shown))
        return "its time as shown";
    if (stored->flags != store_flags(read))
        return "a flag of it";
    if (!str_eq(stored->platform_id, read->platform_id))
        return "its platform id";
    if (!str_eq(stored->reply_to, read->reply_to))
        return "what it answers";
    return same_attachments(stored, read) ? NULL : "an attachment of it";
}

static const char *place_difference(const struct witness *w, const struct message *read)
{
    const struct sha256_digest digest = sha256_of(read->raw);
    if (w->locus.at != read->locus.at || w->locus.length != read->locus.length ||
        w->locus.line != read->locus.line || !str_eq(w->locus.member, read->locus.member))
        return "its place in the source";
    return sha256_eq(&w->digest, &digest) ? NULL : "the hash of its bytes";
}

/* The stored content id must be that of some occurrence. There cannot be more equals than records
   (and a few numbers that other messages had taken); once many are wrong, the search is cut short. */
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
    const char *what = identity_difference(&stored->message, read);
    if (!what && at->nth == 0)
        what = detail_difference(&stored->message, read);
    if (!what && !content_id_fits(c, read, stored->content_id))
        what = "its content id";
    return what;
}

/* ---- the sink --------------------------------------------------------------------------------- */

/* The place of a record: usually the next one; otherwise the first at this byte not met yet. */
static size_t find_place(const struct compare *c, const struct locus *l)
{
    if (c->next < c->place_count && c->places[c->next].at == l->at)
        return c->next;
    size_t low = 0, high = c->place_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (c->places[middle].at < l->at)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < c->place_count && c->places[low].at == l->at && c->met[low])
        low++;
    return low < c->place_count && c->places[low].at == l->at ? low : c->place_count;
}

static enum status compare_place(struct compare *c, const struct place *at, const struct message *m,
                                 struct err *e)
{
    struct stored stored;
    struct witness *witnesses = NULL;
    size_t count = 0;
    arena_clear(&c->scratch);
    enum status st = store_message(c->store, at->row, &c->scratch, &stored, e);
    if (st == OK)
        st = store_witnesses(c->store, at->row, &c->scratch, &witnesses, &count, e);
    if (st != OK)
        return st;
    const char *what = difference(c, at, &stored, m);
    if (!what)
        what = (size_t)at->nth < count ? place_difference(&witnesses[at->nth], m)
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

static enum status on_message(struct sink *sink, const struct message *m, struct err *e)
{
    struct compare *c = (struct compare *)sink;
    const size_t i = find_place(c, &m->locus);
    c->read++;
    if (i == c->place_count) {
        finding_add(c->findings, 0, c->source->id,
                    STR_FMT " has a record at byte %" PRIu64 " that is not in the archive",
                    STR_ARG(str_sub(c->source->name, 0, 200)), m->locus.at);
        return OK;
    }
    c->met[i] = true;
    c->next = i + 1;
    return compare_place(c, &c->places[i], m, e);
}

/* Titles and issues are no records: what they say is not proved. */
static enum status on_conversation(struct sink *s, const struct conversation *c, struct err *e)
{
    (void)s;
    (void)c;
    (void)e;
    return OK;
}

static enum status on_issue(struct sink *s, const struct issue *i, struct err *e)
{
    (void)s;
    (void)i;
    (void)e;
    return OK;
}

static enum status on_wrapping(struct sink *s, uint64_t at, uint64_t length, struct err *e)
{
    (void)s;
    (void)at;
    (void)length;
    (void)e;
    return OK;
}

enum status compare_begin(struct compare *c, struct store *s, const struct source_row *source,
                          struct findings *findings, struct arena *a, struct err *e)
{
    struct place *places = NULL;
    *c = (struct compare){.sink = {.message = on_message,
                                   .conversation = on_conversation,
                                   .issue = on_issue,
                                   .wrapping = on_wrapping},
                          .store = s,
                          .source = source,
                          .findings = findings};
    const enum status st = store_places(s, source->id, a, &places, &c->place_count, e);
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
    arena_free(&c->scratch);
}
