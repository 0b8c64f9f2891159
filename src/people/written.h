/* What the formats of a graph share: XML text, numbers, times, names of what an edge is made of. */
#ifndef STET_PEOPLE_WRITTEN_H
#define STET_PEOPLE_WRITTEN_H

#include "graph.h"

/* Character data or an attribute's value of XML 1.0: markup escaped, what XML cannot hold as U+FFFD. */
void written_xml(struct buf *out, str text);

/* The shortest that says enough: "3", "0.25", "12.4171". */
void written_real(struct buf *out, double value);

/* "2016-03-02T09:41:07"; nothing for TIME_NONE. */
void written_time(struct buf *out, int64_t wall_ms);

#endif
