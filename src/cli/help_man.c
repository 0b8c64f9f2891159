/* The manual page: roff with the man macros (man(7)), from the same table as the help. */
#include "help.h"

/* Text in roff: hyphens that are minus signs, backslashes, and no line that looks like a request. */
static void add_roff(struct term *t, str text)
{
    if (text.n && (text.p[0] == '.' || text.p[0] == '\''))
        term_add(t, STR("\\&"));
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '-')
            term_add(t, STR("\\-"));
        else if (text.p[i] == '\\')
            term_add(t, STR("\\e"));
        else if (text.p[i] == '\'')
            term_add(t, STR("\\(aq"));
        else
            term_add(t, str_sub(text, i, 1));
    }
}

static void add_paragraphs(struct term *t, str text)
{
    str paragraph;
    while (str_split(&text, '\n', &paragraph)) {
        if (!paragraph.n)
            continue;
        term_add(t, STR(".PP\n"));
        add_roff(t, paragraph);
        term_add(t, STR("\n"));
    }
}

static void add_options(struct term *t, const struct option_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct option *const o = &table->options[i];
        if (!o->help)
            continue;
        term_add(t, STR(".TP\n"));
        if (o->letter)
            term_addf(t, "\\fB\\-%c\\fR, ", o->letter);
        term_addf(t, "\\fB\\-\\-%s\\fR", o->name);
        if (o->value)
            term_addf(t, " \\fI%s\\fR", o->value);
        term_add(t, STR("\n"));
        add_roff(t, str_of(o->help));
        term_add(t, STR("\n"));
    }
}

static void add_command(struct term *t, const struct command *c)
{
    term_addf(t, ".SS stet %s%s%s\n", c->name, c->arguments ? " " : "",
              c->arguments ? c->arguments : "");
    add_roff(t, str_of(c->summary));
    term_add(t, STR(".\n"));
    add_paragraphs(t, str_of(c->details));
    add_options(t, &c->options);
    for (size_t i = 0; i < EXAMPLES_MAX && c->examples[i].line; i++) {
        term_add(t, STR(".PP\n.EX\n    "));
        add_roff(t, str_of(c->examples[i].line));
        term_add(t, STR("\n.EE\n"));
        term_add(t, STR(".RS 8\n"));
        add_roff(t, str_of(c->examples[i].says));
        term_add(t, STR("\n.RE\n"));
    }
}

void help_man(struct term *t)
{
    term_add(t, STR(".\\\" Made by: stet help --man\n"
                    ".TH STET 1\n"
                    ".SH NAME\n"
                    "stet \\- search leaked and exported message archives and prove what they say\n"
                    ".SH SYNOPSIS\n"
                    "\\fBstet\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR] ...\n"
                    ".SH DESCRIPTION\n"
                    "Stet imports message archives into one file, searches them, and leads every "
                    "message back to the bytes of its source. No command opens a network "
                    "connection.\n"
                    ".SH OPTIONS OF EVERY COMMAND\n"));
    add_options(t, &global_options);
    term_add(t, STR(".SH COMMANDS\n"));
    for (size_t i = 0; i < command_count(); i++)
        add_command(t, command_at(i));
    term_add(
        t, STR(".SH EXIT STATUS\n"
               "0 if it was done, 1 if nothing was found or a check failed, 2 for wrong usage or "
               "an error.\n"
               ".SH ENVIRONMENT\n"
               ".TP\n\\fBSTET_ARCHIVE\\fR\nthe archive file when \\fB\\-a\\fR is not given\n"
               ".TP\n\\fBNO_COLOR\\fR\nno colours on a terminal if set to anything\n"
               ".SH FILES\n"
               ".TP\n\\fIarchive.stet\\fR\nthe archive: a SQLite database, readable for its owner "
               "only\n"));
}
