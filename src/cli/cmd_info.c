/* stet info: the archive in a few lines, with its time zone and how that is known. */
#include "cli.h"
#include "custody.h"
#include "print_facts.h"
#include "print_message.h"
#include "words.h"

#include <inttypes.h>

static void print_line(struct cli *c, const char *label, str value)
{
    term_style(&c->out, STYLE_SOFT);
    term_addf(&c->out, "  %-9s", label);
    term_style(&c->out, STYLE_PLAIN);
    term_safe(&c->out, value);
    term_add(&c->out, STR("\n"));
}

static void print_info(struct cli *c, const struct archive_facts *f,
                       const struct custody_roots *roots)
{
    char hex[SHA256_HEX];
    struct arena *const a = &c->arena;
    print_facts_line(c, f);
    print_line(c, "events", number_text(a, (uint64_t)f->events));
    print_line(c, "sources", number_text(a, (uint64_t)f->sources));
    print_line(c, "issues",
               f->issues ? arena_printf(a, STR_FMT " (see: stet issues)",
                                        STR_ARG(number_text(a, (uint64_t)f->issues)))
                         : STR("none"));
    print_line(c, "zone",
               arena_printf(a, STR_FMT " (" STR_FMT ")", STR_ARG(f->zone_name),
                            STR_ARG(basis_text(f->basis))));
    print_line(c, "size", size_text(a, (uint64_t)f->size_bytes));
    print_line(c, "schema", number_text(a, (uint64_t)f->schema_version));
    print_line(c, "root", str_of(sha256_hex(hex, &roots->root)));
}

static void json_root(struct json *j, const char *key, const struct sha256_digest *d)
{
    char hex[SHA256_HEX];
    json_key(j, key);
    json_text(j, str_of(sha256_hex(hex, d)));
}

static void print_json(struct cli *c, const struct archive_facts *f,
                       const struct custody_roots *roots)
{
    struct json j = cli_json(c, "archive");
    answer_archive(&j, f);
    json_root(&j, "root", &roots->root);
    json_root(&j, "sources_root", &roots->sources_root);
    json_root(&j, "messages_root", &roots->messages_root);
    cli_json_end(c, &j);
}

enum exit_status cmd_info(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct archive_facts f;
    struct custody_roots roots;
    enum status st = cli_open(c, &a, &e);
    if (st == OK)
        st = archive_facts(a, &c->arena, &f, &e);
    if (st == OK)
        st = custody_roots(&roots, archive_store(a), &e);
    if (st == OK && c->json)
        print_json(c, &f, &roots);
    else if (st == OK)
        print_info(c, &f, &roots);
    archive_close(a);
    return st == OK ? EXIT_DONE : cli_fail(c, &e);
}
