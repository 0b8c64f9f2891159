/* What is in the archive, for scripts: messages, conversations, people, sources, issues. */
#include <string.h>

#include "api.h"
#include "draft_check.h"

enum { NEIGHBOURS_MAX = 500, AFTER = 100 };

enum status api_archive(struct web *w, struct err *e)
{
    struct archive_facts f;
    const enum status st = web_facts(w, &f, e);
    if (st != OK)
        return st;
    struct json j = api_begin(w, "archive");
    answer_archive(&j, &f);
    api_end(w, &j);
    return OK;
}

/* ---- messages ------------------------------------------------------------------------------- */

static void add_messages(struct json *j, const char *key, const struct stored *rows, size_t count)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_object(j);
        answer_message(j, &rows[i]);
        json_end(j);
    }
    json_end(j);
}

static enum status answer_row(struct web *w, int64_t row, const char *type, struct err *e)
{
    struct view v;
    const bool whole = strcmp(type, "conversation") == 0;
    const int before = (int)web_number(w, "before", 0, NEIGHBOURS_MAX);
    const int after = (int)web_number(w, "after", whole ? AFTER : 0, NEIGHBOURS_MAX);
    const enum status st = archive_view(w->archive, row, before, after, &w->arena, &v, e);
    if (st != OK)
        return st;
    struct json j = api_begin(w, type);
    add_messages(&j, "before", v.before, v.before_count);
    json_key(&j, "message");
    json_object(&j);
    answer_view(&j, &v);
    json_end(&j);
    add_messages(&j, "after", v.after, v.after_count);
    api_end(w, &j);
    return OK;
}

enum status api_message(struct web *w, struct err *e)
{
    int64_t row = 0;
    const enum status st = archive_resolve(w->archive, web_param(w, "id"), &row, e);
    return st == OK ? answer_row(w, row, "message", e) : st;
}

/* From its first message on, or around `at`. */
enum status api_conversation(struct web *w, struct err *e)
{
    struct conversation_row *rows;
    size_t count;
    const int64_t id = web_number(w, "id", 0, INT64_MAX);
    const enum status st = archive_conversations(w->archive, &w->arena, &rows, &count, e);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id)
            return answer_row(w, web_number(w, "at", rows[i].first_row, INT64_MAX), "conversation",
                              e);
    return fail(e, ERR_MISSING, "there is no such conversation in this archive");
}

/* ---- lists ---------------------------------------------------------------------------------- */

static enum status add_span(struct web *w, struct json *j, const struct span_of *of, struct err *e)
{
    int64_t first = TIME_NONE, last = TIME_NONE;
    const enum status st = archive_span(w->archive, of, &first, &last, e);
    answer_stamp(j, "first", first);
    answer_stamp(j, "last", last);
    return st;
}

enum status api_people(struct web *w, struct err *e)
{
    struct participant_row *rows;
    size_t count;
    enum status st = archive_people(w->archive, &w->arena, &rows, &count, e);
    if (st != OK)
        return st;
    struct json j = api_begin(w, "people");
    json_key(&j, "people");
    json_array(&j);
    for (size_t i = 0; i < count && st == OK; i++) {
        const struct participant_row *p = &rows[i];
        const struct span_of of = {COLUMN_SENDER, p->id, p->first_row, p->last_row};
        json_object(&j);
        api_int(&j, "id", p->id);
        api_text(&j, "name", p->name);
        api_text(&j, "key", p->key);
        api_int(&j, "messages", (int64_t)p->messages);
        api_int(&j, "events", (int64_t)p->events);
        st = add_span(w, &j, &of, e);
        json_end(&j);
    }
    json_end(&j);
    api_end(w, &j);
    return st;
}

enum status api_conversations(struct web *w, struct err *e)
{
    struct conversation_row *rows;
    size_t count;
    enum status st = archive_conversations(w->archive, &w->arena, &rows, &count, e);
    if (st != OK)
        return st;
    struct json j = api_begin(w, "conversations");
    json_key(&j, "conversations");
    json_array(&j);
    for (size_t i = 0; i < count && st == OK; i++) {
        const struct conversation_row *c = &rows[i];
        const struct span_of of = {COLUMN_CONVERSATION, c->id, c->first_row, c->last_row};
        json_object(&j);
        api_int(&j, "id", c->id);
        api_text(&j, "name", c->title);
        api_text(&j, "key", c->key);
        api_int(&j, "messages", (int64_t)c->messages);
        api_int(&j, "events", (int64_t)c->events);
        api_int(&j, "participants", c->participants);
        st = add_span(w, &j, &of, e);
        json_end(&j);
    }
    json_end(&j);
    api_end(w, &j);
    return st;
}

enum status api_sources(struct web *w, struct err *e)
{
    struct source_row *rows;
    size_t count;
    const enum status st = archive_sources(w->archive, &w->arena, &rows, &count, e);
    if (st != OK)
        return st;
    struct json j = api_begin(w, "sources");
    json_key(&j, "sources");
    json_array(&j);
    for (size_t i = 0; i < count; i++) {
        json_object(&j);
        answer_source(&j, &rows[i]);
        json_end(&j);
    }
    json_end(&j);
    api_end(w, &j);
    return OK;
}

enum status api_issues(struct web *w, struct err *e)
{
    struct issue_row *rows;
    size_t count;
    const enum status st = archive_issues(w->archive, &w->arena, &rows, &count, e);
    if (st != OK)
        return st;
    struct json j = api_begin(w, "issues");
    json_key(&j, "issues");
    json_array(&j);
    for (size_t i = 0; i < count; i++) {
        json_object(&j);
        answer_issue(&j, &rows[i]);
        json_end(&j);
    }
    json_end(&j);
    api_end(w, &j);
    return OK;
}

/* ---- a quotation ---------------------------------------------------------------------------- */

enum status api_verify(struct web *w, struct err *e)
{
    struct verifier *verifier = NULL;
    struct verdict v;
    struct claim c = {.quote = web_param(w, "quote"),
                      .speaker = web_param(w, "by"),
                      .date = web_param(w, "on"),
                      .when = {TIME_NONE, TIME_NONE},
                      .conversation = web_param(w, "in")};
    enum status st = OK;
    if (!str_trim(c.quote).n)
        return fail(e, ERR_QUERY, "quote= holds the words to check");
    if (c.date.n)
        st = date_range_parse(c.date, w->request->now_wall_ms, &c.when, e);
    if (st == OK)
        st = verifier_open(&verifier, archive_store(w->archive), e);
    if (st == OK)
        st = verify_quote(verifier, &c, &w->arena, &v, e);
    if (st == OK) {
        struct json j = api_begin(w, "verdict");
        answer_verdict(&j, &c, &v);
        api_end(w, &j);
    }
    verifier_close(verifier);
    return st;
}
