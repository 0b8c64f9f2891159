/* What a command may touch, as rules of the sandbox. */
#include "confine.h"

#include <string.h>
#include <sys/stat.h>

struct list {
    struct cli *c;
    struct sandbox_path *paths;
    size_t count, cap;
};

static void allow(struct list *l, const char *path, enum sandbox_right right)
{
    struct arena *const a = &l->c->arena;
    if (l->count == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 16;
        struct sandbox_path *const more = arena_array(a, l->cap, sizeof *more);
        if (l->count)
            memcpy(more, l->paths, l->count * sizeof *more);
        l->paths = more;
    }
    l->paths[l->count++] = (struct sandbox_path){path, right};
}

const char *folder_of(struct cli *c, const char *path)
{
    const char *const slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_cstr(&c->arena, (str){path, (size_t)(slash - path)});
}

/* ---- the archive ---------------------------------------------------------------------------- */

/* A writer that was killed, or is at work, leaves a journal; who opens the archive next plays it back
   and removes it, and needs the folder for that. */
static bool journal_waits(struct cli *c, const char *archive)
{
    struct stat info;
    const str journal = arena_printf(&c->arena, "%s-journal", archive);
    return stat(arena_cstr(&c->arena, journal), &info) == 0 && info.st_size > 0;
}

static void allow_archive(struct list *l)
{
    const char *const path = cli_archive_path(l->c);
    const enum touches touches = l->c->command->touches;
    const bool reads_clocks = cli_has(l->c, OPT_APPLY) || cli_has(l->c, OPT_REVERT);
    if (touches == TOUCHES_ARGUMENTS || touches == TOUCHES_MARKS || reads_clocks ||
        journal_waits(l->c, path))
        allow(l, folder_of(l->c, path),
              SANDBOX_CHANGE); /* the archive, its journal, a spool file */
    else
        allow(l, path, touches == TOUCHES_SOURCES ? SANDBOX_CHANGE : SANDBOX_READ);
}

/* ---- sources -------------------------------------------------------------------------------- */

/* An option of a source that names a file: "names=/path". */
static void allow_names(struct list *l, str options)
{
    str line;
    while (str_split(&options, '\n', &line))
        if (str_starts(line, STR("names=")))
            allow(l, arena_cstr(&l->c->arena, str_from(line, 6)), SANDBOX_READ);
}

/* What stands in a folder that is allowed already needs no word of its own. */
static void allow_source(struct list *l, const struct source_row *s, str *folder)
{
    struct arena *const a = &l->c->arena;
    if (s->bundle.n && !str_eq(s->bundle, *folder)) {
        *folder = s->bundle;
        allow(l, arena_cstr(a, s->bundle), SANDBOX_READ);
    }
    if (s->path.n && !(folder->n && str_starts(s->path, *folder)))
        allow(l, arena_cstr(a, s->path), SANDBOX_READ);
    allow_names(l, s->options);
}

/* An archive that cannot be opened here fails again, and says why, when the command opens it. */
static void allow_sources(struct list *l)
{
    struct err ignored = {0};
    struct archive *a = NULL;
    struct source_row *sources;
    size_t count = 0;
    str folder = STR("");
    if (cli_open(l->c, &a, &ignored) == OK &&
        archive_sources(a, &l->c->arena, &sources, &count, &ignored) == OK)
        for (size_t i = 0; i < count; i++)
            allow_source(l, &sources[i], &folder);
    archive_close(a);
}

static void allow_touched(struct list *l)
{
    const struct opts *const o = &l->c->opts;
    switch (l->c->command->touches) {
    case TOUCHES_NO_MORE:
    case TOUCHES_MARKS:
    case TOUCHES_SERVED: break;
    case TOUCHES_GIVEN:
    case TOUCHES_ARGUMENTS:
        for (int i = 0; i < o->arg_count; i++)
            allow(l, o->args[i], SANDBOX_READ);
        break;
    case TOUCHES_RECORDS:
    case TOUCHES_SOURCES: allow_sources(l); break;
    case TOUCHES_SYSTEM:
        allow(l, "/proc/swaps", SANDBOX_READ);
        allow(l, "/sys/class/block", SANDBOX_READ);
        allow(l, "/sys/devices/virtual/block", SANDBOX_READ);
        allow(l, "/var/lib/dpkg/status", SANDBOX_READ);
        break;
    }
}

/* ---- files of options ----------------------------------------------------------------------- */

static void allow_option(struct list *l, enum option_id id, enum sandbox_right right)
{
    const char *const path = cli_value(l->c, id);
    if (path)
        allow(l, right == SANDBOX_CHANGE ? folder_of(l->c, path) : path, right);
}

/* A query with a regular expression, /.../, which runs ten times as fast compiled to machine code. The
   pattern is the user's own. `-` is a query that is not known yet. */
static bool may_hold_regex(const struct cli *c)
{
    if (c->command->touches != TOUCHES_NO_MORE)
        return false;
    for (int i = 0; i < c->opts.arg_count; i++) {
        const char *const arg = c->opts.args[i], *const slash = strchr(arg, '/');
        if (strcmp(arg, "-") == 0 || (slash && strchr(slash + 1, '/')))
            return true;
    }
    return false;
}

enum status confine_server(struct cli *c, const char *import_root, struct err *e)
{
    struct list l = {.c = c};
    allow(&l, folder_of(c, cli_archive_path(c)), SANDBOX_CHANGE); /* marks, and their journal */
    allow_sources(&l);
    if (import_root)
        allow(&l, import_root, SANDBOX_READ);
    const struct sandbox_rules rules = {
        .paths = l.paths, .count = l.count, .children = import_root != NULL, .serves = true};
    return sandbox_enter(&rules, &c->sandbox, e);
}

enum status confine(struct cli *c, struct err *e)
{
    if (c->command->touches == TOUCHES_SERVED)
        return OK;
    struct list l = {.c = c};
    allow_archive(&l);
    allow_touched(&l);
    if (cli_has(c, OPT_RAW))
        allow_sources(&l);
    allow_option(&l, OPT_FILE, SANDBOX_READ);
    allow_option(&l, OPT_NAMES, SANDBOX_READ);
    allow_option(&l, OPT_DRAFT, SANDBOX_READ);
    allow_option(&l, OPT_AGAINST, SANDBOX_READ);
    allow_option(&l, OPT_SVG, SANDBOX_CHANGE);
    allow_option(&l, OPT_HTML, SANDBOX_CHANGE);
    allow_option(&l, OPT_OUTPUT, SANDBOX_CHANGE);
    const enum touches touches = c->command->touches;
    const struct sandbox_rules rules = {
        .paths = l.paths,
        .count = l.count,
        /* the parsers of foreign files are children with a narrower sandbox: confined.h */
        .children = touches == TOUCHES_ARGUMENTS || touches == TOUCHES_SOURCES ||
                    touches == TOUCHES_SYSTEM || cli_has(c, OPT_RAW),
        .makes_code = may_hold_regex(c),
    };
    return sandbox_enter(&rules, &c->sandbox, e);
}
