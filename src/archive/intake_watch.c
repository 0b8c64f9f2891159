/* What comes is handed on as it is. */
#include "intake_watch.h"

#include "intake_kinds.h"

static enum status on_message(struct sink *sink, const struct message *m, struct err *e)
{
    struct watch *const w = (struct watch *)sink;
    w->messages++;
    if (m->time.basis != BASIS_NONE && (w->basis == BASIS_NONE || m->time.basis < w->basis))
        w->basis = m->time.basis;
    return w->to->message(w->to, m, e);
}

static enum status on_conversation(struct sink *sink, const struct conversation *c, struct err *e)
{
    struct watch *const w = (struct watch *)sink;
    return w->to->conversation(w->to, c, e);
}

static enum status on_participant(struct sink *sink, const struct participant *p, struct err *e)
{
    struct watch *const w = (struct watch *)sink;
    return w->to->participant ? w->to->participant(w->to, p, e) : OK;
}

static enum status on_issue(struct sink *sink, const struct issue *i, struct err *e)
{
    struct watch *const w = (struct watch *)sink;
    kinds_add(&w->kinds, i);
    return w->to->issue(w->to, i, e);
}

struct watch watch_new(void)
{
    return (struct watch){.sink = {.message = on_message,
                                   .conversation = on_conversation,
                                   .participant = on_participant,
                                   .issue = on_issue},
                          .basis = BASIS_NONE};
}

void watch_member(struct watch *w)
{
    w->basis = BASIS_NONE;
    kinds_clear(&w->kinds);
}
