/*
 * The words for verdicts, flags and differences: the same in the terminal, the page, JSON and the docs.
 */
#include "verify.h"

const uint32_t verdict_warnings =
    VFLAG_SIC_MISPLACED | VFLAG_NEGATION_CHANGED | VFLAG_NUMBER_CHANGED | VFLAG_NAME_CHANGED |
    VFLAG_OMISSION_HIDES_NEGATION | VFLAG_ORDER_CHANGED | VFLAG_JOINED_ACROSS |
    VFLAG_SPEAKER_DIFFERS | VFLAG_SPEAKER_UNVERIFIABLE | VFLAG_DATE_DIFFERS | VFLAG_SPEAKERS_MIXED |
    VFLAG_QUESTION_CHANGED | VFLAG_DATE_UNVERIFIABLE | VFLAG_BRACKET_REWRITES;

static const char *const verdict_names[VERDICT_COUNT] = {
    [VERDICT_VERBATIM] = "verbatim", [VERDICT_TYPOGRAPHIC] = "typographic",
    [VERDICT_MARKED] = "marked",     [VERDICT_AMBIGUOUS] = "ambiguous",
    [VERDICT_ALTERED] = "altered",   [VERDICT_NEAR] = "near",
    [VERDICT_ABSENT] = "absent",
};

/* In the order of gravity. `reason` is NULL for a remark that decides nothing. */
static const struct flag_words {
    uint32_t flag;
    const char *name, *text, *reason;
} flags[] = {
    {VFLAG_OMISSION_HIDES_NEGATION, "omission-hides-negation", "omission hides a negation",
     "what the ellipsis leaves out turns the sense"},
    {VFLAG_NEGATION_CHANGED, "negation-changed", "negation changed",
     "a negation is not where it was: the sense turns"},
    {VFLAG_NUMBER_CHANGED, "number-changed", "number changed", "a number is another"},
    {VFLAG_NAME_CHANGED, "name-changed", "name changed", "a name is another"},
    {VFLAG_BRACKET_REWRITES, "bracket-rewrites", "bracket rewrites",
     "a bracket puts other words for several of the source's"},
    {VFLAG_JOINED_ACROSS, "joined-across", "parts far apart", "its parts stand far apart"},
    {VFLAG_SPEAKERS_MIXED, "speakers-mixed", "several senders",
     "it joins words of several senders"},
    {VFLAG_SPEAKER_DIFFERS, "speaker-differs", "speaker differs", "somebody else wrote it"},
    {VFLAG_DATE_DIFFERS, "date-differs", "date differs", "the date is another"},
    {VFLAG_ORDER_CHANGED, "order-changed", "order changed", "the order of words is changed"},
    {VFLAG_SIC_MISPLACED, "sic-misplaced", "[sic] misplaced",
     "[sic] vouches for a word that the source does not have"},
    {VFLAG_QUESTION_CHANGED, "question-changed", "question mark changed",
     "a question mark came or went"},
    {VFLAG_SPEAKER_UNVERIFIABLE, "speaker-unverifiable", "speaker cannot be verified",
     "the archive cannot say who that is"},
    {VFLAG_DATE_UNVERIFIABLE, "date-unverifiable", "date cannot be verified",
     "the date cannot be checked"},
    {VFLAG_NOT_CHECKED, "not-checked", "not checked", "too much to compare: not checked"},
    {VFLAG_TOO_SHORT, "too-short", "too short", "too short to identify"},
    {VFLAG_TRANSLATED, "translated", "translated", "a translation: wording cannot be checked"},
    {VFLAG_TYPO_CORRECTED, "typo-corrected", "typing error corrected", NULL},
    {VFLAG_DATE_AGREES_IN, "date-agrees-in", "date right in another zone only", NULL},
    {VFLAG_SPANS, "spans", "spans several messages", NULL},
    {VFLAG_PARTIAL, "partial", "part of a message", NULL},
};

static const char *const plain_words[VERDICT_COUNT] = {
    [VERDICT_VERBATIM] = "stands word for word",
    [VERDICT_TYPOGRAPHIC] = "the same words",
    [VERDICT_MARKED] = "differs only where it says so",
    [VERDICT_AMBIGUOUS] = "equally good in several places",
    [VERDICT_ALTERED] = "a word differs and nothing marks it",
    [VERDICT_NEAR] = "something like it stands there, not this",
    [VERDICT_ABSENT] = "does not stand in this archive",
};

static const struct {
    const char *name;
    enum piece_kind class;
} differences[DIFF_COUNT] = {
    [DIFF_CASE] = {"case", PIECE_TYPOGRAPHIC},
    [DIFF_ACCENT] = {"accent", PIECE_TYPOGRAPHIC},
    [DIFF_QUOTE_MARKS] = {"quotation marks", PIECE_TYPOGRAPHIC},
    [DIFF_DASH] = {"dash or hyphen", PIECE_TYPOGRAPHIC},
    [DIFF_SPACING] = {"spacing", PIECE_TYPOGRAPHIC},
    [DIFF_PUNCTUATION] = {"punctuation", PIECE_TYPOGRAPHIC},
    [DIFF_TERMINAL] = {"final punctuation", PIECE_TYPOGRAPHIC},
    [DIFF_ENTITY] = {"HTML entity", PIECE_TYPOGRAPHIC},
    [DIFF_CONTINUATION] = {"continuation mark joined", PIECE_TYPOGRAPHIC},
    [DIFF_BOUNDARY] = {"message boundary not marked", PIECE_TYPOGRAPHIC},
    [DIFF_LINK_DROPPED] = {"link or emoji left out", PIECE_TYPOGRAPHIC},
    [DIFF_BRACKET] = {"bracket", PIECE_MARKED},
    [DIFF_SIC] = {"sic", PIECE_MARKED},
    [DIFF_ELLIPSIS] = {"ellipsis", PIECE_MARKED},
    [DIFF_SUBSTITUTED] = {"word substituted", PIECE_CHANGED},
    [DIFF_RESPELT] = {"word respelt", PIECE_CHANGED},
    [DIFF_INSERTED] = {"word inserted", PIECE_CHANGED},
    [DIFF_DROPPED] = {"word dropped", PIECE_CHANGED},
    [DIFF_SYMBOLS] = {"symbols", PIECE_CHANGED},
};

static const char *const agreements[] = {
    [CLAIM_NONE] = "not claimed",
    [CLAIM_AGREES] = "agrees",
    [CLAIM_DIFFERS] = "differs",
    [CLAIM_UNVERIFIABLE] = "cannot be verified",
    [CLAIM_AGREES_IN_ZONE] = "agrees in another zone",
};

const char *verdict_name(enum verdict_kind kind)
{
    return verdict_names[kind];
}

static const struct flag_words *find_flag(uint32_t flag)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (flags[i].flag == flag)
            return &flags[i];
    return NULL;
}

const char *verdict_flag_name(uint32_t flag)
{
    const struct flag_words *f = find_flag(flag);
    return f ? f->name : NULL;
}

const char *verdict_flag_text(uint32_t flag)
{
    const struct flag_words *f = find_flag(flag);
    return f ? f->text : NULL;
}

const char *verdict_reason(const struct verdict *v)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if ((v->flags & flags[i].flag) && flags[i].reason)
            return flags[i].reason;
    return plain_words[v->kind];
}

const char *difference_name(enum difference_kind k)
{
    return differences[k].name;
}

enum piece_kind difference_class(enum difference_kind k)
{
    return differences[k].class;
}

const char *agreement_name(enum agreement a)
{
    return agreements[a];
}
