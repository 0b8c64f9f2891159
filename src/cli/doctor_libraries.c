/*
 * Libraries with known holes. The version that a library tells of itself does not say which
 * corrections a distribution has put in; Debian's list of packages does, and is compared with the
 * versions that were good when this was written (November 2026). Elsewhere we say what we cannot say.
 *
 * Versions are compared as Debian Policy 5.6.12 defines it.
 */
#include "doctor.h"
#include "engine.h"
#include "packages.h"
#include "unicode.h"

#include <string.h>

/* `package`: without the digits that change with the library's interface. */
struct known {
    const char *name, *package, *minimum;
};

static const struct known known[] = {
    {"SQLite", "libsqlite3-", "3.40.1-2+deb12u2"},
    {"libxml2", "libxml2", "2.9.14+dfsg-1.3~deb12u6"},
    {"libarchive", "libarchive", "3.6.2-1+deb12u5"},
    {"liblzma", "liblzma", "5.4.1-1+deb12u2"},
    {"GMime", "libgmime-3.0-", "3.2.13+dfsg-2"},
    {"json-c", "libjson-c", "0.16-2"},
    {"ICU", "libicu", "72.1-3+deb12u1"},
    {"PCRE2", "libpcre2-8-", "10.42-1+deb12u2"},
};
enum { KNOWN = sizeof known / sizeof *known };

/* What the library in this very process says; empty for those that only helpers hold, or that tell
   nothing. */
static str told_version(struct arena *a, const struct known *n)
{
    if (strcmp(n->name, "SQLite") == 0)
        return str_of(engine_version());
    if (strcmp(n->name, "ICU") == 0)
        return arena_printf(a, "%d", unicode_library_major());
    return STR("");
}

static struct check judge_told(struct arena *a, const struct known *n)
{
    const str told = told_version(a, n);
    struct check check = {n->name, FINDING_UNKNOWN,
                          STR("not asked: only the programs that read foreign files hold it"),
                          STR("")};
    if (told.n)
        check.says = arena_printf(a, STR_FMT ": which corrections are in it cannot be told here",
                                  STR_ARG(told));
    return check;
}

static struct check judge_package(struct arena *a, const struct known *n, str version)
{
    struct check check = {n->name, FINDING_GOOD,
                          arena_printf(a, STR_FMT ", at least %s", STR_ARG(version), n->minimum),
                          STR("")};
    if (version_compare(version, str_of(n->minimum)) < 0) {
        check.finding = FINDING_BAD;
        check.says = arena_printf(a, STR_FMT " is older than %s and has known holes",
                                  STR_ARG(version), n->minimum);
        check.hint = STR("apt-get update, apt-get upgrade");
    }
    return check;
}

void look_at_libraries(struct checkup *k)
{
    struct arena *const a = &k->c->arena;
    str versions[KNOWN] = {{NULL, 0}};
    const bool debian = system_is_debian();
    const str icu = arena_printf(a, "libicu%d", unicode_library_major());
    for (size_t i = 0; i < KNOWN && debian; i++) {
        const bool exact = strcmp(known[i].name, "ICU") == 0; /* several can be installed */
        versions[i] = package_version(a, exact ? icu : str_of(known[i].package));
    }
    for (size_t i = 0; i < KNOWN; i++)
        checkup_add(k, versions[i].n ? judge_package(a, &known[i], versions[i])
                                     : judge_told(a, &known[i]));
}
