/*
 * An evidence pack, file by file. What goes into it is in memory: a pack is something to send to somebody.
 */
#include "pack.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "custody.h"
#include "json.h"
#include "pack_zip.h"
#include "record_bytes.h"

#include "instructions.txt.h"
#include "verify.py.h"

struct packed_file {
    str name;
    uint64_t bytes;
    struct sha256_digest digest;
};

struct pack {
    struct store *store;
    const struct pack_options *options;
    struct pack_report *report;
    struct arena *arena;
    struct zip_out zip;
    struct packed_file *files;
    size_t file_count, file_cap;
    struct source_row *sources;
    size_t source_count;
    struct custody_proof proof;
    struct buf scratch;
};

static void add_file(struct pack *p, str name, str bytes)
{
    if (p->file_count == p->file_cap) {
        p->file_cap = p->file_cap ? 2 * p->file_cap : 64;
        struct packed_file *const more = arena_array(p->arena, p->file_cap, sizeof *more);
        if (p->file_count)
            memcpy(more, p->files, p->file_count * sizeof *more);
        p->files = more;
    }
    p->files[p->file_count++] =
        (struct packed_file){.name = name, .bytes = bytes.n, .digest = sha256_of(bytes)};
    zip_out_add(&p->zip, name, bytes);
}

static str file_name(struct pack *p, size_t n, const char *name)
{
    return arena_printf(p->arena, "messages/%03zu/%s", n + 1, name);
}

static const struct source_row *source_of(const struct pack *p, int64_t id)
{
    for (size_t i = 0; i < p->source_count; i++)
        if (p->sources[i].id == id)
            return &p->sources[i];
    return NULL;
}

/* ---- parts of JSON ------------------------------------------------------------------------------ */

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

static void put_digest(struct json *j, const char *key, const struct sha256_digest *d)
{
    char hex[SHA256_HEX];
    put_text(j, key, str_of(sha256_hex(hex, d)));
}

static void put_citation(struct json *j, const struct stored *x)
{
    char cite[CITATION_TEXT];
    put_text(j, "citation", str_of(message_citation(cite, x->message.time.wall_ms, x->content_id)));
}

/* A clock that is only read as UTC is no instant that anybody could rely on. */
static void put_utc(struct json *j, const struct message_time *t)
{
    char text[CIVIL_TEXT];
    json_key(j, "utc");
    if (t->basis == BASIS_NONE || t->basis == BASIS_ASSUMED)
        json_null(j);
    else
        json_text(j, str_of(civil_print(text, t->utc_ms)));
}

static str sender_name(const struct message *m)
{
    return m->sender_name.n ? m->sender_name : m->sender;
}

/* ---- time ---------------------------------------------------------------------------------------- */

static str zone_reason(struct pack *p, const struct message *m, const struct source_row *s)
{
    const char *const twice =
        m->time.ambiguous ? " This hour exists twice, or never, in that zone." : "";
    const str zone = s ? s->zone_name : STR("");
    const str clock = s ? s->clock_zone : STR("");
    switch (m->time.basis) {
    case BASIS_NONE: return STR("The source gives no time: only the order is known.");
    case BASIS_ASSUMED:
        return STR("The source shows a clock and no zone, and nobody stated one. It is read as "
                   "UTC, which may be wrong by up to 14 hours.");
    case BASIS_STATED:
        return arena_printf(p->arena,
                            "The source shows a clock and no zone. Whoever imported it stated the "
                            "zone " STR_FMT ".%s",
                            STR_ARG(zone), twice);
    case BASIS_INFERRED:
        return arena_printf(p->arena,
                            "The source shows a clock and no zone. The zone " STR_FMT
                            " was inferred from its messages.%s",
                            STR_ARG(clock), twice);
    case BASIS_SOURCE_UTC: return STR("The source itself gives UTC, or an offset from it.");
    case BASIS_COUNT: break;
    }
    return STR("");
}

static void put_time(struct pack *p, struct json *j, const struct message *m,
                     const struct source_row *s)
{
    char text[CIVIL_TEXT];
    put_text(j, "time_shown", m->time_shown);
    json_key(j, "clock");
    if (m->time.basis == BASIS_NONE)
        json_null(j);
    else
        json_text(j, str_of(civil_print(text, m->time.wall_ms)));
    put_utc(j, &m->time);
    put_text(j, "time_basis", str_of(time_basis_name(m->time.basis)));
    put_text(j, "time_is_known", zone_reason(p, m, s));
}

/* ---- places -------------------------------------------------------------------------------------- */

static void put_record(struct pack *p, struct json *j, size_t n, size_t place,
                       const struct witness *w, const struct source_row *s)
{
    struct err why = {0};
    str bytes = STR("");
    char name[40];
    const bool there = s && record_bytes(&bytes, s, w, p->arena, &why) == OK;
    str said = str_of(why.msg);
    if (!s)
        said = STR("the archive does not list the source");
    json_key(j, "file");
    if (there) {
        (void)snprintf(name, sizeof name, "record-%zu.bin", place + 1);
        json_text(j, str_of(name));
        add_file(p, file_name(p, n, name), bytes);
        p->report->records++;
        return;
    }
    json_null(j);
    put_text(j, "why", said);
    if (!p->report->records_missing++)
        p->report->why_missing = arena_dup(p->arena, said);
}

static enum status put_places(struct pack *p, struct json *j, size_t n, int64_t row, struct err *e)
{
    struct witness *w;
    size_t count = 0;
    const enum status st = store_witnesses(p->store, row, p->arena, &w, &count, e);
    json_key(j, "places");
    json_array(j);
    for (size_t i = 0; i < count && st == OK; i++) {
        const struct source_row *const s = source_of(p, w[i].source_id);
        json_object(j);
        put_text(j, "source_name", w[i].source_name);
        if (s)
            put_digest(j, "source_sha256", &s->digest);
        put_text(j, "member", w[i].locus.member);
        put_int(j, "first_byte", (int64_t)w[i].locus.at);
        put_int(j, "bytes", (int64_t)w[i].locus.length);
        put_int(j, "line", (int64_t)w[i].locus.line);
        put_digest(j, "record_sha256", &w[i].digest);
        put_record(p, j, n, i, &w[i], s);
        json_end(j);
    }
    json_end(j);
    return st;
}

/* ---- the messages around it ------------------------------------------------------------------------ */

static enum status put_neighbour(struct pack *p, struct json *j, int64_t row, struct err *e)
{
    struct stored x;
    const enum status st = store_message(p->store, row, p->arena, &x, e);
    if (st != OK)
        return st;
    json_object(j);
    put_int(j, "id", row);
    put_citation(j, &x);
    put_text(j, "time_shown", x.message.time_shown);
    put_text(j, "sender_name", sender_name(&x.message));
    put_text(j, "text", x.message.text);
    json_end(j);
    return OK;
}

static enum status put_around(struct pack *p, struct json *j, int64_t row, struct err *e)
{
    const int context = p->options->context;
    int64_t *rows;
    size_t count = 0, at = 0;
    enum status st = store_around(p->store, row, context, context, p->arena, &rows, &count, &at, e);
    json_key(j, "before");
    json_array(j);
    for (size_t i = 0; i < at && st == OK; i++)
        st = put_neighbour(p, j, rows[i], e);
    json_end(j);
    json_key(j, "after");
    json_array(j);
    for (size_t i = at + 1; i < count && st == OK; i++)
        st = put_neighbour(p, j, rows[i], e);
    json_end(j);
    return st;
}

/* ---- a message ------------------------------------------------------------------------------------- */

static void put_path(struct pack *p, struct json *j, size_t n)
{
    char hex[SHA256_HEX];
    json_key(j, "path");
    json_array(j);
    for (size_t i = 0; i < p->proof.lengths[n]; i++)
        json_text(j, str_of(sha256_hex(hex, &p->proof.paths[n][i])));
    json_end(j);
}

static enum status add_json(struct pack *p, size_t n, const struct stored *x, int64_t source_id,
                            struct err *e)
{
    struct buf text = buf_new(PACK_BYTES_MAX);
    struct json json = json_to(&text), *const j = &json;
    const struct message *const m = &x->message;
    json_object(j);
    put_int(j, "id", x->row);
    put_citation(j, x);
    put_text(j, "conversation", m->conversation);
    put_text(j, "conversation_title", x->conversation_title);
    put_text(j, "sender", m->sender);
    put_text(j, "sender_name", sender_name(m));
    put_text(j, "kind", str_of(message_kind_name(m->kind)));
    put_time(p, j, m, source_of(p, source_id));
    put_text(j, "platform_id", m->platform_id);
    enum status st = put_places(p, j, n, x->row, e);
    put_path(p, j, n);
    if (st == OK)
        st = put_around(p, j, x->row, e);
    json_end(j);
    buf_add_byte(&text, '\n');
    if (st == OK)
        add_file(p, file_name(p, n, "message.json"), arena_dup(p->arena, buf_str(&text)));
    buf_free(&text);
    return st;
}

static enum status add_message(struct pack *p, size_t n, struct err *e)
{
    const int64_t row = p->options->rows[n];
    struct stored x;
    enum status st = store_message(p->store, row, p->arena, &x, e);
    if (st != OK)
        return st;
    add_file(p, file_name(p, n, "text.txt"), x.message.text);
    buf_clear(&p->scratch);
    st = custody_message_leaf(&p->scratch, p->store, row, e);
    if (st != OK)
        return st;
    add_file(p, file_name(p, n, "leaf.txt"), buf_str(&p->scratch));
    return add_json(p, n, &x, column_at(store_columns(p->store), COLUMN_SOURCE, row), e);
}

/* ---- the manifest ---------------------------------------------------------------------------------- */

static void put_sources(struct pack *p, struct json *j)
{
    json_key(j, "sources");
    json_array(j);
    for (size_t i = 0; i < p->source_count; i++) {
        const struct source_row *const s = &p->sources[i];
        char text[CIVIL_TEXT];
        buf_clear(&p->scratch);
        custody_source_leaf(&p->scratch, s);
        json_object(j);
        put_text(j, "name", s->name);
        put_digest(j, "sha256", &s->digest);
        put_int(j, "bytes", (int64_t)s->size_bytes);
        put_text(j, "format", s->format);
        put_text(j, "zone_stated", s->zone_name);
        put_text(j, "zone_inferred", s->clock_zone);
        put_text(j, "imported_utc", str_of(civil_print(text, s->imported_at_ms)));
        put_int(j, "messages", (int64_t)s->messages);
        put_int(j, "events", (int64_t)s->events);
        put_int(j, "issues", (int64_t)s->issues);
        put_text(j, "leaf", buf_str(&p->scratch));
        json_end(j);
    }
    json_end(j);
}

static void put_files(struct pack *p, struct json *j)
{
    json_key(j, "files");
    json_array(j);
    for (size_t i = 0; i < p->file_count; i++) {
        json_object(j);
        put_text(j, "name", p->files[i].name);
        put_int(j, "bytes", (int64_t)p->files[i].bytes);
        put_digest(j, "sha256", &p->files[i].digest);
        json_end(j);
    }
    json_end(j);
}

static void add_manifest(struct pack *p, const struct custody_roots *roots)
{
    struct buf text = buf_new(PACK_BYTES_MAX);
    struct json json = json_to(&text), *const j = &json;
    json_object(j);
    put_int(j, "stet_evidence", 1);
    put_digest(j, "root", &roots->root);
    put_digest(j, "sources_root", &roots->sources_root);
    put_digest(j, "messages_root", &roots->messages_root);
    put_int(j, "messages_count", (int64_t)roots->messages);
    put_sources(p, j);
    json_key(j, "messages");
    json_array(j);
    for (size_t i = 0; i < p->options->count; i++)
        json_text(j, arena_printf(p->arena, "messages/%03zu", i + 1));
    json_end(j);
    put_files(p, j);
    json_end(j);
    buf_add_byte(&text, '\n');
    p->report->manifest = sha256_of(buf_str(&text));
    zip_out_add(&p->zip, STR("manifest.json"), buf_str(&text));
    buf_free(&text);
}

/* ---- the pack -------------------------------------------------------------------------------------- */

static enum status check_options(const struct pack_options *o, int64_t rows, struct err *e)
{
    if (o->count > PACK_MESSAGES_MAX)
        return fail(e, ERR_LIMIT, "a pack holds at most %d messages", PACK_MESSAGES_MAX);
    if (o->context < 0 || o->context > PACK_CONTEXT_MAX)
        return fail(e, ERR_LIMIT, "at most %d messages around each", PACK_CONTEXT_MAX);
    for (size_t i = 0; i < o->count; i++)
        if (o->rows[i] < 1 || o->rows[i] > rows)
            return fail(e, ERR_MISSING, "there is no message %" PRId64, o->rows[i]);
    return OK;
}

static enum status fill(struct pack *p, struct err *e)
{
    const struct pack_options *const o = p->options;
    enum status st = store_sources(p->store, p->arena, &p->sources, &p->source_count, e);
    p->proof = (struct custody_proof){.rows = o->rows, .count = o->count};
    if (st == OK)
        st = custody_prove(&p->proof, p->store, p->arena, e);
    if (st != OK)
        return st;
    add_file(p, STR("INSTRUCTIONS.txt"),
             (str){(const char *)asset_instructions_txt, asset_instructions_txt_size});
    add_file(p, STR("verify.py"), (str){(const char *)asset_verify_py, asset_verify_py_size});
    for (size_t i = 0; i < o->count && st == OK; i++)
        st = add_message(p, i, e);
    if (st != OK)
        return st;
    add_manifest(p, &p->proof.roots);
    p->report->root = p->proof.roots.root;
    p->report->files = p->file_count + 1;
    zip_out_end(&p->zip);
    return p->zip.out->full ? fail(e, ERR_LIMIT, "the pack is larger than %d bytes", PACK_BYTES_MAX)
                            : OK;
}

enum status pack_make(struct buf *out, struct store *s, const struct pack_options *o,
                      struct arena *a, struct pack_report *report, struct err *e)
{
    struct pack p = {.store = s,
                     .options = o,
                     .report = report,
                     .arena = a,
                     .zip = zip_out_to(out, a),
                     .scratch = buf_new(PACK_BYTES_MAX)};
    *report = (struct pack_report){.why_missing = STR("")};
    enum status st = check_options(o, columns_rows(store_columns(s)), e);
    if (st == OK)
        st = fill(&p, e);
    buf_free(&p.scratch);
    return st;
}
