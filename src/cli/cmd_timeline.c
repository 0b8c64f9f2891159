/* stet timeline: how many messages per day, month or year, as bars or as a picture. */
#include "bars.h"
#include "cli.h"
#include "write_file.h"

#include <inttypes.h>
#include <string.h>

enum { SVG_MAX_BYTES = 64 << 20 };

/* ---- which unit ----------------------------------------------------------------------------- */

/* Months first: they are enough to see what suits the span. */
static enum status read_timeline(struct cli *c, struct archive *a, str query, struct timeline *t,
                                 struct err *e)
{
    const char *const by = cli_value(c, OPT_BY);
    enum facet_by unit = FACET_MONTH;
    int64_t now;
    enum status st = cli_now(c, &now, e);
    if (st != OK)
        return st;
    if (by)
        unit = strcmp(by, "day") == 0 ? FACET_DAY : strcmp(by, "year") == 0 ? FACET_YEAR : unit;
    st = archive_timeline(a, query, now, unit, &c->arena, t, e);
    if (st != OK || by || !t->count)
        return st;
    unit = timeline_unit_for(t->bars[0].from_ms, t->bars[t->count - 1].from_ms);
    if (unit == FACET_MONTH)
        return OK;
    return archive_timeline(a, query, now, unit, &c->arena, t, e);
}

/* ---- output --------------------------------------------------------------------------------- */

static void json_bars(struct cli *c, const struct timeline *t)
{
    for (size_t i = 0; i < t->count; i++) {
        char label[CIVIL_TEXT];
        struct json j = cli_json(c, "bar");
        json_key(&j, "from");
        json_text(&j, str_of(timeline_label(label, t->unit, t->bars[i].from_ms)));
        json_key(&j, "count");
        json_int(&j, (int64_t)t->bars[i].count);
        cli_json_end(c, &j);
    }
    struct json j = cli_json(c, "undated");
    json_key(&j, "count");
    json_int(&j, (int64_t)t->undated);
    cli_json_end(c, &j);
}

static enum status write_picture(struct cli *c, const struct timeline *t, str query, struct err *e)
{
    const char *const path = cli_value(c, OPT_SVG);
    const str title = query.n
                          ? arena_printf(&c->arena, "Messages found by " STR_FMT, STR_ARG(query))
                          : STR("Messages over time");
    struct buf b = buf_new(SVG_MAX_BYTES);
    timeline_svg(&b, t, title);
    const enum status st = b.full ? fail(e, ERR_LIMIT, "the picture would be too large")
                                  : write_file(path, buf_str(&b), e);
    buf_free(&b);
    return st;
}

enum exit_status cmd_timeline(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct timeline t = {0};
    str query = {0};
    enum status st = cli_query(c, &query, &e);
    if (st == OK)
        st = cli_open(c, &a, &e);
    if (st == OK)
        st = read_timeline(c, a, query, &t, &e);
    archive_close(a);
    if (st != OK)
        return cli_fail_query(c, &e, query);
    if (cli_has(c, OPT_SVG) && write_picture(c, &t, query, &e) != OK)
        return cli_fail(c, &e);
    if (c->json)
        json_bars(c, &t);
    else
        bars_print(c, &t);
    return t.count || t.undated ? EXIT_DONE : EXIT_NOTHING;
}
