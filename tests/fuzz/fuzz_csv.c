/*
 * Any bytes as lines and as a table: the bytes of lines, and those of rows, are all bytes of the source in
 * order; their text is UTF-8 without NUL (but for what a backslash writes); nothing is read twice.
 */
#include "csv.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

static void require(bool what)
{
    if (!what)
        abort();
}

static void check_lines(str bytes, bool mixed)
{
    struct err e = {0};
    struct source *s;
    struct text_lines *t;
    require(source_of_bytes(&s, STR("fuzz"), bytes, &e) == OK);
    require(text_lines_open(&t, s, &(struct text_lines_how){.mixed = mixed}, &e) == OK);
    uint64_t at = text_lines_bom(t);
    struct text_line line;
    while (text_lines_next(t, &line, &e) == STEP_ROW) {
        require(line.at == at && line.bytes > 0);
        require(utf8_valid_prefix(line.text) == line.text.n);
        require(!line.text.n || !memchr(line.text.p, '\0', line.text.n));
        at += line.bytes;
    }
    require(at == bytes.n);
    text_lines_close(t);
    source_close(s);
}

static void check_rows(str bytes, const struct csv_how *how)
{
    struct err e = {0};
    struct source *s;
    struct csv *c;
    require(source_of_bytes(&s, STR("fuzz"), bytes, &e) == OK);
    require(csv_open(&c, s, how, &e) == OK);
    uint64_t at = csv_bom(c);
    struct csv_row row;
    while (csv_next(c, &row, &e) == STEP_ROW) {
        require(row.at == at && row.raw.n > 0 && row.count > 0 && row.count <= CSV_FIELDS_MAX);
        require(memcmp(row.raw.p, bytes.p + at, row.raw.n) == 0);
        for (size_t i = 0; i < row.count; i++)
            require(how->backslash || utf8_valid_prefix(row.fields[i]) == row.fields[i].n);
        at += row.raw.n;
    }
    require(at == bytes.n);
    csv_close(c);
    source_close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str bytes = {(const char *)data, size};
    check_lines(bytes, size % 2);
    check_rows(bytes, &(struct csv_how){.backslash = size % 2});
    check_rows(bytes, &(struct csv_how){.delimiter = ';'});
    return 0;
}
