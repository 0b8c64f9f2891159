/* One object of JSON as an answer to a script: docs/api.md lists them. */
#ifndef WEB_API_H
#define WEB_API_H

#include "answers.h"
#include "web.h"

/* {"stet":1,"type":TYPE, then members of the caller's, closed by api_end. */
struct json api_begin(struct web *w, const char *type);
void api_end(struct web *w, struct json *j);

void api_int(struct json *j, const char *key, int64_t value);
void api_text(struct json *j, const char *key, str value);

web_page api_archive, api_search, api_count, api_facets, api_timeline, api_message,
    api_conversation, api_people, api_conversations, api_sources, api_issues, api_verify,
    api_import;

#endif
