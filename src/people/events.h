/*
 * What an event says in English about who came, who went and who is called something else now. Formats
 * word it in many ways; what is in none of the patterns below says nothing here.
 */
#ifndef STET_PEOPLE_EVENTS_H
#define STET_PEOPLE_EVENTS_H

#include "str.h"

enum event_kind { EVENT_OTHER, EVENT_JOINED, EVENT_LEFT, EVENT_RENAMED };
enum { EVENT_NAMES_MAX = 16 };

struct event {
    enum event_kind kind;
    /* Who joined or left; who was renamed, and then the new name. The empty name is the event's own
       sender. Slices of the text. */
    str names[EVENT_NAMES_MAX];
    size_t count;
};

/*
 *     tern added Zoë B and Mudlark 7      joined: Zoë B, Mudlark 7
 *     noll (~noll@pit.example) has joined #varnholm    joined: noll
 *     left the conversation               left: the sender
 *     noll is now known as noll_away      renamed: noll, noll_away
 */
struct event event_read(str text);

#endif
