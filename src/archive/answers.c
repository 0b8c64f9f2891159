/* See answers.h. */
#include "answers.h"

#include "publish.h"

#include <string.h>

const char *utc_print(char out[CIVIL_TEXT], int64_t utc_ms)
{
    civil_print(out, utc_ms);
    char *const blank = strchr(out, ' ');
    if (blank)
        *blank = 'T';
    const size_t n = strlen(out);
    if (n + 1 < CIVIL_TEXT) {
        out[n] = 'Z';
        out[n + 1] = '\0';
    }
    return out;
}

static const char *severity_name(enum issue_severity severity)
{
    switch (severity) {
    case ISSUE_NOTE: return "note";
    case ISSUE_WARN: return "warning";
    case ISSUE_ERROR: return "error";
    }
    return "";
}

static void add_text(struct json *j, const char *key, str value)
{
    json_key(j, key);
    json_text(j, value);
}

static void add_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

/* ---- messages ------------------------------------------------------------------------------- */

void answer_stamp(struct json *j, const char *key, int64_t wall_ms)
{
    char text[CIVIL_TEXT];
    json_key(j, key);
    if (wall_ms == TIME_NONE)
        json_null(j);
    else
        json_text(j, str_of(civil_print(text, wall_ms)));
}

static void json_time(struct json *j, const struct message *m)
{
    char text[CIVIL_TEXT];
    answer_stamp(j, "time", m->time.wall_ms);
    json_key(j, "time_shown");
    json_text(j, m->time_shown);
    json_key(j, "utc");
    if (m->time.utc_ms == TIME_NONE)
        json_null(j);
    else
        json_text(j, str_of(utc_print(text, m->time.utc_ms)));
    json_key(j, "basis");
    json_text(j, str_of(time_basis_name(m->time.basis)));
    json_key(j, "ambiguous");
    json_bool(j, m->time.ambiguous);
}

static void json_flags(struct json *j, uint32_t flags)
{
    json_key(j, "flags");
    json_array(j);
    for (uint32_t bit = 1; message_flag_name(bit); bit <<= 1)
        if (flags & bit)
            json_text(j, str_of(message_flag_name(bit)));
    json_end(j);
}

void answer_message(struct json *j, const struct stored *m)
{
    char citation[CITATION_TEXT];
    const struct message *const r = &m->message;
    json_key(j, "id");
    json_int(j, m->row);
    json_key(j, "citation");
    json_text(j, str_of(message_citation(citation, r->time.wall_ms, m->content_id)));
    json_key(j, "conversation");
    json_text(j, r->conversation);
    json_key(j, "title");
    json_text(j, m->conversation_title);
    json_key(j, "kind");
    json_text(j, str_of(message_kind_name(r->kind)));
    json_key(j, "sender");
    json_text(j, r->sender);
    json_key(j, "sender_name");
    json_text(j, r->sender_name.n ? r->sender_name : r->sender);
    if (m->person.n) {
        json_key(j, "person");
        json_text(j, m->person);
    }
    if (m->hands.n) {
        json_key(j, "hands");
        json_text(j, m->hands);
    }
    json_time(j, r);
    json_flags(j, r->flags);
    publish_json_details(j, r);
    json_key(j, "witnesses");
    json_int(j, m->witnesses);
    json_key(j, "text");
    json_text(j, r->text);
}

void answer_marks(struct json *j, const struct span *marks, size_t count)
{
    json_key(j, "marks");
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_array(j);
        json_int(j, (int64_t)marks[i].at);
        json_int(j, (int64_t)marks[i].end);
        json_end(j);
    }
    json_end(j);
}

void answer_view(struct json *j, const struct view *v)
{
    answer_message(j, &v->message);
    json_key(j, "sources");
    json_array(j);
    for (size_t i = 0; i < v->witness_count; i++)
        publish_json_witness(j, &v->witnesses[i]);
    json_end(j);
    if (v->answered)
        add_int(j, "answers", v->answered->row);
}

/* ---- searches and lists --------------------------------------------------------------------- */

void answer_search(struct json *j, str query, const struct search_facts *f)
{
    add_text(j, "query", query);
    add_text(j, "read_as", f->read_as);
    add_text(j, "notes", f->notes);
    add_int(j, "count", (int64_t)f->count);
    if (f->progress.partial) { /* a part of the archive only: at least `count` */
        json_key(j, "partial");
        json_bool(j, true);
        add_int(j, "looked_through", (int64_t)f->progress.looked);
        add_int(j, "of", (int64_t)f->progress.of);
    }
    if (f->zone.n)
        add_text(j, "zone", f->zone);
    answer_stamp(j, "first", f->first_wall_ms);
    answer_stamp(j, "last", f->last_wall_ms);
    if (f->explain.n)
        add_text(j, "explain", f->explain);
    if (!f->count)
        add_text(j, "blame", f->blame);
}

void answer_archive(struct json *j, const struct archive_facts *f)
{
    const struct {
        const char *key;
        int64_t value;
    } numbers[] = {
        {"messages", f->messages},         {"events", f->events},
        {"participants", f->participants}, {"conversations", f->conversations},
        {"sources", f->sources},           {"issues", f->issues},
        {"size", f->size_bytes},           {"schema", f->schema_version},
    };
    json_key(j, "path");
    json_text(j, str_of(f->path));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_key(j, numbers[i].key);
        json_int(j, numbers[i].value);
    }
    answer_stamp(j, "first", f->first_wall_ms);
    answer_stamp(j, "last", f->last_wall_ms);
    json_key(j, "zone");
    json_text(j, f->zone_name);
    json_key(j, "basis");
    json_text(j, str_of(time_basis_name(f->basis)));
}

void answer_source(struct json *j, const struct source_row *s)
{
    char hex[SHA256_HEX], utc[CIVIL_TEXT];
    const struct {
        const char *key;
        str value;
    } texts[] = {
        {"name", s->name},
        {"path", s->path},
        {"format", s->format},
        {"format_version", s->format_version},
        {"zone", s->zone_name},
        {"clock_zone", s->clock_zone},
        {"sha256", str_of(sha256_hex(hex, &s->digest))},
        {"imported", str_of(utc_print(utc, s->imported_at_ms))},
    };
    const struct {
        const char *key;
        uint64_t value;
    } numbers[] = {
        {"id", (uint64_t)s->id}, {"size", s->size_bytes},       {"messages", s->messages},
        {"events", s->events},   {"duplicates", s->duplicates}, {"issues", s->issues},
        {"counted", s->counted},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_key(j, texts[i].key);
        json_text(j, texts[i].value);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_key(j, numbers[i].key);
        json_int(j, (int64_t)numbers[i].value);
    }
}

void answer_issue(struct json *j, const struct issue_row *i)
{
    json_key(j, "id");
    json_int(j, i->id);
    json_key(j, "severity");
    json_text(j, str_of(severity_name(i->severity)));
    json_key(j, "code");
    json_text(j, i->code);
    json_key(j, "what");
    json_text(j, i->what);
    json_key(j, "way_out");
    json_text(j, i->way_out);
    json_key(j, "source");
    json_text(j, i->source_name);
    json_key(j, "member");
    json_text(j, i->locus.member);
    json_key(j, "at");
    json_int(j, (int64_t)i->locus.at);
    json_key(j, "length");
    json_int(j, (int64_t)i->locus.length);
    json_key(j, "line");
    json_int(j, (int64_t)i->locus.line);
}
