/* What a file looks like that no importer takes, for the sentence that says so. */
#ifndef IMPORT_LOOKS_H
#define IMPORT_LOOKS_H

#include "str.h"

struct look {
    bool empty;
    const char *what, *way_out; /* "a PDF document"; a sentence */
};

/* `raw`: the first bytes; `text`: the same as text_prefix gives them. Never NULL. */
const struct look *look_of(str raw, str text);

#endif
