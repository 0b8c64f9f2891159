/*
 * The report: whole, balanced HTML whatever the draft and the messages hold, with nothing of theirs
 * taken for markup and nothing loaded from anywhere.
 */
#include "report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HOSTILE                                                                     \
    "</p><script>alert(1)</script>\"'&amp;<img src=x onerror=y>\x1b[2J\xE2\x80\xAE" \
    "evil\xff"

/* ---- is it whole? ------------------------------------------------------------------------------------ */

static bool is_void(str name)
{
    static const char *const names[] = {"meta", "br", "input", "!DOCTYPE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(name, str_of(names[i])))
            return true;
    return false;
}

/* Every tag closes the one opened last; text holds no bare sign of markup. Returns the number of tags. */
static size_t check_balanced(str page)
{
    str open[64];
    size_t depth = 0, tags = 0;
    for (size_t at = 0; at < page.n;) {
        const size_t next = str_find_byte(str_from(page, at), '<');
        if (next == STR_NONE)
            break;
        at += next + 1;
        const size_t end = str_find_byte(str_from(page, at), '>');
        assert_true(end != STR_NONE);
        const str tag = str_sub(page, at, end);
        const bool closes = str_starts(tag, STR("/"));
        const size_t blank = str_find_byte(tag, ' ');
        const str name = str_sub(tag, closes, (blank == STR_NONE ? tag.n : blank) - closes);
        at += end + 1;
        tags++;
        if (closes) {
            assert_true(depth > 0);
            assert_true(str_eq(open[--depth], name));
        } else if (!is_void(name)) {
            assert_true(depth < 64);
            open[depth++] = name;
        }
    }
    assert_int_equal(depth, 0);
    return tags;
}

static void check_page(str page)
{
    assert_true(check_balanced(page) > 20);
    static const char *const never[] = {"<script",      "<img",    "onerror=y>", "\x1b",
                                        "\xE2\x80\xAE", "\xff",    "src=\"",     "@import",
                                        "url(",         "http://", "https://",   "/home/"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_true(str_find(page, str_of(never[i])) == STR_NONE);
}

/* ---- a made-up draft --------------------------------------------------------------------------------- */

struct made {
    struct arena arena;
    struct draft draft;
    struct report_quote *checked;
    struct report_facts facts;
    struct buf page;
};

static void made_begin(struct made *m, const char *text)
{
    *m = (struct made){.draft = {.title = STR(HOSTILE), .text = str_of(text), .format = "text"},
                       .facts = {.archive_name = STR(HOSTILE),
                                 .version = STR("1"),
                                 .messages = 11276,
                                 .first_wall_ms = 0,
                                 .last_wall_ms = MS_PER_DAY,
                                 .zone_name = STR(HOSTILE),
                                 .basis = BASIS_ASSUMED},
                       .page = buf_new(16 << 20)};
    draft_find_quotes(&m->draft, 0, &m->arena);
    m->checked = arena_array(&m->arena, m->draft.quote_count + 1, sizeof *m->checked);
}

static str made_page(struct made *m)
{
    buf_clear(&m->page);
    report_html(&m->page, &m->draft, m->checked, &m->facts);
    return buf_str(&m->page);
}

static void made_end(struct made *m)
{
    buf_free(&m->page);
    arena_free(&m->arena);
}

static struct stored hostile_message(void)
{
    struct stored s = {
        .row = 7, .conversation_title = STR(HOSTILE), .content_id = 1, .witnesses = 2};
    s.message = message_empty();
    s.message.sender = STR(HOSTILE);
    s.message.text = STR(HOSTILE);
    s.message.time =
        (struct message_time){.wall_ms = 1000, .utc_ms = 3601000, .basis = BASIS_STATED};
    return s;
}

static struct verdict hostile_verdict(struct arena *a, enum verdict_kind kind)
{
    static const struct piece pieces[] = {
        {PIECE_SAME, STR_INIT(HOSTILE), STR_INIT(HOSTILE), 0},
        {PIECE_CHANGED, STR_INIT(HOSTILE), STR_INIT(HOSTILE), 0},
        {PIECE_MARKED, STR_INIT("\xE2\x80\xA6"), STR_INIT(HOSTILE), 0},
        {PIECE_TYPOGRAPHIC, STR_INIT(HOSTILE), STR_INIT(HOSTILE), 0},
        {PIECE_PASSED_OVER, {"", 0}, STR_INIT(HOSTILE), 0},
    };
    struct difference *const d = arena_array(a, DIFF_COUNT, sizeof *d);
    for (int i = 0; i < DIFF_COUNT; i++)
        d[i] = (struct difference){
            .kind = (enum difference_kind)i, .quoted = STR(HOSTILE), .source = STR(HOSTILE)};
    struct quoted_message *const m = arena_array(a, 3, sizeof *m);
    for (int i = 0; i < 3; i++)
        m[i] = (struct quoted_message){
            .stored = hostile_message(),
            .from = (size_t)i,
            .to = 4000, /* past its end: a guest's mistake must not show bytes */
            .passed_over = i == 1,
            .since_previous_ms = i ? 1000 : TIME_NONE,
            .witness = {.source_name = STR(HOSTILE),
                        .locus = {.at = 10, .length = 5, .line = 3, .member = STR(HOSTILE)}}};
    struct other_place *const o = arena_array(a, 12, sizeof *o);
    for (int i = 0; i < 12; i++)
        o[i] = (struct other_place){.stored = hostile_message(), .words_equal = 1, .words_of = 2};
    return (struct verdict){.kind = kind,
                            .flags = (1u << VFLAG_COUNT) - 1,
                            .quote = STR(HOSTILE),
                            .pieces = pieces,
                            .piece_count = 5,
                            .differences = d,
                            .difference_count = DIFF_COUNT,
                            .messages = m,
                            .message_count = 3,
                            .others = o,
                            .other_count = 12,
                            .others_total = 30,
                            .speaker = CLAIM_DIFFERS,
                            .date = CLAIM_AGREES_IN_ZONE,
                            .date_zone = STR(HOSTILE),
                            .joined_across_ms = 5000,
                            .searched_messages = 11276};
}

/* ---- tests --------------------------------------------------------------------------------------------- */

static void escapes_everything(void **state)
{
    (void)state;
    struct made m;
    made_begin(&m, "The account <b> wrote \u201c" HOSTILE
                   "\u201d on March 2, 2016.\n\nThen \u201ca\u201d.");
    assert_true(m.draft.quote_count >= 2);
    for (int kind = 0; kind < VERDICT_COUNT; kind++) {
        struct verdict v = hostile_verdict(&m.arena, (enum verdict_kind)kind);
        m.checked[0] = (struct report_quote){.verdict = &v,
                                             .before = &v.messages[0].stored,
                                             .before_count = 1,
                                             .after = &v.messages[2].stored,
                                             .after_count = 1};
        for (size_t i = 1; i < m.draft.quote_count; i++)
            m.checked[i] = (struct report_quote){.why_unchecked = STR(HOSTILE)};
        const str page = made_page(&m);
        check_page(page);
        assert_true(str_find(page, STR("\\u{202e}evil\\xff")) != STR_NONE);
    }
    made_end(&m);
}

/* Quotations in quotations, interrupted, continued, in blocks and logs: the words of the draft come out
   once each and in order. */
static void prints_the_draft_as_it_is(void **state)
{
    (void)state;
    static const char *const drafts[] = {
        "No quotation.",
        "\u201cA \u2018b \u201cc\u201d d\u2019 e\u201d and \u201cf,\u201d he said, \u201cg "
        "\u2018h\u2019 i.\u201d",
        "\u201cOne.\n\n\u201cTwo \u2018two\u2019.\n\n\u201cThree,\u201d he said.",
        "[10:15] noll: a \u201cb\u201d\n[10:16] noll: c\n[10:17] tern: d",
        "\u201cNever closed \u2018here\n\nNext \u201cone\n\nand \u2018 last\u201d",
        "\u201c\u201c\u201c\u201c\u201c\u201c\u201c\u201c\u201c\u201c\u201c\u201c\u201c\u201c\u201c"
        "\u201c\u201ca\u201d b\u201d",
    };
    for (size_t i = 0; i < sizeof drafts / sizeof *drafts; i++) {
        struct made m;
        made_begin(&m, drafts[i]);
        const str page = made_page(&m);
        check_page(page);
        const size_t from = str_find(page, STR("id=\"draft\">Draft</h2>"));
        assert_true(from != STR_NONE);
        const size_t to = from + str_find(str_from(page, from), STR("<section class=\"evidence\""));
        struct buf words = buf_new(1 << 20);
        bool tag = false, number = false;
        for (size_t k = from + strlen("id=\"draft\">Draft</h2>"); k < to; k++) {
            const str rest = str_sub(page, k, 6);
            number = (number || str_starts(rest, STR("<sup>"))) && !str_starts(rest, STR("</sup>"));
            tag = (tag || page.p[k] == '<') && !(k > 0 && page.p[k - 1] == '>' && page.p[k] != '<');
            if (!tag && !number && page.p[k] != '\n')
                buf_add_byte(&words, page.p[k]);
        }
        struct buf want = buf_new(1 << 20);
        for (const char *p = drafts[i]; *p; p++)
            if (*p != '\n')
                buf_add_byte(&want, *p);
        assert_string_equal(words.p, want.p);
        buf_free(&words);
        buf_free(&want);
        made_end(&m);
    }
}

static void counts_and_orders(void **state)
{
    (void)state;
    struct made m;
    made_begin(&m, "\u201ca\u201d \u201cb\u201d \u201cc\u201d \u201cd\u201d \u201ce\u201d");
    assert_int_equal(m.draft.quote_count, 5);
    struct verdict v[4] = {{.kind = VERDICT_VERBATIM, .stands = true},
                           {.kind = VERDICT_AMBIGUOUS, .flags = VFLAG_TOO_SHORT},
                           {.kind = VERDICT_ALTERED},
                           {.kind = VERDICT_ABSENT}};
    for (size_t i = 0; i < 4; i++)
        m.checked[i].verdict = &v[i];
    m.checked[4].why_unchecked = STR("too long");
    const str page = made_page(&m);
    check_page(page);
    static const char *const in_order[] = {
        "5 quotations",         "1 stands",          "1 differs",         "1 not in this archive",
        "1 too short to check", "1 not checked",     "id=\"evidence-4\"", "id=\"evidence-3\"",
        "id=\"evidence-5\"",    "id=\"evidence-2\"", "id=\"evidence-1\""};
    size_t at = 0;
    for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++) {
        const size_t next = str_find(str_from(page, at), str_of(in_order[i]));
        assert_true(next != STR_NONE);
        at += next;
    }
    made_end(&m);
}

static void tells_when_the_ceiling_is_met(void **state)
{
    (void)state;
    struct made m;
    made_begin(&m, "\u201ca\u201d");
    m.checked[0].why_unchecked = STR("x");
    struct buf small = buf_new(500);
    report_html(&small, &m.draft, m.checked, &m.facts);
    assert_true(small.full);
    buf_free(&small);
    made_end(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_everything),
        cmocka_unit_test(prints_the_draft_as_it_is),
        cmocka_unit_test(counts_and_orders),
        cmocka_unit_test(tells_when_the_ceiling_is_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
