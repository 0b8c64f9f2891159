/*
 * The walk: what comes out of a text is written down as a line of words, P raw bytes of a part, S a
 * count of structure, B broken bytes; whatever the text is, they are all its bytes in order.
 */
#include "json_walk.h"

#include "buf.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct log {
    struct buf out;
    str bytes;
    uint64_t at; /* all bytes before were seen */
    bool places; /* note line, number and key too */
};

static enum status on_part(void *context, const struct json_part *p, struct err *e)
{
    struct log *l = context;
    (void)e;
    if (!p->raw.n) {
        buf_addf(&l->out, "{%d %.*s} ", p->path, STR_ARG(p->key));
        return OK;
    }
    assert_true(p->at == l->at);
    assert_memory_equal(p->raw.p, l->bytes.p + p->at, p->raw.n);
    l->at += p->raw.n;
    buf_addf(&l->out, "P%d:%.*s ", p->path, (int)(p->raw.n < 40 ? p->raw.n : 40), p->raw.p);
    if (l->places)
        buf_addf(&l->out, "(%d %d %.*s) ", (int)p->line, (int)p->nth, STR_ARG(p->key));
    return OK;
}

static enum status on_structure(void *context, uint64_t at, uint64_t length, struct err *e)
{
    struct log *l = context;
    (void)e;
    assert_true(at == l->at && length > 0);
    l->at += length;
    return OK;
}

static enum status on_broken(void *context, uint64_t at, uint64_t length, int path, const char *why,
                             struct err *e)
{
    struct log *l = context;
    (void)e;
    assert_true(at == l->at);
    assert_true(strlen(why) > 5);
    l->at += length;
    buf_addf(&l->out, "B%d:%.*s ", path, (int)(length < 40 ? length : 40), l->bytes.p + at);
    return OK;
}

/* A source that gives a few bytes at a time. */
struct drip {
    str bytes;
    size_t at, size;
};

static enum status drip_read(void *context, char *out, size_t room, size_t *got, struct err *e)
{
    struct drip *d = context;
    (void)e;
    *got = d->size < room ? d->size : room;
    if (*got > d->bytes.n - d->at)
        *got = d->bytes.n - d->at;
    if (*got)
        memcpy(out, d->bytes.p + d->at, *got);
    d->at += *got;
    return OK;
}

static void drip_close(void *context)
{
    (void)context;
}

/* What the walk says of `text`, read `size` bytes at a time. */
static str walk(struct log *l, str text, const char *const *paths, bool prologue, size_t size)
{
    static const struct source_reader reader = {.read = drip_read, .close = drip_close};
    struct drip drip = {text, 0, size};
    struct err e = {0};
    struct source *source;
    buf_free(&l->out);
    *l = (struct log){.out = buf_new(BUF_MESSAGE_MAX), .bytes = text, .places = l->places};
    assert_int_equal(source_of_reader(&source, STR("drip"), text.n, &reader, &drip, &e), OK);
    const struct json_walk_handler handler = {
        .paths = paths,
        .prologue = prologue,
        .part = on_part,
        .structure = on_structure,
        .broken = on_broken,
    };
    assert_int_equal(json_walk(source, &handler, l, &e), OK);
    assert_true(l->at == text.n);
    source_close(source);
    return str_trim(buf_str(&l->out));
}

static const char *const messages[] = {"name", "messages[]", NULL};
static const char *const elements[] = {"[]", NULL};
static const char *const values[] = {"", NULL};
static const char *const chats[] = {"chats.list[] {", "chats.list[].name",
                                    "chats.list[].messages[]", NULL};
static const char *const members[] = {"data.* {", "data.*.messages[]", NULL};

static const struct {
    const char *what;
    const char *const *paths;
    const char *text, *expected;
} cases[] = {
    {"a name and messages", messages, "{\"name\":\"x\",\"messages\":[{\"id\":1}, {\"id\":2}]}",
     "P0:\"x\" P1:{\"id\":1} P1:{\"id\":2}"},
    {"a top-level array", elements, "[1,\"two\",{\"3\":[]},[4],null]",
     "P0:1 P0:\"two\" P0:{\"3\":[]} P0:[4] P0:null"},
    {"values that follow each other", values, "{\"a\":1}{\"b\":2}\n{\"c\":3},\n[4];\n",
     "P0:{\"a\":1} P0:{\"b\":2} P0:{\"c\":3} P0:[4]"},
    {"chats that are told when they begin", chats,
     "{\"about\":\"x\",\"chats\":{\"list\":[{\"name\":\"a\",\"messages\":[{}]},{\"messages\":[{"
     "\"b\""
     ":0}]}]}}",
     "{0 } P1:\"a\" P2:{} {0 } P2:{\"b\":0}"},
    {"any member", members,
     "{\"data\":{\"k1\":{\"messages\":[1]},\"k2\":{\"messages\":[2]}},\"d\":{\"k\":{\"messages\":["
     "3]"
     "}}}",
     "{0 k1} P1:1 {0 k2} P1:2"},
    {"no such path in another kind of value", messages, "{\"messages\":{\"a\":1},\"name\":[1]}",
     "P0:[1]"},
    {"brackets and quotes in strings", elements, "[{\"a\":\"]}\\\"],[\\\\\"}]",
     "P0:{\"a\":\"]}\\\"],[\\\\\"}"},
    {"a byte order mark", elements, "\xEF\xBB\xBF[1]", "P0:1"},
    {"commas that trail", messages, "{\"messages\":[{\"a\":[1,],},],}", "P1:{\"a\":[1,],}"},
    {"raw control characters in a string", elements, "[\"a\nb\tc\x01\", 2]",
     "P0:\"a\nb\tc\x01\" P0:2"},
    {"escapes that JSON does not know", elements, "[\"\\x0B\\'\"]", "P0:\"\\x0B\\'\""},
    {"a key like the path in another place", messages,
     "{\"x\":{\"messages\":[1]},\"messages\":[{\"messages\":[2]}]}", "P1:{\"messages\":[2]}"},
    {"nothing at all", messages, "", ""},
    {"only blanks", messages, " \n", ""},

    /* What is broken costs one value. */
    {"a string that is not closed costs its line", values,
     "{\"a\":\"one}\n{\"a\":\"two\"}\n{\"a\":\"three\"}",
     "B0:{\"a\":\"one}\n P0:{\"a\":\"two\"} P0:{\"a\":\"three\"}"},
    {"a bracket that is missing costs its line", values, "{\"a\":[1\n{\"a\":2}\n{\"a\":3}",
     "B0:{\"a\":[1\n P0:{\"a\":2} P0:{\"a\":3}"},
    {"the same in an array with indentation", elements,
     "[\n  {\n    \"a\": 1,\n  {\n    \"a\": 2\n  }\n]",
     "B0:{\n    \"a\": 1,\n   P0:{\n    \"a\": 2\n  }"},
    {"lines that may begin with a brace", elements,
     "[\n{\n\"a\": [\n{\n},\n{\n}\n],\n\"b\":\n{\n}\n}\n]",
     "P0:{\n\"a\": [\n{\n},\n{\n}\n],\n\"b\":\n{\n}\n}"},
    {"an inner bracket that is missing", elements, "[{\"a\":[1,2},{\"b\":3}]",
     "P0:{\"a\":[1,2} P0:{\"b\":3}"},
    {"a bracket too many inside", elements, "[{\"a\":1]},{\"b\":3}]", "P0:{\"a\":1]} P0:{\"b\":3}"},
    {"a bracket too many between", elements, "[{\"a\":1}},{\"b\":3}]",
     "P0:{\"a\":1} B-1:} P0:{\"b\":3}"},
    {"a comma that is missing", elements, "[{\"a\":1}{\"b\":3}]", "P0:{\"a\":1} P0:{\"b\":3}"},
    {"words that are no JSON", elements, "[oops, {\"b\":3}]", "P0:oops P0:{\"b\":3}"},
    {"lines that are no JSON", values, "oops, what\n{\"a\":1}\nagain",
     "B0:oops, what P0:{\"a\":1} B0:again"},
    {"text behind the end", messages, "{\"messages\":[1]} and so on\nand on",
     "P1:1 B-1:and so on\nand on"},
    {"records behind the end", messages, "{\"messages\":[1]},{\"id\":2}]}",
     "P1:1 B-1:{\"id\":2} B-1:]}"},
    {"a second text of the same kind", messages,
     "{\"messages\":[1]}{\"messages\":[]}{\"messages\":[2]}", "P1:1 P1:2"},
    {"garbage instead of a key", messages, "{oops \"name\":\"x\"}", "B-1:oops  P0:\"x\""},
    {"an end in a value", elements, "[{\"a\":1},{\"b\":", "P0:{\"a\":1} B0:{\"b\":"},
    {"an end in a string", elements, "[{\"a\":1},{\"b\":\"x", "P0:{\"a\":1} B0:{\"b\":\"x"},
    {"an end between values", elements, "[{\"a\":1},", "P0:{\"a\":1} B-1:"},
};

static void what_comes_out_is_as_told(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 7, 1000000};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            struct log l = {.out = buf_new(BUF_MESSAGE_MAX)};
            const str got = walk(&l, str_of(cases[i].text), cases[i].paths, false, sizes[k]);
            if (!str_eq(got, str_trim(str_of(cases[i].expected))))
                fail_msg("%s (%zu bytes at a time): \"%.*s\"", cases[i].what, sizes[k],
                         STR_ARG(got));
            buf_free(&l.out);
        }
}

static void a_prologue_is_structure(void **state)
{
    (void)state;
    struct log l = {.out = buf_new(BUF_MESSAGE_MAX)};
    const str text = STR("window.YTD.direct_messages.part0 = [ {\"a\":1} ]\n");
    assert_string_equal(walk(&l, text, elements, true, 5).p, "P0:{\"a\":1} ");
    assert_string_equal(walk(&l, text, elements, false, 5).p,
                        "B-1:window.YTD.direct_messages.part0 =  P0:{\"a\":1} ");
    buf_free(&l.out);
}

static void places_are_told(void **state)
{
    (void)state;
    struct log l = {.out = buf_new(BUF_MESSAGE_MAX), .places = true};
    const str text = STR("{\"name\": \"a\nb\",\n \"messages\":\n [10,\n\n20]}");
    assert_string_equal(walk(&l, text, messages, false, 4).p,
                        "P0:\"a\nb\" (1 0 name) P1:10 (4 0 ) P1:20 (6 1 ) ");
    buf_free(&l.out);
}

static void a_text_cut_anywhere_keeps_what_is_whole(void **state)
{
    (void)state;
    const str text =
        STR("{\"name\": \"\\\"n\\\\\", \"messages\": [{\"a\":\"\xC3\xA9\"}, [1, 2]]}\n");
    struct log l = {.out = buf_new(BUF_MESSAGE_MAX)};
    for (size_t n = 0; n <= text.n; n++) {
        const str got = walk(&l, str_sub(text, 0, n), messages, false, 3);
        const size_t first = str_find(text, STR("}, [")) + 1,
                     second = str_find(text, STR("]]")) + 1;
        assert_int_equal(str_find(got, STR("P1:{\"a\":\"\xC3\xA9\"}")) != STR_NONE, n >= first);
        assert_int_equal(str_find(got, STR("P1:[1, 2]")) != STR_NONE, n >= second);
        if (n > 1 && n < text.n - 2)
            assert_true(str_find(got, STR("B")) != STR_NONE);
    }
    buf_free(&l.out);
}

/* `count` times `unit` between `before` and `after`. */
static struct buf repeated(const char *before, const char *unit, size_t count, const char *after)
{
    struct buf b = buf_new((size_t)256 << 20);
    buf_add(&b, str_of(before));
    for (size_t i = 0; i < count; i++)
        buf_add(&b, str_of(unit));
    buf_add(&b, str_of(after));
    return b;
}

static void depth_costs_no_more_than_its_value(void **state)
{
    (void)state;
    struct log l = {.out = buf_new(BUF_MESSAGE_MAX)};
    struct buf ends[2] = {repeated("{\"x\":", "[", 10000000, ""),
                          repeated("", "]", 10000000, ",\"messages\":[1]}")};
    buf_add(&ends[0], buf_str(&ends[1]));
    str got = walk(&l, buf_str(&ends[0]), messages, false, 1 << 20);
    assert_true(str_starts(got, STR("B-1:[[[[")) && str_ends(got, STR(" P1:1")));

    struct buf open = repeated("[7,", "{\"a\":", 1000000, "");
    got = walk(&l, buf_str(&open), elements, false, 1 << 20);
    assert_true(str_starts(got, STR("P0:7 B0:{\"a\":")));
    buf_free(&open);

    struct buf just[2] = {repeated("[", "[", JSON_WALK_DEPTH, ""),
                          repeated("", "]", JSON_WALK_DEPTH, "]")};
    buf_add(&just[0], buf_str(&just[1]));
    assert_true(str_starts(walk(&l, buf_str(&just[0]), elements, false, 100), STR("P0:[[")));
    for (size_t i = 0; i < 2; i++) {
        buf_free(&ends[i]);
        buf_free(&just[i]);
    }
    buf_free(&l.out);
}

static void a_value_may_have_64_MiB_and_no_more(void **state)
{
    (void)state;
    struct log l = {.out = buf_new(BUF_MESSAGE_MAX)};
    struct buf b =
        repeated("[\"", "0123456789abcdef", (JSON_PART_MAX - 16) / 16, "89abcdefghijkl\",2]");
    assert_true(str_starts(walk(&l, buf_str(&b), elements, false, 1 << 20), STR("P0:\"0123")));
    buf_free(&b);
    b = repeated("[\"", "0123456789abcdef", (JSON_PART_MAX - 16) / 16, "89abcdefghijklm\",2]");
    const str got = walk(&l, buf_str(&b), elements, false, 1 << 20);
    assert_true(str_starts(got, STR("B0:\"0123")) && str_ends(got, STR(" P0:2")));
    buf_free(&b);
    buf_free(&l.out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_comes_out_is_as_told),
        cmocka_unit_test(a_prologue_is_structure),
        cmocka_unit_test(places_are_told),
        cmocka_unit_test(a_text_cut_anywhere_keeps_what_is_whole),
        cmocka_unit_test(depth_costs_no_more_than_its_value),
        cmocka_unit_test(a_value_may_have_64_MiB_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
