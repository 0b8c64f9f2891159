/*
 * Cutting a paragraph into words, signs and sentences. A sentence ends at . ! ? before a capital, not
 * after an initial or "Mr."; a quotation that ends so ends the sentence too, unless the sentence
 * visibly goes on.
 */
#include "prose.h"

#include <string.h>

#include "fold.h"
#include "utf8.h"

str prose_text(const struct prose *p, size_t piece)
{
    return str_sub(p->text, p->pieces[piece].at, p->pieces[piece].end - p->pieces[piece].at);
}

static struct prose_piece *add(struct prose *p, enum prose_kind kind, size_t at, size_t end)
{
    if (p->count == p->cap) {
        const size_t cap = p->cap ? p->cap * 2 : 256;
        struct prose_piece *const pieces = arena_array(p->arena, cap, sizeof *pieces);
        if (p->count)
            memcpy(pieces, p->pieces, p->count * sizeof *pieces);
        p->pieces = pieces;
        p->cap = cap;
    }
    struct prose_piece *const piece = &p->pieces[p->count];
    const uint32_t sentence = p->count ? piece[-1].sentence : 0;
    const bool new_sentence = p->count && piece[-1].kind == PROSE_STOP;
    *piece = (struct prose_piece){
        .kind = kind, .at = at, .end = end, .sentence = sentence + (new_sentence ? 1 : 0)};
    p->count++;
    return piece;
}

static bool is_word_char(uint32_t cp)
{
    const enum char_class c = char_class_of(cp);
    return c == CHAR_LETTER || c == CHAR_DIGIT || c == CHAR_UNIT || cp == '_' || cp == '@' ||
           cp == '#';
}

/* The end of the word at `at`: letters, digits, _ and inside it ' ’ - . (U.S., e-mail, d’Arc, 2016-03-02). */
static size_t word_end(str text, size_t at, size_t limit)
{
    size_t end = at;
    for (size_t i = at; i < limit;) {
        str rest = str_sub(text, i, limit - i);
        const uint32_t cp = utf8_next(&rest);
        const size_t next = limit - rest.n;
        if (is_word_char(cp)) {
            end = next;
        } else {
            const enum char_class c = char_class_of(cp);
            const bool inner =
                c == CHAR_APOSTROPHE || cp == '-' || cp == '.' || cp == ':' || c == CHAR_IGNORED;
            if (!inner || end != i || !rest.n)
                break;
            str after = rest;
            const uint32_t follows = utf8_next(&after);
            const bool number = cp != ':' || (char_class_of(follows) == CHAR_DIGIT);
            if (!is_word_char(follows) || !number)
                break;
        }
        i = next;
    }
    return end;
}

static bool is_short_form(str word)
{
    static const char *const forms[] = {"Mr",  "Mrs", "Ms",  "Dr",  "St",  "Prof", "Sen",
                                        "Rep", "Gen", "Gov", "No",  "vs",  "Jan",  "Feb",
                                        "Mar", "Apr", "Jun", "Jul", "Aug", "Sep",  "Sept",
                                        "Oct", "Nov", "Dec", "a.m", "p.m", "U.S",  "U.K"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (str_eq(word, str_of(forms[i])))
            return true;
    str rest = word;
    const uint32_t cp = word.n ? utf8_next(&rest) : 0;
    return word.n && !rest.n && fold_lower(cp) != cp; /* an initial */
}

/* "Ines M." keeps its stop, "March 2." does not. */
static bool stop_belongs_to_word(const struct prose *p)
{
    return p->count && p->pieces[p->count - 1].kind == PROSE_WORD &&
           is_short_form(prose_text(p, p->count - 1));
}

static enum prose_kind sign_kind(uint32_t cp)
{
    switch (cp) {
    case ',':
    case ';':
    case 0x3001:
    case 0xFF0C: return PROSE_COMMA;
    case ':':
    case 0xFF1A: return PROSE_COLON;
    case '.':
    case '!':
    case '?':
    case '\n':
    case 0x3002:
    case 0xFF01:
    case 0xFF1F: return PROSE_STOP;
    default: return PROSE_SIGN;
    }
}

static size_t read_piece(struct prose *p, size_t at, size_t limit)
{
    str rest = str_sub(p->text, at, limit - at);
    const uint32_t cp = utf8_next(&rest);
    const size_t next = limit - rest.n;
    if (is_word_char(cp)) {
        const size_t end = word_end(p->text, at, limit);
        add(p, PROSE_WORD, at, end)->capital = fold_lower(cp) != cp;
        return end;
    }
    const enum char_class c = char_class_of(cp);
    if (cp != '\n' && (c == CHAR_SPACE || c == CHAR_IGNORED))
        return next;
    if (cp == '.' && stop_belongs_to_word(p)) {
        const str word = prose_text(p, p->count - 1);
        if (word.n <= 2 && p->pieces[p->count - 1].end == at)
            p->pieces[p->count - 1].end = next;
        return next;
    }
    add(p, sign_kind(cp), at, next);
    return next;
}

/* A quotation that ends with a stop ends its sentence if a capital follows. */
static void end_quoted_sentence(struct prose *p, const struct draft *d, size_t quote, size_t end)
{
    const struct draft_quote *const q = &d->quotes[quote];
    if (!q->text.n || q->text.p[q->text.n - 1] != '.')
        return;
    str rest = str_from(d->text, end);
    while (rest.n && rest.p[0] == ' ')
        rest = str_from(rest, 1);
    if (!rest.n)
        return;
    const uint32_t cp = utf8_next(&rest);
    if (fold_lower(cp) != cp || char_class_of(cp) == CHAR_QUOTE)
        add(p, PROSE_STOP, end, end);
}

/* All pieces of quotation q that lie before `limit`; returns where the writer's own words go on. */
static size_t read_quote(struct prose *p, const struct draft *d, size_t q, size_t limit)
{
    const struct draft_quote *const quote = &d->quotes[q];
    size_t at = quote->at;
    for (size_t i = 0; i < quote->part_count && at < limit; i++) {
        const bool last = i + 1 == quote->part_count;
        size_t end = last ? quote->end : quote->parts[i].end;
        if (end > limit)
            end = limit;
        if (i)
            at = quote->parts[i].at < limit ? quote->parts[i].at : limit;
        add(p, PROSE_QUOTE, at, end)->quote = q;
        at = end;
        if (last || quote->shape != QUOTE_INTERRUPTED)
            continue;
        /* the closing mark after this part and the opening one before the next are signs */
        while (at < quote->parts[i + 1].at)
            at = read_piece(p, at, quote->parts[i + 1].at);
    }
    end_quoted_sentence(p, d, q, quote->end < limit ? quote->end : limit);
    return quote->end < limit ? quote->end : limit;
}

void prose_read(struct prose *p, const struct draft *d, size_t i, size_t *quote)
{
    const struct draft_paragraph *const paragraph = &d->paragraphs[i];
    size_t at = paragraph->at;
    size_t limit = paragraph->end;
    if (limit - at > PROSE_PARAGRAPH_MAX)
        limit = at + PROSE_PARAGRAPH_MAX;
    p->text = d->text;
    p->count = 0;
    size_t q = *quote;
    while (at < limit) {
        while (q < d->quote_count && (d->quotes[q].level > 0 || d->quotes[q].end <= at))
            q++;
        const bool here = q < d->quote_count && d->quotes[q].at <= at;
        if (here && d->quotes[q].at >= paragraph->at) {
            at = read_quote(p, d, q, limit);
        } else if (here) {
            /* goes on from a paragraph before */
            const size_t end = d->quotes[q].end < limit ? d->quotes[q].end : limit;
            add(p, PROSE_QUOTE, at, end)->quote = q;
            at = end;
        } else {
            const size_t stop =
                q < d->quote_count && d->quotes[q].at < limit ? d->quotes[q].at : limit;
            at = read_piece(p, at, stop);
        }
    }
    *quote = q;
}
