/*
 * Options, read from tables. A command lists what it takes; the same table makes the help, the
 * manual page and the completion, so that none of them can promise what is not there.
 *
 *     struct opts o;
 *     if (opts_parse(&o, &tables, argc, argv, e) != OK) ...
 *     const char *sort = o.values[OPT_SORT];     // NULL: not given; "": a switch that was given
 *
 * `--opt VALUE`, `--opt=VALUE`, `-o VALUE`, `-oVALUE`, joined switches (`-qh`), options anywhere,
 * `--` ends them. A lone `-` is an argument. The last of equal options wins, and opts_nth has them all.
 */
#ifndef STET_OPTS_H
#define STET_OPTS_H

#include "err.h"
#include "str.h"

enum option_id {
    OPT_ARCHIVE,
    OPT_JSON,
    OPT_QUIET,
    OPT_COLOR,
    OPT_PROGRESS,
    OPT_HELP,
    OPT_VERSION,
    OPT_CONTEXT,
    OPT_SORT,
    OPT_LIMIT,
    OPT_AFTER,
    OPT_COUNT,
    OPT_EXPLAIN,
    OPT_FACETS,
    OPT_MARKS,
    OPT_RAW,
    OPT_BY,
    OPT_SVG,
    OPT_FORMAT,
    OPT_TZ,
    OPT_NOW,
    OPT_MAN,
    OPT_WORDS,
    OPT_ON,
    OPT_IN,
    OPT_FILE,
    OPT_DRAFT,
    OPT_HTML,
    OPT_LITERAL,
    OPT_OFF,
    OPT_TO,
    OPT_DELETE,
    OPT_PORT,
    OPT_NO_BROWSER,
    OPT_IMPORT_FROM,
    OPT_OUTPUT,
    OPT_DATE_ORDER,
    OPT_OWNER,
    OPT_MAP,
    OPT_TIMEOUT,
    OPT_NAMES,
    OPT_SOURCE,
    OPT_APPLY,
    OPT_REVERT,
    OPT_WITNESSES,
    OPT_PER,
    OPT_UNDIRECTED,
    OPT_WEIGHTS,
    OPT_HANDLES,
    OPT_EDGE,
    OPT_NAME,
    OPT_REASON,
    OPT_CONFIDENCE,
    OPT_AGAINST,
    OPT_TRANSLITERATE,
    OPT_QUICK,
    OPT_SOURCES,
    OPT_SAMPLE,
    OPT_IDS
};

struct option {
    enum option_id id;
    char letter;         /* 0: none */
    const char *name;    /* without the dashes */
    const char *value;   /* what its value is called, "N"; NULL: a switch */
    const char *choices; /* "auto|always|never"; NULL: anything */
    const char *help;    /* NULL: not shown */
};

struct option_table {
    const struct option *options;
    size_t count;
};

/* Those of a command, those of every command. */
struct option_tables {
    const struct option_table *tables;
    size_t count;
};

enum { OPTS_GIVEN_MAX = 256 };

struct opts {
    const char *values[OPT_IDS];
    struct {
        enum option_id id;
        const char *value;
    } given[OPTS_GIVEN_MAX]; /* all, in their order */
    int given_count;
    char **args; /* into argv, which is reordered: arguments first, in their order */
    int arg_count;
};

/* `argv` without the program's name. ERR_QUERY with a suggestion for what is not in the tables, a
   missing value or a value that is none of the choices. Everything is borrowed from argv. */
MUST_USE enum status opts_parse(struct opts *out, const struct option_tables *tables, int argc,
                                char **argv, struct err *e);

/* The values of an option that may be given several times; NULL past the last. */
const char *opts_nth(const struct opts *o, enum option_id id, size_t n);

/* A whole number from 0 to `max`; *out keeps its value if the option was not given. */
MUST_USE enum status opts_number(const struct opts *o, const struct option *option, int64_t max,
                                 int64_t *out, struct err *e);

/* The nearest of `names` to `typed`, or NULL if none is near: at most a third of it is wrong. */
const char *opts_nearest(str typed, const char *(*name_at)(const void *context, size_t i),
                         const void *context, size_t count);

#endif
