/*
 * Look-alikes against two seeded sets that share nothing with the detector: impostors made by tricks
 * that are written down here with their own table of letters, and ordinary handles made of invented
 * names, words and numbers. Prints what was measured.
 */
#include "arena.h"
#include "lookalike.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { PAIRS = 200, ORDINARY = 10000, FALSE_ALARMS_MAX = ORDINARY / 50, HANDLE = 96 };

static uint64_t seed;

static unsigned roll(unsigned n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % n;
}

static const char *const first_names[] = {
    "anna",  "bela",  "carlo", "dorit", "emil",   "fatma", "greta",  "hugo",  "ines",  "jonas",
    "klara", "linus", "maren", "nadia", "oskar",  "petra", "quirin", "rosa",  "sven",  "thea",
    "ugo",   "vera",  "wim",   "xenia", "yannis", "zora",  "bosse",  "cleo",  "dario", "elif",
    "finn",  "gesa",  "henk",  "ivo",   "jule",   "karim", "lotte",  "malik", "nele",  "otto"};
static const char *const last_names[] = {
    "rautenberg", "vantongre", "pellow", "moll",   "dray",    "rehm",   "oster",  "lind",
    "hagen",      "brandt",    "kruse",  "winter", "falk",    "sommer", "thiel",  "marek",
    "novak",      "silva",     "costa",  "duarte", "petrov",  "ivanov", "haas",   "kohl",
    "berger",     "lange",     "weiss",  "roth",   "schwarz", "krause", "jensen", "holm"};
static const char *const things[] = {
    "harbour", "kelp",   "tern",   "mudlark", "gannet", "barrage", "lignite", "saltgate",
    "ferry",   "heron",  "plover", "dredge",  "buoy",   "anchor",  "lantern", "pilot",
    "estuary", "gravel", "copper", "willow",  "magpie", "thistle", "badger",  "otter",
    "falcon",  "quarry", "meadow", "bridge",  "tunnel", "signal",  "paper",   "ledger"};
static const char *const kinds[] = {"old",  "red",   "night", "north", "quiet", "little", "grey",
                                    "deep", "early", "blue",  "salt",  "wild",  "dry",    "late"};
#define PICK(list) (list)[roll(sizeof(list) / sizeof *(list))]

/* Two to four invented syllables: short, with double letters, i and l, close to one another. */
static void syllables(char out[HANDLE], unsigned number)
{
    static const char *const parts[] = {"ba", "li", "lo",  "mi",  "nill", "ra", "ro",  "sso", "ta",
                                        "ti", "to", "vi",  "zel", "kel",  "al", "il",  "oo",  "rn",
                                        "ma", "be", "gel", "tte", "so",   "de", "nna", "i",   "l"};
    const unsigned many = 2 + roll(3);
    out[0] = '\0';
    for (unsigned i = 0; i < many; i++)
        snprintf(out + strlen(out), HANDLE - strlen(out), "%s", PICK(parts));
    if (roll(2))
        snprintf(out + strlen(out), HANDLE - strlen(out), "%u", number);
}

static void ordinary(char out[HANDLE])
{
    const unsigned number = 2 + roll(roll(2) ? 98 : 9998);
    switch (roll(10)) {
    case 0: snprintf(out, HANDLE, "%s_%s%u", PICK(first_names), PICK(last_names), number); return;
    case 1: snprintf(out, HANDLE, "%s%s%u", PICK(kinds), PICK(things), number); return;
    case 2:
        snprintf(out, HANDLE, "%s.%s.%s", PICK(first_names), PICK(things), PICK(last_names));
        return;
    case 3: snprintf(out, HANDLE, "%c%s%u", 'a' + (int)roll(26), PICK(last_names), number); return;
    case 4: snprintf(out, HANDLE, "%s%u", PICK(things), number); return;
    case 5:
        snprintf(out, HANDLE, "%s %s-%s", PICK(first_names), PICK(last_names), PICK(last_names));
        return;
    case 6: snprintf(out, HANDLE, "the_%s_%s%u", PICK(kinds), PICK(things), number); return;
    case 7: snprintf(out, HANDLE, "%s%s%u", PICK(first_names), PICK(things), number); return;
    case 8: syllables(out, number); return;
    default:
        snprintf(out, HANDLE, "%c%c%u", 'a' + (int)roll(26), 'a' + (int)roll(26), number);
        return;
    }
}

/* ---- impostors -------------------------------------------------------------------------------- */

static const struct {
    char plain;
    const char *like;
} twins[] = {{'a', "\xD0\xB0"}, {'e', "\xD0\xB5"}, {'o', "\xD0\xBE"},     {'o', "\xCE\xBF"},
             {'p', "\xD1\x80"}, {'c', "\xD1\x81"}, {'x', "\xD1\x85"},     {'i', "\xD1\x96"},
             {'s', "\xD1\x95"}, {'y', "\xD1\x83"}, {'l', "\xE2\x85\xBC"}, {'j', "\xD1\x98"}};
static const struct {
    char letter, digit;
} leet[] = {{'o', '0'}, {'l', '1'}, {'i', '1'}, {'e', '3'}, {'a', '4'},
            {'s', '5'}, {'t', '7'}, {'b', '8'}, {'g', '9'}};
static const char *const nothing[] = {"\xE2\x80\x8B", "\xE2\x80\x8D", "\xC2\xAD", "\xE2\x81\xA0"};

/* The handle with `put` for `cut` bytes at a place. */
static void change(char out[HANDLE], size_t at, size_t cut, const char *put)
{
    char rest[HANDLE];
    snprintf(rest, sizeof rest, "%s", out + at + cut);
    snprintf(out + at, HANDLE - at, "%s%s", put, rest);
}

/* The place of a letter of a table, -1 if the handle has none; tries from a random row on. */
static bool swap_letter(char out[HANDLE], bool digits)
{
    const unsigned rows = digits ? sizeof leet / sizeof *leet : sizeof twins / sizeof *twins;
    const unsigned from = roll(rows);
    for (unsigned i = 0; i < rows; i++) {
        const unsigned row = (from + i) % rows;
        const char *const found = strchr(out, digits ? leet[row].letter : twins[row].plain);
        const char digit[2] = {digits ? leet[row].digit : '\0', '\0'};
        if (!found)
            continue;
        change(out, (size_t)(found - out), 1, digits ? digit : twins[row].like);
        return true;
    }
    return false;
}

static void disguise(char out[HANDLE], unsigned trick)
{
    const size_t n = strlen(out), inside = 1 + roll((unsigned)n - 2);
    const char twice[3] = {out[inside], out[inside], '\0'};
    const char big[2] = {
        (char)(out[inside] >= 'a' && out[inside] <= 'z' ? out[inside] - 32 : out[inside]), '\0'};
    switch (trick) {
    case 0: assert_true(swap_letter(out, false)); return;
    case 1: assert_true(swap_letter(out, true)); return;
    case 2: change(out, inside, 0, roll(2) ? "_" : "."); return;
    case 3: change(out, n, 0, "_"); return;
    case 4: change(out, inside, 0, PICK(nothing)); return;
    case 5: change(out, inside, 1, twice); return;
    case 6: change(out, inside, 1, big); return;
    default: /* two at once */
        change(out, n, 0, "_");
        assert_true(swap_letter(out, false));
        return;
    }
}

static void victim(char out[HANDLE])
{
    switch (roll(4)) {
    case 0: snprintf(out, HANDLE, "%s", PICK(last_names)); break;
    case 1: snprintf(out, HANDLE, "%s%s", PICK(first_names), PICK(last_names)); break;
    case 2: snprintf(out, HANDLE, "%s_%s", PICK(kinds), PICK(things)); break;
    default: snprintf(out, HANDLE, "%s %s", PICK(first_names), PICK(last_names)); break;
    }
}

static void impostors_are_found(void **state)
{
    (void)state;
    seed = 20160302;
    unsigned found = 0;
    for (unsigned i = 0; i < PAIRS; i++) {
        struct arena a = {0};
        char real[HANDLE], fake[HANDLE];
        struct lookalike *pairs;
        victim(real);
        memcpy(fake, real, HANDLE);
        for (int tries = 0; tries < 40 && strcmp(real, fake) == 0; tries++)
            disguise(fake, i % 8);
        assert_string_not_equal(real, fake);
        const struct looked_at names[] = {{.text = str_of(real), .owner = 1},
                                          {.text = str_of(fake), .owner = 2}};
        const size_t count = lookalikes_find(names, 2, &a, &pairs);
        if (count == 1)
            found++;
        else
            print_message("missed: %s as %s\n", real, fake);
        assert_true(count != 1 || pairs[0].tricks != 0);
        arena_free(&a);
    }
    print_message("# %u of %d impostors found\n", found, PAIRS);
    assert_int_equal(found, PAIRS);
}

static void ordinary_handles_are_left_alone(void **state)
{
    (void)state;
    static char handles[ORDINARY][HANDLE];
    static struct looked_at names[ORDINARY];
    static bool alarmed[ORDINARY];
    struct arena a = {0};
    struct lookalike *pairs;
    size_t count = 0, alarms = 0;
    seed = 20161124;
    while (count < ORDINARY) {
        ordinary(handles[count]);
        bool again = false;
        for (size_t i = 0; i < count && !again; i++)
            again = strcmp(handles[i], handles[count]) == 0;
        if (again)
            continue;
        names[count] = (struct looked_at){.text = str_of(handles[count]), .owner = (int64_t)count};
        count++;
    }
    const size_t n = lookalikes_find(names, ORDINARY, &a, &pairs);
    for (size_t i = 0; i < n; i++) {
        if (i < 10)
            print_message("# alarm: %s, %s\n", handles[pairs[i].a], handles[pairs[i].b]);
        alarmed[pairs[i].a] = alarmed[pairs[i].b] = true;
    }
    for (size_t i = 0; i < ORDINARY; i++)
        alarms += alarmed[i];
    print_message("# %zu of %d ordinary handles called look-alikes (%.2f %%)\n", alarms, ORDINARY,
                  100.0 * (double)alarms / ORDINARY);
    assert_true(alarms <= FALSE_ALARMS_MAX);
    arena_free(&a);
}

/* ---- single names ------------------------------------------------------------------------------ */

static uint32_t tricks(const char *x, const char *y)
{
    struct arena a = {0};
    struct lookalike *pairs;
    const struct looked_at names[] = {{.text = str_of(x), .owner = 1},
                                      {.text = str_of(y), .owner = 2}};
    const uint32_t out = lookalikes_find(names, 2, &a, &pairs) ? pairs[0].tricks : 0;
    arena_free(&a);
    return out;
}

static void tricks_are_told(void **state)
{
    (void)state;
    assert_int_equal(tricks("noll", "n\xD0\xBEll"), TRICK_LETTERS);
    assert_int_equal(tricks("noll", "Noll"), TRICK_CASE);
    assert_int_equal(tricks("noll", "no_ll"), TRICK_SIGNS);
    assert_int_equal(tricks("noll", "n0ll"), TRICK_DIGITS);
    assert_int_equal(tricks("noll", "no\xE2\x80\x8Bll"), TRICK_INVISIBLE);
    assert_int_equal(tricks("noll", "nolll"), TRICK_DOUBLED);
    assert_int_equal(tricks("noll", "noll"), TRICK_SAME);
    assert_int_equal(tricks("Zoe", "Zo\xC3\xAB"), TRICK_ACCENTS);
    assert_int_equal(tricks("Noll", "\xCE\x9Doll"), TRICK_LETTERS); /* Greek capital nu */
    assert_true(tricks("moll", "rnoll") != 0);
    assert_true(tricks("mowe", "movve") != 0);
}

static void numbers_are_numbers(void **state)
{
    (void)state;
    assert_int_equal(tricks("tern10", "tern100"), 0);
    assert_int_equal(tricks("tern1", "tern11"), 0);
    assert_int_equal(tricks("tern1", "tern2"), 0);
    assert_int_equal(tricks("al", "ai"), 0);
    assert_true(tricks("taboo", "tab00") != 0);
    assert_true(tricks("noll", "nol1") != 0);
}

static void verified_names_are_the_measure(void **state)
{
    (void)state;
    struct arena a = {0};
    struct lookalike *pairs;
    const struct looked_at names[] = {{.text = STR("kelp"), .owner = 1},
                                      {.text = STR("ke1p"), .owner = 2},
                                      {.text = STR("tern"), .owner = 3},
                                      {.text = STR("t\xD0\xB5rn"), .owner = 4},
                                      {.text = STR("tern"), .owner = -1, .verified = true}};
    assert_int_equal(lookalikes_find(names, 5, &a, &pairs), 1);
    assert_int_equal(pairs[0].a, 4);
    assert_int_equal(pairs[0].b, 3);
    const str spelt = lookalike_spell(&a, names[3].text);
    assert_true(str_eq(spelt, STR("t[U+0435]rn")));
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(impostors_are_found),
        cmocka_unit_test(ordinary_handles_are_left_alone),
        cmocka_unit_test(tricks_are_told),
        cmocka_unit_test(numbers_are_numbers),
        cmocka_unit_test(verified_names_are_the_measure),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
