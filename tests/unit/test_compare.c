/* Comparing: what was tampered with is found, all of it, and nothing is invented. */
#include "../support/scratch.h"
#include "compare.h"
#include "intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { EDITS_OF_A_KIND = 50, RECORDS_MAX = 20000 };

/* ---- a release, record by record --------------------------------------------------------------- */

/* What happened to a record; in the copy also where it came from. */
enum tampering {
    KEPT,
    DELETED,
    INSERTED,
    WORD_CHANGED,
    SENDER_CHANGED,
    SWAPPED,
    MOVED,
    TIME_CHANGED,
    EDIT_KINDS
};

struct record {
    str bytes; /* with its line feed */
    enum tampering edit;
    size_t origin; /* index in the original; of an inserted one NONE */
    uint64_t at;   /* byte in its file */
    bool found;
};
#define NONE ((size_t)-1)

struct release {
    struct record *p;
    size_t count;
    struct arena arena;
};

static struct release split(str text)
{
    struct release r = {.p = calloc(RECORDS_MAX, sizeof *r.p)};
    str line;
    assert_non_null(r.p);
    for (size_t at = 0; at < text.n; at += line.n) {
        const size_t end = str_find_byte(str_from(text, at), '\n');
        line = str_sub(text, at, end == STR_NONE ? text.n - at : end + 1);
        if (r.count && !str_starts(line, STR("[20")) && !str_starts(line, STR("[DMConv"))) {
            /* a message goes on */
            r.p[r.count - 1].bytes.n += line.n;
            continue;
        }
        assert_true(r.count < RECORDS_MAX);
        r.p[r.count] = (struct record){.bytes = line, .origin = r.count};
        r.count++;
    }
    return r;
}

static bool is_message(str s)
{
    return s.n > 25 && str_starts(s, STR("[20")) && s.p[22] == '<' &&
           str_find(s, STR("> ")) != STR_NONE;
}

static str join(struct release *r)
{
    size_t size = 0;
    for (size_t i = 0; i < r->count; i++)
        size += r->p[i].bytes.n;
    char *const all = malloc(size + 1);
    assert_non_null(all);
    size = 0;
    for (size_t i = 0; i < r->count; i++) {
        r->p[i].at = size;
        memcpy(all + size, r->p[i].bytes.p, r->p[i].bytes.n);
        size += r->p[i].bytes.n;
    }
    return (str){all, size};
}

/* ---- tampering ---------------------------------------------------------------------------------- */

static uint64_t state_of_chance;

static size_t chance(size_t below)
{
    state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(state_of_chance >> 33) % below;
}

static str sender_of(str s)
{
    return str_sub(s, 23, str_find(s, STR("> ")) - 23);
}

static str body_of(str s)
{
    return str_from(s, str_find(s, STR("> ")) + 2);
}

static bool same_record(str x, str y)
{
    return str_eq(str_trim(x), str_trim(y));
}

/* A message that no edit stands near, and that no neighbour equals. */
static size_t choose(const struct release *r, size_t room)
{
    for (int tries = 0; tries < 100000; tries++) {
        const size_t i = 2 + chance(r->count - 4 - room);
        bool good = is_message(r->p[i].bytes) && is_message(r->p[i + room].bytes);
        for (size_t k = i - 2; k <= i + room + 2 && good; k++)
            good = r->p[k].edit == KEPT;
        for (size_t k = i; k < i + room && good; k++)
            good = !same_record(body_of(r->p[k].bytes), body_of(r->p[k + 1].bytes));
        if (good)
            return i;
    }
    fail_msg("there is no room for another edit");
    return 0;
}

static str with_body(struct release *r, str s, str body)
{
    const str head = str_sub(s, 0, s.n - body_of(s).n);
    return arena_printf(&r->arena, STR_FMT STR_FMT, STR_ARG(head), STR_ARG(body));
}

/* One word of the text becomes another. */
static str change_word(struct release *r, str s)
{
    const str body = str_trim(body_of(s));
    size_t from = chance(body.n);
    while (from && body.p[from - 1] != ' ' && body.p[from - 1] != '\n')
        from--;
    size_t end = from;
    while (end < body.n && body.p[end] != ' ' && body.p[end] != '\n')
        end++;
    const str changed =
        arena_printf(&r->arena, STR_FMT "quillwort%zu" STR_FMT "\n",
                     STR_ARG(str_sub(body, 0, from)), chance(1000), STR_ARG(str_from(body, end)));
    return with_body(r, s, changed);
}

static str change_sender(struct release *r, str s)
{
    for (;;) {
        const str other = r->p[chance(r->count)].bytes;
        if (!is_message(other) || str_eq(sender_of(other), sender_of(s)))
            continue;
        return arena_printf(&r->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(str_sub(s, 0, 23)),
                            STR_ARG(sender_of(other)), STR_ARG(str_from(s, 23 + sender_of(s).n)));
    }
}

/* Some minutes, an hour, a year: what a forger would want. */
static str change_time(struct release *r, str s)
{
    char *const copy = arena_cstr(&r->arena, s);
    const size_t places[] = {16, 13, 4}; /* minute, hour, year: the last digit of each */
    const size_t at = places[chance(3)];
    copy[at] = copy[at] == '5' ? '4' : '5';
    if (at == 13 && copy[12] == '2') /* never 24 or 25 o'clock */
        copy[at] = s.p[at] == '1' ? '2' : '1';
    return (str){copy, s.n};
}

static void put_in(struct release *r, size_t at, struct record x)
{
    memmove(&r->p[at + 1], &r->p[at], (r->count - at) * sizeof *r->p);
    r->p[at] = x;
    r->count++;
}

static struct record take_out(struct release *r, size_t at)
{
    const struct record x = r->p[at];
    r->count--;
    memmove(&r->p[at], &r->p[at + 1], (r->count - at) * sizeof *r->p);
    return x;
}

static void tamper_in_place(struct release *r, enum tampering kind)
{
    const size_t i = choose(r, 0);
    struct record *const x = &r->p[i];
    x->edit = kind;
    if (kind == WORD_CHANGED)
        x->bytes = change_word(r, x->bytes);
    else if (kind == SENDER_CHANGED)
        x->bytes = change_sender(r, x->bytes);
    else
        x->bytes = change_time(r, x->bytes);
}

static void tamper_order(struct release *r)
{
    const size_t i = choose(r, 1);
    r->p[i].edit = r->p[i + 1].edit = SWAPPED;
    const struct record x = r->p[i];
    r->p[i] = r->p[i + 1];
    r->p[i + 1] = x;
}

static void tamper_insert(struct release *r, size_t number)
{
    const size_t i = choose(r, 0);
    const str head = str_sub(r->p[i].bytes, 0, r->p[i].bytes.n - body_of(r->p[i].bytes).n);
    put_in(r, i + 1,
           (struct record){.edit = INSERTED,
                           .origin = NONE,
                           .bytes = arena_printf(&r->arena, STR_FMT "nobody wrote this %zu\n",
                                                 STR_ARG(head), number)});
}

static void tamper_move(struct release *r)
{
    const size_t from = choose(r, 0);
    struct record x = take_out(r, from);
    x.edit = MOVED;
    size_t to;
    do
        to = choose(r, 0);
    while (to + 20 > from && to < from + 20);
    put_in(r, to, x);
}

/* Deleted last: what is gone cannot keep others away. */
static void tamper(struct release *r, struct record *original)
{
    for (size_t n = 0; n < EDITS_OF_A_KIND; n++) {
        tamper_in_place(r, WORD_CHANGED);
        tamper_in_place(r, SENDER_CHANGED);
        tamper_in_place(r, TIME_CHANGED);
        tamper_order(r);
        tamper_move(r);
        tamper_insert(r, n);
    }
    for (size_t n = 0; n < EDITS_OF_A_KIND; n++) {
        const size_t i = choose(r, 0);
        original[r->p[i].origin].edit = DELETED;
        take_out(r, i);
    }
}

/* ---- comparing ---------------------------------------------------------------------------------- */

static void import(const char *archive, const char *path, const char *zone)
{
    const struct intake_options o = {.format = STR(""), .zone_name = str_of(zone)};
    struct intake_total total;
    struct err e = {.code = OK};
    if (intake_run(archive, &path, 1, &o, &total, &e) != OK || total.stored != 1)
        fail_msg("not imported: %s", e.msg);
}

struct two {
    struct scratch dir;
    char right[120];
    struct store *a, *b;
    struct comparison *c;
    const struct compare_facts *f;
};

static void compare(struct two *t)
{
    struct err e = {.code = OK};
    assert_int_equal(store_open(&t->a, t->dir.archive, STORE_READ, &e), OK);
    assert_int_equal(store_open(&t->b, t->right, STORE_READ, &e), OK);
    const struct compare_side_of left = {.store = t->a}, right = {.store = t->b};
    if (compare_run(&t->c, &left, &right, &e) != OK)
        fail_msg("%s", e.msg);
    t->f = compare_facts(t->c);
}

static struct two compare_texts(str left, str right, const char *left_zone, const char *right_zone)
{
    struct two t = {.dir = scratch_make()};
    snprintf(t.right, sizeof t.right, "%s/right.stet", t.dir.folder);
    import(t.dir.archive, scratch_file(&t.dir, "left.txt", left), left_zone);
    import(t.right, scratch_file(&t.dir, "right.txt", right), right_zone);
    compare(&t);
    return t;
}

static void end(struct two *t)
{
    compare_close(t->c);
    store_close(t->a);
    store_close(t->b);
    scratch_remove(&t->dir);
}

static struct record *record_at(struct release *r, struct store *s, int64_t row)
{
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    struct witness *w;
    size_t count;
    assert_int_equal(store_witnesses(s, row, &a, &w, &count, &e), OK);
    const uint64_t at = w[0].locus.at;
    arena_free(&a);
    for (size_t i = 0; i < r->count; i++)
        if (r->p[i].at == at)
            return &r->p[i];
    fail_msg("no record stands at byte %zu", (size_t)at);
    return NULL;
}

static uint32_t expected(enum tampering edit)
{
    static const uint32_t bits[EDIT_KINDS] = {
        [DELETED] = ONLY_LEFT,         [INSERTED] = ONLY_RIGHT,
        [WORD_CHANGED] = DIFFERS_TEXT, [SENDER_CHANGED] = DIFFERS_SENDER,
        [SWAPPED] = DIFFERS_ORDER,     [MOVED] = DIFFERS_ORDER,
        [TIME_CHANGED] = DIFFERS_TIME,
    };
    return bits[edit];
}

/* Each finding belongs to an edit and says what it was. */
static void hold_findings(struct two *t, struct release *original, struct release *copy)
{
    for (size_t i = 0; i < t->f->finding_count; i++) {
        const struct compare_finding *const f = &t->f->findings[i];
        struct record *const l = f->left_row ? record_at(original, t->a, f->left_row) : NULL;
        struct record *const r = f->right_row ? record_at(copy, t->b, f->right_row) : NULL;
        struct record *const x = r ? r : l;
        /* The word that was changed may have been the black bar. */
        const uint32_t bar = x->edit == WORD_CHANGED ? DIFFERS_REDACTED : 0;
        if (x->edit == KEPT || (f->differs & ~bar) != expected(x->edit) ||
            (l && r && l != &original->p[r->origin]))
            fail_msg("invented: edit %d, told %x: " STR_FMT, (int)x->edit, (unsigned)f->differs,
                     STR_ARG(x->bytes));
        x->found = true;
    }
}

/* Of two that changed places one is enough. */
static void hold_edits(const struct release *r, size_t found[EDIT_KINDS])
{
    for (size_t i = 0; i < r->count; i++) {
        const struct record *const x = &r->p[i];
        if (x->edit == KEPT || (x->edit == SWAPPED && i && r->p[i - 1].edit == SWAPPED &&
                                r->p[i - 1].origin > x->origin))
            continue;
        const bool seen = x->found || (x->edit == SWAPPED && r->p[i + 1].found);
        if (!seen)
            fail_msg("not found: edit %d: " STR_FMT, (int)x->edit, STR_ARG(x->bytes));
        found[x->edit]++;
    }
}

static void hold_release(const char *path, uint64_t seed)
{
    const str text = scratch_read(path);
    struct release original = split(text), copy = split(text);
    size_t found[EDIT_KINDS] = {0};
    state_of_chance = seed;
    tamper(&copy, original.p);
    const str left = join(&original), right = join(&copy);
    struct two t = compare_texts(left, right, "", "");
    assert_true(t.f->by_place);
    assert_int_equal(t.f->shift_ms, 0);
    hold_findings(&t, &original, &copy);
    hold_edits(&original, found);
    hold_edits(&copy, found);
    for (int kind = KEPT + 1; kind < EDIT_KINDS; kind++)
        if (found[kind] != EDITS_OF_A_KIND)
            fail_msg("%zu edits of kind %d", found[kind], kind);
    end(&t);
    free(original.p);
    free(copy.p);
    arena_free(&copy.arena);
    free((void *)left.p);
    free((void *)right.p);
    free((void *)text.p);
}

static void tampering_with_the_sample(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++)
        hold_release("corpus/sample/release.txt", seed);
}

static void tampering_with_a_real_release(void **state)
{
    (void)state;
    const char *const path = "../shared/data/task-force-dm/release.txt";
    if (access(path, R_OK) != 0) {
        print_message("# skipped: %s is not here\n", path);
        skip();
    }
    for (uint64_t seed = 11; seed <= 13; seed++)
        hold_release(path, seed);
}

/* ---- small cases -------------------------------------------------------------------------------- */

#define CHAT                                                      \
    "[2016-03-02 09:41:07] <noll> good morning\n"                 \
    "[2016-03-02 09:42:00] <Lirra> the dredging permit came\n"    \
    "[2016-03-02 09:42:30] <noll> at last\n"                      \
    "[2016-03-02 09:43:10] <tern> nobody told the ferry office\n" \
    "[2016-03-02 09:44:00] <Lirra> then do\n"

static void the_same_twice(void **state)
{
    (void)state;
    struct two t = compare_texts(STR(CHAT), STR(CHAT), "", "");
    assert_int_equal(t.f->finding_count, 0);
    assert_int_equal(t.f->same, 5);
    end(&t);
}

static void clocks_in_two_zones(void **state)
{
    (void)state;
    struct two t = compare_texts(STR(CHAT), STR(CHAT), "Europe/Berlin", "UTC");
    assert_int_equal(t.f->shift_ms, MS_PER_HOUR);
    assert_int_equal(t.f->shift_votes, 5);
    assert_int_equal(t.f->finding_count, 0);
    end(&t);
}

/* Senders whose names differ everywhere are one sender each; that is said, not told message by message. */
static void senders_with_other_names(void **state)
{
    (void)state;
    static const char other[] = "[2016-03-02 09:41:07] <noll> good morning\n"
                                "[2016-03-02 09:42:00] <U02> the dredging permit came\n"
                                "[2016-03-02 09:42:30] <noll> at last\n"
                                "[2016-03-02 09:44:00] <U02> then do\n"
                                "[2016-03-02 09:45:00] <U02> what they ask\n";
    static const char one[] = "[2016-03-02 09:41:07] <noll> good morning\n"
                              "[2016-03-02 09:42:00] <Lirra> the dredging permit came\n"
                              "[2016-03-02 09:42:30] <noll> at last\n"
                              "[2016-03-02 09:44:00] <Lirra> then do\n"
                              "[2016-03-02 09:45:00] <Lirra> what they ask\n";
    struct two t = compare_texts(STR(one), STR(other), "", "");
    assert_int_equal(t.f->finding_count, 0);
    assert_int_equal(t.f->alias_count, 1);
    assert_true(str_eq(t.f->aliases[0].left, STR("Lirra")));
    assert_true(str_eq(t.f->aliases[0].right, STR("U02")));
    assert_int_equal(t.f->aliases[0].messages, 3);
    end(&t);
}

static void a_stretch_and_a_black_bar(void **state)
{
    (void)state;
    static const char other[] =
        "[2016-03-02 09:41:07] <noll> good morning\n"
        "[2016-03-02 09:42:00] <Lirra> the \xe2\x96\x88\xe2\x96\x88\xe2\x96\x88 permit came\n";
    struct two t = compare_texts(STR(CHAT), STR(other), "", "");
    assert_int_equal(t.f->finding_count, 4);
    assert_int_equal(t.f->findings[0].differs, DIFFERS_TEXT | DIFFERS_REDACTED);
    assert_int_equal(t.f->stretch_count, 1);
    assert_int_equal(t.f->stretches[0].side, ONLY_LEFT);
    assert_int_equal(t.f->stretches[0].count, 3);
    end(&t);
}

/* One export keeps blanks, another does not: worth a word, but no other text. */
static void white_space_alone(void **state)
{
    (void)state;
    static const char one[] = "[2016-03-02 09:41:07] <noll> good  morning\n"
                              "[2016-03-02 09:42:00] <noll> so long\n";
    static const char other[] = "[2016-03-02 09:41:07] <noll> good morning\n"
                                "[2016-03-02 09:42:00] <noll> solong\n";
    struct two t = compare_texts(STR(one), STR(other), "", "");
    assert_int_equal(t.f->finding_count, 2);
    assert_int_equal(t.f->findings[0].differs, DIFFERS_SPACE);
    assert_int_equal(t.f->findings[1].differs, DIFFERS_TEXT);
    end(&t);
}

static void words_that_changed(void **state)
{
    (void)state;
    struct arena a = {.first = NULL};
    struct word_change *w;
    size_t n;
    compare_words(STR("we saw the permit on Monday"), STR("we never saw the permit on Monday."), &a,
                  &w, &n);
    assert_int_equal(n, 4);
    assert_true(w[0].same && str_eq(w[0].left, STR("we")));
    assert_true(!w[1].same && !w[1].left.n && str_eq(w[1].right, STR("never")));
    assert_true(w[2].same && str_eq(w[2].right, STR("saw the permit on")));
    assert_true(str_eq(w[3].left, STR("Monday")) && str_eq(w[3].right, STR("Monday.")));
    compare_words(STR("all of it is gone"), STR("gone"), &a, &w, &n);
    assert_int_equal(n, 2);
    assert_true(!w[0].same && str_eq(w[0].left, STR("all of it is")));
    compare_words(STR(""), STR("new"), &a, &w, &n);
    assert_int_equal(n, 1);
    assert_true(str_eq(w[0].right, STR("new")));
    arena_free(&a);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_twice),
        cmocka_unit_test(clocks_in_two_zones),
        cmocka_unit_test(senders_with_other_names),
        cmocka_unit_test(a_stretch_and_a_black_bar),
        cmocka_unit_test(white_space_alone),
        cmocka_unit_test(words_that_changed),
        cmocka_unit_test(tampering_with_the_sample),
        cmocka_unit_test(tampering_with_a_real_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
