/*
 * Speaker and date, compared with what the archive shows.
 */
#include "claims.h"

#include "identity.h"
#include "tokenize.h"

enum { CLAIM_WORDS_MAX = 64 };

struct claim_words {
    str text;
    struct token tokens[CLAIM_WORDS_MAX]; /* `word` is not kept: compare spans through `folded` */
    str folded[CLAIM_WORDS_MAX];
    size_t count;
};

static void cut_claim(struct claim_words *out, struct arena *a, str text)
{
    struct tokenizer t = tokenizer_of(text);
    out->text = text;
    out->count = 0;
    while (out->count < CLAIM_WORDS_MAX && tokenizer_next(&t, &out->tokens[out->count])) {
        if (out->tokens[out->count].whole)
            continue;
        out->folded[out->count] = arena_dup(a, out->tokens[out->count].word);
        out->count++;
    }
}

/* Where a name stands as whole words: index of its first word, or count if it does not. */
static size_t find_name(const struct claim_words *c, const struct claim_words *name)
{
    for (size_t i = 0; name->count && i + name->count <= c->count; i++) {
        size_t k = 0;
        while (k < name->count && str_eq(c->folded[i + k], name->folded[k]))
            k++;
        if (k == name->count)
            return i;
    }
    return c->count;
}

static bool is_wrapper(str word)
{
    static const char *const list[] = {
        "the",   "account", "user",    "twitter",  "handle", "mr",   "mrs",
        "ms",    "dr",      "member",  "called",   "named",  "said", "says",
        "wrote", "writes",  "tweeted", "official", "group",  "chat", "participant"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (str_eq(word, str_of(list[i])))
            return true;
    return false;
}

/* "the Anna account", "Anna (in a direct message)", "Anna, who wrote to Bob" name Anna; "not Anna", "a
   friend of Anna", "Anna's lawyer" and "Bob (through the Anna account)" do not. */
static bool names_plainly(const struct claim_words *c, size_t at, size_t words)
{
    for (size_t i = 0; i < at; i++)
        if (!is_wrapper(c->folded[i]))
            return false;
    const size_t behind = at + words;
    if (behind >= c->count || is_wrapper(c->folded[behind]))
        return true;
    for (size_t i = c->tokens[behind - 1].end; i < c->tokens[behind].at; i++)
        if (c->text.p[i] == ',' || c->text.p[i] == '(')
            return true;
    return false;
}

/* The longest name of a participant that stands in the claim, whoever it is. */
static const struct participant_row *longest_name(const struct names *names, struct arena *a,
                                                  const struct claim_words *claimed, size_t *at,
                                                  size_t *words)
{
    const struct participant_row *best = NULL;
    struct claim_words *name = arena_alloc(a, sizeof *name);
    for (size_t i = 0; i < 2 * names->count; i++) {
        const struct participant_row *p = &names->rows[i / 2];
        cut_claim(name, a, i % 2 || !p->name.n ? p->key : p->name);
        const size_t found = find_name(claimed, name);
        const bool better = found < claimed->count &&
                            (!best || found < *at || (found == *at && name->count > *words));
        if (!better)
            continue;
        best = p;
        *at = found;
        *words = name->count;
    }
    return best;
}

/* A person to whom handles were joined, by the name that the analyst gave. */
static const struct person *named_person(const struct names *names, str claimed)
{
    const struct person *best = NULL;
    struct arena a = {0};
    struct claim_words *const words = arena_alloc(&a, sizeof *words);
    struct claim_words *const name = arena_alloc(&a, sizeof *name);
    size_t longest = 0;
    cut_claim(words, &a, claimed);
    for (size_t i = 0; i < names->person_count; i++) {
        cut_claim(name, &a, names->persons[i].name);
        const size_t at = find_name(words, name);
        if (!names->persons[i].held || at >= words->count || name->count <= longest ||
            !names_plainly(words, at, name->count))
            continue;
        best = &names->persons[i];
        longest = name->count;
    }
    arena_free(&a);
    return best;
}

static int64_t first_handle(const struct person *p)
{
    for (size_t i = 0; i < p->handle_count; i++)
        if (p->handles[i].ended_ms == TIME_NONE)
            return p->handles[i].participant;
    return 0;
}

static bool holds(const struct person *p, int64_t participant)
{
    for (size_t i = 0; i < p->handle_count; i++)
        if (p->handles[i].participant == participant && p->handles[i].ended_ms == TIME_NONE)
            return true;
    return false;
}

/* A handle comes first: that a quotation is attributed to it says just that. */
static int64_t named_handle(const struct names *names, str claimed)
{
    struct arena a = {0};
    struct claim_words *words = arena_alloc(&a, sizeof *words);
    cut_claim(words, &a, claimed);
    size_t at = 0, count = 0;
    const struct participant_row *named = longest_name(names, &a, words, &at, &count);
    const int64_t id = named && names_plainly(words, at, count) ? named->id : 0;
    arena_free(&a);
    return id;
}

int64_t claim_sender(const struct names *names, str claimed)
{
    if (!claimed.n)
        return 0;
    const int64_t handle = named_handle(names, claimed);
    const struct person *const person = handle ? NULL : named_person(names, claimed);
    return person ? first_handle(person) : handle;
}

enum agreement claim_speaker(const struct names *names, str claimed, int64_t sender_id)
{
    if (!claimed.n)
        return CLAIM_NONE;
    const int64_t handle = named_handle(names, claimed);
    if (handle)
        return handle == sender_id ? CLAIM_AGREES : CLAIM_DIFFERS;
    const struct person *const person = named_person(names, claimed);
    if (!person)
        return CLAIM_UNVERIFIABLE;
    return holds(person, sender_id) ? CLAIM_AGREES : CLAIM_DIFFERS;
}

static bool inside(const struct date_range *r, int64_t ms)
{
    return (r->from_ms == TIME_NONE || ms >= r->from_ms) &&
           (r->to_ms == TIME_NONE || ms < r->to_ms);
}

enum agreement claim_date(const struct claim *c, const struct message_time *t, str *zone)
{
    *zone = STR("");
    if (c->when.from_ms == TIME_NONE && c->when.to_ms == TIME_NONE)
        return c->date.n ? CLAIM_UNVERIFIABLE : CLAIM_NONE;
    if (t->basis == BASIS_NONE || t->wall_ms == TIME_NONE)
        return CLAIM_UNVERIFIABLE;
    if (inside(&c->when, t->wall_ms))
        return CLAIM_AGREES;
    if (t->utc_ms != t->wall_ms && inside(&c->when, t->utc_ms)) {
        *zone = STR("UTC");
        return CLAIM_AGREES_IN_ZONE;
    }
    if (c->zone) {
        /* The stamp's own zone is not known (assumed UTC): it may be the one that was given, and the
           date the writer's, in UTC. So both readings are tried. */
        int64_t utc;
        const int64_t there = t->utc_ms + zone_offset_min(c->zone, t->utc_ms) * MS_PER_MINUTE;
        if (inside(&c->when, there)) {
            *zone = zone_name(c->zone);
            return CLAIM_AGREES_IN_ZONE;
        }
        (void)zone_to_utc(c->zone, t->wall_ms, &utc);
        if (t->basis == BASIS_ASSUMED && inside(&c->when, utc)) {
            *zone = STR("UTC");
            return CLAIM_AGREES_IN_ZONE;
        }
    }
    return CLAIM_DIFFERS;
}
