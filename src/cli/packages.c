/* dpkg's list: paragraphs of fields, one a line, parted by blank lines (deb822). */
#include "packages.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

bool system_is_debian(void)
{
    char line[256];
    FILE *const file = fopen("/usr/lib/os-release", "re");
    bool found = false;
    while (file && !found && fgets(line, sizeof line, file))
        found = strcmp(line, "ID=debian\n") == 0;
    if (file)
        fclose(file);
    return found;
}

/* ---- versions ------------------------------------------------------------------------------- */

/* What stands at `i`: ~ before the end, the end before letters, letters before the rest. */
static int rank_at(str s, size_t i)
{
    if (i >= s.n || isdigit((unsigned char)s.p[i]))
        return 0;
    if (s.p[i] == '~')
        return -1;
    return isalpha((unsigned char)s.p[i]) ? (unsigned char)s.p[i] : (unsigned char)s.p[i] + 256;
}

static str take_digits(str *s)
{
    size_t n = 0;
    while (s->n && s->p[0] == '0')
        *s = str_from(*s, 1);
    while (n < s->n && isdigit((unsigned char)s->p[n]))
        n++;
    const str digits = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return digits;
}

/* Parts without digits and numbers, in turns. */
static int compare_part(str a, str b)
{
    while (a.n || b.n) {
        size_t i = 0;
        for (;; i++) {
            const int x = rank_at(a, i), y = rank_at(b, i);
            if (x != y)
                return x < y ? -1 : 1;
            if (x == 0)
                break;
        }
        a = str_from(a, i);
        b = str_from(b, i);
        const str x = take_digits(&a), y = take_digits(&b);
        const int order = x.n != y.n ? (x.n < y.n ? -1 : 1) : x.n ? memcmp(x.p, y.p, x.n) : 0;
        if (order)
            return order;
    }
    return 0;
}

struct version {
    str epoch, upstream, revision;
};

static struct version version_of(str s)
{
    struct version v = {STR("0"), s, STR("0")};
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ':') {
            v.epoch = str_sub(s, 0, i);
            v.upstream = str_from(s, i + 1);
            break;
        }
    for (size_t i = v.upstream.n; i-- > 0;)
        if (v.upstream.p[i] == '-') {
            v.revision = str_from(v.upstream, i + 1);
            v.upstream = str_sub(v.upstream, 0, i);
            break;
        }
    return v;
}

int version_compare(str a, str b)
{
    const struct version x = version_of(a), y = version_of(b);
    int order = compare_part(x.epoch, y.epoch);
    if (!order)
        order = compare_part(x.upstream, y.upstream);
    return order ? order : compare_part(x.revision, y.revision);
}

/* ---- dpkg's list ---------------------------------------------------------------------------- */

/* "libicu72" and "libarchive13t64" are versions of "libicu" and "libarchive", "libicu-dev" is not. */
static bool is_called(str package, str name)
{
    if (!str_starts(package, name))
        return false;
    str rest = str_from(package, name.n);
    if (rest.n >= 3 && str_eq(str_from(rest, rest.n - 3), STR("t64")))
        rest.n -= 3;
    for (size_t i = 0; i < rest.n; i++)
        if (!isdigit((unsigned char)rest.p[i]) && rest.p[i] != '-')
            return false;
    return true;
}

struct paragraph {
    bool wanted, installed;
};

static str value_of(str line, str field)
{
    return str_starts(line, field) ? str_trim(str_from(line, field.n)) : STR("");
}

static void read_line(struct paragraph *p, str line, str name, struct arena *a, str *oldest)
{
    if (str_starts(line, STR("Package: "))) {
        p->wanted = is_called(value_of(line, STR("Package: ")), name);
        p->installed = false;
    } else if (str_starts(line, STR("Status: "))) {
        p->installed = str_eq(str_trim(line), STR("Status: install ok installed"));
    } else if (p->wanted && p->installed && str_starts(line, STR("Version: "))) {
        const str version = value_of(line, STR("Version: "));
        if (!oldest->n || version_compare(version, *oldest) < 0)
            *oldest = arena_dup(a, version);
    }
}

str package_version(struct arena *a, str name)
{
    str oldest = STR("");
    FILE *const file = fopen("/var/lib/dpkg/status", "re");
    if (!file)
        return oldest;
    char *line = NULL;
    size_t room = 0;
    struct paragraph p = {false, false};
    for (ssize_t n; (n = getline(&line, &room, file)) > 0;)
        read_line(&p, (str){line, (size_t)n}, name, a, &oldest);
    free(line);
    fclose(file);
    return oldest;
}
