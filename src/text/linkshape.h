/*
 * The shapes of links, one function each. They get the place where one may begin and return where it
 * ends, or 0. None of them looks back except to see that nothing is glued to its front.
 */
#ifndef STET_TEXT_LINKSHAPE_H
#define STET_TEXT_LINKSHAPE_H

#include "str.h"

/* A run of what the name before the "@" of an e-mail address, or the scheme of a URL, consists of. */
size_t address_run_end(str text, size_t at);

/* The URL whose scheme is the tail of text[at..run_end), with "://" behind it; *from gets where the
   scheme begins, as text may be glued to its front ("seehttps://..."). */
size_t url_end(str text, size_t at, size_t run_end, size_t *from);
size_t www_end(str text, size_t at);

/* The address whose first part is text[at..run_end). */
size_t email_end(str text, size_t at, size_t run_end);

/* *run_end gets the end of the row of digit groups that was looked at: if this is no telephone
   number, none begins inside it either. */
size_t phone_end(str text, size_t at, size_t *run_end);
size_t number_end(str text, size_t at);

#endif
