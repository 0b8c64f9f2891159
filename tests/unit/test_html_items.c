/* Records of a web page: every byte once, every record with its tree, whatever the page is. */
#include "html_items.h"

#include "buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#undef fail /* of cmocka: ours takes a struct err */

struct seen {
    str page;
    struct buf out; /* what the handlers were given, in a line each */
    uint64_t covered, items, cut;
    bool quiet;
};

static bool is_message(void *context, const struct html_tag *tag)
{
    str class;
    (void)context;
    return html_attribute(tag, "class", &class) && html_class_has(class, "message");
}

static enum status on_item(void *context, const struct html_item *i, struct err *e)
{
    struct seen *s = context;
    (void)e;
    assert_int_equal(i->at, s->covered);
    assert_true(i->raw.n > 0 && str_eq(str_sub(s->page, (size_t)i->at, i->raw.n), i->raw));
    uint64_t line = 1;
    for (size_t k = 0; k < i->at; k++)
        line += s->page.p[k] == '\n';
    if (!s->quiet)
        assert_int_equal(i->line, line);
    s->covered += i->raw.n;
    s->items++;
    s->cut += i->cut;
    if (s->quiet)
        return OK;
    buf_addf(&s->out, "item " STR_FMT " ", STR_ARG(html_attribute_of(i->root, "id")));
    if (html_text_of(i->root, &s->out))
        buf_add(&s->out, STR(" (lossy)"));
    buf_add_byte(&s->out, '|');
    return OK;
}

static enum status on_outside(void *context, uint64_t at, uint64_t length, struct err *e)
{
    struct seen *s = context;
    (void)e;
    assert_int_equal(at, s->covered);
    assert_true(length > 0);
    s->covered += length;
    return OK;
}

static enum status on_stray(void *context, const struct html_node *text, uint64_t at, struct err *e)
{
    struct seen *s = context;
    (void)e;
    assert_true(at < s->page.n);
    if (s->quiet)
        return OK;
    buf_add(&s->out, STR("stray "));
    for (const struct html_node *n = text->parent; n; n = n->parent)
        buf_addf(&s->out, STR_FMT "<", STR_ARG(n->name));
    buf_addf(&s->out, " " STR_FMT "|", STR_ARG(str_trim(text->text)));
    return OK;
}

static const struct html_items_handler handler = {
    .is_item = is_message, .item = on_item, .outside = on_outside, .stray = on_stray};

/* Reads the page; every byte must be told once. */
static struct seen read_page(str page, bool quiet, enum status expected)
{
    struct source *source;
    struct err e = {0};
    struct seen s = {.page = page, .out = buf_new(BUF_LINE_MAX), .quiet = quiet};
    assert_int_equal(source_of_bytes(&source, STR("page"), page, &e), OK);
    assert_int_equal(html_items(source, &handler, &s, &e), expected);
    if (expected == OK)
        assert_int_equal(s.covered, page.n);
    source_close(source);
    return s;
}

static void check(const char *page, const char *expected)
{
    struct seen s = read_page(str_of(page), false, OK);
    assert_string_equal(s.out.p ? s.out.p : "", expected);
    buf_free(&s.out);
}

static void test_records_and_what_lies_around_them(void **state)
{
    (void)state;
    check("<html><head><title>The\n mine</title></head>\n<body><h1>Var&amp;nholm</h1>"
          "<div class=\"message default\" id=m1><b>noll</b><p>one<p>two</div>\n"
          "<div class='x message'\nid=m2>three<br>four</div>tail</body></html>\n",
          "stray title<head< The\n mine|stray h1<body< Var&nholm|"
          "item m1 noll\none\ntwo|item m2 three\nfour|stray body< tail|");
}

static void test_records_that_are_not_closed(void **state)
{
    (void)state;
    check("<div class=message id=1>one<div class=message id=2>two</div>three",
          "item 1 one\ntwo\nthree|");
    check("<p class=message id=1>one<p class=message id=2>two<p>three",
          "item 1 one|item 2 two|stray p< three|");
    check("<li class=message id=1>one<li class=message id=2>two</ul>three",
          "item 1 one|item 2 twothree|");
    check("<div class=message id=1>one</span></b>two</div></div></div><div class=message id=2>x",
          "item 1 onetwo|item 2 x|");
    check("<img class=message id=1><br class=message id=2 />x", "item 1 |item 2 |stray  x|");
    check("<div class=message id=1 title='<div class=message id=9>'>one</div>", "item 1 one|");
    check("</p ><a <b><div title=\"a>b\" class=message id=1>one</div", "item 1 one|");
    check("<div class=message id=1>one<", "item 1 one<|");
    check("", "");
}

/* --- Items that end elsewhere than their element ----------------------------------------------- */

static bool is_paragraph(void *context, const struct html_tag *tag)
{
    (void)context;
    return str_eq(tag->name, STR("p"));
}

static bool is_reply(void *context, const struct html_tag *tag)
{
    str class;
    (void)context;
    return html_attribute(tag, "class", &class) && html_class_has(class, "replies");
}

static enum status on_part(void *context, const struct html_item *i, struct err *e)
{
    struct buf *out = context;
    (void)e;
    buf_addf(out, "[%" PRIu64 "+%zu", i->at, i->raw.n);
    for (const struct html_node *n = i->root; n; n = n->next) {
        buf_addf(out, " " STR_FMT " ", STR_ARG(n->name));
        html_text_of(n, out);
    }
    for (const struct html_node *n = i->root->parent; n; n = n->parent)
        buf_addf(out, " <" STR_FMT, STR_ARG(html_attribute_of(n, "class")));
    buf_add(out, STR("]"));
    return OK;
}

static enum status on_gap(void *context, uint64_t at, uint64_t length, struct err *e)
{
    (void)e;
    buf_addf(context, "(%" PRIu64 "+%" PRIu64 ")", at, length);
    return OK;
}

static void check_parts(const struct html_items_handler *h, const char *page, const char *expected)
{
    struct source *source;
    struct err e = {0};
    struct buf out = buf_new(BUF_LINE_MAX);
    assert_int_equal(source_of_bytes(&source, STR("page"), str_of(page), &e), OK);
    assert_int_equal(html_items(source, h, &out, &e), OK);
    assert_string_equal(out.p, expected);
    source_close(source);
    buf_free(&out);
}

static void test_items_that_go_on(void **state)
{
    (void)state;
    const struct html_items_handler h = {
        .is_item = is_message, .goes_on = is_paragraph, .item = on_part, .outside = on_gap};
    check_parts(&h, "<i class=message>a</i> <p>b</p><p>c</p> <i>d</i>", "[0+39 i a p b p c](39+9)");
    check_parts(&h, "<i class=message>a</i>x<p>b</p>", "[0+22 i a](22+9)");
    check_parts(&h, "<i class=message>a</i><i class=message>b</i>\n",
                "[0+22 i a][22+22 i b](44+1)");
    check_parts(&h, "<div><i class=message>a</i></div><p>b</p>", "(0+5)[5+22 i a <](27+14)");
    check_parts(&h, "<i class=message>a</i> <p>b", "[0+27 i a p b]");
}

static void test_items_that_end_early(void **state)
{
    (void)state;
    const struct html_items_handler h = {
        .is_item = is_message, .ends_item = is_reply, .item = on_part, .outside = on_gap};
    check_parts(&h,
                "<p class=message>a<b class=replies><i class=message>b</i></b>c</p>"
                "<p class=message>d</p>",
                "[0+18 p a](18+17)[35+22 i b <replies <message](57+9)[66+22 p d]");
    check_parts(&h, "<p class=message>a<u><b class=replies>b", "[0+21 p a](21+18)");
}

static void test_bytes(void **state)
{
    (void)state;
    check("\xEF\xBB\xBF<div class=message id=1>caf\xE9 \xF0\x9F\x98\x80</div>",
          "item 1 caf\xEF\xBF\xBD \xF0\x9F\x98\x80 (lossy)|");
    static const char nul[] = "<div class=message id=1>a\0b</div><div class=message id=2>c</div>";
    struct seen s = read_page((str){nul, sizeof nul - 1}, false, OK);
    assert_string_equal(s.out.p, "item 1 a\xEF\xBF\xBD"
                                 "b (lossy)|item 2 c|");
    buf_free(&s.out);
    check("<div class=message id=1>&#55357; &#55357;&#56832; &#0;</div>",
          "item 1 \xEF\xBF\xBD \xF0\x9F\x98\x80 \xEF\xBF\xBD (lossy)|");
}

static struct buf repeated(const char *unit, size_t times)
{
    struct buf b = buf_new(256 << 20);
    for (size_t i = 0; i < times; i++)
        buf_add(&b, str_of(unit));
    return b;
}

/* Reads `page` and counts: AFTER stands in the last record. */
static void check_large(struct buf *page, uint64_t items, uint64_t cut)
{
    struct seen s = read_page(buf_str(page), true, OK);
    assert_int_equal(s.items, items);
    assert_int_equal(s.cut, cut);
    buf_free(&s.out);
    buf_free(page);
}

static void test_depth(void **state)
{
    (void)state;
    struct buf page = repeated("<div>", 100000);
    for (size_t i = 0; i < 100000; i++)
        buf_add(&page, STR("</div>"));
    buf_add(&page, STR("<div class=message>AFTER</div>"));
    check_large(&page, 1, 0);
    page = buf_new(16 << 20);
    buf_add(&page, STR("<p class=message>"));
    for (size_t i = 0; i < 100000; i++)
        buf_add(&page, STR("<b>x"));
    buf_add(&page, STR("</p><p class=message>AFTER"));
    check_large(&page, 2, 0);
}

static void test_pages_that_cost_time_squared_are_refused(void **state)
{
    (void)state;
    struct buf page = repeated("<b><i><u>", 50000);
    for (size_t i = 0; i < 50000; i++)
        buf_add(&page, STR("</p>"));
    struct seen s = read_page(buf_str(&page), true, ERR_LIMIT);
    buf_free(&s.out);
    buf_free(&page);
    page = repeated("<b></a>", 150000);
    s = read_page(buf_str(&page), true, ERR_LIMIT);
    buf_free(&s.out);
    buf_free(&page);
    page = repeated("<b>", HTML_DEPTH_MAX + 10);
    s = read_page(buf_str(&page), true, ERR_LIMIT);
    buf_free(&s.out);
    buf_free(&page);
}

static void test_size(void **state)
{
    (void)state;
    struct buf page = buf_new(256 << 20);
    buf_add(&page, STR("<p class=message>"));
    for (size_t i = 0; i < 1 << 20; i++)
        buf_add(&page, STR("eleven long"));
    buf_add(&page, STR("</p><p class=message>AFTER</p>"));
    check_large(&page, 2, 0);
    page = buf_new(256 << 20);
    buf_add(&page, STR("<div class=message>"));
    for (size_t i = 0; i < HTML_ITEM_MAX / 10; i++)
        buf_add(&page, STR("eleven longer words "));
    buf_add(&page, STR("</div><p class=message>AFTER</p>"));
    check_large(&page, 2, 1);
    page = buf_new(256 << 20);
    buf_add(&page, STR("<div class=message>"));
    for (size_t i = 0; i < HTML_ITEM_NODES_MAX; i++)
        buf_add(&page, STR("<b></b>"));
    buf_add(&page, STR("</div><p class=message>AFTER</p>"));
    check_large(&page, 2, 1);
}

/* What is too deep for the tree is in it all the same. */
static void test_deep_items_are_flat(void **state)
{
    (void)state;
    struct buf page = repeated("<div class=message id=1>", 1), expected = buf_new(BUF_LINE_MAX);
    buf_add(&expected, STR("item 1 "));
    for (size_t i = 0; i < 3 * HTML_ITEM_DEPTH_MAX; i++) {
        buf_addf(&page, "<b>%zu ", i);
        buf_addf(&expected, "%zu ", i);
    }
    for (size_t i = 0; i < 3 * HTML_ITEM_DEPTH_MAX; i++)
        buf_add(&page, STR("</b>"));
    buf_add(&page, STR("end</div><div class=message id=2>two</div>"));
    buf_add(&expected, STR("end|item 2 two|"));
    check(page.p, expected.p);
    buf_free(&page);
    buf_free(&expected);
}

/* --- Trees ------------------------------------------------------------------------------------- */

static enum status on_tree(void *context, const struct html_item *i, struct err *e)
{
    const struct html_node *root = i->root;
    (void)context;
    (void)e;
    assert_true(html_is(root, "div.message"));
    assert_true(html_is(root, "div.message.default"));
    assert_false(html_is(root, "div.messag"));
    assert_false(html_is(root, "p.message"));
    assert_ptr_equal(html_find(root, ".message"), root);
    assert_ptr_equal(html_find(root, "#date"), html_find(root, "span"));
    assert_true(str_eq(html_attribute_of(html_find(root, "span.date"), "title"), STR("1 & 2")));
    assert_true(str_eq(html_attribute_of(html_find(root, "em"), "title"), STR("")));
    assert_null(html_find(root, "table"));
    assert_null(html_find(NULL, "p"));
    size_t paragraphs = 0;
    for (const struct html_node *p = html_find(root, "p"); p; p = html_find_next(root, p, "p"))
        paragraphs++;
    assert_int_equal(paragraphs, 3);
    const struct html_node *quote = html_find(root, "blockquote");
    const struct html_node *inner = html_find(quote, "p");
    assert_non_null(inner);
    assert_null(html_find_next(quote, inner, "p"));
    assert_true(html_is(root->parent, "section.history"));
    return OK;
}

static void test_find(void **state)
{
    (void)state;
    const struct html_items_handler trees = {
        .is_item = is_message, .item = on_tree, .outside = on_outside};
    const str page =
        STR("<section class=history><div class=\"message  default\"><span id=date class='date x' "
            "title='1 &amp; 2'></span><p>a</p><blockquote><p>b</p></blockquote><p>c</p></div>");
    struct source *source;
    struct err e = {0};
    struct seen s = {.page = page};
    assert_int_equal(source_of_bytes(&source, STR("page"), page, &e), OK);
    assert_int_equal(html_items(source, &trees, &(struct seen){.page = page}, &e), OK);
    (void)s;
    source_close(source);
}

static bool emoji(const struct html_node *element, struct buf *out)
{
    if (!html_is(element, "img"))
        return html_is(element, ".hidden");
    buf_add(out, html_attribute_of(element, "alt"));
    return true;
}

static enum status on_text_item(void *context, const struct html_item *i, struct err *e)
{
    const struct html_text_how hows[] = {{0}, {.keep_space = true, .stand_in = emoji}};
    (void)e;
    for (size_t k = 0; k < 2; k++) {
        html_text_by(i->root, &hows[k], context);
        buf_add_byte(context, '|');
    }
    return OK;
}

static enum status ignore(void *context, uint64_t at, uint64_t length, struct err *e)
{
    (void)context;
    (void)at;
    (void)length;
    (void)e;
    return OK;
}

static void check_both(const char *html, const char *expected)
{
    const struct html_items_handler texts = {
        .is_item = is_message, .item = on_text_item, .outside = ignore};
    struct buf page = buf_new(BUF_LINE_MAX), out = buf_new(BUF_LINE_MAX);
    buf_addf(&page, "<div class=message>%s</div>", html);
    struct source *source;
    struct err e = {0};
    assert_int_equal(source_of_bytes(&source, STR("page"), buf_str(&page), &e), OK);
    assert_int_equal(html_items(source, &texts, &out, &e), OK);
    assert_string_equal(out.p, expected);
    source_close(source);
    buf_free(&page);
    buf_free(&out);
}

static void test_text(void **state)
{
    (void)state;
    check_both(" a \n b ", "a b| a \n b |");
    check_both("a<br>b<br><br>c<br>", "a\nb\n\nc|a\nb\n\nc|");
    check_both("<div>a</div><div>b</div>c", "a\nb\nc|a\nb\nc|");
    check_both("a<div></div><br>b", "a\n\nb|a\n\nb|");
    check_both("a <b> b</b><i>c </i> d", "a bc d|a  bc  d|");
    check_both("a<img alt=X>b<span class=hidden>c</span>", "abc|aXb|");
    check_both("a<pre>  b\n  c</pre> d", "a\n  b\n  c\nd|a\n  b\n  c\n d|");
    check_both("", "||");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records_and_what_lies_around_them),
        cmocka_unit_test(test_records_that_are_not_closed),
        cmocka_unit_test(test_items_that_go_on),
        cmocka_unit_test(test_items_that_end_early),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_pages_that_cost_time_squared_are_refused),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_deep_items_are_flat),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
