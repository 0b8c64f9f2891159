/*
 * See regex.h. Compiled once with the query, with JIT where the machine allows it; a match that goes
 * beyond the limits is reported. https://www.pcre.org/current/doc/html/pcre2api.html
 */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "regex.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

enum {
    NESTING_MAX = 50,
    MATCH_LIMIT = 2000000,
    DEPTH_LIMIT = 50000,
    HEAP_LIMIT_KIB = 64 << 10,
    COVERS_MAX = 16,
    LITERAL_MAX = 400
};

struct regex {
    struct regex *next;
    bool ignore_case;
    char pattern[REGEX_MAX_BYTES + 1];
    size_t n;
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *limits;
};

static bool wants_unicode_classes(str p)
{
    static const char *const uses[] = {"\\w", "\\W", "\\b", "\\B", "[[:", "[^[:"};
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        if (str_find(p, str_of(uses[i])) != STR_NONE)
            return true;
    return false;
}

/* PCRE2's sentences are fit for users; only where the pattern ends early they need a hand. */
static enum status fail_compile(int number, size_t at, str pattern, struct err *e)
{
    PCRE2_UCHAR text[200] = "";
    (void)pcre2_get_error_message(number, text, sizeof text);
    if (at >= pattern.n && at > 0)
        at = pattern.n - 1;
    return fail_at(e, ERR_QUERY, at, 1, "in this regular expression: %s", (const char *)text);
}

static enum status compile(struct regex *r, struct err *e)
{
    int number = 0;
    size_t at = 0;
    const str pattern = {r->pattern, r->n};
    uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C;
    if (r->ignore_case)
        options |= PCRE2_CASELESS;
    if (wants_unicode_classes(pattern))
        options |= PCRE2_UCP;
    pcre2_compile_context *c = pcre2_compile_context_create(NULL);
    pcre2_set_parens_nest_limit(c, NESTING_MAX);
    r->code = pcre2_compile((PCRE2_SPTR)r->pattern, r->n, options, &number, &at, c);
    pcre2_compile_context_free(c);
    if (!r->code)
        return fail_compile(number, at, pattern, e);
    /* A sandbox may forbid code made at run time: then PCRE2 interprets. */
    (void)pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE);
    r->data = pcre2_match_data_create(1, NULL);
    r->limits = pcre2_match_context_create(NULL);
    if (!r->data || !r->limits)
        return fail(e, ERR_LIMIT, "out of memory");
    pcre2_set_match_limit(r->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(r->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(r->limits, HEAP_LIMIT_KIB);
    return OK;
}

enum status regex_compile(struct regex **out, struct regex **list, str pattern, bool ignore_case,
                          struct err *e)
{
    *out = NULL;
    if (pattern.n > REGEX_MAX_BYTES)
        return fail_at(e, ERR_QUERY, REGEX_MAX_BYTES, 1,
                       "a regular expression has at most %d bytes", REGEX_MAX_BYTES);
    struct regex *r = calloc(1, sizeof *r);
    if (!r)
        return fail(e, ERR_LIMIT, "out of memory");
    r->ignore_case = ignore_case;
    r->n = pattern.n;
    memcpy(r->pattern, pattern.p, pattern.n);
    r->next = *list;
    *list = r;
    const enum status st = compile(r, e);
    if (st == OK)
        *out = r;
    return st;
}

void regex_free_all(struct regex *list)
{
    while (list) {
        struct regex *next = list->next;
        pcre2_match_data_free(list->data);
        pcre2_match_context_free(list->limits);
        pcre2_code_free(list->code);
        free(list);
        list = next;
    }
}

bool regex_ignores_case(const struct regex *r)
{
    return r->ignore_case;
}

enum status regex_next(struct regex *r, str text, size_t *at, struct span *match, bool *found,
                       struct err *e)
{
    *found = false;
    if (*at > text.n)
        return OK;
    const int rc = pcre2_match(r->code, (PCRE2_SPTR)(text.n ? text.p : ""), text.n, *at,
                               PCRE2_NO_UTF_CHECK, r->data, r->limits);
    if (rc == PCRE2_ERROR_NOMATCH)
        return OK;
    if (rc < 0) {
        (void)fail(e, ERR_LIMIT, "/%s/ is too costly for a message of %zu bytes", r->pattern,
                   text.n);
        return fail_hint(e, "simplify it: nested repetitions such as (a+)+ are the usual cause");
    }
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(r->data);
    *match = (struct span){ends[0], ends[1]};
    *found = true;
    *at = ends[1];
    /* A match without characters would be found for ever: move on by one. */
    if (ends[0] >= ends[1]) {
        ++*at;
        while (*at < text.n && ((unsigned char)text.p[*at] & 0xC0) == 0x80)
            ++*at;
    }
    return OK;
}

/* ---- what must stand there ------------------------------------------------------------------ */

/*
 * Reads the pattern's outermost sequence and collects its literal runs. Whatever is not understood to
 * the last detail ends the run before it; alternatives at the top end everything.
 */
struct literals {
    struct arena *a;
    str rest; /* of the pattern */
    char run[LITERAL_MAX];
    size_t n, last; /* bytes in the run; where its last character begins */
    struct text *covers;
    size_t count;
    bool hopeless;
};

static void end_run(struct literals *l)
{
    if (l->n && l->count < COVERS_MAX) {
        const struct text t = bytes_cover(l->a, arena_dup(l->a, (str){l->run, l->n}));
        if (t.count)
            l->covers[l->count++] = t;
    }
    l->n = l->last = 0;
}

static void add_literal(struct literals *l, str bytes)
{
    if (l->n + bytes.n > sizeof l->run)
        end_run(l);
    l->last = l->n;
    memcpy(l->run + l->n, bytes.p, bytes.n);
    l->n += bytes.n;
}

static size_t character_bytes(str s)
{
    size_t n = 1;
    while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n++;
    return n;
}

/* Skips [...]; false if it does not end as simply as it begins. */
static bool skip_class(struct literals *l)
{
    size_t i = 1;
    if (i < l->rest.n && l->rest.p[i] == '^')
        i++;
    if (i < l->rest.n && l->rest.p[i] == ']')
        i++;
    for (; i < l->rest.n; i++) {
        if (l->rest.p[i] == '\\') {
            i++;
            continue;
        }
        if (l->rest.p[i] == '[')
            return false;
        if (l->rest.p[i] == ']') {
            l->rest = str_from(l->rest, i + 1);
            return true;
        }
    }
    return false;
}

/* Skips a plain group; options and the like, which change what follows, are not plain. */
static bool skip_group(struct literals *l)
{
    int depth = 0;
    if (l->rest.n > 2 && l->rest.p[1] == '?' && l->rest.p[2] != ':')
        return false;
    if (l->rest.n > 1 && l->rest.p[1] == '*')
        return false;
    while (l->rest.n) {
        const char c = l->rest.p[0];
        if (c == '[') {
            if (!skip_class(l))
                return false;
            continue;
        }
        if (c == '(' && str_starts(str_from(l->rest, 1), STR("?")) &&
            !str_starts(str_from(l->rest, 1), STR("?:")))
            return false;
        depth += c == '(';
        depth -= c == ')';
        l->rest = str_from(l->rest, c == '\\' ? 2 : 1);
        if (depth == 0)
            return true;
    }
    return false;
}

/* ? * + {..} behind what was just read: what may be missing was no part of the run. */
static void take_quantifier(struct literals *l)
{
    const char c = l->rest.n ? l->rest.p[0] : 0;
    if (c != '?' && c != '*' && c != '+' && c != '{')
        return;
    if (c != '+')
        l->n = l->last;
    end_run(l);
    size_t n = 1;
    if (c == '{') {
        const size_t close = str_find_byte(l->rest, '}');
        l->hopeless = close == STR_NONE;
        n = l->hopeless ? l->rest.n : close + 1;
    }
    l->rest = str_from(l->rest, n);
    if (l->rest.n && (l->rest.p[0] == '?' || l->rest.p[0] == '+'))
        l->rest = str_from(l->rest, 1);
}

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void read_escape(struct literals *l)
{
    static const char simple[] = "dDsSwWbBhHvVNRAzZG";
    const char c = l->rest.n > 1 ? l->rest.p[1] : 0;
    if (c && !is_alphanumeric(c) && (unsigned char)c < 0x80) {
        add_literal(l, str_sub(l->rest, 1, 1));
    } else if (c && strchr(simple, c)) {
        end_run(l);
    } else { /* \Q \p \x \1 \K ... */
        l->hopeless = true;
        return;
    }
    l->rest = str_from(l->rest, 2);
}

static void read_one(struct literals *l)
{
    const char c = l->rest.p[0];
    if (c == '\\') {
        read_escape(l);
    } else if (c == '(' || c == '[') {
        end_run(l);
        if (c == '(' ? !skip_group(l) : !skip_class(l))
            l->hopeless = true;
    } else if (c == '|' || c == ')') {
        l->hopeless = true;
    } else if (c == '.' || c == '^' || c == '$') {
        end_run(l);
        l->rest = str_from(l->rest, 1);
    } else {
        const size_t n = character_bytes(l->rest);
        add_literal(l, str_sub(l->rest, 0, n));
        l->rest = str_from(l->rest, n);
    }
    if (!l->hopeless)
        take_quantifier(l);
}

struct text *regex_cover(const struct regex *r, struct arena *a, size_t *count)
{
    struct literals l = {.a = a, .rest = {r->pattern, r->n}};
    l.covers = arena_array(a, COVERS_MAX, sizeof *l.covers);
    while (l.rest.n && !l.hopeless)
        read_one(&l);
    if (!l.hopeless)
        end_run(&l);
    *count = l.hopeless ? 0 : l.count;
    return l.covers;
}
