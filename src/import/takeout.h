/* Google Takeout's messengers. */
#ifndef IMPORT_TAKEOUT_H
#define IMPORT_TAKEOUT_H

#include "importer.h"

extern const struct importer importer_hangouts, importer_hangouts_old, importer_googlechat;

#endif
