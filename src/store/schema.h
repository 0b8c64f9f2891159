/*
 * The schema of an archive: made, compared with the compiled-in text, and brought up to date.
 */
#ifndef STET_STORE_SCHEMA_H
#define STET_STORE_SCHEMA_H

#include "db.h"

/* One step from user_version `from` to `from` + 1. */
struct migration {
    int from;
    const char *sql;
};

/* Inside a transaction on an empty database. */
MUST_USE enum status schema_create(struct store *s, struct err *e);

/* No table in it at all: a new file, or one whose first import was cut short. */
MUST_USE enum status schema_is_empty(struct store *s, bool *empty, struct err *e);

/* ERR_DB if the file is not an archive or newer than this program. *version is what it has;
   *empty is true, and nothing else checked, if there is no database in it yet. */
MUST_USE enum status schema_identify(struct store *s, int *version, bool *empty, struct err *e);

/* ERR_DB if tables, indexes, views or triggers are not exactly those of schema.sql. */
MUST_USE enum status schema_compare(struct store *s, struct err *e);

/* The steps that lead from older versions to STORE_SCHEMA_VERSION. */
extern const struct migration schema_migrations[];
extern const size_t schema_migration_count;

/* Runs those steps that lead from `version` to `target`, in one transaction. ERR_DB if there is no
   way; then nothing has changed. */
MUST_USE enum status schema_migrate(struct store *s, int version, int target,
                                    const struct migration *steps, size_t count, struct err *e);

#endif
