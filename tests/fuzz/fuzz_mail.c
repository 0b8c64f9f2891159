/*
 * Fuzzes mail: the same bytes as a mailbox file and as one message. Whatever they are: every byte is
 * explained exactly once, reader and counter agree on how many messages a mailbox holds, what stands in
 * a locus is what `raw` says, and every text, name and key is UTF-8 without NUL.
 */
#include "importer.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

struct checker {
    struct sink sink;
    str bytes;
};

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void demand_text(str s)
{
    demand(utf8_valid_prefix(s) == s.n && str_find_byte(s, '\0') == STR_NONE);
}

static enum status on_message(struct sink *s, const struct message *m, struct err *e)
{
    const struct checker *c = (struct checker *)s;
    (void)e;
    demand(m->locus.at <= c->bytes.n && m->locus.length <= c->bytes.n - m->locus.at);
    demand(str_eq(m->raw, str_sub(c->bytes, (size_t)m->locus.at, (size_t)m->locus.length)));
    demand(m->conversation.n > 0);
    const str texts[] = {m->platform_id, m->conversation, m->sender,   m->sender_name,
                         m->text,        m->time_shown,   m->reply_to, m->forwarded_from};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        demand_text(texts[i]);
    for (size_t i = 0; i < m->recipient_count; i++) {
        demand(m->recipients[i].key.n > 0);
        demand_text(m->recipients[i].key);
        demand_text(m->recipients[i].name);
    }
    for (size_t i = 0; i < m->attachment_count; i++) {
        demand_text(m->attachments[i].name);
        demand_text(m->attachments[i].mime);
    }
    return OK;
}

static enum status on_conversation(struct sink *s, const struct conversation *c, struct err *e)
{
    (void)s;
    (void)e;
    demand(c->key.n > 0);
    demand_text(c->key);
    demand_text(c->title);
    return OK;
}

static void test(str bytes, str format)
{
    struct checker c = {
        .sink = {.message = on_message, .conversation = on_conversation},
        .bytes = bytes,
    };
    const struct import_options options = {0};
    struct import_report report;
    struct err e = {0};
    struct source *source;
    demand(source_of_bytes(&source, STR("cur/1.M1:2,T"), bytes, &e) == OK);
    demand(importer_read(importer_find(format), source, &options, &c.sink, &report, &e) == OK);
    source_close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str bytes = {(const char *)data, size};
    test(bytes, STR("mbox"));
    test(bytes, STR("eml"));
    return 0;
}
