/* stet help query: the language on one page. The fields come from the table that reads them. */
#include "archive.h"
#include "help.h"

#include <stdio.h>

enum { SIGN_COLUMNS = 26 };

struct line {
    const char *sign, *meaning;
};

static const struct line operators[] = {
    {"word  permi*", "the word, whatever its case and accents; words that begin so"},
    {"+Word", "this case and these accents"},
    {"permitt~1  stem:permit", "similar spellings; all forms of a word"},
    {"\"a b c\"", "side by side; inside, * is one word and ... any number"},
    {"=\"a b c\"", "byte for byte"},
    {"a NEAR/5 b  a ADJ/5 b", "within 5 words, in any order; in this order"},
    {"\"a b c\"~5", "in any order, with at most 5 words among them"},
    {"/colou?r/  /colou?r/i", "a regular expression over the whole message"},
    {"a b   a OR b   -a   ( )", "and, or, not"},
};

static void print_line(struct term *t, str sign, const char *meaning)
{
    term_add(t, STR("  "));
    term_add(t, sign);
    term_pad(t, sign.n < SIGN_COLUMNS ? SIGN_COLUMNS - (int)sign.n : 1);
    term_addf(t, "%s\n", meaning);
}

void help_query(struct term *t)
{
    struct query_field f;
    char sign[80];
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        print_line(t, str_of(operators[i].sign), operators[i].meaning);
    term_add(t, STR("\n"));
    for (size_t i = 0; query_field_help(i, &f); i++) {
        snprintf(sign, sizeof sign, "%s%s%s", f.name, f.compares ? ">" : ":", f.value);
        print_line(t, str_of(sign), f.help);
    }
    term_add(t, STR("\nDates: 2016, 2016-08, 2016-08-23, 2016-Q4, \"june 2015\", yesterday, "
                    "2016-07..2016-11\n"));
}
