/* What holds now about handles, in memory: asked for each message that is shown. */
#ifndef STET_STORE_IDENTITY_CACHE_H
#define STET_STORE_IDENTITY_CACHE_H

#include "db.h"

struct identity_cache;

/* What is known may have changed: it is read again when it is next asked for. */
void identity_cache_forget(struct store *s);

#endif
