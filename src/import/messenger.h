/* What Messenger's and Instagram's exports share, in JSON and in HTML. */
#ifndef IMPORT_MESSENGER_H
#define IMPORT_MESSENGER_H

#include "arena.h"
#include "importer.h"

/* "messenger" or "instagram", by the folders of the export. */
str messenger_platform(str path);

/* The key of a thread, from its thread_path ("inbox/noll_ab12") or the path of one of its files
   (".../inbox/noll_ab12/message_1.html"): "messenger:noll_ab12". Empty if `path` names no thread. */
str messenger_key(struct arena *a, str platform, str path);

extern const struct importer importer_messenger_json;

#endif
