/*
 * Any messages as JSON Lines: an object for each, from a database or a script. Which member is what is
 * stated with --map ("text=message.body" for a member of a member) or guessed by the first object.
 */
#include "table.h"

#include "json_records.h"

enum { MEMBERS = 64 };

struct reader {
    struct table table;
    size_t looked; /* objects, in the look ahead */
    bool mapped;
};

static const char *const paths[] = {"", NULL};

static str value_of(struct table *t, const struct json_value *v, str column)
{
    if (!column.n)
        return STR("");
    const char *name = arena_cstr(&t->record, column);
    const struct json_value *member = jv_get(v, name);
    return jv_str(member ? member : jv_path(v, name));
}

/* Members that the first objects lack may come in later ones: what is missing is guessed anew. */
static bool guess_more(struct reader *r, const struct json_value *v)
{
    struct table *t = &r->table;
    struct table_map map;
    str names[MEMBERS];
    size_t count = 0;
    for (; count < MEMBERS && count < jv_count(v); count++)
        names[count] = jv_key(v, count);
    if (!table_map_guess(&map, names, count))
        return r->mapped;
    t->map.guessed = true;
    if (!r->mapped)
        t->map.second = arena_dup(&t->arena, map.second);
    for (int use = 0; use < USE_COUNT; use++)
        if (!t->map.column[use].n && map.column[use].n)
            t->map.column[use] = arena_dup(&t->arena, map.column[use]);
    return true;
}

static enum status find_members(struct reader *r, const struct json_value *v, struct err *e)
{
    enum { LOOKED_AT = 200 };
    struct table *t = &r->table;
    if (r->looked++ >= LOOKED_AT && r->mapped)
        return OK;
    if (t->options->map.n) {
        const enum status st = r->mapped ? OK : table_map_read(&t->map, t->options->map, e);
        r->mapped = st == OK;
        return st;
    }
    r->mapped = guess_more(r, v);
    return OK;
}

static enum status require_map(const struct reader *r, struct err *e)
{
    if (r->mapped || !r->looked)
        return OK;
    fail(e, ERR_FORMAT, "nothing tells which member of the objects is what");
    return fail_hint(e, "Say so: --map time=MEMBER,sender=MEMBER,text=MEMBER");
}

static enum status on_look(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    (void)p;
    (void)mends;
    if (jv_type(v) != JSON_OBJECT)
        return OK;
    const enum status st = find_members(r, v, e);
    if (st != OK)
        return st;
    struct table *t = &r->table;
    table_see_time(t, value_of(t, v, t->map.column[USE_TIME]), value_of(t, v, t->map.second));
    return OK;
}

static enum status on_record(void *context, const struct json_part *p, const struct json_value *v,
                             const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    struct table *t = &r->table;
    if (jv_type(v) != JSON_OBJECT || !r->mapped)
        return json_refuse(t->sink, p, "noObject", STR("This is no object with members."), e);
    struct message m = json_message(p, mends);
    str values[USE_COUNT];
    bool any = false;
    for (int use = 0; use < USE_COUNT; use++) {
        values[use] = value_of(t, v, t->map.column[use]);
        any |= values[use].n && (use == USE_TIME || use == USE_SENDER || use == USE_TEXT);
    }
    if (!any)
        return json_refuse(t->sink, p, "noMembers",
                           STR("This object has neither a time nor a sender nor a text."), e);
    return table_row(t, &m, values, value_of(t, v, t->map.second), e);
}

static enum status read_jsonl(struct source *source, const struct import_options *options,
                              struct sink *sink, struct err *e)
{
    static const struct json_format ahead = {.paths = paths, .part = on_look};
    static const struct json_format format = {.paths = paths, .records = 1, .part = on_record};
    struct reader r = {.table = {.sink = sink, .options = options}};
    enum status st = json_look_ahead(source, &ahead, &r, e);
    if (st == OK)
        st = require_map(&r, e);
    if (st == OK)
        st = table_begin(&r.table, source, e);
    if (st == OK)
        st = json_records(source, sink, &format, &r, e);
    if (st == OK)
        st = table_end(&r.table, e);
    table_free(&r.table);
    return st;
}

/* The names of the first object's members, by a scan that knows strings and brackets. */
static size_t first_members(str text, str names[MEMBERS])
{
    size_t count = 0, depth = 0;
    for (size_t i = 0; i < text.n && count < MEMBERS; i++) {
        const char c = text.p[i];
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        if (!depth)
            break;
        if (c != '"')
            continue;
        const size_t from = i + 1;
        for (i++; i < text.n && text.p[i] != '"'; i++)
            i += text.p[i] == '\\';
        const str behind = str_trim(str_sub(text, i + 1, 16));
        if (depth == 1 && i < text.n && str_starts(behind, STR(":")))
            names[count++] = str_sub(text, from, i - from);
    }
    return count;
}

static int bid(str prefix, str name)
{
    (void)name;
    str names[MEMBERS];
    struct table_map map;
    const str text = str_trim(prefix);
    if (!str_starts(text, STR("{")))
        return BID_NO;
    const size_t count = first_members(text, names);
    return table_map_guess(&map, names, count) && map.column[USE_TIME].n ? BID_MAYBE / 2 : BID_NO;
}

static void count(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, NULL);
}

const struct importer importer_jsonl = {
    .name = "jsonl",
    .title = "Messages as JSON Lines",
    .where = "from a database or a script; --map says which member is what",
    .version = "1",
    .bid = bid,
    .read = read_jsonl,
    .unordered = true,
    .count = count,
};
