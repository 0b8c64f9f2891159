/* stet between: how long from one message to another, and what was written in between. */
#include "answers.h"
#include "archive_claims.h"
#include "cli.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>

struct pair {
    struct stored from, to;
    struct claim_between between;
};

static enum status load(struct cli *c, struct pair *p, struct err *e)
{
    struct archive *a = NULL;
    int64_t from = 0, to = 0;
    enum status st = cli_open(c, &a, e);
    if (st == OK)
        st = archive_resolve(a, str_of(c->opts.args[0]), &from, e);
    if (st == OK)
        st = archive_resolve(a, str_of(c->opts.args[1]), &to, e);
    if (st == OK)
        st = claims_between(&p->between, archive_store(a), from, to, e);
    if (st == OK)
        st = archive_message(a, from, &c->arena, &p->from, e);
    if (st == OK)
        st = archive_message(a, to, &c->arena, &p->to, e);
    archive_close(a);
    return st;
}

static void print_who(struct cli *c, const struct stored *m)
{
    char id[CITATION_TEXT];
    term_safe(&c->out, sender_text(&m->message));
    term_addf(&c->out, ", " STR_FMT " (Stet %s)",
              STR_ARG(stamp_text(&c->arena, m->message.time.wall_ms)),
              message_citation(id, m->message.time.wall_ms, m->content_id));
}

/* "18 s", "2 days 4 h", and all of it in seconds where that is more. */
static void print_interval(struct cli *c, int64_t ms)
{
    char text[CIVIL_TEXT];
    const int64_t size = llabs(ms);
    term_addf(&c->out, "%s", civil_print_duration(text, size));
    if (size >= MS_PER_MINUTE)
        term_addf(&c->out, " (" STR_FMT " s)",
                  STR_ARG(number_text(&c->arena, (uint64_t)(size / MS_PER_SECOND))));
}

static void print_caution(struct cli *c, const struct claim_between *b)
{
    switch (b->kind) {
    case INTERVAL_UTC: break;
    case INTERVAL_CLOCK:
        if (llabs(b->interval_ms) >= MS_PER_HOUR)
            term_add(&c->out,
                     STR("By the clock as shown: its zone is not known. If it was changed in "
                         "between, the interval is an hour off.\n"));
        break;
    case INTERVAL_MIXED:
        term_add(&c->out,
                 STR("The zone of one of the two is not known: the interval may be hours off.\n"));
        break;
    }
    if (b->ambiguous)
        term_add(&c->out,
                 STR("One of the two stands in an hour that its zone has twice or never: the "
                     "interval may be an hour off.\n"));
    if (b->to_minutes)
        term_add(&c->out,
                 STR("Both stamps are whole minutes: the interval may be a minute off.\n"));
}

static void print_pair(struct cli *c, const struct pair *p)
{
    const struct claim_between *const b = &p->between;
    struct arena *const a = &c->arena;
    print_who(c, &p->to);
    if (b->interval_ms) {
        term_add(&c->out, STR("\ncame "));
        print_interval(c, b->interval_ms);
        term_add(&c->out, b->interval_ms < 0 ? STR(" before ") : STR(" after "));
    } else {
        term_add(&c->out, STR("\nshows the same time as "));
    }
    print_who(c, &p->from);
    term_add(&c->out, STR(".\n"));
    print_caution(c, b);
    if (c->quiet)
        return;
    if (b->one_conversation)
        term_addf(&c->out, "In between, in their conversation: " STR_FMT " by " STR_FMT ".\n",
                  STR_ARG(count_text(a, b->conversation_messages, "message", "messages")),
                  STR_ARG(count_text(a, b->conversation_participants, "person", "people")));
    else
        term_add(&c->out, STR("They stand in different conversations.\n"));
    if (!b->one_conversation || b->messages != b->conversation_messages)
        term_addf(&c->out, "In between, in the whole archive: " STR_FMT ".\n",
                  STR_ARG(count_text(a, b->messages, "message", "messages")));
}

static void json_one(struct json *j, const char *key, const struct stored *m)
{
    json_key(j, key);
    json_object(j);
    answer_message(j, m);
    json_end(j);
}

static const char *kind_name(enum interval_kind kind)
{
    switch (kind) {
    case INTERVAL_UTC: return "utc";
    case INTERVAL_CLOCK: return "clock";
    case INTERVAL_MIXED: return "mixed";
    }
    return "";
}

static void json_pair(struct cli *c, const struct pair *p)
{
    const struct claim_between *const b = &p->between;
    struct json j = cli_json(c, "between");
    json_key(&j, "interval_ms");
    json_int(&j, b->interval_ms);
    json_key(&j, "by");
    json_text(&j, str_of(kind_name(b->kind)));
    json_key(&j, "ambiguous");
    json_bool(&j, b->ambiguous);
    json_key(&j, "to_minutes");
    json_bool(&j, b->to_minutes);
    json_key(&j, "one_conversation");
    json_bool(&j, b->one_conversation);
    json_key(&j, "messages");
    json_int(&j, (int64_t)b->messages);
    json_key(&j, "events");
    json_int(&j, (int64_t)b->events);
    json_key(&j, "conversation_messages");
    json_int(&j, (int64_t)b->conversation_messages);
    json_key(&j, "conversation_participants");
    json_int(&j, (int64_t)b->conversation_participants);
    json_one(&j, "from", &p->from);
    json_one(&j, "to", &p->to);
    cli_json_end(c, &j);
}

enum exit_status cmd_between(struct cli *c)
{
    struct err e = {0};
    struct pair p = {.between = {.interval_ms = 0}};
    if (load(c, &p, &e) != OK)
        return cli_fail(c, &e);
    if (c->json)
        json_pair(c, &p);
    else
        print_pair(c, &p);
    return EXIT_DONE;
}
