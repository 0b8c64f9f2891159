/* stet version. Shared, because every program answers --version. */
#include "cli.h"

enum exit_status cmd_version(struct cli *c)
{
    if (!c->json) {
        term_add(&c->out, STR("Stet " STET_VERSION "\n"));
        return EXIT_DONE;
    }
    struct json j = cli_json(c, "version");
    json_key(&j, "version");
    json_text(&j, STR(STET_VERSION));
    json_key(&j, "schema");
    json_int(&j, STORE_SCHEMA_VERSION);
    cli_json_end(c, &j);
    return EXIT_DONE;
}
