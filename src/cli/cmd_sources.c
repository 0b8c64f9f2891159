/* stet sources: the files that were imported, with their hashes. */
#include "cli.h"
#include "words.h"

static str counts_text(struct arena *a, const struct source_row *s)
{
    str text = arena_printf(a, STR_FMT ", " STR_FMT,
                            STR_ARG(count_text(a, s->messages, "message", "messages")),
                            STR_ARG(count_text(a, s->events, "event", "events")));
    if (s->duplicates)
        text = arena_printf(a, STR_FMT ", " STR_FMT " of them known before", STR_ARG(text),
                            STR_ARG(number_text(a, s->duplicates)));
    return arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(text),
                        STR_ARG(count_text(a, s->issues, "issue", "issues")));
}

static void print_line(struct cli *c, const char *label, str value)
{
    term_style(&c->out, STYLE_SOFT);
    term_addf(&c->out, "  %-9s", label);
    term_style(&c->out, STYLE_PLAIN);
    term_safe(&c->out, value);
    term_add(&c->out, STR("\n"));
}

static str zone_text(struct arena *a, const struct source_row *s)
{
    if (s->clock_zone.n)
        return arena_printf(a, STR_FMT " (inferred: stet clock)", STR_ARG(s->clock_zone));
    return s->zone_name.n ? s->zone_name : STR("none stated at import");
}

static void print_source(struct cli *c, const struct source_row *s)
{
    char hex[SHA256_HEX], utc[CIVIL_TEXT];
    struct arena *const a = &c->arena;
    term_style(&c->out, STYLE_STRONG);
    term_safe(&c->out, s->name);
    term_style(&c->out, STYLE_PLAIN);
    term_add(&c->out, STR("\n"));
    print_line(c, "holds", counts_text(a, s));
    print_line(c, "format",
               arena_printf(a, STR_FMT " (reading rules " STR_FMT ")", STR_ARG(s->format),
                            STR_ARG(s->format_version)));
    print_line(c, "size",
               arena_printf(a, STR_FMT " bytes", STR_ARG(number_text(a, s->size_bytes))));
    print_line(c, "sha256", str_of(sha256_hex(hex, &s->digest)));
    print_line(c, "zone", zone_text(a, s));
    print_line(c, "imported", str_of(utc_print(utc, s->imported_at_ms)));
    print_line(c, "path", s->path.n ? s->path : STR("standard input"));
}

static void print_json(struct cli *c, const struct source_row *s)
{
    struct json j = cli_json(c, "source");
    answer_source(&j, s);
    cli_json_end(c, &j);
}

enum exit_status cmd_sources(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct source_row *rows = NULL;
    size_t count = 0;
    enum status st = cli_open(c, &a, &e);
    if (st == OK)
        st = archive_sources(a, &c->arena, &rows, &count, &e);
    archive_close(a);
    if (st != OK)
        return cli_fail(c, &e);
    for (size_t i = 0; i < count; i++) {
        if (c->json)
            print_json(c, &rows[i]);
        else
            print_source(c, &rows[i]);
    }
    return count ? EXIT_DONE : EXIT_NOTHING;
}
