/*
 * The plot in tables. 2016: founding, application, leaked survey (June), council vote (autumn).
 * 2017: licence (February), regatta (May), a suspicious newcomer (July to October), appeal.
 * 2018: the January storm, the builder's troubles, the inquiry (from April), the end.
 */
#include "phases.h"

enum { PHASES = 7 };
static const int phase_starts[PHASES] = {0, 4, 8, 12, 16, 21, 25}; /* months since February 2016 */

static const unsigned char weights[TOPICS][PHASES] = {
    [PERMIT] = {14, 6, 8, 12, 4, 3, 3},    [SURVEY] = {3, 18, 7, 4, 4, 3, 5},
    [COUNCIL] = {7, 6, 16, 6, 5, 4, 4},    [BUILDER] = {6, 7, 8, 7, 8, 12, 8},
    [MEETING] = {9, 6, 7, 6, 5, 5, 5},     [BOATS] = {5, 5, 3, 6, 5, 4, 4},
    [WEATHER] = {4, 3, 4, 3, 3, 6, 3},     [PRESS] = {5, 10, 8, 8, 7, 6, 8},
    [SECURITY] = {3, 8, 3, 3, 7, 4, 3},    [LEAFLETS] = {7, 3, 6, 6, 3, 3, 2},
    [MONEY] = {5, 3, 6, 5, 5, 7, 5},       [BIRDS] = {4, 4, 3, 5, 4, 3, 4},
    [TROLLS] = {2, 6, 5, 5, 9, 4, 4},      [CHAT] = {6, 6, 6, 6, 6, 6, 8},
    [LAW] = {4, 5, 4, 8, 10, 6, 8},        [HISTORY] = {4, 3, 3, 3, 3, 4, 3},
    [REGATTA] = {0, 0, 0, 9, 1, 0, 2},     [MOLE] = {0, 1, 1, 1, 7, 1, 1},
    [STORM] = {0, 0, 1, 0, 1, 14, 2},      [INQUIRY] = {0, 0, 1, 2, 3, 5, 18},
    [ENGINEERING] = {4, 6, 4, 4, 4, 5, 5}, [WORDING] = {4, 7, 6, 6, 6, 5, 6},
};

/* How much is written in each month, from February 2016 on. */
static const unsigned char loudness[MONTHS] = {20, 34, 38, 36, 58, 60, 34, 30, 46, 52, 40,
                                               30, 50, 42, 38, 56, 36, 34, 30, 44, 50, 34,
                                               30, 54, 36, 28, 46, 50, 34, 24, 14};

static int month_index(int64_t local)
{
    const struct civil c = calendar_civil(local);
    const int month = (c.year - FIRST_YEAR) * 12 + c.month - FIRST_MONTH;
    return month < 0 ? 0 : month >= MONTHS ? MONTHS - 1 : month;
}

enum topic phases_topic(struct rng *rng, int64_t local)
{
    int phase = PHASES - 1;
    while (phase > 0 && month_index(local) < phase_starts[phase])
        phase--;
    int total = 0;
    for (int i = 0; i < TOPICS; i++)
        total += weights[i][phase];
    int at = (int)rng_below(rng, (uint32_t)total);
    int topic = 0;
    while (at >= weights[topic][phase])
        at -= weights[topic++][phase];
    return (enum topic)topic;
}

int64_t phases_first_day(void)
{
    return calendar_day(2016, 2, 3);
}

/* A day's weight: its month, its weekday, its luck; now and then nobody writes for days. */
static int day_weight(struct rng *rng, int64_t day, int *silent_days)
{
    static const int luck[] = {15, 30, 45, 60, 80, 100, 100, 130, 180, 300};
    if (*silent_days > 0) {
        --*silent_days;
        return 0;
    }
    if (rng_chance(rng, 22))
        *silent_days = rng_between(rng, 1, 5);
    const int weekday = calendar_weekday(day);
    const int week = weekday == 0 ? 70 : weekday == 6 ? 80 : 110;
    return loudness[month_index(day * 86400)] * week * luck[rng_below(rng, 10)] / 100;
}

int phases_plan(struct rng *rng, int total, int per_day[DAYS_MAX])
{
    const int64_t first = phases_first_day();
    const int days = (int)(calendar_day(2018, 8, 27) - first) + 1;
    int64_t cumulative[DAYS_MAX + 1] = {0};
    int silent_days = 0;
    for (int i = 0; i < days; i++)
        cumulative[i + 1] = cumulative[i] + day_weight(rng, first + i, &silent_days);
    for (int i = 0; i < days; i++)
        per_day[i] = (int)(total * cumulative[i + 1] / cumulative[days] -
                           total * cumulative[i] / cumulative[days]);
    return days;
}

int phases_start(struct rng *rng)
{
    static const unsigned char by_hour[26] = {0,  0,  0,  0,  0,  1,  4,  12, 20, 26, 28, 26, 24,
                                              22, 20, 22, 24, 30, 40, 50, 58, 60, 46, 30, 15, 6};
    int total = 0;
    for (int i = 0; i < 26; i++)
        total += by_hour[i];
    int at = (int)rng_below(rng, (uint32_t)total);
    int hour = 0;
    while (at >= by_hour[hour])
        at -= by_hour[hour++];
    return hour * 3600 + rng_between(rng, 0, 3599);
}
