/* Help for people, wrapped to the terminal. The manual page is in help_man.c. */
#include "help.h"
#include "width.h"

#include <string.h>

enum { TEXT_COLUMNS = 80, OPTION_COLUMN = 24 };

/* Prints words with line breaks; the first line starts at column `at`, the others at `indent`. */
static void print_wrapped(struct term *t, str text, int at, int indent)
{
    const int columns = t->columns < TEXT_COLUMNS ? t->columns : TEXT_COLUMNS;
    str word;
    bool first = true;
    while (str_split(&text, ' ', &word)) {
        const int width = text_width(word);
        if (!first && at + 1 + width > columns) {
            term_add(t, STR("\n"));
            term_pad(t, indent);
            at = indent;
        } else if (!first) {
            term_add(t, STR(" "));
            at++;
        }
        term_add(t, word);
        at += width;
        first = false;
    }
    term_add(t, STR("\n"));
}

static void print_heading(struct term *t, const char *heading)
{
    term_style(t, STYLE_STRONG);
    term_addf(t, "\n%s", heading);
    term_style(t, STYLE_PLAIN);
    term_add(t, STR("\n"));
}

static void print_option(struct term *t, const struct option *o)
{
    char line[80];
    struct buf b = buf_new(sizeof line);
    if (o->letter)
        buf_addf(&b, "  -%c, --%s", o->letter, o->name);
    else
        buf_addf(&b, "      --%s", o->name);
    if (o->value)
        buf_addf(&b, " %s", o->value);
    const int width = text_width(buf_str(&b));
    term_add(t, buf_str(&b));
    buf_free(&b);
    if (width + 2 > OPTION_COLUMN) {
        term_add(t, STR("\n"));
        term_pad(t, OPTION_COLUMN);
    } else {
        term_pad(t, OPTION_COLUMN - width);
    }
    print_wrapped(t, str_of(o->help), OPTION_COLUMN, OPTION_COLUMN);
}

static void print_options(struct term *t, const char *heading, const struct option_table *table)
{
    bool any = false;
    for (size_t i = 0; i < table->count; i++) {
        if (!table->options[i].help)
            continue;
        if (!any)
            print_heading(t, heading);
        any = true;
        print_option(t, &table->options[i]);
    }
}

static void print_examples(struct term *t, const struct command *c)
{
    if (!c->examples[0].line)
        return;
    print_heading(t, "Examples");
    for (size_t i = 0; i < EXAMPLES_MAX && c->examples[i].line; i++) {
        term_addf(t, "  %s\n", c->examples[i].line);
        term_style(t, STYLE_SOFT);
        term_addf(t, "      %s", c->examples[i].says);
        term_style(t, STYLE_PLAIN);
        term_add(t, STR("\n"));
    }
}

void help_command(struct term *t, const struct command *c)
{
    term_addf(t, "usage: stet %s%s%s%s\n\n", c->name, c->options.count ? " [OPTIONS]" : "",
              c->arguments ? " " : "", c->arguments ? c->arguments : "");
    print_wrapped(t, str_of(c->summary), 0, 0);
    str details = str_of(c->details), paragraph;
    while (str_split(&details, '\n', &paragraph)) {
        if (!paragraph.n)
            continue;
        term_add(t, STR("\n"));
        print_wrapped(t, paragraph, 0, 0);
    }
    print_options(t, "Options", &c->options);
    print_options(t, "Options of every command", &global_options);
    print_examples(t, c);
}

void help_overview(struct term *t)
{
    term_add(t, STR("Stet searches leaked and exported message archives and proves what they say.\n"
                    "\nusage: stet COMMAND [OPTIONS] ...\n\n"));
    for (size_t i = 0; i < command_count(); i++) {
        const struct command *const c = command_at(i);
        term_style(t, STYLE_STRONG);
        term_addf(t, "  %s", c->name);
        term_style(t, STYLE_PLAIN);
        term_pad(t, 16 - (int)strlen(c->name));
        print_wrapped(t, str_of(c->summary), 18, 18);
    }
    print_options(t, "Options of every command", &global_options);
    term_add(t, STR("\nBegin with  stet import FILE  and then  stet search WORD .\n"
                    "Each command explains itself: stet COMMAND --help\n"));
}

void help_words(struct term *t, const struct command *c)
{
    for (size_t i = 0; !c && i < command_count(); i++)
        term_addf(t, "%s\n", command_at(i)->name);
    for (size_t i = 0; c && i < c->options.count; i++)
        if (c->options.options[i].help)
            term_addf(t, "--%s\n", c->options.options[i].name);
    for (size_t i = 0; c && i < global_options.count; i++)
        if (global_options.options[i].help)
            term_addf(t, "--%s\n", global_options.options[i].name);
}
