/* Importers: detection, the conservation law, and what both forms of a release must agree on. */
#include "canon.h"
#include "importer.h"
#include "wire.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#undef fail /* of cmocka: ours takes a struct err */

static const struct import_options no_options = {0};

static struct source *source_named(const char *name, str bytes)
{
    struct source *s = NULL;
    struct err e = {0};
    assert_int_equal(source_of_bytes(&s, str_of(name), bytes, &e), OK);
    return s;
}

static const char *detected(const char *name, str bytes, struct err *e)
{
    struct source *s = source_named(name, bytes);
    const struct importer *f;
    const enum status st = importer_detect(&f, s, e);
    source_close(s);
    assert_true((st == OK) == (f != NULL));
    return f ? f->name : NULL;
}

static void test_the_table(void **state)
{
    (void)state;
    assert_true(importer_count() >= 2);
    assert_null(importer_at(importer_count()));
    assert_null(importer_find(STR("no-such-format")));
    for (size_t i = 0; i < importer_count(); i++) {
        const struct importer *f = importer_at(i);
        assert_ptr_equal(importer_find(str_of(f->name)), f);
        assert_true(f->bid && f->read && f->count && *f->title && *f->where && *f->version);
        assert_int_equal(f->bid(STR(""), STR("")), BID_NO);
    }
}

static void test_detection(void **state)
{
    (void)state;
    struct err e = {0};
    const str line = STR("[2016-03-02 09:41:07] <noll> hello\n");
    const str page = STR("<html><p>[2016-03-02 09:41:07] &lt;noll&gt; hello</p>");
    assert_string_equal(detected("any", line, &e), "release-text");
    assert_string_equal(detected("x.txt", page, &e), "release-html");
    assert_string_equal(detected("x", STR("\xEF\xBB\xBF\n[2016-03-02 09:41:07] <noll> hi"), &e),
                        "release-text");
    assert_string_equal(detected("x", STR("A preface\n[2016-03-02 09:41:07] <noll> hi"), &e),
                        "release-text");
    assert_null(detected("x", STR("\xFF\xFEx\000y\000z\000"), &e)); /* UTF-16 of nobody */
    assert_int_equal(e.code, ERR_FORMAT);
    assert_non_null(strstr(e.hint, "stet formats"));
    e = (struct err){0};
    assert_null(detected("x", STR(""), &e));
    assert_non_null(strstr(e.msg, "is empty"));
}

/* --- The law: importers that lie ------------------------------------------------------------------ */

static enum status lie(struct source *source, struct sink *sink, uint64_t skip, uint64_t claim,
                       struct err *e)
{
    str window;
    uint64_t number = 0;
    while (source_peek(source, 1, &window, e) == OK && window.n) {
        const size_t lf = str_find_byte(window, '\n');
        const size_t n = lf == STR_NONE ? window.n : lf + 1;
        const size_t more = number++ ? 0 : claim; /* the first record takes of the second */
        struct message m = message_empty();
        m.conversation = STR("k");
        m.locus = (struct locus){.at = source_at(source), .length = n + more, .member = STR("")};
        m.raw = str_sub(window, 0, n + more);
        enum status st = OK;
        if (number != skip)
            st = sink->message(sink, &m, e);
        else /* a record called markup: only the counter can tell */
            st = sink->wrapping(sink, m.locus.at, n, e);
        if (st != OK)
            return st;
        source_advance(source, n);
    }
    return e->code;
}

static enum status read_truly(struct source *source, const struct import_options *options,
                              struct sink *sink, struct err *e)
{
    (void)options;
    return lie(source, sink, 0, 0, e);
}

static enum status read_all_but_second(struct source *source, const struct import_options *options,
                                       struct sink *sink, struct err *e)
{
    (void)options;
    return lie(source, sink, 2, 0, e);
}

static enum status read_overlapping(struct source *source, const struct import_options *options,
                                    struct sink *sink, struct err *e)
{
    (void)options;
    return lie(source, sink, 0, 1, e);
}

static enum status read_half(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    (void)source;
    (void)options;
    return sink->wrapping(sink, 0, 10, e);
}

static enum status read_wrong_raw(struct source *source, const struct import_options *options,
                                  struct sink *sink, struct err *e)
{
    (void)source;
    (void)options;
    struct message m = message_empty();
    m.locus.length = 3;
    return sink->message(sink, &m, e);
}

static void count_lines(struct counter *c, str bytes)
{
    for (size_t i = 0; i < bytes.n; i++)
        c->records += bytes.p[i] == '\n';
}

static enum status run_liar(enum status (*read)(struct source *, const struct import_options *,
                                                struct sink *, struct err *),
                            struct import_report *report, struct err *e)
{
    struct source *s = source_named("lines.txt", STR("one two\nthree\nfour five\nsix\n"));
    const struct importer liar = {.name = "liar", .read = read, .count = count_lines};
    struct sink nothing = {0};
    const enum status st = importer_read(&liar, s, &no_options, &nothing, report, e);
    source_close(s);
    return st;
}

static void test_an_honest_importer_passes(void **state)
{
    (void)state;
    struct err e = {0};
    struct import_report r;
    assert_int_equal(run_liar(read_truly, &r, &e), OK);
    assert_true(r.messages == 4 && r.counted == 4 && r.bytes == 28 && !r.events);
    assert_int_equal(r.issues, 1); /* none of its messages has a time, and that is told for it */
    const struct sha256_digest all = sha256_of(STR("one two\nthree\nfour five\nsix\n"));
    assert_true(sha256_eq(&r.digest, &all));
}

static enum status read_impossible(struct source *source, const struct import_options *options,
                                   struct sink *sink, struct err *e)
{
    static struct reaction many[WIRE_LIST_MAX + 1];
    const struct attachment file = {.name = STR("pumps.pdf"), .size_bytes = -5};
    const struct edit edit = {.text = STR("before"), .utc_ms = INT64_MAX};
    struct message m = message_empty();
    str bytes;
    (void)options;
    if (source_peek(source, 28, &bytes, e) != OK)
        return e->code;
    for (size_t i = 0; i <= WIRE_LIST_MAX; i++)
        many[i] = (struct reaction){.emoji = STR("+"), .count = 1, .utc_ms = INT64_MAX};
    m.conversation = STR("k");
    m.text = m.raw = str_sub(bytes, 0, 28);
    m.locus.length = 28;
    m.time = (struct message_time){INT64_MAX, INT64_MAX, BASIS_SOURCE_UTC, false};
    m.attachments = &file;
    m.reactions = many;
    m.edits = &edit;
    m.attachment_count = m.edit_count = 1;
    m.reaction_count = WIRE_LIST_MAX + 1;
    const enum status st = sink->message(sink, &m, e);
    source_advance(source, 28);
    return st;
}

static void count_one(struct counter *c, str bytes)
{
    (void)bytes;
    c->records = 1;
}

static enum status keep_checked(struct sink *sink, const struct message *m, struct err *e)
{
    (void)sink;
    struct arena a = {0};
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    struct message back;
    const struct sha256_digest digest = sha256_of(m->raw);
    wire_put_message(&b, m, &digest);
    assert_int_equal(wire_get_message(buf_str(&b), &a, &back, e), OK);
    assert_true(back.time.basis == BASIS_NONE && back.attachments[0].size_bytes == -1);
    assert_true(back.reaction_count == WIRE_LIST_MAX && back.edits[0].utc_ms == TIME_NONE);
    assert_true(back.reactions[7].utc_ms == TIME_NONE);
    buf_free(&b);
    arena_free(&a);
    return OK;
}

/* What a source claims of a record must not make the whole of it unreadable to whoever stores it. */
static void test_what_cannot_be_costs_no_file(void **state)
{
    (void)state;
    struct err e = {0};
    struct import_report r;
    struct source *s = source_named("lines.txt", STR("one two\nthree\nfour five\nsix\n"));
    const struct importer odd = {.name = "odd", .read = read_impossible, .count = count_one};
    struct sink checked = {.message = keep_checked};
    assert_int_equal(importer_read(&odd, s, &no_options, &checked, &r, &e), OK);
    assert_true(r.messages == 1 && r.issues == 2); /* undated, and cut */
    source_close(s);
}

static void test_a_lost_record_is_named(void **state)
{
    (void)state;
    struct err e = {0};
    struct import_report r;
    assert_int_equal(run_liar(read_all_but_second, &r, &e), ERR_FORMAT);
    /* the second count comes at the end of "three", where no second record has begun */
    assert_string_equal(e.msg,
                        "liar: 3 records were read from “lines.txt”, but a plain count of its "
                        "bytes finds 4; they part at byte 13");
    assert_true(e.hint[0] != '\0');
}

static void test_bytes_not_explained_once_are_named(void **state)
{
    (void)state;
    struct err e = {0};
    struct import_report r;
    assert_int_equal(run_liar(read_overlapping, &r, &e), ERR_FORMAT);
    assert_non_null(strstr(e.msg, "explained twice"));
    assert_non_null(strstr(e.msg, "byte 8"));
    e = (struct err){0};
    assert_int_equal(run_liar(read_half, &r, &e), ERR_FORMAT);
    assert_non_null(strstr(e.msg, "liar: “lines.txt”"));
    assert_non_null(strstr(e.msg, "18 bytes from byte 10"));
    e = (struct err){0};
    assert_int_equal(run_liar(read_wrong_raw, &r, &e), ERR_FORMAT);
}

static enum status refuse(struct sink *s, const struct message *m, struct err *e)
{
    (void)s;
    (void)m;
    return fail(e, ERR_STOPPED, "enough");
}

static void test_a_failing_sink_stops_the_import(void **state)
{
    (void)state;
    const char *const forms[] = {"[2016-03-02 09:41:07] <noll> hello\n",
                                 "<p>[2016-03-02 09:41:07] &lt;noll&gt; hello</p>"};
    for (size_t i = 0; i < 2; i++) {
        struct source *s = source_named("x", str_of(forms[i]));
        struct sink sink = {.message = refuse};
        struct import_report r;
        struct err e = {0};
        const struct importer *f;
        assert_int_equal(importer_detect(&f, s, &e), OK);
        assert_int_equal(importer_read(f, s, &no_options, &sink, &r, &e), ERR_STOPPED);
        assert_string_equal(e.msg, "enough");
        source_close(s);
    }
}

/* --- Releases ---------------------------------------------------------------------------------- */

struct result {
    struct import_report report;
    struct buf canon;
};

static struct result import(struct source *source, struct zone *zone)
{
    const struct import_options options = {.zone = zone};
    struct result r = {.canon = buf_new(CANON_MAX)};
    struct canon canon = canon_to(&r.canon);
    struct err e = {0};
    const struct importer *f;
    if (importer_detect(&f, source, &e) != OK ||
        importer_read(f, source, &options, &canon.sink, &r.report, &e) != OK)
        print_message("%s\n", e.msg);
    assert_int_equal(e.code, OK);
    return r;
}

static struct result import_bytes(const char *name, str bytes)
{
    struct source *s = source_named(name, bytes);
    const struct result r = import(s, NULL);
    source_close(s);
    return r;
}

/* NULL if there is no such file. */
static struct source *open_if_there(const char *path)
{
    struct source *s = NULL;
    struct err e = {0};
    if (source_open(&s, path, &e) == OK)
        return s;
    assert_int_equal(e.code, ERR_MISSING);
    return NULL;
}

/* Canonical text without places, raw bytes and wrapping; runs of blanks as one, as a page has them. */
static struct buf without_places(str canon)
{
    struct buf out = buf_new(CANON_MAX);
    for (str line; str_split(&canon, '\n', &line);) {
        if (str_starts(line, STR("wrapping")) || str_starts(line, STR("  raw")))
            continue;
        if (str_starts(line, STR("message ")) || str_starts(line, STR("event ")))
            line = str_sub(line, 0, str_find_byte(line, ' '));
        for (size_t i = 0; i < line.n; i++)
            if (i < 3 || line.p[i] != ' ' || line.p[i - 1] != ' ')
                buf_add_byte(&out, line.p[i]);
        buf_add_byte(&out, '\n');
    }
    return out;
}

static void test_both_forms_of_the_sample_agree(void **state)
{
    (void)state;
    struct source *text = open_if_there("corpus/sample/release.txt");
    struct source *page = open_if_there("corpus/sample/release.html");
    if (!text || !page)
        skip();
    struct result a = import(text, NULL), b = import(page, NULL);
    assert_true(a.report.messages > 10000);
    assert_true(a.report.messages == b.report.messages && a.report.events == b.report.events);
    struct buf x = without_places(buf_str(&a.canon)), y = without_places(buf_str(&b.canon));
    assert_true(str_eq(buf_str(&x), buf_str(&y)));
    buf_free(&x);
    buf_free(&y);
    buf_free(&a.canon);
    buf_free(&b.canon);
    source_close(text);
    source_close(page);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A record starts here by a look at the bytes alone. */
static bool looks_like_record(str at)
{
    static const char shape[] = "[0000-00-00 00:00:00] &lt;";
    if (str_starts(at, STR("[DMConversationEntry]")))
        return true;
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (i >= at.n || (is_digit(shape[i]) ? !is_digit(at.p[i]) : at.p[i] != shape[i]))
            return false;
    return true;
}

struct starts {
    struct sink sink;
    str page;
    size_t next; /* where the search for the next record goes on */
    uint64_t records;
};

/* Between two records that were read there is none that a look at the bytes would find. */
static enum status on_start(struct sink *sink, const struct message *m, struct err *e)
{
    struct starts *s = (struct starts *)sink;
    (void)e;
    for (; s->next < m->locus.at; s->next++)
        assert_false(looks_like_record(str_from(s->page, s->next)));
    assert_true(looks_like_record(m->raw));
    assert_true(str_eq(m->raw, str_sub(s->page, m->locus.at, m->locus.length)));
    assert_int_not_equal(s->page.p[m->locus.at + m->locus.length - 1], ' ');
    assert_int_equal(s->page.p[m->locus.at + m->locus.length], '<');
    s->next = m->locus.at + m->locus.length;
    s->records++;
    return OK;
}

static void test_ranges_in_a_page_are_those_of_a_plain_scan(void **state)
{
    (void)state;
    struct source *file = open_if_there("corpus/sample/release.html");
    if (!file)
        skip();
    struct err e = {0};
    str window;
    assert_int_equal(source_peek(file, source_size(file), &window, &e), OK);
    /* what the page never shows holds look-alikes: begin behind it */
    const size_t body = str_find(window, STR("<article"));
    assert_true(body != STR_NONE);
    struct starts s = {.sink = {.message = on_start}, .page = window, .next = body};
    struct source *page = source_named("page.html", window);
    struct import_report r;
    assert_int_equal(
        importer_read(importer_find(STR("release-html")), page, &no_options, &s.sink, &r, &e), OK);
    assert_true(s.records == r.messages + r.events && s.records > 10000);
    for (; s.next < window.n; s.next++)
        assert_false(looks_like_record(str_from(window, s.next)));
    source_close(page);
    source_close(file);
}

static void test_a_renamed_file_keeps_its_key(void **state)
{
    (void)state;
    const str bytes = STR("[DMConversationEntry] a left\n[2016-03-02 09:41:07] <no/ll> hello\n");
    struct result a = import_bytes("one.txt", bytes), b = import_bytes("dir/two", bytes);
    const str key = STR("conversation \"release:2016-03-02T09:41:07/no/ll\"");
    assert_true(str_starts(buf_str(&a.canon), key) && str_starts(buf_str(&b.canon), key));
    assert_true(str_find(buf_str(&a.canon), STR("title \"one\"")) != STR_NONE);
    assert_true(str_find(buf_str(&b.canon), STR("title \"two\"")) != STR_NONE);
    buf_free(&a.canon);
    buf_free(&b.canon);
}

/* Wherever a file breaks off, all records but the last are those of the whole file. */
static void check_torn(const char *format, str whole)
{
    struct source *s = source_named("x", whole);
    struct buf all = buf_new(1 << 20);
    struct canon canon = canon_to(&all);
    struct import_report r;
    struct err e = {0};
    const struct importer *f = importer_find(str_of(format));
    assert_int_equal(importer_read(f, s, &no_options, &canon.sink, &r, &e), OK);
    source_close(s);
    for (size_t n = 0; n <= whole.n; n++) {
        struct source *torn = source_named("x", str_sub(whole, 0, n));
        struct buf part = buf_new(1 << 20);
        struct canon c = canon_to(&part);
        const enum status st = importer_read(f, torn, &no_options, &c.sink, &r, &e);
        if (st != OK)
            print_message("cut at %zu: %s\n", n, e.msg);
        assert_int_equal(st, OK);
        const str got = buf_str(&part);
        size_t last = 0, messages = 0; /* the beginning of the last message, which may be shorter */
        for (size_t at; (at = str_find(str_from(got, last), STR("\nmessage "))) != STR_NONE;) {
            last += at + 1;
            messages++;
        }
        if (messages > 1) /* the first names the conversation */
            assert_true(str_starts(buf_str(&all), str_sub(got, 0, last)));
        buf_free(&part);
        source_close(torn);
    }
    buf_free(&all);
}

static void test_torn_files(void **state)
{
    (void)state;
    check_torn("release-text", STR("[2016-03-02 09:41:07] <noll> one\nmore \u2019\n\n"
                                   "[2016-03-02 09:42:07] <noll> two\n"
                                   "[2016-03-02 09:43:07] <noll> three\n"));
    check_torn("release-html",
               STR("<html><body><p>[2016-03-02 09:41:07] &lt;noll&gt; one<br />\n"
                   "more &amp; \u2019</p>\n<p>[2016-03-02 09:42:07] &lt;noll&gt; "
                   "two<!-- x --><br>[2016-03-02 09:43:07] &lt;noll&gt; three</p>"));
}

/* --- Sizes ------------------------------------------------------------------------------------- */

struct largest {
    struct sink sink;
    size_t text;
    uint64_t messages, oversize, oversize_bytes;
};

static enum status on_large(struct sink *sink, const struct message *m, struct err *e)
{
    struct largest *l = (struct largest *)sink;
    (void)e;
    l->messages++;
    l->text = m->text.n > l->text ? m->text.n : l->text;
    return OK;
}

static enum status on_oversize(struct sink *sink, const struct issue *i, struct err *e)
{
    struct largest *l = (struct largest *)sink;
    (void)e;
    assert_string_equal(i->code, "oversize");
    l->oversize++;
    l->oversize_bytes += i->covers ? i->locus.length : 0;
    return OK;
}

/* A message of 80 MiB: its first 64 MiB are kept, the rest is listed, the next message is read. */
static void check_oversize(const char *format, const char *line_end, const char *lt)
{
    struct buf file = buf_new(100 << 20);
    buf_addf(&file, "[2016-03-02 09:41:07] %snoll> start%s", lt, line_end);
    while (file.n < 80 << 20)
        buf_addf(&file, "a line of some length that goes on and on and on and on%s", line_end);
    buf_addf(&file, "[2016-03-02 09:42:07] %snoll> after%s", lt, line_end);
    struct source *s = source_named("x", buf_str(&file));
    struct largest l = {.sink = {.message = on_large, .issue = on_oversize}};
    struct import_report r;
    struct err e = {0};
    const enum status st =
        importer_read(importer_find(str_of(format)), s, &no_options, &l.sink, &r, &e);
    if (st != OK)
        print_message("%s\n", e.msg);
    assert_int_equal(st, OK);
    assert_true(l.messages == 2 && l.oversize == 1);
    assert_true(l.text > 48 << 20 && l.text <= 64 << 20);
    assert_true(l.oversize_bytes > 15 << 20 && l.oversize_bytes < 17 << 20);
    source_close(s);
    buf_free(&file);
}

static void test_oversize_messages(void **state)
{
    (void)state;
    check_oversize("release-text", "\n", "<");
    check_oversize("release-html", "<br>", "&lt;");
}

/* --- The public release of a real group, where it lies beside the project ------------------------- */

struct real {
    struct sink sink;
    uint64_t messages, events, lines, issues, covered, wrapping_at, wrapping;
    int64_t last;
};

static enum status on_real(struct sink *sink, const struct message *m, struct err *e)
{
    struct real *r = (struct real *)sink;
    (void)e;
    r->covered += m->locus.length;
    if (m->kind == KIND_EVENT) {
        r->events++;
        assert_true(m->time.wall_ms == TIME_NONE && m->time.basis == BASIS_NONE && !m->sender.n);
        return OK;
    }
    r->messages++;
    assert_true(m->sender.n && m->time.wall_ms != TIME_NONE && m->time.basis == BASIS_ASSUMED);
    str rest = m->text, line;
    bool first = true;
    for (; str_split(&rest, '\n', &line); first = false)
        r->lines += !first && str_trim(line).n > 0;
    return OK;
}

static enum status on_real_issue(struct sink *sink, const struct issue *i, struct err *e)
{
    (void)i;
    (void)e;
    ((struct real *)sink)->issues++;
    return OK;
}

static enum status on_real_wrapping(struct sink *sink, uint64_t at, uint64_t length, struct err *e)
{
    struct real *r = (struct real *)sink;
    (void)e;
    r->wrapping_at = at;
    r->wrapping += length;
    return OK;
}

static void test_the_public_release(void **state)
{
    (void)state;
    struct source *s = open_if_there("../shared/data/task-force-dm/release.txt");
    if (!s) {
        print_message("# no ../shared/data/task-force-dm/release.txt: skipped\n");
        skip();
    }
    struct real real = {
        .sink = {.message = on_real, .issue = on_real_issue, .wrapping = on_real_wrapping}};
    const struct importer *f;
    struct import_report r;
    struct err e = {0};
    assert_int_equal(importer_detect(&f, s, &e), OK);
    assert_string_equal(f->name, "release-text");
    assert_int_equal(importer_read(f, s, &no_options, &real.sink, &r, &e), OK);
    assert_true(real.messages == 11127 && real.events == 20 && real.lines == 229);
    assert_true(r.messages == 11127 && r.events == 20 && r.counted == 11147 && real.issues == 0);
    assert_true(real.covered + real.wrapping == r.bytes && r.bytes == source_size(s));
    /* the line of the latest tweet, and ten blank lines behind records, are all that is no record */
    assert_true(real.wrapping_at + 35 == r.bytes && real.wrapping == 35 + 10);
    source_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_table),
        cmocka_unit_test(test_detection),
        cmocka_unit_test(test_an_honest_importer_passes),
        cmocka_unit_test(test_what_cannot_be_costs_no_file),
        cmocka_unit_test(test_a_lost_record_is_named),
        cmocka_unit_test(test_bytes_not_explained_once_are_named),
        cmocka_unit_test(test_a_failing_sink_stops_the_import),
        cmocka_unit_test(test_both_forms_of_the_sample_agree),
        cmocka_unit_test(test_ranges_in_a_page_are_those_of_a_plain_scan),
        cmocka_unit_test(test_a_renamed_file_keeps_its_key),
        cmocka_unit_test(test_torn_files),
        cmocka_unit_test(test_oversize_messages),
        cmocka_unit_test(test_the_public_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
