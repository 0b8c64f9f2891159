/* The record's names, its content id against values computed elsewhere, and citations. */
#include "message.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct message example(void)
{
    const struct civil c = {
        .year = 2016, .month = 3, .day = 2, .hour = 9, .minute = 41, .second = 7};
    struct message m = message_empty();
    m.conversation = STR("release:2016-02-01T08:00:00/noll");
    m.sender = STR("noll");
    m.text = STR("good morning");
    m.time = (struct message_time){
        .wall_ms = civil_to_ms(&c), .utc_ms = civil_to_ms(&c), .basis = BASIS_ASSUMED};
    return m;
}

static void test_empty_has_nothing(void **state)
{
    (void)state;
    const struct message m = message_empty();
    assert_int_equal(m.text.n + m.sender.n + m.raw.n + m.conversation.n, 0);
    assert_non_null(m.text.p);
    assert_true(m.time.wall_ms == TIME_NONE && m.time.utc_ms == TIME_NONE);
    assert_int_equal(m.time.basis, BASIS_NONE);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(message_kind_name(KIND_TEXT), "text");
    assert_string_equal(message_kind_name(KIND_EVENT), "event");
    assert_string_equal(time_basis_name(BASIS_NONE), "none");
    assert_string_equal(time_basis_name(BASIS_SOURCE_UTC), "utc");
    assert_string_equal(message_flag_name(FLAG_EDITED), "edited");
    assert_string_equal(message_flag_name(FLAG_REDACTED), "redacted");
    assert_string_equal(message_flag_name(FLAG_REACTION), "reaction");
    assert_null(message_flag_name(FLAG_REACTION << 1));
    assert_null(message_flag_name(FLAG_EDITED | FLAG_LINK));
    for (int i = 0; i < KIND_COUNT; i++)
        assert_string_not_equal(message_kind_name((enum message_kind)i), "unknown");
    for (int i = 0; i < BASIS_COUNT; i++)
        assert_string_not_equal(time_basis_name((enum time_basis)i), "unknown");
}

/* Computed with another program from the description in message.h and message.c. */
static void test_content_id_is_the_documented_hash(void **state)
{
    (void)state;
    struct message m = example();
    assert_int_equal(message_content_id(&m, 0), 0x77de550b);
    assert_int_equal(message_content_id(&m, 1), 0x00e997d4);

    struct message event = message_empty();
    event.conversation = m.conversation;
    event.text = STR("noll left");
    assert_int_equal(message_content_id(&event, 0), 0xee4155d1);
}

/* Short and long messages are hashed in two ways, which must be one. */
static void test_content_id_of_long_texts(void **state)
{
    (void)state;
    struct message m = example();
    char *text = test_malloc(5000);
    memset(text, 'x', 5000);
    m.text = (str){text, 5000};
    assert_int_equal(message_content_id(&m, 0), 0xdc4dd554);
    memset(text, 'y', 5000);
    m.text.n = 4005; /* all in 4,096 bytes */
    assert_int_equal(message_content_id(&m, 0), 0x0650b308);
    m.text.n = 4006;
    assert_int_equal(message_content_id(&m, 0), 0x6e72a7de);
    test_free(text);
}

/* HTML shows two blanks as one: the id is the same, and nothing else is. */
static void test_content_id_ignores_how_much_white_space(void **state)
{
    (void)state;
    struct message m = message_empty();
    m.sender = STR("noll");
    m.text = STR("high 13:45 7.8 m\nlow");
    const uint32_t id = message_content_id(&m, 0);
    const str same[] = {STR_INIT("high 13:45  7.8 m\nlow"),
                        STR_INIT(" high 13:45\t7.8 m \n\n low\n"),
                        STR_INIT("high 13:45 7.8 m\r\nlow")};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        m.text = same[i];
        assert_int_equal(message_content_id(&m, 0), id);
    }
    const str other[] = {STR_INIT("high 13:45 7.8 m low"), STR_INIT("high 13:457.8 m\nlow")};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        m.text = other[i];
        assert_int_not_equal(message_content_id(&m, 0), id);
    }
}

static void test_content_id_depends_on_what_is_cited(void **state)
{
    (void)state;
    const struct message m = example();
    const uint32_t id = message_content_id(&m, 0);
    struct message other = m;
    other.locus.at = 4711;
    other.flags = FLAG_LOSSY;
    other.platform_id = STR("1");
    other.time.utc_ms += MS_PER_HOUR;
    other.time.basis = BASIS_STATED;
    assert_int_equal(message_content_id(&other, 0), id);
    other.time.wall_ms += MS_PER_SECOND;
    assert_int_not_equal(message_content_id(&other, 0), id);
    other = m; /* the same characters, another border between fields */
    other.sender = STR("nollg");
    other.text = STR("ood morning");
    assert_int_not_equal(message_content_id(&other, 0), id);
}

static void test_citation(void **state)
{
    (void)state;
    const struct message m = example();
    char text[CITATION_TEXT];
    assert_string_equal(message_citation(text, m.time.wall_ms, 0x5937c3f1),
                        "2016-03-02T09:41:07/5937-c3f1");
    assert_string_equal(message_citation(text, m.time.wall_ms + 5, 0x00000001),
                        "2016-03-02T09:41:07.005/0000-0001");
    assert_string_equal(message_citation(text, TIME_NONE, 0xffffffff), "undated/ffff-ffff");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_has_nothing),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_content_id_is_the_documented_hash),
        cmocka_unit_test(test_content_id_of_long_texts),
        cmocka_unit_test(test_content_id_ignores_how_much_white_space),
        cmocka_unit_test(test_content_id_depends_on_what_is_cited),
        cmocka_unit_test(test_citation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
