/* SQLite's own word about itself. */
#include "engine.h"

#include <sqlite3.h>

const char *engine_version(void)
{
    return sqlite3_libversion();
}
