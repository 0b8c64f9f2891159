/*
 * Names for bare ids, from a list that the user hands over: a table of two columns (id, name), or a
 * JSON object with these two members on each line. The first name of an id counts.
 */
#include "importer.h"

#include "arena.h"
#include "csv.h"
#include "json_value.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    str id, name;
    struct entry *next; /* of the same slot */
};

struct names {
    struct arena arena;
    struct entry **slots;
    size_t slot_count, count;
};

static struct entry **slot_of(const struct names *n, str id)
{
    struct entry **slot = &n->slots[str_hash(id) & (n->slot_count - 1)];
    while (*slot && !str_eq((*slot)->id, id))
        slot = &(*slot)->next;
    return slot;
}

static void resize(struct names *n, size_t slot_count)
{
    struct entry **old = n->slots;
    const size_t old_count = n->slot_count;
    n->slots = calloc(slot_count, sizeof *n->slots);
    if (!n->slots)
        abort();
    n->slot_count = slot_count;
    for (size_t i = 0; i < old_count; i++)
        for (struct entry *entry = old[i], *next; entry; entry = next) {
            next = entry->next;
            entry->next = NULL;
            *slot_of(n, entry->id) = entry;
        }
    free(old);
}

static void add(struct names *n, str id, str name)
{
    id = str_trim(id);
    name = str_trim(name);
    if (!id.n || !name.n || *slot_of(n, id))
        return;
    if (n->count == n->slot_count)
        resize(n, n->slot_count * 2);
    struct entry *entry = arena_alloc(&n->arena, sizeof *entry);
    entry->id = arena_dup(&n->arena, id);
    entry->name = arena_dup(&n->arena, name);
    *slot_of(n, id) = entry;
    n->count++;
}

static enum status read_json(struct names *n, str bytes, struct err *e)
{
    struct json_doc *doc = json_doc_new();
    enum status st = OK;
    size_t number = 0;
    for (str line; st == OK && str_split(&bytes, '\n', &line);) {
        number++;
        if (!str_trim(line).n)
            continue;
        const struct json_value *v;
        struct err why = {0};
        if (json_doc_read(doc, str_trim(line), &v, &why) != OK)
            st = fail(e, ERR_FORMAT, "the list of names is no JSON in line %zu: %s", number,
                      why.msg);
        else
            add(n, jv_str(jv_get(v, "id")), jv_str(jv_get(v, "name")));
    }
    json_doc_free(doc);
    return st;
}

static bool is_header(const struct csv_row *row)
{
    return str_eq_nocase(row->fields[0], STR("id")) || str_eq_nocase(row->fields[1], STR("name"));
}

static enum status read_rows(struct names *n, struct csv *csv, struct err *e)
{
    struct csv_row row;
    enum step step;
    for (bool first = true; (step = csv_next(csv, &row, e)) == STEP_ROW; first = false) {
        if (row.blank || (first && row.count > 1 && is_header(&row)))
            continue;
        if (row.count < 2)
            return fail(e, ERR_FORMAT,
                        "line %" PRIu64
                        " of the list of names has no second column: it needs an id and a name",
                        row.line);
        add(n, row.fields[0], row.fields[1]);
    }
    return step == STEP_ERROR ? e->code : OK;
}

static enum status read_table(struct names *n, str bytes, struct err *e)
{
    struct source *source = NULL;
    struct csv *csv = NULL;
    enum status st = source_of_bytes(&source, STR("names"), bytes, e);
    if (st == OK)
        st = csv_open(&csv, source, &(struct csv_how){0}, e);
    if (st == OK)
        st = read_rows(n, csv, e);
    csv_close(csv);
    source_close(source);
    return st;
}

enum status names_read(struct names **out, str bytes, struct err *e)
{
    struct names *n = calloc(1, sizeof *n);
    if (!n)
        abort();
    resize(n, 64);
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_from(bytes, 3);
    const bool json = str_starts(str_trim(bytes), STR("{"));
    const enum status st = json ? read_json(n, bytes, e) : read_table(n, bytes, e);
    if (st == OK && !n->count)
        fail(e, ERR_FORMAT, "the list of names has no line with an id and a name");
    if (st != OK || !n->count) {
        names_free(n);
        return ERR_FORMAT;
    }
    *out = n;
    return OK;
}

str names_find(const struct names *n, str id)
{
    if (!n)
        return STR("");
    const struct entry *entry = *slot_of(n, id);
    return entry ? entry->name : STR("");
}

void names_free(struct names *n)
{
    if (!n)
        return;
    arena_free(&n->arena);
    free(n->slots);
    free(n);
}
