/* Links: what is found in messages as people write them, and what is not. */
#include "buf.h"
#include "links.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char letter_of[] = {
    [LINK_URL] = 'U',   [LINK_MENTION] = '@', [LINK_TAG] = '#',   [LINK_EMAIL] = 'E',
    [LINK_PHONE] = 'P', [LINK_NUMBER] = 'N',  [LINK_EMOJI] = '*',
};

/* "U:https://... N:16", a blank between two. */
static void write_links(struct buf *out, str text)
{
    struct link_scan scan = link_scan_of(text);
    for (struct link link; link_next(&scan, &link);)
        buf_addf(out, "%s%c:" STR_FMT, out->n ? " " : "", letter_of[link.kind],
                 STR_ARG(str_sub(text, link.at, link.end - link.at)));
}

static const struct {
    const char *text, *links;
} cases[] = {
    {"", ""},
    {"nothing here, really.", ""},
    /* URLs and what is not part of them */
    {"see https://example.org/a?b=c&d=%20#e now", "U:https://example.org/a?b=c&d=%20#e"},
    {"(https://example.org/a_(b)).", "U:https://example.org/a_(b)"},
    {"[x](http://example.org/a), http://example.org!?",
     "U:http://example.org/a U:http://example.org"},
    {"“https://example.org/”’ 'ftp://example.org/x'",
     "U:https://example.org/ U:ftp://example.org/x"},
    {"<https://example.org|label> \"HTTP://X.ORG\"", "U:https://example.org U:HTTP://X.ORG"},
    {"www.example.org/x; WWW.Example.org", "U:www.example.org/x U:WWW.Example.org"},
    {"https://example.org/it’s’", "U:https://example.org/it’s"},
    {"tg://resolve?domain=x git+ssh://h/p", "U:tg://resolve?domain=x U:git+ssh://h/p"},
    {"http:// https://. :// x://", ""},
    {"http://[2001:db8::1]:80/x", "U:http://[2001:db8::1]:80/x"},
    {"http://user:pw@example.org/", "U:http://user:pw@example.org/"},
    /* glued */
    {"https://a.example/x.htmlhttps://b.example/y",
     "U:https://a.example/x.html U:https://b.example/y"},
    {"https://a.example/,http://b.example", "U:https://a.example/ U:http://b.example"},
    {"seehttps://a.example/", "U:https://a.example/"},
    {"https://old.example/web/20160823101500/http://a.example/",
     "U:https://old.example/web/20160823101500/http://a.example/"},
    {"https://a.example/news/http://b.example/", "U:https://a.example/news/ U:http://b.example/"},
    {"https://old.example/save/http://b.example/", "U:https://old.example/save/http://b.example/"},
    {"https://a.example/?u=https://b.example", "U:https://a.example/?u=https://b.example"},
    /* beside Chinese and emoji */
    {"看https://a.example/abc这个", "U:https://a.example/abc"},
    {"https://a.example/，好", "U:https://a.example/"},
    {"https://zh.example/wiki/维基百科 x", "U:https://zh.example/wiki/维基百科"},
    {"https://a.example/x😂", "U:https://a.example/x *:😂"},
    {"https://a.example/abc…", "U:https://a.example/abc"},
    {"https://a.exam\u200Bple", "U:https://a.exam"},
    /* e-mail */
    {"mail a.b+c_d@mail.example.org.", "E:a.b+c_d@mail.example.org"},
    {"mailto:x@example.org müller@straße.example", "E:x@example.org E:müller@straße.example"},
    {"<16@example.org>", "E:16@example.org"},
    {"a@b a@b.c a.@b.org @b.org", "@:@b @:@b"},
    {"a_b@c.example-", "E:a_b@c.example"},
    /* mentions and tags */
    {"@noll, @Lirra_Watch! x@y", "@:@noll @:@Lirra_Watch"},
    {"＠noll 你好@张三", "@:＠noll @:@张三"},
    {"#tag #2nd #东京# C#x", "#:#tag #:#2nd #:#东京"},
    {"we are #1 in #2016", "N:1 N:2016"},
    /* telephone numbers */
    {"+49 170 1234567", "P:+49 170 1234567"},
    {"+15551234567", "P:+15551234567"},
    {"+1 (555) 123-4567.", "P:+1 (555) 123-4567"},
    {"(555) 123-4567 555-0123", "P:(555) 123-4567 P:555-0123"},
    {"555-123-4567 2016-01-02", "P:555-123-4567 N:2016 N:01 N:02"},
    {"Tel.:0171/1234567, 030-123456", "P:0171/1234567 P:030-123456"},
    {"06.12.34.56.78 600 123 456", "P:06.12.34.56.78 P:600 123 456"},
    {"600 123 456", "P:600 123 456"},
    {"call 555\u2011123\u20114567", "P:555\u2011123\u20114567"},
    {"٠١٧١ ١٢٣٤٥٦٧", "P:٠١٧١ ١٢٣٤٥٦٧"},
    /* and what is none */
    {"2015-11-19 10:22", "N:2015 N:11 N:19 N:10 N:22"},
    {"19.11.2015 19/11/2015", "N:19.11.2015 N:19 N:11 N:2015"},
    {"1234567890123", "N:1234567890123"},
    {"1 000 000 1.000.000", "N:1 N:000 N:000 N:1.000.000"},
    {"192.168.100.200", "N:192.168.100.200"},
    {"19 06 2016", "N:19 N:06 N:2016"},
    {"2015-2016", "N:2015 N:2016"},
    {"2015 2016 2017", "N:2015 N:2016 N:2017"},
    {"12345-6789", "N:12345 N:6789"},
    {"4111 1111 1111 1111", "N:4111 N:1111 N:1111 N:1111"},
    {"10 20 30 40", "N:10 N:20 N:30 N:40"},
    {"x555-123-4567 16-0419", "N:123 N:4567 N:16 N:0419"},
    {"+1", "N:1"},
    /* numbers */
    {"16th, 3.14 and 1,000,000.50; $5", "N:16 N:3.14 N:1,000,000.50 N:5"},
    {"abc12 a_1 1_000", "N:1"},
    {"٣٫١٤ 1’000", "N:٣٫١٤ N:1’000"},
    /* emoji: a sequence is one */
    {"ok 👍👍🏿", "*:👍 *:👍🏿"},
    {"👨\u200D👩\u200D👧 🤷🏽\u200D♀\uFE0F",
     "*:👨\u200D👩\u200D👧 *:🤷🏽\u200D♀\uFE0F"},
    {"🇺🇸🇩🇪🇺", "*:🇺🇸 *:🇩🇪"},
    {"1\uFE0F\u20E3 #\uFE0F\u20E3 *\u20E3", "*:1\uFE0F\u20E3 *:#\uFE0F\u20E3 *:*\u20E3"},
    {"❤\uFE0F ❤ ©\uFE0F © ™ 5 # * 😀\uFE0E", "*:❤\uFE0F *:©\uFE0F N:5"},
    {"🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
     "*:🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"},
    {"🅰\uFE0F🆗", "*:🅰\uFE0F *:🆗"},
    /* bytes that are not UTF-8 */
    {"\xFF@a\xC3 https://b.example/\xFF", "@:@a U:https://b.example/"},
};

static void links_in_messages(void **state)
{
    (void)state;
    struct buf out = buf_new(BUF_LINE_MAX);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&out);
        write_links(&out, str_of(cases[i].text));
        if (!str_eq(buf_str(&out), str_of(cases[i].links)))
            fail_msg("%s\n   gives %.*s\n   not   %s", cases[i].text, (int)out.n, out.p,
                     cases[i].links);
    }
    buf_free(&out);
}

static const struct {
    const char *url, *host;
} hosts[] = {
    {"https://www.example.org/a", "www.example.org"},
    {"http://Example.org:8080?x=//y", "Example.org"},
    {"https://user:pa@ss@example.org#f", "example.org"},
    {"https://example.org/@noll", "example.org"},
    {"http://[2001:db8::1]:80/", "[2001:db8::1]"},
    {"http://[2001:db8::1", "[2001:db8::1"},
    {"www.example.org/https://x.example", "www.example.org"},
    {"https://evil.example\\@good.example/", "evil.example"},
    {"example.org", "example.org"},
    {"", ""},
};

static void hosts_of_urls(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        const str host = link_host(str_of(hosts[i].url));
        if (!str_eq(host, str_of(hosts[i].host)))
            fail_msg("%s: %.*s", hosts[i].url, (int)host.n, host.p);
    }
}

static void kinds_are_a_bit_set(void **state)
{
    (void)state;
    assert_int_equal(link_kinds(STR("")), 0);
    assert_int_equal(link_kinds(STR("@a 5 b@c.example")),
                     1u << LINK_MENTION | 1u << LINK_NUMBER | 1u << LINK_EMAIL);
    assert_int_equal(link_kinds(STR("😀 #x")), 1u << LINK_EMOJI | 1u << LINK_TAG);
}

/* Long rows of what may begin a link must not be read again and again. */
static void hostile_rows_take_linear_time(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a.",   "1-",   "1 ",     "555-", "@",       "@_",       "#a",    "((((",     "http://",
        "www.", "a:/",  "h://a)", "+1",   "😀\u200D", "\u200B",   "中#中", "1,",       "a@b.",
        "x_",   "\xE4", "é.",     "+(1)", "http",    "1.1.1.1 ", "🇺",     "@a\u200B",
    };
    struct buf text = buf_new(BUF_LINE_MAX);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        buf_clear(&text);
        while (text.n < 400000)
            buf_addf(&text, "%s", pieces[i]);
        const clock_t start = clock();
        link_kinds(buf_str(&text));
        const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 5)
            fail_msg("\"%s\" over and over: %.1f s", pieces[i], seconds);
    }
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_in_messages),
        cmocka_unit_test(hosts_of_urls),
        cmocka_unit_test(kinds_are_a_bit_set),
        cmocka_unit_test(hostile_rows_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
