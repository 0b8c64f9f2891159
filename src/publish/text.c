/*
 * A transcript as plain text or Markdown: who, when, what, and a citation for each message, so that a
 * line that is copied out of it can be found again. Nothing of a message can forge a line of ours:
 * its own lines are indented (text) or quoted (Markdown), and control characters are shown.
 */
#include "exporter.h"

#include <inttypes.h>

#include "lines.h"
#include "width.h"

struct transcript {
    int64_t conversation; /* of the heading that stands; 0: none */
};

/* One line of ours: names of the archive in it are made harmless. */
static void put_safe(struct buf *out, str text)
{
    safe_text(out, text, SAFE_LINE);
}

/* Each line of a message behind `before`. */
static void put_lines(struct buf *out, str text, const char *before)
{
    str line;
    if (!text.n)
        buf_addf(out, "%s\n", before);
    while (str_split(&text, '\n', &line)) {
        buf_add(out, str_of(before));
        put_safe(out, line);
        buf_add_byte(out, '\n');
    }
}

static enum status begin_any(struct publishing *p, bool markdown)
{
    p->state = arena_alloc(&p->arena, sizeof(struct transcript));
    buf_add(p->out, markdown ? STR("# Transcript\n\n") : STR("Transcript\n\n"));
    buf_addf(p->out, "%" PRIu64 " records", p->count);
    if (p->query.n) {
        buf_add(p->out, markdown ? STR(" for `") : STR(" for "));
        put_safe(p->out, p->query);
        buf_add(p->out, markdown ? STR("`") : STR(""));
    }
    buf_add(p->out, STR(". Times are as shown in the sources. A citation names the same message in "
                        "every archive that holds it.\n"));
    return OK;
}

static void put_heading(struct publishing *p, const struct stored *s, bool markdown)
{
    struct transcript *const t = p->state;
    if (t->conversation == s->conversation_id)
        return;
    t->conversation = s->conversation_id;
    buf_add(p->out, markdown ? STR("\n## ") : STR("\n=== "));
    put_safe(p->out, line_conversation(s));
    buf_add(p->out, markdown ? STR("\n") : STR(" ===\n"));
}

/* Characters that Markdown would take for markup in a name. */
static void put_name(struct buf *out, str name, bool markdown)
{
    struct buf safe = buf_new(BUF_LINE_MAX);
    put_safe(&safe, name);
    const str s = buf_str(&safe);
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        if (markdown && (c == '*' || c == '_' || c == '`' || c == '[' || c == ']' || c == '<' ||
                         c == '>' || c == '\\' || c == '#'))
            buf_add_byte(out, '\\');
        buf_add_byte(out, c);
    }
    buf_free(&safe);
}

static void put_notes(struct publishing *p, const struct message *m)
{
    if (m->flags & FLAG_EDITED)
        buf_add(p->out, STR(", edited"));
    if (m->flags & FLAG_DELETED)
        buf_add(p->out, STR(", deleted"));
    if (m->flags & FLAG_FORWARDED)
        buf_add(p->out, STR(", forwarded"));
    if (m->kind == KIND_EVENT)
        buf_add(p->out, STR(", event"));
}

static enum status put_any(struct publishing *p, const struct published *m, bool markdown)
{
    struct arena *const a = &p->scratch;
    const struct message *x = &m->stored->message;
    put_heading(p, m->stored, markdown);
    buf_add(p->out, markdown ? STR("\n**") : STR("\n"));
    put_name(p->out, line_sender(x), markdown);
    buf_add(p->out, markdown ? STR("** ") : STR("  "));
    put_safe(p->out, line_shown(a, x));
    put_notes(p, x);
    buf_add(p->out, markdown ? STR(" · `") : STR("  ["));
    put_safe(p->out, line_citation(a, m->stored));
    buf_add(p->out, markdown ? STR("`\n\n") : STR("]\n"));
    put_lines(p->out, x->text, markdown ? "> " : "    ");
    return OK;
}

static enum status begin_text(struct publishing *p, struct err *e)
{
    (void)e;
    return begin_any(p, false);
}

static enum status put_text(struct publishing *p, const struct published *m, struct err *e)
{
    (void)e;
    return put_any(p, m, false);
}

static enum status begin_markdown(struct publishing *p, struct err *e)
{
    (void)e;
    return begin_any(p, true);
}

static enum status put_markdown(struct publishing *p, const struct published *m, struct err *e)
{
    (void)e;
    return put_any(p, m, true);
}

static enum status end(struct publishing *p, struct err *e)
{
    (void)p;
    (void)e;
    return OK;
}

const struct exporter exporter_text = {
    .name = "txt",
    .title = "a transcript as plain text, with citations",
    .begin = begin_text,
    .message = put_text,
    .end = end,
};

const struct exporter exporter_markdown = {
    .name = "md",
    .title = "a transcript as Markdown, with citations",
    .begin = begin_markdown,
    .message = put_markdown,
    .end = end,
};
