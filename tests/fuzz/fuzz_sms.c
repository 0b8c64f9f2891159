/*
 * Fuzzes the formats of phones: SMS Backup & Restore, rows of iMessage, RSMF, sigtop. The first byte
 * chooses. Whatever the bytes are, every byte is explained exactly once, and the XML's independent count
 * agrees; JSON that is damaged around its records may be counted otherwise than read, which refuses it.
 */
#include "importer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status on_message(struct sink *s, const struct message *m, struct err *e)
{
    (void)s;
    (void)e;
    if (!m->conversation.n || m->raw.n != m->locus.length)
        abort();
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"sms-xml", "imessage-db", "rsmf", "sigtop-json"};
    if (!size)
        return 0;
    const struct importer *f = importer_find(str_of(names[data[0] % 4]));
    const str bytes = {(const char *)data + 1, size - 1};
    const struct import_options options = {0};
    struct import_report report;
    struct sink sink = {.message = on_message};
    struct err e = {0};
    struct source *source;
    if (source_of_bytes(&source, STR("fuzz"), bytes, &e) == OK)
        (void)(importer_read(f, source, &options, &sink, &report, &e) == OK);
    const bool miscounted = data[0] % 4 && strstr(e.msg, "plain count");
    if (e.code != OK && !miscounted) {
        fprintf(stderr, "%s: %s\n", f->name, e.msg);
        abort();
    }
    source_close(source);
    return 0;
}
