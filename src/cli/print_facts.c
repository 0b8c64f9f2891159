/* The archive in one line. */
#include "print_facts.h"
#include "words.h"

void print_facts_line(struct cli *c, const struct archive_facts *f)
{
    struct arena *const a = &c->arena;
    term_safe(&c->out, str_of(cli_archive_path(c)));
    term_addf(&c->out, ": " STR_FMT ", " STR_FMT ", " STR_FMT,
              STR_ARG(count_text(a, (uint64_t)f->messages, "message", "messages")),
              STR_ARG(count_text(a, (uint64_t)f->participants, "person", "people")),
              STR_ARG(count_text(a, (uint64_t)f->conversations, "conversation", "conversations")));
    if (f->first_wall_ms != TIME_NONE)
        term_addf(&c->out, ", " STR_FMT " - " STR_FMT, STR_ARG(date_text(a, f->first_wall_ms)),
                  STR_ARG(date_text(a, f->last_wall_ms)));
    term_add(&c->out, STR("\n"));
}
