/* Issues added up by their codes, for the closing table. */
#ifndef STET_ARCHIVE_INTAKE_KINDS_H
#define STET_ARCHIVE_INTAKE_KINDS_H

#include "intake.h"

void kinds_add(struct intake_kinds *k, const struct issue *i);
void kinds_clear(struct intake_kinds *k);
void kinds_merge(struct intake_kinds *to, const struct intake_kinds *from);

#endif
