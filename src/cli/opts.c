/* Reading the command line from tables of options. */
#include "opts.h"

#include <assert.h>
#include <inttypes.h>

enum { NAME_MAX_BYTES = 40 }; /* longer words are not compared for suggestions */

struct reader {
    const struct option_tables *tables;
    int argc, at;
    char **argv;
    struct opts *out;
};

/* ---- suggestions ---------------------------------------------------------------------------- */

static int smallest(int a, int b, int c)
{
    const int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Edits to turn a into b, a swap of neighbours counting once (optimal string alignment, see
   Boytsov, "Indexing methods for approximate dictionary searching", 2011). */
static int distance(str a, str b)
{
    int rows[3][NAME_MAX_BYTES + 1];
    if (a.n > NAME_MAX_BYTES || b.n > NAME_MAX_BYTES)
        return NAME_MAX_BYTES;
    int *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.n; j++)
        above[j] = (int)j;
    for (size_t i = 1; i <= a.n; i++) {
        row[0] = (int)i;
        for (size_t j = 1; j <= b.n; j++) {
            const int differs = a.p[i - 1] != b.p[j - 1];
            row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + differs);
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                row[j] = smallest(row[j], before[j - 2] + 1, row[j]);
        }
        int *const spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b.n];
}

const char *opts_nearest(str typed, const char *(*name_at)(const void *context, size_t i),
                         const void *context, size_t count)
{
    const char *best = NULL;
    int least = (int)typed.n / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        const char *const name = name_at(context, i);
        if (!name)
            continue;
        /* What was begun and not finished is meant, too. */
        const bool begun = typed.n >= 3 && str_starts(str_of(name), typed);
        const int d = begun ? 1 : distance(typed, str_of(name));
        if (d < least || (d == least && !best)) {
            least = d;
            best = name;
        }
    }
    return best;
}

/* ---- tables --------------------------------------------------------------------------------- */

static const struct option *option_at(const struct reader *r, size_t i)
{
    for (size_t t = 0; t < r->tables->count; t++) {
        const struct option_table *const table = &r->tables->tables[t];
        if (i < table->count)
            return &table->options[i];
        i -= table->count;
    }
    return NULL;
}

static const char *visible_name(const void *context, size_t i)
{
    const struct option *o = option_at(context, i);
    return o->help ? o->name : NULL;
}

static enum status unknown(const struct reader *r, str name, struct err *e)
{
    size_t count = 0;
    while (option_at(r, count))
        count++;
    const char *const near = opts_nearest(name, visible_name, r, count);
    fail(e, ERR_QUERY, "there is no option --" STR_FMT, STR_ARG(name));
    if (near)
        return fail_hint(e, "did you mean --%s?", near);
    return fail_hint(e, "options of a command: stet COMMAND --help");
}

static enum status unknown_letter(char letter, struct err *e)
{
    fail(e, ERR_QUERY, "there is no option -%c", letter);
    return fail_hint(e, "to search for something that begins with a dash, put -- before it");
}

static bool is_choice(str choices, str value)
{
    str one;
    while (str_split(&choices, '|', &one))
        if (str_eq(one, value))
            return true;
    return false;
}

static enum status take(struct reader *r, const struct option *o, const char *value, struct err *e)
{
    if (o->choices && !is_choice(str_of(o->choices), str_of(value)))
        return fail(e, ERR_QUERY, "--%s takes one of %s, not \"%.60s\"", o->name, o->choices,
                    value);
    if (r->out->given_count == OPTS_GIVEN_MAX)
        return fail(e, ERR_QUERY, "there are more than %d options", OPTS_GIVEN_MAX);
    r->out->values[o->id] = value;
    r->out->given[r->out->given_count].id = o->id;
    r->out->given[r->out->given_count++].value = value;
    return OK;
}

static enum status take_next(struct reader *r, const struct option *o, struct err *e)
{
    if (r->at >= r->argc)
        return fail(e, ERR_QUERY, "--%s needs a value: --%s %s", o->name, o->name, o->value);
    return take(r, o, r->argv[r->at++], e);
}

static enum status read_long(struct reader *r, str word, struct err *e)
{
    const size_t equals = str_find_byte(word, '=');
    const str name = equals == STR_NONE ? word : str_sub(word, 0, equals);
    const struct option *o;
    for (size_t i = 0; (o = option_at(r, i)) && !str_eq(name, str_of(o->name)); i++)
        ;
    if (!o)
        return unknown(r, name, e);
    if (!o->value && equals != STR_NONE)
        return fail(e, ERR_QUERY, "--%s takes no value", o->name);
    if (!o->value)
        return take(r, o, "", e);
    if (equals == STR_NONE)
        return take_next(r, o, e);
    return take(r, o, word.p + equals + 1, e);
}

static enum status read_letters(struct reader *r, const char *letters, struct err *e)
{
    for (; *letters; letters++) {
        const struct option *o;
        for (size_t i = 0; (o = option_at(r, i)) && o->letter != *letters; i++)
            ;
        if (!o)
            return unknown_letter(*letters, e);
        if (o->value && letters[1])
            return take(r, o, letters + 1, e);
        const enum status st = o->value ? take_next(r, o, e) : take(r, o, "", e);
        if (st != OK || o->value)
            return st;
    }
    return OK;
}

enum status opts_parse(struct opts *out, const struct option_tables *tables, int argc, char **argv,
                       struct err *e)
{
    *out = (struct opts){.args = argv};
    struct reader r = {tables, argc, 0, argv, out};
    bool ended = false;
    while (r.at < argc) {
        char *const word = argv[r.at++];
        enum status st = OK;
        if (ended || word[0] != '-' || !word[1])
            out->args[out->arg_count++] = word;
        else if (word[1] != '-')
            st = read_letters(&r, word + 1, e);
        else if (word[2])
            st = read_long(&r, str_of(word + 2), e);
        else
            ended = true;
        if (st != OK)
            return st;
    }
    return OK;
}

const char *opts_nth(const struct opts *o, enum option_id id, size_t n)
{
    for (int i = 0; i < o->given_count; i++)
        if (o->given[i].id == id && n-- == 0)
            return o->given[i].value;
    return NULL;
}

enum status opts_number(const struct opts *o, const struct option *option, int64_t max,
                        int64_t *out, struct err *e)
{
    const char *const value = o->values[option->id];
    if (!value)
        return OK;
    int64_t n;
    if (!str_to_u63(str_of(value), &n) || n > max)
        return fail(e, ERR_QUERY, "--%s takes a number from 0 to %" PRId64 ", not \"%.60s\"",
                    option->name, max, value);
    *out = n;
    return OK;
}
