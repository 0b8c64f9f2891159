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

static const char *const flag_names[VFLAG_COUNT] = {
    "spans",
    "partial",
    "typo-corrected",
    "sic-misplaced",
    "negation-changed",
    "number-changed",
    "name-changed",
    "omission-hides-negation",
    "order-changed",
    "joined-across",
    "speaker-differs",
    "speaker-unverifiable",
    "date-differs",
    "date-agrees-in",
    "speakers-mixed",
    "question-changed",
    "too-short",
    "translated",
    "not-checked",
    "date-unverifiable",
    "bracket-rewrites",
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

const char *verdict_flag_name(uint32_t flag)
{
    for (int i = 0; i < VFLAG_COUNT; i++)
        if (flag == 1u << i)
            return flag_names[i];
    return NULL;
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
