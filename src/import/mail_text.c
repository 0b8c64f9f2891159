/* Bodies as text: line ends, flowed paragraphs, pages. */
#include "mail.h"

#include "page.h"

void mail_add_plain(struct buf *out, str text)
{
    const bool cr_only = str_find_byte(text, '\n') == STR_NONE;
    for (str rest = text; rest.n;) {
        const size_t cr = str_find_byte(rest, '\r');
        buf_add(out, str_sub(rest, 0, cr == STR_NONE ? rest.n : cr));
        if (cr == STR_NONE)
            return;
        const bool end = cr_only || (cr + 1 < rest.n && rest.p[cr + 1] == '\n');
        buf_add_byte(out, end ? '\n' : '\r');
        rest = str_from(rest, cr + (end && !cr_only ? 2 : 1));
    }
}

/* --- Flowed (RFC 3676) ------------------------------------------------------------------------- */

static size_t quote_depth(str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == '>')
        n++;
    return n;
}

/* The marks of a quotation as they are shown: ">> text". */
static void begin_paragraph(struct buf *out, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        buf_add_byte(out, '>');
    if (depth)
        buf_add_byte(out, ' ');
}

void mail_add_flowed(struct buf *out, str text, bool delete_space)
{
    bool open = false; /* the paragraph goes on */
    size_t open_depth = 0;
    for (str line; str_split(&text, '\n', &line);) {
        if (str_ends(line, STR("\r")))
            line.n--;
        const size_t depth = quote_depth(line);
        str words = str_from(line, depth);
        if (str_starts(words, STR(" ")))
            words = str_from(words, 1); /* stuffed, section 4.4 */
        const bool signature = str_eq(words, STR("-- "));
        if (open && (depth != open_depth || signature)) {
            buf_add_byte(out, '\n');
            open = false;
        }
        if (!open)
            begin_paragraph(out, depth);
        const bool soft = str_ends(words, STR(" ")) && !signature;
        buf_add(out, str_sub(words, 0, words.n - (soft && delete_space)));
        open = soft;
        open_depth = depth;
        if (!soft)
            buf_add_byte(out, '\n');
    }
}

/* --- Pages ------------------------------------------------------------------------------------- */

static enum status on_line(void *context, struct page *p, const struct page_line *l, struct err *e)
{
    struct buf *out = context;
    (void)p;
    (void)e;
    if (!l->continues && out->n)
        buf_add_byte(out, '\n');
    buf_add(out, l->text);
    return OK;
}

static enum status on_close(void *context, struct page *p, struct err *e)
{
    (void)context;
    (void)p;
    (void)e;
    return OK;
}

void mail_add_html(struct buf *out, str utf8)
{
    struct err ignored = {0};
    struct source *source;
    struct buf lines = buf_new(BUF_MESSAGE_MAX);
    if (source_of_bytes(&source, STR("body.html"), utf8, &ignored) != OK)
        return;
    struct page page = {
        .line = on_line, .close = on_close, .end = on_close, .context = &lines, .keep = UINT64_MAX};
    const enum status st = page_read(&page, source, &ignored);
    source_close(source);
    /* a page that the parser gives up on is shown as it is: its words must be found */
    buf_add(out, st == OK ? buf_str(&lines) : utf8);
    buf_free(&lines);
}
