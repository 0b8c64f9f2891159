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
    if (touches == TOUCHES_ARGUMENTS || journal_waits(l->c, path))
        allow(l, folder_of(l->c, path),
              SANDBOX_CHANGE); /* the archive, its journal, a spool file */
    else
        allow(l, path, touches == TOUCHES_SOURCES ? SANDBOX_CHANGE : SANDBOX_READ);
}

/* ---- sources -------------------------------------------------------------------------------- */

/* An archive that cannot be opened here fails again, and says why, when the command opens it. */
static void allow_sources(struct list *l)
{
    struct err ignored = {0};
    struct archive *a = NULL;
    struct source_row *sources;
    size_t count = 0;
    if (cli_open(l->c, &a, &ignored) == OK &&
        archive_sources(a, &l->c->arena, &sources, &count, &ignored) == OK)
        for (size_t i = 0; i < count; i++)
            if (sources[i].path.n)
                allow(l, arena_cstr(&l->c->arena, sources[i].path), SANDBOX_READ);
    archive_close(a);
}

static void allow_touched(struct list *l)
{
    const struct opts *const o = &l->c->opts;
    switch (l->c->command->touches) {
    case TOUCHES_NO_MORE: break;
    case TOUCHES_ARGUMENTS:
        for (int i = 0; i < o->arg_count; i++)
            allow(l, o->args[i], SANDBOX_READ);
        break;
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

enum status confine(struct cli *c, struct err *e)
{
    struct list l = {.c = c};
    allow_archive(&l);
    allow_touched(&l);
    if (cli_has(c, OPT_RAW))
        allow_sources(&l);
    allow_option(&l, OPT_FILE, SANDBOX_READ);
    allow_option(&l, OPT_DRAFT, SANDBOX_READ);
    allow_option(&l, OPT_SVG, SANDBOX_CHANGE);
    allow_option(&l, OPT_HTML, SANDBOX_CHANGE);
    const struct sandbox_rules rules = {l.paths, l.count};
    return sandbox_enter(&rules, &c->sandbox, e);
}
