/* Records on their way out: each becomes a frame, and now and then one that says how far we are. */
#include "parts.h"

#include "parcel.h"
#include "wire.h"

enum { TELL_EVERY_BYTES = 256 << 10 };

static enum status say(struct worker_sink *s, char letter, struct err *e)
{
    if (s->frame.full)
        return fail(e, ERR_LIMIT, "a record is larger than %d MiB", CONFINED_FRAME_MAX >> 20);
    if (s->out->put(s->out->context, letter, buf_str(&s->frame)) == OK)
        return OK;
    return fail(e, ERR_STOPPED, "nobody wants the rest");
}

enum status worker_sink_tell(struct worker_sink *s)
{
    const uint64_t at = source_at(s->source);
    if (at < s->told_at + TELL_EVERY_BYTES)
        return OK;
    s->told_at = at;
    /* How far an archive is unpacked nobody knows: its members count alike. */
    const uint64_t done =
        s->member->inside.n && s->members ? s->file_size / s->members * s->done_before : at;
    buf_clear(&s->frame);
    parcel_number(&s->frame, s->member->file);
    parcel_number(&s->frame, done);
    parcel_number(&s->frame, at);
    return s->out->put(s->out->context, SAY_AT, buf_str(&s->frame));
}

static enum status begin_record(struct worker_sink *s, struct err *e)
{
    const enum status st = worker_sink_tell(s);
    buf_clear(&s->frame);
    s->frame.full = false;
    return st == OK ? OK : fail(e, ERR_STOPPED, "nobody wants the rest");
}

static enum status on_message(struct sink *sink, const struct message *m, struct err *e)
{
    struct worker_sink *const s = (struct worker_sink *)sink;
    const struct sha256_digest digest = m->raw_digest ? *m->raw_digest : sha256_of(m->raw);
    const enum status st = begin_record(s, e);
    if (st != OK)
        return st;
    wire_put_message(&s->frame, m, &digest);
    return say(s, SAY_MESSAGE, e);
}

static enum status on_conversation(struct sink *sink, const struct conversation *c, struct err *e)
{
    struct worker_sink *const s = (struct worker_sink *)sink;
    const enum status st = begin_record(s, e);
    if (st != OK)
        return st;
    wire_put_conversation(&s->frame, c);
    return say(s, SAY_CONVERSATION, e);
}

static enum status on_participant(struct sink *sink, const struct participant *p, struct err *e)
{
    struct worker_sink *const s = (struct worker_sink *)sink;
    const enum status st = begin_record(s, e);
    if (st != OK)
        return st;
    wire_put_participant(&s->frame, p);
    return say(s, SAY_PARTICIPANT, e);
}

static enum status on_issue(struct sink *sink, const struct issue *i, struct err *e)
{
    struct worker_sink *const s = (struct worker_sink *)sink;
    const enum status st = begin_record(s, e);
    if (st != OK)
        return st;
    wire_put_issue(&s->frame, i);
    return say(s, SAY_ISSUE, e);
}

/* Nobody but the conservation law, which is kept on this side, needs the wrapping. */
static enum status on_wrapping(struct sink *sink, uint64_t at, uint64_t length, struct err *e)
{
    (void)at;
    (void)length;
    const enum status st = worker_sink_tell((struct worker_sink *)sink);
    return st == OK ? OK : fail(e, ERR_STOPPED, "nobody wants the rest");
}

struct worker_sink worker_sink_of(const struct outlet *out)
{
    return (struct worker_sink){
        .sink = {.message = on_message,
                 .conversation = on_conversation,
                 .participant = on_participant,
                 .issue = on_issue,
                 .wrapping = on_wrapping},
        .out = out,
        .frame = buf_new(CONFINED_FRAME_MAX),
    };
}

void worker_sink_free(struct worker_sink *s)
{
    buf_free(&s->frame);
}
