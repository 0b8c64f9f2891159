/* What the exporters for readers share: names and times of a message in words. */
#ifndef PUBLISH_LINES_H
#define PUBLISH_LINES_H

#include "exporter.h"

str line_sender(const struct message *m);           /* the name as shown; "(system)" without one */
str line_conversation(const struct stored *s);      /* its title, or its key */
str line_shown(struct arena *a, const struct message *m); /* the time as shown; "undated" */
str line_utc(struct arena *a, int64_t utc_ms);      /* "2016-03-02T09:41:07Z"; empty without one */
str line_citation(struct arena *a, const struct stored *s);

/* "leak.zip / chats/a.json, bytes 812244 to 812391, sha256 5f0c..." */
str line_witness(struct arena *a, const struct witness *w);

#endif
