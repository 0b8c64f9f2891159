/* The web addresses in a message: shown, never followed. */
#ifndef WEB_ADDRESSES_H
#define WEB_ADDRESSES_H

#include "arena.h"

struct link_place {
    size_t at, end;
};
struct link_list {
    struct link_place *p; /* ascending, disjoint */
    size_t count;
};
struct link_list links_in(struct arena *a, str text);

#endif
