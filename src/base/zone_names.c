/*
 * Names of the tz database, for checking and for hints. The database is a folder with one file per
 * zone; `tzdata.zi` in it lists every zone ("Z name ...") and every other name ("L zone name"), and
 * the older `zone1970.tab` most zones (name in the third column). A hint is only ever a suggestion:
 * three-letter abbreviations get none by spelling, because PST is not a slip of the pen for EST.
 */
#include "zone_names.h"

#include "zone.h"

#include "buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    LISTING_MAX = 4 << 20,
    SUGGESTIONS = 3,
    SPELLING_MIN = 4, /* shorter names are not guessed at by edit distance */
    NO_MATCH = 1000,
};

struct suggestions {
    str wanted;
    struct {
        str name;
        int score; /* 0 is best */
    } best[SUGGESTIONS];
    size_t count;
};

/* The folders where GLib looks. */
static const char *database_folder(void)
{
    const char *named = getenv("TZDIR");
    if (named)
        return named;
    struct stat info;
    return stat("/usr/share/zoneinfo", &info) == 0 ? "/usr/share/zoneinfo" : "/usr/lib/zoneinfo";
}

static bool is_file(const char *name)
{
    char path[4096];
    struct stat info;
    const int n = snprintf(path, sizeof path, "%s/%s", database_folder(), name);
    return n > 0 && (size_t)n < sizeof path && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* Zones begin with a capital; what does not (right/, posixrules, localtime, tables) is no zone. */
static bool looks_like_zone(str name)
{
    if (name.n == 0 || name.n > ZONE_NAME_MAX || name.p[0] < 'A' || name.p[0] > 'Z')
        return false;
    for (size_t i = 0; i < name.n; i++) {
        const char c = name.p[i];
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        const bool other = (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+' || c == '/';
        if (!letter && !other)
            return false;
    }
    return true;
}

bool zone_names_have(str name)
{
    if (!looks_like_zone(name))
        return false;
    char cstr[ZONE_NAME_MAX + 1];
    snprintf(cstr, sizeof cstr, STR_FMT, STR_ARG(name));
    return is_file(cstr);
}

static bool read_listing(const char *name, struct buf *out)
{
    char path[4096];
    const int n = snprintf(path, sizeof path, "%s/%s", database_folder(), name);
    FILE *file = n > 0 && (size_t)n < sizeof path ? fopen(path, "re") : NULL;
    if (!file)
        return false;
    char chunk[8192];
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;)
        buf_add(out, (str){chunk, got});
    fclose(file);
    return out->n > 0;
}

static str last_component(str name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/')
            return str_from(name, i);
    return name;
}

/* For comparing: "New York" and "new_york" are the same. */
static char folded(char c)
{
    if (c == ' ')
        return '_';
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool contains(str hay, str needle)
{
    for (size_t at = 0; at + needle.n <= hay.n; at++) {
        size_t i = 0;
        while (i < needle.n && folded(hay.p[at + i]) == folded(needle.p[i]))
            i++;
        if (i == needle.n)
            return true;
    }
    return false;
}

static bool same(str a, str b)
{
    return a.n == b.n && contains(a, b);
}

/* Levenshtein's distance, one row at a time; both at most ZONE_NAME_MAX bytes. */
static int distance(str a, str b)
{
    int row[ZONE_NAME_MAX + 1];
    for (size_t j = 0; j <= b.n; j++)
        row[j] = (int)j;
    for (size_t i = 0; i < a.n; i++) {
        int diagonal = row[0];
        row[0] = (int)i + 1;
        for (size_t j = 0; j < b.n; j++) {
            const int changed = diagonal + (folded(a.p[i]) != folded(b.p[j]));
            const int shorter = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
            diagonal = row[j + 1];
            row[j + 1] = changed < shorter ? changed : shorter;
        }
    }
    return row[b.n];
}

static int score(str wanted, str name)
{
    const str place = last_component(name);
    if (same(name, wanted) || same(place, wanted))
        return 0;
    if (wanted.n >= SPELLING_MIN && contains(name, wanted))
        return 1;
    if (wanted.n < SPELLING_MIN || wanted.n > ZONE_NAME_MAX)
        return NO_MATCH;
    const int whole = distance(wanted, name);
    const int part = distance(wanted, place);
    const int nearest = whole < part ? whole : part;
    return nearest <= (int)wanted.n / 4 ? 1 + nearest : NO_MATCH;
}

static void consider(struct suggestions *s, str name)
{
    const int points = name.n <= ZONE_NAME_MAX ? score(s->wanted, name) : NO_MATCH;
    if (points == NO_MATCH || (s->count == SUGGESTIONS && points >= s->best[s->count - 1].score))
        return;
    size_t i = s->count < SUGGESTIONS ? s->count++ : s->count - 1;
    for (; i > 0 && s->best[i - 1].score > points; i--)
        s->best[i] = s->best[i - 1];
    s->best[i].name = name;
    s->best[i].score = points;
}

static str field(str line, char separator, int index)
{
    str part = {NULL, 0};
    for (int i = 0; i <= index; i++)
        if (!str_split(&line, separator, &part))
            return (str){NULL, 0};
    return part;
}

static void each_listed(str listing, bool compiled, zone_visitor *each, void *context)
{
    for (str line; str_split(&listing, '\n', &line);) {
        const bool alias = compiled && str_starts(line, STR("L "));
        str name = {NULL, 0};
        if (!compiled && !str_starts(line, STR("#")))
            name = field(line, '\t', 2);
        else if (compiled && str_starts(line, STR("Z ")))
            name = field(line, ' ', 1);
        else if (alias)
            name = field(line, ' ', 2);
        if (name.n)
            each(context, name, alias);
    }
}

static void consider_listed(void *context, str name, bool alias)
{
    (void)alias;
    consider(context, name);
}

enum status zone_list(zone_visitor *each, void *context, struct err *e)
{
    struct buf listing = buf_new(LISTING_MAX);
    const bool compiled = read_listing("tzdata.zi", &listing);
    const bool listed = compiled || read_listing("zone1970.tab", &listing);
    if (listed)
        each_listed(buf_str(&listing), compiled, each, context);
    buf_free(&listing);
    if (listed)
        return OK;
    fail(e, ERR_MISSING, "this system has no list of time zones");
    return fail_hint(e, "install the package tzdata");
}

static void hint_names(const struct suggestions *s, struct err *e)
{
    char text[SUGGESTIONS * (ZONE_NAME_MAX + 4) + 1] = "";
    size_t n = 0;
    size_t count = s->count;
    while (count > 1 && s->best[0].score == 0 && s->best[count - 1].score > 0)
        count--; /* the very name in other letters leaves no doubt */
    for (size_t i = 0; i < count; i++) {
        const char *before = i == 0 ? "" : i + 1 == count ? " or " : ", ";
        n += (size_t)snprintf(text + n, sizeof text - n, "%s" STR_FMT, before,
                              STR_ARG(s->best[i].name));
    }
    fail_hint(e, "did you mean %s?", text);
}

enum status zone_names_fail(str name, struct err *e)
{
    struct buf listing = buf_new(LISTING_MAX);
    const bool compiled = read_listing("tzdata.zi", &listing);
    const bool listed = compiled || read_listing("zone1970.tab", &listing);
    struct suggestions s = {.wanted = name};
    if (listed && name.n)
        each_listed(buf_str(&listing), compiled, consider_listed, &s);

    if (!listed && !is_file("Etc/UTC")) {
        fail(e, ERR_MISSING,
             "this system has no time zone database, so \"" STR_FMT "\" cannot be looked up",
             STR_ARG(str_sub(name, 0, ZONE_NAME_MAX)));
        fail_hint(e, "install the package tzdata, or give an offset such as +02:00");
    } else {
        fail(e, ERR_MISSING, "unknown time zone \"" STR_FMT "\"",
             STR_ARG(str_sub(name, 0, ZONE_NAME_MAX)));
        if (s.count)
            hint_names(&s, e);
        else
            fail_hint(e, "zones are named by place (Europe/Berlin, America/New_York) or by offset "
                         "(+02:00); abbreviations such as PST mean several zones");
    }
    buf_free(&listing);
    return ERR_MISSING;
}
