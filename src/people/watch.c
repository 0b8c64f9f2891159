/* See watch.h. */
#include "watch.h"

#include <stdlib.h>
#include <string.h>

#include "called.h"
#include "identity.h"
#include "postings.h"
#include "relations.h"
#include "tokenize.h"
#include "transliterate.h"

enum { ROWS_MAX = 100 * 1000 * 1000 };

/* ---- the list ----------------------------------------------------------------------------------- */

static bool has_words(str text)
{
    struct tokenizer t = tokenizer_of(text);
    struct token token;
    return tokenizer_next(&t, &token);
}

static bool add_spelling(struct watched *w, str text, const char *how)
{
    for (size_t i = 0; i < w->spelling_count; i++)
        if (str_eq(w->spellings[i].text, text))
            return true;
    if (w->spelling_count == SPELLINGS_MAX)
        return false;
    w->spellings[w->spelling_count++] = (struct spelled){text, how, 0};
    return true;
}

static enum status read_line(struct watched *w, str line, struct err *e)
{
    str part;
    while (str_split(&line, ';', &part)) {
        part = str_trim(part);
        if (!part.n)
            continue;
        if (part.n > NAME_BYTES_MAX || !has_words(part))
            return fail(e, ERR_QUERY, "line %d of the list: \"" STR_FMT "\" is no name to look for",
                        w->line, STR_ARG(str_sub(part, 0, 60)));
        if (!add_spelling(w, part, w->spelling_count ? "alias" : "name"))
            return fail(e, ERR_QUERY, "line %d of the list has more than %d aliases", w->line,
                        SPELLINGS_MAX - 1);
    }
    return OK;
}

enum status watch_read(struct watched **out, size_t *count, str text, struct arena *a,
                       struct err *e)
{
    size_t lines = 1;
    int number = 0;
    str line;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    *count = 0;
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_from(text, 3);
    *out = arena_array(a, lines < WATCHED_MAX ? lines : WATCHED_MAX, sizeof **out);
    while (str_split(&text, '\n', &line)) {
        number++;
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        if (*count == WATCHED_MAX)
            return fail(e, ERR_LIMIT, "the list has more than %d names", WATCHED_MAX);
        struct watched *const w = &(*out)[*count];
        w->line = number;
        const enum status st = read_line(w, line, e);
        if (st != OK)
            return st;
        *count += w->spelling_count != 0;
    }
    return *count ? OK : fail(e, ERR_QUERY, "the list has no names");
}

void watch_transliterate(struct watched *w, struct arena *a)
{
    const size_t given = w->spelling_count;
    for (size_t i = 0; i < given; i++) {
        struct spelling *all;
        const str plain = str_starts(w->spellings[i].text, STR("@"))
                              ? str_from(w->spellings[i].text, 1)
                              : w->spellings[i].text;
        const size_t count = transliterate(a, plain, &all);
        for (size_t k = 0; k < count; k++)
            (void)add_spelling(w, all[k].text, all[k].how);
    }
}

/* ---- where they stand --------------------------------------------------------------------------- */

struct pool {
    int64_t *p;
    size_t count, cap;
};

static void add_rows(struct pool *pool, const int64_t *rows, size_t count)
{
    if (pool->count + count > pool->cap) {
        pool->cap = 2 * (pool->count + count);
        pool->p = realloc(pool->p, pool->cap * sizeof *pool->p);
        if (!pool->p)
            abort();
    }
    if (count)
        memcpy(pool->p + pool->count, rows, count * sizeof *rows);
    pool->count += count;
}

static int by_number(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static void settle(struct pool *pool)
{
    size_t kept = 0;
    if (!pool->count)
        return;
    qsort(pool->p, pool->count, sizeof *pool->p, by_number);
    for (size_t i = 0; i < pool->count; i++)
        if (!kept || pool->p[kept - 1] != pool->p[i])
            pool->p[kept++] = pool->p[i];
    pool->count = kept;
}

/* The words of a spelling as a phrase; of an @handle the handle as a whole. */
static struct phrase words_of(struct arena *a, str text, bool handle)
{
    str *const words = arena_array(a, POSTINGS_WORDS_MAX, sizeof *words);
    struct phrase p = {words, 0};
    struct tokenizer t = tokenizer_of(text);
    struct token token;
    while (p.count < POSTINGS_WORDS_MAX && tokenizer_next(&t, &token)) {
        if (token.whole != handle)
            continue;
        words[p.count++] = arena_dup(a, token.word);
        if (handle)
            break;
    }
    return p;
}

static enum status add_phrase(struct store *s, struct phrase p, struct arena *a, struct pool *out,
                              struct err *e)
{
    struct postings found;
    if (!p.count)
        return OK;
    const enum status st = postings_of(s, p, ROWS_MAX, a, &found, e);
    if (st == OK)
        add_rows(out, found.rows, found.count);
    return st;
}

/* "Harbour Watch" stands as two words, as @harbour_watch and as @harbourwatch; "@irau" as a handle. */
static enum status find_spelling(struct store *s, struct spelled *x, struct arena *a,
                                 struct pool *out, struct err *e)
{
    struct pool own = {.count = 0};
    const bool handle = str_starts(x->text, STR("@"));
    const str bare = handle ? str_from(x->text, 1) : x->text;
    const struct phrase words = words_of(a, bare, false);
    enum status st = handle ? OK : add_phrase(s, words, a, &own, e);
    for (int joined = 0; joined < 2 && st == OK; joined++) {
        str name = STR("@");
        for (size_t i = 0; i < words.count; i++)
            name = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(name), i && !joined ? "_" : "",
                                STR_ARG(words.words[i]));
        st = add_phrase(s, words_of(a, name, true), a, &own, e);
    }
    settle(&own);
    x->messages = own.count;
    add_rows(out, own.p, own.count);
    free(own.p);
    return st;
}

/* ---- marked mentions ---------------------------------------------------------------------------- */

struct marked {
    int64_t row, participant;
};
struct marks {
    struct marked *p;
    size_t count, cap;
};

static void add_mark(void *context, const struct relation *r)
{
    struct marks *const m = context;
    if (r->kind != RELATION_MENTION)
        return;
    if (m->count == m->cap) {
        m->cap = m->cap ? 2 * m->cap : 1024;
        m->p = realloc(m->p, m->cap * sizeof *m->p);
        if (!m->p)
            abort();
    }
    m->p[m->count++] = (struct marked){r->row, r->other};
}

struct finder {
    struct store *s;
    struct arena *a;
    struct participant_row *people;
    size_t people_count;
    struct marks marks;
};

/* Everybody who is called so: several may be. */
static void add_marked(const struct finder *f, struct spelled *x, struct pool *out)
{
    const str wanted = called_plain(f->a, x->text);
    for (size_t i = 0; i < f->people_count && f->marks.count; i++) {
        const struct participant_row *const p = &f->people[i];
        if (!str_eq(called_plain(f->a, p->name), wanted) &&
            !str_eq(called_plain(f->a, p->key), wanted))
            continue;
        for (size_t k = 0; k < f->marks.count; k++)
            if (f->marks.p[k].participant == p->id)
                add_rows(out, &f->marks.p[k].row, 1);
    }
}

/* ---- by whom, when ------------------------------------------------------------------------------ */

static int by_messages(const void *x, const void *y)
{
    const struct mentioner *const a = x, *const b = y;
    if (a->messages != b->messages)
        return a->messages > b->messages ? -1 : 1;
    return (a->participant > b->participant) - (a->participant < b->participant);
}

static struct mentioner *mentioner_of(struct watched *w, int64_t participant)
{
    for (size_t i = 0; i < w->by_count; i++)
        if (w->by[i].participant == participant)
            return &w->by[i];
    w->by[w->by_count] = (struct mentioner){.participant = participant, .person = STR("")};
    return &w->by[w->by_count++];
}

static void note_time(struct watched *w, int64_t wall_ms)
{
    if (w->first_wall_ms == TIME_NONE || wall_ms < w->first_wall_ms)
        w->first_wall_ms = wall_ms;
    if (wall_ms > w->last_wall_ms)
        w->last_wall_ms = wall_ms;
}

static enum status name_mentioners(const struct finder *f, struct watched *w, struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < w->by_count && st == OK; i++) {
        struct mentioner *const m = &w->by[i];
        struct identity is;
        m->name = STR("(system)");
        for (size_t k = 0; k < f->people_count; k++)
            if (f->people[k].id == m->participant)
                m->name = f->people[k].name.n ? f->people[k].name : f->people[k].key;
        st = identity_of(f->s, m->participant, &is, e);
        if (st == OK)
            m->person = arena_dup(f->a, is.name);
    }
    return st;
}

static enum status sum_up(const struct finder *f, struct watched *w, struct err *e)
{
    struct columns *const c = store_columns(f->s);
    w->first_wall_ms = w->last_wall_ms = TIME_NONE;
    w->by = arena_array(f->a, f->people_count + 2, sizeof *w->by);
    for (size_t i = 0; i < w->row_count; i++) {
        const int64_t row = w->rows[i];
        mentioner_of(w, column_at(c, COLUMN_SENDER, row))->messages++;
        if (TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) != BASIS_NONE)
            note_time(w, column_at(c, COLUMN_TIME, row) +
                             column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE);
    }
    if (w->by_count)
        qsort(w->by, w->by_count, sizeof *w->by, by_messages);
    const enum status st = name_mentioners(f, w, e);
    return st == OK ? columns_failed(c, e) : st;
}

static enum status find_one(const struct finder *f, struct watched *w, struct err *e)
{
    struct pool rows = {.count = 0};
    enum status st = OK;
    for (size_t i = 0; i < w->spelling_count && st == OK; i++) {
        st = find_spelling(f->s, &w->spellings[i], f->a, &rows, e);
        if (st == OK)
            add_marked(f, &w->spellings[i], &rows);
    }
    settle(&rows);
    w->rows = arena_array(f->a, rows.count + 1, sizeof *w->rows);
    w->row_count = rows.count;
    if (rows.count)
        memcpy(w->rows, rows.p, rows.count * sizeof *w->rows);
    free(rows.p);
    return st == OK ? sum_up(f, w, e) : st;
}

enum status watch_find(struct store *s, struct watched *names, size_t count, struct arena *a,
                       struct err *e)
{
    struct finder f = {.s = s, .a = a};
    enum status st = store_participants(s, a, &f.people, &f.people_count, e);
    if (st == OK)
        st = store_relations(s, add_mark, &f.marks, e);
    for (size_t i = 0; i < count && st == OK; i++)
        st = find_one(&f, &names[i], e);
    free(f.marks.p);
    return st;
}
