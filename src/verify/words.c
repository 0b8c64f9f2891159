/*
 * Words for the aligner, and the closed lists of negations and numbers. The lists are small on purpose:
 * a flag that is raised for every second word warns nobody.
 */
#include "words.h"

#include <string.h>

#include "fold.h"
#include "links.h"
#include "tokenize.h"
#include "utf8.h"

static void append(struct word_list *list, struct align_word word)
{
    if (list->count == list->cap) {
        const size_t cap = list->cap ? list->cap * 2 : 64;
        struct align_word *grown = arena_array(list->arena, cap, sizeof *grown);
        if (list->count)
            memcpy(grown, list->words, list->count * sizeof *grown);
        list->words = grown;
        list->cap = cap;
    }
    align_prepare(&word);
    list->words[list->count++] = word;
}

/* Exactly one apostrophe and nothing else that is seen between two tokens. */
static bool is_contraction(str gap)
{
    size_t apostrophes = 0;
    while (gap.n) {
        const enum char_class k = char_class_of(utf8_next(&gap));
        if (k != CHAR_APOSTROPHE && k != CHAR_IGNORED)
            return false;
        apostrophes += k == CHAR_APOSTROPHE;
    }
    return apostrophes == 1;
}

static void add_ampersands(struct word_list *list, str text, size_t from, size_t to,
                           uint32_t message)
{
    for (size_t i = from; i < to; i++)
        if (text.p[i] == '&')
            append(list, (struct align_word){
                             .fold = STR("and"), .at = i, .end = i + 1, .message = message});
}

static void add_token(struct word_list *list, const struct token *tok, str text, size_t base,
                      uint32_t message)
{
    struct align_word *last = list->count ? &list->words[list->count - 1] : NULL;
    const size_t at = base + tok->at;
    const bool joins = last && last->message == message && last->end < at && !tok->unit &&
                       is_contraction(str_sub(text, last->end, at - last->end));
    if (!joins) {
        append(list, (struct align_word){.fold = arena_dup(list->arena, tok->word),
                                         .at = at,
                                         .end = base + tok->end,
                                         .message = message});
        return;
    }
    last->fold =
        arena_printf(list->arena, STR_FMT "'" STR_FMT, STR_ARG(last->fold), STR_ARG(tok->word));
    align_prepare(last);
    last->end = base + tok->end;
}

/* Where a platform's marker like "[Media-image]" begins, if one stands right before a link. */
static size_t marker_start(str text, size_t link_at)
{
    size_t i = link_at;
    while (i > 0 && text.p[i - 1] == ' ')
        i--;
    if (i == 0 || text.p[i - 1] != ']')
        return link_at;
    /* one word without blanks: "[not yet]" before a link is somebody's words */
    for (size_t n = 0; n < 32 && i > 1 && text.p[i - 2] != ' '; n++)
        if (text.p[--i - 1] == '[')
            return i - 1;
    return link_at;
}

static void mark_links(struct word_list *list, size_t first, str text)
{
    struct link_scan scan = link_scan_of(text);
    struct link link;
    size_t w = first;
    while (w < list->count && link_next(&scan, &link)) {
        if (link.kind != LINK_URL && link.kind != LINK_EMOJI)
            continue;
        const size_t at = link.kind == LINK_URL ? marker_start(text, link.at) : link.at;
        while (w < list->count && list->words[w].at < at)
            w++;
        while (w < list->count && list->words[w].at < link.end)
            list->words[w++].link = true;
    }
}

void words_add(struct word_list *list, str text, size_t from, size_t to, uint32_t message)
{
    const size_t first = list->count;
    struct tokenizer t = tokenizer_of(str_sub(text, from, to - from));
    struct token tok;
    size_t gap = from;
    while (tokenizer_next(&t, &tok)) {
        if (tok.whole)
            continue;
        add_ampersands(list, text, gap, from + tok.at, message);
        add_token(list, &tok, text, from, message);
        gap = from + tok.end;
    }
    add_ampersands(list, text, gap, to, message);
    mark_links(list, first, text);
}

/* ---- what words do ------------------------------------------------------------------------------- */

static bool in_list(str fold, const char *const *list)
{
    for (; *list; list++)
        if (str_eq(fold, str_of(*list)))
            return true;
    return false;
}

/* Folded: no accents, lower case. */
static const char *const negations[] = {
    "not",     "no",      "never",   "none",     "nobody",  "nothing", "nowhere", "neither",
    "nor",     "without", "cannot",  "isnt",     "dont",    "didnt",   "doesnt",  "wont",
    "wasnt",   "cant",    "couldnt", "shouldnt", "wouldnt", "havent",  "hasnt",   "hadnt",
    "arent",   "werent",  "nicht",   "kein",     "keine",   "keinen",  "keiner",  "keinem",
    "nie",     "niemals", "niemand", "nichts",   "ohne",    "weder",   "ne",      "jamais",
    "rien",    "aucun",   "aucune",  "sans",     "nunca",   "nada",    "nadie",   "ningun",
    "ninguno", "ninguna", "nao",     "nem",      "ninguem", "sem",     "non",     "nessuno",
    "niente",  "nulla",   "niet",    "geen",     "nooit",   "niemand", "zonder",  "inte",
    "aldrig",  "ingen",   "ikke",    "nie",      "nigdy",   "nikt",    "bez",     "не",
    "нет",     "ни",      "никогда", "никто",    "ничего",  "без",     "нельзя",  "δεν",
    "μην",     "οχι",     "ποτε",    "κανεις",   "χωρις",   "لا",      "لم",      "لن",
    "ليس",     "לא",      "אין",     "אל",       "מעולם",   "değil",   "degil",   "yok",
    "asla",    "不",      "没",      "沒",       "未",      "无",      "無",      "非",
    "नही",     "नहीं",     NULL};

static const char *const numbers[] = {
    "zero",    "one",       "two",      "three",    "four",     "five",     "six",      "seven",
    "eight",   "nine",      "ten",      "eleven",   "twelve",   "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen", "twenty",   "thirty",   "forty",    "fifty",
    "sixty",   "seventy",   "eighty",   "ninety",   "hundred",  "hundreds", "thousand", "thousands",
    "million", "millions",  "billion",  "billions", "trillion", "dozen",    "dozens",   "half",
    "twice",   "double",    "third",    "quarter",  "percent",  NULL};

bool word_is_negation(str fold)
{
    return str_ends(fold, STR("n't")) || in_list(fold, negations);
}

bool word_is_condition(str fold)
{
    static const char *const conditions[] = {
        "if",        "unless",     "except",    "until",      "almost",     "nearly",  "hardly",
        "barely",    "scarcely",   "allegedly", "supposedly", "reportedly", "perhaps", "maybe",
        "would",     "could",      "might",     "false",      "refuse",     "refused", "refuses",
        "deny",      "denied",     "denies",    "claim",      "says",       "said",    "claims",
        "claimed",   "thinks",     "thought",   "believes",   "wenn",       "falls",   "fast",
        "angeblich", "vielleicht", "si",        "sauf",       "presque",    "peut",    "casi",
        "quiza",     "если",       "почти",     "якобы",      NULL};
    return in_list(fold, conditions);
}

bool word_is_number(str fold)
{
    for (size_t i = 0; i < fold.n; i++)
        if (fold.p[i] >= '0' && fold.p[i] <= '9')
            return true;
    return in_list(fold, numbers);
}
