/*
 * Word and LibreOffice documents: a ZIP file with the text in one XML member. DOCX (ECMA-376 part 1,
 * 17.3) has it in word/document.xml, w:p is a paragraph and w:t its text; ODT (OASIS OpenDocument 1.3,
 * part 3, 5) has it in content.xml, text:p and text:h. Deleted text, comments and notes are not the
 * draft's words.
 */
#include "draft.h"

#include "xml.h"
#include "zip.h"

enum { TEXT_XML_MAX = DRAFT_BYTES_MAX * 4, STYLES_MAX = 256, INDENT_TWIPS = 500 };

struct office {
    struct draft_text *out;
    bool odt;
    int skipped;    /* depth inside elements that are not read */
    bool in_words;  /* inside <w:t>; in ODT all text of a paragraph counts */
    int paragraphs; /* depth */
    bool is_title;
    size_t title_at;
    str quote_styles
        [STYLES_MAX]; /* names of automatic styles that inherit from a quotation style */
    size_t quote_style_count;
};

static bool is_one_of(str name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(name, str_of(names[i])))
            return true;
    return false;
}

#define NAMED(name, list) is_one_of((name), (list), sizeof(list) / sizeof *(list))

static bool starts_nocase(str s, const char *prefix)
{
    const str p = str_of(prefix);
    return s.n >= p.n && str_eq_nocase(str_sub(s, 0, p.n), p);
}

/* As Word and LibreOffice call them, in a few languages: "Quote", "IntenseQuote", "Quotations", "Zitat". */
static bool is_quote_style(const struct office *o, str style)
{
    static const char *const starts[] = {"quot",      "intensequote", "blocktext",
                                         "blockquot", "zitat",        "intensiveszitat",
                                         "citation",  "cita",         "citaat"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (starts_nocase(style, starts[i]))
            return true;
    for (size_t i = 0; i < o->quote_style_count; i++)
        if (str_eq(o->quote_styles[i], style))
            return true;
    return false;
}

static void begin_paragraph(struct office *o, bool heading, bool block)
{
    if (o->is_title)
        draft_set_title(o->out, str_from(buf_str(&o->out->text), o->title_at));
    o->is_title = false;
    draft_text_paragraph(o->out, heading, block);
}

static bool is_skipped(str name)
{
    static const char *const names[] = {
        "tracked-changes", "annotation",        "note",           "Fallback", "instrText", "del",
        "delText",         "footnoteReference", "sequence-decls", "meta"};
    return NAMED(name, names);
}

/* ---- DOCX ------------------------------------------------------------------------------------------ */

static void set_docx_style(struct office *o, str style)
{
    if (is_quote_style(o, style))
        o->out->block = true;
    if (starts_nocase(style, "Heading") || starts_nocase(style, "Title"))
        o->out->heading = true;
    if (starts_nocase(style, "Title")) {
        o->is_title = true;
        o->title_at = o->out->text.n;
    }
}

static void docx_open(struct office *o, const struct xml_tag *tag)
{
    str value;
    int64_t twips = 0;
    if (str_eq(tag->name, STR("p")))
        begin_paragraph(o, false, false);
    else if (str_eq(tag->name, STR("pStyle")) && xml_attribute(tag, "val", &value))
        set_docx_style(o, value);
    else if (str_eq(tag->name, STR("ind")) && !o->out->heading &&
             (xml_attribute(tag, "left", &value) || xml_attribute(tag, "start", &value)) &&
             str_to_u63(value, &twips) && twips >= INDENT_TWIPS)
        o->out->block = true;
    else if (str_eq(tag->name, STR("numPr")))
        o->out->block = false; /* the indent of a list item */
    else if (str_eq(tag->name, STR("t")))
        o->in_words = true;
    else if (str_eq(tag->name, STR("tab")))
        draft_text_add(o->out, STR(" "));
    else if (str_eq(tag->name, STR("br")) || str_eq(tag->name, STR("cr")))
        draft_text_line(o->out);
    else if (str_eq(tag->name, STR("noBreakHyphen")))
        draft_text_add(o->out, STR("-"));
}

/* ---- ODT ------------------------------------------------------------------------------------------- */

static void keep_style(struct office *o, const struct xml_tag *tag)
{
    str name, parent;
    if (o->quote_style_count < STYLES_MAX && xml_attribute(tag, "name", &name) &&
        xml_attribute(tag, "parent-style-name", &parent) && is_quote_style(o, parent))
        o->quote_styles[o->quote_style_count++] = arena_dup(o->out->arena, name);
}

static void odt_open(struct office *o, const struct xml_tag *tag)
{
    str style = STR("");
    if (str_eq(tag->prefix, STR("style")) && str_eq(tag->name, STR("style"))) {
        keep_style(o, tag);
        return;
    }
    if (!str_eq(tag->prefix, STR("text")))
        return;
    const bool heading = str_eq(tag->name, STR("h"));
    if (heading || str_eq(tag->name, STR("p"))) {
        (void)xml_attribute(tag, "style-name", &style);
        begin_paragraph(o, heading || str_eq(style, STR("Title")), is_quote_style(o, style));
        o->is_title = str_eq(style, STR("Title"));
        o->title_at = o->out->text.n;
        o->paragraphs++;
    } else if (str_eq(tag->name, STR("s")) || str_eq(tag->name, STR("tab"))) {
        draft_text_add(o->out, STR(" "));
    } else if (str_eq(tag->name, STR("line-break"))) {
        draft_text_line(o->out);
    }
}

/* ---- both ------------------------------------------------------------------------------------------ */

static enum status on_open(void *context, const struct xml_tag *tag, struct err *e)
{
    (void)e;
    struct office *const o = context;
    if (is_skipped(tag->name))
        o->skipped++;
    if (o->skipped)
        return OK;
    if (o->odt)
        odt_open(o, tag);
    else
        docx_open(o, tag);
    return OK;
}

static enum status on_close(void *context, str name, struct err *e)
{
    (void)e;
    struct office *const o = context;
    if (is_skipped(name)) {
        o->skipped--;
        return OK;
    }
    if (!o->odt && str_eq(name, STR("t")))
        o->in_words = false;
    if (o->odt && !o->skipped && (str_eq(name, STR("p")) || str_eq(name, STR("h"))))
        o->paragraphs--;
    return OK;
}

static enum status on_text(void *context, str text, struct err *e)
{
    (void)e;
    struct office *const o = context;
    if (!o->skipped && (o->odt ? o->paragraphs > 0 : o->in_words))
        draft_text_add(o->out, text);
    return OK;
}

/* The XML with the text: of a DOCX, otherwise of an ODT. */
static enum status find_text(struct office *o, str bytes, str *xml, struct err *e)
{
    const struct zip_want docx = {bytes, STR("word/document.xml"), TEXT_XML_MAX};
    const struct zip_want odt = {bytes, STR("content.xml"), TEXT_XML_MAX};
    struct err first = {0}, second = {0};
    enum status st = zip_member(xml, &docx, o->out->arena, &first);
    o->out->draft->format = "docx";
    if (st != ERR_MISSING)
        return st == OK ? OK : fail(e, st, "%s", first.msg);
    st = zip_member(xml, &odt, o->out->arena, &second);
    o->out->draft->format = "odt";
    o->odt = true;
    if (st != ERR_MISSING)
        return st == OK ? OK : fail(e, st, "%s", second.msg);
    (void)fail(e, ERR_FORMAT, "this ZIP file is neither a DOCX nor an ODT document");
    return fail_hint(e, "a draft is one HTML, DOCX, ODT, Markdown or text file");
}

enum status draft_read_office(struct draft_text *t, str bytes, struct err *e)
{
    static const struct xml_handler handler = {.open = on_open, .close = on_close, .text = on_text};
    struct office o = {.out = t};
    str xml;
    enum status st = find_text(&o, bytes, &xml, e);
    if (st == OK)
        st = xml_read(xml, &handler, &o, e);
    begin_paragraph(&o, false, false);
    return st;
}
