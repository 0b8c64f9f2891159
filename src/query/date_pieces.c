/* See date_pieces.h. */
#include "date_pieces.h"

#include <string.h>

#include "date_words.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t run_length(str s, bool (*is)(char))
{
    size_t n = 0;
    while (n < s.n && is(s.p[n]))
        n++;
    return n;
}

static char number_kind(size_t digits)
{
    if (digits <= 2)
        return 'd';
    if (digits == 3)
        return 'n';
    return digits == 4 ? 'y' : digits == 8 ? 'D' : 'x';
}

static bool add_piece(struct reading *r, struct piece p)
{
    if (r->count == PIECES_MAX)
        return false;
    r->shape[r->count] = p.kind;
    r->pieces[r->count++] = p;
    return true;
}

static bool is_ordinal(const struct reading *r, str word)
{
    const bool after_day = r->count > 0 && r->pieces[r->count - 1].kind == 'd';
    return after_day && (str_eq_nocase(word, STR("st")) || str_eq_nocase(word, STR("nd")) ||
                         str_eq_nocase(word, STR("rd")) || str_eq_nocase(word, STR("th")));
}

/* Takes the next piece off the text; false if it is nothing that dates are made of. */
static bool cut_piece(struct reading *r, size_t *done)
{
    const str rest = str_from(r->text, *done);
    struct piece p = {.at = r->at + *done};
    size_t n = run_length(rest, is_digit);
    if (n) {
        p.kind = number_kind(n);
        p.text = str_sub(rest, 0, n);
        *done += n;
        return str_to_u63(p.text, &p.value) && add_piece(r, p);
    }
    n = run_length(rest, is_letter);
    if (n) {
        p.text = str_sub(rest, 0, n);
        *done += n;
        if (is_ordinal(r, p.text))
            return true;
        p.kind = date_word(p.text, &p.value);
        return p.kind && add_piece(r, p);
    }
    *done += 1;
    if (rest.p[0] == ' ' || rest.p[0] == ',' || rest.p[0] == '\t')
        return true;
    p.kind = rest.p[0];
    p.text = str_sub(rest, 0, 1);
    return strchr("-/.:", p.kind) && add_piece(r, p);
}

bool reading_cut(struct reading *r)
{
    for (size_t done = 0; done < r->text.n;)
        if (!cut_piece(r, &done))
            return false;
    return r->count > 0;
}
