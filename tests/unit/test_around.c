/* The neighbours of a message in its conversation, against sorting all of it. */
#include "../support/scratch.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int64_t start_ms = INT64_C(1456911667000); /* 2016-03-02 09:41:07 */

static struct store *open_store(const struct scratch *dir)
{
    struct err e = {.code = OK};
    struct store *s = NULL;
    if (store_open(&s, dir->archive, STORE_CREATE, &e) != OK)
        fail_msg("%s", e.msg);
    return s;
}

enum { AROUND = 600, TALKS = 7 };

static void make_talks(struct store *s, const char *name, int64_t from_ms, unsigned seed)
{
    static char keys[TALKS][8];
    struct message *m = malloc(AROUND * sizeof *m);
    assert_non_null(m);
    srand(seed);
    for (size_t i = 0; i < AROUND; i++) {
        m[i] = scratch_message("noll", "hello", from_ms + (int64_t)(i / 3) * 1000, i * 10);
        const int talk = rand() % TALKS;
        snprintf(keys[talk], sizeof keys[talk], "t%d", talk);
        m[i].conversation = str_of(keys[talk]);
    }
    struct write_result r;
    scratch_store(s, name, m, AROUND, &r);
    free(m);
}

/* The neighbours by sorting all rows of the conversation: slow and obviously right. */
static size_t all_of(struct columns *c, int64_t conversation, int64_t *rows)
{
    size_t n = 0;
    for (int64_t row = 1; row <= columns_rows(c); row++) {
        if (column_at(c, COLUMN_CONVERSATION, row) != conversation)
            continue;
        size_t at = n++;
        for (; at > 0 && column_at(c, COLUMN_TIME, rows[at - 1]) > column_at(c, COLUMN_TIME, row);
             at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
    }
    return n;
}

static void check_around(struct store *s, int64_t row, int before, int after)
{
    static int64_t all[3 * AROUND];
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    int64_t *rows;
    size_t count, at, here = 0;
    struct columns *c = store_columns(s);
    const size_t n = all_of(c, column_at(c, COLUMN_CONVERSATION, row), all);
    while (all[here] != row)
        here++;
    const size_t from = here > (size_t)before ? here - (size_t)before : 0;
    const size_t to = here + (size_t)after < n ? here + (size_t)after : n - 1;
    assert_int_equal(store_around(s, row, before, after, &a, &rows, &count, &at, &e), OK);
    assert_int_equal(count, to - from + 1);
    assert_int_equal(at, here - from);
    assert_memory_equal(rows, all + from, count * sizeof *rows);
    arena_free(&a);
}

static void neighbours(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    make_talks(s, "one", start_ms, 1);
    for (int64_t row = 1; row <= AROUND; row += 13)
        check_around(s, row, (int)row % 5, (int)row % 7);
    make_talks(s, "two", start_ms + AROUND * 1000, 2);
    assert_true(columns_in_time_order(store_columns(s)));
    check_around(s, AROUND, 4, 4);
    make_talks(s, "between", start_ms + 50500, 3);
    assert_false(columns_in_time_order(store_columns(s)));
    for (int64_t row = 1; row <= 3 * AROUND; row += 17)
        check_around(s, row, (int)row % 5, (int)row % 7);
    check_around(s, 1, 0, 0);
    check_around(s, 1, 0, 5000);
    store_close(s);
    scratch_remove(&dir);
}

/* Two imports that lie in the same months, more than a chunk each. */
static void neighbours_across_chunks(void **state)
{
    (void)state;
    enum { N = COLUMN_CHUNK_ROWS + 1000 };
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct message *m = malloc(N * sizeof *m);
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    struct write_result r;
    assert_non_null(m);
    for (int part = 0; part < 2; part++) {
        for (int64_t i = 0; i < N; i++) {
            m[i] = scratch_message("noll", "hello", start_ms + (2 * i + part) * 1000, 0);
            m[i].conversation = i % 1000 == 500 ? STR("rare") : STR("c");
        }
        scratch_store(s, part ? "odd seconds" : "even seconds", m, N, &r);
    }
    free(m);
    assert_false(columns_in_time_order(store_columns(s)));
    for (int64_t row = 3; row < N - 3; row += 4321) { /* the two sources alternate */
        int64_t *rows;
        size_t count, at;
        assert_int_equal(store_around(s, row, 2, 2, &a, &rows, &count, &at, &e), OK);
        const int64_t expected[] = {row - 1, row - 1 + N, row, row + N, row + 1};
        assert_int_equal(count, 5);
        assert_memory_equal(rows, expected, sizeof expected);
    }
    int64_t *rows;
    size_t count, at;
    assert_int_equal(store_around(s, N + 501, 100, 100, &a, &rows, &count, &at, &e), OK);
    assert_int_equal(count, 68);
    assert_int_equal(rows[at - 1], 501); /* the even second before it */
    assert_int_equal(rows[at + 1], 1501);
    arena_free(&a);
    store_close(s);
    scratch_remove(&dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours),
        cmocka_unit_test(neighbours_across_chunks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
