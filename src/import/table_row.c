/* Messages of rows whose columns are known by use. */
#include "table.h"

#include "line_records.h"
#include "message_parts.h"
#include "moment.h"

#include <stdio.h>
#include <stdlib.h>

/* --- Times ------------------------------------------------------------------------------------- */

static str whole_time(struct table *t, str time, str second)
{
    time = str_trim(time);
    second = str_trim(second);
    if (!second.n)
        return time;
    return arena_printf(&t->record, STR_FMT " " STR_FMT, STR_ARG(time), STR_ARG(second));
}

void table_see_time(struct table *t, str time, str second)
{
    struct stamp stamp;
    int64_t ms;
    const str whole = whole_time(t, time, second);
    if (!stamp_iso(whole, &stamp) && !stamp_epoch(whole, &ms))
        written_order_see(&t->order, whole);
    arena_clear(&t->record);
}

static void set_time(struct table *t, struct message *m, str time, str second)
{
    struct stamp stamp;
    int64_t utc_ms;
    m->time_shown = whole_time(t, time, second);
    if (!m->time_shown.n) {
        counted_add(&t->no_time, m->locus);
    } else if (stamp_iso(m->time_shown, &stamp) ||
               (!stamp_epoch(m->time_shown, &utc_ms) &&
                stamp_written(m->time_shown, t->order.order, &stamp))) {
        if (!stamp.has_time || !stamp.has_date) {
            counted_add(&t->date_only, m->locus); /* midnight would be an invention */
            return;
        }
        m->time = moment_of(&stamp, t->options);
        if (m->time.ambiguous)
            counted_add(&t->ambiguous, m->locus);
    } else if (stamp_epoch(m->time_shown, &utc_ms)) {
        m->time = moment_utc(utc_ms);
    } else {
        counted_add(&t->no_time, m->locus);
    }
}

/* --- Conversations ----------------------------------------------------------------------------- */

static bool see_first(struct table *t, uint64_t hash)
{
    if (t->seen_count * 2 >= t->seen_cap) {
        const size_t cap = t->seen_cap ? t->seen_cap * 2 : 256;
        uint64_t *seen = calloc(cap, sizeof *seen);
        if (!seen)
            abort();
        for (size_t i = 0; i < t->seen_cap; i++) {
            size_t at = t->seen[i] & (cap - 1);
            while (t->seen[i] && seen[at])
                at = (at + 1) & (cap - 1);
            seen[at] = t->seen[i] ? t->seen[i] : seen[at];
        }
        free(t->seen);
        t->seen = seen;
        t->seen_cap = cap;
    }
    hash |= 1; /* 0 is an empty place */
    size_t at = hash & (t->seen_cap - 1);
    for (; t->seen[at]; at = (at + 1) & (t->seen_cap - 1))
        if (t->seen[at] == hash)
            return false;
    t->seen[at] = hash;
    t->seen_count++;
    return true;
}

static enum status set_conversation(struct table *t, struct message *m, str value, struct err *e)
{
    value = str_trim(value);
    m->conversation = t->key;
    if (value.n)
        m->conversation =
            arena_printf(&t->record, STR_FMT "/" STR_FMT, STR_ARG(t->key), STR_ARG(value));
    if (!see_first(t, str_hash(m->conversation)))
        return OK;
    const struct conversation c = {.key = m->conversation,
                                   .title = value.n ? value : t->title,
                                   .platform = STR(""),
                                   .type = STR(""),
                                   .loose = true};
    return t->sink->conversation(t->sink, &c, e);
}

/* --- Rows -------------------------------------------------------------------------------------- */

static void add_use(char *what, size_t room, size_t *n, const char *use, str column)
{
    if (column.n && *n < room)
        *n += (size_t)snprintf(what + *n, room - *n, "%s%s=" STR_FMT, *n ? "," : "", use,
                               STR_ARG(str_sub(column, 0, 60)));
}

static enum status tell_guess(struct table *t, struct err *e)
{
    static const char *const uses[USE_COUNT] = {"time",         "sender", "name",     "text",
                                                "conversation", "id",     "reply_to", "recipient"};
    char map[600] = "";
    size_t n = 0;
    for (int use = 0; use < USE_COUNT; use++) {
        add_use(map, sizeof map, &n, uses[use], t->map.column[use]);
        if (use == USE_TIME && t->map.second.n && n < sizeof map)
            n += (size_t)snprintf(map + n, sizeof map - n, "+" STR_FMT,
                                  STR_ARG(str_sub(t->map.second, 0, 60)));
    }
    const struct issue i = {
        .severity = ISSUE_NOTE,
        .code = "columnsGuessed",
        .what =
            arena_printf(&t->arena, "Which column is what was guessed by their names: %s.", map),
        .way_out = arena_printf(&t->arena, "If that is wrong, state it: --map %s", map),
        .locus.member = STR(""),
    };
    return t->sink->issue(t->sink, &i, e);
}

enum status table_begin(struct table *t, const struct source *source, struct err *e)
{
    const str here = siblings_here(t->options->siblings);
    t->title = arena_dup(&t->arena, path_stem(here.n ? here : source_name(source)));
    t->key = arena_printf(&t->arena, "table:" STR_FMT, STR_ARG(t->title));
    enum status st = t->map.guessed ? tell_guess(t, e) : OK;
    return st == OK ? written_order_decide(&t->order, t->options, t->sink, e) : st;
}

enum status table_row(struct table *t, struct message *m, const str values[USE_COUNT], str second,
                      struct err *e)
{
    enum status st = set_conversation(t, m, values[USE_CONVERSATION], e);
    m->platform_id = str_trim(values[USE_ID]);
    m->sender = str_trim(values[USE_SENDER]);
    m->sender_name = str_trim(values[USE_NAME]);
    if (!m->sender_name.n)
        m->sender_name = names_find(t->options->names, m->sender);
    m->text = values[USE_TEXT];
    m->reply_to = str_trim(values[USE_REPLY]);
    if (m->reply_to.n)
        m->flags |= FLAG_REPLY;
    const struct person_ref to = {.key = str_trim(values[USE_RECIPIENT]), .name = STR("")};
    if (to.key.n) {
        m->recipients = &to;
        m->recipient_count = 1;
    }
    set_time(t, m, values[USE_TIME], second);
    if (st == OK)
        st = t->sink->message(t->sink, m, e);
    arena_clear(&t->record);
    return st;
}

enum status table_end(struct table *t, struct err *e)
{
    enum status st = counted_tell(
        &t->no_time, t->sink, ISSUE_WARN, "badStamp", "without a time that can be read",
        STR("They keep their place in the file; --date-order or --map may help."), e);
    if (st == OK)
        st = counted_tell(&t->date_only, t->sink, ISSUE_WARN, "dateOnly",
                          "with a date but no time of day, or the other way round",
                          STR("They are kept without a time, in their place; the date is shown."),
                          e);
    return st == OK
               ? counted_tell(&t->ambiguous, t->sink, ISSUE_NOTE, "ambiguousTime",
                              "in hours that exist twice or never in the stated zone",
                              STR("Do not lean on the exact UTC time of messages of these hours."),
                              e)
               : st;
}

void table_free(struct table *t)
{
    arena_free(&t->arena);
    arena_free(&t->record);
    free(t->seen);
}
