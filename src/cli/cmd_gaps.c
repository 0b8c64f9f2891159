/* stet gaps: what may be missing, as observations. */
#include "answers.h"
#include "cli.h"
#include "gaps.h"
#include "words.h"

#include <inttypes.h>

enum { SHOWN_USUALLY = 10, SHOWN_MAX = 1000000 };

struct page {
    struct cli *c;
    const struct gaps_report *r;
    size_t limit; /* of each kind */
};

static void heading(struct page *p, const char *text, size_t count)
{
    term_style(&p->c->out, STYLE_STRONG);
    term_addf(&p->c->out, "%s", text);
    term_style(&p->c->out, STYLE_PLAIN);
    term_addf(&p->c->out, ": " STR_FMT "\n", STR_ARG(number_text(&p->c->arena, count)));
}

static void more(struct page *p, size_t count)
{
    if (count > p->limit)
        term_addf(&p->c->out, "  ... " STR_FMT " more: -n 0\n",
                  STR_ARG(number_text(&p->c->arena, count - p->limit)));
}

static size_t shown(const struct page *p, size_t count)
{
    return count < p->limit ? count : p->limit;
}

static str odds(struct page *p, double chance)
{
    if (chance < 1e-9)
        return STR("less than 1 in a billion");
    return arena_printf(&p->c->arena, "1 in " STR_FMT,
                        STR_ARG(number_text(&p->c->arena, (uint64_t)(1 / chance))));
}

static str stamp(struct page *p, int64_t wall_ms)
{
    return stamp_text(&p->c->arena, wall_ms);
}

static str days(struct page *p, uint32_t n)
{
    return count_text(&p->c->arena, n, "day", "days");
}

static void print_silences(struct page *p)
{
    struct term *const t = &p->c->out;
    const size_t count = p->r->silence_count;
    heading(p, "Silences longer than the days around them let expect", count);
    for (size_t i = 0; i < shown(p, count); i++) {
        const struct gap_silence *const s = &p->r->silences[i];
        term_addf(t, "  " STR_FMT " without ", STR_ARG(days(p, s->days)));
        term_safe(t, s->participant_id ? s->person : STR("any message"));
        term_add(t, STR(" in "));
        term_safe(t, s->conversation);
        term_addf(t, "\n      after %" PRId64 ", " STR_FMT ", until %" PRId64 ", " STR_FMT "\n",
                  s->last_row, STR_ARG(stamp(p, s->last_wall_ms)), s->next_row,
                  STR_ARG(stamp(p, s->next_wall_ms)));
        term_addf(
            t, "      wrote on %" PRIu32 " of %" PRIu32 " days around it; by these " STR_FMT "\n",
            s->days_written, s->days_around, STR_ARG(odds(p, s->chance)));
    }
    more(p, count);
}

static void print_sides(struct page *p)
{
    struct term *const t = &p->c->out;
    const size_t count = p->r->side_count;
    heading(p, "Days with one side of two only", count);
    for (size_t i = 0; i < shown(p, count); i++) {
        const struct gap_side *const s = &p->r->sides[i];
        term_addf(t, "  on " STR_FMT " one after another only ", STR_ARG(days(p, s->days)));
        term_safe(t, s->present);
        term_add(t, STR(" is there, not "));
        term_safe(t, s->absent);
        term_add(t, STR(", in "));
        term_safe(t, s->conversation);
        term_addf(t, "\n      from %" PRId64 ", " STR_FMT ", to %" PRId64 ", " STR_FMT "\n",
                  s->first_row, STR_ARG(stamp(p, s->first_wall_ms)), s->last_row,
                  STR_ARG(stamp(p, s->last_wall_ms)));
        term_addf(t,
                  "      both are there on %" PRIu32 " of %" PRIu32
                  " days with messages; by these " STR_FMT "\n",
                  s->days_both, s->days_written, STR_ARG(odds(p, s->chance)));
    }
    more(p, count);
}

static void print_ids(struct page *p)
{
    struct term *const t = &p->c->out;
    const size_t count = p->r->id_count;
    heading(p, "Numbers left out where the platform numbers its messages", count);
    for (size_t i = 0; i < shown(p, count); i++) {
        const struct gap_ids *const g = &p->r->ids[i];
        if (g->first_id == g->last_id)
            term_addf(t, "  %" PRId64, g->first_id);
        else
            term_addf(t, "  %" PRId64 " to %" PRId64 " (" STR_FMT ")", g->first_id, g->last_id,
                      STR_ARG(number_text(&p->c->arena, (uint64_t)(g->last_id - g->first_id + 1))));
        term_add(t, STR(" in "));
        term_safe(t, g->conversation);
        term_addf(t, "\n      between %" PRId64 ", " STR_FMT ", and %" PRId64 ", " STR_FMT "\n",
                  g->before_row, STR_ARG(stamp(p, g->before_wall_ms)), g->after_row,
                  STR_ARG(stamp(p, g->after_wall_ms)));
    }
    more(p, count);
}

static void print_undated(struct page *p)
{
    struct term *const t = &p->c->out;
    const size_t count = p->r->undated_count;
    heading(p, "Stretches without a time", count);
    for (size_t i = 0; i < shown(p, count); i++) {
        const struct gap_undated *const u = &p->r->undated[i];
        term_addf(t, "  " STR_FMT " in ",
                  STR_ARG(count_text(&p->c->arena, u->messages, "message", "messages")));
        term_safe(t, u->conversation);
        term_addf(t, ", from %" PRId64 " to %" PRId64 "\n", u->first_row, u->last_row);
    }
    more(p, count);
}

static void print_counts(struct page *p)
{
    struct arena *const a = &p->c->arena;
    uint64_t messages = 0, events = 0, deleted = 0, dense = 0;
    for (size_t i = 0; i < p->r->conversation_count; i++) {
        const struct gap_conversation *const x = &p->r->conversations[i];
        messages += x->messages;
        events += x->events;
        deleted += x->deleted;
        dense += x->dense;
    }
    term_addf(&p->c->out,
              STR_FMT " in " STR_FMT "; " STR_FMT " marked as deleted, " STR_FMT "; " STR_FMT
                      " with numbers one after another.\n",
              STR_ARG(count_text(a, messages, "message", "messages")),
              STR_ARG(count_text(a, p->r->conversation_count, "conversation", "conversations")),
              STR_ARG(number_text(a, deleted)), STR_ARG(count_text(a, events, "event", "events")),
              STR_ARG(count_text(a, dense, "conversation", "conversations")));
    term_addf(&p->c->out, STR_FMT " of a day or more were looked at.\n",
              STR_ARG(count_text(a, p->r->silences_examined, "silence", "silences")));
    term_add(&p->c->out,
             STR("This is what is not in the archive. Why it is not, only sources can tell.\n"));
}

static void print_gaps(struct page *p)
{
    print_silences(p);
    print_sides(p);
    print_ids(p);
    print_undated(p);
    if (!p->c->quiet)
        print_counts(p);
}

/* ---- JSON ------------------------------------------------------------------------------------- */

static void json_number(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

static void json_word(struct json *j, const char *key, str value)
{
    json_key(j, key);
    json_text(j, value);
}

static void json_silences(struct page *p)
{
    for (size_t i = 0; i < shown(p, p->r->silence_count); i++) {
        const struct gap_silence *const s = &p->r->silences[i];
        struct json j = cli_json(p->c, "silence");
        json_word(&j, "conversation", s->conversation);
        json_key(&j, "sender");
        if (s->participant_id)
            json_text(&j, s->person);
        else
            json_null(&j);
        json_number(&j, "days", s->days);
        json_number(&j, "after", s->last_row);
        answer_stamp(&j, "after_time", s->last_wall_ms);
        json_number(&j, "until", s->next_row);
        answer_stamp(&j, "until_time", s->next_wall_ms);
        json_number(&j, "days_written", s->days_written);
        json_number(&j, "days_around", s->days_around);
        json_key(&j, "chance");
        json_real(&j, s->chance, 12);
        cli_json_end(p->c, &j);
    }
}

static void json_sides(struct page *p)
{
    for (size_t i = 0; i < shown(p, p->r->side_count); i++) {
        const struct gap_side *const s = &p->r->sides[i];
        struct json j = cli_json(p->c, "one-side");
        json_word(&j, "conversation", s->conversation);
        json_word(&j, "present", s->present);
        json_word(&j, "absent", s->absent);
        json_number(&j, "days", s->days);
        json_number(&j, "from", s->first_row);
        answer_stamp(&j, "from_time", s->first_wall_ms);
        json_number(&j, "to", s->last_row);
        answer_stamp(&j, "to_time", s->last_wall_ms);
        json_number(&j, "days_both", s->days_both);
        json_number(&j, "days_written", s->days_written);
        json_key(&j, "chance");
        json_real(&j, s->chance, 12);
        cli_json_end(p->c, &j);
    }
}

static void json_ids(struct page *p)
{
    for (size_t i = 0; i < shown(p, p->r->id_count); i++) {
        const struct gap_ids *const g = &p->r->ids[i];
        struct json j = cli_json(p->c, "missing-ids");
        json_word(&j, "conversation", g->conversation);
        json_number(&j, "first", g->first_id);
        json_number(&j, "last", g->last_id);
        json_number(&j, "before", g->before_row);
        answer_stamp(&j, "before_time", g->before_wall_ms);
        json_number(&j, "after", g->after_row);
        answer_stamp(&j, "after_time", g->after_wall_ms);
        cli_json_end(p->c, &j);
    }
}

static void json_rest(struct page *p)
{
    for (size_t i = 0; i < shown(p, p->r->undated_count); i++) {
        const struct gap_undated *const u = &p->r->undated[i];
        struct json j = cli_json(p->c, "undated");
        json_word(&j, "conversation", u->conversation);
        json_number(&j, "from", u->first_row);
        json_number(&j, "to", u->last_row);
        json_number(&j, "messages", (int64_t)u->messages);
        cli_json_end(p->c, &j);
    }
    for (size_t i = 0; i < p->r->conversation_count; i++) {
        const struct gap_conversation *const x = &p->r->conversations[i];
        struct json j = cli_json(p->c, "conversation");
        json_word(&j, "conversation", x->conversation);
        json_number(&j, "messages", (int64_t)x->messages);
        json_number(&j, "events", (int64_t)x->events);
        json_number(&j, "deleted", (int64_t)x->deleted);
        json_number(&j, "undated", (int64_t)x->undated);
        json_number(&j, "ids", (int64_t)x->ids);
        json_number(&j, "id_span", (int64_t)x->id_span);
        json_key(&j, "dense");
        json_bool(&j, x->dense);
        cli_json_end(p->c, &j);
    }
}

/* ---- the command ------------------------------------------------------------------------------ */

static bool title_fits(const struct conversation_row *c, str name)
{
    return str_eq_nocase(c->title, name) || str_eq(c->key, name) ||
           (name.n && str_find(c->title, name) != STR_NONE);
}

static enum status choose(struct cli *c, struct archive *a, int64_t *id, struct err *e)
{
    const char *const name = cli_value(c, OPT_IN);
    struct conversation_row *rows;
    size_t count = 0, fits = 0;
    *id = 0;
    if (!name)
        return OK;
    const enum status st = archive_conversations(a, &c->arena, &rows, &count, e);
    for (size_t i = 0; i < count; i++) {
        if (!title_fits(&rows[i], str_of(name)))
            continue;
        *id = rows[i].id;
        fits++;
        if (str_eq_nocase(rows[i].title, str_of(name))) {
            fits = 1;
            break;
        }
    }
    if (st != OK || fits == 1)
        return st;
    fail(e, ERR_MISSING,
         fits ? "several conversations have \"%.100s\" in their titles"
              : "no conversation is called \"%.100s\"",
         name);
    return fail_hint(e, "their titles: stet conversations");
}

enum exit_status cmd_gaps(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct gaps_report r = {.silence_count = 0};
    struct gaps_options o = {.conversation_id = 0};
    int64_t limit = SHOWN_USUALLY;
    enum status st = cli_number(c, OPT_LIMIT, SHOWN_MAX, &limit, &e);
    if (st == OK)
        st = cli_open(c, &a, &e);
    if (st == OK)
        st = choose(c, a, &o.conversation_id, &e);
    if (st == OK)
        st = gaps_run(&r, archive_store(a), &o, &c->arena, &e);
    archive_close(a);
    if (st != OK)
        return cli_fail(c, &e);
    struct page p = {.c = c, .r = &r, .limit = limit ? (size_t)limit : SIZE_MAX};
    if (c->json) {
        json_silences(&p);
        json_sides(&p);
        json_ids(&p);
        json_rest(&p);
    } else {
        print_gaps(&p);
    }
    return EXIT_DONE;
}
