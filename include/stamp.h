/*
 * Time stamps as exports write them, and which of two numbers is the month.
 *
 *     struct stamp s;
 *     if (stamp_iso(STR("2023-04-19T15:14:45.904819+00:00"), &s)) ...   // s.wall_ms, s.offset_min 0
 *     if (stamp_written(STR("May 17, 2022  5:29:42 PM"), ORDER_UNKNOWN, &s)) ...
 *
 * Nothing here knows a zone: a stamp with an offset gives the instant, one without gives wall time.
 */
#ifndef STET_STAMP_H
#define STET_STAMP_H

#include "civil.h"

enum date_order { ORDER_UNKNOWN, ORDER_DMY, ORDER_MDY, ORDER_YMD, ORDER_YDM };

struct stamp {
    int64_t wall_ms;  /* as written */
    int offset_min;   /* of the wall time from UTC; only if has_offset */
    bool has_offset;  /* an offset, "Z" or "UTC" was written */
    bool has_date;    /* false: a time of day only, on 1970-01-01 */
    bool has_time;    /* false: a date only, the wall time is its midnight */
    bool has_seconds;
};

/* "YYYY-MM-DD[T ]HH:MM[:SS[.fff...]][ ][Z|UTC|±HH[:]MM]", also with '/' or '.' in the date, or the date
   alone. The whole slice. */
bool stamp_iso(str s, struct stamp *out);

/* Any other way that exporters have of writing a time in figures or English words: "09.12.2023 01:28:28
   UTC-04:00", "12/03/2021, 10:15:01 PM", "Mon, 2 Jan 2006 15:04:05 -0700", "Saturday, December 16, 2023
   at 8:45:21 PM UTC", "Oct 19, 2019, 2:37 PM", "2 June 2023 14:05", "01-Jan-20 01:33 AM", "20:54",
   with U+202F, U+00A0 and U+200E anywhere. Month names in English and the languages of date_words (see
   stamp.c). A date in figures needs `order` unless only one reading is possible; two-digit years are of
   1970 to 2069. The whole slice; false if it is not one or ambiguous. */
bool stamp_written(str s, enum date_order order, struct stamp *out);

/* The parts of such stamps, for formats that write them into a line of their own. Each is taken off the
   front of *s, blanks and direction marks before it included; if it is not there nothing is taken. */
bool stamp_take_figures(str *s, int parts[3]); /* "12/03/21", "2018. 6. 13.", in any digits */
/* "9:02:11 p. m.", "21.25", "오후 8:54": the time of day in ms, which half of it and seconds included. */
struct stamp_clock {
    int64_t day_ms;
    bool has_seconds, has_half; /* "PM", "p. m.", "下午" ... was written */
};
bool stamp_take_clock(str *s, struct stamp_clock *out);
/* The value of the digit at the front of `s`, in Latin, Arabic, Persian, Indian, Thai or wide figures,
   and its bytes; -1 if there is none. */
int stamp_digit(str s, size_t *bytes);
/* Midnight of a date in figures; false if the order is unknown or makes no date of it. */
bool stamp_of_figures(const int parts[3], enum date_order order, int64_t *wall_ms);

/* Numbers since 1970: seconds, milliseconds, microseconds or nanoseconds by their size, so that 1971 to
   2200 are read right in each; with a decimal part they are seconds. False if it is no number, and for 0
   and less, which exporters write where they have no time. */
bool stamp_epoch(str digits, int64_t *utc_ms);
int64_t stamp_epoch_number(int64_t value); /* TIME_NONE for 0 and less */

/* The milliseconds since `epoch_ms` in a snowflake id (id >> 22); false if it is no number or so small (the epoch's first day) that it was
   not made that way: a count, an id made anonymous. Twitter's
   epoch is 1288834974657, Discord's 1420070400000. */
bool stamp_snowflake(str id, int64_t epoch_ms, int64_t *utc_ms);

/* ---- which number is the month --------------------------------------------------------------- */

/* Collects three-number dates of one file; the order is decided for the file as a whole. What is kept
   by order has its place at enum date_order, what is kept by place at 0, 1, 2. */
struct date_evidence {
    uint64_t dates;
    uint64_t over_31[3], over_12[3];       /* how many had a number so large at this place */
    uint64_t at_over_31[3], at_over_12[3]; /* which date (from 1) showed it first */
    int shown_over_31[3], shown_over_12[3]; /* and what it showed */
    int last[3];                           /* the numbers of the last date */
    uint64_t changes[3];                   /* how often the number at this place changed: days do most */
    int64_t last_ms[5];                    /* for the test of order: dates should not run backwards */
    uint64_t back[5];                      /* how often they did, by more than a day */
};
void date_evidence_add(struct date_evidence *d, const int parts[3]);

/* *why is a sentence of the evidence: "27 in the first place of message 14 can only be a day". *certain
   is false if nothing but the order of the dates (or nothing at all: then ORDER_UNKNOWN) speaks for it. */
enum date_order date_evidence_decide(const struct date_evidence *d, bool *certain, char why[160]);
const char *date_order_name(enum date_order order); /* "dmy" "mdy" "ymd" "ydm" "unknown" */
bool date_order_read(str name, enum date_order *out);

#endif
