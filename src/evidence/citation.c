/*
 * See citation.h: what a citation says, in the forms that people and programs read. Foreign text is
 * escaped for each; control characters and direction marks become blanks or go, so that no message can
 * break out of the line in which it is quoted.
 */
#include "citation.h"

#include "citation_escape.h"
#include "json.h"

#include <inttypes.h>

struct cited {
    const struct stored *m;
    str sender, title, excerpt;
    bool cut;
    char time[CIVIL_TEXT], utc[CIVIL_TEXT], id[CITATION_TEXT];
};

bool citation_form_read(str name, enum citation_form *out)
{
    static const str names[] = {STR_INIT("plain"), STR_INIT("markdown"), STR_INIT("html"),
                                STR_INIT("bibtex"), STR_INIT("csl-json")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_eq(name, names[i]))
            continue;
        *out = (enum citation_form)i;
        return true;
    }
    return false;
}

const char *citation_basis(enum time_basis basis)
{
    switch (basis) {
    case BASIS_NONE: return "undated";
    case BASIS_ASSUMED: return "zone not known";
    case BASIS_STATED: return "zone stated by the archive's keeper";
    case BASIS_INFERRED: return "zone inferred from the messages";
    case BASIS_SOURCE_UTC: return "UTC from the source";
    case BASIS_COUNT: break;
    }
    return "";
}

/* ---- what it says ---------------------------------------------------------------------------- */

/* At most CITATION_TEXT_MAX bytes, ending between words if there is any blank in the second half. */
static str excerpt_of(str text, bool *cut)
{
    size_t n = CITATION_TEXT_MAX;
    text = str_trim(text);
    *cut = text.n > n;
    if (!*cut)
        return text;
    while (n > CITATION_TEXT_MAX / 2 && text.p[n] != ' ' && text.p[n] != '\n')
        n--;
    if (n == CITATION_TEXT_MAX / 2)
        n = CITATION_TEXT_MAX;
    while (n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
        n--; /* not inside a character */
    return str_trim(str_sub(text, 0, n));
}

static struct cited cited_of(const struct stored *m)
{
    const struct message *const x = &m->message;
    struct cited c = {.m = m};
    c.sender = x->sender_name.n ? x->sender_name : x->sender;
    if (!c.sender.n)
        c.sender = STR("(system)");
    c.title = m->conversation_title.n ? m->conversation_title : x->conversation;
    c.excerpt = excerpt_of(x->text, &c.cut);
    civil_print(c.time, x->time.wall_ms);
    civil_print(c.utc, x->time.utc_ms);
    message_citation(c.id, x->time.wall_ms, m->content_id);
    return c;
}

static bool has_utc(const struct cited *c)
{
    const enum time_basis basis = c->m->message.time.basis;
    return basis != BASIS_NONE && basis != BASIS_ASSUMED;
}

/* "2016-03-02 09:41:07 (08:41:07 UTC; zone inferred from the messages)" */
static void add_time(struct buf *out, const struct cited *c)
{
    const struct message_time *const t = &c->m->message.time;
    if (t->basis == BASIS_NONE) {
        buf_add(out, STR("undated"));
        return;
    }
    buf_addf(out, "%s (", c->time);
    if (has_utc(c) && t->utc_ms != t->wall_ms)
        buf_addf(out, "%s UTC; ", c->utc);
    buf_addf(out, "%s%s)", citation_basis(t->basis),
             t->ambiguous ? "; this hour exists twice or never in it" : "");
}

/* What the source itself says of the message, and a quotation should not hide. */
static void add_marks(struct buf *out, const struct cited *c)
{
    const uint32_t flags = c->m->message.flags;
    if (flags & FLAG_EDITED)
        buf_add(out, STR(" [edited]"));
    if (flags & FLAG_DELETED)
        buf_add(out, STR(" [marked as deleted]"));
    if (flags & FLAG_FORWARDED)
        buf_add(out, STR(" [forwarded]"));
}

typedef void escaper(struct buf *out, str text);

static void add_excerpt(struct buf *out, const struct cited *c, escaper *escape)
{
    escape(out, c->excerpt);
    if (c->cut)
        buf_add(out, STR(" […]"));
}

static void add_head(struct buf *out, const struct cited *c, escaper *escape)
{
    escape(out, c->sender);
    buf_addf(out, ", %s in “", c->m->message.kind == KIND_EVENT ? "event" : "message");
    escape(out, c->title);
    buf_add(out, STR("”, "));
    add_time(out, c);
    add_marks(out, c);
}

static void add_witness(struct buf *out, const struct witness *w, escaper *escape)
{
    char hex[SHA256_HEX];
    escape(out, w->source_name);
    if (w->locus.member.n) {
        buf_add(out, STR(" / "));
        escape(out, w->locus.member);
    }
    buf_addf(out, ", bytes %" PRIu64 "-%" PRIu64 ", SHA-256 %s", w->locus.at,
             w->locus.at + (w->locus.length ? w->locus.length - 1 : 0),
             sha256_hex(hex, &w->digest));
}

/* ---- forms ------------------------------------------------------------------------------------ */

static void write_plain(struct buf *out, const struct cited *c, const struct citation_options *o)
{
    add_head(out, c, escape_plain);
    buf_add(out, STR(": “"));
    add_excerpt(out, c, escape_plain);
    buf_addf(out, "”. Stet %s\n", c->id);
    for (size_t i = 0; i < o->witness_count; i++) {
        buf_add(out, STR("    in "));
        add_witness(out, &o->witnesses[i], escape_plain);
        buf_add_byte(out, '\n');
    }
}

static void write_markdown(struct buf *out, const struct cited *c, const struct citation_options *o)
{
    buf_add(out, STR("> "));
    add_excerpt(out, c, escape_markdown);
    buf_add(out, STR("\n>\n> — "));
    add_head(out, c, escape_markdown);
    buf_addf(out, ". Stet `%s`\n", c->id);
    for (size_t i = 0; i < o->witness_count; i++) {
        buf_add(out, STR(">   in "));
        add_witness(out, &o->witnesses[i], escape_markdown);
        buf_add_byte(out, '\n');
    }
}

static void write_html(struct buf *out, const struct cited *c, const struct citation_options *o)
{
    buf_add(out, STR("<figure class=\"stet-citation\"><blockquote dir=\"auto\">"));
    add_excerpt(out, c, escape_html);
    buf_add(out, STR("</blockquote><figcaption>"));
    add_head(out, c, escape_html);
    buf_addf(out, ". Stet <code>%s</code>", c->id);
    for (size_t i = 0; i < o->witness_count; i++) {
        buf_add(out, STR("<br>in "));
        add_witness(out, &o->witnesses[i], escape_html);
    }
    buf_add(out, STR("</figcaption></figure>\n"));
}

static void add_field(struct buf *out, const char *name, str value)
{
    buf_addf(out, "  %s = {", name);
    escape_tex(out, value);
    buf_add(out, STR("},\n"));
}

static void write_bibtex(struct buf *out, const struct cited *c, const struct citation_options *o)
{
    const struct message_time *const t = &c->m->message.time;
    const struct civil day = civil_from_ms(t->basis == BASIS_NONE ? 0 : t->wall_ms);
    struct buf note = buf_new(BUF_LINE_MAX);
    buf_addf(out, "@misc{stet-%08" PRIx32 ",\n  author = {{", c->m->content_id);
    escape_tex(out, c->sender);
    buf_add(out, STR("}},\n  title = {Message in ``"));
    escape_tex(out, c->title);
    buf_add(out, STR("''},\n"));
    if (t->basis != BASIS_NONE)
        buf_addf(out, "  date = {%04d-%02d-%02d},\n  year = {%04d},\n  month = {%d},\n", day.year,
                 day.month, day.day, day.year, day.month);
    add_field(out, "howpublished", STR("Private message"));
    add_time(&note, c);
    add_marks(&note, c);
    buf_addf(&note, ". Stet %s", c->id);
    for (size_t i = 0; i < o->witness_count; i++) {
        buf_add(&note, STR("; in "));
        add_witness(&note, &o->witnesses[i], escape_plain);
    }
    add_field(out, "note", buf_str(&note));
    buf_add(out, STR("  annote = {"));
    add_excerpt(out, c, escape_tex);
    buf_add(out, STR("}\n}\n"));
    buf_free(&note);
}

static void json_plain(struct json *j, const char *key, str text)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    escape_plain(&b, text);
    json_key(j, key);
    json_text(j, buf_str(&b));
    buf_free(&b);
}

static void json_date(struct json *j, const struct message_time *t)
{
    const struct civil day = civil_from_ms(t->wall_ms);
    json_key(j, "issued");
    json_object(j);
    json_key(j, "date-parts");
    json_array(j);
    json_array(j);
    json_int(j, day.year);
    json_int(j, day.month);
    json_int(j, day.day);
    json_end(j);
    json_end(j);
    json_end(j);
}

static void json_note(struct json *j, const struct cited *c, const struct citation_options *o)
{
    struct buf note = buf_new(BUF_LINE_MAX);
    add_time(&note, c);
    add_marks(&note, c);
    for (size_t i = 0; i < o->witness_count; i++) {
        buf_add(&note, STR("; in "));
        add_witness(&note, &o->witnesses[i], escape_plain);
    }
    json_key(j, "note");
    json_text(j, buf_str(&note));
    buf_free(&note);
}

/* Citation Style Language 1.0.2, its JSON schema's item. */
static void write_csl(struct buf *out, const struct cited *c, const struct citation_options *o)
{
    struct buf text = buf_new(BUF_LINE_MAX);
    struct json j = json_to(out);
    json_object(&j);
    json_key(&j, "id");
    json_text(&j, str_of(c->id));
    json_key(&j, "type");
    json_text(&j, STR("personal_communication"));
    json_key(&j, "author");
    json_array(&j);
    json_object(&j);
    json_plain(&j, "literal", c->sender);
    json_end(&j);
    json_end(&j);
    json_plain(&j, "container-title", c->title);
    if (c->m->message.time.basis != BASIS_NONE)
        json_date(&j, &c->m->message.time);
    json_plain(&j, "genre", STR("Private message"));
    json_plain(&j, "number", str_of(c->id));
    add_excerpt(&text, c, escape_plain);
    json_key(&j, "abstract");
    json_text(&j, buf_str(&text));
    json_note(&j, c, o);
    json_end(&j);
    buf_add_byte(out, '\n');
    buf_free(&text);
}

void citation_write(struct buf *out, const struct stored *m, const struct citation_options *o)
{
    const struct cited c = cited_of(m);
    switch (o->form) {
    case CITATION_PLAIN: write_plain(out, &c, o); break;
    case CITATION_MARKDOWN: write_markdown(out, &c, o); break;
    case CITATION_HTML: write_html(out, &c, o); break;
    case CITATION_BIBTEX: write_bibtex(out, &c, o); break;
    case CITATION_CSL_JSON: write_csl(out, &c, o); break;
    }
}
