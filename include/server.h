/*
 * The page's server: HTTP on loopback for one person. It listens before the process is confined, then
 * answers one request after another; everything about pages is in src/web/.
 *
 *     struct server *s;
 *     if (server_open(&s, &(struct server_options){.archive_path = path}, e) != OK) ...
 *     // server_start_url(s): hand it to the browser, through a file that only its owner reads
 *     // sandbox_enter(...)
 *     server_run(s, stop, context, e);
 *     server_close(s);
 *
 * Who may ask: the request must name 127.0.0.1 or localhost and our port as its host, come from
 * our own pages or from nowhere (Sec-Fetch-Site, Origin), and carry the cookie that the start
 * address was exchanged for (once), or the token as "Authorization: Bearer".
 */
#ifndef STET_SERVER_H
#define STET_SERVER_H

#include "err.h"

#include <stdbool.h>
#include <stdint.h>

struct server;

struct server_options {
    const char *archive_path;
    const char *version;
    uint16_t port;           /* 0: any free one */
    const char *import_root; /* a folder, absolute, from which the page may import; NULL: none */
    int64_t now_wall_ms;     /* for tests: what "now" is; 0: the clock */
};

/* ERR_IO if the port cannot be had. */
MUST_USE enum status server_open(struct server **out, const struct server_options *o,
                                 struct err *e);
void server_close(struct server *s);

uint16_t server_port(const struct server *s);
const char *server_token(const struct server *s);     /* for scripts: Authorization: Bearer */
const char *server_start_url(const struct server *s); /* "http://127.0.0.1:1234/start?token=..." */

/* Answers until `stop` says so; asked at least once a second. */
MUST_USE enum status server_run(struct server *s, bool (*stop)(void *context), void *context,
                                struct err *e);

#endif
