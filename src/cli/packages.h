/* The packages of a Debian system, read from dpkg's own list, and their versions in order. */
#ifndef STET_PACKAGES_H
#define STET_PACKAGES_H

#include "arena.h"

#include <stdbool.h>

bool system_is_debian(void); /* not one that is made from it: others number corrections otherwise */

/* The installed version of the package called `name`, with or without digits, dashes and "t64" behind;
   the oldest of several. Empty if there is none. In the arena. */
str package_version(struct arena *a, str name);

/* Less than, equal to or greater than 0, as `a` is older than, the same as or newer than `b`: Debian
   Policy 5.6.12. */
int version_compare(str a, str b);

#endif
