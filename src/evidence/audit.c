/*
 * Reading all sources of an archive again and comparing. Whatever cannot be read or does not fit is
 * a finding in a sentence; the audit itself goes on.
 */
#include "audit.h"

#include <string.h>

#include "audit_compare.h"
#include "importer.h"
#include "zone.h"

struct audit {
    struct store *store;
    struct audit_report *report;
    struct findings findings;
};

static str short_name(const struct source_row *source)
{
    return str_sub(source->name, 0, 200);
}

/* ---- one source ------------------------------------------------------------------------------- */

static void check_whole(struct audit *a, const struct source_row *source,
                        const struct import_report *now)
{
    if (!sha256_eq(&source->digest, &now->digest))
        finding_add(&a->findings, 0, source->id,
                    STR_FMT " is not the file that was imported: its SHA-256 differs",
                    STR_ARG(short_name(source)));
    if (source->size_bytes != now->bytes || source->messages != now->messages ||
        source->events != now->events || source->counted != now->counted)
        finding_add(&a->findings, 0, source->id,
                    STR_FMT " has another size or another number of records than was stored",
                    STR_ARG(short_name(source)));
}

static enum status compare_source(struct audit *a, const struct source_row *source,
                                  const struct importer *format, struct source *file,
                                  struct zone *zone, struct err *e)
{
    const struct import_options options = {.zone = zone};
    struct import_report now = {.messages = 0};
    struct arena arena = {.first = NULL};
    struct compare c;
    struct err failure = {.code = OK};
    enum status st = compare_begin(&c, a->store, source, &a->findings, &arena, e);
    if (st == OK) {
        st = importer_read(format, file, &options, &c.sink, &now, &failure);
        if (st == OK)
            check_whole(a, source, &now);
        else if (st != ERR_DB) /* the archive's own failure ends the audit; a file's is a finding */
            finding_add(&a->findings, 0, source->id, STR_FMT " cannot be read as it was: %.300s",
                        STR_ARG(short_name(source)), failure.msg);
        if (st == ERR_DB)
            *e = failure;
        compare_end(&c, st == OK);
        a->report->proved += c.proved;
        a->report->witnesses_proved += c.witnesses_proved;
    }
    arena_free(&arena);
    return st == ERR_DB ? st : OK;
}

/* Why it could not even be opened, as a finding. */
static void unread(struct audit *a, const struct source_row *source, const struct err *why)
{
    a->report->sources_unread++;
    finding_add(&a->findings, 0, source->id, STR_FMT " cannot be proved: %.300s",
                STR_ARG(short_name(source)), why->msg);
}

static enum status audit_source(struct audit *a, const struct source_row *source, struct err *e)
{
    struct err why = {.code = OK};
    struct source *file = NULL;
    struct zone *zone = NULL;
    struct arena arena = {.first = NULL};
    if (!source->path.n) {
        a->report->sources_unread++; /* standard input */
        return OK;
    }
    const struct importer *format = importer_find(source->format);
    enum status st = OK;
    if (!format)
        st = fail(&why, ERR_MISSING, "this program cannot read \"" STR_FMT "\"",
                  STR_ARG(str_sub(source->format, 0, 60)));
    if (st == OK)
        st = source_open(&file, arena_cstr(&arena, source->path), &why);
    if (st == OK && source->zone_name.n)
        st = zone_open(&zone, source->zone_name, &why);
    if (st == OK)
        st = compare_source(a, source, format, file, zone, e);
    else
        unread(a, source, &why);
    zone_close(zone);
    source_close(file);
    arena_free(&arena);
    return why.code == OK ? st : OK;
}

/* ---- the archive itself ------------------------------------------------------------------------ */

/* A disagreement inside the archive is what an audit is for: a finding, never its failure. */
static void check_tables(struct audit *a)
{
    struct err why = {.code = OK};
    if (store_check_tables(a->store, &why) != OK)
        finding_add(&a->findings, 0, 0, "%.400s", why.msg);
}

/* FTS5 checks itself through an INSERT. An archive on a medium that cannot be written to keeps its
   index unchecked. */
static void check_index(struct audit *a, const char *path)
{
    struct err why = {.code = OK};
    struct store *s;
    if (store_open(&s, path, STORE_WRITE, &why) != OK)
        return;
    a->report->index_checked = true;
    a->report->index_agrees = store_check_index(s, &why) == OK;
    if (!a->report->index_agrees)
        finding_add(&a->findings, 0, 0, "%.400s", why.msg);
    store_close(s);
}

static enum status audit_sources(struct audit *a, struct err *e)
{
    struct arena arena = {.first = NULL};
    struct source_row *sources = NULL;
    size_t count = 0;
    enum status st = store_sources(a->store, &arena, &sources, &count, e);
    for (size_t i = 0; i < count && st == OK; i++) {
        a->report->sources++;
        a->report->witnesses += sources[i].messages + sources[i].events;
        st = audit_source(a, &sources[i], e);
    }
    arena_free(&arena);
    return st;
}

enum status audit_run(const char *archive_path, struct arena *arena, struct audit_report *out,
                      struct err *e)
{
    *out = (struct audit_report){.messages = 0};
    struct audit *a = arena_alloc(arena, sizeof *a);
    a->report = out;
    a->findings.arena = arena;
    enum status st = store_open(&a->store, archive_path, STORE_READ, e);
    if (st != OK)
        return st;
    out->messages = (uint64_t)columns_rows(store_columns(a->store));
    st = audit_sources(a, e);
    if (st == OK)
        check_tables(a);
    store_close(a->store);
    if (st == OK)
        check_index(a, archive_path);
    out->findings = a->findings.items;
    out->finding_count = a->findings.count;
    return st;
}
