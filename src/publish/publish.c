/* The table of exporters, and the run of one: a query, its hits in order of time, each whole. */
#include "publish.h"

#include "exporter.h"

enum { WRITE_AT = 64 << 10, LINE_MAX_BYTES = 1 << 30 };

static const struct exporter *const exporters[] = {
    &exporter_jsonl, &exporter_csv, &exporter_html, &exporter_markdown, &exporter_text,
};

size_t exporter_count(void)
{
    return sizeof exporters / sizeof *exporters;
}

const struct exporter *exporter_at(size_t i)
{
    return exporters[i];
}

const struct exporter *exporter_find(str name)
{
    for (size_t i = 0; i < exporter_count(); i++) {
        if (str_eq(name, str_of(exporters[i]->name)))
            return exporters[i];
    }
    return NULL;
}

const char *exporter_name(const struct exporter *x)
{
    return x->name;
}

const char *exporter_title(const struct exporter *x)
{
    return x->title;
}

/* ---- a run ------------------------------------------------------------------------------------ */

struct run {
    struct publishing publishing;
    const struct exporter *exporter;
    const struct publish_output *to;
    struct publish_result *result;
    struct query *query;
    struct plan *plan;
    struct hit_options hit_options;
    struct buf out;
};

static enum status write_out(struct run *r, struct err *e)
{
    if (r->out.full)
        return fail(e, ERR_LIMIT, "a message is too large to be written");
    if (!r->out.n)
        return OK;
    r->result->bytes += r->out.n;
    const enum status st = r->to->write(r->to->context, buf_str(&r->out), e);
    buf_clear(&r->out);
    return st;
}

static enum status read_marks(struct publishing *p, int64_t row, struct published *m,
                              struct err *e)
{
    struct tag_row *tags;
    struct note_row *notes;
    if (!p->marked)
        return OK;
    enum status st = marks_tags_of(p->store, row, &p->scratch, &tags, &m->tag_count, e);
    if (st == OK)
        st = marks_notes_of(p->store, row, &p->scratch, &notes, &m->note_count, e);
    if (st != OK)
        return st;
    m->tags = tags;
    m->notes = notes;
    return OK;
}

static enum status publish_row(struct run *r, int64_t row, struct err *e)
{
    struct publishing *p = &r->publishing;
    struct stored stored;
    struct witness *witnesses = NULL;
    struct published m = {.stored = &stored};
    arena_clear(&p->scratch);
    enum status st = store_message(p->store, row, &p->scratch, &stored, e);
    if (st == OK)
        st = store_witnesses(p->store, row, &p->scratch, &witnesses, &m.witness_count, e);
    if (st != OK)
        return st;
    m.witnesses = witnesses;
    st = read_marks(p, row, &m, e);
    if (st != OK)
        return st;
    if (stored.message.kind == KIND_EVENT)
        r->result->events++;
    else
        r->result->messages++;
    st = r->exporter->message(p, &m, e);
    return st == OK && r->out.n >= WRITE_AT ? write_out(r, e) : st;
}

static enum status publish_hits(struct run *r, struct err *e)
{
    struct hits *hits;
    int64_t row;
    enum step step = STEP_ROW;
    enum status st = hits_open(&hits, r->plan, &r->hit_options, e);
    if (st != OK)
        return st;
    while (st == OK && (step = hits_next(hits, &row, e)) == STEP_ROW)
        st = publish_row(r, row, e);
    hits_close(hits);
    return step == STEP_ERROR ? e->code : st;
}

static enum status find(struct run *r, const struct publish_options *o, struct err *e)
{
    struct publishing *p = &r->publishing;
    const struct query_clock clock = {.now_wall_ms = o->now_wall_ms};
    enum status st = query_parse(&r->query, o->query, &clock, e);
    if (st == OK)
        st = plan_make(&r->plan, r->query, p->store, e);
    if (st == OK)
        st = plan_count(r->plan, &r->hit_options, &p->count, e);
    if (st == OK)
        st = store_sources(p->store, &p->arena, &p->sources, &p->source_count, e);
    if (st == OK)
        st = store_conversations(p->store, &p->arena, &p->conversations, &p->conversation_count, e);
    struct tag_row *tags;
    struct note_row *notes;
    size_t tag_count = 0, note_count = 0;
    if (st == OK)
        st = marks_tags(p->store, &p->arena, &tags, &tag_count, e);
    if (st == OK)
        st = marks_notes(p->store, &p->arena, &notes, &note_count, e);
    if (st != OK)
        return st;
    p->marked = tag_count + note_count > 0;
    struct buf canonical = buf_new(BUF_MESSAGE_MAX);
    query_print(r->query, &canonical);
    p->query = arena_dup(&p->arena, buf_str(&canonical));
    buf_free(&canonical);
    return OK;
}

enum status publish_run(const struct exporter *x, struct store *s, const struct publish_options *o,
                        const struct publish_output *to, struct publish_result *out, struct err *e)
{
    *out = (struct publish_result){.messages = 0};
    struct run r = {
        .publishing = {.store = s},
        .exporter = x,
        .to = to,
        .result = out,
        .hit_options = {.sort = SORT_OLDEST, .stop = o->stop, .stop_context = o->stop_context},
        .out = buf_new(LINE_MAX_BYTES)};
    r.publishing.out = &r.out;
    enum status st = find(&r, o, e);
    if (st == OK)
        st = x->begin(&r.publishing, e);
    if (st == OK)
        st = publish_hits(&r, e);
    if (st == OK)
        st = x->end(&r.publishing, e);
    if (st == OK)
        st = write_out(&r, e);
    plan_free(r.plan);
    query_free(r.query);
    buf_free(&r.out);
    arena_free(&r.publishing.scratch);
    arena_free(&r.publishing.arena);
    return st;
}
