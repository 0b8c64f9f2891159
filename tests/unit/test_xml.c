/* XML: what is handed out, and that nothing outside of the bytes is ever read. */
#include "xml.h"

#include "buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours takes a sentence */

static enum status on_open(void *context, const struct xml_tag *tag, struct err *e)
{
    struct buf *const out = context;
    str value;
    if (str_eq(tag->name, STR("stop")))
        return fail(e, ERR_STOPPED, "told to");
    buf_addf(out, "<" STR_FMT ":" STR_FMT, STR_ARG(tag->prefix), STR_ARG(tag->name));
    if (xml_attribute(tag, "val", &value))
        buf_addf(out, " " STR_FMT, STR_ARG(value));
    buf_add_byte(out, '>');
    return OK;
}

static enum status on_close(void *context, str name, struct err *e)
{
    (void)e;
    buf_addf(context, "</" STR_FMT ">", STR_ARG(name));
    return OK;
}

static enum status on_text(void *context, str text, struct err *e)
{
    (void)e;
    buf_add(context, text);
    return OK;
}

static const struct xml_handler handler = {.open = on_open, .close = on_close, .text = on_text};

static enum status read_into(struct buf *out, str xml)
{
    struct err e = {0};
    const enum status st = xml_read(xml, &handler, out, &e);
    assert_true(st == OK || e.msg[0]);
    return st;
}

static void hands_out_tags_and_text(void **state)
{
    (void)state;
    struct buf out = buf_new(1 << 16);
    const str xml =
        STR("<?xml version='1.0'?><w:a xmlns:w='urn:w' w:val='1'><b val='2 &lt; 3'/>x &amp; "
            "&#x201C;y<![CDATA[ <z> ]]></w:a>");
    assert_int_equal(read_into(&out, xml), OK);
    assert_string_equal(out.p, "<w:a 1><:b 2 < 3></b>x & \u201cy <z> </a>");
    buf_free(&out);
}

static void refuses_what_is_not_whole(void **state)
{
    (void)state;
    static const str bad[] = {{"", 0},
                              {"<a>", 3},
                              {"<a></b>", 7},
                              {"<a>\x01</a>", 8},
                              {"<a>&none;</a>", 13},
                              {"<a>\xff</a>", 8},
                              {"no xml", 6}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf out = buf_new(1 << 16);
        assert_int_equal(read_into(&out, bad[i]), ERR_FORMAT);
        buf_free(&out);
    }
}

static void refuses_document_types(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;'>]><a>&y;</a>",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf out = buf_new(1 << 16);
        assert_int_equal(read_into(&out, str_of(bad[i])), ERR_FORMAT);
        assert_int_equal(out.n, 0);
        buf_free(&out);
    }
}

static void stops_when_a_handler_says_so(void **state)
{
    (void)state;
    struct buf out = buf_new(1 << 16);
    assert_int_equal(read_into(&out, STR("<a><stop/><b/></a>")), ERR_STOPPED);
    assert_string_equal(out.p, "<:a>");
    buf_free(&out);
}

static void refuses_deep_nesting_at_once(void **state)
{
    (void)state;
    struct buf xml = buf_new(1 << 20), out = buf_new(1 << 20);
    for (int i = 0; i < 100000; i++)
        buf_add(&xml, STR("<a>"));
    assert_int_equal(read_into(&out, buf_str(&xml)), ERR_FORMAT);
    buf_free(&xml);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hands_out_tags_and_text),
        cmocka_unit_test(refuses_what_is_not_whole),
        cmocka_unit_test(refuses_document_types),
        cmocka_unit_test(stops_when_a_handler_says_so),
        cmocka_unit_test(refuses_deep_nesting_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
