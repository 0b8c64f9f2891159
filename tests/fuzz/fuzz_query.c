/*
 * Whatever a user types either gives a sentence that points into it, or a query whose canonical
 * form reads as the same tree, whose canonical form is stable, and which runs on an archive: the
 * count, the hits and the marks agree with each other and the error is never the database's.
 */
#include "query.h"

#include <stdio.h>
#include <stdlib.h>

#include "../support/made_archive.h"

enum { MESSAGES = 120, PRINT_BYTES = 4 << 20, RUN_BYTES_MAX = 400 };

static struct made_archive *archive;

int LLVMFuzzerInitialize(int *count, char ***args);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void remove_archive(void)
{
    made_archive_close(archive);
}

int LLVMFuzzerInitialize(int *count, char ***args)
{
    (void)count;
    (void)args;
    archive = made_archive_open(MESSAGES, MADE_MIXED);
    (void)atexit(remove_archive);
    return 0;
}

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "ERROR: %s\n", what);
    abort();
}

static void reparse(const struct query *q, const struct query_clock *clock)
{
    struct buf text = buf_new(PRINT_BYTES), again = buf_new(PRINT_BYTES);
    struct buf tree = buf_new(PRINT_BYTES), tree_again = buf_new(PRINT_BYTES);
    struct err e = {0};
    struct query *second;
    query_print(q, &text);
    query_print_tree(q, &tree);
    if (query_parse(&second, buf_str(&text), clock, &e) == OK) {
        query_print(second, &again);
        query_print_tree(second, &tree_again);
        if (!str_eq(buf_str(&tree), buf_str(&tree_again)))
            fprintf(stderr, "%s\n%s\n%s\n", text.p, tree.p, tree_again.p);
        require(str_eq(buf_str(&tree), buf_str(&tree_again)),
                "the canonical form reads as another tree");
        require(str_eq(buf_str(&text), buf_str(&again)), "the canonical form is not stable");
        query_free(second);
    } else {
        /* Quotation marks may lengthen a query beyond the ceiling; nothing else may fail. */
        if (text.n <= QUERY_MAX_BYTES)
            fprintf(stderr, "%s: %s\n", text.p, e.msg);
        require(text.n > QUERY_MAX_BYTES, "the canonical form does not parse");
    }
    buf_free(&text);
    buf_free(&again);
    buf_free(&tree);
    buf_free(&tree_again);
}

static void check_marks(const struct plan *p, int64_t row)
{
    struct arena a = {0};
    struct err e = {0};
    str text;
    struct span *spans;
    size_t count;
    require(store_text(made_archive_store(archive), row, &text, &e) == OK, "a hit has no text");
    plan_highlight(p, text, &a, &spans, &count);
    for (size_t i = 0; i < count; i++) {
        require(spans[i].at < spans[i].end && spans[i].end <= text.n, "a mark outside of the text");
        require(!i || spans[i - 1].end <= spans[i].at, "marks overlap");
    }
    arena_free(&a);
}

static void run(const struct query *q)
{
    struct plan *p;
    struct err e = {0};
    const enum status st = plan_make(&p, q, made_archive_store(archive), &e);
    if (st != OK) {
        require(st == ERR_QUERY && e.msg[0], "a plan fails without a sentence about the query");
        return;
    }
    uint64_t count = 0, handed = 0;
    struct hits *h;
    int64_t row;
    const struct hit_options o = {.sort = SORT_NEWEST};
    const enum status counted = plan_count(p, &o, &count, &e);
    /* A regular expression may be too costly, and says so. */
    require(counted == OK || (counted == ERR_LIMIT && e.msg[0] == '/'), e.msg);
    if (counted != OK) {
        plan_free(p);
        return;
    }
    require(hits_open(&h, p, &o, &e) == OK, e.msg);
    while (hits_next(h, &row, &e) == STEP_ROW) {
        handed++;
        check_marks(p, row);
    }
    hits_close(h);
    require(handed == count, "the count and the hits disagree");
    struct buf said = buf_new(PRINT_BYTES);
    if (!count)
        require(plan_blame(p, NULL, &said, &e) == OK, e.msg);
    require(plan_explain(p, &said, &e) == OK, e.msg);
    buf_free(&said);
    plan_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct query_clock clock = {INT64_C(1472656800000)};
    const str text = {(const char *)data, size};
    struct err e = {0};
    struct query *q;
    const enum status st = query_parse(&q, text, &clock, &e);
    if (st != OK) {
        require(st == ERR_QUERY || st == ERR_LIMIT, "a failure of another kind");
        require(e.msg[0] && e.at <= size && e.len <= size + 1, "a failure outside of the query");
        return 0;
    }
    reparse(q, &clock);
    if (size <= RUN_BYTES_MAX)
        run(q);
    query_free(q);
    return 0;
}
