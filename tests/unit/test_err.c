/* Failures: the first one wins, sentences that do not fit are cut between characters. */
#include "err.h"
#include "str.h"
#include "utf8.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka has a macro of this name */

static enum status open_it(const char *path, struct err *e)
{
    if (!*path)
        return fail(e, ERR_MISSING, "no archive was named: use -a PATH");
    return OK;
}

static void the_example_of_the_door(void **state)
{
    (void)state;
    struct err e = {0};
    assert_int_equal(open_it("a.stet", &e), OK);
    assert_int_equal(e.code, OK);
    assert_int_equal(open_it("", &e), ERR_MISSING);
    assert_string_equal(e.msg, "no archive was named: use -a PATH");
    assert_string_equal(e.hint, "");
}

static void the_first_failure_wins(void **state)
{
    (void)state;
    struct err e = {0};
    assert_int_equal(fail(&e, ERR_IO, "disk %d is full", 3), ERR_IO);
    assert_int_equal(fail(&e, ERR_DB, "cannot roll back"), ERR_DB);
    assert_int_equal(fail_at(&e, ERR_QUERY, 4, 2, "no such field"), ERR_QUERY);
    assert_int_equal(e.code, ERR_IO);
    assert_string_equal(e.msg, "disk 3 is full");
    assert_int_equal(e.at, 0);
    assert_int_equal(e.len, 0);
}

static void a_span_of_the_query_is_kept(void **state)
{
    (void)state;
    struct err e = {0};
    assert_int_equal(fail_at(&e, ERR_QUERY, 7, 5, "unknown field '%s'", "form"), ERR_QUERY);
    assert_int_equal(e.at, 7);
    assert_int_equal(e.len, 5);
    assert_string_equal(e.msg, "unknown field 'form'");
}

static void advice_is_given_once(void **state)
{
    (void)state;
    struct err e = {0};
    fail(&e, ERR_MISSING, "no sender is called %s", "norl");
    assert_int_equal(fail_hint(&e, "did you mean %s?", "noll"), ERR_MISSING);
    assert_int_equal(fail_hint(&e, "look around"), ERR_MISSING);
    assert_string_equal(e.hint, "did you mean noll?");
}

static void nobody_may_be_listening(void **state)
{
    (void)state;
    assert_int_equal(fail(NULL, ERR_LIMIT, "too long"), ERR_LIMIT);
    assert_int_equal(fail_at(NULL, ERR_QUERY, 1, 1, "what?"), ERR_QUERY);
    assert_int_not_equal(fail_hint(NULL, "shorten it"), OK);
}

static void check_cut(const char *filler, size_t pad)
{
    char text[2048] = "";
    memset(text, 'x', pad);
    for (size_t n = pad; n + strlen(filler) < sizeof text; n += strlen(filler))
        strcpy(text + n, filler);
    struct err e = {0};
    fail(&e, ERR_IO, "%s", text);
    fail_hint(&e, "%s", text);
    const str msg = str_of(e.msg), hint = str_of(e.hint);
    const str mark = STR("\xE2\x80\xA6");
    assert_int_equal(utf8_valid_prefix(msg), msg.n);
    assert_int_equal(utf8_valid_prefix(hint), hint.n);
    assert_true(str_ends(msg, mark));
    assert_true(str_ends(hint, mark));
    assert_true(msg.n >= sizeof e.msg - 4 && hint.n >= sizeof e.hint - 4);
    assert_memory_equal(msg.p, text, msg.n - mark.n);
}

static void long_sentences_are_cut_between_characters(void **state)
{
    (void)state;
    for (size_t pad = 0; pad < 5; pad++) {
        check_cut("y", pad);
        check_cut("\xC3\xA9", pad);
        check_cut("\xE2\x82\xAC", pad);
        check_cut("\xF0\x9F\x98\x80", pad);
    }
}

static void a_sentence_that_just_fits_is_whole(void **state)
{
    (void)state;
    char text[sizeof((struct err *)0)->msg];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct err e = {0};
    fail(&e, ERR_IO, "%s", text);
    assert_string_equal(e.msg, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(the_first_failure_wins),
        cmocka_unit_test(a_span_of_the_query_is_kept),
        cmocka_unit_test(advice_is_given_once),
        cmocka_unit_test(nobody_may_be_listening),
        cmocka_unit_test(long_sentences_are_cut_between_characters),
        cmocka_unit_test(a_sentence_that_just_fits_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
