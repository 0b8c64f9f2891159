/* What a file is, by its name: attachments are never opened. */
#ifndef IMPORT_FILE_KIND_H
#define IMPORT_FILE_KIND_H

#include "importer.h"

/* By the ending of `name`, letters of either case; ATTACH_FILE if it tells nothing. */
enum attachment_kind kind_of_file(str name);

#endif
