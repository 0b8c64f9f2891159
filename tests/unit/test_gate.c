/* The doorkeeper: every rule by which a request is let in, sent away, or handed the cookie. */
#include "../../src/web/gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char token[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
static const char session[] = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

static struct gate open_gate(bool started)
{
    struct gate g = {.started = started};
    memcpy(g.token, token, sizeof token);
    memcpy(g.session, session, sizeof session);
    gate_set_port(&g, 8123);
    return g;
}

/* What the reader's own browser sends from our own page. */
static struct gate_request good(void)
{
    return (struct gate_request){.host_count = 1,
                                 .host = STR("127.0.0.1:8123"),
                                 .fetch_site = STR("same-origin"),
                                 .cookie_value = str_of(session)};
}

static void hosts_are_ours_to_the_letter(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "evil.example",
                                        "127.0.0.1",
                                        "127.0.0.1:8124",
                                        "127.0.0.1:81230",
                                        "localhost",
                                        "localhost:",
                                        "127.0.0.1:8123.evil",
                                        "127.0.0.1.evil:8123",
                                        "localhost.:8123",
                                        "LOCALHOST:8123",
                                        "127.1:8123",
                                        "[::1]:8123",
                                        " 127.0.0.1:8123",
                                        "127.0.0.1:8123 ",
                                        "user@127.0.0.1:8123",
                                        "127.0.0.1:08123",
                                        "0.0.0.0:8123",
                                        "2130706433:8123"};
    struct gate g = open_gate(true);
    struct gate_request r = good();
    assert_int_equal(gate_ask(&g, &r), GATE_PASS);
    r.host = STR("localhost:8123");
    assert_int_equal(gate_ask(&g, &r), GATE_PASS);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        r.host = str_of(wrong[i]);
        assert_int_equal(gate_ask(&g, &r), GATE_WRONG_HOST);
    }
}

static void there_is_exactly_one_host(void **state)
{
    (void)state;
    struct gate g = open_gate(true);
    struct gate_request r = good();
    r.host_count = 0;
    assert_int_equal(gate_ask(&g, &r), GATE_WRONG_HOST);
    r.host_count = 2;
    assert_int_equal(gate_ask(&g, &r), GATE_WRONG_HOST);
}

/* The host is asked first: a page of another name learns nothing, not even with the key. */
static void a_key_does_not_help_another_host(void **state)
{
    (void)state;
    struct gate g = open_gate(true);
    struct gate_request r = good();
    r.host = STR("evil.example");
    r.authorization =
        STR("Bearer 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    assert_int_equal(gate_ask(&g, &r), GATE_WRONG_HOST);
}

static void browsers_say_who_asks(void **state)
{
    (void)state;
    static const char *const wrong[] = {"cross-site", "same-site", "", "NONE", "same-origin "};
    struct gate g = open_gate(true);
    struct gate_request r = good();
    r.fetch_site = STR("none"); /* an address typed, a bookmark */
    assert_int_equal(gate_ask(&g, &r), GATE_PASS);
    r.fetch_site = (str){NULL, 0}; /* a script, an old browser */
    assert_int_equal(gate_ask(&g, &r), GATE_PASS);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        r.fetch_site = str_of(wrong[i]);
        assert_int_equal(gate_ask(&g, &r), GATE_WRONG_ORIGIN);
        r.post = true;
        assert_int_equal(gate_ask(&g, &r), GATE_WRONG_ORIGIN);
        r.post = false;
    }
}

static void origins_are_the_very_host_that_was_asked(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "http://",
                                        "https://127.0.0.1:8123",
                                        "http://localhost:8123",
                                        "http://127.0.0.1:8124",
                                        "http://127.0.0.1:8123/",
                                        "http://127.0.0.1:8123.evil",
                                        "http://evil.example",
                                        "HTTP://127.0.0.1:8123"};
    struct gate g = open_gate(true);
    struct gate_request r = good();
    r.origin = STR("http://127.0.0.1:8123");
    r.post = true;
    assert_int_equal(gate_ask(&g, &r), GATE_PASS);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        r.origin = str_of(wrong[i]);
        assert_int_equal(gate_ask(&g, &r), GATE_WRONG_ORIGIN);
    }
    r.origin = STR("http://localhost:8123");
    r.host = STR("localhost:8123");
    assert_int_equal(gate_ask(&g, &r), GATE_PASS);
}

/* Forms of pages with the policy no-referrer say so; the browser must add that the page is ours. */
static void the_origin_null_needs_the_browsers_word(void **state)
{
    (void)state;
    static const char *const others[] = {"none", "same-site", "cross-site", ""};
    struct gate g = open_gate(true);
    struct gate_request r = good();
    r.origin = STR("null");
    r.post = true;
    assert_int_equal(gate_ask(&g, &r), GATE_PASS);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        r.fetch_site = str_of(others[i]);
        assert_int_equal(gate_ask(&g, &r), GATE_WRONG_ORIGIN);
    }
    r.fetch_site = (str){NULL, 0};
    assert_int_equal(gate_ask(&g, &r), GATE_WRONG_ORIGIN);
}

static void nobody_without_a_key(void **state)
{
    (void)state;
    struct gate g = open_gate(true);
    struct gate_request r = good();
    r.cookie_value = (str){NULL, 0};
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
    r.cookie_value = STR("");
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
    r.cookie_value = str_of(token); /* the token is no cookie */
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
    r.cookie_value = str_sub(str_of(session), 0, 63);
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
}

/* Before the start address was used, the cookie that nobody was given opens nothing. */
static void the_cookie_counts_from_the_start(void **state)
{
    (void)state;
    struct gate g = open_gate(false);
    const struct gate_request r = good();
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
}

static void scripts_bring_the_token(void **state)
{
    (void)state;
    struct gate g = open_gate(false);
    struct gate_request r = {.host_count = 1, .host = STR("127.0.0.1:8123")};
    r.authorization =
        STR("Bearer 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    assert_int_equal(gate_ask(&g, &r), GATE_PASS);
    r.authorization =
        STR("bearer 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
    r.authorization =
        STR("Bearer 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdee");
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
    r.authorization = STR("Bearer ");
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
    r.authorization = str_of(token);
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
    r.authorization =
        STR("Bearer fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210");
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY); /* the cookie is no token */
}

/* The file that leads here is opened by another program, so its request is "cross-site". */
static void the_start_address_works_once(void **state)
{
    (void)state;
    struct gate g = open_gate(false);
    struct gate_request r = {.host_count = 1,
                             .host = STR("127.0.0.1:8123"),
                             .fetch_site = STR("cross-site"),
                             .start = true};
    r.start_token = str_sub(str_of(token), 0, 63);
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
    assert_false(g.started);
    r.start_token = (str){NULL, 0};
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
    r.start_token = str_of(token);
    r.host = STR("evil.example");
    assert_int_equal(gate_ask(&g, &r), GATE_WRONG_HOST);
    assert_false(g.started);
    r.host = STR("127.0.0.1:8123");
    assert_int_equal(gate_ask(&g, &r), GATE_START);
    assert_true(g.started);
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
}

static void the_token_in_another_address_starts_nothing(void **state)
{
    (void)state;
    struct gate g = open_gate(false);
    const struct gate_request r = {
        .host_count = 1, .host = STR("127.0.0.1:8123"), .start_token = str_of(token)};
    assert_int_equal(gate_ask(&g, &r), GATE_NO_KEY);
    assert_false(g.started);
}

static void names_follow_the_port(void **state)
{
    (void)state;
    struct gate g = {.started = false};
    gate_set_port(&g, 65535);
    assert_string_equal(g.hosts[0], "127.0.0.1:65535");
    assert_string_equal(g.hosts[1], "localhost:65535");
    assert_string_equal(g.cookie, "stet-65535");
}

static void secrets_are_the_same_or_not(void **state)
{
    (void)state;
    assert_true(gate_same(STR("abc"), STR("abc")));
    assert_false(gate_same(STR("abc"), STR("abd")));
    assert_false(gate_same(STR("abc"), STR("ab")));
    assert_false(gate_same(STR("ab"), STR("abc")));
    assert_false(gate_same(STR(""), STR(""))); /* nothing is no secret */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_ours_to_the_letter),
        cmocka_unit_test(there_is_exactly_one_host),
        cmocka_unit_test(a_key_does_not_help_another_host),
        cmocka_unit_test(browsers_say_who_asks),
        cmocka_unit_test(origins_are_the_very_host_that_was_asked),
        cmocka_unit_test(the_origin_null_needs_the_browsers_word),
        cmocka_unit_test(nobody_without_a_key),
        cmocka_unit_test(the_cookie_counts_from_the_start),
        cmocka_unit_test(scripts_bring_the_token),
        cmocka_unit_test(the_start_address_works_once),
        cmocka_unit_test(the_token_in_another_address_starts_nothing),
        cmocka_unit_test(names_follow_the_port),
        cmocka_unit_test(secrets_are_the_same_or_not),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
