/*
 * Reading a draft: which format it is, clean UTF-8 out of whatever was saved, and the plain text with
 * its paragraphs that all finders work on.
 */
#include "draft.h"

#include <string.h>

#include "fold.h"
#include "utf8.h"

/* ---- the plain text ------------------------------------------------------------------------------ */

void draft_text_begin(struct draft_text *t, struct draft *d, struct arena *a)
{
    /* An office file may unpack to more than it weighs; its reader has a ceiling of its own. */
    *t = (struct draft_text){.draft = d, .arena = a, .text = buf_new((size_t)DRAFT_BYTES_MAX * 4)};
}

static void keep_paragraph(struct draft_text *t)
{
    struct draft *const d = t->draft;
    if (t->text.n == t->at)
        return;
    if (d->paragraph_count == t->paragraph_cap) {
        t->paragraph_cap = t->paragraph_cap ? t->paragraph_cap * 2 : 64;
        struct draft_paragraph *const more = arena_array(t->arena, t->paragraph_cap, sizeof *more);
        if (d->paragraph_count)
            memcpy(more, d->paragraphs, d->paragraph_count * sizeof *more);
        d->paragraphs = more;
    }
    d->paragraphs[d->paragraph_count++] =
        (struct draft_paragraph){t->at, t->text.n, t->heading, t->block};
    buf_add(&t->text, STR("\n\n"));
}

void draft_text_paragraph(struct draft_text *t, bool heading, bool block)
{
    keep_paragraph(t);
    t->at = t->text.n;
    t->heading = heading;
    t->block = block;
    t->wants_blank = t->wants_line = false;
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

void draft_text_add(struct draft_text *t, str words)
{
    for (size_t i = 0; i < words.n;) {
        const size_t from = i;
        while (i < words.n && !is_white(words.p[i]))
            i++;
        if (i == from) {
            t->wants_blank = true;
            i++;
            continue;
        }
        if (t->text.n > t->at && (t->wants_line || t->wants_blank))
            buf_add_byte(&t->text, t->wants_line ? '\n' : ' ');
        t->wants_blank = t->wants_line = false;
        buf_add(&t->text, str_sub(words, from, i - from));
    }
}

void draft_text_line(struct draft_text *t)
{
    t->wants_line = true;
}

void draft_text_end(struct draft_text *t)
{
    keep_paragraph(t);
    t->draft->text = str_trim(arena_dup(t->arena, buf_str(&t->text)));
    buf_free(&t->text);
}

void draft_set_title(struct draft_text *t, str title)
{
    struct draft_text one;
    struct draft ignored = {0};
    if (t->draft->title.n || !str_trim(title).n)
        return;
    draft_text_begin(&one, &ignored, t->arena);
    draft_text_add(&one, title);
    draft_text_end(&one);
    t->draft->title = ignored.text;
}

/* ---- clean text ---------------------------------------------------------------------------------- */

/* What a byte that is no UTF-8 most likely means: Windows-1252, where quotation marks live at 0x91. */
static uint32_t windows_character(unsigned char byte)
{
    static const uint16_t high[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    };
    return byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
}

/* One kind of line end, no NUL, no byte order mark, nothing that is not UTF-8. */
static str clean(str bytes, struct arena *a)
{
    struct buf out = buf_new((size_t)DRAFT_BYTES_MAX * 3);
    str rest = str_starts(bytes, STR("\xEF\xBB\xBF")) ? str_from(bytes, 3) : bytes;
    while (rest.n) {
        const size_t good = utf8_valid_prefix(rest);
        const str run = str_sub(rest, 0, good);
        for (size_t i = 0; i < run.n; i++) {
            if (run.p[i] == '\r' && i + 1 < rest.n && rest.p[i + 1] == '\n')
                continue;
            if (run.p[i] == '\0')
                buf_add_codepoint(&out, UTF8_BAD);
            else
                buf_add_byte(&out, run.p[i] == '\r' ? '\n' : run.p[i]);
        }
        rest = str_from(rest, good);
        if (rest.n) {
            buf_add_codepoint(&out, windows_character((unsigned char)rest.p[0]));
            rest = str_from(rest, 1);
        }
    }
    const str text = arena_dup(a, buf_str(&out));
    buf_free(&out);
    return text;
}

/* ---- which format -------------------------------------------------------------------------------- */

enum format { FORMAT_HTML, FORMAT_OFFICE, FORMAT_MARKDOWN, FORMAT_TEXT, FORMAT_NONE };

static bool has_ending(str name, str ending)
{
    return name.n >= ending.n && str_eq_nocase(str_from(name, name.n - ending.n), ending);
}

static bool starts_nocase(str s, str prefix)
{
    return s.n >= prefix.n && str_eq_nocase(str_sub(s, 0, prefix.n), prefix);
}

static bool looks_like_html(str bytes)
{
    const str head = str_trim(str_sub(bytes, 0, 4096));
    const str first = str_starts(head, STR("\xEF\xBB\xBF")) ? str_trim(str_from(head, 3)) : head;
    if (starts_nocase(first, STR("<!doctype html")) || starts_nocase(first, STR("<html")))
        return true;
    return str_starts(first, STR("<")) && str_find(first, STR("</")) != STR_NONE;
}

static enum format detect(str name, str bytes)
{
    if (str_starts(bytes, STR("PK\x03\x04")))
        return FORMAT_OFFICE;
    if (str_find_byte(str_sub(bytes, 0, 4096), '\0') != STR_NONE ||
        str_starts(bytes, STR("%PDF")) || str_starts(bytes, STR("{\\rtf")) ||
        str_starts(bytes, STR("\xD0\xCF\x11\xE0")))
        return FORMAT_NONE;
    if (has_ending(name, STR(".html")) || has_ending(name, STR(".htm")) ||
        has_ending(name, STR(".xhtml")) || looks_like_html(bytes))
        return FORMAT_HTML;
    const bool markdown = has_ending(name, STR(".md")) || has_ending(name, STR(".markdown"));
    return markdown ? FORMAT_MARKDOWN : FORMAT_TEXT;
}

static enum status no_format(str bytes, str name, struct err *e)
{
    (void)fail(e, ERR_FORMAT, STR_FMT " is no draft that Stet can read",
               STR_ARG(str_sub(name, 0, 200)));
    if (str_starts(bytes, STR("%PDF")))
        return fail_hint(e, "copy the text out of the PDF into a text file");
    return fail_hint(e, "save it as HTML, DOCX, ODT, Markdown or plain text in UTF-8");
}

/* The last part of a path: nobody's folders belong in a report. */
static str file_name(str path)
{
    for (size_t i = path.n; i-- > 0;)
        if (path.p[i] == '/')
            return str_from(path, i + 1);
    return path;
}

static enum status read_as(struct draft_text *t, enum format f, str bytes, str name, struct err *e)
{
    switch (f) {
    case FORMAT_HTML:
        t->draft->format = "html";
        return draft_read_html(t, clean(bytes, t->arena), e);
    case FORMAT_OFFICE: return draft_read_office(t, bytes, e);
    case FORMAT_MARKDOWN:
        t->draft->format = "markdown";
        draft_read_markdown(t, clean(bytes, t->arena));
        return OK;
    case FORMAT_TEXT:
        t->draft->format = "text";
        draft_read_plain(t, clean(bytes, t->arena));
        return OK;
    case FORMAT_NONE: break;
    }
    return no_format(bytes, name, e);
}

enum status draft_read(struct draft *out, struct source *s, int64_t today_wall_ms, struct arena *a,
                       struct err *e)
{
    *out = (struct draft){.title = STR(""), .text = STR(""), .format = "text"};
    const str name = file_name(source_name(s));
    str bytes;
    const enum status st = source_peek(s, (size_t)DRAFT_BYTES_MAX + 1, &bytes, e);
    if (st != OK)
        return st;
    if (bytes.n > DRAFT_BYTES_MAX)
        return fail(e, ERR_LIMIT, STR_FMT " is longer than a draft may be (%d MiB)",
                    STR_ARG(str_sub(name, 0, 200)), DRAFT_BYTES_MAX >> 20);
    struct draft_text t;
    draft_text_begin(&t, out, a);
    const enum status read = read_as(&t, detect(name, bytes), bytes, name, e);
    const bool full = t.text.full;
    draft_text_end(&t);
    if (read != OK)
        return read;
    if (full)
        return fail(e, ERR_LIMIT, "the text of " STR_FMT " is too long",
                    STR_ARG(str_sub(name, 0, 200)));
    if (!out->title.n)
        out->title = arena_dup(a, name);
    draft_find_quotes(out, today_wall_ms, a);
    return OK;
}
