/* Dates in figures, collected until the whole file has spoken. */
#include "written_order.h"

#include <stdio.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The three numbers at the beginning; false if a word stands among them. */
static bool figures_of(str stamp, int parts[3])
{
    size_t at = 0;
    for (size_t i = 0; i < 3; i++) {
        int64_t value;
        size_t n = 0;
        for (; at < stamp.n && !is_digit(stamp.p[at]); at++)
            if (((stamp.p[at] | 0x20) >= 'a' && (stamp.p[at] | 0x20) <= 'z') ||
                (unsigned char)stamp.p[at] >= 0x80)
                return false;
        while (at + n < stamp.n && is_digit(stamp.p[at + n]))
            n++;
        if (!str_to_u63(str_sub(stamp, at, n), &value) || value > 9999)
            return false;
        if (n == 4 && value < 1000) /* "0001-01-01" stands for no date and proves no order */
            return false;
        parts[i] = (int)value;
        at += n;
    }
    return true;
}

void written_order_see(struct written_order *o, str stamp)
{
    int parts[3];
    if (figures_of(stamp, parts))
        date_evidence_add(&o->dates, parts);
}

enum status written_order_decide(struct written_order *o, const struct import_options *options,
                                 struct sink *sink, struct err *e)
{
    char why[160];
    bool certain;
    o->order = options->date_order;
    if (o->order != ORDER_UNKNOWN || !o->dates.dates)
        return OK;
    o->order = date_evidence_decide(&o->dates, &certain, why);
    if (o->order == ORDER_UNKNOWN)
        o->order = ORDER_DMY;
    if (certain || o->order == ORDER_YMD)
        return OK;
    char what[160];
    snprintf(
        what, sizeof what,
        "Nothing proves whether the dates have the day first or the month; they were read with "
        "the %s first.",
        o->order == ORDER_MDY ? "month" : "day");
    const struct issue i = {
        .severity = ISSUE_WARN,
        .code = "dateOrder",
        .what = str_of(what),
        .way_out = STR("State it with --date-order dmy or mdy, or ask for the export as JSON."),
    };
    return sink->issue(sink, &i, e);
}
