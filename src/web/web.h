/*
 * Pages as functions: a request and an archive in, a response out; no sockets here, so that tests
 * call them as the server does.
 *
 *     struct web w = {.archive_path = path, .request = &request};
 *     web_answer(&w);                        // always leaves a response, if only an error's page
 *     use(w.response.status, buf_str(&w.response.body));
 *     web_free(&w);
 *
 * Reading pages are GET and change nothing. What changes something is POST and must carry the form's
 * token (`csrf`); it answers with a redirect to a page.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "archive.h"
#include "markup.h"

enum web_method { WEB_GET, WEB_POST };

struct web_param {
    str name, value; /* decoded, valid UTF-8 */
};

struct web_request {
    enum web_method method;
    str path;                       /* decoded: "/conversation" */
    const struct web_param *params; /* of the URL and of a form, in order */
    size_t param_count;
    str upload_name, upload; /* a file that the form brought (a draft); empty */
    int64_t now_wall_ms;
};

struct web_response {
    int status;               /* 200, 303, 400, 403, 404, 405, 413, 500 */
    const char *content_type; /* "text/html; charset=utf-8" unless set */
    str location;             /* of 303 */
    str download_name;        /* offered as a file with this name; empty: shown */
    struct buf body;
    int file; /* the body instead, from its start, handed over with the response; -1: none */
};

enum { SEARCH_SECONDS = 10, ZONE_NAME_MAX = 64 };

/* The facts of the archive, as long as its file stays what it was: every page shows them, and they take
   20 ms for a million messages. */
struct facts_kept {
    struct archive_facts facts;
    char zone_name[ZONE_NAME_MAX];
    uint64_t device, inode, size_bytes;
    int64_t changed_s, changed_ns;
    bool known;
};

struct web_settings {
    const char *archive_path;
    str csrf;                /* token that every form carries and every POST must bring */
    const char *import_root; /* the folder that may be imported from; NULL: no importing here */
    struct import_job *job;  /* of that; NULL without it */
    int seconds_max;         /* for one request; 0: SEARCH_SECONDS */
    const char *version;
    struct facts_kept *kept; /* NULL: they are read anew for each page */
};

struct web {
    const struct web_settings *settings;
    const struct web_request *request;
    struct web_response response;
    struct arena arena;      /* of this request */
    struct archive *archive; /* open for reading while a page is made; NULL if there is none yet */
    struct markup out;       /* to response.body, between layout_begin and layout_end */
    int64_t late_at_ms;      /* of a clock that only goes forward */
};

void web_answer(struct web *w);
void web_free(struct web *w);

str web_param(const struct web *w, const char *name); /* the first of that name; empty */
int64_t web_number(const struct web *w, const char *name, int64_t usual, int64_t max);

/* From now on `ms` (0: the usual) until web_is_late, which is the `stop` of searches: ERR_STOPPED. */
void web_allow(struct web *w, int64_t ms);
bool web_is_late(void *web);
int web_seconds(const struct web *w); /* the usual, for people */

MUST_USE enum status web_facts(struct web *w, struct archive_facts *out, struct err *e);

/* Inside a POST: writes may need the archive closed for reading. */
MUST_USE enum status web_reopen(struct web *w, struct err *e);

/* Answers with 303 to `location`, which is a path of ours. */
void web_redirect(struct web *w, str location);

/* One page: makes the body. Failing, it leaves a sentence, and the page of an error is made of it:
   404 for ERR_MISSING, 400 for ERR_QUERY and ERR_FORMAT, 500 otherwise. */
typedef enum status web_page(struct web *w, struct err *e);

/* The table of pages (routes.c): one line each. */
struct route {
    enum web_method method;
    const char *path;
    web_page *page;
    const char *nav; /* in the header, in this order; NULL: not there */
    bool needs_archive;
};
extern const struct route routes[];
extern const size_t route_count;

#endif
