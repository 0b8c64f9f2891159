/* The vocabulary of dates.c; see date_words.h. */
#include "date_words.h"

#include "dates.h"

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};

static const struct {
    const char *word;
    char kind;
    int value;
} words[] = {
    {"sept", 'm', 9},
    {"tues", 'k', 1},
    {"weds", 'k', 2},
    {"thur", 'k', 3},
    {"thurs", 'k', 3},
    {"minute", 'u', UNIT_MINUTE},
    {"min", 'u', UNIT_MINUTE},
    {"mins", 'u', UNIT_MINUTE},
    {"minutes", 'u', UNIT_MINUTE},
    {"hour", 'u', UNIT_HOUR},
    {"hours", 'u', UNIT_HOUR},
    {"day", 'u', UNIT_DAY},
    {"days", 'u', UNIT_DAY},
    {"week", 'u', UNIT_WEEK},
    {"weeks", 'u', UNIT_WEEK},
    {"month", 'u', UNIT_MONTH},
    {"months", 'u', UNIT_MONTH},
    {"year", 'u', UNIT_YEAR},
    {"years", 'u', UNIT_YEAR},
    {"today", 'N', 0},
    {"yesterday", 'Y', 0},
    {"last", 'l', 0},
    {"this", 't', 0},
    {"ago", 'a', 0},
    {"q", 'q', 0},
    {"w", 'W', 0},
    {"t", 'T', 0},
};

/* "June" and "jun", but not "ju" (July too) nor "junes". */
static int find_name(str word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        const str name = str_of(names[i]);
        if (str_eq_nocase(word, name) || (word.n == 3 && str_eq_nocase(word, str_sub(name, 0, 3))))
            return i;
    }
    return -1;
}

char date_word(str word, int64_t *value)
{
    const int month = find_name(word, months, 12);
    *value = month + 1;
    if (month >= 0)
        return 'm';
    const int weekday = find_name(word, weekdays, 7);
    *value = weekday;
    if (weekday >= 0)
        return 'k';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *value = words[i].value;
        if (str_eq_nocase(word, str_of(words[i].word)))
            return words[i].kind;
    }
    return 0;
}

const char *date_month_name(int month)
{
    return months[month - 1];
}
