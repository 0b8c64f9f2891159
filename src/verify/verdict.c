/*
 * From alignments to a verdict. The order of reasoning: which place is it; is it the same; is it the
 * only one; who and when; what was searched. Thresholds are words, not scores, and are documented in
 * docs/verdicts.md.
 */
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "identity.h"
#include "lay.h"
#include "postings.h"
#include "splice.h"
#include "tokenize.h"
#include "verify.h"

enum {
    SHORT_WORDS = 2,             /* up to here a quotation identifies nothing if it stands twice */
    ALTERED_COST_PER_WORD = 600, /* thousandths: above, no longer called this message */
    ALTERED_WORDS_PERCENT = 50,  /* of the quotation's words must stand there in order */
    NEAR_WORDS_PERCENT = 34,
    JOINED_ACROSS_MS = 10 * 60 * 1000,
    NEAREST_LISTED = 3,
    WORD_MESSAGES_MAX = 2000,
    TYPO_MESSAGES_MAX = 3 /* a spelling that stands in more messages is nobody's slip */
};

struct verifier {
    struct store *store;
    struct arena arena;
    struct names names;
    struct conversation_row *conversations;
    size_t conversation_count;
};

enum status verifier_open(struct verifier **out, struct store *s, struct err *e)
{
    struct verifier *v = calloc(1, sizeof *v);
    if (!v)
        return fail(e, ERR_LIMIT, "out of memory");
    v->store = s;
    struct participant_row *rows;
    enum status st = store_participants(s, &v->arena, &rows, &v->names.count, e);
    struct person *persons = NULL;
    if (st == OK)
        st = identity_persons(s, &v->arena, &persons, &v->names.person_count, e);
    if (st == OK)
        st = store_conversations(s, &v->arena, &v->conversations, &v->conversation_count, e);
    if (st != OK) {
        verifier_close(v);
        return st;
    }
    v->names.rows = rows;
    v->names.persons = persons;
    *out = v;
    return OK;
}

void verifier_close(struct verifier *v)
{
    if (!v)
        return;
    arena_free(&v->arena);
    free(v);
}

/* One quotation on its way to a verdict. */
struct check {
    struct verifier *verifier;
    const struct claim *claim;
    struct arena *arena;
    struct verdict *out;
};

/* ---- what one laid place amounts to ------------------------------------------------------------------- */

static enum verdict_kind kind_of(const struct findings *f)
{
    enum verdict_kind kind = VERDICT_VERBATIM;
    for (size_t i = 0; i < f->difference_count; i++) {
        const enum piece_kind class = difference_class(f->differences[i].kind);
        const enum verdict_kind k = class == PIECE_CHANGED  ? VERDICT_ALTERED
                                    : class == PIECE_MARKED ? VERDICT_MARKED
                                                            : VERDICT_TYPOGRAPHIC;
        if (k > kind)
            kind = k;
    }
    return kind;
}

/* The last guard of "verbatim": the bytes themselves must stand in the message. Whatever the walk over
   words did not look at (a mark before the first word, say) is found here. */
static void guard_verbatim(struct verdict *v)
{
    size_t quoted = 0;
    bool stands = true;
    for (size_t i = 0; i < v->message_count; i++) {
        const struct quoted_message *m = &v->messages[i];
        if (m->passed_over || m->from == m->to)
            continue;
        quoted++;
        stands &= str_find(v->quote, str_sub(m->stored.message.text, m->from, m->to - m->from)) !=
                  STR_NONE;
    }
    if (quoted == 1)
        stands &= str_find(v->messages[0].stored.message.text, str_trim(v->quote)) != STR_NONE;
    if (v->kind == VERDICT_VERBATIM && !stands)
        v->kind = VERDICT_TYPOGRAPHIC;
}

static bool is_source(const struct laid *l)
{
    return l->words_of > 0 && laid_cost_per_word(l) <= ALTERED_COST_PER_WORD &&
           l->words_equal * 100 >= l->words_of * ALTERED_WORDS_PERCENT;
}

static bool is_near(const struct laid *l)
{
    return l->words_of > 0 && l->words_equal >= 3 &&
           l->words_equal * 100 >= l->words_of * NEAR_WORDS_PERCENT;
}

/* A place with what is said about it: for choosing among equals. */
struct candidate_place {
    const struct laid *laid;
    enum verdict_kind kind;
    int fits; /* claims that agree, minus claims that differ */
};

static int fit_of(enum agreement a)
{
    return a == CLAIM_AGREES || a == CLAIM_AGREES_IN_ZONE ? 1 : a == CLAIM_DIFFERS ? -1 : 0;
}

static enum status judge_place(const struct check *k, const struct laid *l,
                               struct candidate_place *out, struct err *e)
{
    struct findings f = {.arena = k->arena};
    findings_add(&f, l);
    struct stored m;
    const enum status st = store_message(k->verifier->store, laid_first_row(l), k->arena, &m, e);
    if (st != OK)
        return st;
    str zone;
    const enum agreement who = claim_speaker(&k->verifier->names, k->claim->speaker, m.sender_id);
    const enum agreement when = claim_date(k->claim, &m.message.time, &zone);
    *out = (struct candidate_place){
        .laid = l, .kind = kind_of(&f), .fits = fit_of(who) + fit_of(when)};
    return OK;
}

/* Those that cost the same as the cheapest, the best first: claims count before differences, then the
   older one. `equals` are the places that nothing tells apart from the best, itself included. */
struct choice {
    struct candidate_place *places;
    size_t count, equals;
};

static enum status choose(const struct check *k, const struct laid_list *list, struct choice *out,
                          struct err *e)
{
    size_t n = 1;
    while (n < list->count && list->laid[n].alignment.cost == list->laid[0].alignment.cost)
        n++;
    struct candidate_place *p = arena_array(k->arena, n, sizeof *p);
    size_t best = 0;
    for (size_t i = 0; i < n; i++) {
        const enum status st = judge_place(k, &list->laid[i], &p[i], e);
        if (st != OK)
            return st;
        if (p[i].fits > p[best].fits || (p[i].fits == p[best].fits && p[i].kind < p[best].kind))
            best = i;
    }
    *out = (struct choice){.places = p, .count = n};
    for (size_t i = 0; i < n; i++)
        out->equals += p[i].fits == p[best].fits &&
                       (p[i].kind == p[best].kind || p[i].kind <= VERDICT_TYPOGRAPHIC);
    const struct candidate_place first = p[best];
    memmove(p + 1, p, best * sizeof *p);
    p[0] = first;
    return OK;
}

/* ---- filling the verdict ---------------------------------------------------------------------------------- */

static enum status load_messages(const struct check *k, struct findings *f, struct err *e)
{
    int64_t before = TIME_NONE;
    for (size_t i = 0; i < f->message_count; i++) {
        struct quoted_message *m = &f->messages[i];
        const int64_t row = m->stored.row;
        enum status st = store_message(k->verifier->store, row, k->arena, &m->stored, e);
        struct witness *w;
        size_t n;
        if (st == OK)
            st = store_witnesses(k->verifier->store, row, k->arena, &w, &n, e);
        if (st != OK)
            return st;
        if (n)
            m->witness = w[0];
        const int64_t now = m->stored.message.time.utc_ms;
        m->since_previous_ms = before == TIME_NONE || now == TIME_NONE ? TIME_NONE : now - before;
        before = now;
    }
    return OK;
}

/* Flags that the messages raise: spans, partial, several senders, a long silence inside. */
static void judge_messages(struct verdict *v)
{
    size_t quoted = 0;
    int64_t sender = -1, last = TIME_NONE;
    for (size_t i = 0; i < v->message_count; i++) {
        const struct quoted_message *m = &v->messages[i];
        if (m->passed_over || m->from == m->to)
            continue;
        quoted++;
        if (sender != -1 && m->stored.sender_id != sender)
            v->flags |= VFLAG_SPEAKERS_MIXED;
        sender = m->stored.sender_id;
        const int64_t now = m->stored.message.time.utc_ms;
        const int64_t apart = last == TIME_NONE || now == TIME_NONE ? 0 : llabs(now - last);
        if (apart > v->joined_across_ms)
            v->joined_across_ms = apart;
        last = now;
        struct tokenizer head = tokenizer_of(str_sub(m->stored.message.text, 0, m->from));
        struct tokenizer tail = tokenizer_of(str_from(m->stored.message.text, m->to));
        struct token tok;
        if (tokenizer_next(&head, &tok) || tokenizer_next(&tail, &tok))
            v->flags |= VFLAG_PARTIAL;
    }
    if (quoted > 1)
        v->flags |= VFLAG_SPANS;
    if (v->joined_across_ms > JOINED_ACROSS_MS)
        v->flags |= VFLAG_JOINED_ACROSS;
    else
        v->joined_across_ms = 0;
}

/* By how much the stamps would have to be off UTC for a claimed date to be right, if that is possible
   at all: zones run from 12 hours behind to 14 ahead. */
static int64_t shift_needed(const struct claim *c, const struct message_time *t)
{
    if (t->basis != BASIS_ASSUMED)
        return 0;
    if (c->when.from_ms != TIME_NONE && t->wall_ms < c->when.from_ms)
        return c->when.from_ms - t->wall_ms <= 12 * MS_PER_HOUR ? c->when.from_ms - t->wall_ms : 0;
    if (c->when.to_ms != TIME_NONE && t->wall_ms >= c->when.to_ms)
        return t->wall_ms - c->when.to_ms < 14 * MS_PER_HOUR ? c->when.to_ms - 1 - t->wall_ms : 0;
    return 0;
}

/* Speaker and date of the quoted messages: every one of them must agree. */
static void judge_claims(const struct check *k)
{
    struct verdict *out = k->out;
    for (size_t i = 0; i < out->message_count; i++) {
        const struct quoted_message *m = &out->messages[i];
        if (m->passed_over || m->from == m->to)
            continue;
        str zone;
        const enum agreement who =
            claim_speaker(&k->verifier->names, k->claim->speaker, m->stored.sender_id);
        const enum agreement when = claim_date(k->claim, &m->stored.message.time, &zone);
        if (out->speaker == CLAIM_NONE || who == CLAIM_DIFFERS)
            out->speaker = who;
        if (out->date == CLAIM_NONE || when == CLAIM_DIFFERS ||
            (when != CLAIM_AGREES && out->date == CLAIM_AGREES)) {
            out->date = when;
            out->date_zone = zone;
        }
        if (when == CLAIM_DIFFERS)
            out->date_shift_ms = shift_needed(k->claim, &m->stored.message.time);
    }
    if (out->speaker == CLAIM_DIFFERS)
        out->flags |= VFLAG_SPEAKER_DIFFERS;
    if (out->speaker == CLAIM_UNVERIFIABLE)
        out->flags |= VFLAG_SPEAKER_UNVERIFIABLE;
    if (out->date == CLAIM_DIFFERS)
        out->flags |= VFLAG_DATE_DIFFERS;
    if (out->date == CLAIM_UNVERIFIABLE)
        out->flags |= VFLAG_DATE_UNVERIFIABLE;
    if (out->date == CLAIM_AGREES_IN_ZONE)
        out->flags |= VFLAG_DATE_AGREES_IN;
}

/* In how many messages the first word of a text stands, counted up to a bound. */
static enum status count_messages(const struct check *k, str text, size_t *count, struct err *e)
{
    struct tokenizer t = tokenizer_of(text);
    struct token tok;
    struct postings p = {0};
    enum status st = OK;
    if (tokenizer_next(&t, &tok))
        st = postings_of(k->verifier->store, (struct phrase){&tok.word, 1}, WORD_MESSAGES_MAX,
                         k->arena, &p, e);
    *count = p.count;
    return st;
}

/* A respelt word that the archive knows better in the quotation's spelling: somebody corrected a typo. */
static enum status find_corrections(const struct check *k, struct findings *f, struct err *e)
{
    for (size_t i = 0; i < f->difference_count; i++) {
        struct difference *d = &f->differences[i];
        if (d->kind != DIFF_RESPELT)
            continue;
        size_t quoted, source;
        enum status st = count_messages(k, d->quoted, &quoted, e);
        if (st == OK)
            st = count_messages(k, d->source, &source, e);
        if (st != OK)
            return st;
        if (source <= TYPO_MESSAGES_MAX && quoted >= 4 * source) {
            d->flags |= VFLAG_TYPO_CORRECTED;
            f->flags |= VFLAG_TYPO_CORRECTED;
        }
    }
    return OK;
}

static enum status fill(const struct check *k, struct findings *f, struct err *e)
{
    struct verdict *out = k->out;
    findings_finish(f);
    enum status st = find_corrections(k, f, e);
    if (st == OK)
        st = load_messages(k, f, e);
    if (st != OK)
        return st;
    out->differences = f->differences;
    out->difference_count = f->difference_count;
    out->pieces = f->pieces;
    out->piece_count = f->piece_count;
    out->messages = f->messages;
    out->message_count = f->message_count;
    out->flags |= f->flags;
    judge_messages(out);
    judge_claims(k);
    return OK;
}

static enum status add_other(const struct check *k, const struct laid *l, struct other_place *o,
                             struct err *e)
{
    const enum status st =
        store_message(k->verifier->store, laid_first_row(l), k->arena, &o->stored, e);
    if (st != OK)
        return st;
    str zone;
    o->words_equal = l->words_equal;
    o->words_of = l->words_of;
    o->fits_speaker =
        claim_speaker(&k->verifier->names, k->claim->speaker, o->stored.sender_id) == CLAIM_AGREES;
    o->fits_date = fit_of(claim_date(k->claim, &o->stored.message.time, &zone)) > 0;
    return OK;
}

static struct other_place *room_for_others(const struct check *k, size_t most)
{
    struct other_place *others = arena_array(k->arena, most + 1, sizeof *others);
    k->out->others = others;
    return others;
}

/* ---- the three outcomes ------------------------------------------------------------------------------------- */

static enum status list_equals(const struct check *k, const struct choice *c, struct err *e)
{
    struct other_place *others = room_for_others(k, VERIFY_OTHERS_MAX);
    enum status st = OK;
    for (size_t i = 1; st == OK && i < c->count && k->out->other_count < VERIFY_OTHERS_MAX; i++)
        st = add_other(k, c->places[i].laid, &others[k->out->other_count++], e);
    k->out->others_total = c->count - 1;
    return st;
}

static enum status conclude_found(const struct check *k, const struct laid_list *list,
                                  struct err *e)
{
    struct verdict *out = k->out;
    struct choice choice;
    enum status st = choose(k, list, &choice, e);
    if (st != OK)
        return st;
    struct findings f = {.arena = k->arena};
    findings_add(&f, choice.places[0].laid);
    out->kind = kind_of(&f);
    out->words_equal = choice.places[0].laid->words_equal;
    out->words_of = choice.places[0].laid->words_of;
    st = fill(k, &f, e);
    if (st != OK)
        return st;
    guard_verbatim(out);
    if (list->exact_more) /* so many equals that not all were looked at: nothing is said of whose it is */
        out->flags &= ~(uint32_t)(VFLAG_SPEAKER_DIFFERS | VFLAG_DATE_DIFFERS);
    if ((choice.equals > 1 || list->exact_more) && out->kind < VERDICT_AMBIGUOUS) {
        out->kind = VERDICT_AMBIGUOUS;
        if (out->words_of <= SHORT_WORDS)
            out->flags |= VFLAG_TOO_SHORT;
    }
    return list_equals(k, &choice, e);
}

static enum status conclude_spliced(const struct check *k, const struct splice *splice,
                                    struct err *e)
{
    struct verdict *out = k->out;
    struct findings f = {.arena = k->arena};
    for (size_t i = 0; i < splice->count; i++) {
        findings_add(&f, &splice->parts[i]);
        out->words_equal += splice->parts[i].words_equal;
    }
    out->kind = kind_of(&f);
    const enum verdict_kind least = splice->marked ? VERDICT_MARKED : VERDICT_ALTERED;
    if (out->kind < least)
        out->kind = least;
    out->flags |= VFLAG_JOINED_ACROSS;
    return fill(k, &f, e);
}

static enum status conclude_not_found(const struct check *k, const struct laid_list *list,
                                      struct err *e)
{
    struct verdict *out = k->out;
    struct other_place *others = room_for_others(k, NEAREST_LISTED);
    enum status st = OK;
    out->kind = list->count && is_near(&list->laid[0]) ? VERDICT_NEAR : VERDICT_ABSENT;
    if (list->count) {
        out->words_equal = list->laid[0].words_equal;
        out->words_of = list->laid[0].words_of;
    }
    for (size_t i = 0; st == OK && i < list->count && out->other_count < NEAREST_LISTED; i++)
        if (list->laid[i].words_equal && laid_first_row(&list->laid[i]))
            st = add_other(k, &list->laid[i], &others[out->other_count++], e);
    out->others_total = out->other_count;
    return st;
}

static int64_t find_conversation(const struct verifier *v, str name)
{
    for (size_t i = 0; i < v->conversation_count; i++)
        if (str_eq_nocase(v->conversations[i].title, name) ||
            str_eq_nocase(v->conversations[i].key, name))
            return v->conversations[i].id;
    return 0;
}

/* The log lines that a quotation was copied with say who and when, each for itself: one of the quoted
   messages must be by that sender at that time. */
static void judge_prefixes(const struct check *k, const struct quote_items *q)
{
    struct verdict *out = k->out;
    for (size_t i = 0; i < q->prefix_count && out->message_count; i++) {
        int64_t ms = TIME_NONE;
        bool speaker = false, date = false;
        (void)civil_read_stamp(q->prefixes[i].stamp, &ms);
        for (size_t m = 0; m < out->message_count; m++) {
            const struct quoted_message *one = &out->messages[m];
            if (one->passed_over)
                continue;
            const bool then = one->stored.message.time.wall_ms == ms;
            date |= then;
            speaker |= then && claim_speaker(&k->verifier->names, q->prefixes[i].name,
                                             one->stored.sender_id) == CLAIM_AGREES;
        }
        out->date = date && out->date != CLAIM_DIFFERS ? CLAIM_AGREES : CLAIM_DIFFERS;
        out->speaker = speaker && out->speaker != CLAIM_DIFFERS ? CLAIM_AGREES : CLAIM_DIFFERS;
        out->flags |= date ? 0 : VFLAG_DATE_DIFFERS;
        out->flags |= speaker ? 0 : VFLAG_SPEAKER_DIFFERS;
    }
}

/* A claim that chooses between equal places: that of the first log line, unless another is made. */
static struct claim with_prefix(const struct claim *c, const struct quote_items *q)
{
    struct claim all = *c;
    int64_t ms;
    if (!q->prefix_count)
        return all;
    if (!all.speaker.n && q->prefix_count == 1)
        all.speaker = q->prefixes[0].name;
    if (q->prefix_count == 1 && !all.date.n && all.when.from_ms == TIME_NONE &&
        all.when.to_ms == TIME_NONE && civil_read_stamp(q->prefixes[0].stamp, &ms)) {
        all.when = (struct date_range){.from_ms = ms, .to_ms = ms + MS_PER_SECOND};
        all.date = q->prefixes[0].stamp;
    }
    return all;
}

/* Nothing good was found by its words: look where the claims point. The time is taken widely, as zones
   differ by a day. */
static enum status try_claims(const struct check *k, const struct quest *t,
                              const struct quote_items *q, struct laid_list *list, struct err *e)
{
    const struct date_range *when = &k->claim->when;
    if (when->from_ms == TIME_NONE || when->to_ms == TIME_NONE)
        return OK;
    const struct row_range rows = columns_wall_range(
        store_columns(t->store), when->from_ms - 14 * MS_PER_HOUR, when->to_ms + 14 * MS_PER_HOUR);
    return lay_claimed(t, q, rows, claim_sender(&k->verifier->names, k->claim->speaker), list, e);
}

/* A quotation that is more bracket than quotation, or a few words glued from many places by ellipses,
   proves nothing however well its words are found. */
static void guard_scraps(const struct quote_items *q, struct verdict *v)
{
    size_t bracketed = 0, ellipses = 0;
    for (size_t i = 0; i < q->count; i++) {
        bracketed += q->items[i].inner_count;
        ellipses += q->items[i].kind == ITEM_ELLIPSIS && i > 0 && i + 1 < q->count;
    }
    const bool mostly_bracket = bracketed > 0 && (q->words <= SHORT_WORDS || bracketed > q->words);
    const bool ransom_note = ellipses >= 2 && q->words < 3 * (ellipses + 1);
    if (v->kind > VERDICT_MARKED || (!mostly_bracket && !ransom_note))
        return;
    v->kind = VERDICT_AMBIGUOUS;
    v->flags |= VFLAG_TOO_SHORT;
}

/* The quotation as print has it: candidates, claims, splices, in this order. */
static enum status conclude(const struct check *k, const struct quest *t,
                            const struct quote_items *q, struct err *e)
{
    struct laid_list list;
    struct splice splice;
    enum status st = lay_quote(t, q, &list, e);
    if (st == OK && !(list.count && is_source(&list.laid[0])))
        st = try_claims(k, t, q, &list, e);
    if (st == OK)
        st = splice_find(t, q, list.count ? &list.laid[0] : NULL, &splice, e);
    if (st != OK)
        return st;
    if (splice.count)
        return conclude_spliced(k, &splice, e);
    if (list.count && is_source(&list.laid[0]))
        return conclude_found(k, &list, e);
    return conclude_not_found(k, &list, e);
}

enum status verify_quote(struct verifier *v, const struct claim *c, struct arena *a,
                         struct verdict *out, struct err *e)
{
    *out = (struct verdict){.kind = VERDICT_ABSENT,
                            .searched_messages = columns_rows(store_columns(v->store))};
    if (c->quote.n > VERIFY_QUOTE_MAX)
        return fail(e, ERR_LIMIT, "this quotation has %zu bytes; at most %d can be checked at once",
                    c->quote.n, VERIFY_QUOTE_MAX);
    int64_t conversation_id = 0;
    if (c->conversation.n && !(conversation_id = find_conversation(v, c->conversation)))
        return fail(e, ERR_MISSING, "no conversation is called \"" STR_FMT "\"",
                    STR_ARG(c->conversation));
    struct quote_items q;
    items_of(&q, a, c->quote);
    out->quote = q.text;
    const struct claim claim = with_prefix(c, &q);
    out->words_of = (int)q.words;
    if (!q.words) {
        out->kind = VERDICT_AMBIGUOUS;
        out->flags = VFLAG_TOO_SHORT;
        return OK;
    }
    const struct check k = {.verifier = v, .claim = &claim, .arena = a, .out = out};
    int64_t cells = QUEST_CELLS_MAX;
    const struct quest quest = {
        .store = v->store, .conversation_id = conversation_id, .arena = a, .cells_left = &cells};
    struct laid_list list;
    enum status st = lay_verbatim(&quest, c->quote, &list, e);
    if (st == OK && list.count && list.laid[0].alignment.cost == 0) {
        out->quote = list.laid[0].items.text;
        st = conclude_found(&k, &list, e);
    } else if (st == OK) {
        st = conclude(&k, &quest, &q, e);
    }
    judge_prefixes(&k, &q);
    guard_scraps(&q, out);
    if (cells < 0 && out->kind >= VERDICT_NEAR) {
        out->kind =
            VERDICT_AMBIGUOUS; /* not all places could be compared: "absent" would be a guess */
        out->flags |= VFLAG_NOT_CHECKED;
    }
    out->stands = out->kind <= VERDICT_MARKED && !(out->flags & verdict_warnings);
    return st;
}
