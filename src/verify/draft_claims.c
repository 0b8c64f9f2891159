/*
 * What the draft says about each quotation: who and when. Read from the sentence around it, from the
 * sentence before when that ends in a colon, and from the paragraph's date. Only words that stand
 * there; a guess is shown as a guess, and silence stays silence.
 */
#include "draft.h"

#include "draft_when.h"
#include "prose.h"

enum { REACH_MAX = 60 };

struct reader {
    struct draft *draft;
    struct prose prose;
    struct mention_list dates;
    size_t paragraph;
    size_t dates_before; /* mentions that stand before the piece being read */
    /* the speaker named last, for "he", "the account" and what follows in the same sentence */
    str speaker;
    size_t speaker_paragraph;
    /* what the paragraph before ends with, for a block quotation or after a colon */
    bool carry, carry_colon;
    struct subject carry_subject;
    struct mention carry_date;
    bool carry_has_date;
    struct draft_quote *last_block; /* ended with the paragraph before; may have a byline now */
};

static bool is_quote(const struct reader *r, size_t i)
{
    return r->prose.pieces[i].kind == PROSE_QUOTE;
}

/* First piece of the sentence of piece i, not further back than we read. */
static size_t sentence_start(const struct reader *r, size_t i)
{
    const uint32_t sentence = r->prose.pieces[i].sentence;
    size_t from = i;
    while (from > 0 && i - from < REACH_MAX && r->prose.pieces[from - 1].sentence == sentence)
        from--;
    return from;
}

/* Just after the last quotation in [from, i). */
static size_t after_last_quote(const struct reader *r, size_t from, size_t i)
{
    while (i > from && !is_quote(r, i - 1))
        i--;
    return i;
}

/* ---- who ------------------------------------------------------------------------------------------------- */

static void set_speaker(struct reader *r, struct draft_quote *q, str name)
{
    q->speaker = name;
    r->speaker = name;
    r->speaker_paragraph = r->paragraph;
}

/* "It wrote", "the account said": who was named before, first in this paragraph's own words. */
static void resolve_pronoun(struct reader *r, struct draft_quote *q, size_t sentence)
{
    const size_t from =
        after_last_quote(r, sentence > REACH_MAX ? sentence - REACH_MAX : 0, sentence);
    const struct subject s = prose_subject_before(&r->prose, from, sentence);
    if (s.kind == SUBJECT_NAMED)
        set_speaker(r, q, s.name);
    else if (r->speaker.n && r->paragraph - r->speaker_paragraph <= 1)
        set_speaker(r, q, r->speaker);
}

/* “…” So wrote Noll: the piece after "So", 0 if piece i is not followed by that. */
static size_t so_wrote(const struct reader *r, size_t i)
{
    const struct prose *const p = &r->prose;
    size_t k = i + 1;
    while (k < p->count && p->pieces[k].kind == PROSE_STOP)
        k++;
    const bool so = k + 1 < p->count && p->pieces[k].kind == PROSE_WORD &&
                    p->pieces[k + 1].kind == PROSE_WORD &&
                    (str_eq(prose_text(p, k), STR("So")) || str_eq(prose_text(p, k), STR("Thus")));
    return so && prose_is_verb(prose_text(p, k + 1)) ? k + 1 : 0;
}

/* Nothing after a full stop inside the marks is about the quotation any more, but "So wrote Noll." */
static struct subject subject_after(const struct reader *r, const struct draft_quote *q, size_t i)
{
    const str part = str_sub(r->draft->text, q->parts[0].at, q->parts[0].end - q->parts[0].at);
    const struct subject none = {SUBJECT_NONE, false, {"", 0}};
    const size_t so = so_wrote(r, i);
    if (so)
        return prose_subject_after(&r->prose, so, r->prose.count);
    if (str_ends(part, STR(".")) && !str_ends(part, STR("..")))
        return none;
    size_t to = i + 1;
    while (to < r->prose.count && to - i < REACH_MAX && !is_quote(r, to))
        to++;
    return prose_subject_after(&r->prose, i + 1, to);
}

/* Has the quotation a neighbour that it shares its speaker with: one before it in the same sentence, or
   in the sentence before if it begins its own? */
static bool follows_quote(const struct reader *r, size_t sentence, size_t i)
{
    for (size_t k = i; k-- > 0 && i - k < REACH_MAX;)
        if (is_quote(r, k))
            return k >= sentence || (sentence == i && r->prose.pieces[k].sentence + 1 >=
                                                          r->prose.pieces[i].sentence);
    return false;
}

/* Does anything say that somebody said this? A colon before it is enough. Titles and scare quotes have
   nothing of the kind. */
static bool read_speaker(struct reader *r, struct draft_quote *q, size_t i)
{
    const size_t sentence = sentence_start(r, i);
    const size_t from = after_last_quote(r, sentence, i);
    struct subject s = prose_subject_before(&r->prose, from, i);
    if (s.kind == SUBJECT_NONE || (s.kind != SUBJECT_NAMED && so_wrote(r, i)))
        s = subject_after(r, q, i);
    if (s.kind == SUBJECT_NONE && i == 0 && r->carry && (r->carry_colon || q->shape == QUOTE_BLOCK))
        s = r->carry_subject;
    /* Words before it that no quotation divides from its sentence's beginning are another clause. */
    const bool inherits = follows_quote(r, sentence, i) && (from > sentence || from == i);
    switch (s.kind) {
    case SUBJECT_NAMED: set_speaker(r, q, s.name); return true;
    case SUBJECT_UNKNOWN: r->speaker = STR(""); return true;
    case SUBJECT_SAME:
        if (s.pronoun)
            resolve_pronoun(r, q, sentence);
        else if (inherits)
            set_speaker(r, q, r->speaker);
        return true;
    case SUBJECT_NONE:
        if (inherits && r->paragraph == r->speaker_paragraph)
            set_speaker(r, q, r->speaker);
        return inherits || (i > 0 && r->prose.pieces[i - 1].kind == PROSE_COLON);
    }
    return false;
}

/* ---- when ------------------------------------------------------------------------------------------------ */

static void set_date(struct draft_quote *q, const struct mention *m)
{
    q->when_text = m->text;
    q->when = m->when;
    q->after_previous_ms = m->after_ms;
}

/* Is there a quotation between pieces a and b? */
static bool quote_between(const struct reader *r, size_t a, size_t b)
{
    for (size_t i = a; i < b && i - a < REACH_MAX; i++)
        if (is_quote(r, i))
            return true;
    return false;
}

/* Does the mention lead up to the next quotation ("…, and two hours later, “…”")? Then it is its own. */
static bool leads_to_quote(const struct reader *r, const struct mention *m)
{
    size_t i = m->last + 1;
    while (i < r->prose.count &&
           (r->prose.pieces[i].kind == PROSE_COMMA || r->prose.pieces[i].kind == PROSE_COLON))
        i++;
    return i < r->prose.count && is_quote(r, i);
}

/* The date that is nearest in the sentence, before before after; then, for what somebody said, the
   paragraph's last one. */
static void read_date(struct reader *r, struct draft_quote *q, size_t i, bool said)
{
    const struct mention_list *const l = &r->dates;
    while (r->dates_before < l->count && l->mentions[r->dates_before].first < i)
        r->dates_before++;
    const uint32_t sentence = r->prose.pieces[i].sentence;
    const struct mention *const before = r->dates_before ? &l->mentions[r->dates_before - 1] : NULL;
    const struct mention *const after =
        r->dates_before < l->count ? &l->mentions[r->dates_before] : NULL;
    const bool near_before = before && r->prose.pieces[before->first].sentence == sentence;
    const size_t so = so_wrote(r, i);
    const uint32_t own = so ? r->prose.pieces[so].sentence : sentence;
    const bool near_after = after && r->prose.pieces[after->first].sentence == own &&
                            after->first - i < REACH_MAX && !leads_to_quote(r, after) &&
                            !quote_between(r, i + 1, after->first);
    if (near_before && !quote_between(r, before->last + 1, i))
        set_date(q, before);
    else if (near_after)
        set_date(q, after);
    else if (before && (near_before || (said && before->after_ms == TIME_NONE)))
        set_date(q, before);
    else if (!before && i == 0 && r->carry && r->carry_has_date)
        set_date(q, &r->carry_date);
}

/* The time of a log line, on the day that the draft named if the line gives none. */
static void read_log_stamp(const struct reader *r, struct draft_quote *q)
{
    q->when = when_of_stamp(q->when_text, r->dates.today_wall_ms);
}

/* ---- paragraphs ------------------------------------------------------------------------------------------ */

/* "— Harbour Watch, March 2, 2016" under a block quotation. */
static void read_byline(struct reader *r, struct draft_quote *q, size_t from)
{
    const struct prose *const p = &r->prose;
    while (from < p->count && p->pieces[from].kind == PROSE_SIGN)
        from++;
    size_t to = from;
    while (to < p->count && p->pieces[to].kind == PROSE_WORD &&
           (!r->dates.count || to < r->dates.mentions[0].first))
        to++;
    if (to > from && to - from <= 6)
        set_speaker(
            r, q, str_sub(p->text, p->pieces[from].at, p->pieces[to - 1].end - p->pieces[from].at));
    if (r->dates.count && r->dates.mentions[r->dates.count - 1].first >= from)
        set_date(q, &r->dates.mentions[r->dates.count - 1]);
}

static bool begins_with_dash(const struct reader *r, size_t i)
{
    const struct prose *const p = &r->prose;
    while (i < p->count && p->pieces[i].kind == PROSE_STOP)
        i++;
    return i < p->count && p->pieces[i].kind == PROSE_SIGN;
}

/* What the last sentence of the paragraph says about a quotation that the next one may bring. */
static void keep_for_next(struct reader *r)
{
    const struct prose *const p = &r->prose;
    size_t last = p->count;
    while (last > 0 && p->pieces[last - 1].kind == PROSE_STOP)
        last--;
    r->carry = last > 0;
    if (!r->carry)
        return;
    const size_t from = sentence_start(r, last - 1);
    r->carry_colon = p->pieces[last - 1].kind == PROSE_COLON;
    r->carry = !quote_between(r, from, last) || r->carry_colon;
    r->carry_subject = prose_subject_before(p, after_last_quote(r, from, last), last);
    r->carry_has_date = r->dates.count > 0;
    if (r->carry_has_date)
        r->carry_date = r->dates.mentions[r->dates.count - 1];
    if (r->carry && r->carry_subject.kind == SUBJECT_NAMED) {
        r->speaker = r->carry_subject.name;
        r->speaker_paragraph = r->paragraph;
    }
}

static void read_paragraph(struct reader *r, size_t i, size_t *next_quote)
{
    r->paragraph = i;
    r->dates_before = 0;
    prose_read(&r->prose, r->draft, i, next_quote);
    mentions_read(&r->dates, &r->prose);
    if (r->last_block && begins_with_dash(r, 0))
        read_byline(r, r->last_block, 0);
    r->last_block = NULL;
    size_t seen = STR_NONE;
    bool quoted = false;
    for (size_t k = 0; k < r->prose.count; k++) {
        if (!is_quote(r, k) || r->prose.pieces[k].quote == seen)
            continue;
        seen = r->prose.pieces[k].quote;
        struct draft_quote *const q = &r->draft->quotes[seen];
        quoted = true;
        if (q->shape == QUOTE_BLOCK)
            r->last_block = q;
        if (q->paragraph != i)
            continue;
        if (q->shape == QUOTE_LOG) {
            read_log_stamp(r, q);
            continue;
        }
        read_date(r, q, k, read_speaker(r, q, k));
        if (q->shape == QUOTE_BLOCK && begins_with_dash(r, k + 1))
            read_byline(r, q, k + 1);
    }
    if (!quoted || r->prose.pieces[r->prose.count - 1].kind != PROSE_QUOTE)
        keep_for_next(r);
}

void draft_read_claims(struct draft *d, int64_t today_wall_ms, struct arena *a)
{
    struct reader r = {.draft = d,
                       .prose = {.arena = a},
                       .dates = {.arena = a, .today_wall_ms = today_wall_ms},
                       .speaker = STR("")};
    size_t next_quote = 0;
    for (size_t i = 0; i < d->paragraph_count; i++)
        read_paragraph(&r, i, &next_quote);
}
