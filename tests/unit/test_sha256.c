/* SHA-256 against the examples of FIPS 180-2, in one piece and in many. */
#include "sha256.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_digest(struct sha256_digest d, const char *expected)
{
    char hex[SHA256_HEX];
    assert_string_equal(sha256_hex(hex, &d), expected);
}

static void the_example_of_the_door(void **state)
{
    (void)state;
    const struct sha256_digest d = sha256_of(STR("hello"));
    assert_digest(d, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
}

static void standard_examples(void **state)
{
    (void)state;
    assert_digest(sha256_of((str){NULL, 0}),
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_digest(sha256_of(STR("abc")),
                  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_digest(sha256_of(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_context_starts_afresh_and_takes_pieces(void **state)
{
    (void)state;
    struct sha256 h = sha256_new();
    char thousand[1000];
    memset(thousand, 'a', sizeof thousand);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1000; i++) {
            sha256_add(&h, (str){thousand, (size_t)(i % 7)});
            sha256_add(&h, (str){thousand, sizeof thousand - (size_t)(i % 7)});
        }
        assert_digest(sha256_end(&h),
                      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
    sha256_free(&h);
    sha256_free(&h); /* once more does no harm */
}

static void digests_compare(void **state)
{
    (void)state;
    const struct sha256_digest a = sha256_of(STR("a"));
    struct sha256_digest b = sha256_of(STR("a"));
    assert_true(sha256_eq(&a, &b));
    b.bytes[SHA256_BYTES - 1] ^= 1;
    assert_false(sha256_eq(&a, &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(standard_examples),
        cmocka_unit_test(a_context_starts_afresh_and_takes_pieces),
        cmocka_unit_test(digests_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
