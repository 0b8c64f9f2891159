/*
 * The template language of phrases.h. Expansion walks the template once and descends into the
 * alternative it picks; slots that are lists may hold templates again.
 */
#include "grammar.h"

#include "calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expand(struct text *out, const char *s, const char *end, struct setting *setting);

/* The end of the group that opens at `s`, and how many alternatives it has. */
static const char *group_end(const char *s, const char *end, int *alternatives)
{
    int depth = 0;
    *alternatives = 1;
    for (; s < end; s++) {
        depth += (*s == '{') - (*s == '}');
        if (*s == '|' && depth == 1)
            ++*alternatives;
        if (depth == 0)
            return s;
    }
    fputs("corpus-generate: a template's brace is not closed\n", stderr);
    abort();
}

static void expand_choice(struct text *out, const char *open, const char *close, int pick,
                          struct setting *setting)
{
    int depth = 0;
    const char *from = open + 1;
    for (const char *p = open + 1; p <= close; p++) {
        const bool border = p == close || (*p == '|' && depth == 0);
        if (border && pick-- == 0) {
            expand(out, from, p, setting);
            return;
        }
        if (border)
            from = p + 1;
        depth += (*p == '{') - (*p == '}');
    }
}

int64_t grammar_snowflake(struct rng *rng, int64_t utc_ms)
{
    return (utc_ms - 1288834974657) * 4194304 + (int64_t)rng_below(rng, 1u << 10) * 4096 +
           (rng_chance(rng, 850) ? 0 : (int64_t)rng_below(rng, 5));
}

void grammar_tweet(struct text *out, struct rng *rng, int64_t local)
{
    struct setting setting = {.rng = rng, .local = local};
    const int minutes = rng_chance(rng, 600) ? rng_between(rng, 1, 40) : rng_between(rng, 41, 700);
    const int64_t age_ms = minutes * 60000LL + rng_between(rng, 0, 59999);
    grammar_expand(out, "https://twitter.com/$account/status/", &setting);
    text_number(out, grammar_snowflake(rng, calendar_utc(local) * 1000 - age_ms));
}

/* A date some weeks before (`sign` -1) or after the message. */
static void put_date(struct text *out, struct setting *setting, int sign)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const int64_t days = rng_between(setting->rng, 3, sign < 0 ? 60 : 26) * sign;
    const struct civil c = calendar_civil(setting->local + days * 86400);
    text_number(out, c.day);
    text_char(out, ' ');
    text_puts(out, months[c.month - 1]);
}

static void put_clock(struct text *out, struct rng *rng)
{
    static const char *const minutes[] = {"00", "15", "30", "45", "10", "40"};
    text_number(out, rng_between(rng, 6, 22));
    text_char(out, ':');
    text_puts(out, minutes[rng_below(rng, 6)]);
}

static void put_sum(struct text *out, struct rng *rng)
{
    if (rng_chance(rng, 500)) {
        text_number(out, rng_between(rng, 2, 97));
        text_puts(out, rng_chance(rng, 700) ? " million" : ".5 million");
        return;
    }
    text_number(out, rng_between(rng, 11, 980));
    text_puts(out, ",");
    text_number(out, rng_between(rng, 1, 9) * 100);
}

/* Slots that are computed, not listed. */
static bool put_computed(struct text *out, const char *name, struct setting *setting)
{
    struct rng *rng = setting->rng;
    if (strcmp(name, "n") == 0)
        text_number(out, rng_between(rng, 2, 9));
    else if (strcmp(name, "nn") == 0)
        text_number(out, rng_between(rng, 11, 96));
    else if (strcmp(name, "nnn") == 0)
        text_number(out, rng_between(rng, 103, 988));
    else if (strcmp(name, "pct") == 0)
        text_number(out, rng_between(rng, 3, 68));
    else if (strcmp(name, "year") == 0)
        text_number(out, rng_between(rng, 1911, 2009));
    else if (strcmp(name, "thisyear") == 0)
        text_number(out, calendar_civil(setting->local).year);
    else if (strcmp(name, "clock") == 0)
        put_clock(out, rng);
    else if (strcmp(name, "date") == 0)
        put_date(out, setting, 1);
    else if (strcmp(name, "olddate") == 0)
        put_date(out, setting, -1);
    else if (strcmp(name, "sum") == 0)
        put_sum(out, rng);
    else if (strcmp(name, "tweet") == 0)
        grammar_tweet(out, rng, setting->local);
    else if (strcmp(name, "to") == 0)
        text_puts(out, setting->to ? setting->to : "all");
    else if (strcmp(name, "mate") == 0)
        text_puts(out, setting->mate ? setting->mate : "someone");
    else
        return false;
    return true;
}

static void put_slot(struct text *out, const char *name, struct setting *setting)
{
    if (put_computed(out, name, setting))
        return;
    for (int i = 0; i < SLOTS; i++) {
        if (strcmp(name, slots[i].name) != 0)
            continue;
        int pick = (int)rng_below(setting->rng, (uint32_t)slots[i].values.count);
        if (slots[i].sticky && setting->memory[i])
            pick = setting->memory[i] - 1;
        setting->memory[i] = pick + 1;
        grammar_expand(out, slots[i].values.lines[pick], setting);
        return;
    }
    fprintf(stderr, "corpus-generate: no slot is called $%s\n", name);
    abort();
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_';
}

static const char *expand_slot(struct text *out, const char *s, const char *end,
                               struct setting *setting)
{
    char name[24] = {0};
    size_t length = 0;
    for (s++; s < end && is_name(*s) && length + 1 < sizeof name; s++)
        name[length++] = *s;
    put_slot(out, name, setting);
    return s;
}

static void expand(struct text *out, const char *s, const char *end, struct setting *setting)
{
    while (s < end) {
        if (*s == '{') {
            int alternatives;
            const char *close = group_end(s, end, &alternatives);
            const int pick = (int)rng_below(setting->rng, (uint32_t)alternatives);
            expand_choice(out, s, close, pick, setting);
            s = close + 1;
        } else if (*s == '$' && s + 1 < end && is_name(s[1])) {
            s = expand_slot(out, s, end, setting);
        } else {
            text_char(out, *s++);
        }
    }
}

void grammar_expand(struct text *out, const char *pattern, struct setting *setting)
{
    expand(out, pattern, pattern + strlen(pattern), setting);
}
