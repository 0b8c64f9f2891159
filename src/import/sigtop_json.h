/* Signal Desktop's records as sigtop exports them: the importer's entry for the table. */
#ifndef IMPORT_SIGTOP_JSON_H
#define IMPORT_SIGTOP_JSON_H

#include "importer.h"

extern const struct importer importer_sigtop_json;

#endif
