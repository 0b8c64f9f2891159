/*
 * Bringing sources in, one path after another. The archive is opened when the first file is there
 * that an importer can read, so that a mistyped name makes no file.
 */
#include "intake.h"

#include <string.h>
#include <unistd.h>

#include "intake_load.h"

/* ---- options -------------------------------------------------------------------------------- */

static enum status check_zone(str name, struct err *e)
{
    struct zone *zone = NULL;
    const enum status st = name.n ? zone_open(&zone, name, e) : OK;
    zone_close(zone);
    return st;
}

static enum status check_format(str name, struct err *e)
{
    if (!name.n || importer_find(name))
        return OK;
    fail(e, ERR_MISSING, "there is no format \"" STR_FMT "\"", STR_ARG(str_sub(name, 0, 60)));
    return fail_hint(e, "`stet formats` lists them");
}

static enum status check_text(const char *what, str value, struct err *e)
{
    if (str_find_byte(value, '\n') == STR_NONE)
        return OK;
    return fail(e, ERR_QUERY, "the %s has more than one line", what);
}

static enum status check_zone_of_path(const struct intake_zone *z, const char *const *paths,
                                      size_t count, struct err *e)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(paths[i], z->path) == 0)
            return check_zone(z->zone_name, e);
    return fail(e, ERR_QUERY, "a time zone is stated for %.200s, which is not among the paths",
                z->path);
}

/* Whatever makes no sense is said before anything is read. */
static enum status check_options(const struct intake_options *o, const char *const *paths,
                                 size_t count, struct err *e)
{
    enum date_order order;
    enum status st = check_format(o->format, e);
    if (st == OK)
        st = check_zone(o->zone_name, e);
    for (size_t i = 0; i < o->zone_count && st == OK; i++)
        st = check_zone_of_path(&o->zones[i], paths, count, e);
    if (st == OK && o->date_order.n && !date_order_read(o->date_order, &order))
        st = fail(e, ERR_QUERY, "\"" STR_FMT "\" is no order of dates: dmy, mdy or ymd",
                  STR_ARG(str_sub(o->date_order, 0, 20)));
    if (st == OK)
        st = check_text("name of the owner", o->owner, e);
    return st == OK ? check_text("map of columns", o->map, e) : st;
}

static str zone_for(const struct intake_options *o, const char *path)
{
    for (size_t i = 0; i < o->zone_count; i++)
        if (strcmp(o->zones[i].path, path) == 0)
            return o->zones[i].zone_name;
    return o->zone_name;
}

/* ---- the run -------------------------------------------------------------------------------- */

static enum status run_load(struct intake *in, const char *path, struct walk_file *files,
                            size_t count, struct err *e)
{
    struct arena arena = {.first = NULL};
    const bool dash = strcmp(path, "-") == 0;
    const char *const real = dash ? path : walk_real_path(path, &arena);
    struct load_given given = {
        .files = files,
        .count = count,
        .bundle_path = real,
        .bundle_name = files[0].in_folder ? walk_last_part(real) : files[0].name,
        .zone_name = zone_for(in->options, path),
        .standard_input = -1,
    };
    enum status st = OK;
    if (dash)
        st = reading_hold_input(&given.standard_input, &files[0].size, e);
    if (st == OK)
        st = load_run(in, &given, e);
    if (given.standard_input >= 0)
        close(given.standard_input);
    arena_free(&arena);
    return st;
}

static enum status run_loads(struct intake *in, const char *const *paths, struct walk_file *items,
                             size_t count, struct err *e)
{
    enum status st = OK;
    for (size_t first = 0, next; first < count && st == OK; first = next) {
        for (next = first; next < count && items[next].argument == items[first].argument;)
            next++;
        if (in->options->stop && in->options->stop(in->options->context))
            return fail(e, ERR_STOPPED, "stopped");
        st = run_load(in, paths[items[first].argument], items + first, next - first, e);
    }
    return st;
}

/* A folder may hold the archive into which it is imported. */
static void pass_over_archive(const char *archive_path, struct walk_file *items, size_t count,
                              struct arena *a)
{
    const char *const real = walk_real_path(archive_path, a);
    for (size_t i = 0; i < count; i++)
        if (items[i].in_folder && strcmp(items[i].path, real) == 0)
            items[i].skip = "the archive that is being written";
}

enum status intake_run(const char *archive_path, const char *const *paths, size_t count,
                       const struct intake_options *o, struct intake_total *out, struct err *e)
{
    struct arena arena = {.first = NULL};
    struct walk_file *items = NULL;
    size_t found = 0;
    const double now = clock_seconds();
    *out = (struct intake_total){.stored = 0};
    struct intake in = {.archive_path = archive_path,
                        .options = o,
                        .total = out,
                        .watch = watch_new(),
                        .begun = now,
                        .told = now};
    enum status st = check_options(o, paths, count, e);
    if (st == OK)
        st = walk(paths, count, &arena, &items, &found, e);
    if (st == OK)
        pass_over_archive(archive_path, items, found, &arena);
    for (size_t i = 0; st == OK && i < found; i++)
        in.all_bytes += items[i].size;
    if (st == OK)
        st = run_loads(&in, paths, items, found, e);
    store_close(in.store);
    arena_free(&arena);
    return st;
}
