/* See addresses.h. */
#include "addresses.h"

#include "links.h"

struct link_list links_in(struct arena *a, str text)
{
    struct link_list list = {.count = 0};
    struct link link;
    for (struct link_scan s = link_scan_of(text); link_next(&s, &link);)
        list.count += link.kind == LINK_URL;
    list.p = arena_array(a, list.count + 1, sizeof *list.p);
    list.count = 0;
    for (struct link_scan s = link_scan_of(text); link_next(&s, &link);)
        if (link.kind == LINK_URL)
            list.p[list.count++] = (struct link_place){link.at, link.end};
    return list;
}
