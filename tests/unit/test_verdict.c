/*
 * Verdicts on a small invented conversation: the closed list, the flags, the differences.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "importer.h"
#include "store.h"
#include "verify.h"

/* after ours: cmocka defines a macro fail() */
#include <cmocka.h>

static const char conversation[] =
    "[2016-05-01 09:00:00] <ana> Good morning all, the gauge at the mill reads 3.14 metres today.\n"
    "[2016-05-01 09:02:00] <bruno> The clerk confirmed it: the permit carries two stamps… do not "
    "post "
    "the scan, the margin identifies the copy.\n"
    "[2016-05-01 09:03:00] <ana> We did not pay anyone for the survey and we never will.\n"
    "[2016-05-01 09:04:00] <ana> I woudl call it a scandal if Corvane had not asked us frist.\n"
    "[2016-05-01 09:10:00] <bruno> There is a well known hole in the contract –\n"
    "[2016-05-01 09:10:20] <bruno> – and nobody at the ministry has read page 44 (((yet))).\n"
    "[2016-05-01 09:11:00] <ana> hear hear\n"
    "[2016-05-01 09:11:30] <bruno> The fee was 48,600 crowns, is that a joke?\n"
    "[2016-05-02 20:00:00] <ana> Nothing about the ferry timetable is secret.\n"
    "[2016-06-11 23:30:00] <ana> The harbour master kept every single letter in a biscuit tin.\n"
    "[2016-07-01 10:00:00] <dora> @tidewater see https://example.org/minutes the minutes are "
    "wrong\n"
    "[2016-07-01 10:01:00] <dora> hear hear\n"
    "[2016-08-01 08:00:00] <bruno> First we count the boats.\n"
    "[2016-08-01 08:00:30] <ana> all of them?\n"
    "[2016-08-01 08:01:00] <bruno> Then we count the promises.\n"
    "[2016-09-01 08:00:00] <dora> That would be wise.\n"
    "[2016-09-01 08:01:00] <ana> It would.\n"
    "[2016-09-01 08:02:00] <dora> Who would object?\n"
    "[2016-09-01 08:03:00] <ana> Nobody would.\n"
    "[2016-09-02 08:03:00] <ana> tea & cake at noon\n"
    "[2017-01-01 08:00:00] <cato> The tide fell by -5 degrees.\n"
    "[2017-01-02 08:00:00] <cato> They offered 1.5m crowns for 5-10 people.\n"
    "[2017-01-03 08:00:00] <cato> The turnout was 50% or so.\n"
    "[2017-01-04 08:00:00] <cato> Are you sure?\n"
    "[2017-01-04 08:00:20] <cato> I will come to the hearing.\n"
    "[2017-01-05 08:00:00] <cato> They hated the bridge.\n"
    "[2017-01-06 08:00:00] <cato> So Trump is a thief and the harbour knows it.\n"
    "[2017-01-07 08:00:00] <cato> We will\n"
    "[2017-01-07 08:00:10] <cato> never\n"
    "[2017-01-07 08:00:20] <cato> support the company in court.\n"
    "[2017-01-08 08:00:00] <cato> I would vote for it if they were paid.\n"
    "[2017-01-09 08:00:00] <cato> Please give us the data.\n"
    "[2017-01-10 08:00:00] <cato> The engineer is notable here.\n"
    "[2017-01-11 08:00:00] <cato> Just ask @smith about papers.\n";

struct fixture {
    char folder[64], path[96];
    struct store *store;
    struct verifier *verifier;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct err e = {0};
    strcpy(f->folder, "/tmp/stet-verdict-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/a.stet", f->folder);
    struct source *s;
    struct writer *w;
    struct import_report report;
    struct write_result result;
    const struct importer *format = importer_find(STR("release-text"));
    const struct origin origin = {.name = STR("small.txt"),
                                  .size_bytes = sizeof conversation - 1,
                                  .format = STR("release-text"),
                                  .format_version = str_of(format->version)};
    const struct import_options options = {0};
    assert_int_equal(store_open(&f->store, f->path, STORE_CREATE, &e), OK);
    assert_int_equal(
        source_of_bytes(&s, STR("small.txt"), (str){conversation, sizeof conversation - 1}, &e),
        OK);
    assert_int_equal(writer_begin(&w, f->store, WRITE_STREAM, &e), OK);
    assert_int_equal(writer_source(w, &origin, &e), OK);
    assert_int_equal(importer_read(format, s, &options, writer_sink(w), &report, &e), OK);
    assert_int_equal(writer_source_end(w, &report, &e), OK);
    assert_int_equal(writer_commit(w, &result, &e), OK);
    source_close(s);
    assert_int_equal(verifier_open(&f->verifier, f->store, &e), OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    verifier_close(f->verifier);
    store_close(f->store);
    unlink(f->path);
    rmdir(f->folder);
    free(f);
    return 0;
}

/* "altered negation-changed partial | word dropped: not" */
static void print_verdict(struct buf *out, const struct verdict *v)
{
    buf_addf(out, "%s%s", v->stands ? "+" : "", verdict_name(v->kind));
    for (int i = 0; i < VFLAG_COUNT; i++)
        if (v->flags & 1u << i)
            buf_addf(out, " %s", verdict_flag_name(1u << i));
    for (size_t i = 0; i < v->difference_count; i++) {
        const struct difference *d = &v->differences[i];
        buf_addf(out, " | %s: " STR_FMT "<" STR_FMT, difference_name(d->kind), STR_ARG(d->quoted),
                 STR_ARG(d->source));
    }
}

static void check(void **state, const struct claim *c, const char *expected)
{
    struct fixture *f = *state;
    struct arena a = {0};
    struct err e = {0};
    struct verdict v;
    assert_int_equal(verify_quote(f->verifier, c, &a, &v, &e), OK);
    struct buf out = buf_new(BUF_LINE_MAX);
    print_verdict(&out, &v);
    if (strcmp(out.p, expected) != 0)
        print_message("# quote: " STR_FMT "\n", STR_ARG(c->quote));
    assert_string_equal(out.p, expected);
    buf_free(&out);
    arena_free(&a);
}

static void quote(void **state, const char *text, const char *expected)
{
    const struct claim c = {.quote = str_of(text), .when = {TIME_NONE, TIME_NONE}};
    check(state, &c, expected);
}

static void said(void **state, const char *text, const char *speaker, const char *date,
                 const char *expected)
{
    struct claim c = {
        .quote = str_of(text), .speaker = str_of(speaker), .when = {TIME_NONE, TIME_NONE}};
    struct err e = {0};
    if (*date)
        assert_int_equal(date_range_parse(str_of(date), 0, &c.when, &e), OK);
    check(state, &c, expected);
}

static void what_stands(void **state)
{
    quote(state, "We did not pay anyone for the survey and we never will.", "+verbatim");
    quote(state, "did not pay anyone for the survey", "+verbatim partial");
    quote(state, "“We did not pay anyone for the survey”", "+verbatim partial");
    quote(state, "we did not pay anyone for the survey,",
          "+typographic partial | case: we<We | final punctuation: ,<");
    quote(state, "a well-known hole in the contract", "+typographic partial | dash or hyphen: -< ");
    quote(state, "nobody at the ministry has read page 44 (((yet)))", "+verbatim partial");
    quote(state, "The fee was 48600 crowns", "+typographic partial | spacing: 48600<48,600");
    quote(state, "pay anyone for the sur-\nvey and we never will",
          "+typographic partial | spacing: sur-\nvey<survey");
    quote(state, "tea &amp; cake at noon", "+typographic | HTML entity: &…;<");
}

static void what_is_marked(void **state)
{
    quote(state, "[They] did not pay anyone for the survey",
          "+marked partial | bracket: [They]<We");
    quote(state, "[w]e did not pay anyone", "+marked partial | bracket: [w]e<We");
    quote(state, "I woudl [sic] call it a scandal", "+marked partial | sic: [sic]<");
    quote(state, "We did not pay anyone … and we never will.",
          "+marked | ellipsis: …<for the survey");
}

static void what_marks_hide(void **state)
{
    quote(state, "I would [sic] call it a scandal",
          "altered partial typo-corrected sic-misplaced | word respelt: would<woudl | sic: [sic]<");
    quote(state, "We did … pay anyone for the survey",
          "marked partial omission-hides-negation | ellipsis: …<not");
    quote(state, "The harbour master kept every single letter … Then we count the promises.",
          "marked spans partial joined-across speakers-mixed | ellipsis: …<in a biscuit tin / "
          "tidewater see https://example.org/minutes the minutes are wrong / hear hear / First we "
          "count the boats / all of them");
}

static void what_is_altered(void **state)
{
    quote(state, "We did pay anyone for the survey",
          "altered partial negation-changed | word dropped: <not");
    quote(state, "We did not pay everybody for the survey",
          "altered partial | word substituted: everybody<anyone");
    quote(state, "The fee was 48,900 crowns",
          "altered partial number-changed | word substituted: 900<600");
    quote(state, "the gauge at the mill reads 3 14 metres",
          "altered partial number-changed | word substituted:  <.");
    quote(state, "the gauge at the mill reads 314 metres",
          "altered partial number-changed | word substituted: 314<3.14");
    quote(state, "I would call it a scandal if Dunmere had not asked us first.",
          "altered typo-corrected name-changed | word respelt: would<woudl | word substituted: "
          "Dunmere<Corvane | word respelt: first<frist");
    quote(state, "nobody at the ministry has read page 44 (yet)",
          "altered partial | symbols:  (< ((( | symbols: )<))).");
    quote(state, "The fee was 48,600 crowns, is that a joke.",
          "typographic question-changed | final punctuation: .<?");
    quote(state, "for the survey we did not pay anyone and we never will",
          "altered order-changed | word inserted: for the survey< | case: we<We | word dropped: "
          "<for the survey");
}

static void what_a_dishonest_writer_tries(void **state)
{
    quote(state, "The tide fell by 5 degrees", "altered number-changed | word substituted:  < -");
    quote(state, "offered 15m crowns",
          "altered partial number-changed | word substituted: 15m<1.5m");
    quote(state, "5m crowns for 510 people",
          "altered partial number-changed | word substituted: 510<5-10 | word substituted: <.");
    quote(state, "turnout was 50", "altered partial | symbols: <%");
    quote(state, "Are you sure / I will come",
          "typographic spans partial question-changed | punctuation:  / <? / ");
    quote(state, "They [lov]ed the bridge", "altered | word substituted: [lov]ed<hated");
    quote(state, "[Clinton] is a thief and the harbour knows",
          "marked partial name-changed | bracket: [Clinton]<Trump");
    quote(state, "[We killed the] harbourmaster [and buried him]", "absent");
    quote(state, "we will … support the company",
          "marked spans partial omission-hides-negation | case: we<We | ellipsis: …<never");
    quote(state, "I would vote for it … they were paid",
          "marked omission-hides-negation | ellipsis: …<if");
    quote(state, "give US the data", "typographic partial name-changed | case: US<us");
    quote(state, "The engineer is not able here",
          "typographic negation-changed | spacing: not able<notable");
    quote(state, "ask smith about @papers", "altered partial | punctuation:  < @ | symbols:  @< ");
}

static void several_messages(void **state)
{
    quote(state,
          "There is a well known hole in the contract and nobody at the ministry has read page 44",
          "+typographic spans partial | continuation mark joined:  <– / –");
    quote(state, "First we count the boats. Then we count the promises.",
          "+typographic spans | message boundary not marked: . <. / ");
    quote(state, "First we count the boats. … Then we count the promises.", "+verbatim spans");
}

static void what_is_not_there(void **state)
{
    quote(state, "The minister resigned over a bottle of wine in Lisbon", "absent");
    quote(state, "hear hear", "ambiguous too-short");
    quote(state, "()", "ambiguous too-short");
    said(state, "hear hear", "dora", "", "+verbatim");
    said(state, "hear hear", "", "2016-05-01", "+verbatim");
}

static void claims(void **state)
{
    const char *words = "Nothing about the ferry timetable is secret.";
    said(state, words, "ana", "May 2, 2016", "+verbatim");
    said(state, words, "the account Ana", "2016", "+verbatim");
    said(state, words, "bruno", "", "verbatim speaker-differs");
    said(state, words, "Mrs Petrova", "", "verbatim speaker-unverifiable");
    said(state, words, "ana", "2016-05-03", "verbatim date-differs");
    said(state, "[2016-05-02 20:00:00] <ana> Nothing about the ferry timetable is secret.", "", "",
         "+verbatim");
    said(state, "[2016-05-02 20:00:00] <bruno> Nothing about the ferry timetable is secret.", "",
         "", "verbatim speaker-differs");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands),       cmocka_unit_test(what_is_marked),
        cmocka_unit_test(what_marks_hide),   cmocka_unit_test(what_is_altered),
        cmocka_unit_test(several_messages),  cmocka_unit_test(what_a_dishonest_writer_tries),
        cmocka_unit_test(what_is_not_there), cmocka_unit_test(claims),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
