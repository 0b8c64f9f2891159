/*
 * A draft of any kind: reading it, finding its quotations, printing its report. The first byte chooses
 * the file name, so that each reader gets its share.
 */
#include "quote.h"
#include "report.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct draft *d)
{
    for (size_t i = 0; i < d->quote_count; i++) {
        const struct draft_quote *const q = &d->quotes[i];
        assert(q->at <= q->end && q->end <= d->text.n);
        assert(q->part_count > 0 && q->paragraph < d->paragraph_count);
        assert(i == 0 || d->quotes[i - 1].at <= q->at);
        assert(q->level == 0 || q->part_of < i);
        for (size_t k = 0; k < q->part_count; k++)
            assert(q->at <= q->parts[k].at && q->parts[k].end <= q->end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a.txt", "a.md", "a.html", "a.docx"};
    if (size == 0)
        return 0;
    struct err e = {0};
    struct arena a = {0};
    struct source *s = NULL;
    struct draft d;
    const str name = str_of(names[data[0] % 4]);
    if (source_of_bytes(&s, name, (str){(const char *)data + 1, size - 1}, &e) == OK &&
        draft_read(&d, s, INT64_C(1537488000000), &a, &e) == OK) {
        check(&d);
        struct buf page = buf_new(64 << 20);
        struct report_quote *const checked = arena_array(&a, d.quote_count + 1, sizeof *checked);
        const struct report_facts facts = {.first_wall_ms = TIME_NONE, .last_wall_ms = TIME_NONE};
        report_html(&page, &d, checked, &facts);
        buf_free(&page);
    }
    source_close(s);
    arena_free(&a);
    return 0;
}
