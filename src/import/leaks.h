/* Shapes in which the chats of criminal groups were leaked, and what their readers share. */
#ifndef IMPORT_LEAKS_H
#define IMPORT_LEAKS_H

#include "arena.h"
#include "importer.h"

/* A talk between two, the same key whoever wrote first: "xmpp:a@x~b@x". */
str leak_pair_key(struct arena *a, const char *platform, str one, str other);

/* Whether JSON begins the prefix and has all these members, NULL at the end, somewhere in its first
   16 KiB. */
bool leak_has_members(str prefix, const char *const *members);

/* Whether the slice begins with a shape in which '9' stands for any digit and all else for itself. */
bool leak_has_shape(str s, const char *shape);

extern const struct importer importer_conti, importer_rocketchat, importer_ransomchats,
    importer_trickbot, importer_psi, importer_blackbasta, importer_blackbasta_text;

#endif
