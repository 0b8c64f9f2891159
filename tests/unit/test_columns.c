/* Columns: what is packed comes back, whatever the values; chunks, extents, ranges of time. */
#include "../../src/store/column_chunk.h"
#include "../support/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static unsigned char packed[COLUMN_CHUNK_ROWS * 8 + CHUNK_PADDING];
static int64_t values[COLUMN_CHUNK_ROWS];

static void check_pack(size_t n, unsigned width, int64_t scale)
{
    const struct chunk k = chunk_pack(packed, values, n);
    assert_int_equal(k.width, width);
    assert_int_equal(k.scale, scale);
    for (size_t i = 0; i < n; i++) {
        assert_true(chunk_value(&k, i) == values[i]);
        assert_true(values[i] >= k.min && values[i] <= k.max);
    }
}

static void each_width_comes_back(void **state)
{
    (void)state;
    static const struct {
        int64_t span;
        unsigned width;
    } cases[] = {{0, 0},          {1, 1},          {255, 1},          {256, 2},
                 {65535, 2},      {65536, 3},      {16777215, 3},     {16777216, 4},
                 {4294967295, 4}, {4294967296, 8}, {1099511627776, 8}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t n = 0; n < 1000; n++)
            values[n] = -77 + (n % 2 ? cases[i].span : n % 3 ? 0 : cases[i].span > 1);
        check_pack(1000, cases[i].width, 1);
    }
}

static void whole_seconds_need_few_bytes(void **state)
{
    (void)state;
    for (size_t n = 0; n < COLUMN_CHUNK_ROWS; n++)
        values[n] = INT64_C(1430000000123) + (int64_t)n * 437 * 1000;
    values[1] = values[0] + 1000; /* the common scale is a second */
    check_pack(COLUMN_CHUNK_ROWS, 3, 1000);
}

static void extremes(void **state)
{
    (void)state;
    values[0] = INT64_MIN;
    values[1] = INT64_MAX;
    values[2] = 0;
    values[3] = -1;
    check_pack(4, 8, 1);
    values[0] = INT64_MIN;
    values[1] = INT64_MIN + (INT64_MAX - 1);
    values[2] = INT64_MIN;
    check_pack(3, 1, INT64_MAX - 1);
    values[0] = INT64_MIN; /* two values, further apart than a scale can say */
    values[1] = INT64_MAX - 5;
    const struct chunk k = chunk_pack(packed, values, 2);
    assert_true(chunk_value(&k, 0) == INT64_MIN && chunk_value(&k, 1) == INT64_MAX - 5);
}

static void random_values(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 200; round++) {
        const size_t n = 1 + (size_t)rand() % 300;
        const int shift = rand() % 63, scale = 1 + rand() % 60;
        for (size_t i = 0; i < n; i++) {
            const uint64_t r = (uint64_t)rand() << 33 ^ (uint64_t)rand() << 11 ^ (uint64_t)rand();
            values[i] = (int64_t)(r >> shift) / scale * scale - 1000000;
        }
        const struct chunk k = chunk_pack(packed, values, n);
        for (size_t i = 0; i < n; i++)
            assert_true(chunk_value(&k, i) == values[i]);
    }
}

/* ---- through an archive ----------------------------------------------------------------------- */

enum { MANY = 2 * COLUMN_CHUNK_ROWS + 500 };
static const int64_t start_ms = INT64_C(1430000000000);

static struct store *open_store(const struct scratch *dir, enum store_mode mode)
{
    struct err e = {.code = OK};
    struct store *s = NULL;
    if (store_open(&s, dir->archive, mode, &e) != OK)
        fail_msg("%s", e.msg);
    return s;
}

/* `count` messages a minute apart; the offset is an hour in the second half, two in the first. */
static void add_many(struct store *s, const char *name, size_t count, int64_t from_ms)
{
    struct message *m = malloc(count * sizeof *m);
    assert_non_null(m);
    for (size_t i = 0; i < count; i++) {
        m[i] = scratch_message(i % 3 ? "noll" : "Lirra", "one two", from_ms, i * 10);
        m[i].time.utc_ms = from_ms + (int64_t)i * MS_PER_MINUTE;
        m[i].time.wall_ms = m[i].time.utc_ms + (i < count / 2 ? 120 : 60) * MS_PER_MINUTE;
        m[i].time.basis = BASIS_SOURCE_UTC;
    }
    struct write_result r;
    scratch_store(s, name, m, count, &r);
    assert_int_equal(r.messages_new + r.duplicates, count);
    free(m);
}

static int64_t wall_at(struct columns *c, int64_t row)
{
    return column_at(c, COLUMN_TIME, row) + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
}

static void check_range(struct columns *c, int64_t from, int64_t to)
{
    const struct row_range r = columns_wall_range(c, from, to);
    for (int64_t row = 1; row <= columns_rows(c); row++) {
        const int64_t wall = wall_at(c, row);
        const bool inside = (from == TIME_NONE || wall >= from) && (to == TIME_NONE || wall < to);
        if (inside && (row < r.first || row > r.last))
            fail_msg("row %lld is missing from the range", (long long)row);
    }
}

static void chunks_extents_and_ranges(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir, STORE_CREATE);
    assert_int_equal(columns_rows(store_columns(s)), 0);
    add_many(s, "first", MANY, start_ms);
    store_close(s);
    s = open_store(&dir, STORE_READ);
    struct columns *c = store_columns(s);
    assert_int_equal(columns_rows(c), MANY);
    assert_true(columns_in_time_order(c));
    for (int64_t row = 1; row <= MANY; row += 97) {
        assert_true(column_at(c, COLUMN_TIME, row) == start_ms + (row - 1) * MS_PER_MINUTE);
        assert_int_equal(column_at(c, COLUMN_SENDER, row), (row - 1) % 3 ? 2 : 1);
        assert_int_equal(column_at(c, COLUMN_WORDS, row), 2);
        assert_int_equal(TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)), BASIS_SOURCE_UTC);
    }
    const struct column_extent x = column_extent_at(c, COLUMN_TIME, MANY);
    assert_int_equal(x.rows.first, 2 * COLUMN_CHUNK_ROWS + 1);
    assert_int_equal(x.rows.last, MANY);
    assert_true(x.max == start_ms + (MANY - 1) * MS_PER_MINUTE);
    for (int i = 0; i < 40; i++)
        check_range(c, start_ms + i * 173 * MS_PER_HOUR / 7, start_ms + i * 199 * MS_PER_HOUR / 7);
    check_range(c, TIME_NONE, start_ms + MS_PER_DAY);
    check_range(c, start_ms + MS_PER_DAY, TIME_NONE);
    const struct row_range none = columns_wall_range(c, start_ms - 9 * MS_PER_DAY, start_ms);
    assert_true(none.first > none.last);
    const struct row_range day =
        columns_wall_range(c, start_ms + MS_PER_DAY, start_ms + 2 * MS_PER_DAY);
    assert_int_equal(day.last - day.first + 1,
                     24 * 60); /* exact where the offset does not change */
    assert_int_equal(columns_failed(c, NULL), OK);
    store_close(s);
    scratch_remove(&dir);
}

static void appending_fills_the_last_chunk(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir, STORE_CREATE);
    add_many(s, "first", 1000, start_ms);
    add_many(s, "second", COLUMN_CHUNK_ROWS, start_ms + 2000 * MS_PER_MINUTE);
    struct columns *c = store_columns(s);
    assert_int_equal(columns_rows(c), 1000 + COLUMN_CHUNK_ROWS);
    assert_true(columns_in_time_order(c));
    assert_true(column_at(c, COLUMN_TIME, 1000) == start_ms + 999 * MS_PER_MINUTE);
    assert_true(column_at(c, COLUMN_TIME, 1001) == start_ms + 2000 * MS_PER_MINUTE);
    assert_int_equal(column_at(c, COLUMN_SOURCE, 1000), 1);
    assert_int_equal(column_at(c, COLUMN_SOURCE, 1001), 2);
    add_many(s, "earlier", 10, start_ms - MS_PER_DAY * 30);
    c = store_columns(s);
    assert_false(columns_in_time_order(c));
    const struct row_range all = columns_wall_range(c, start_ms, start_ms + 1);
    assert_int_equal(all.first, 1);
    assert_int_equal(all.last, columns_rows(c));
    struct err e = {.code = OK};
    assert_int_equal(store_check(s, &e), OK);
    store_close(s);
    scratch_remove(&dir);
}

static void a_damaged_chunk_fails_for_good(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir, STORE_CREATE);
    struct err e = {.code = OK};
    add_many(s, "first", 100, start_ms);
    store_close(s);
    scratch_sql(dir.archive, "UPDATE column_chunk SET data = x'00' WHERE id = 2 << 24");
    s = open_store(&dir, STORE_READ);
    struct columns *c = store_columns(s);
    assert_int_equal(columns_failed(c, &e), OK);
    (void)column_at(c, COLUMN_SENDER, 50);
    assert_int_equal(columns_failed(c, &e), ERR_DB);
    assert_non_null(strstr(e.msg, "damaged"));
    store_close(s);
    scratch_remove(&dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_width_comes_back),
        cmocka_unit_test(whole_seconds_need_few_bytes),
        cmocka_unit_test(extremes),
        cmocka_unit_test(random_values),
        cmocka_unit_test(chunks_extents_and_ranges),
        cmocka_unit_test(appending_fills_the_last_chunk),
        cmocka_unit_test(a_damaged_chunk_fails_for_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
