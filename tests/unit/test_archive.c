/* The facade: searching, paging, neighbours, spans and time lines of a small archive. */
#include "archive.h"
#include "intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char leak[] =
    "[DMConversationEntry] ada changed the group name to Weir repair\n"
    "[2016-03-01 22:15:00] <ada> The weir needs planks.\n"
    "[2016-03-01 22:16:48] <bert> Which planks?\n"
    "[2016-03-02 08:00:00] <ada> Oak.\n"
    "[2016-05-31 23:59:59] <bert> The planks are here, and the dredging permit is not.\n"
    "[2016-06-01 00:00:00] <ada> A dredging permit for planks?\n";

struct fixture {
    char folder[64], source[96], path[96];
    struct archive *archive;
};

static int open_fixture(void **state)
{
    struct fixture *const f = calloc(1, sizeof *f);
    struct err e = {0};
    if (!f)
        return -1;
    strcpy(f->folder, "/tmp/stet-archive.XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    snprintf(f->source, sizeof f->source, "%s/leak.txt", f->folder);
    snprintf(f->path, sizeof f->path, "%s/a.stet", f->folder);
    FILE *const out = fopen(f->source, "w");
    if (!out || fputs(leak, out) < 0 || fclose(out) != 0)
        return -1;
    const char *const paths[] = {f->source};
    const struct intake_options o = {.now_ms = 0};
    struct intake_total total;
    if (intake_run(f->path, paths, 1, &o, &total, &e) != OK || total.stored != 1 ||
        archive_open(&f->archive, f->path, &e) != OK) {
        print_error("%s\n", e.msg);
        return -1;
    }
    *state = f;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *const f = *state;
    archive_close(f->archive);
    unlink(f->path);
    unlink(f->source);
    rmdir(f->folder);
    free(f);
    return 0;
}

static struct archive *archive_of(void **state)
{
    return ((struct fixture *)*state)->archive;
}

static void example_of_the_header(void **state)
{
    struct err error = {0}, *const e = &error;
    struct archive *a;
    assert_int_equal(OK, archive_open(&a, ((struct fixture *)*state)->path, e));
    struct search_request r = {.query = STR("\"dredging permit\" during:2016"), .limit = 20};
    struct search *s;
    assert_int_equal(OK, search_open(&s, a, &r, e));
    const struct search_facts *facts = search_facts(s);
    assert_int_equal(2, facts->count);
    struct found f;
    enum step step;
    size_t count = 0;
    while ((step = search_next(s, &f, e)) == STEP_ROW) {
        assert_int_equal(1, f.mark_count);
        const struct span m = f.marks[0];
        assert_true(
            str_eq(STR("dredging permit"), str_sub(f.hit.message.text, m.at, m.end - m.at)));
        count++;
    }
    assert_int_equal(STEP_DONE, step);
    assert_int_equal(2, count);
    search_close(s);
    archive_close(a);
}

static void pages_join_without_gap_or_overlap(void **state)
{
    struct err e = {0};
    int64_t rows[8], key = 0;
    size_t count = 0, pages = 0;
    do {
        const struct search_request r = {.query = STR("planks"), .limit = 2, .after_row = key};
        struct search *s;
        struct found f;
        assert_int_equal(OK, search_open(&s, archive_of(state), &r, &e));
        assert_int_equal(4, search_facts(s)->count);
        while (search_next(s, &f, &e) == STEP_ROW && count < 8)
            rows[count++] = f.hit.row;
        key = search_next_key(s);
        search_close(s);
        pages++;
    } while (key && pages < 8);
    assert_int_equal(2, pages);
    assert_int_equal(4, count);
    for (size_t i = 1; i < count; i++)
        assert_true(rows[i - 1] < rows[i]);
}

static void time_since_the_hit_before_is_told_in_order_of_time_only(void **state)
{
    const enum hit_sort sorts[] = {SORT_OLDEST, SORT_NEWEST};
    for (size_t i = 0; i < 2; i++) {
        struct err e = {0};
        struct search *s;
        struct found f;
        const struct search_request r = {.query = STR("planks date:2016-03-01"), .sort = sorts[i]};
        assert_int_equal(OK, search_open(&s, archive_of(state), &r, &e));
        assert_int_equal(STEP_ROW, search_next(s, &f, &e));
        assert_true(f.since_previous_ms == TIME_NONE);
        assert_int_equal(STEP_ROW, search_next(s, &f, &e));
        assert_true(f.since_previous_ms ==
                    (sorts[i] == SORT_OLDEST ? 108 * MS_PER_SECOND : TIME_NONE));
        search_close(s);
    }
}

static void neighbours_stand_in_order_and_end_at_the_edges(void **state)
{
    struct err e = {0};
    struct arena arena = {0};
    struct search *s;
    struct found f;
    const struct search_request r = {.query = STR("oak"), .context = 2};
    assert_int_equal(OK, search_open(&s, archive_of(state), &r, &e));
    assert_int_equal(STEP_ROW, search_next(s, &f, &e));
    assert_int_equal(2, f.before_count);
    assert_int_equal(2, f.after_count);
    assert_true(str_eq(STR("Which planks?"), f.before[1].message.text));
    const int64_t last = f.after[1].row;
    search_close(s);
    struct view v;
    assert_int_equal(OK, archive_view(archive_of(state), last, 1, 5, &arena, &v, &e));
    assert_int_equal(1, v.before_count);
    assert_int_equal(0, v.after_count);
    assert_int_equal(1, v.witness_count);
    arena_free(&arena);
}

static void raw_bytes_are_those_of_the_source(void **state)
{
    struct err e = {0};
    struct arena arena = {0};
    struct view v;
    int64_t row;
    str bytes;
    struct archive *const a = archive_of(state);
    assert_int_equal(OK, archive_resolve(a, STR(" 2 "), &row, &e));
    assert_int_equal(OK, archive_view(a, row, 0, 0, &arena, &v, &e));
    assert_int_equal(OK, archive_raw(a, &v.witnesses[0], &arena, &bytes, &e));
    assert_true(
        str_eq(bytes, str_sub(STR(leak), v.witnesses[0].locus.at, v.witnesses[0].locus.length)));
    struct witness wrong = v.witnesses[0];
    wrong.locus.at++;
    assert_int_equal(ERR_FORMAT, archive_raw(a, &wrong, &arena, &bytes, &e));
    arena_free(&arena);
}

static void what_does_not_exist_is_missing(void **state)
{
    const str whats[] = {STR("0"), STR("99"), STR("-1"), STR(""), STR("2016-03-01T22:15:00/0-0")};
    for (size_t i = 0; i < sizeof whats / sizeof *whats; i++) {
        struct err e = {0};
        int64_t row;
        assert_int_equal(ERR_MISSING, archive_resolve(archive_of(state), whats[i], &row, &e));
        assert_true(e.msg[0]);
    }
}

static void facts_count_messages_apart_from_events(void **state)
{
    struct err e = {0};
    struct arena arena = {0};
    struct archive_facts f;
    assert_int_equal(OK, archive_facts(archive_of(state), &arena, &f, &e));
    assert_int_equal(5, f.messages);
    assert_int_equal(1, f.events);
    assert_int_equal(2, f.participants);
    assert_int_equal(BASIS_ASSUMED, f.basis);
    assert_true(str_eq(STR("UTC"), f.zone_name));
    char text[CIVIL_TEXT];
    assert_string_equal("2016-03-01 22:15:00", civil_print(text, f.first_wall_ms));
    assert_string_equal("2016-06-01 00:00:00", civil_print(text, f.last_wall_ms));
    arena_free(&arena);
}

static void an_undated_event_does_not_hide_the_span_of_its_conversation(void **state)
{
    struct err e = {0};
    struct arena arena = {0};
    struct conversation_row *rows;
    size_t count;
    int64_t first, last;
    char text[CIVIL_TEXT];
    struct archive *const a = archive_of(state);
    assert_int_equal(OK, archive_conversations(a, &arena, &rows, &count, &e));
    assert_int_equal(1, count);
    const struct span_of of = {COLUMN_CONVERSATION, rows[0].id, rows[0].first_row,
                               rows[0].last_row};
    assert_int_equal(OK, archive_span(a, &of, &first, &last, &e));
    assert_string_equal("2016-03-01 22:15:00", civil_print(text, first));
    assert_string_equal("2016-06-01 00:00:00", civil_print(text, last));
    arena_free(&arena);
}

/* The path without a query and the one through a query must agree. */
static void time_lines_have_no_gaps(void **state)
{
    const str queries[] = {STR(""), STR("kind:text")};
    for (size_t q = 0; q < 2; q++) {
        struct err e = {0};
        struct arena arena = {0};
        struct timeline t;
        const enum status st =
            archive_timeline(archive_of(state), queries[q], 0, FACET_MONTH, &arena, &t, &e);
        assert_int_equal(OK, st);
        assert_int_equal(4, t.count);
        const uint64_t want[] = {3, 0, 1, 1};
        for (size_t i = 0; i < 4; i++)
            assert_int_equal(want[i], t.bars[i].count);
        char text[CIVIL_TEXT];
        assert_string_equal("2016-04", timeline_label(text, FACET_MONTH, t.bars[1].from_ms));
        assert_int_equal(q == 0 ? 1 : 0, t.undated);
        arena_free(&arena);
    }
}

static void pictures_escape_their_title(void **state)
{
    (void)state;
    struct timeline_bar bars[] = {{0, 3}};
    const struct timeline t = {.unit = FACET_DAY, .bars = bars, .count = 1};
    struct buf b = buf_new(1 << 20);
    timeline_svg(&b, &t, STR("</title><script>\"&\x1b"));
    const str svg = buf_str(&b);
    assert_true(str_find(svg, STR("<script>")) == STR_NONE);
    assert_true(str_find(svg, STR("\x1b")) == STR_NONE);
    assert_true(str_find(svg, STR("&lt;/title&gt;&lt;script&gt;&quot;&amp;\xef\xbf\xbd")) !=
                STR_NONE);
    assert_true(str_find(svg, STR("<title>1970-01-01: 3</title>")) != STR_NONE);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(example_of_the_header),
        cmocka_unit_test(pages_join_without_gap_or_overlap),
        cmocka_unit_test(time_since_the_hit_before_is_told_in_order_of_time_only),
        cmocka_unit_test(neighbours_stand_in_order_and_end_at_the_edges),
        cmocka_unit_test(raw_bytes_are_those_of_the_source),
        cmocka_unit_test(what_does_not_exist_is_missing),
        cmocka_unit_test(facts_count_messages_apart_from_events),
        cmocka_unit_test(an_undated_event_does_not_hide_the_span_of_its_conversation),
        cmocka_unit_test(time_lines_have_no_gaps),
        cmocka_unit_test(pictures_escape_their_title),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
