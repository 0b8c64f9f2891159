/*
 * The reader of JSON values. Values are read into one stack; when a container closes, its values move
 * from the stack to the arena, side by side. Strings are slices of the text unless something in them
 * has to be decoded. Nothing recurses.
 */
#include "json_value.h"

#include "arena.h"
#include "buf.h"
#include "oom.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_EXACT = 15, PAIRWISE_MAX = 24 };

struct json_value {
    enum json_type type;
    bool truth;
    str key;                        /* of a member */
    str text;                       /* of a string or number */
    const struct json_value *first; /* of a container */
    size_t count;
};

/* An open container: where its values begin on the stack, and its own key. */
struct open {
    size_t from;
    str key;
    bool object;
};

struct json_doc {
    struct arena arena;
    struct buf decoded; /* the string at hand */
    struct json_value *stack;
    size_t count, cap, values;
    struct open open[JSON_DEPTH];
    size_t depth;
    struct json_mends mends;
    const char *start, *p, *end;
    struct err *e;
};

struct json_doc *json_doc_new(void)
{
    struct json_doc *d = oom_alloc(sizeof *d);
    memset(d, 0, sizeof *d);
    d->decoded = buf_new(SIZE_MAX / 4);
    return d;
}

void json_doc_free(struct json_doc *d)
{
    if (!d)
        return;
    arena_free(&d->arena);
    buf_free(&d->decoded);
    free(d->stack);
    free(d);
}

const struct json_mends *json_doc_mends(const struct json_doc *d)
{
    return &d->mends;
}

static bool refuse(struct json_doc *d, const char *what)
{
    const size_t at = (size_t)(d->p - d->start);
    fail_at(d->e, ERR_FORMAT, at, 1, "this is not JSON: %s at byte %zu", what, at);
    return false;
}

/* --- Strings ----------------------------------------------------------------------------------- */

static void note_loss(struct json_doc *d, const char *at)
{
    if (!d->mends.lossy)
        d->mends.first_at = (uint64_t)(at - d->start);
    d->mends.lossy = true;
}

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f')
        return (byte | 0x20) - 'a' + 10;
    return -1;
}

/* The number that `digits` hexadecimal digits at `p` make; -1 if there are not so many. */
static int32_t hex_number(const char *p, const char *end, int digits)
{
    int32_t value = 0;
    for (int i = 0; i < digits; i++) {
        const int digit = p + i < end ? hex_digit(p[i]) : -1;
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* "\uXXXX" at `p` with what follows if it is half of a pair; where it ends. */
static const char *decode_unicode(struct json_doc *d, const char *p, const char *end)
{
    int32_t cp = hex_number(p + 2, end, 4);
    if (cp < 0) {
        d->mends.bad_escapes++;
        buf_add(&d->decoded, (str){p, 2});
        return p + 2;
    }
    const char *behind = p + 6;
    if (cp >= 0xD800 && cp < 0xDC00 && end - behind >= 6 && behind[0] == '\\' && behind[1] == 'u') {
        const int32_t low = hex_number(behind + 2, end, 4);
        if (low >= 0xDC00 && low < 0xE000) {
            cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
            behind += 6;
        }
    }
    if (cp >= 0xD800 && cp < 0xE000) {
        d->mends.lone_surrogates++;
        note_loss(d, p);
        cp = UTF8_BAD;
    }
    buf_add_codepoint(&d->decoded, (uint32_t)cp);
    return behind;
}

/* The escape at `p`; where it ends. */
static const char *decode_escape(struct json_doc *d, const char *p, const char *end)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *name = memchr(names, p[1], sizeof names - 1);
    if (name) {
        buf_add_byte(&d->decoded, meant[name - names]);
        return p + 2;
    }
    if (p[1] == 'u')
        return decode_unicode(d, p, end);
    d->mends.bad_escapes++;
    const int32_t cp = p[1] == 'x' ? hex_number(p + 2, end, 2) : -1;
    if (cp < 0) {
        buf_add(&d->decoded, (str){p, 1}); /* the character behind it speaks for itself */
        return p + 1;
    }
    buf_add_codepoint(&d->decoded, (uint32_t)cp);
    return p + 4;
}

/* A byte that is neither plain ASCII nor part of an escape; where it and its sequence end. */
static const char *decode_byte(struct json_doc *d, const char *p, const char *end)
{
    str rest = {p, (size_t)(end - p)};
    bool valid;
    const uint32_t cp = utf8_next_checked(&rest, &valid);
    if (!valid) {
        d->mends.bad_utf8++;
        note_loss(d, p);
    } else if (cp < 0x20)
        d->mends.controls++;
    buf_add_codepoint(&d->decoded, cp);
    return rest.p;
}

static const char *plain_run(const char *p, const char *end)
{
    while (p < end && *p != '\\' && (unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80)
        p++;
    return p;
}

static str decode(struct json_doc *d, str raw)
{
    const char *p = raw.p, *end = raw.p + raw.n;
    buf_clear(&d->decoded);
    while (p < end) {
        const char *stop = plain_run(p, end);
        buf_add(&d->decoded, (str){p, (size_t)(stop - p)});
        p = stop;
        if (p < end)
            p = *p == '\\' ? decode_escape(d, p, end) : decode_byte(d, p, end);
    }
    return arena_dup(&d->arena, buf_str(&d->decoded));
}

/* The string whose opening quotation mark is at d->p. */
static bool read_string(struct json_doc *d, str *out)
{
    const char *p = d->p + 1, *from = p;
    bool odd = false, high = false;
    while (p < d->end && *p != '"') {
        odd |= *p == '\\' || (unsigned char)*p < 0x20;
        high |= (unsigned char)*p >= 0x80;
        p += *p == '\\' && p + 1 < d->end ? 2 : 1;
    }
    if (p >= d->end)
        return refuse(d, "a string that does not end");
    d->p = p + 1;
    *out = (str){from, (size_t)(p - from)};
    if (odd || (high && utf8_valid_prefix(*out) < out->n))
        *out = decode(d, *out);
    return true;
}

/* --- Other values ------------------------------------------------------------------------------ */

static const char *digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

/* Where the number at `p` ends; `p` if there is none. */
static const char *number_end(const char *p, const char *end)
{
    const char *from = p < end && *p == '-' ? p + 1 : p;
    const char *q = digits(from, end);
    if (q == from)
        return p;
    if (q + 1 < end && *q == '.' && digits(q + 1, end) > q + 1)
        q = digits(q + 1, end);
    if (q < end && (*q | 0x20) == 'e') {
        const char *power = q + 1;
        power += power < end && (*power == '+' || *power == '-');
        if (digits(power, end) > power)
            q = digits(power, end);
    }
    return q;
}

static bool read_number(struct json_doc *d, struct json_value *v)
{
    const char *behind = number_end(d->p, d->end);
    if (behind == d->p)
        return refuse(d, "no value");
    v->type = JSON_NUMBER;
    v->text = (str){d->p, (size_t)(behind - d->p)};
    d->mends.long_numbers += digits(d->p + (*d->p == '-'), behind) - d->p > DIGITS_EXACT;
    d->p = behind;
    return true;
}

static bool read_word(struct json_doc *d, struct json_value *v)
{
    static const struct {
        str word;
        enum json_type type;
        bool truth;
    } words[] = {
        {STR_INIT("true"), JSON_BOOL, true},        {STR_INIT("false"), JSON_BOOL, false},
        {STR_INIT("null"), JSON_NOTHING, false},    {STR_INIT("NaN"), JSON_NUMBER, false},
        {STR_INIT("Infinity"), JSON_NUMBER, false}, {STR_INIT("-Infinity"), JSON_NUMBER, false},
    };
    const str rest = {d->p, (size_t)(d->end - d->p)};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(rest, words[i].word)) {
            v->type = words[i].type;
            v->truth = words[i].truth;
            v->text = words[i].type == JSON_NUMBER ? words[i].word : STR("");
            d->p += words[i].word.n;
            return true;
        }
    return read_number(d, v);
}

static void skip_blank(struct json_doc *d)
{
    while (d->p < d->end && (*d->p == ' ' || *d->p == '\n' || *d->p == '\r' || *d->p == '\t'))
        d->p++;
}

/* --- Containers -------------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

static void count_duplicates(struct json_doc *d, const struct json_value *v, size_t count)
{
    if (count <= PAIRWISE_MAX) {
        for (size_t i = 1; i < count; i++)
            for (size_t j = 0; j < i; j++)
                if (str_eq(v[i].key, v[j].key)) {
                    d->mends.duplicate_keys++;
                    break;
                }
        return;
    }
    str *keys = arena_array(&d->arena, count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = v[i].key;
    qsort(keys, count, sizeof *keys, by_key);
    for (size_t i = 1; i < count; i++)
        d->mends.duplicate_keys += str_eq(keys[i], keys[i - 1]);
}

static bool push(struct json_doc *d, const struct json_value *v)
{
    if (++d->values > JSON_VALUES_MAX) {
        fail(d->e, ERR_LIMIT, "this JSON value holds more than %d values", JSON_VALUES_MAX);
        return false;
    }
    if (d->count == d->cap) {
        d->cap = d->cap ? d->cap * 2 : 64;
        d->stack = oom_resize(d->stack, d->cap * sizeof *d->stack);
    }
    d->stack[d->count++] = *v;
    return true;
}

static bool open_container(struct json_doc *d, str key)
{
    if (d->depth == JSON_DEPTH) {
        fail(d->e, ERR_LIMIT, "this JSON value is nested deeper than %d levels", JSON_DEPTH);
        return false;
    }
    d->open[d->depth++] = (struct open){.from = d->count, .key = key, .object = *d->p == '{'};
    d->p++;
    return true;
}

/* The values of the innermost container become its own; the container becomes one on the stack. */
static bool close_container(struct json_doc *d)
{
    const struct open *o = &d->open[--d->depth];
    struct json_value v = {.type = o->object ? JSON_OBJECT : JSON_ARRAY, .key = o->key};
    v.count = d->count - o->from;
    if (v.count) {
        struct json_value *kept = arena_array(&d->arena, v.count, sizeof *kept);
        memcpy(kept, d->stack + o->from, v.count * sizeof *kept);
        v.first = kept;
    }
    if (o->object)
        count_duplicates(d, v.first, v.count);
    d->count = o->from;
    d->p++;
    return push(d, &v);
}

static bool read_key(struct json_doc *d, str *key)
{
    if (d->p == d->end || *d->p != '"')
        return refuse(d, "no key");
    if (!read_string(d, key))
        return false;
    skip_blank(d);
    if (d->p == d->end || *d->p != ':')
        return refuse(d, "no colon");
    d->p++;
    skip_blank(d);
    return true;
}

/* A value that is complete, or the beginning of a container. */
static bool read_item(struct json_doc *d)
{
    struct json_value v = {0};
    if (d->depth && d->open[d->depth - 1].object && !read_key(d, &v.key))
        return false;
    if (d->p == d->end)
        return refuse(d, "the end");
    if (*d->p == '{' || *d->p == '[')
        return open_container(d, v.key);
    if (*d->p != '"')
        return read_word(d, &v) && push(d, &v);
    v.type = JSON_STRING;
    return read_string(d, &v.text) && push(d, &v);
}

/* Behind a value: the comma or the brackets that follow. *more: another item is due. */
static bool read_between(struct json_doc *d, bool *more)
{
    for (bool comma = false; d->depth;) {
        skip_blank(d);
        if (d->p == d->end)
            return refuse(d, "the end");
        const struct open *o = &d->open[d->depth - 1];
        if (*d->p == (o->object ? '}' : ']')) {
            if (!close_container(d))
                return false;
            comma = false;
        } else if (comma || d->count == o->from) {
            *more = true;
            return true;
        } else if (*d->p != ',')
            return refuse(d, "neither a comma nor a bracket");
        else {
            comma = true;
            d->p++;
        }
    }
    *more = false;
    return true;
}

enum status json_doc_read(struct json_doc *d, str text, const struct json_value **out,
                          struct err *e)
{
    arena_clear(&d->arena);
    d->count = d->values = d->depth = 0;
    d->mends = (struct json_mends){0};
    d->start = d->p = text.n ? text.p : "";
    d->end = d->p + text.n;
    struct err why = {0};
    d->e = &why;
    *out = NULL;

    if (str_starts(text, STR("\xEF\xBB\xBF")))
        d->p += 3;
    bool more = true, good = true;
    while (good && more) {
        skip_blank(d);
        good = read_item(d) && read_between(d, &more);
    }
    skip_blank(d);
    if (good && d->p < d->end)
        good = refuse(d, "something behind the value");
    if (!good)
        return fail_at(e, why.code, why.at, why.len, "%s", why.msg);
    *out = d->stack;
    return OK;
}

/* --- Accessors --------------------------------------------------------------------------------- */

enum json_type jv_type(const struct json_value *v)
{
    return v ? v->type : JSON_NOTHING;
}

static const struct json_value *member(const struct json_value *v, str key)
{
    if (jv_type(v) != JSON_OBJECT)
        return NULL;
    for (size_t i = 0; i < v->count; i++)
        if (str_eq(v->first[i].key, key))
            return &v->first[i];
    return NULL;
}

const struct json_value *jv_get(const struct json_value *v, const char *key)
{
    return member(v, str_of(key));
}

const struct json_value *jv_path(const struct json_value *v, const char *path)
{
    str rest = str_of(path);
    for (str key; v && str_split(&rest, '.', &key);)
        v = member(v, key);
    return v;
}

str jv_str(const struct json_value *v)
{
    return v ? v->text : STR("");
}

bool jv_bool(const struct json_value *v)
{
    if (jv_type(v) == JSON_STRING)
        return str_eq(v->text, STR("true"));
    if (jv_type(v) != JSON_NUMBER)
        return v && v->truth;
    for (size_t i = 0; i < v->text.n && (v->text.p[i] | 0x20) != 'e'; i++)
        if (v->text.p[i] >= '1' && v->text.p[i] <= '9')
            return true;
    return false;
}

bool jv_int(const struct json_value *v, int64_t *out)
{
    str s = jv_str(v);
    const bool negative = str_starts(s, STR("-"));
    int64_t value;
    if (!str_to_u63(str_from(s, negative), &value))
        return false;
    *out = negative ? -value : value;
    return true;
}

size_t jv_count(const struct json_value *v)
{
    return v ? v->count : 0;
}

const struct json_value *jv_at(const struct json_value *v, size_t i)
{
    return i < jv_count(v) ? &v->first[i] : NULL;
}

str jv_key(const struct json_value *v, size_t i)
{
    return jv_type(v) == JSON_OBJECT && i < v->count ? v->first[i].key : STR("");
}
