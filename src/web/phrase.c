/* See phrase.h. */
#include "phrase.h"

#include <stdio.h>

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

str phrase_number(struct arena *a, uint64_t n)
{
    char digits[24], out[32];
    const int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    size_t at = 0;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    return arena_dup(a, (str){out, at});
}

str phrase_count(struct arena *a, uint64_t n, const char *one, const char *many)
{
    return arena_printf(a, STR_FMT " %s", STR_ARG(phrase_number(a, n)), n == 1 ? one : many);
}

str phrase_date(struct arena *a, int64_t wall_ms)
{
    if (wall_ms == TIME_NONE)
        return STR("undated");
    const struct civil c = civil_from_ms(wall_ms);
    return arena_printf(a, "%d %s %d", c.day, months[c.month - 1], c.year);
}

str phrase_month(struct arena *a, int64_t wall_ms)
{
    const struct civil c = civil_from_ms(wall_ms);
    return arena_printf(a, "%s %d", months[c.month - 1], c.year);
}

str phrase_span(struct arena *a, int64_t first_wall_ms, int64_t last_wall_ms)
{
    if (first_wall_ms == TIME_NONE || last_wall_ms == TIME_NONE)
        return STR("undated");
    const str first = phrase_month(a, first_wall_ms), last = phrase_month(a, last_wall_ms);
    if (str_eq(first, last))
        return first;
    return arena_printf(a, STR_FMT " – " STR_FMT, STR_ARG(first), STR_ARG(last));
}

const char *phrase_basis(enum time_basis basis)
{
    switch (basis) {
    case BASIS_NONE: return "no time is known";
    case BASIS_ASSUMED: return "the source states no zone; UTC is assumed";
    case BASIS_STATED: return "in the zone that was stated at the import";
    case BASIS_INFERRED: return "in the zone that was inferred from the messages";
    case BASIS_SOURCE_UTC: return "the source gives UTC";
    case BASIS_COUNT: break;
    }
    return "unknown";
}

str phrase_zone(struct arena *a, str zone_name, enum time_basis basis)
{
    switch (basis) {
    case BASIS_NONE: return STR("no times");
    case BASIS_ASSUMED: return STR("times as shown, zone not stated (UTC assumed)");
    case BASIS_STATED:
        return arena_printf(a, "times as shown, zone " STR_FMT " (stated)", STR_ARG(zone_name));
    case BASIS_INFERRED:
        return arena_printf(a, "times as shown, zone " STR_FMT " (inferred)", STR_ARG(zone_name));
    case BASIS_SOURCE_UTC: return STR("times in UTC, from the sources");
    case BASIS_COUNT: break;
    }
    return STR("");
}

str phrase_size(struct arena *a, uint64_t bytes)
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    double value = (double)bytes;
    size_t unit = 0;
    while (value >= 1000 && unit + 1 < sizeof units / sizeof *units) {
        value /= 1000;
        unit++;
    }
    return unit ? arena_printf(a, "%.1f %s", value, units[unit])
                : arena_printf(a, "%llu bytes", (unsigned long long)bytes);
}
