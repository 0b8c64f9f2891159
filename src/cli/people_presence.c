/* stet people presence: who was in which conversation when; with a name, when somebody writes. */
#include "bars.h"
#include "people.h"
#include "presence.h"
#include "table.h"
#include "who.h"
#include "words.h"

#include <inttypes.h>

enum { BAR_COLUMNS = 40 };

struct showing {
    struct cli *c;
    struct store *s;
    struct participant_row *people;
    struct conversation_row *conversations;
    size_t people_count, conversation_count;
};

static str name_of(const struct showing *x, int64_t id)
{
    for (size_t i = 0; i < x->people_count; i++)
        if (x->people[i].id == id)
            return x->people[i].name.n ? x->people[i].name : x->people[i].key;
    return STR("");
}

static str title_of(const struct showing *x, int64_t id)
{
    for (size_t i = 0; i < x->conversation_count; i++)
        if (x->conversations[i].id == id)
            return x->conversations[i].title.n ? x->conversations[i].title
                                               : x->conversations[i].key;
    return STR("");
}

/* ---- stays -------------------------------------------------------------------------------------- */

static void json_time(struct json *j, const char *key, int64_t wall_ms)
{
    char text[CIVIL_TEXT];
    json_key(j, key);
    if (wall_ms == TIME_NONE)
        json_null(j);
    else
        json_text(j, str_of(civil_print(text, wall_ms)));
}

static void json_stay(const struct showing *x, const struct stay *s)
{
    struct json j = cli_json(x->c, "stay");
    json_key(&j, "participant");
    json_int(&j, s->participant);
    json_key(&j, "name");
    json_text(&j, name_of(x, s->participant));
    json_key(&j, "conversation");
    json_text(&j, title_of(x, s->conversation));
    json_key(&j, "messages");
    json_int(&j, (int64_t)s->messages);
    json_time(&j, "joined", s->first_join_ms);
    json_key(&j, "joined_after");
    json_bool(&j, s->join_after);
    json_time(&j, "left", s->last_leave_ms);
    json_key(&j, "left_after");
    json_bool(&j, s->leave_after);
    json_time(&j, "first", s->first_ms);
    json_time(&j, "last", s->last_ms);
    json_key(&j, "first_row");
    json_int(&j, s->first_row);
    json_key(&j, "last_row");
    json_int(&j, s->last_row);
    json_key(&j, "joins");
    json_int(&j, (int64_t)s->joins);
    json_key(&j, "leaves");
    json_int(&j, (int64_t)s->leaves);
    cli_json_end(x->c, &j);
}

static str minute_text(struct arena *a, int64_t wall_ms)
{
    if (wall_ms == TIME_NONE)
        return STR("-");
    return str_sub(stamp_text(a, wall_ms), 0, 16);
}

static str event_text(struct arena *a, int64_t wall_ms, bool after)
{
    const str minute = minute_text(a, wall_ms);
    return after ? arena_printf(a, "after " STR_FMT, STR_ARG(minute)) : minute;
}

static void add_stay(const struct showing *x, struct table *t, const struct stay *s)
{
    struct arena *const a = &x->c->arena;
    table_add(t, arena_printf(a, "  " STR_FMT, STR_ARG(name_of(x, s->participant))));
    table_add(t, number_text(a, s->messages));
    table_add(t, event_text(a, s->first_join_ms, s->join_after));
    table_add(t, minute_text(a, s->first_ms));
    table_add(t, minute_text(a, s->last_ms));
    table_add(t, event_text(a, s->last_leave_ms, s->leave_after));
}

static void add_heads(struct table *t)
{
    static const char *const heads[] = {
        "", "messages", "joined", "first message", "last message", "left"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        table_add(t, str_of(heads[i]));
}

/* One table for a conversation, so that its columns are as wide as its names need. */
static void print_stays(const struct showing *x, const struct stay *stays, size_t count)
{
    struct cli *const c = x->c;
    for (size_t i = 0; i < count;) {
        struct table t = table_new(&c->arena, "lrllll");
        const int64_t conversation = stays[i].conversation;
        if (!c->json) {
            term_style(&c->out, STYLE_STRONG);
            term_safe(&c->out, title_of(x, conversation));
            term_style(&c->out, STYLE_PLAIN);
            term_add(&c->out, STR("\n"));
            add_heads(&t);
        }
        for (; i < count && stays[i].conversation == conversation; i++) {
            if (c->json)
                json_stay(x, &stays[i]);
            else
                add_stay(x, &t, &stays[i]);
        }
        if (!c->json)
            table_print(&t, &c->out);
    }
    if (!c->json && !c->quiet && count)
        term_add(&c->out, STR("Joined and left: as events of the source say; times as shown. Where "
                              "a source has no such events, absence says nothing.\n"));
}

/* ---- activity ----------------------------------------------------------------------------------- */

static void print_bar(struct cli *c, str label, uint64_t count, uint64_t most)
{
    term_addf(&c->out, "  %-9.*s %9s  ", (int)label.n, label.p, number_text(&c->arena, count).p);
    const uint64_t eighths = most ? count * BAR_COLUMNS * 8 / most : 0;
    bar_add(&c->out, count && !eighths ? 1 : eighths);
    term_add(&c->out, STR("\n"));
}

static uint64_t highest(const uint64_t *counts, size_t count)
{
    uint64_t most = 0;
    for (size_t i = 0; i < count; i++)
        most = counts[i] > most ? counts[i] : most;
    return most;
}

static void print_hours(struct cli *c, const struct activity *act)
{
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    uint64_t most = highest(act->hours, 24);
    term_add(&c->out, STR("\nby hour, as shown\n"));
    for (int i = 0; i < 24; i++)
        print_bar(c, arena_printf(&c->arena, "%02d:00", i), act->hours[i], most);
    most = highest(act->weekdays, 7);
    term_add(&c->out, STR("\nby weekday\n"));
    for (int i = 0; i < 7; i++)
        print_bar(c, str_of(days[i]), act->weekdays[i], most);
}

static void print_months(struct cli *c, const struct activity *act)
{
    char date[CIVIL_TEXT];
    uint64_t most = 0;
    for (size_t i = 0; i < act->month_count; i++)
        most = act->months[i].messages > most ? act->months[i].messages : most;
    term_add(&c->out, STR("\nby month\n"));
    for (size_t i = 0; i < act->month_count; i++) {
        const str label = str_of(civil_print_date(date, act->months[i].from_wall_ms));
        print_bar(c, str_sub(label, 0, 7), act->months[i].messages, most);
    }
}

static void print_activity(struct cli *c, const struct activity *act)
{
    char median[CIVIL_TEXT], quarter[CIVIL_TEXT], three[CIVIL_TEXT];
    print_hours(c, act);
    print_months(c, act);
    if (act->undated)
        term_addf(&c->out, STR_FMT " without a time\n",
                  STR_ARG(count_text(&c->arena, act->undated, "message", "messages")));
    if (!act->responses || c->quiet)
        return;
    term_addf(&c->out,
              "\nanswers after %s (median of %" PRIu64
              "; half of them between %s and %s): the pause before a message that follows somebody "
              "else's in the same conversation, if it is shorter than %d hours\n",
              civil_print_duration(median, act->response_median_ms), act->responses,
              civil_print_duration(quarter, act->response_quarter_ms),
              civil_print_duration(three, act->response_three_quarters_ms), RESPONSE_HOURS);
}

static void json_counts(struct json *j, const char *key, const uint64_t *counts, size_t count)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < count; i++)
        json_int(j, (int64_t)counts[i]);
    json_end(j);
}

static void json_activity(struct cli *c, const struct activity *act)
{
    char date[CIVIL_TEXT];
    struct json j = cli_json(c, "activity");
    json_key(&j, "messages");
    json_int(&j, (int64_t)act->messages);
    json_key(&j, "undated");
    json_int(&j, (int64_t)act->undated);
    json_counts(&j, "hours", act->hours, 24);
    json_counts(&j, "weekdays", act->weekdays, 7);
    json_key(&j, "months");
    json_array(&j);
    for (size_t i = 0; i < act->month_count; i++) {
        json_object(&j);
        json_key(&j, "month");
        json_text(&j, str_sub(str_of(civil_print_date(date, act->months[i].from_wall_ms)), 0, 7));
        json_key(&j, "messages");
        json_int(&j, (int64_t)act->months[i].messages);
        json_end(&j);
    }
    json_end(&j);
    json_key(&j, "responses");
    json_int(&j, (int64_t)act->responses);
    json_key(&j, "response_median_ms");
    json_int(&j, act->response_median_ms);
    json_key(&j, "response_quarter_ms");
    json_int(&j, act->response_quarter_ms);
    json_key(&j, "response_three_quarters_ms");
    json_int(&j, act->response_three_quarters_ms);
    cli_json_end(c, &j);
}

/* ---- all ---------------------------------------------------------------------------------------- */

static enum status show(struct showing *x, const int64_t *ids, size_t id_count, size_t *count,
                        struct err *e)
{
    struct arena *const a = &x->c->arena;
    struct activity act;
    struct stay *stays;
    enum status st = store_participants(x->s, a, &x->people, &x->people_count, e);
    if (st == OK)
        st = store_conversations(x->s, a, &x->conversations, &x->conversation_count, e);
    if (st == OK)
        st = presence_stays(x->s, ids, id_count, a, &stays, count, e);
    if (st != OK)
        return st;
    print_stays(x, stays, *count);
    if (!id_count)
        return OK;
    st = presence_activity(x->s, ids, id_count, a, &act, e);
    if (st == OK && x->c->json)
        json_activity(x->c, &act);
    else if (st == OK)
        print_activity(x->c, &act);
    return st;
}

enum exit_status people_presence(struct cli *c)
{
    struct err e = {0};
    struct showing x = {.c = c};
    int64_t *ids = NULL;
    size_t id_count = 0, count = 0;
    enum status st = store_open(&x.s, cli_archive_path(c), STORE_READ, &e);
    if (st == OK && c->opts.arg_count > 1)
        st = who_find(x.s, people_words(c, 1), &c->arena, &ids, &id_count, &e);
    if (st == OK)
        st = show(&x, ids, id_count, &count, &e);
    store_close(x.s);
    if (st != OK)
        return cli_fail(c, &e);
    return count ? EXIT_DONE : EXIT_NOTHING;
}
