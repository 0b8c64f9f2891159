/*
 * Reading all sources of an archive again and comparing. Whatever cannot be read or does not fit is
 * a finding in a sentence; the audit itself goes on.
 */
#include "audit.h"

#include <stdlib.h>

#include "audit_bundle.h"
#include "audit_bytes.h"

/* ---- the archive itself --------------------------------------------------------------------- */

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

/* ---- sources -------------------------------------------------------------------------------- */

static int together(const struct source_row *x, const struct source_row *y)
{
    int order = str_cmp(x->bundle.n ? x->bundle : x->path, y->bundle.n ? y->bundle : y->path);
    if (!order)
        order = str_cmp(x->zone_name, y->zone_name);
    return order ? order : str_cmp(x->options, y->options);
}

static int in_order(const void *a, const void *b)
{
    const struct source_row *const x = *(struct source_row *const *)a;
    const struct source_row *const y = *(struct source_row *const *)b;
    int order = together(x, y);
    if (!order)
        order = str_cmp(x->path, y->path);
    if (order)
        return order;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* What was handed over together is read together. */
static enum status audit_rows(struct audit *a, struct source_row **rows, size_t count,
                              struct err *e)
{
    enum status st = OK;
    if (count)
        qsort(rows, count, sizeof *rows, in_order);
    for (size_t first = 0, next; first < count && st == OK; first = next) {
        for (next = first + 1; next < count && together(rows[first], rows[next]) == 0;)
            next++;
        st = audit_bundle(a, rows + first, next - first, e);
    }
    return st;
}

static enum status audit_sources(struct audit *a, struct err *e)
{
    struct arena arena = {.first = NULL};
    struct source_row *sources = NULL;
    size_t count = 0, named = 0;
    enum status st = store_sources(a->store, &arena, &sources, &count, e);
    struct source_row **const rows = arena_array(&arena, count + 1, sizeof *rows);
    for (size_t i = 0; i < count && st == OK; i++) {
        a->report->sources++;
        a->report->witnesses += sources[i].messages + sources[i].events;
        if (sources[i].path.n)
            rows[named++] = &sources[i];
        else
            a->report->sources_unread++; /* standard input */
    }
    if (st == OK)
        st = audit_rows(a, rows, named, e);
    arena_free(&arena);
    return st;
}

/* The log is no part of the evidence, but whoever touches the archive by hand breaks it. */
static enum status check_custody(struct audit *a, struct arena *arena, struct err *e)
{
    struct custody_verdict *const v = &a->report->custody;
    const enum status st = custody_check(v, a->store, arena, e);
    a->report->custody_checked = st == OK;
    if (st == OK && v->what.n)
        finding_add(&a->findings, 0, 0, STR_FMT, STR_ARG(str_sub(v->what, 0, 400)));
    return st;
}

static enum status run_level(struct audit *a, const struct audit_options *o, struct arena *arena,
                             struct err *e)
{
    switch (o->level) {
    case AUDIT_SOURCES: return audit_hash_sources(a, e);
    case AUDIT_SAMPLE: return audit_sample(a, o, e);
    case AUDIT_ALL:
    case AUDIT_QUICK: break;
    }
    enum status st = o->level == AUDIT_ALL ? audit_sources(a, e) : OK;
    if (st == OK)
        check_tables(a);
    return st == OK ? check_custody(a, arena, e) : st;
}

enum status audit_run_level(const char *archive_path, const struct audit_options *o,
                            struct arena *arena, struct audit_report *out, struct err *e)
{
    *out = (struct audit_report){.messages = 0};
    struct audit *a = arena_alloc(arena, sizeof *a);
    a->report = out;
    a->findings.arena = arena;
    enum status st = store_open(&a->store, archive_path, STORE_READ, e);
    if (st != OK)
        return st;
    out->messages = (uint64_t)columns_rows(store_columns(a->store));
    st = run_level(a, o, arena, e);
    store_close(a->store);
    if (st == OK && (o->level == AUDIT_ALL || o->level == AUDIT_QUICK))
        check_index(a, archive_path);
    out->findings = a->findings.items;
    out->finding_count = a->findings.count;
    return st;
}

enum status audit_run(const char *archive_path, struct arena *arena, struct audit_report *out,
                      struct err *e)
{
    const struct audit_options all = {.level = AUDIT_ALL};
    return audit_run_level(archive_path, &all, arena, out, e);
}
