/*
 * Stet's own JSON Lines: everything that an archive knows of a message, one a line, so that another
 * archive can take it in without loss (src/import/stet_jsonl.c, docs/formats/stet-jsonl.md). The first
 * line says what the file is and how many records follow; a conversation and a source are described on a
 * line of their own before the first message that needs them.
 */
#include "exporter.h"

enum { FORMAT_VERSION = 1 };

struct jsonl {
    bool *source_told, *conversation_told; /* by index in the lists of the export */
    uint32_t *conversation_at;             /* index + 1 by id; 0: none */
    int64_t max_conversation;
};

static struct json begin_line(struct publishing *p, const char *type)
{
    struct json j = json_to(p->out);
    json_object(&j);
    json_key(&j, "type");
    json_text(&j, str_of(type));
    return j;
}

static void end_line(struct publishing *p, struct json *j)
{
    json_end(j);
    buf_add_byte(p->out, '\n');
}

static void put_text(struct json *j, const char *key, str text)
{
    json_key(j, key);
    json_text(j, text);
}

static void put_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

/* ---- what messages refer to ------------------------------------------------------------------- */

static void tell_source(struct publishing *p, const struct source_row *s)
{
    char hex[SHA256_HEX];
    struct json j = begin_line(p, "source");
    put_text(&j, "name", s->name);
    put_text(&j, "format", s->format);
    put_text(&j, "format_version", s->format_version);
    put_text(&j, "zone", s->zone_name);
    put_text(&j, "options", s->options);
    put_int(&j, "size", (int64_t)s->size_bytes);
    put_text(&j, "sha256", str_of(sha256_hex(hex, &s->digest)));
    end_line(p, &j);
}

static void tell_conversation(struct publishing *p, const struct conversation_row *c)
{
    struct json j = begin_line(p, "conversation");
    put_text(&j, "key", c->key);
    put_text(&j, "title", c->title);
    put_text(&j, "platform", c->platform);
    put_text(&j, "kind", c->type);
    json_key(&j, "loose");
    json_bool(&j, c->loose);
    end_line(p, &j);
}

/* Sources are in order of their ids, which are dense as long as nobody takes any out. */
static size_t source_index(const struct publishing *p, int64_t id)
{
    size_t low = 0, high = p->source_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (p->sources[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void tell_what_is_new(struct publishing *p, const struct published *m)
{
    const struct jsonl *x = p->state;
    for (size_t i = 0; i < m->witness_count; i++) {
        const size_t at = source_index(p, m->witnesses[i].source_id);
        if (at >= p->source_count || x->source_told[at])
            continue;
        x->source_told[at] = true;
        tell_source(p, &p->sources[at]);
    }
    const int64_t id = m->stored->conversation_id;
    const uint32_t at = id > 0 && id <= x->max_conversation ? x->conversation_at[id] : 0;
    if (!at || x->conversation_told[at - 1])
        return;
    x->conversation_told[at - 1] = true;
    tell_conversation(p, &p->conversations[at - 1]);
}

/* ---- a message -------------------------------------------------------------------------------- */

static void put_time(struct json *j, const struct message *m)
{
    char text[CIVIL_TEXT];
    put_text(j, "basis", str_of(time_basis_name(m->time.basis)));
    if (m->time.basis != BASIS_NONE) {
        put_text(j, "time", str_of(civil_print(text, m->time.wall_ms)));
        put_int(j, "utc_ms", m->time.utc_ms);
        put_int(j, "wall_ms", m->time.wall_ms);
    }
    if (m->time.ambiguous) {
        json_key(j, "ambiguous");
        json_bool(j, true);
    }
    if (m->time_shown.n)
        put_text(j, "time_shown", m->time_shown);
}

static void put_flags(struct json *j, uint32_t flags)
{
    json_key(j, "flags");
    json_array(j);
    for (uint32_t bit = 1; message_flag_name(bit); bit <<= 1) {
        if (flags & bit)
            json_text(j, str_of(message_flag_name(bit)));
    }
    json_end(j);
}

/* What the reader added; `stet marks` takes it into a colleague's archive by the citation. */
static void put_marks(struct json *j, const struct published *m)
{
    if (m->tag_count) {
        json_key(j, "tags");
        json_array(j);
        for (size_t i = 0; i < m->tag_count; i++)
            json_text(j, m->tags[i].name);
        json_end(j);
    }
    if (!m->note_count)
        return;
    json_key(j, "notes");
    json_array(j);
    for (size_t i = 0; i < m->note_count; i++)
        json_text(j, m->notes[i].text);
    json_end(j);
}

static enum status put_message(struct publishing *p, const struct published *m, struct err *e)
{
    char citation[CITATION_TEXT];
    const struct message *r = &m->stored->message;
    (void)e;
    tell_what_is_new(p, m);
    struct json j = begin_line(p, "message");
    put_text(&j, "kind", str_of(message_kind_name(r->kind)));
    put_text(&j, "conversation", r->conversation);
    put_text(&j, "sender", r->sender);
    put_text(&j, "sender_name", r->sender_name);
    put_time(&j, r);
    if (r->flags)
        put_flags(&j, r->flags);
    publish_json_details(&j, r);
    put_text(&j, "text", r->text);
    put_marks(&j, m);
    put_text(&j, "citation",
             str_of(message_citation(citation, r->time.wall_ms, m->stored->content_id)));
    json_key(&j, "witnesses");
    json_array(&j);
    for (size_t i = 0; i < m->witness_count; i++)
        publish_json_witness(&j, &m->witnesses[i]);
    json_end(&j);
    end_line(p, &j);
    return OK;
}

/* ---- begin and end ---------------------------------------------------------------------------- */

static enum status begin(struct publishing *p, struct err *e)
{
    struct jsonl *x = arena_alloc(&p->arena, sizeof *x);
    (void)e;
    x->source_told = arena_array(&p->arena, p->source_count + 1, sizeof *x->source_told);
    x->conversation_told =
        arena_array(&p->arena, p->conversation_count + 1, sizeof *x->conversation_told);
    for (size_t i = 0; i < p->conversation_count; i++) {
        if (p->conversations[i].id > x->max_conversation)
            x->max_conversation = p->conversations[i].id;
    }
    x->conversation_at =
        arena_array(&p->arena, (size_t)x->max_conversation + 1, sizeof *x->conversation_at);
    for (size_t i = 0; i < p->conversation_count; i++)
        x->conversation_at[p->conversations[i].id] = (uint32_t)i + 1;
    p->state = x;

    struct json j = json_to(p->out);
    json_object(&j);
    put_int(&j, "stet", FORMAT_VERSION);
    put_text(&j, "type", STR("export"));
    put_text(&j, "query", p->query);
    put_int(&j, "records", (int64_t)p->count);
    end_line(p, &j);
    return OK;
}

static enum status end(struct publishing *p, struct err *e)
{
    (void)p;
    (void)e;
    return OK;
}

const struct exporter exporter_jsonl = {
    .name = "jsonl",
    .title = "JSON Lines of Stet: everything, to take into another archive without loss",
    .begin = begin,
    .message = put_message,
    .end = end,
};
