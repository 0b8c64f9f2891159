/*
 * The names in the system's tz database: where the database is, whether a name is in it, and which
 * names a mistyped one may stand for.
 */
#ifndef STET_BASE_ZONE_NAMES_H
#define STET_BASE_ZONE_NAMES_H

#include "err.h"
#include "str.h"

enum { ZONE_NAME_MAX = 63 };

/* Whether the database has a zone of exactly this name. */
bool zone_names_have(str name);

/* Records the failure "unknown time zone" (ERR_MISSING) with the nearest names as hint. */
enum status zone_names_fail(str name, struct err *e);

#endif
