/* stet first, stet last: the ends of what matches. */
#include "answers.h"
#include "print_claims.h"
#include "print_message.h"
#include "words.h"

struct ending {
    struct claim_end end;
    struct searched searched;
    struct stored message; /* end.row */
};

static enum status find(struct cli *c, str query, bool last, struct ending *x, struct err *e)
{
    struct archive *a = NULL;
    struct claim_query q = {.text = query};
    enum status st = cli_now(c, &q.now_wall_ms, e);
    if (st == OK)
        st = cli_open(c, &a, e);
    if (st == OK)
        st = claims_end(&x->end, archive_store(a), &q, last, &c->arena, e);
    if (st == OK)
        st = claims_searched(&x->searched, archive_store(a), &c->arena, e);
    if (st == OK && x->end.row)
        st = archive_message(a, x->end.row, &c->arena, &x->message, e);
    archive_close(a);
    return st;
}

static void print_end(struct cli *c, const struct ending *x, bool last)
{
    struct arena *const a = &c->arena;
    char id[CITATION_TEXT];
    const struct stored *const m = &x->message;
    const struct message_look look = {.since_previous_ms = TIME_NONE};
    print_conversation(c, m);
    print_one_message(c, m, &look);
    term_addf(&c->out, "\nThe %s of " STR_FMT " ", last ? "last" : "first",
              STR_ARG(count_text(a, x->end.count, "message that matches", "messages that match")));
    term_safe(&c->out, x->end.of);
    term_addf(&c->out, ": " STR_FMT ", by ", STR_ARG(stamp_text(a, m->message.time.wall_ms)));
    term_safe(&c->out, sender_text(&m->message));
    term_addf(&c->out, ". Stet %s\n", message_citation(id, m->message.time.wall_ms, m->content_id));
    if (x->end.undated)
        term_addf(&c->out, STR_FMT " more without a time: where they belong is not known.\n",
                  STR_ARG(number_text(a, x->end.undated)));
}

static void json_end_of(struct cli *c, const struct ending *x, bool last)
{
    struct json j = cli_json(c, last ? "last" : "first");
    json_key(&j, "query");
    json_text(&j, x->end.of);
    json_key(&j, "count");
    json_int(&j, (int64_t)x->end.count);
    json_key(&j, "undated");
    json_int(&j, (int64_t)x->end.undated);
    json_key(&j, "message");
    if (x->end.row) {
        json_object(&j);
        answer_message(&j, &x->message);
        json_end(&j);
    } else {
        json_null(&j);
    }
    json_claim_scope(&j, &x->searched);
    cli_json_end(c, &j);
}

static enum exit_status show_end(struct cli *c, bool last)
{
    struct err e = {0};
    struct ending x = {.end = {.count = 0}};
    str query = STR("");
    enum status st = cli_query(c, &query, &e);
    if (st == OK)
        st = find(c, query, last, &x, &e);
    if (st != OK)
        return cli_fail_query(c, &e, query);
    if (c->json) {
        json_end_of(c, &x, last);
    } else if (x.end.row) {
        print_end(c, &x, last);
    } else {
        term_add(&c->out,
                 x.end.count ? STR("What matches has no time.\n") : STR("Nothing matches "));
        if (!x.end.count) {
            term_safe(&c->out, x.end.of);
            term_add(&c->out, STR(".\n"));
        }
    }
    if (!c->json && !c->quiet)
        print_claim_scope(c, &x.searched);
    return x.end.row ? EXIT_DONE : EXIT_NOTHING;
}

enum exit_status cmd_first(struct cli *c)
{
    return show_end(c, false);
}

enum exit_status cmd_last(struct cli *c)
{
    return show_end(c, true);
}
