/* Who else can read the archive, or put another in its place. */
#define _XOPEN_SOURCE 700 /* S_ISVTX */

#include "confine.h"
#include "doctor.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OTHERS = 077 };

static void look_at_mode(struct checkup *k, const char *path, const struct stat *file)
{
    struct arena *const a = &k->c->arena;
    const unsigned mode = (unsigned)file->st_mode & 07777;
    struct check check = {"archive", FINDING_GOOD,
                          arena_printf(a, "%s is for its owner only (mode %04o)", path, mode),
                          STR("")};
    if (mode & OTHERS) {
        check.finding = FINDING_BAD;
        check.says = arena_printf(a, "%s is open to others (mode %04o)", path, mode);
        check.hint =
            STR("chmod 600 it; a file system without modes (FAT, exFAT) is no place for it");
    } else if (file->st_uid != geteuid()) {
        check.finding = FINDING_ADVICE;
        check.says = arena_printf(a, "%s belongs to another user", path);
    }
    checkup_add(k, check);
}

static bool is_home(const struct stat *folder)
{
    const char *const home = getenv("HOME");
    struct stat info;
    return home && stat(home, &info) == 0 && info.st_dev == folder->st_dev &&
           info.st_ino == folder->st_ino;
}

static void look_at_folder(struct checkup *k, const char *path)
{
    struct stat folder;
    struct check check = {"its folder", FINDING_GOOD, STR("is for its owner only"), STR("")};
    if (stat(path, &folder) != 0)
        return;
    const bool shared = folder.st_mode & (S_IWGRP | S_IWOTH);
    if (shared && !(folder.st_mode & S_ISVTX)) {
        check.finding = FINDING_BAD;
        check.says = STR("others can put another archive in its place");
        check.hint = STR("chmod go-w the folder, or keep the archive in another");
    } else if (shared || folder.st_mode & OTHERS) {
        check.finding = FINDING_ADVICE;
        check.says =
            STR("others can see that the archive exists, how large it is and when it changed");
        check.hint = STR("chmod 700 the folder, or keep the archive in another");
    } else if (is_home(&folder)) {
        check.finding = FINDING_ADVICE;
        check.says =
            STR("is your home: while importing, a hole in a parser could change all in it");
        check.hint = STR("give the archive a folder of its own");
    }
    checkup_add(k, check);
}

void look_at_archive(struct checkup *k)
{
    struct stat file;
    const char *const path = cli_archive_path(k->c);
    if (lstat(path, &file) == 0) {
        look_at_mode(k, path, &file);
        look_at_folder(k, folder_of(k->c, path));
        return;
    }
    checkup_add(k, (struct check){"archive", FINDING_UNKNOWN,
                                  arena_printf(&k->c->arena, "there is no %s to look at", path),
                                  STR("name one with -a PATH")});
}
