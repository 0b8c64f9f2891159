/*
 * Any text as a stamp: what is read is a time of the years 1 to 9999, and pieces are taken off the
 * front and from nowhere else.
 */
#include "stamp.h"

#include <stdlib.h>

static void require(bool what)
{
    if (!what)
        abort();
}

static void check(bool read, const struct stamp *s)
{
    const int64_t limit = INT64_C(10000) * 366 * MS_PER_DAY;
    require(!read || (s->wall_ms > -limit && s->wall_ms < limit));
    require(!read || !s->has_offset || (s->offset_min > -1440 && s->offset_min < 1440));
    require(!read || s->has_date || s->has_time);
}

static void check_pieces(str text)
{
    int parts[3];
    struct stamp_clock clock;
    str rest = text;
    const bool figures = stamp_take_figures(&rest, parts);
    require(figures ? rest.n < text.n && rest.p + rest.n == text.p + text.n : rest.n == text.n);
    rest = text;
    const bool taken = stamp_take_clock(&rest, &clock);
    require(taken ? rest.n < text.n && rest.p + rest.n == text.p + text.n : rest.n == text.n);
    require(!taken || (clock.day_ms >= 0 && clock.day_ms < MS_PER_DAY));
    struct date_evidence d = {0};
    bool certain;
    char why[160];
    for (rest = text; rest.n; rest = str_from(rest, 1)) {
        str at = rest;
        if (stamp_take_figures(&at, parts))
            date_evidence_add(&d, parts);
    }
    const enum date_order order = date_evidence_decide(&d, &certain, why);
    require(order != ORDER_UNKNOWN || !certain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str text = {(const char *)data, size < 512 ? size : 512};
    struct stamp s;
    int64_t ms;
    check(stamp_iso(text, &s), &s);
    for (int order = ORDER_UNKNOWN; order <= ORDER_YDM; order++)
        check(stamp_written(text, (enum date_order)order, &s), &s);
    check_pieces(text);
    (void)stamp_epoch(text, &ms);
    (void)stamp_snowflake(text, 0, &ms);
    return 0;
}
