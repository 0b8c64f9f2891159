/* Which SQLite this program runs with: not the one it was built with. */
#ifndef STET_ENGINE_H
#define STET_ENGINE_H

const char *engine_version(void); /* "3.40.1" */

#endif
