/*
 * The query language as tables, tests/query/<topic>.t, run against corpus/sample/release.txt. A
 * case is three lines, blank lines part them, # begins a comment:
 *
 *     the query                          %%FAIL
 *     its tree                           the query
 *     what the plan does                 carets under the part at fault
 *                                        the sentence | the hint
 *
 * The plan is what `--explain` says without tree and counts, joined by " | "; rows are left out
 * when all of them are meant. Every query that parses is also printed, parsed again, and must give
 * the same tree. "Now" is Saturday 2018-09-01 12:00:00. `query_tables --update` rewrites the
 * files: read the difference before you keep it.
 */
#include "intake.h"
#include "query.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 1024, LINE_BYTES = 1 << 16, OUT_BYTES = 1 << 20 };

struct tables {
    struct store *store;
    unsigned count, failed;
    bool update;
    FILE *rewritten;
};

struct outcome {
    struct buf tree, plan; /* of a failure: carets, and sentence with hint */
    bool failed;
};

static struct query_clock test_clock(void)
{
    const struct civil now = {.year = 2018, .month = 9, .day = 1, .hour = 12};
    return (struct query_clock){civil_to_ms(&now)};
}

/* ---- what a query comes to ------------------------------------------------------------------ */

/* "rows   1 to 11,037 of 11,037" */
static bool is_whole_archive(str line)
{
    const str head = STR("rows   1 to ");
    const size_t of = str_find(line, STR(" of "));
    return str_starts(line, head) && of != STR_NONE &&
           str_eq(str_sub(line, head.n, of - head.n), str_from(line, of + 4));
}

static void sketch_plan(str explained, struct buf *out)
{
    for (str line; str_split(&explained, '\n', &line);) {
        const bool kept = str_starts(line, STR("match")) || str_starts(line, STR("then")) ||
                          str_starts(line, STR("rows"));
        if (!kept || is_whole_archive(line))
            continue;
        if (out->n)
            buf_add(out, STR(" | "));
        const size_t blank = str_find_byte(line, ' ');
        buf_add(out, str_sub(line, 0, blank + 1));
        buf_add(out, str_trim(str_from(line, blank)));
    }
    if (!out->n)
        buf_add(out, STR("all"));
}

static void failure(struct outcome *o, str query, const struct err *e)
{
    o->failed = true;
    const size_t at = e->at < query.n ? e->at : query.n;
    for (size_t i = 0; i < at; i++)
        if (((unsigned char)query.p[i] & 0xC0) != 0x80)
            buf_add_byte(&o->tree, ' ');
    for (size_t i = at; i < at + (e->len ? e->len : 1); i++)
        if (i >= query.n || ((unsigned char)query.p[i] & 0xC0) != 0x80)
            buf_add_byte(&o->tree, i == at ? '^' : '~');
    buf_addf(&o->plan, "%s%s%s", e->msg, e->hint[0] ? " | " : "", e->hint);
}

static bool reparses(const struct query *q, str tree)
{
    struct buf printed = buf_new(OUT_BYTES), again = buf_new(OUT_BYTES);
    query_print(q, &printed);
    const struct query_clock clock = test_clock();
    struct query *second = NULL;
    struct err e = {0};
    if (query_parse(&second, buf_str(&printed), &clock, &e) == OK)
        query_print_tree(second, &again);
    const bool same = second && str_eq(buf_str(&again), tree);
    if (!same)
        printf("# printed as %s\n# which reads as %s%s\n", printed.p, again.n ? again.p : "",
               e.msg);
    query_free(second);
    buf_free(&printed);
    buf_free(&again);
    return same;
}

/* False if the canonical form does not parse to the same tree. */
static bool run_query(const struct tables *t, str text, struct outcome *o)
{
    const struct query_clock clock = test_clock();
    struct err e = {0};
    struct query *q = NULL;
    struct plan *p = NULL;
    struct buf explained = buf_new(OUT_BYTES);
    bool same = true;
    enum status st = query_parse(&q, text, &clock, &e);
    if (st == OK)
        st = plan_make(&p, q, t->store, &e);
    if (st == OK)
        st = plan_explain(p, &explained, &e);
    if (st == OK) {
        query_print_tree(q, &o->tree);
        sketch_plan(buf_str(&explained), &o->plan);
        same = reparses(q, buf_str(&o->tree));
    } else {
        failure(o, text, &e);
    }
    buf_free(&explained);
    plan_free(p);
    query_free(q);
    return same;
}

/* ---- cases ---------------------------------------------------------------------------------- */

struct table_case {
    char query[LINE_BYTES], tree[LINE_BYTES], plan[LINE_BYTES];
    bool fails;
    int lines;
};

static void write_case(FILE *out, const struct table_case *c, const struct outcome *o)
{
    fprintf(out, "%s%s\n%s\n%s\n", o->failed ? "%%FAIL\n" : "", *c->query ? c->query : "(nothing)",
            o->tree.p ? o->tree.p : "", o->plan.p ? o->plan.p : "");
}

static void check_case(struct tables *t, const char *file, const struct table_case *c)
{
    struct outcome o = {buf_new(OUT_BYTES), buf_new(OUT_BYTES), false};
    const bool same = run_query(t, str_of(c->query), &o);
    const bool good = same && o.failed == c->fails && str_eq(buf_str(&o.tree), str_of(c->tree)) &&
                      str_eq(buf_str(&o.plan), str_of(c->plan));
    t->count++;
    if (t->update) {
        write_case(t->rewritten, c, &o);
    } else if (good) {
        printf("ok %u - %s: %s\n", t->count, file, *c->query ? c->query : "(nothing)");
    } else {
        t->failed++;
        printf("not ok %u - %s: %s\n", t->count, file, c->query);
        printf("#   expected %s\n#            %s\n", c->tree, c->plan);
        printf("#   got      %s\n#            %s\n", o.tree.p ? o.tree.p : "",
               o.plan.p ? o.plan.p : "");
    }
    buf_free(&o.tree);
    buf_free(&o.plan);
}

static void end_case(struct tables *t, const char *file, struct table_case *c)
{
    if (c->lines)
        check_case(t, file, c);
    *c = (struct table_case){.lines = 0};
}

static void add_line(struct table_case *c, const char *line)
{
    char *const targets[] = {c->query, c->tree, c->plan};
    if (!c->lines && strcmp(line, "%%FAIL") == 0) {
        c->fails = true;
        return;
    }
    if (c->lines < 3)
        snprintf(targets[c->lines], LINE_BYTES, "%s", strcmp(line, "(nothing)") == 0 ? "" : line);
    c->lines++;
}

static void run_table(struct tables *t, const char *path, const char *name)
{
    static char line[LINE_BYTES];
    static struct table_case c;
    char temporary[PATH_BYTES + 8];
    snprintf(temporary, sizeof temporary, "%s.new", path);
    FILE *in = fopen(path, "r");
    t->rewritten = t->update ? fopen(temporary, "w") : NULL;
    c = (struct table_case){.lines = 0};
    while (in && fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = 0;
        const bool apart = !*line || (*line == '#' && line[1] == ' ' && !c.lines);
        if (!apart) {
            add_line(&c, line);
            continue;
        }
        end_case(t, name, &c);
        if (t->rewritten)
            fprintf(t->rewritten, "%s\n", line);
    }
    end_case(t, name, &c);
    if (in)
        fclose(in);
    if (t->rewritten && fclose(t->rewritten) == 0)
        (void)rename(temporary, path);
}

static int is_table(const struct dirent *d)
{
    return str_ends(str_of(d->d_name), STR(".t"));
}

static void run_tables(struct tables *t, const char *folder)
{
    struct dirent **names;
    const int count = scandir(folder, &names, is_table, alphasort);
    for (int i = 0; i < count; i++) {
        char path[PATH_BYTES];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        run_table(t, path, names[i]->d_name);
        free(names[i]);
    }
    if (count >= 0)
        free(names);
}

static enum status import_sample(const char *archive, const char *sample, struct err *e)
{
    const struct intake_options o = {.now_ms = test_clock().now_wall_ms};
    struct intake_total total;
    return intake_run(archive, &sample, 1, &o, &total, e);
}

int main(int argc, char **argv)
{
    struct tables t = {.update = argc > 1 && strcmp(argv[1], "--update") == 0};
    char folder[] = "/tmp/stet-query-XXXXXX", archive[PATH_BYTES];
    if (!mkdtemp(folder))
        return 2;
    snprintf(archive, sizeof archive, "%s/sample.stet", folder);
    struct err e = {0};
    enum status st = import_sample(archive, "corpus/sample/release.txt", &e);
    if (st == OK)
        st = store_open(&t.store, archive, STORE_READ, &e);
    if (st == OK)
        run_tables(&t, "tests/query");
    else
        printf("Bail out! the sample cannot be imported: %s\n", e.msg);
    store_close(t.store);
    (void)unlink(archive);
    (void)rmdir(folder);
    printf("1..%u\n", t.count);
    return t.failed || st != OK || !t.count;
}
