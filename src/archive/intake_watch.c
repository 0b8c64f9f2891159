/* The clock and the caller are asked every 64 KiB of the source, so that it costs nothing. */
#include "intake_watch.h"

#include <time.h>

enum { ASK_EVERY_BYTES = 64 << 10 };
static const double tell_every_s = 0.1;

double clock_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double watch_seconds(const struct watch *w)
{
    return clock_seconds() - w->begun;
}

void watch_tell(struct watch *w)
{
    if (!w->options->progress)
        return;
    const struct intake_progress p = {.name = w->name,
                                      .done_bytes = source_at(w->source),
                                      .size_bytes = source_size(w->source),
                                      .messages = w->messages,
                                      .seconds = watch_seconds(w)};
    w->options->progress(w->options->context, &p);
    w->told = clock_seconds();
}

static enum status look_up(struct watch *w, struct err *e)
{
    const uint64_t at = source_at(w->source);
    if (at < w->asked_at + ASK_EVERY_BYTES)
        return OK;
    w->asked_at = at;
    if (w->options->stop && w->options->stop(w->options->context))
        return fail(e, ERR_STOPPED, "stopped");
    if (clock_seconds() >= w->told + tell_every_s)
        watch_tell(w);
    return OK;
}

static enum status on_message(struct sink *sink, const struct message *m, struct err *e)
{
    struct watch *w = (struct watch *)sink;
    w->messages++;
    if (m->time.basis != BASIS_NONE && (w->basis == BASIS_NONE || m->time.basis < w->basis))
        w->basis = m->time.basis;
    const enum status st = look_up(w, e);
    return st == OK ? w->to->message(w->to, m, e) : st;
}

static enum status on_conversation(struct sink *sink, const struct conversation *c, struct err *e)
{
    struct watch *w = (struct watch *)sink;
    return w->to->conversation(w->to, c, e);
}

static enum status on_issue(struct sink *sink, const struct issue *i, struct err *e)
{
    struct watch *w = (struct watch *)sink;
    const enum status st = look_up(w, e);
    return st == OK ? w->to->issue(w->to, i, e) : st;
}

static enum status on_wrapping(struct sink *sink, uint64_t at, uint64_t length, struct err *e)
{
    struct watch *w = (struct watch *)sink;
    const enum status st = look_up(w, e);
    return st == OK ? w->to->wrapping(w->to, at, length, e) : st;
}

struct watch watch_of(struct sink *to, const struct intake_options *o, struct source *source,
                      str name)
{
    const double now = clock_seconds();
    return (struct watch){.sink = {.message = on_message,
                                   .conversation = on_conversation,
                                   .issue = on_issue,
                                   .wrapping = on_wrapping},
                          .to = to,
                          .options = o,
                          .source = source,
                          .name = name,
                          .begun = now,
                          .told = now,
                          .basis = BASIS_NONE};
}
