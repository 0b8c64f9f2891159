/*
 * A voice changes words one by one: a short form here, two letters swapped there. Words that are
 * links, handles, tags, markers, or not ASCII stay as they are; so does everything in brackets.
 */
#include "voice.h"

#include <stdbool.h>
#include <string.h>

struct short_word {
    const char *full, *brief;
};

static const struct short_word short_words[] = {
    {"about", "abt"},    {"with", "w/"},      {"without", "w/o"},   {"people", "ppl"},
    {"because", "b/c"},  {"should", "shld"},  {"would", "wld"},     {"could", "cld"},
    {"through", "thru"}, {"please", "pls"},   {"tomorrow", "tmrw"}, {"tonight", "tonite"},
    {"message", "msg"},  {"between", "btwn"}, {"something", "sth"}, {"minutes", "mins"},
    {"though", "tho"},   {"regarding", "re"}, {"your", "yr"},       {"million", "mio"},
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static bool is_plain(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!is_letter(word[i]) && !strchr("'\",.;:!?()-", word[i]))
            return false;
    }
    return true;
}

/* How many of the word's leading bytes are letters, after `skip` other ones. */
static size_t letters(const char *word, size_t length, size_t *skip)
{
    *skip = 0;
    while (*skip < length && !is_letter(word[*skip]))
        ++*skip;
    size_t n = 0;
    while (*skip + n < length && is_letter(word[*skip + n]))
        n++;
    return n;
}

static const char *brief_form(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof short_words / sizeof short_words[0]; i++) {
        if (strlen(short_words[i].full) == length &&
            strncmp(short_words[i].full, word, length) == 0)
            return short_words[i].brief;
    }
    return NULL;
}

/* Swaps, drops or doubles one letter inside a word, as fingers do. */
static void put_typo(struct text *out, const char *word, size_t length, struct rng *rng)
{
    const size_t at = 1 + rng_below(rng, (uint32_t)(length - 2));
    const uint32_t how = rng_below(rng, 4);
    text_add(out, word, at);
    if (how == 0) {
        text_add(out, word + at + 1, length - at - 1);
    } else if (how == 1) {
        text_char(out, word[at]);
        text_add(out, word + at, length - at);
    } else {
        text_char(out, word[at + 1]);
        text_char(out, word[at]);
        text_add(out, word + at + 2, length - at - 2);
    }
}

static void put_word(struct text *out, const char *word, size_t length, const struct voice *voice,
                     struct rng *rng)
{
    size_t skip;
    const size_t n = letters(word, length, &skip);
    if (!is_plain(word, length)) {
        text_add(out, word, length);
        return;
    }
    if (voice->ampersand && length == 3 && strncmp(word, "and", 3) == 0 && rng_chance(rng, 800)) {
        text_char(out, '&');
        return;
    }
    const char *brief = voice->short_words ? brief_form(word + skip, n) : NULL;
    text_add(out, word, skip);
    if (brief && rng_chance(rng, 700))
        text_puts(out, brief);
    else if (n >= 5 && rng_chance(rng, voice->typo))
        put_typo(out, word + skip, n, rng);
    else
        text_add(out, word + skip, n);
    text_add(out, word + skip + n, length - skip - n);
}

static bool keeps_case(const char *word, size_t length)
{
    size_t capitals = 0;
    for (size_t i = 0; i < length; i++) {
        if (strchr("@#/[", word[i]))
            return true;
        capitals += word[i] >= 'A' && word[i] <= 'Z';
    }
    return capitals > 1;
}

/* Lower case throughout, or a capital after each full stop. */
static void set_case(char *bytes, size_t length, bool low)
{
    bool start = true;
    for (size_t i = 0; i < length;) {
        size_t end = i;
        while (end < length && bytes[end] != ' ' && bytes[end] != '\n')
            end++;
        size_t skip;
        const bool word = letters(bytes + i, end - i, &skip) > 0;
        if (word && low && !keeps_case(bytes + i, end - i))
            for (size_t k = i; k < end; k++)
                bytes[k] = lower(bytes[k]);
        if (word && !low && start && skip <= 1 && !strchr("@#/[h", bytes[i]))
            bytes[i + skip] = upper(bytes[i + skip]);
        else if (word && !low && start && bytes[i] == 'h' && strncmp(bytes + i, "http", 4) != 0)
            bytes[i] = 'H';
        start = end > i && strchr(".?!", bytes[end - 1]) && !strchr(":;", bytes[i]);
        i = end + 1;
    }
}

static const char *curly(const char *s, char before, char after)
{
    const bool opens = before == ' ' || before == '(' || before == '\0' || before == '\n';
    if (*s == '"')
        return opens ? "\u201c" : "\u201d";
    return opens && after != ' ' ? "\u2018" : "\u2019";
}

/* Is a number before this blank, and a unit after it? */
static bool before_unit(const char *s, const char *blank)
{
    static const char *const units[] = {"m ", "km", "MW", "percent", "m3/s", "tonnes", "kWh"};
    if (blank == s || blank[-1] < '0' || blank[-1] > '9')
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strncmp(blank + 1, units[i], strlen(units[i])) == 0)
            return true;
    }
    return false;
}

static void put_marks(struct text *out, const char *s, const struct voice *voice)
{
    char before = '\0';
    for (const char *p = s; *p; before = *p, p++) {
        if (voice->quotes == CURLY && (*p == '"' || *p == '\''))
            text_puts(out, curly(p, before, p[1]));
        else if (strncmp(p, "--", 2) == 0 && (before == ' ' || before == '\0')) {
            text_puts(out, voice->quotes == CURLY ? "\u2013" : "-");
            p++;
        } else if (voice->non_breaking && *p == ' ' && before_unit(s, p))
            text_puts(out, "\u00a0");
        else
            text_char(out, *p);
    }
}

void voice_say(struct text *out, const char *plain, const struct voice *voice, struct rng *rng)
{
    struct text words = {0};
    text_clear(&words);
    for (const char *p = plain; *p;) {
        const size_t length = strcspn(p, " \n");
        put_word(&words, p, length, voice, rng);
        p += length;
        if (*p)
            text_char(&words, *p++);
    }
    set_case(words.bytes, words.length, voice->lower);
    put_marks(out, words.bytes, voice);
    text_free(&words);
}
