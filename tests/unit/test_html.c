/* The HTML reader: every text once, in order, at its place, whatever libxml2 makes of the page. */
#include "html.h"

#include "buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#undef fail /* of cmocka: ours takes a struct err */

/* Collects texts; checks of each what can be checked without knowing the page. */
struct seen {
    str page;
    struct buf text;   /* all texts, one after the other */
    struct buf places; /* their ranges, relative to `shift` */
    uint64_t shift, last;
    unsigned opened, closed, ended, stop_at;
};

static enum status on_open(void *context, struct html *h, const struct html_tag *tag, struct err *e)
{
    struct seen *s = context;
    (void)h;
    assert_true(tag->name.n > 0);
    s->opened++;
    return s->opened == s->stop_at ? fail(e, ERR_STOPPED, "enough") : OK;
}

static enum status on_close(void *context, struct html *h, str name, struct err *e)
{
    struct seen *s = context;
    (void)h;
    (void)name;
    (void)e;
    s->closed++;
    return OK;
}

static void fail_text(const str *place, const struct html_text *t)
{
    print_message("text \"" STR_FMT "\" stands at %" PRIu64 ", where the page has \"" STR_FMT
                  "\"\n",
                  STR_ARG(str_sub(t->text, 0, 60)), t->at, STR_ARG(str_sub(*place, 0, 60)));
    assert_true(false);
}

static enum status on_text(void *context, struct html *h, const struct html_text *t, struct err *e)
{
    struct seen *s = context;
    (void)e;
    assert_true(t->at >= s->last && t->end > t->at && t->end <= s->page.n);
    const str raw = html_raw(h, t->at, t->end);
    if (raw.n)
        assert_memory_equal(raw.p, s->page.p + t->at, raw.n);
    const str place = str_sub(s->page, (size_t)t->at, (size_t)(t->end - t->at));
    if (t->reference)
        assert_int_equal(place.p[0], '&');
    else if (!str_eq(place, t->text))
        fail_text(&place, t);
    s->last = t->end;
    buf_add(&s->text, t->text);
    for (uint64_t at = t->at; at < t->end;
         at++) /* by byte: how texts are cut into pieces is free */
        buf_addf(&s->places, "%" PRIu64 " ", at - s->shift);
    return OK;
}

static enum status on_end(void *context, struct html *h, struct err *e)
{
    struct seen *s = context;
    (void)h;
    (void)e;
    s->ended++;
    return OK;
}

static const struct html_handler handler = {
    .open = on_open, .close = on_close, .text = on_text, .end = on_end};

static enum status read_page(struct seen *s, str page, struct err *e)
{
    s->page = page;
    s->text = buf_new(64 << 20);
    s->places = buf_new(1 << 30);
    struct source *source;
    assert_int_equal(source_of_bytes(&source, STR("page.html"), page, e), OK);
    const enum status st = html_read(source, &handler, s, e);
    source_close(source);
    return st;
}

static void seen_free(struct seen *s)
{
    buf_free(&s->text);
    buf_free(&s->places);
}

static void check_text(str page, str expected)
{
    struct seen s = {0};
    struct err e = {0};
    const enum status st = read_page(&s, page, &e);
    if (st != OK)
        print_message("%s\n", e.msg);
    assert_int_equal(st, OK);
    assert_int_equal(s.opened, s.closed);
    assert_int_equal(s.ended, 1);
    if (!str_eq(buf_str(&s.text), expected))
        print_message("got: " STR_FMT "\n", STR_ARG(buf_str(&s.text)));
    assert_true(str_eq(buf_str(&s.text), expected));
    seen_free(&s);
}

static void test_texts_of_small_pages(void **state)
{
    (void)state;
    check_text(STR(""), STR(""));
    check_text(STR("plain"), STR("plain"));
    check_text(STR("<p>a<br>b</p>c"), STR("abc"));
    check_text(STR("<!DOCTYPE html><html><head><title>t</title></head><body>a</body></html>b"),
               STR("tab"));
    check_text(STR("<p>a</p></body></html><html><body><p>b"), STR("ab"));
    check_text(STR("a<stet-page>b</p>c<"), STR("abc<"));
    check_text(STR("a<stet-page>b</stet-page>c"), STR("abc"));
    check_text(STR("a<!-- b -->c<?d?>e<script>f</script>g<style>h</style>i"), STR("acegi"));
    check_text(STR("<script>if (a<b) x('</p>');</script>y"), STR("y"));
    check_text(STR("a < b <3 <"), STR("a < b <3 <"));
    check_text(STR("\xEF\xBB\xBF<p>a"), STR("a"));
    check_text(STR("<p>a<html/>b<body class=\"x\" />c<HEAD/>d</p><p>e"), STR("abcde"));
}

static void test_references(void **state)
{
    (void)state;
    check_text(STR("&amp;&lt;&gt;&quot;&#39;&nbsp;"), STR("&<>\"'\u00a0"));
    check_text(STR("a&foo;b &amp c &; & &"), STR("a&foo;b &amp c &; & &"));
    check_text(STR("&#128;&#x80;&#151;&#129;"), STR("€€—\xC2\x81"));
    check_text(STR("&#55357;&#56832;|&#xD83D;&#xDE00;"), STR("😀|😀"));
    check_text(STR("&#55357;|&#56832;&#55357;|&#0;|&#x110000;"),
               STR("\uFFFD|\uFFFD\uFFFD|\uFFFD|\uFFFD"));
    check_text(STR("&#;|&#x;|&#65|&#xzz;"), STR("&#;|&#x;|A|&#xzz;"));
    check_text(STR("<a title='&#55357;' href=\"&#0;\">x</a>"), STR("x"));
    check_text(STR("&lt;&lt;<b>&#60;<</b>"), STR("<<<<"));
}

/* One bad byte costs itself; libxml2 alone would take all later text for Latin-1. */
static void test_bytes_that_are_not_utf8(void **state)
{
    (void)state;
    check_text(STR("<meta charset=latin1><p>\xC3\xA9 \xE9 \xC3\xA9 \xFF\xC3"),
               STR("\xC3\xA9 \xE9 \xC3\xA9 \xFF\xC3"));
    check_text(STR("a\0b\1c\x1b"
                   "d\x0C"
                   "e\xEF\xBF\xBF"
                   "f\x7F"),
               STR("a\0b\1c\x1b"
                   "d\x0C"
                   "e\xEF\xBF\xBF"
                   "f\x7F"));
}

static void test_torn_pages_keep_what_came_before(void **state)
{
    (void)state;
    const str page = STR("<p class=\"x\">a&amp;b<!-- c --><br/>d</p><!DOCTYPE e>");
    for (size_t n = 0; n <= page.n; n++) {
        struct seen s = {0};
        struct err e = {0};
        assert_int_equal(read_page(&s, str_sub(page, 0, n), &e), OK);
        if (n >= 14)
            assert_true(str_starts(buf_str(&s.text), STR("a")));
        seen_free(&s);
    }
}

static struct buf repeated(const char *unit, size_t times)
{
    struct buf b = buf_new(256 << 20);
    for (size_t i = 0; i < times; i++)
        buf_add(&b, str_of(unit));
    return b;
}

static void test_depth(void **state)
{
    (void)state;
    const char *const units[] = {"<div>", "<b>", "<span class=x>"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        struct buf page = repeated(units[i], 20000);
        buf_add(&page, STR("<p>AFTER"));
        check_text(buf_str(&page), STR("AFTER"));
        buf_free(&page);
    }
}

/* libxml2 alone cuts a text at 10,000,000 bytes, and refuses long attributes. */
static void test_size(void **state)
{
    (void)state;
    struct buf text = repeated("eleven long ", 1 << 20);
    check_text(buf_str(&text), buf_str(&text));
    struct buf page = buf_new(64 << 20);
    buf_add(&page, STR("<img src=\"data:image/png;base64,"));
    for (size_t i = 0; i < (20 << 20) / 16; i++)
        buf_add(&page, STR("AAAA= b c <p> \n "));
    buf_add(&page, STR("\">AFTER"));
    check_text(buf_str(&page), STR("AFTER"));
    buf_free(&page);
    buf_free(&text);
    text = repeated("word&amp;", 1 << 20); /* no blank and no '<' to end a chunk at */
    struct buf decoded = repeated("word&", 1 << 20);
    check_text(buf_str(&text), buf_str(&decoded));
    buf_free(&decoded);
    buf_free(&text);
    text = repeated("z", 5000);
    page = buf_new(1 << 20); /* a name of no reference, longer than libxml2's buffer */
    buf_addf(&page, "a&" STR_FMT ";b &" STR_FMT, STR_ARG(buf_str(&text)), STR_ARG(buf_str(&text)));
    check_text(buf_str(&page), buf_str(&page));
    buf_free(&page);
    buf_free(&text);
    text = repeated("é", 1 << 20);
    check_text(buf_str(&text), buf_str(&text));
    buf_free(&text);
}

/* Chunks of the feed begin every few kilobytes; moved by a byte each time, every seam meets every
   part of the page, and nothing may change but the places, all by the same number. */
static void test_seams_change_nothing(void **state)
{
    (void)state;
    struct buf page = buf_new(16 << 20);
    for (int i = 0; i < 700; i++)
        buf_addf(
            &page,
            "<p class=\"n%d\">[2016] &lt;noll&gt; caf\xC3\xA9 \xE9&#128;&#55357;&#56832; a < b "
            "&foo; &amp x<br />\nline %d<!-- <p>no -->\xF0\x9F\x98\x80</p></x>"
            "<script>a<b</p>\"%d\"</script>%.*s\n",
            i, i, i, i % 50 == 0 ? 1200 : 7,
            "longlonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglong");
    struct seen first = {0};
    struct err e = {0};
    assert_int_equal(read_page(&first, buf_str(&page), &e), OK);
    for (size_t shift = 1; shift < 400; shift += 3) {
        struct buf moved = buf_new(16 << 20);
        buf_addf(&moved, "<!--%*s-->", (int)shift, "");
        buf_add(&moved, buf_str(&page));
        struct seen s = {.shift = shift + 7};
        assert_int_equal(read_page(&s, buf_str(&moved), &e), OK);
        assert_true(str_eq(buf_str(&s.text), buf_str(&first.text)));
        assert_true(str_eq(buf_str(&s.places), buf_str(&first.places)));
        seen_free(&s);
        buf_free(&moved);
    }
    seen_free(&first);
    buf_free(&page);
}

static void test_attribute_flood_is_refused_at_once(void **state)
{
    (void)state;
    struct buf page = buf_new(64 << 20);
    buf_add(&page, STR("<p>a</p><img"));
    for (int i = 0; i < 200000; i++)
        buf_addf(&page, " a%d=1", i);
    buf_add(&page, STR(">b"));
    struct seen s = {0};
    struct err e = {0};
    const clock_t start = clock();
    assert_int_equal(read_page(&s, buf_str(&page), &e), ERR_LIMIT);
    assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
    assert_string_equal(e.msg, "the tag at byte 8 has more than 4096 attributes");
    seen_free(&s);
    buf_free(&page);
}

static void test_a_page_that_closes_our_own_element_is_told(void **state)
{
    (void)state;
    struct seen s = {0};
    struct err e = {0};
    assert_int_equal(read_page(&s, STR("<p>a</stet-page>lost"), &e), ERR_FORMAT);
    assert_non_null(strstr(e.msg, "stopped at byte"));
    seen_free(&s);
}

static void test_a_handler_stops_the_reader(void **state)
{
    (void)state;
    struct seen s = {.stop_at = 2};
    struct err e = {0};
    assert_int_equal(read_page(&s, STR("<p>a<p>b<p>c"), &e), ERR_STOPPED);
    assert_int_equal(s.opened, 2);
    assert_true(str_eq(buf_str(&s.text), STR("a")));
    seen_free(&s);
}

static enum status on_link(void *context, struct html *h, const struct html_tag *tag, struct err *e)
{
    (void)h;
    (void)e;
    str *value = context;
    str none;
    static char copy[64];
    if (html_attribute(tag, "HREF", value)) {
        memcpy(copy, value->p, value->n);
        value->p = copy;
    }
    assert_false(html_attribute(tag, "id", &none));
    return OK;
}

static void test_attributes(void **state)
{
    (void)state;
    const struct html_handler links = {.open = on_link};
    struct source *source;
    struct err e = {0};
    str value = STR("");
    assert_int_equal(source_of_bytes(&source, STR("page"), STR("<a class=x href='a&amp;b'>c"), &e),
                     OK);
    assert_int_equal(html_read(source, &links, &value, &e), OK);
    assert_true(str_eq(value, STR("a&b")));
    source_close(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_of_small_pages),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_bytes_that_are_not_utf8),
        cmocka_unit_test(test_torn_pages_keep_what_came_before),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_seams_change_nothing),
        cmocka_unit_test(test_attribute_flood_is_refused_at_once),
        cmocka_unit_test(test_a_page_that_closes_our_own_element_is_told),
        cmocka_unit_test(test_a_handler_stops_the_reader),
        cmocka_unit_test(test_attributes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
