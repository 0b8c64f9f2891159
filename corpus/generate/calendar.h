/*
 * Days, clock times and one zone: Europe/Copenhagen, the clock that the release's stamps keep.
 * "Local seconds" count seconds since 1970-01-01 00:00:00 as that clock shows them.
 */
#ifndef CORPUS_CALENDAR_H
#define CORPUS_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct civil {
    int year, month, day, hour, minute, second;
};

int64_t calendar_day(int year, int month, int day);
struct civil calendar_civil(int64_t seconds);

/* 0 is Sunday. */
int calendar_weekday(int64_t day);

/* Reads "2016-02-08 18:04:11" as local seconds. */
int64_t calendar_read(const char *stamp);

/* Writes "2016-02-08 18:04:11" (19 bytes and a NUL). */
void calendar_write(char out[20], int64_t seconds);

/* The last Sunday of March or October, when the clock is changed. */
int64_t calendar_change_day(int year, int month);

/* Local to UTC seconds. The hour that is shown twice in October counts as the second one. */
int64_t calendar_utc(int64_t local);

/* Moves a time out of the hour that is skipped in March or shown twice in October. */
int64_t calendar_unambiguous(int64_t local);

#endif
