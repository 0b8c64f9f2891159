/*
 * Which of three numbers is the month: decided for a whole file, by what its dates show. A number over
 * 12 is no month and one over 31 is a year; that is proof. Where nothing is proved, two signs are
 * weighed: dates of a chat run forward, and the number that changes most often is the day.
 */
#include "stamp.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ORDERS = 5 };

/* Where each order has its day, month and year. */
static const struct {
    int day, month, year;
} places[ORDERS] = {[ORDER_DMY] = {0, 1, 2},
                    [ORDER_MDY] = {1, 0, 2},
                    [ORDER_YMD] = {2, 1, 0},
                    [ORDER_YDM] = {1, 2, 0}};

static const char *const names[ORDERS] = {
    [ORDER_UNKNOWN] = "unknown", [ORDER_DMY] = "dmy", [ORDER_MDY] = "mdy",
    [ORDER_YMD] = "ymd",         [ORDER_YDM] = "ydm",
};
static const char *const ordinals[3] = {"first", "second", "third"};

bool stamp_of_figures(const int parts[3], enum date_order order, int64_t *wall_ms)
{
    if (order == ORDER_UNKNOWN)
        return false;
    struct civil c = {.year = parts[places[order].year],
                      .month = parts[places[order].month],
                      .day = parts[places[order].day]};
    if (c.year < 100)
        c.year += c.year < 70 ? 2000 : 1900;
    if (c.year < 1000 || !civil_valid(&c))
        return false;
    *wall_ms = civil_to_ms(&c);
    return true;
}

static void note_large(struct date_evidence *d, int place, int number)
{
    if (number > 31 && !d->over_31[place]++) {
        d->at_over_31[place] = d->dates;
        d->shown_over_31[place] = number;
    }
    if (number > 12 && !d->over_12[place]++) {
        d->at_over_12[place] = d->dates;
        d->shown_over_12[place] = number;
    }
}

void date_evidence_add(struct date_evidence *d, const int parts[3])
{
    d->dates++;
    for (int i = 0; i < 3; i++) {
        note_large(d, i, parts[i]);
        d->changes[i] += d->dates > 1 && d->last[i] != parts[i];
        d->last[i] = parts[i];
    }
    for (int order = ORDER_DMY; order < ORDERS; order++) {
        int64_t ms;
        if (!stamp_of_figures(parts, (enum date_order)order, &ms))
            continue;
        d->back[order] += d->dates > 1 && ms < d->last_ms[order] - MS_PER_DAY;
        d->last_ms[order] = ms;
    }
}

/* How many dates the order could not have written. */
static uint64_t wrong(const struct date_evidence *d, enum date_order order)
{
    return d->over_12[places[order].month] + d->over_31[places[order].day];
}

/* Whether the year stands first. Two digits can be a year or a day: then the day is what changes. */
static bool year_first(const struct date_evidence *d)
{
    if (d->over_31[0] || d->over_31[2])
        return d->over_31[0] > d->over_31[2];
    return d->over_12[0] && d->changes[2] > d->changes[0];
}

/* The proof that number `place` is a day, if there is one: the other of the two would be the month. */
static bool proved_day(const struct date_evidence *d, int place, char why[160])
{
    if (!d->over_12[place])
        return false;
    snprintf(why, 160, "%d in the %s place of date %" PRIu64 " can only be a day",
             d->shown_over_12[place], ordinals[place], d->at_over_12[place]);
    return true;
}

static enum date_order likelier(const struct date_evidence *d, enum date_order a, enum date_order b,
                                char why[160])
{
    if (d->back[a] != d->back[b]) {
        const enum date_order better = d->back[a] < d->back[b] ? a : b;
        const enum date_order worse = better == a ? b : a;
        snprintf(why, 160,
                 "read as %s the dates run backwards %" PRIu64 " times, as %s %" PRIu64 " times",
                 names[better], d->back[better], names[worse], d->back[worse]);
        return better;
    }
    const uint64_t days_a = d->changes[places[a].day], days_b = d->changes[places[b].day];
    if (days_a != days_b) {
        const enum date_order better = days_a > days_b ? a : b;
        snprintf(why, 160, "the number in the %s place changes most often, as days do",
                 ordinals[places[better].day]);
        return better;
    }
    snprintf(why, 160, "no date of the file tells the day from the month");
    return ORDER_UNKNOWN;
}

enum date_order date_evidence_decide(const struct date_evidence *d, bool *certain, char why[160])
{
    *certain = false;
    if (!d->dates) {
        snprintf(why, 160, "there is no date in figures");
        return ORDER_UNKNOWN;
    }
    const bool first = year_first(d);
    const enum date_order a = first ? ORDER_YMD : ORDER_DMY, b = first ? ORDER_YDM : ORDER_MDY;
    if (wrong(d, a) && wrong(d, b)) {
        const enum date_order better = wrong(d, a) <= wrong(d, b) ? a : b;
        snprintf(why, 160,
                 "the dates contradict each other: %" PRIu64 " of %" PRIu64 " cannot be %s",
                 wrong(d, better), d->dates, names[better]);
        return better;
    }
    if (wrong(d, a) || wrong(d, b)) {
        const enum date_order only = wrong(d, a) ? b : a;
        *certain = proved_day(d, places[only].day, why);
        return only;
    }
    if (d->over_31[0]) { /* nobody writes the year, then the day, without telling */
        *certain = true;
        snprintf(why, 160, "%d in the first place of date %" PRIu64 " can only be a year",
                 d->shown_over_31[0], d->at_over_31[0]);
        return ORDER_YMD;
    }
    return likelier(d, a, b, why);
}

const char *date_order_name(enum date_order order)
{
    return names[order];
}

bool date_order_read(str name, enum date_order *out)
{
    for (int order = ORDER_DMY; order < ORDERS; order++)
        if (str_eq_nocase(name, str_of(names[order]))) {
            *out = (enum date_order)order;
            return true;
        }
    return false;
}
