/* A verdict as one line of JSON. */
#include "print_verdict.h"

void print_json_verdict(struct cli *c, const struct claim *claim, const struct verdict *v)
{
    struct json j = cli_json(c, "verdict");
    answer_verdict(&j, claim, v);
    cli_json_end(c, &j);
}
