/*
 * Does this quotation stand in the archive, word for word, who wrote it and when?
 *
 *     struct claim c = {.quote = STR("We believe it would be better to wait"), .speaker = STR("noll")};
 *     struct verdict v;
 *     if (verify_quote(verifier, &c, &arena, &v, e) == OK)
 *         puts(verdict_name(v.kind));
 *
 * The verdict says "the same as this archive", never "authentic". Every verdict and flag is explained
 * in docs/verdicts.md. Deterministic: the same archive and claim give the same answer to the byte.
 */
#ifndef STET_VERIFY_H
#define STET_VERIFY_H

#include "arena.h"
#include "dates.h"
#include "store.h"
#include "zone.h"

/* Closed list; the order is that of concern for a reader (the worst last). */
enum verdict_kind {
    VERDICT_VERBATIM,    /* these bytes stand there */
    VERDICT_TYPOGRAPHIC, /* the same words; case, marks, spacing differ */
    VERDICT_MARKED,      /* differs only by marked editing */
    VERDICT_AMBIGUOUS,   /* too short to identify, or equally good in several places */
    VERDICT_ALTERED,     /* a word differs without a mark */
    VERDICT_NEAR,        /* nothing good enough to call it this message */
    VERDICT_ABSENT,      /* nothing near */
    VERDICT_COUNT
};

enum verdict_flag {
    VFLAG_SPANS = 1 << 0,
    VFLAG_PARTIAL = 1 << 1,
    VFLAG_TYPO_CORRECTED = 1 << 2,
    VFLAG_SIC_MISPLACED = 1 << 3,
    VFLAG_NEGATION_CHANGED = 1 << 4,
    VFLAG_NUMBER_CHANGED = 1 << 5,
    VFLAG_NAME_CHANGED = 1 << 6,
    VFLAG_OMISSION_HIDES_NEGATION = 1 << 7,
    VFLAG_ORDER_CHANGED = 1 << 8,
    VFLAG_JOINED_ACROSS = 1 << 9,
    VFLAG_SPEAKER_DIFFERS = 1 << 10,
    VFLAG_SPEAKER_UNVERIFIABLE = 1 << 11,
    VFLAG_DATE_DIFFERS = 1 << 12,
    VFLAG_DATE_AGREES_IN = 1 << 13,   /* only in the zone that `date_zone` names */
    VFLAG_SPEAKERS_MIXED = 1 << 14,   /* words of more than one sender under one attribution */
    VFLAG_QUESTION_CHANGED = 1 << 15, /* a question mark came or went */
    VFLAG_TOO_SHORT = 1 << 16,
    VFLAG_TRANSLATED = 1 << 17,
    VFLAG_NOT_CHECKED = 1 << 18,       /* longer than VERIFY_QUOTE_MAX */
    VFLAG_DATE_UNVERIFIABLE = 1 << 19, /* the date given cannot be read as one */
    VFLAG_BRACKET_REWRITES = 1 << 20,  /* a bracket stands for several words and shares none */
    VFLAG_COUNT = 21
};

/* Flags that keep a quotation from standing whatever its verdict. */
extern const uint32_t verdict_warnings;

enum difference_kind {
    /* typographic */
    DIFF_CASE,
    DIFF_ACCENT, /* in scripts where accents and points are often not written */
    DIFF_QUOTE_MARKS,
    DIFF_DASH,
    DIFF_SPACING,
    DIFF_PUNCTUATION,
    DIFF_TERMINAL, /* the comma or stop at the very end */
    DIFF_ENTITY,
    DIFF_CONTINUATION, /* the author's own "…" or "–" at a message's end or start, joined */
    DIFF_BOUNDARY,     /* two messages run together without a mark */
    DIFF_LINK_DROPPED, /* a URL, a platform's marker or an emoji left out */
    /* marked */
    DIFF_BRACKET,
    DIFF_SIC,
    DIFF_ELLIPSIS,
    /* altered */
    DIFF_SUBSTITUTED,
    DIFF_RESPELT,
    DIFF_INSERTED,
    DIFF_DROPPED,
    DIFF_SYMBOLS,
    DIFF_COUNT
};

/* One difference, with both wordings. Spans are bytes: of verdict.quote, and of a source message's text. */
struct difference {
    enum difference_kind kind;
    str quoted, source; /* what the quotation has, what the source has; either may be empty */
    size_t quote_at, quote_end;
    size_t message; /* index into verdict.messages of the source side */
    size_t source_at, source_end;
    uint32_t flags; /* VFLAG_* that this difference raises */
};

/* One stretch of the two texts side by side, for the front ends to draw. Put together, the `quoted` sides
   give the quotation from its first to its last word, the `source` sides the source with what was left
   out; " / " stands between messages. */
enum piece_kind { PIECE_SAME, PIECE_TYPOGRAPHIC, PIECE_MARKED, PIECE_CHANGED, PIECE_PASSED_OVER };
struct piece {
    enum piece_kind kind;
    str quoted, source;
    size_t message;
};

struct quoted_message {
    struct stored stored; /* text, sender, time, citation parts */
    size_t from, to;      /* bytes of its text that the quotation covers; equal if passed over */
    bool passed_over;     /* stands between two quoted messages, and no word of it is quoted */
    int64_t since_previous_ms; /* silence before it; TIME_NONE for the first */
    struct witness witness;    /* the first one */
};

/* Another place that is as good, or, for near and absent, one of the nearest. */
struct other_place {
    struct stored stored;
    int words_equal, words_of; /* how much of the quotation stands there, in order */
    bool fits_speaker, fits_date;
};

enum agreement {
    CLAIM_NONE,
    CLAIM_AGREES,
    CLAIM_DIFFERS,
    CLAIM_UNVERIFIABLE,
    CLAIM_AGREES_IN_ZONE
};

struct claim {
    str quote;
    str speaker;            /* as the writer puts it; empty: no claim */
    str date;               /* as the writer puts it, for the report; empty: no claim */
    struct date_range when; /* wall time; both ends TIME_NONE: no claim */
    str conversation;       /* key or title; empty: anywhere */
    struct zone *zone;      /* a further zone to try the date in; NULL: none */
};

struct verdict {
    enum verdict_kind kind;
    uint32_t flags;
    bool stands; /* verbatim, typographic or marked, without a warning flag */
    str quote;   /* as compared: outer marks, log prefix and entities off */
    const struct piece *pieces;
    size_t piece_count;
    const struct difference *differences;
    size_t difference_count;
    const struct quoted_message
        *messages; /* in order of the quotation, those passed over in between */
    size_t message_count;
    const struct other_place *others;
    size_t other_count, others_total; /* at most VERIFY_OTHERS_MAX are listed, best first */
    enum agreement speaker, date;
    str date_zone; /* for CLAIM_AGREES_IN_ZONE */
    int64_t
        date_shift_ms; /* CLAIM_DIFFERS, zone only assumed: by how much the stamps would have to be
                              behind UTC (ahead, if negative) for the date to be right in UTC; 0: none */
    int words_equal, words_of;
    int64_t joined_across_ms; /* the longest silence inside, if VFLAG_JOINED_ACROSS */
    int64_t searched_messages;
};

enum { VERIFY_OTHERS_MAX = 20, VERIFY_QUOTE_MAX = 8 << 10 };

struct verifier;
/* Keeps what many quotations share (participants, numbers). Borrows the store. */
MUST_USE enum status verifier_open(struct verifier **out, struct store *s, struct err *e);
void verifier_close(struct verifier *v);

/* ERR_LIMIT for a quotation over VERIFY_QUOTE_MAX bytes. The verdict lives in the arena. */
MUST_USE enum status verify_quote(struct verifier *v, const struct claim *c, struct arena *a,
                                  struct verdict *out, struct err *e);

const char *verdict_name(enum verdict_kind kind); /* "verbatim" ... */
const char *verdict_flag_name(uint32_t flag);     /* "speaker-differs" ...; NULL for none */
const char *verdict_flag_text(uint32_t flag);     /* the same for people: "speaker differs" */
/* The gravest thing about a verdict, as half a sentence: "a number is another". */
const char *verdict_reason(const struct verdict *v);
const char *difference_name(enum difference_kind k); /* "case", "word dropped" ... */
enum piece_kind difference_class(enum difference_kind k);
const char *agreement_name(enum agreement a);

#endif
