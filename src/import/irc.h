/*
 * Lines of IRC logs. Every client writes its own: a stamp (irc_stamp.c) in front of what was said or
 * what happened (irc_body.c); the date and the channel are often only in the file's name
 * (irc_place.c). irc.c makes messages of them.
 */
#ifndef IMPORT_IRC_H
#define IMPORT_IRC_H

#include "civil.h"
#include "importer.h"

struct irc_stamp {
    int year, month, day; /* 0 if the stamp does not say; a month comes with a day */
    int hour, minute, second;
    str shown;     /* without brackets */
    size_t length; /* up to where the line's words begin */
};

/* The ways of writing a stamp, one of which a file uses throughout. */
size_t irc_dialect_count(void);
bool irc_stamp_read(struct irc_stamp *out, size_t dialect, str line);
bool irc_dialect_has_columns(size_t dialect); /* WeeChat: nick TAB text */

/* Lines between sessions and days, which are no record: "--- Day changed Tue Jan 04 2005". */
bool irc_is_mark(str line);
/* The day that such a line names, in wall milliseconds; TIME_NONE if none. `from_midnight`: it says
   that a day begins, so the log needs no guessing of days. */
int64_t irc_mark_day(str mark, bool *from_midnight);

enum irc_saying {
    IRC_SAID,
    IRC_DID, /* "* nick waves": an action, told with its star */
    IRC_EVENT,
    IRC_UNCLEAR, /* none of the shapes that are known: kept like an event */
};
struct irc_body {
    enum irc_saying saying;
    str sender; /* a nick; empty if nobody */
    str text;
};
struct irc_body irc_body_of(str words, bool columns);

struct irc_place {
    int year;       /* 0 if the path names none */
    int64_t day_ms; /* wall milliseconds; TIME_NONE */
    str channel;    /* "#varnholm"; borrowed of the path; empty if the path does not say */
    str network;
    str stem; /* the file's name without date and extension, or its folder's if that is all; never empty */
};
struct irc_place irc_place_of(str path);

extern const struct importer importer_irc, importer_irc_epoch;

#endif
