/* See suggest.h. Every handle and name is taken apart into marks that belong to one person only; marks
   that stand at two handles are evidence. */
#include "suggest.h"

#include <stdlib.h>
#include <string.h>

#include "called.h"
#include "events.h"
#include "identity.h"

enum { PHONE_MIN = 8, PHONE_MAX = 15, NUMBER_MIN = 7, MARK_MAX = 128 };

const char *evidence_text(enum evidence e)
{
    switch (e) {
    case EVIDENCE_PHONE: return "the same telephone number";
    case EVIDENCE_EMAIL: return "the same e-mail address";
    case EVIDENCE_NUMBER: return "the same number of an account";
    case EVIDENCE_RENAMED: return "renamed in an event";
    }
    return "";
}

struct mark {
    str text;
    enum evidence evidence;
    size_t who; /* into the participants */
};

struct finder {
    struct store *s;
    struct arena *a;
    struct participant_row *people;
    size_t people_count;
    struct mark *marks;
    size_t mark_count;
    struct suggestion *out;
    size_t count, cap;
};

/* ---- marks ------------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "+49 (170) 555-0143", "0049 170 5550143": digits with a country, and nothing but what parts them. */
static str phone_of(struct arena *a, str s)
{
    char digits[PHONE_MAX + 3];
    size_t n = 0;
    const bool plus = str_starts(s, STR("+"));
    for (size_t i = plus; i < s.n; i++) {
        if (is_digit(s.p[i]) && n < sizeof digits)
            digits[n++] = s.p[i];
        else if (!strchr(" -().\xC2\xA0/", s.p[i]))
            return STR("");
    }
    const bool zeros = !plus && n > 2 && digits[0] == '0' && digits[1] == '0' && digits[2] != '0';
    const size_t skip = zeros ? 2 : 0;
    if ((!plus && !zeros) || n - skip < PHONE_MIN || n - skip > PHONE_MAX)
        return STR("");
    return arena_printf(a, "+%.*s", (int)(n - skip), digits + skip);
}

static bool is_local_part(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr("._%+-", c);
}

/* The address in "Ines <i.rautenberg@example.org>", in small letters. */
static str email_of(struct arena *a, str s)
{
    const size_t at = str_find_byte(s, '@');
    if (at == STR_NONE || at == 0 || at + 1 >= s.n)
        return STR("");
    size_t from = at, end = at + 1;
    while (from && s.p[from - 1] && is_local_part(s.p[from - 1]))
        from--;
    while (end < s.n && s.p[end] && is_local_part(s.p[end]))
        end++;
    const str host = str_sub(s, at + 1, end - at - 1);
    if (from == at || str_find_byte(host, '.') == STR_NONE || host.n < 4)
        return STR("");
    char *const out = arena_cstr(a, str_sub(s, from, end - from));
    for (char *p = out; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p + ('a' - 'A'));
    return str_of(out);
}

/* "user8150000000000000002", "8150000000000000002": the number at the end of a handle. Names have no
   account's number: "anna19850214" says a birthday. */
static str number_of(str key)
{
    size_t from = key.n;
    while (from && is_digit(key.p[from - 1]))
        from--;
    const str number = str_from(key, from), before = str_sub(key, 0, from);
    static const char *const prefixes[] = {"",         "user",      "id",    "channel",
                                           "uid:",     "user:",     "user_", "tg:",
                                           "discord:", "telegram:", "vk:"};
    if (number.n < NUMBER_MIN)
        return STR("");
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (str_eq_nocase(before, str_of(prefixes[i])))
            return number;
    return STR("");
}

static void add_mark(struct finder *f, str text, enum evidence evidence, size_t who)
{
    if (text.n && text.n <= MARK_MAX)
        f->marks[f->mark_count++] = (struct mark){text, evidence, who};
}

static void add_marks(struct finder *f, size_t who)
{
    const struct participant_row *const p = &f->people[who];
    const str number = number_of(p->key);
    const bool named = !str_eq(p->key, p->name);
    add_mark(f, phone_of(f->a, p->key), EVIDENCE_PHONE, who);
    add_mark(f, email_of(f->a, p->key), EVIDENCE_EMAIL, who);
    add_mark(f, number, EVIDENCE_NUMBER, who);
    if (!named)
        return;
    add_mark(f, phone_of(f->a, p->name), EVIDENCE_PHONE, who);
    add_mark(f, email_of(f->a, p->name), EVIDENCE_EMAIL, who);
}

/* ---- pairs ------------------------------------------------------------------------------------- */

static enum status add_pair(struct finder *f, size_t x, size_t y, const struct suggestion *why,
                            struct err *e)
{
    struct identity is, other;
    enum status st = identity_of(f->s, f->people[x].id, &is, e);
    if (st == OK)
        st = identity_of(f->s, f->people[y].id, &other, e);
    if (st != OK || x == y || (is.person && is.person == other.person))
        return st;
    if (f->count == f->cap) {
        f->cap = f->cap ? 2 * f->cap : 32;
        struct suggestion *const more = arena_array(f->a, f->cap, sizeof *more);
        if (f->count)
            memcpy(more, f->out, f->count * sizeof *more);
        f->out = more;
    }
    const bool swap = f->people[y].messages > f->people[x].messages;
    struct suggestion *const out = &f->out[f->count++];
    *out = *why;
    out->a = f->people[swap ? y : x];
    out->b = f->people[swap ? x : y];
    return OK;
}

static int by_text(const void *x, const void *y)
{
    const struct mark *const a = x, *const b = y;
    if (a->evidence != b->evidence)
        return a->evidence < b->evidence ? -1 : 1;
    const int order = str_cmp(a->text, b->text);
    return order ? order : (a->who > b->who) - (a->who < b->who);
}

/* All who share a mark, each with the first of them. */
static enum status compare_marks(struct finder *f, struct err *e)
{
    enum status st = OK;
    if (f->mark_count)
        qsort(f->marks, f->mark_count, sizeof *f->marks, by_text);
    for (size_t i = 0; i < f->mark_count && st == OK;) {
        size_t k = i + 1;
        for (; k < f->mark_count && st == OK && f->marks[k].evidence == f->marks[i].evidence &&
               str_eq(f->marks[k].text, f->marks[i].text);
             k++)
            if (f->marks[k].who != f->marks[k - 1].who)
                st = add_pair(f, f->marks[i].who, f->marks[k].who,
                              &(struct suggestion){.evidence = f->marks[i].evidence,
                                                   .what = f->marks[i].text},
                              e);
        i = k;
    }
    return st;
}

/* ---- events ------------------------------------------------------------------------------------ */

static size_t index_of(const struct finder *f, int64_t id)
{
    for (size_t i = 0; i < f->people_count; i++)
        if (f->people[i].id == id)
            return i;
    return f->people_count;
}

static enum status read_rename(struct finder *f, const struct calls *calls, int64_t row,
                               struct err *e)
{
    struct arena scratch = {0};
    str text;
    const enum status st = store_text(f->s, row, &text, e);
    if (st != OK)
        return st;
    const struct event event = event_read(text);
    if (event.kind != EVENT_RENAMED)
        return OK;
    const int64_t sender = column_at(store_columns(f->s), COLUMN_SENDER, row);
    const int64_t from = event.names[0].n ? calls_find(calls, &scratch, event.names[0]) : sender;
    const int64_t to = calls_find(calls, &scratch, event.names[1]);
    arena_free(&scratch);
    if (from <= 0 || to <= 0 || from == to)
        return OK;
    const struct suggestion why = {
        .evidence = EVIDENCE_RENAMED, .what = arena_dup(f->a, str_sub(text, 0, 200)), .row = row};
    for (size_t i = 0; i < f->count; i++)
        if ((f->out[i].a.id == from && f->out[i].b.id == to) ||
            (f->out[i].a.id == to && f->out[i].b.id == from))
            return OK;
    return add_pair(f, index_of(f, from), index_of(f, to), &why, e);
}

static enum status read_events(struct finder *f, struct err *e)
{
    struct columns *const c = store_columns(f->s);
    const struct calls calls = calls_of(f->people, f->people_count, f->a);
    enum status st = OK;
    for (int64_t row = 1; row <= columns_rows(c) && st == OK; row++)
        if (TRAIT_KIND(column_at(c, COLUMN_TRAITS, row)) == KIND_EVENT)
            st = read_rename(f, &calls, row, e);
    return st == OK ? columns_failed(c, e) : st;
}

enum status suggest_joins(struct store *s, struct arena *a, struct suggestion **out, size_t *count,
                          struct err *e)
{
    struct finder f = {.s = s, .a = a};
    enum status st = store_participants(s, a, &f.people, &f.people_count, e);
    if (st != OK)
        return st;
    f.marks = arena_array(a, 5 * f.people_count + 1, sizeof *f.marks);
    for (size_t i = 0; i < f.people_count; i++)
        add_marks(&f, i);
    st = compare_marks(&f, e);
    if (st == OK)
        st = read_events(&f, e);
    *out = f.out;
    *count = f.count;
    return st;
}
