/*
 * Fuzzes the JSON walk, the value reader and the counter of JSON importers. Whatever the bytes are:
 * parts, structure and broken bytes are all of them in order; a walk that gets a few bytes at a time
 * says the same as one that gets all; and for records at the top or in a top-level array the counter,
 * which shares nothing with the walk, finds as many.
 */
#include "json_value.h"
#include "json_walk.h"
#include "utf8.h"

#include "../../src/import/json_records.h"

#include <stdlib.h>
#include <string.h>

struct judge {
    str bytes;
    uint64_t at, records;
    uint64_t hash; /* of all that was told */
    struct json_doc *doc;
};

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void tell(struct judge *j, uint64_t what, uint64_t at, uint64_t length)
{
    const uint64_t facts[4] = {j->hash, what, at, length};
    j->hash = str_hash((str){(const char *)facts, sizeof facts});
}

static enum status on_part(void *context, const struct json_part *p, struct err *e)
{
    struct judge *j = context;
    (void)e;
    demand(p->at == j->at && p->raw.n > 0);
    demand(str_eq(p->raw, str_sub(j->bytes, (size_t)p->at, p->raw.n)));
    tell(j, 1 + (p->line << 8), p->at, p->raw.n);
    j->at += p->raw.n;
    j->records++;
    const struct json_value *v;
    struct err why = {0};
    if (json_doc_read(j->doc, p->raw, &v, &why) == OK)
        demand(utf8_valid_prefix(jv_str(v)) == jv_str(v).n);
    else
        demand(why.code == ERR_FORMAT || why.code == ERR_LIMIT);
    return OK;
}

/* Structure may come in one piece or in several. */
static enum status on_structure(void *context, uint64_t at, uint64_t length, struct err *e)
{
    struct judge *j = context;
    (void)e;
    demand(at == j->at && length > 0);
    j->at += length;
    return OK;
}

static enum status on_broken(void *context, uint64_t at, uint64_t length, int path, const char *why,
                             struct err *e)
{
    struct judge *j = context;
    (void)e;
    demand(at == j->at && why[0]);
    tell(j, 2, at, length);
    j->at += length;
    j->records += path >= 0;
    return OK;
}

struct drip {
    str bytes;
    size_t at, size;
};

static enum status drip_read(void *context, char *out, size_t room, size_t *got, struct err *e)
{
    struct drip *d = context;
    (void)e;
    *got = d->size < room ? d->size : room;
    if (*got > d->bytes.n - d->at)
        *got = d->bytes.n - d->at;
    if (*got)
        memcpy(out, d->bytes.p + d->at, *got);
    d->at += *got;
    return OK;
}

static void drip_close(void *context)
{
    (void)context;
}

static struct judge walk(str bytes, const char *path, bool prologue, size_t size)
{
    static const struct source_reader reader = {.read = drip_read, .close = drip_close};
    const char *const paths[] = {path, NULL};
    const struct json_walk_handler handler = {
        .paths = paths,
        .prologue = prologue,
        .part = on_part,
        .structure = on_structure,
        .broken = on_broken,
    };
    struct judge j = {.bytes = bytes, .doc = json_doc_new()};
    struct drip drip = {bytes, 0, size};
    struct err e = {0};
    struct source *source;
    demand(source_of_reader(&source, STR("fuzz"), bytes.n, &reader, &drip, &e) == OK);
    demand(json_walk(source, &handler, &j, &e) == OK);
    demand(j.at == bytes.n);
    source_close(source);
    json_doc_free(j.doc);
    return j;
}

static uint64_t count(str bytes, const char *key, size_t size)
{
    struct counter c = {0};
    for (size_t at = 0; at < bytes.n; at += size)
        json_count_elements(&c, str_sub(bytes, at, size), key);
    json_count_elements(&c, STR(""), key);
    return c.records;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        const char *path, *key;
        bool counted;
    } ways[] = {{"", NULL, true}, {"[]", "", true}, {"a[]", "a", false}, {"*.a[].b", "b", false}};
    const str bytes = {(const char *)data, size};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const struct judge whole = walk(bytes, ways[i].path, i == 2, size + 1);
        for (size_t chunk = 1; chunk < 8; chunk += 3) {
            const struct judge drops = walk(bytes, ways[i].path, i == 2, chunk);
            demand(drops.hash == whole.hash && drops.records == whole.records);
            const uint64_t counted = count(bytes, ways[i].key, chunk);
            demand(!ways[i].counted || counted == whole.records);
        }
    }
    return 0;
}
