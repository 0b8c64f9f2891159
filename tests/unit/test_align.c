/*
 * The aligner by itself: a quotation, a stretch of a conversation, and the operations that explain the
 * one by the other, written as one line of text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../../src/verify/items.h"
#include "align.h"
#include "buf.h"

/* after ours: cmocka defines a macro fail() */
#include <cmocka.h>

struct line {
    int64_t speaker;
    const char *text;
};

static const char *const signs[] = {
    [OP_MATCH] = "=",  [OP_BLOCK] = "#", [OP_RESPELT] = "~",   [OP_SUBSTITUTE] = "!",
    [OP_INSERT] = "+", [OP_DROP] = "-",  [OP_ELIDE] = "…",     [OP_EDITORIAL] = "[]",
    [OP_SIC] = "sic",  [OP_BREAK] = "/", [OP_PASS_OVER] = "^",
};

/* Runs of matches are written as their number. */
static void print_ops(struct buf *out, const struct align_problem *p, const struct alignment *got)
{
    size_t run = 0;
    for (size_t i = 0; i <= got->count; i++) {
        const struct align_op *op = i < got->count ? &got->ops[i] : NULL;
        if (op && op->kind == OP_MATCH) {
            run++;
            continue;
        }
        if (run)
            buf_addf(out, "%s=%zu", out->n ? " " : "", run);
        run = 0;
        if (!op)
            break;
        buf_addf(out, "%s%s", out->n ? " " : "", signs[op->kind]);
        for (size_t k = 0; k < op->item_count; k++)
            if (p->items[op->item + k].kind == ITEM_WORD)
                buf_addf(out, "%s" STR_FMT, k ? "_" : "",
                         STR_ARG(p->items[op->item + k].word.fold));
        if (op->word_count)
            buf_add(out, STR(":"));
        for (size_t k = 0; k < op->word_count; k++)
            buf_addf(out, "%s" STR_FMT, k ? "_" : "", STR_ARG(p->words[op->word + k].fold));
    }
}

static void expect(const char *quote, const struct line *lines, size_t count, const char *expected)
{
    struct arena a = {0};
    struct quote_items q;
    items_of(&q, &a, str_of(quote));
    struct word_list words = {.arena = &a};
    struct align_message *messages = arena_array(&a, count, sizeof *messages);
    for (size_t i = 0; i < count; i++) {
        const str text = str_of(lines[i].text);
        messages[i].first_word = (uint32_t)words.count;
        words_add(&words, text, 0, text.n, (uint32_t)i);
        messages[i].word_count = (uint32_t)words.count - messages[i].first_word;
        messages[i].speaker = lines[i].speaker;
    }
    const struct align_problem p = {.items = q.items,
                                    .item_count = q.count,
                                    .words = words.words,
                                    .word_count = words.count,
                                    .messages = messages,
                                    .message_count = count,
                                    .main_speaker = 1};
    struct alignment got;
    assert_true(align_run(&p, &a, &got));
    struct buf out = buf_new(BUF_LINE_MAX);
    print_ops(&out, &p, &got);
    assert_string_equal(out.p, expected);
    buf_free(&out);
    arena_free(&a);
}

static void one(const char *quote, const char *source, const char *expected)
{
    const struct line line = {1, source};
    expect(quote, &line, 1, expected);
}

static void words_in_one_message(void **state)
{
    (void)state;
    const char *src = "She’s a calm, well prepared and stubborn engineer.";
    one("a calm, well-prepared and stubborn engineer", src, "=7");
    one("a calm, well prepared engineer", src, "=4 -:and -:stubborn =1");
    one("a calm, very well prepared", src, "=2 +very =2");
    one("a calm, badly prepared and stubborn", src, "=2 !badly:well =3");
    one("a cal, well prepared", src, "=1 ~cal:calm =2");
    one("s a well calm prepared", "she s a calm well prepared person", "=2 -:calm =1 +calm =1");
}

static void spacing_and_hyphens_match_as_blocks(void **state)
{
    (void)state;
    one("so much slime on it", "Harbour has so muc hslime on it", "=1 #much_slime:muc_hslime =2");
    one("send an e-mail now", "send an email now", "=2 #e_mail:email =1");
    one("12000 of them", "12,000 of them", "#12000:12_000 =2");
    one("it is some-\nthing else", "it is something else", "=2 #some_thing:something =1");
}

static void marks_of_editing(void **state)
{
    (void)state;
    const char *src = "the survey carries two stamps, do not post the scan before friday";
    one("carries two stamps … before friday", src, "=3 …:do_not_post_the_scan =2");
    one("carries two stamps [...] friday", src, "=3 …:do_not_post_the_scan_before =1");
    one("[It] carries two stamps", src, "[]:survey =3");
    one("the survey carries [several] stamps", src, "=3 []:two =1");
    one("[T]he survey carries", src, "=3");
    one("the survey carries two [sic] stamps", src, "=4 sic =1");
    one("the [scan]", "look at the [scan] there", "=1 []:scan");
}

static void several_messages(void **state)
{
    (void)state;
    const struct line lines[] = {{1, "The board was told twice…"},
                                 {2, "by whom"},
                                 {1, "…and nobody wrote it down"},
                                 {1, "so there is no minute"}};
    expect("The board was told twice and nobody wrote it down", lines, 4, "=5 ^:by_whom =5");
    expect("The board was told twice / so there is no minute", lines, 4,
           "=5 ^:by_whom -:and -:nobody -:wrote -:it -:down / =5");
    expect("told twice … no minute", lines, 4,
           "=2 …:by_whom_and_nobody_wrote_it_down_so_there_is =2");
}

static bool respelt(const char *a, const char *b)
{
    struct align_word x = {.fold = str_of(a)}, y = {.fold = str_of(b)};
    align_prepare(&x);
    align_prepare(&y);
    return align_respelt(&x, &y);
}

static void words_near_in_letters(void **state)
{
    (void)state;
    assert_true(respelt("woudl", "would"));
    assert_true(respelt("ben", "been"));
    assert_true(respelt("amitions", "ambitions"));
    assert_true(respelt("χωρις", "χορις"));
    assert_false(respelt("thin", "thick"));
    assert_false(respelt("is", "in"));
    assert_false(respelt("better", "worse"));
    assert_false(respelt("2015", "2016"));
}

static void nothing_to_align(void **state)
{
    (void)state;
    struct arena a = {0};
    struct alignment got;
    const struct align_problem empty = {0};
    assert_false(align_run(&empty, &a, &got));
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_in_one_message),
        cmocka_unit_test(spacing_and_hyphens_match_as_blocks),
        cmocka_unit_test(marks_of_editing),
        cmocka_unit_test(several_messages),
        cmocka_unit_test(words_near_in_letters),
        cmocka_unit_test(nothing_to_align),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
