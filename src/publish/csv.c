/*
 * A table for spreadsheets: RFC 4180 with a byte order mark, which Excel needs to read UTF-8. A cell
 * that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end, perhaps
 * behind blanks) gets an apostrophe in front, as OWASP recommends (ASVS 1.2.10); the column `guarded`
 * says where that was done, and `stet export --format jsonl` has the bytes as they are.
 */
#include "exporter.h"

#include <inttypes.h>

#include "lines.h"

static const char *const columns[] = {"id",     "citation", "conversation", "sender",  "sender_id",
                                      "time",   "utc",      "basis",        "kind",    "text",
                                      "edited", "deleted",  "reply_to",     "tags",    "notes",
                                      "sources", "guarded"};

struct row {
    struct buf *out;
    bool first, guarded;
};

static bool is_dangerous(str s)
{
    size_t i = 0;
    while (i < s.n && (s.p[i] == ' ' || (unsigned char)s.p[i] == 0xC2 || (unsigned char)s.p[i] == 0xA0))
        i++;
    return i < s.n && (s.p[i] == '=' || s.p[i] == '+' || s.p[i] == '-' || s.p[i] == '@' ||
                       s.p[i] == '\t' || s.p[i] == '\r' || s.p[i] == '\n' || s.p[i] == '\0');
}

static void put_cell(struct row *r, str text)
{
    if (!r->first)
        buf_add_byte(r->out, ',');
    r->first = false;
    buf_add_byte(r->out, '"');
    if (is_dangerous(text)) {
        r->guarded = true;
        buf_add_byte(r->out, '\'');
    }
    for (size_t from = 0; from <= text.n;) {
        const size_t quote = str_find_byte(str_from(text, from), '"');
        const size_t n = quote == STR_NONE ? text.n - from : quote + 1;
        buf_add(r->out, str_sub(text, from, n));
        if (quote == STR_NONE)
            break;
        buf_add_byte(r->out, '"');
        from += n;
    }
    buf_add_byte(r->out, '"');
}

/* A number is no formula, whatever its sign. */
static void put_number(struct row *r, int64_t n)
{
    buf_addf(r->out, "%s%" PRId64, r->first ? "" : ",", n);
    r->first = false;
}

static enum status begin(struct publishing *p, struct err *e)
{
    (void)e;
    buf_add(p->out, STR("\xEF\xBB\xBF"));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        buf_addf(p->out, "%s%s", i ? "," : "", columns[i]);
    buf_add(p->out, STR("\r\n"));
    return OK;
}

static str all_witnesses(struct publishing *p, const struct published *m)
{
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    for (size_t i = 0; i < m->witness_count; i++) {
        if (i)
            buf_add(&b, STR("; "));
        buf_add(&b, line_witness(&p->scratch, &m->witnesses[i]));
    }
    const str copy = arena_dup(&p->scratch, buf_str(&b));
    buf_free(&b);
    return copy;
}

static str all_tags(struct publishing *p, const struct published *m)
{
    str all = STR("");
    for (size_t i = 0; i < m->tag_count; i++)
        all = arena_printf(&p->scratch, STR_FMT "%s" STR_FMT, STR_ARG(all), i ? ", " : "",
                           STR_ARG(m->tags[i].name));
    return all;
}

static str all_notes(struct publishing *p, const struct published *m)
{
    str all = STR("");
    for (size_t i = 0; i < m->note_count; i++)
        all = arena_printf(&p->scratch, STR_FMT "%s" STR_FMT, STR_ARG(all), i ? "\n" : "",
                           STR_ARG(m->notes[i].text));
    return all;
}

static enum status put_message(struct publishing *p, const struct published *m, struct err *e)
{
    struct arena *const a = &p->scratch;
    const struct stored *s = m->stored;
    const struct message *x = &s->message;
    struct row r = {.out = p->out, .first = true};
    (void)e;
    put_number(&r, s->row);
    put_cell(&r, line_citation(a, s));
    put_cell(&r, line_conversation(s));
    put_cell(&r, line_sender(x));
    put_cell(&r, x->sender);
    put_cell(&r, line_shown(a, x));
    put_cell(&r, line_utc(a, x->time.utc_ms));
    put_cell(&r, str_of(time_basis_name(x->time.basis)));
    put_cell(&r, str_of(message_kind_name(x->kind)));
    put_cell(&r, x->text);
    put_cell(&r, x->flags & FLAG_EDITED ? STR("yes") : STR(""));
    put_cell(&r, x->flags & FLAG_DELETED ? STR("yes") : STR(""));
    put_cell(&r, x->reply_to);
    put_cell(&r, all_tags(p, m));
    put_cell(&r, all_notes(p, m));
    put_cell(&r, all_witnesses(p, m));
    put_cell(&r, r.guarded ? STR("yes") : STR(""));
    buf_add(p->out, STR("\r\n"));
    return OK;
}

static enum status end(struct publishing *p, struct err *e)
{
    (void)p;
    (void)e;
    return OK;
}

const struct exporter exporter_csv = {
    .name = "csv",
    .title = "a table for spreadsheets, safe to open: what looks like a formula is guarded",
    .begin = begin,
    .message = put_message,
    .end = end,
};
