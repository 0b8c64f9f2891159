/* Merkle trees: the values of RFC 6962's reference implementation, growth, and paths that climb. */
#include "merkle.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void is_hex(const char *want, struct sha256_digest got)
{
    char hex[SHA256_HEX];
    assert_string_equal(want, sha256_hex(hex, &got));
}

/* The leaves of the reference tests of Certificate Transparency. */
static const str leaves[] = {
    STR_INIT(""),
    STR_INIT("\x00"),
    STR_INIT("\x10"),
    STR_INIT("\x20\x21"),
    STR_INIT("\x30\x31"),
    STR_INIT("\x40\x41\x42\x43"),
    STR_INIT("\x50\x51\x52\x53\x54\x55\x56\x57"),
    STR_INIT("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"),
};

static void roots_of_the_reference(void **state)
{
    (void)state;
    static const char *const roots[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    };
    struct merkle m = {.count = 0};
    is_hex(roots[0], merkle_root(&m));
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++) {
        merkle_add(&m, merkle_leaf(leaves[i]));
        assert_int_equal(m.count, i + 1);
        is_hex(roots[i + 1], merkle_root(&m));
    }
}

static struct sha256_digest climb(struct sha256_digest d, size_t at, size_t size,
                                  const struct sha256_digest *path, size_t length)
{
    size_t used = 0;
    for (; size > 1; at /= 2, size = (size + 1) / 2)
        if ((at ^ 1) < size) {
            assert_true(used < length);
            d = at & 1 ? merkle_node(&path[used], &d) : merkle_node(&d, &path[used]);
            used++;
        }
    assert_int_equal(used, length);
    return d;
}

static void every_path_of_every_size(void **state)
{
    (void)state;
    enum { MOST = 70 };
    struct sha256_digest all[MOST];
    struct arena a = {.first = NULL};
    struct merkle m = {.count = 0};
    for (size_t n = 1; n <= MOST; n++) {
        char text[8];
        snprintf(text, sizeof text, "%zu", n);
        all[n - 1] = merkle_leaf(str_of(text));
        merkle_add(&m, all[n - 1]);
        const struct sha256_digest root = merkle_root(&m);
        for (size_t at = 0; at < n; at++) {
            struct sha256_digest *path;
            size_t length;
            merkle_path(all, n, at, &a, &path, &length);
            struct sha256_digest top = climb(all[at], at, n, path, length);
            assert_true(sha256_eq(&top, &root));
            top = climb(all[(at + 1) % MOST], at, n, path, length);
            assert_true(n == 1 || (at + 1) % MOST >= n || !sha256_eq(&top, &root));
        }
        arena_clear(&a);
    }
    arena_free(&a);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roots_of_the_reference),
        cmocka_unit_test(every_path_of_every_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
