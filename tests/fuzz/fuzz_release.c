/*
 * Fuzzes both forms of a group chat release. Whatever the bytes are: every byte is explained exactly
 * once, what stands in a locus is what `raw` says, a record begins with its bracket, and a text that
 * is not marked as lossy stands in the source line by line (text form). Each input is read
 * as both forms.
 */
#include "importer.h"

#include <stdlib.h>
#include <string.h>

struct checker {
    struct sink sink;
    str bytes;
    bool html;
    struct ledger ledger;
};

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static enum status on_message(struct sink *s, const struct message *m, struct err *e)
{
    struct checker *c = (struct checker *)s;
    (void)e;
    demand(m->locus.at <= c->bytes.n && m->locus.length <= c->bytes.n - m->locus.at);
    demand(str_eq(m->raw, str_sub(c->bytes, (size_t)m->locus.at, (size_t)m->locus.length)));
    demand(str_starts(m->raw, STR("[")) || (c->html && str_starts(m->raw, STR("&"))));
    demand(m->conversation.n > 0);
    ledger_add(&c->ledger, m->locus.at, m->locus.length);
    str rest = m->text;
    for (str line; !c->html && !(m->flags & FLAG_LOSSY) && str_split(&rest, '\n', &line);)
        demand(str_find(c->bytes, line) != STR_NONE);
    return OK;
}

static enum status on_conversation(struct sink *s, const struct conversation *c, struct err *e)
{
    (void)s;
    (void)e;
    demand(c->key.n > 0);
    return OK;
}

static enum status on_issue(struct sink *s, const struct issue *i, struct err *e)
{
    struct checker *c = (struct checker *)s;
    (void)e;
    demand(i->locus.at <= c->bytes.n && i->locus.length <= c->bytes.n - i->locus.at);
    if (i->covers)
        ledger_add(&c->ledger, i->locus.at, i->locus.length);
    return OK;
}

static enum status on_wrapping(struct sink *s, uint64_t at, uint64_t length, struct err *e)
{
    (void)e;
    ledger_add(&((struct checker *)s)->ledger, at, length);
    return OK;
}

/* A page that closes the element around it stops the reader, which says so. */
static bool has_our_root(str page)
{
    for (size_t i = 0; i < page.n; i++)
        if (str_eq_nocase(str_sub(page, i, 11), STR("</stet-page")))
            return true;
    return false;
}

static void test(str bytes, bool html)
{
    struct checker c = {
        .sink = {.message = on_message,
                 .conversation = on_conversation,
                 .issue = on_issue,
                 .wrapping = on_wrapping},
        .bytes = bytes,
        .html = html,
    };
    const struct importer *f = importer_find(html ? STR("release-html") : STR("release-text"));
    const struct import_options options = {0};
    struct err e = {0};
    struct source *source;
    demand(source_of_bytes(&source, STR("fuzz.txt"), bytes, &e) == OK);
    if (html) { /* the counter's idea of HTML is rougher than the reader's: only the law is asked */
        const enum status st = f->read(source, &options, &c.sink, &e);
        demand(st == OK || e.code == ERR_LIMIT || has_our_root(bytes));
        demand(st != OK || ledger_check(&c.ledger, bytes.n, &e) == OK);
    } else {
        struct import_report report;
        /* UTF-16 is refused, with a way out */
        demand(importer_read(f, source, &options, &c.sink, &report, &e) == OK ||
               str_find(str_of(e.hint), STR("iconv")) != STR_NONE);
    }
    source_close(source);
    ledger_free(&c.ledger);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str bytes = {(const char *)data, size};
    test(bytes, false);
    test(bytes, true);
    return 0;
}
