/*
 * What every page has: head, header with archive facts, main, footer; and the small parts that many
 * pages share.
 */
#ifndef WEB_LAYOUT_H
#define WEB_LAYOUT_H

#include "web.h"

struct layout {
    str title;        /* of the page */
    const char *path; /* of the route that is marked in the header */
    const char *wide; /* a class of <main>: "search", "verify" ...; NULL */
};

/* Opens <main>; layout_end closes everything. */
MUST_USE enum status layout_begin(struct web *w, const struct layout *l, struct err *e);
void layout_end(struct web *w);

/* A link within the site. `url` is made by url.h. */
void layout_link(struct web *w, str url, str text);

/* <form method=post> with the token in it; markup_close ends it. */
void layout_form(struct web *w, str action);
void layout_hidden(struct web *w, const char *name, str value);

/* The text of a message with the marks of a search in <mark>, links as text with a copy button. */
void layout_message_text(struct web *w, str text, const struct span *marks, size_t mark_count);

/* "2 Mar 2016" and "09:41:07" as <time> with UTC and basis in its title. */
void layout_date(struct web *w, const struct message_time *t);
void layout_clock(struct web *w, const struct message_time *t, str time_shown);

/* An empty state or an error: what happened, and what to do. */
void layout_notice(struct web *w, const char *class, str what, str way_out);

#endif
