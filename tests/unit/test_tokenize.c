/*
 * The tokenizer: tables of cases for each script, and the properties that search relies on. Most of
 * all: tokens cut out of a text are the tokens of the text, so that a phrase is always found.
 */
#include "buf.h"
#include "fold.h"
#include "tokenize.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Wholes in angle brackets, units with a stroke before them, a blank between two. */
static void write_tokens(struct buf *out, str text)
{
    struct tokenizer t = tokenizer_of(text);
    for (struct token token; tokenizer_next(&t, &token);) {
        if (out->n)
            buf_add_byte(out, ' ');
        if (token.whole)
            buf_addf(out, "<" STR_FMT ">", STR_ARG(token.word));
        else
            buf_addf(out, "%s" STR_FMT, token.unit ? "|" : "", STR_ARG(token.word));
    }
}

static const struct {
    const char *text, *tokens;
} cases[] = {
    {"", ""},
    {" ... -- !? \t\n", ""},
    {"Don’t ask @Lirra_Watch: 16-0419!", "don t ask <@lirra_watch> lirra watch 16 0419"},
    /* words and what ends them */
    {"Hello, World", "hello world"},
    {"l’homme l'homme", "l homme l homme"},
    {"co-operate e.g. and/or snake_case", "co operate e g and or snake case"},
    {"“quoted” «too» (or)", "quoted too or"},
    {"Don´t", "don t"},
    {"\xCA\xBCn ŉ", "n |n"},
    /* numbers */
    {"16th at 3pm, 3.14 1,000 16-0419", "16th at 3pm 3 14 1 000 16 0419"},
    {"٢٠١٦ २०१६ ２０１６", "2016 2016 2016"},
    {"m² word¹ ½ ⑩ Ⅷ", "m |2 word |1 |1 |2 |10 viii"},
    {"$100 €5 £3", "|$ 100 |€ 5 |£ 3"},
    {"C++ a=b a<b>c ~x~ *y* a|b", "c a b a b c x y a b"},
    {"5㎏ 20℃ Foo™", "5 |kg 20 |° |c foo |tm"},
    /* Latin */
    {"ÉCOLE E\u0301COLE e\u0301", "ecole ecole e"},
    {"Straße İstanbul ısı ﬁx Łódź", "strasse istanbul isi fix lodz"},
    {"ＡＢＣ　ｄｅｆ", "abc def"},
    {"𝐛𝐨𝐥𝐝 Ⓕⓡⓔⓔ 🅵🆁🅴🅴", "bold free free"},
    {"pass\u200Bword pass\u00ADword \uFEFFx\u202E", "password password x"},
    {"\u200B \u00AD", ""},
    {"\u0301 \u0640\u0640", ""}, /* marks and tatweel with nothing to stand on */
    /* Greek, Cyrillic, Armenian */
    {"Οδυσσεύς ΟΔΥΣΣΕΎΣ", "οδυσσευσ οδυσσευσ"},
    {"Ещё мой Йод", "еще мои иод"},
    {"Երևան", "երեւան"},
    /* Arabic, Hebrew */
    {"كِتَابٌ مـــرحبا، إلى؟", "كتاب مرحبا الي"},
    {"ﷺ", "|صلي |الله |عليه |وسلم"},
    {"صَلَّى", "صلي"},
    {"שָׁלוֹם בית־ספר צה״ל", "שלום בית ספר צה ל"},
    /* Indic: words with their marks */
    {"हिन्दी में।", "हिन्दी में"},
    {"বাংলা, தமிழ்", "বাংলা தமிழ்"},
    {"བོད་ཡིག", "བོད ཡིག"},
    /* scripts without blanks */
    {"中文abc", "|中 |文 abc"},
    {"東京タワー、ｶﾞｰﾄﾞ", "|東 |京 |タ |ワ |ー |カ\u3099 |ー |ト\u3099"},
    {"が か\u3099 か", "|か\u3099 |か\u3099 |か"},
    {"人々〇", "|人 |々 |〇"},
    {"กินน้ำ", "|กิ |น |น้ |ำ"},
    {"ລາວ", "|ລ |າ |ວ"},
    {"ភាសាខ្មែរ", "|ភា |សា |ខ្ |មែ |រ"},
    {"မြန်မာ", "|မြ |န် |မာ"},
    {"㍻三㈱", "|平 |成 |三 |株"},
    /* Korean */
    {"한국어", "|한 |국 |어"},
    {"\u1112\u1161\u11AB\u1100\u116E\u11A8\u110B\u1165", "|한 |국 |어"},
    {"ㅋㅋㅋ ㅠ", "|ㅋ |ㅋ |ㅋ |ㅠ"},
    {"갔ㅏ", "|갔 |ㅏ"},
    /* emoji */
    {"ok👍🏿👍", "ok |👍 |👍"},
    {"👨\u200D👩\u200D👧", "|👨 |👩 |👧"},
    {"🇺🇸🇩🇪 🇺", "|🇺🇸 |🇩🇪 |🇺"},
    {"❤\uFE0F❤ 1\uFE0F\u20E3", "|❤ |❤ 1"},
    {"── ▌ →", "|→"},
    /* handles and tags */
    {"@a @_b @c-d @", "<@a> a <@_b> b <@c> c d"},
    {"foo@bar.com a_@b", "foo bar com a b"},
    {"＠Ｎｏｌｌ ﹟x", "<@noll> noll <#x> x"},
    {"@___ #", ""},
    {"#Tag2 #2nd C#x", "<#tag2> tag2 <#2nd> 2nd c x"},
    {"你好@张三 #话题#天气", "|你 |好 <@张三> |张 |三 <#话题> |话 |题 |天 |气"},
    {"#\u1112\u1161\u11ABx", "<#한x> |한 x"},
    {"@no\u0308ll @no\u200Bll", "<@noll> noll <@noll> noll"},
    {"x.com/@noll_z", "x com <@noll_z> noll z"},
    {"@a@b@c", "<@a> a b c"},
    {"\u2068@Noll\u2069", "<@noll> noll"},
    /* URLs and addresses as phrases of their parts */
    {"https://Example.org/a-b?c=1", "https example org a b c 1"},
    /* bytes that are not UTF-8 end words and are nothing */
    {"a\xFF"
     "b\xC3 \xE4\xB8",
     "a b"},
};

static void cases_of_many_scripts(void **state)
{
    (void)state;
    struct buf out = buf_new(BUF_LINE_MAX);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&out);
        write_tokens(&out, str_of(cases[i].text));
        if (!str_eq(buf_str(&out), str_of(cases[i].tokens)))
            fail_msg("%s\n   gives %.*s\n   not   %s", cases[i].text, (int)out.n, out.p,
                     cases[i].tokens);
    }
    buf_free(&out);
}

static const struct {
    const char *text;
    size_t at, end; /* of the first token */
} spans[] = {
    {"  word  ", 2, 6},
    {"\u200Bwo\u00ADrd\u200B", 3, 9}, /* invisible at the edges is left out, inside is not */
    {"e\u0301\u200D", 0, 3},          /* a mark is part of its letter */
    {"مـ ", 0, 4},
    {"か\u3099 ", 0, 6},
    {"👍🏿", 0, 4},
    {"@ab_", 0, 4},
    {"“x”", 3, 4},
};

static void spans_are_those_of_the_visible_word(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        struct tokenizer t = tokenizer_of(str_of(spans[i].text));
        struct token token;
        assert_true(tokenizer_next(&t, &token));
        if (token.at != spans[i].at || token.end != spans[i].end)
            fail_msg("%s: %zu-%zu", spans[i].text, token.at, token.end);
    }
}

static void places_count_words_and_a_whole_has_that_of_its_first_part(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        uint32_t place;
        bool whole;
    } expected[] = {
        {"to", 0, false},    {"@lirra_watch", 1, true}, {"lirra", 1, false},
        {"watch", 2, false}, {"now", 3, false},
    };
    struct tokenizer t = tokenizer_of(STR("to @Lirra_Watch now"));
    struct token token;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(tokenizer_next(&t, &token));
        assert_true(str_eq(token.word, str_of(expected[i].word)));
        assert_int_equal(token.place, expected[i].place);
        assert_int_equal(token.whole, expected[i].whole);
    }
    assert_false(tokenizer_next(&t, &token));
    assert_false(tokenizer_next(&t, &token));
    assert_int_equal(tokenize_count(STR("to @Lirra_Watch now")), 4);
    assert_int_equal(tokenize_count(STR("")), 0);
}

/* A word of `count` times `letter` in tokens of at most TOKEN_MAX bytes that miss nothing. */
static void long_word(const char *letter, size_t count, size_t bytes_folded)
{
    struct buf text = buf_new(BUF_LINE_MAX);
    for (size_t i = 0; i < count; i++)
        buf_addf(&text, "%s", letter);
    size_t end = 0, total = 0;
    struct tokenizer t = tokenizer_of(buf_str(&text));
    for (struct token token; tokenizer_next(&t, &token);) {
        assert_int_equal(token.at, end);
        assert_true(token.word.n > TOKEN_MAX - 4 || token.end == text.n);
        assert_true(token.word.n <= TOKEN_MAX);
        assert_int_equal(utf8_valid_prefix(token.word), token.word.n);
        end = token.end;
        total += token.word.n;
    }
    assert_int_equal(end, text.n);
    assert_int_equal(total, count * bytes_folded);
    buf_free(&text);
}

static void long_words_are_cut_and_go_on(void **state)
{
    (void)state;
    long_word("x", TOKEN_MAX, 1);
    long_word("x", TOKEN_MAX + 1, 1);
    long_word("X", 1000, 1);
    long_word("ж", 1000, 2);
    long_word("É", 1000, 1);
    long_word("ß", 1000, 2);
    long_word("क", 1000, 3);
    long_word("𐐨", 1000, 4);
    assert_int_equal(tokenize_count(STR("x")), 1);
}

static void a_long_handle_is_cut(void **state)
{
    (void)state;
    char text[1 + 2 * TOKEN_MAX];
    memset(text, 'a', sizeof text);
    text[0] = '@';
    struct tokenizer t = tokenizer_of((str){text, sizeof text});
    struct token token;
    assert_true(tokenizer_next(&t, &token));
    assert_true(token.whole);
    assert_int_equal(token.word.n, TOKEN_MAX);
    assert_int_equal(token.end, TOKEN_MAX);
    assert_true(tokenizer_next(&t, &token));
    assert_int_equal(token.at, 1);
    assert_int_equal(token.word.n, TOKEN_MAX);
}

/* A thousand marks on one letter neither hang nor overflow. */
static void stacked_marks(void **state)
{
    (void)state;
    static const char *const marks[] = {"\u0301", "\u3099", "\u0E34", "\uFE0F"};
    static const char *const bases[] = {"a", "か", "ก", "😀", " "};
    struct buf text = buf_new(BUF_LINE_MAX);
    for (size_t m = 0; m < 4; m++)
        for (size_t b = 0; b < 5; b++) {
            buf_clear(&text);
            buf_addf(&text, "%s", bases[b]);
            for (int i = 0; i < 1000; i++)
                buf_addf(&text, "%s", marks[m]);
            struct tokenizer t = tokenizer_of(buf_str(&text));
            for (struct token token; tokenizer_next(&t, &token);)
                assert_true(token.word.n <= TOKEN_MAX);
        }
    buf_free(&text);
}

/* --- Properties, over random texts out of hard pieces --- */

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static const char *const pieces[] = {
    " ",      "a",      "Bc",     "7",      "_",       "@",      "#",      "＠",     ".",
    "-",      "’",      "$",      "é",      "e\u0301", "\u0301", "\u200B", "\u200D", "\uFE0F",
    "ß",      "я",      "\u0640", "ا",      "हि",      "中",     "か",     "\u3099", "ﾞ",
    "ー",     "ก",      "\u0E34", "ำ",      "한",      "하",     "\u1112", "\u1161", "\u11AB",
    "ㅋ",     "😀",      "🏿",   "❤",      "㍻",      "½",      "ﷺ",      "™",      "㈱",
    "ŉ",      "\u20E3", "≠",      "\u0338", "\u2028",  "\u00A0", "ǅ",      "ﬃ",      "𝐱",
    "\u09CB", "\u1039", "Ⅷ",      "①",      "\uFFFD",  "━",      "\u302E", "ﾡ",      "゛",
};

static void random_text(struct buf *text, uint64_t *seed)
{
    buf_clear(text);
    const uint32_t length = 1 + next_random(seed) % 12;
    for (uint32_t i = 0; i < length; i++)
        buf_addf(text, "%s", pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]);
}

/* The words of `part` are those of `text` that lie inside it. */
static void assert_same_words(str text, size_t from, size_t to)
{
    struct tokenizer all = tokenizer_of(text);
    struct tokenizer some = tokenizer_of(str_sub(text, from, to - from));
    for (struct token token, own; tokenizer_next(&all, &token);) {
        if (token.whole || token.at < from || token.end > to)
            continue;
        do {
            if (!tokenizer_next(&some, &own))
                fail_msg("%.*s: nothing at %zu", (int)text.n, text.p, token.at);
        } while (own.whole);
        if (!str_eq(own.word, token.word) || own.at + from != token.at ||
            own.end + from != token.end)
            fail_msg("%.*s: [%zu, %zu) gives %.*s for %.*s", (int)text.n, text.p, from, to,
                     (int)own.word.n, own.word.p, (int)token.word.n, token.word.p);
    }
}

static void what_is_cut_out_at_tokens_gives_the_same_tokens(void **state)
{
    (void)state;
    struct buf text = buf_new(BUF_LINE_MAX);
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        random_text(&text, &seed);
        struct tokenizer t = tokenizer_of(buf_str(&text));
        for (struct token token; tokenizer_next(&t, &token);) {
            if (token.whole)
                continue;
            assert_same_words(buf_str(&text), token.at, text.n);
            assert_same_words(buf_str(&text), 0, token.end);
        }
    }
    buf_free(&text);
}

static void spans_ascend_and_words_are_folded(void **state)
{
    (void)state;
    struct buf text = buf_new(BUF_LINE_MAX);
    struct folded f = {0};
    uint64_t seed = 11;
    for (int round = 0; round < 20000; round++) {
        random_text(&text, &seed);
        size_t at = 0;
        uint32_t place = 0;
        struct tokenizer t = tokenizer_of(buf_str(&text));
        for (struct token token; tokenizer_next(&t, &token);) {
            assert_true(token.at >= at && token.at < token.end && token.end <= text.n);
            assert_int_equal(token.place, place);
            place += !token.whole;
            at = token.at;
            assert_true(token.word.n > 0);
            fold_text(&f, token.word);
            if (!str_eq((str){f.p, f.n}, token.word))
                fail_msg("%s: %.*s is not folded", text.p, (int)token.word.n, token.word.p);
        }
    }
    folded_free(&f);
    buf_free(&text);
}

/* Every code point that has a folded form with letters or digits in it can be found. */
static void every_letter_and_digit_gives_a_token(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        const enum char_class class = char_class_of(cp);
        const bool visible = class == CHAR_LETTER || class == CHAR_DIGIT || class == CHAR_UNIT ||
                             class == CHAR_SYMBOL;
        uint32_t folded[FOLD_MAX];
        if (!visible || (cp >= 0xD800 && cp <= 0xDFFF) || fold_codepoint(cp, folded) == 0)
            continue;
        char bytes[4];
        struct tokenizer t = tokenizer_of((str){bytes, utf8_put(bytes, cp)});
        struct token token;
        if (!tokenizer_next(&t, &token))
            fail_msg("U+%04X", (unsigned)cp);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_of_many_scripts),
        cmocka_unit_test(spans_are_those_of_the_visible_word),
        cmocka_unit_test(places_count_words_and_a_whole_has_that_of_its_first_part),
        cmocka_unit_test(long_words_are_cut_and_go_on),
        cmocka_unit_test(a_long_handle_is_cut),
        cmocka_unit_test(stacked_marks),
        cmocka_unit_test(what_is_cut_out_at_tokens_gives_the_same_tokens),
        cmocka_unit_test(spans_ascend_and_words_are_folded),
        cmocka_unit_test(every_letter_and_digit_gives_a_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
