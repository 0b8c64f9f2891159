/* stet formats: what can be imported, and where people find such files. */
#include "cli.h"
#include "importer.h"

static void print_format(struct cli *c, const struct importer *f)
{
    term_style(&c->out, STYLE_STRONG);
    term_addf(&c->out, "%s", f->name);
    term_style(&c->out, STYLE_PLAIN);
    term_addf(&c->out, "  %s\n    %s\n", f->title, f->where);
}

static void json_format(struct cli *c, const struct importer *f)
{
    struct json j = cli_json(c, "format");
    json_key(&j, "name");
    json_text(&j, str_of(f->name));
    json_key(&j, "title");
    json_text(&j, str_of(f->title));
    json_key(&j, "where");
    json_text(&j, str_of(f->where));
    json_key(&j, "version");
    json_text(&j, str_of(f->version));
    cli_json_end(c, &j);
}

enum exit_status cmd_formats(struct cli *c)
{
    for (size_t i = 0; i < importer_count(); i++) {
        if (c->json)
            json_format(c, importer_at(i));
        else
            print_format(c, importer_at(i));
    }
    return EXIT_DONE;
}
