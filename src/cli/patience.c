/* See patience.h. */
#include "patience.h"
#include "words.h"

#include <signal.h>
#include <time.h>

enum { SECONDS_MAX = 1000000, MILLIS_DIGITS = 3 };

static volatile sig_atomic_t interrupted;

static void ask_stop(int signal)
{
    (void)signal;
    interrupted = 1;
}

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

/* "2" or "0.25" */
static bool read_seconds(str text, int64_t *ms)
{
    const size_t dot = str_find_byte(text, '.');
    const str fraction = dot == STR_NONE ? STR("") : str_from(text, dot + 1);
    int64_t whole = 0;
    if (!str_to_u63(str_sub(text, 0, dot == STR_NONE ? text.n : dot), &whole) ||
        whole > SECONDS_MAX || fraction.n > MILLIS_DIGITS || (dot != STR_NONE && !fraction.n))
        return false;
    int64_t millis = 0;
    for (size_t i = 0; i < MILLIS_DIGITS; i++) {
        const char c = i < fraction.n ? fraction.p[i] : '0';
        if (c < '0' || c > '9')
            return false;
        millis = millis * 10 + (c - '0');
    }
    *ms = whole * MS_PER_SECOND + millis;
    return *ms > 0;
}

enum status patience_begin(struct cli *c, struct patience *out, struct err *e)
{
    const char *const given = cli_value(c, OPT_TIMEOUT);
    int64_t ms;
    *out = (struct patience){clock_ms(), INT64_MAX};
    if (given && !read_seconds(str_of(given), &ms))
        return fail(e, ERR_QUERY, "--timeout takes seconds, 5 or 0.5, not \"%.40s\"", given);
    if (given)
        out->deadline_ms = out->begun_ms + ms;
    struct sigaction action = {.sa_handler = ask_stop, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    return OK;
}

bool patience_ended(void *patience)
{
    const struct patience *const p = patience;
    return interrupted || (p->deadline_ms != INT64_MAX && clock_ms() >= p->deadline_ms);
}

bool patience_interrupted(void)
{
    return interrupted;
}

void patience_tell(struct cli *c, const struct patience *p, const struct search_facts *f)
{
    const struct search_progress *const g = &f->progress;
    term_addf(&c->diag,
              "stet: stopped after %.2f s: " STR_FMT " of " STR_FMT " messages were looked through;"
              " there are at least " STR_FMT "\n",
              (double)(clock_ms() - p->begun_ms) / MS_PER_SECOND,
              STR_ARG(number_text(&c->arena, g->looked)), STR_ARG(number_text(&c->arena, g->of)),
              STR_ARG(count_text(&c->arena, f->count, "hit", "hits")));
}
