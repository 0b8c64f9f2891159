/* The time of a message, by what the source says of it. */
#ifndef IMPORT_MOMENT_H
#define IMPORT_MOMENT_H

#include "importer.h"

/* The source gives the instant. Shown as UTC. */
struct message_time moment_utc(int64_t utc_ms);

/* The source gives a clock's reading and no zone: the stated zone decides, or UTC is assumed. */
struct message_time moment_naive(int64_t wall_ms, const struct import_options *options);

/* Either, by whether an offset was written; shown as written. */
struct message_time moment_of(const struct stamp *s, const struct import_options *options);

#endif
