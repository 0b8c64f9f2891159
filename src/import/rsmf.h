/* RSMF: the importer's entry for the table. */
#ifndef IMPORT_RSMF_H
#define IMPORT_RSMF_H

#include "importer.h"

extern const struct importer importer_rsmf;

#endif
