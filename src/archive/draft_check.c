/*
 * See draft_check.h.
 */
#include "draft_check.h"

#include <string.h>

/* ---- claims ------------------------------------------------------------------------------------------ */

/* "Eighteen seconds later" is measured from the message before; prose rounds, so a tenth is allowed, and
   "the next day" is any time of that day. */
static struct date_range range_after(int64_t wall_ms, int64_t after_ms)
{
    const int64_t then = wall_ms + after_ms;
    if (after_ms % MS_PER_DAY == 0) {
        const int64_t day = then - ((then % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY;
        return (struct date_range){day, day + MS_PER_DAY};
    }
    const int64_t slack = after_ms / 10 > 2 * MS_PER_SECOND ? after_ms / 10 : 2 * MS_PER_SECOND;
    return (struct date_range){then - slack, then + slack + 1};
}

struct run {
    const struct draft_check *how;
    const struct draft *draft;
    struct report_quote *checked; /* one for each quotation */
    struct arena *arena;          /* verdicts live as long as the report needs them */
};

/* When the quotation before was written: its last message; TIME_NONE if that is not known. */
static int64_t time_before(const struct run *d, size_t i)
{
    while (i-- > 0) {
        if (d->draft->quotes[i].level > 0)
            continue;
        const struct verdict *const v = d->checked[i].verdict;
        return v && v->message_count ? v->messages[v->message_count - 1].stored.message.time.wall_ms
                                     : TIME_NONE;
    }
    return TIME_NONE;
}

/* What is usual holds where the draft says nothing. */
static struct claim claim_of(const struct run *d, size_t i)
{
    const struct draft_quote *const q = &d->draft->quotes[i];
    struct claim claim = d->how->usual;
    claim.quote = q->text;
    if (q->speaker.n)
        claim.speaker = q->speaker;
    if (!q->when_text.n)
        return claim;
    claim.date = q->when_text;
    claim.when = q->when;
    const int64_t before = time_before(d, i);
    if (q->after_previous_ms != TIME_NONE && before != TIME_NONE)
        claim.when = range_after(before, q->after_previous_ms);
    return claim;
}

/* ---- checking ------------------------------------------------------------------------------------------ */

/* One message before and one after the quoted ones, for the report. */
static enum status read_context(const struct run *d, const struct verdict *v,
                                struct report_quote *out, struct err *e)
{
    struct view view;
    if (!v->message_count)
        return OK;
    enum status st =
        archive_view(d->how->archive, v->messages[0].stored.row, 1, 0, d->arena, &view, e);
    if (st != OK)
        return st;
    out->before = view.before;
    out->before_count = view.before_count;
    st = archive_view(d->how->archive, v->messages[v->message_count - 1].stored.row, 0, 1, d->arena,
                      &view, e);
    if (st != OK)
        return st;
    out->after = view.after;
    out->after_count = view.after_count;
    return OK;
}

/* One or two words in quotation marks that nobody is said to have uttered are a title or a turn of
   phrase: that the archive does not have them says nothing. */
static void tell_scare_quotes(const struct claim *claim, struct verdict *v)
{
    enum { SCARE_WORDS = 2 };
    if (claim->speaker.n || v->words_of > SCARE_WORDS ||
        (v->kind != VERDICT_ABSENT && v->kind != VERDICT_NEAR))
        return;
    v->kind = VERDICT_AMBIGUOUS;
    v->flags |= VFLAG_TOO_SHORT;
}

static enum status check_quote(const struct run *d, size_t i, struct err *e)
{
    const struct draft_check *const how = d->how;
    const struct claim claim = claim_of(d, i);
    struct verdict *const v = arena_alloc(d->arena, sizeof *v);
    struct err why = {0};
    enum status st = verify_quote(how->verifier, &claim, d->arena, v, &why);
    if (st != OK && st != ERR_LIMIT) {
        *e = why;
        return st;
    }
    if (st == ERR_LIMIT) {
        d->checked[i].why_unchecked = arena_dup(d->arena, str_of(why.msg));
    } else {
        tell_scare_quotes(&claim, v);
        d->checked[i].verdict = v;
    }
    st = how->each ? how->each(how->context_of_each, i, &claim, &d->checked[i], e) : OK;
    if (st == OK && how->context && d->checked[i].verdict)
        st = read_context(d, v, &d->checked[i], e);
    return st;
}

enum status draft_check_run(const struct draft_check *c, const struct draft *d,
                            struct arena *arena, struct report_quote **out, struct err *e)
{
    struct run run = {.how = c, .draft = d, .arena = arena};
    run.checked = arena_array(arena, d->quote_count + 1, sizeof *run.checked);
    *out = run.checked;
    enum status st = OK;
    for (size_t i = 0; st == OK && i < d->quote_count; i++)
        st = check_quote(&run, i, e);
    return st;
}

static str last_part(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

enum status draft_check_facts(struct archive *a, const char *path, str version,
                              struct arena *arena, struct report_facts *out, struct err *e)
{
    struct archive_facts facts;
    const enum status st = archive_facts(a, arena, &facts, e);
    if (st != OK)
        return st;
    *out = (struct report_facts){.archive_name = last_part(path),
                                 .version = version,
                                 .messages = facts.messages,
                                 .conversations = facts.conversations,
                                 .first_wall_ms = facts.first_wall_ms,
                                 .last_wall_ms = facts.last_wall_ms,
                                 .zone_name = facts.zone_name,
                                 .basis = facts.basis};
    return OK;
}
