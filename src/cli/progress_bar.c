/* Progress on standard error. */
#include "progress_bar.h"
#include "width.h"
#include "words.h"

#include <string.h>

enum { BAR_COLUMNS = 24, NAME_COLUMNS = 28 };
static const double patience_seconds = 0.3;

struct progress_bar progress_bar_new(const struct cli *c)
{
    const char *const how = cli_value(c, OPT_PROGRESS);
    if (how && strcmp(how, "json") == 0)
        return (struct progress_bar){.kind = PROGRESS_JSON};
    if ((how && strcmp(how, "none") == 0) || c->quiet || !c->diag.tty)
        return (struct progress_bar){.kind = PROGRESS_NONE};
    return (struct progress_bar){.kind = PROGRESS_BAR};
}

static void write_json(struct cli *c, const struct intake_progress *p)
{
    struct json j = json_to(&c->diag.out);
    json_object(&j);
    json_key(&j, "stet");
    json_int(&j, JSON_VERSION);
    json_key(&j, "type");
    json_text(&j, STR("progress"));
    json_key(&j, "source");
    json_text(&j, p->name);
    json_key(&j, "done");
    json_int(&j, (int64_t)p->done_bytes);
    json_key(&j, "size");
    json_int(&j, (int64_t)p->size_bytes);
    json_key(&j, "messages");
    json_int(&j, (int64_t)p->messages);
    json_key(&j, "seconds");
    json_real(&j, p->seconds, 2);
    json_end(&j);
    buf_add_byte(&c->diag.out, '\n');
}

/* "   45%  12 MB/s, 3 s left" */
static void add_rate(struct term *t, struct arena *a, const struct intake_progress *p)
{
    if (p->size_bytes)
        term_addf(t, " %3d%%", (int)(100.0 * (double)p->done_bytes / (double)p->size_bytes));
    if (p->seconds <= 0 || !p->done_bytes)
        return;
    const double rate = (double)p->done_bytes / p->seconds;
    term_addf(t, "  " STR_FMT "/s", STR_ARG(size_text(a, (uint64_t)rate)));
    if (p->size_bytes > p->done_bytes)
        term_addf(t, ", %.0f s left", (double)(p->size_bytes - p->done_bytes) / rate + 0.5);
}

static void draw(struct progress_bar *b, struct cli *c, const struct intake_progress *p)
{
    struct term *const t = &c->diag;
    struct arena a = {0};
    struct buf name = buf_new(BUF_LINE_MAX);
    term_escape(&name, p->name);
    const str fits = text_fit(buf_str(&name), NAME_COLUMNS);
    double part = p->size_bytes ? (double)p->done_bytes / (double)p->size_bytes : 0;
    part = part > 1 ? 1 : part;
    progress_bar_clear(b, c);
    term_safe(t, fits);
    term_pad(t, NAME_COLUMNS - text_width(fits) + 1);
    for (int i = 0; i < BAR_COLUMNS; i++)
        term_add(t, i < (int)(part * BAR_COLUMNS) ? STR("█") : STR("·"));
    add_rate(t, &a, p);
    b->drawn = true;
    buf_free(&name);
    arena_free(&a);
}

void progress_bar_show(struct progress_bar *b, struct cli *c, const struct intake_progress *p)
{
    switch (b->kind) {
    case PROGRESS_NONE: return;
    case PROGRESS_JSON: write_json(c, p); break;
    case PROGRESS_BAR:
        if (p->seconds < patience_seconds)
            return;
        draw(b, c, p);
        break;
    }
    term_flush(&c->diag);
}

void progress_bar_clear(struct progress_bar *b, struct cli *c)
{
    if (!b->drawn)
        return;
    term_add(&c->diag, STR("\r\x1b[K")); /* to the line's start, erase it */
    term_flush(&c->diag);
    b->drawn = false;
}
