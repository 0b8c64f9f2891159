/*
 * The tokenizer. Words in ASCII are lowered through one table, a byte at a time; everything else
 * asks the cache of folded code points.
 *
 * Where a token begins and ends depends on the characters themselves, never on what stands further
 * away: a phrase cut out of a text at the beginning of a word, or of a single character that is a
 * token, gives the same tokens as it gives inside that text. The exceptions are the whole of an
 * "@handle" (which has its parts beside it), flags (two letters, paired from the left) and words of
 * more than TOKEN_MAX bytes.
 */
#include "tokenize.h"
#include "charfold.h"
#include "charpage.h"
#include "sign.h"
#include "utf8.h"

/* What an ASCII byte adds to a word; 0 ends the word. */
static const char word_byte[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
    ['7'] = '7', ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd',
    ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k',
    ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r',
    ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y',
    ['Z'] = 'z', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f',
    ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm',
    ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
    ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z',
};

struct tokenizer tokenizer_of(str text)
{
    struct tokenizer t;
    t.text = text;
    t.at = t.part = t.whole_end = 0;
    t.place = 0;
    return t;
}

/* The token being written. */
struct word {
    char *p;
    size_t n;
    uint32_t last; /* the last code point and where it begins, for Hangul to grow on */
    size_t last_at;
};

/* False, and nothing is written, if it would be too long. */
static bool add_codepoints(struct word *w, const uint32_t *cps, size_t count)
{
    char bytes[4 * FOLD_MAX];
    size_t n = 0, last_at = 0;
    for (size_t i = 0; i < count; i++) {
        last_at = n;
        n += utf8_put(bytes + n, cps[i]);
    }
    if (w->n + n > TOKEN_MAX)
        return false;
    for (size_t i = 0; i < n; i++)
        w->p[w->n + i] = bytes[i];
    if (count) {
        w->last = cps[count - 1];
        w->last_at = w->n + last_at;
    }
    w->n += n;
    return true;
}

static bool add_hangul(struct word *w, const struct char_info *info)
{
    const uint32_t syllable = w->n && info->n == 1 ? hangul_compose(w->last, info->fold[0]) : 0;
    if (!syllable)
        return false;
    w->n = w->last_at;
    return add_codepoints(w, &syllable, 1);
}

/* The character at `at`; returns where the next one begins. */
static size_t info_at(struct char_info *info, str text, size_t at)
{
    str rest = {text.p + at, text.n - at};
    char_info_of(info, utf8_next(&rest));
    return text.n - rest.n;
}

static bool is_ascii(char byte)
{
    return (unsigned char)byte < 0x80;
}

static void finish(struct tokenizer *t, struct token *out, const struct word *w, size_t end)
{
    *out = (struct token){.word = {w->p, w->n}, .at = t->at, .end = end, .place = t->place++};
    t->at = end;
}

/* A run of letters, marks and digits from t->at, where one stands. */
static void take_word(struct tokenizer *t, struct token *out)
{
    struct word w = {.p = t->word};
    const str text = t->text;
    size_t at = t->at, end = at;
    while (at < text.n) {
        const char *p = text.p;
        size_t n = w.n;
        const size_t from = at;
        while (at < text.n && n < TOKEN_MAX && word_byte[(unsigned char)p[at]])
            w.p[n++] = word_byte[(unsigned char)p[at++]];
        w.n = n;
        if (at > from)
            end = at;
        if (at == text.n || is_ascii(p[at]))
            break;
        struct char_info info;
        at = info_at(&info, text, at);
        if (info.class == CHAR_IGNORED)
            continue;
        const bool word = info.class == CHAR_LETTER || info.class == CHAR_DIGIT;
        if (!word || info.mixed || !add_codepoints(&w, info.fold, info.n))
            break;
        end = at;
    }
    finish(t, out, &w, end);
}

static bool is_flag_letter(uint32_t cp)
{
    return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

/* Adds to a unit the marks, jamo or second half of a flag after it; returns the end of it all. */
static size_t take_attached(struct word *w, str text, size_t at)
{
    size_t end = at;
    bool half_a_flag = is_flag_letter(w->last);
    while (at < text.n && !is_ascii(text.p[at])) {
        struct char_info info;
        at = info_at(&info, text, at);
        if (info.class == CHAR_IGNORED)
            continue;
        const bool flag = half_a_flag && info.n == 1 && is_flag_letter(info.fold[0]);
        const bool added =
            add_hangul(w, &info) || ((info.mark || flag) && add_codepoints(w, info.fold, info.n));
        if (!added)
            break;
        half_a_flag = half_a_flag && !flag;
        end = at;
    }
    return end;
}

static void take_unit(struct tokenizer *t, struct token *out, const uint32_t *cps, size_t n,
                      size_t next)
{
    struct word w = {.p = t->word};
    add_codepoints(&w, cps, n);
    finish(t, out, &w, take_attached(&w, t->text, next));
    out->unit = true;
}

static bool is_wordy(enum char_class class)
{
    return class == CHAR_LETTER || class == CHAR_DIGIT;
}

/* The next token of a character that stands for several ("㍻" for 平成, "½" for 1 and 2): all have
   its span. False when there is none left; then t->at is behind it. */
static bool take_part(struct tokenizer *t, struct token *out, const struct char_info *info,
                      size_t next)
{
    struct word w = {.p = t->word};
    bool unit = false;
    for (; t->part < info->n; t->part++) {
        const uint32_t *cp = &info->fold[t->part];
        const enum char_class class = char_class_of(*cp);
        const bool single = class == CHAR_UNIT || class == CHAR_SYMBOL;
        const bool joins = is_wordy(class) && (!unit || char_is_mark(*cp));
        if (w.n && !joins)
            break;
        if (!joins && !single)
            continue;
        unit = unit || single;
        add_codepoints(&w, cp, 1);
    }
    const bool done = t->part == info->n;
    if (done)
        t->part = 0;
    if (w.n == 0) {
        t->at = next;
        return false;
    }
    const size_t at = t->at;
    finish(t, out, &w, next);
    out->unit = true;
    if (!done)
        t->at = at;
    return true;
}

/* Adds what a whole keeps of a character: all but blanks and punctuation. */
static bool add_to_whole(struct word *w, const struct char_info *info)
{
    if (!info->mixed)
        return add_hangul(w, info) || add_codepoints(w, info->fold, info->n);
    for (size_t i = 0; i < info->n; i++) {
        const enum char_class class = char_class_of(info->fold[i]);
        const bool keep = is_wordy(class) || class == CHAR_UNIT;
        if (keep && !add_codepoints(w, &info->fold[i], 1))
            return false;
    }
    return true;
}

/* The whole of an @handle or #tag, if one begins here. Its place is that of its first part. */
static bool take_whole(struct tokenizer *t, struct token *out)
{
    char sign;
    size_t at;
    size_t end = sign_end(t->text, t->at, t->whole_end, &sign, &at);
    if (!end)
        return false;
    struct word w = {.p = t->word};
    w.p[w.n++] = sign;
    for (size_t next; at < end; at = next) {
        struct char_info info;
        next = info_at(&info, t->text, at);
        if (!add_to_whole(&w, &info))
            end = at;
    }
    *out = (struct token){{w.p, w.n}, t->at, end, t->place, .whole = true};
    t->whole_end = end;
    return true;
}

/* A token that begins with the character at t->at, which is not ASCII; otherwise goes past it. */
static bool take_other(struct tokenizer *t, struct token *out)
{
    struct char_info info;
    const size_t next = info_at(&info, t->text, t->at);
    if (info.mixed)
        return take_part(t, out, &info, next);
    if (is_wordy(info.class) && info.n) {
        take_word(t, out);
        return true;
    }
    if ((info.class == CHAR_UNIT || info.class == CHAR_SYMBOL) && info.n) {
        take_unit(t, out, info.fold, info.n, next);
        return true;
    }
    const bool sign = info.n == 1 && (info.fold[0] == '@' || info.fold[0] == '#');
    const bool whole = sign && take_whole(t, out);
    t->at = next;
    return whole;
}

bool tokenizer_next(struct tokenizer *t, struct token *out)
{
    while (t->at < t->text.n) {
        const char byte = t->text.p[t->at];
        if (word_byte[(unsigned char)byte]) {
            take_word(t, out);
            return true;
        }
        if (!is_ascii(byte)) {
            if (take_other(t, out))
                return true;
            continue;
        }
        if (byte == '$') {
            take_unit(t, out, &(uint32_t){'$'}, 1, t->at + 1);
            return true;
        }
        const bool whole = (byte == '@' || byte == '#') && take_whole(t, out);
        t->at++;
        if (whole)
            return true;
    }
    return false;
}

uint32_t tokenize_count(str text)
{
    struct tokenizer t = tokenizer_of(text);
    struct token token;
    while (tokenizer_next(&t, &token))
        continue;
    return t.place;
}
