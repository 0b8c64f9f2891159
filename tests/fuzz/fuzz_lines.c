/*
 * Fuzzes the formats made of lines. The first byte chooses. Whatever the bytes are, every byte is explained
 * exactly once; reader and counter agree on text without damage. (In damaged text a character may be
 * longer for the reader, as U+FFFD, than for the counter, and so pass one of their limits.)
 */
#include "importer.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status on_message(struct sink *s, const struct message *m, struct err *e)
{
    (void)s;
    (void)e;
    if (!m->conversation.n || m->raw.n != m->locus.length ||
        utf8_valid_prefix(m->text) != m->text.n || utf8_valid_prefix(m->sender) != m->sender.n)
        abort();
    return OK;
}

static bool is_undamaged(str bytes)
{
    return utf8_valid_prefix(bytes) == bytes.n && str_find_byte(bytes, '\r') == STR_NONE &&
           str_find_byte(bytes, '\0') == STR_NONE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {
        "irc",         "irc-epoch",    "line",          "kakaotalk",    "signal-markdown",
        "signal-text", "signal-short", "imessage-text", "element-text", "kakaotalk-csv",
    };
    if (!size)
        return 0;
    const struct importer *f =
        importer_find(str_of(names[data[0] % (sizeof names / sizeof names[0])]));
    const str bytes = {(const char *)data + 1, size - 1};
    const struct import_options options = {0};
    struct import_report report;
    struct sink sink = {.message = on_message};
    struct err e = {0};
    struct source *source;
    if (source_of_bytes(&source, STR("fuzz"), bytes, &e) == OK)
        (void)(importer_read(f, source, &options, &sink, &report, &e) == OK);
    const bool unexplained = strstr(e.msg, "not accounted for") != NULL;
    const bool miscounted = strstr(e.msg, "plain count") != NULL && is_undamaged(bytes);
    if (unexplained || miscounted) {
        fprintf(stderr, "%s: %s\n", f->name, e.msg);
        abort();
    }
    source_close(source);
    return 0;
}
