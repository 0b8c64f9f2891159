/* Folders are read one level at a time and sorted; a folder is walked where its name stands. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct list {
    struct arena *a;
    struct walk_file *items;
    size_t count, cap;
    size_t argument; /* being walked */
};

static enum status add(struct list *l, struct walk_file x, struct err *e)
{
    if (l->count >= WALK_FILES_MAX)
        return fail(e, ERR_LIMIT, "there are more than %d files to import", WALK_FILES_MAX);
    if (l->count == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 64;
        struct walk_file *more = arena_array(l->a, l->cap, sizeof *more);
        if (l->count)
            memcpy(more, l->items, l->count * sizeof *more);
        l->items = more;
    }
    x.argument = l->argument;
    l->items[l->count++] = x;
    return OK;
}

static int in_byte_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, sorted; NULL with errno set if it cannot be read. */
static char **names_in(const char *folder, struct arena *a, size_t *count)
{
    DIR *d = opendir(folder);
    if (!d)
        return NULL;
    size_t cap = 64;
    char **names = arena_array(a, cap, sizeof *names);
    *count = 0;
    for (struct dirent *entry; (entry = readdir(d)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (*count == cap) {
            char **more = arena_array(a, 2 * cap, sizeof *more);
            memcpy(more, names, cap * sizeof *more);
            names = more;
            cap *= 2;
        }
        names[(*count)++] = arena_cstr(a, str_of(entry->d_name));
    }
    closedir(d);
    qsort(names, *count, sizeof *names, in_byte_order);
    return names;
}

static const char *reason_to_skip(const char *name, const struct stat *info)
{
    if (name[0] == '.')
        return "hidden";
    if (S_ISLNK(info->st_mode))
        return "a symbolic link; links inside folders are not followed";
    if (!S_ISREG(info->st_mode) && !S_ISDIR(info->st_mode))
        return "neither a file nor a folder";
    return NULL;
}

static enum status walk_folder(struct list *l, const char *folder, str name, int depth,
                               struct err *e);

static enum status walk_entry(struct list *l, const char *folder, str shown, const char *name,
                              int depth, struct err *e)
{
    struct stat info;
    const str path = arena_printf(l->a, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, name);
    struct walk_file x = {.path = arena_cstr(l->a, path),
                          .name = arena_printf(l->a, STR_FMT "/%s", STR_ARG(shown), name),
                          .in_folder = true};
    if (lstat(x.path, &info) != 0)
        x.skip = "cannot be looked at";
    else
        x.skip = reason_to_skip(name, &info);
    if (!x.skip && S_ISREG(info.st_mode))
        x.size = (uint64_t)info.st_size;
    if (x.skip || !S_ISDIR(info.st_mode))
        return add(l, x, e);
    return walk_folder(l, x.path, x.name, depth + 1, e);
}

static enum status walk_folder(struct list *l, const char *folder, str name, int depth,
                               struct err *e)
{
    size_t count = 0;
    if (depth > WALK_DEPTH_MAX)
        return fail(e, ERR_LIMIT, "the folders in " STR_FMT " are nested too deep", STR_ARG(name));
    char **names = names_in(folder, l->a, &count);
    if (!names)
        return add(l,
                   (struct walk_file){.path = folder,
                                      .name = name,
                                      .in_folder = true,
                                      .skip = "a folder that cannot be read"},
                   e);
    enum status st = OK;
    for (size_t i = 0; i < count && st == OK; i++)
        st = walk_entry(l, folder, name, names[i], depth, e);
    return st;
}

str walk_last_part(const char *path)
{
    str s = str_of(path);
    while (s.n > 1 && s.p[s.n - 1] == '/')
        s.n--;
    for (size_t i = s.n; i-- > 0;) {
        if (s.p[i] == '/' && s.n > 1)
            return str_from(s, i + 1);
    }
    return s;
}

const char *walk_real_path(const char *given, struct arena *a)
{
    char real[PATH_MAX];
    return realpath(given, real) ? arena_cstr(a, str_of(real)) : given;
}

static enum status walk_given(struct list *l, const char *given, struct err *e)
{
    struct stat info;
    struct walk_file x = {.path = given, .name = walk_last_part(given)};
    if (strcmp(given, "-") == 0) {
        x.name = STR("standard input");
        return add(l, x, e);
    }
    x.path = walk_real_path(given, l->a);
    if (stat(x.path, &info) != 0)
        return add(l, x, e); /* opening it will say what is wrong */
    if (str_eq(x.name, STR(".")) || str_eq(x.name, STR("..")))
        x.name = walk_last_part(x.path);
    if (S_ISDIR(info.st_mode))
        return walk_folder(l, x.path, x.name, 0, e);
    x.size = S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
    return add(l, x, e);
}

enum status walk(const char *const *paths, size_t count, struct arena *a, struct walk_file **out,
                 size_t *found, struct err *e)
{
    struct list l = {.a = a};
    enum status st = OK;
    for (l.argument = 0; l.argument < count && st == OK; l.argument++)
        st = walk_given(&l, paths[l.argument], e);
    *out = l.items;
    *found = l.count;
    return st;
}
