/*
 * Addresses of our own pages, made of parts, percent-encoded here and nowhere else.
 *
 *     str url = link_to(&w->arena, "/search", "q", query, "sort", STR("-date"), NULL);
 *     str same = link_with(w, "page", STR("2"), NULL);    // this request's parameters, some changed
 */
#ifndef WEB_URL_H
#define WEB_URL_H

#include "web.h"

/* Names (const char *) and values (str) in turn, NULL at the end; empty values are left out. */
str link_to(struct arena *a, const char *path, ...);
str link_with(struct web *w, ...);
str link_message(struct arena *a, int64_t row);                  /* "/message?id=1523" */
str link_conversation(struct arena *a, int64_t id, int64_t row); /* lands on the row: "...#m1523" */

void link_encode(struct buf *out, str value);

#endif
