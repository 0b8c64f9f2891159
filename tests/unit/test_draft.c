/*
 * Finding quotations and what is claimed about them, as tables: a text, then one line for each
 * quotation that is found: `shape text | speaker | when`, in their order.
 */
#include "buf.h"
#include "../support/made_zip.h"
#include "quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int64_t today(void)
{
    const struct civil c = {.year = 2018, .month = 9, .day = 21};
    return civil_to_ms(&c);
}

/* "i" inline, "c" continued, "j" interrupted (joined), "b" block, "l" log; "!" unbalanced; a digit: the
   level if it is not 0. A line feed in the text is shown as " / ". */
static void print_quote(struct buf *out, const struct draft_quote *q, bool claims)
{
    static const char shapes[] = {'i', 'c', 'j', 'b', 'l'};
    buf_add_byte(out, shapes[q->shape]);
    if (q->level)
        buf_addf(out, "%d", q->level);
    if (q->unbalanced)
        buf_add_byte(out, '!');
    buf_add_byte(out, ' ');
    for (size_t i = 0; i < q->text.n; i++)
        buf_add(out, q->text.p[i] == '\n' ? STR(" / ") : str_sub(q->text, i, 1));
    if (claims) {
        buf_addf(out, " | " STR_FMT " | ", STR_ARG(q->speaker));
        char range[2 * CIVIL_TEXT];
        if (q->after_previous_ms != TIME_NONE)
            buf_addf(out, "+%lld s", (long long)(q->after_previous_ms / 1000));
        else if (q->when.from_ms != TIME_NONE)
            buf_add(out, str_of(date_range_print(range, &q->when)));
    }
    buf_add_byte(out, '\n');
}

static void check_invariants(const struct draft *d)
{
    for (size_t i = 0; i < d->quote_count; i++) {
        const struct draft_quote *const q = &d->quotes[i];
        assert_true(q->at <= q->end && q->end <= d->text.n);
        assert_true(q->part_count > 0 && q->paragraph < d->paragraph_count);
        if (i)
            assert_true(d->quotes[i - 1].at <= q->at);
        if (!q->level)
            continue;
        assert_true(q->part_of < i);
        assert_true(d->quotes[q->part_of].at <= q->at && d->quotes[q->part_of].end >= q->end);
        assert_int_equal(d->quotes[q->part_of].level + 1, q->level);
    }
}

static void check(const char *text, const char *expected, bool claims)
{
    struct arena a = {0};
    struct buf got = buf_new(1 << 16);
    struct draft d = {.text = str_of(text)};
    draft_find_quotes(&d, today(), &a);
    check_invariants(&d);
    for (size_t i = 0; i < d.quote_count; i++)
        print_quote(&got, &d.quotes[i], claims);
    if (strcmp(got.p ? got.p : "", expected) != 0)
        print_error("of: %s\n", text);
    assert_string_equal(got.p ? got.p : "", expected);
    buf_free(&got);
    arena_free(&a);
}

struct row {
    const char *text, *expected;
};

static void check_rows(const struct row *rows, size_t count, bool claims)
{
    for (size_t i = 0; i < count; i++)
        check(rows[i].text, rows[i].expected, claims);
}

#define CHECK_ROWS(rows, claims) check_rows((rows), sizeof(rows) / sizeof *(rows), (claims))

/* ---- marks ----------------------------------------------------------------------------------------- */

static void finds_marks_of_many_languages(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"It said \u201cwait a little,\u201d then.", "i wait a little,\n"},
        {"It said \"wait a little,\" then.", "i wait a little,\n"},
        {"Sie schrieb: \u201eWir warten.\u201c Dann nichts.", "i Wir warten.\n"},
        {"Powiedzia\u0142: \u201eczekamy\u201d wczoraj.", "i czekamy\n"},
        {"Han sa \u201dvi v\u00e4ntar\u201d ig\u00e5r.", "i vi v\u00e4ntar\n"},
        {"Il a \u00e9crit \u00ab\u00a0nous attendons\u00a0\u00bb hier.", "i nous attendons\n"},
        {"Il a \u00e9crit \u00ab nous attendons \u00bb hier.", "i nous attendons\n"},
        {"Han skrev \u00bbvi venter\u00ab i g\u00e5r.", "i vi venter\n"},
        {"H\u00e4n sanoi \u00bbodotamme\u00bb eilen.", "i odotamme\n"},
        {"\u5f7c\u306f\u300c\u5f85\u3064\u300d\u3068\u8a00\u3063\u305f\u3002", "i \u5f85\u3064\n"},
        {"\u300c\u5f7c\u306f\u300e\u5f85\u3064\u300f\u3068\u8a00\u3063\u305f\u300d",
         "i \u5f7c\u306f\u300e\u5f85\u3064\u300f\u3068\u8a00\u3063\u305f\ni1 \u5f85\u3064\n"},
        {"It said ``wait a little'' then.", "i wait a little\n"},
        {"It said \u2033wait a little\u2033 then.", "i wait a little\n"},
        {"It said \u2018wait a little\u2019 then.", "i wait a little\n"},
        {"It said 'wait a little' then.", "i wait a little\n"},
        {"Sie nannte es \u201aTheater\u2018 und ging.", "i Theater\n"},
        {"Il dit \u2039attendez\u203a hier.", "i attendez\n"},
        {"A typing slip, \u201cwait\u201c closes anyway.", "i wait\n"},
        {"Mixed \u201cwait\" closes too.", "i wait\n"},
    };
    CHECK_ROWS(rows, false);
}

static void leaves_apostrophes_and_inches_alone(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"They don\u2019t know the players\u2019 names.", ""},
        {"They don't know the players' names.", ""},
        {"The '90s and the \u201890s were not ours.", ""},
        {"Rock 'n' roll and 'tis and 'em.", ""},
        {"A 6\" pipe and a 5' 10\" man.", ""},
        {"It said \u201cdon\u2019t wait, the players\u2019 union won\u2019t\u201d then.",
         "i don\u2019t wait, the players\u2019 union won\u2019t\n"},
        {"It said 'the players' union won't wait', then.", "i the players' union won't wait\n"},
        {"It said \u2018the players\u2019 union won\u2019t wait.\u2019 Then.",
         "i the players\u2019 union won\u2019t wait.\n"},
        {"Empty \u201c\u201d and \"\" and \u201c \u2026 \u201d are nothing.", ""},
    };
    CHECK_ROWS(rows, false);
}

static void keeps_what_is_inside(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"\u201cShe said \u2018no way\u2019 to me,\u201d he said.",
         "i She said \u2018no way\u2019 to me,\ni1 no way\n"},
        {"'She said \"no way\" to me,' he said.", "i She said \"no way\" to me,\ni1 no way\n"},
        {"\u201cA \u2018b \u201cc\u201d d\u2019 e\u201d",
         "i A \u2018b \u201cc\u201d d\u2019 e\ni1 b \u201cc\u201d d\ni2 c\n"},
        {"\u201c\u2018No\u2019 is a word,\u201d he said.", "i \u2018No\u2019 is a word,\ni1 No\n"},
        {"He said \"she said 'no' twice\".", "i she said 'no' twice\ni1 no\n"},
        {"\u201c[T]eh licnece [sic] is thru!!!\u201d", "i [T]eh licnece [sic] is thru!!!\n"},
        {"\u201c\u2026 and so it goes \u2026\u201d", "i \u2026 and so it goes \u2026\n"},
        {"(\u201cwait\u201d)\u2014\u201cor not\u201d\u2014\u201cnever\u201d",
         "i wait\ni or not\ni never\n"},
        {"said\"wait\" where a blank was lost", "i wait\n"},
    };
    CHECK_ROWS(rows, false);
}

static void reports_what_is_unbalanced(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"He wrote \u201cwait a little.\n\nThen nothing.", "i! wait a little.\n"},
        {"He wrote: wait a little,\u201d and left.", "i! wait a little,\n"},
        {"He said \"it is fine. Then \"no way\" came.",
         "i! it is fine. Then \"no way\" came.\ni1 no way\n"},
        {"He wrote \u201cwait \u2018a little\u201d and left.",
         "i wait \u2018a little\ni1! a little\n"},
        {"One \u201ctwo\u201d three\u201d four.", "i two\ni! three\n"},
    };
    CHECK_ROWS(rows, false);
}

static void joins_paragraphs_and_interruptions(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"\u201cFirst part.\n\n\u201cSecond part.\n\n\u201cThird,\u201d he said.",
         "c First part. / Second part. / Third,\n"},
        {"\"First part.\n\n\"Second part.\" End.", "c First part. / Second part.\n"},
        {"\u00ab First part.\n\n\u00ab Second part. \u00bb End.", "c First part. / Second part.\n"},
        {"\u201cFirst part.\n\n\u201cSecond part.\n\nNo mark.", "c! First part. / Second part.\n"},
        {"\u201cWe need,\u201d he said, \u201cto wait.\u201d", "j We need, to wait.\n"},
        {"\u201cWe need,\u201d Harbour Watch wrote on Tuesday, \u201cto wait.\u201d",
         "j We need, to wait.\n"},
        {"\"We need,\" he said, \"to wait,\" he added, \"for us.\"",
         "j We need, to wait, for us.\n"},
        {"\u201cWe wait,\u201d he said. \u201cIt is late.\u201d", "i We wait,\ni It is late.\n"},
        {"He called it \u201ctheatre,\u201d and wrote that, \u201cin fact,\u201d it was.",
         "i theatre,\ni in fact,\n"},
        {"\u201cWe wait\u201d and then, \u201cwe go\u201d.", "i We wait\ni we go\n"},
        {"\u201cWe \u2018must\u2019 need,\u201d he said, \u201cto wait.\u201d",
         "j We \u2018must\u2019 need, to wait.\ni1 must\n"},
    };
    CHECK_ROWS(rows, false);
}

static void reads_chat_lines(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"[2016-03-02 09:41:07] <noll> we wait\n[2016-03-02 09:41:20] <noll> a little\n[2016-03-02 "
         "09:42:00] <tern> ok",
         "l we wait / a little | noll | 2016-03-02T09:41:07..2016-03-02T09:41:07\n"
         "l ok | tern | 2016-03-02T09:42:00..2016-03-02T09:42:00\n"},
        {"10:15 noll: we \"wait\"\n10:16 tern: ok", "l we \"wait\" | noll | \nl ok | tern | \n"},
        {"[10:15] noll: we wait\nand wait", "l we wait / and wait | noll | \n"},
        {"<noll> we wait", "l we wait | noll | \n"},
        {"noll [10:15]: we wait", "l we wait | noll | \n"},
        {"It began so:\n2016-03-02 09:41:07 Harbour Watch: we wait",
         "l we wait | Harbour Watch | 2016-03-02T09:41:07..2016-03-02T09:41:07\n"},
        {"At 10:15 a.m.: nothing happened.", ""},
        {"10:15 a.m.: nothing happened.", ""},
    };
    CHECK_ROWS(rows, true);
}

/* ---- claims ---------------------------------------------------------------------------------------- */

static void reads_who_said_it(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Harbour Watch wrote: \u201cWe wait.\u201d", "i We wait. | Harbour Watch | \n"},
        {"\u201cWe wait,\u201d said Harbour Watch.", "i We wait, | Harbour Watch | \n"},
        {"\u201cWe wait,\u201d tern wrote about it.", "i We wait, | tern | \n"},
        {"\u201cWe wait!!!\u201d wrote Mudlark 7, who left.", "i We wait!!! | Mudlark 7 | \n"},
        {"\u201cWe wait\u201d, answered ferry_nils at once.", "i We wait | ferry_nils | \n"},
        {"According to Ines M., it was \u201ctheatre\u201d.", "i theatre | Ines M. | \n"},
        {"Harbour Watch: \u201cWe wait.\u201d", "i We wait. | Harbour Watch | \n"},
        {"The Harbour Watch account tweeted \u201cWe wait.\u201d",
         "i We wait. | Harbour Watch | \n"},
        {"Harbour Watch\u2019s account tweeted \u201cWe wait.\u201d",
         "i We wait. | Harbour Watch | \n"},
        {"Harbour Watch, the account behind the leak, wrote that it was \u201ctheatre\u201d.",
         "i theatre | Harbour Watch | \n"},
        {"Harbour Watch wrote of \u201ctheatre\u201d and called the meeting \u201ca farce\u201d.",
         "i theatre | Harbour Watch | \ni a farce | Harbour Watch | \n"},
        {"\u201cWe wait,\u201d Noll said. \u201cIt is late.\u201d",
         "i We wait, | Noll | \ni It is late. | Noll | \n"},
        {"Noll wrote \u201cwe wait\u201d. Then he added: \u201cAnd wait.\u201d",
         "i we wait | Noll | \ni And wait. | Noll | \n"},
        {"Noll wrote \u201cwe wait\u201d. The account added: \u201cAnd wait.\u201d",
         "i we wait | Noll | \ni And wait. | Noll | \n"},
        {"Noll wrote \u201cwe wait\u201d, and one joked that \u201cwe go\u201d.",
         "i we wait | Noll | \ni we go |  | \n"},
        {"Another participant urged them to \u201cwait\u201d.", "i wait |  | \n"},
        {"A lawyer for Harbour Watch said \u201cwe wait\u201d.", "i we wait |  | \n"},
        {"The account wrote \u201cwe wait\u201d.", "i we wait |  | \n"},
        {"It was \u201ctheatre\u201d.", "i theatre |  | \n"},
        {"The United States: \u201cwe wait\u201d.", "i we wait |  | \n"},
        {"\u201cWe need,\u201d said Noll, \u201cto wait.\u201d", "j We need, to wait. | Noll | \n"},
        {"So weir dreams put it. \u201cThe retainer is paid.\u201d So wrote Saltmarsh Sue.",
         "i The retainer is paid. | Saltmarsh Sue | \n"},
    };
    CHECK_ROWS(rows, true);
}

static void reads_when_it_was_said(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"On August 23, 2016, it wrote \u201cwe wait\u201d.", "i we wait |  | 2016-08-23\n"},
        {"It wrote \u201cwe wait\u201d on 2 March 2016.", "i we wait |  | 2016-03-02\n"},
        {"In May 2015 it wrote \u201cwe wait\u201d.", "i we wait |  | 2015-05-01..2015-05-31\n"},
        {"It wrote \u201cwe wait\u201d in 2016.", "i we wait |  | 2016-01-01..2016-12-31\n"},
        {"On 2016-03-02 it wrote \u201cwe wait\u201d.", "i we wait |  | 2016-03-02\n"},
        {"On June 13, it wrote \u201cwe wait\u201d.", "i we wait |  | 2018-06-13\n"},
        {"On December 13, it wrote \u201cwe wait\u201d.", "i we wait |  | 2017-12-13\n"},
        {"In a message of March 2, 2016, it wrote \u201cwe wait\u201d. Then: \u201cwe go\u201d.",
         "i we wait |  | 2016-03-02\ni we go |  | 2016-03-02\n"},
        {"It wrote \u201cwe wait\u201d on March 2, 2016. On June 15, it wrote \u201cwe go\u201d.",
         "i we wait |  | 2016-03-02\ni we go |  | 2016-06-15\n"},
        {"It wrote \u201cwe wait\u201d. Eighteen seconds later: \u201cwe go\u201d.",
         "i we wait |  | \ni we go |  | +18 s\n"},
        {"It wrote \u201cwe wait\u201d and, half an hour later, \u201cwe go\u201d. The next day: "
         "\u201cwe stay\u201d.",
         "i we wait |  | \ni we go |  | +1800 s\ni we stay |  | +86400 s\n"},
        {"They may wait: \u201cwe march 2 by 2\u201d.", "i we march 2 by 2 |  | \n"},
        {"Am 2 M\u00e4rz 2016 schrieb Noll: \u201ewir warten\u201c.",
         "i wir warten | Noll | 2016-03-02\n"},
        {"On March 2, 2016, Noll wrote:\n\n\u201cWe wait.\u201d",
         "i We wait. | Noll | 2016-03-02\n"},
    };
    CHECK_ROWS(rows, true);
}

/* ---- formats --------------------------------------------------------------------------------------- */

static void check_file(const char *name, str bytes, const char *title, const char *expected)
{
    struct arena a = {0};
    struct buf got = buf_new(1 << 16);
    struct err e = {0};
    struct source *s = NULL;
    struct draft d;
    assert_int_equal(source_of_bytes(&s, str_of(name), bytes, &e), OK);
    assert_int_equal(draft_read(&d, s, today(), &a, &e), OK);
    source_close(s);
    check_invariants(&d);
    buf_addf(&got, "%s: " STR_FMT "\n", d.format, STR_ARG(d.title));
    for (size_t i = 0; i < d.quote_count; i++)
        print_quote(&got, &d.quotes[i], true);
    struct buf want = buf_new(1 << 16);
    buf_addf(&want, "%s\n%s", title, expected);
    assert_string_equal(got.p, want.p);
    buf_free(&got);
    buf_free(&want);
    arena_free(&a);
}

static void reads_html(void **state)
{
    (void)state;
    check_file("/home/somebody/story.html",
               STR("<!DOCTYPE html><html><head><title>A  story</title><style>q { content: \"no\" "
                   "}</style></head>"
                   "<body><nav>\u201cMenu\u201d</nav><h1>A story</h1>\n<p>On 2 March 2016\nNoll "
                   "wrote &ldquo;we\nwait&rdquo; "
                   "and <em>\u201cgo<br>on\u201d</em>.</p><p>Tern said <q>yes</q>.</p>"
                   "<p>Noll later wrote:</p><blockquote><p>A long one.</p><p>With two "
                   "parts.</p></blockquote>"
                   "<script>var x = \"no\";</script></body></html>"),
               "html: A story",
               "i we wait | Noll | 2016-03-02\ni go / on | Noll | 2016-03-02\ni yes | Tern | \n"
               "b A long one. / With two parts. | Noll | \n");
}

static void reads_markdown(void **state)
{
    (void)state;
    check_file(
        "story.md",
        STR("---\ntitle: \"A story\"\n---\n# Head\nNoll **wrote** [\u201cwe "
            "wait\u201d](http://example.org/a) and\n"
            "\"_really_ f***ing [sic] late\".\n\n> Noll said so:\n> twice.\n>\n> \u2014 Tern, "
            "March 2, 2016\n\n"
            "```\n[2016-03-02 09:41:07] <noll> snake_case_name\n```\n\n- one \"item\"\n- two\n"),
        "markdown: A story",
        "i we wait | Noll | \ni really f***ing [sic] late | Noll | \n"
        "b Noll said so: twice. | Tern | 2016-03-02\n"
        "l snake_case_name | noll | 2016-03-02T09:41:07..2016-03-02T09:41:07\ni item |  | \n");
}

static void reads_text_of_a_pdf(void **state)
{
    (void)state;
    check_file(
        "story.txt",
        STR("THE LEDGER                    page 3\r\n\r\nOn March 2, 2016, the account Harbour "
            "Watch wrote that \u201cthe exam-\r\n"
            "ple is o\uFB03cial and well-\r\nknown to us,\u201d and left it at that for the "
            "day.\r\nShort end.\r\n"
            "A new paragraph, \u201cbegun\u201d here and there and everywhere else too.\r\n\r\n"
            "    An indented block stands here,\r\n    in two lines.\r\n"),
        "text: story.txt",
        "i the example is official and wellknown to us, | Harbour Watch | 2016-03-02\ni begun |  | "
        "\n"
        "b An indented block stands here, in two lines. |  | \n");
}

static void check_office(const char *name, const struct made_member *member, const char *title,
                         const char *expected)
{
    struct buf zip = buf_new(1 << 20);
    made_zip(&zip, member, 1);
    check_file(name, buf_str(&zip), title, expected);
    buf_free(&zip);
}

static void reads_docx(void **state)
{
    (void)state;
    static const char xml[] =
        "<?xml version='1.0' encoding='UTF-8'?><w:document xmlns:w='urn:w' "
        "xmlns:mc='urn:mc'><w:body>"
        "<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>A story</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>On 2 March 2016 Noll wrote \xE2\x80\x9Cwe wa</w:t></w:r><w:r><w:t "
        "xml:space='preserve'>it </w:t></w:r>"
        "<w:del><w:r><w:delText>never</w:delText></w:r></w:del><w:ins><w:r><w:t>here\xE2\x80\x9D.</"
        "w:t></w:r></w:ins></w:p>"
        "<mc:AlternateContent><mc:Fallback><w:p><w:r><w:t>\"twice\"</w:t></w:r></w:p></"
        "mc:Fallback></mc:AlternateContent>"
        "<w:p><w:r><w:t>Tern answered:</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:pStyle w:val='IntenseQuote'/></w:pPr><w:r><w:t>No "
        "marks,</w:t><w:br/><w:t>two lines.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:ind w:left='720'/></w:pPr><w:r><w:t>Indented too.</w:t></w:r></w:p>"
        "</w:body></w:document>";
    const struct made_member member = {"word/document.xml", {xml, sizeof xml - 1}};
    check_office(
        "story.docx", &member, "docx: A story",
        "i we wait here | Noll | 2016-03-02\nb No marks, / two lines. / Indented too. | Tern | \n");
}

static void reads_odt(void **state)
{
    (void)state;
    static const char xml[] =
        "<?xml version='1.0' encoding='UTF-8'?><office:document-content xmlns:office='urn:o' "
        "xmlns:text='urn:t' "
        "xmlns:style='urn:s'><office:automatic-styles><style:style style:name='P3' "
        "style:parent-style-name='Quotations'/>"
        "</office:automatic-styles><office:body><text:tracked-changes><text:p>\"gone\"</text:p></"
        "text:tracked-changes>"
        "<text:p text:style-name='Title'>A story</text:p>"
        "<text:p>Noll wrote "
        "<text:span>\xE2\x80\x9Cwe<text:s/>wait</text:span>\xE2\x80\x9D<text:note><text:p>\"a "
        "note\"</text:p></text:note>.</text:p>"
        "<text:h>Head</text:h><text:p text:style-name='P3'>No "
        "marks.</text:p></office:body></office:document-content>";
    const struct made_member member = {"content.xml", {xml, sizeof xml - 1}};
    check_office("story.odt", &member, "odt: A story", "i we wait | Noll | \nb No marks. |  | \n");
}

static void reads_bytes_of_an_old_editor(void **state)
{
    (void)state;
    check_file("old.txt", STR("Noll wrote \x93we don\x92t wait\x94 and left."), "text: old.txt",
               "i we don\u2019t wait | Noll | \n");
}

static void refuses_what_is_no_draft(void **state)
{
    (void)state;
    static const str files[] = {
        {"%PDF-1.7\n", 9}, {"a\0b\0", 4}, {"PK\x03\x04 broken", 11}, {"{\\rtf1 a}", 9}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct arena a = {0};
        struct err e = {0};
        struct source *s = NULL;
        struct draft d;
        assert_int_equal(source_of_bytes(&s, STR("x"), files[i], &e), OK);
        assert_int_equal(draft_read(&d, s, today(), &a, &e), ERR_FORMAT);
        assert_true(e.msg[0]);
        source_close(s);
        arena_free(&a);
    }
}

/* ---- hostile ---------------------------------------------------------------------------------------- */

static void reads_a_million_marks(void **state)
{
    (void)state;
    static const char *const units[] = {
        "\"",        "\u201c",       "\u201d",      "'",
        "\u2018a ",  "\"a\" ",       "\u201ca\n\n", "a's b' ",
        "a: \u201d", "\u00ab\u00bb", "<a> b\n",     "\u201ca,\u201d he said, "};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        struct buf text = buf_new(16 << 20);
        for (size_t i = 0; i < 300000; i++)
            buf_add(&text, str_of(units[u]));
        struct arena a = {0};
        struct draft d = {.text = buf_str(&text)};
        draft_find_quotes(&d, today(), &a);
        check_invariants(&d);
        assert_true(d.quote_count <= DRAFT_QUOTES_MAX);
        arena_free(&a);
        buf_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_marks_of_many_languages),
        cmocka_unit_test(leaves_apostrophes_and_inches_alone),
        cmocka_unit_test(keeps_what_is_inside),
        cmocka_unit_test(reports_what_is_unbalanced),
        cmocka_unit_test(joins_paragraphs_and_interruptions),
        cmocka_unit_test(reads_chat_lines),
        cmocka_unit_test(reads_who_said_it),
        cmocka_unit_test(reads_when_it_was_said),
        cmocka_unit_test(reads_html),
        cmocka_unit_test(reads_markdown),
        cmocka_unit_test(reads_text_of_a_pdf),
        cmocka_unit_test(reads_docx),
        cmocka_unit_test(reads_odt),
        cmocka_unit_test(reads_bytes_of_an_old_editor),
        cmocka_unit_test(refuses_what_is_no_draft),
        cmocka_unit_test(reads_a_million_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
