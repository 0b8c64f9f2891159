/*
 * Who may ask. Pure functions over the headers of a request, so that each rule has its test.
 *
 * A page of the web that the reader visits can send requests to 127.0.0.1, under a name of its own
 * that points here (DNS rebinding), with the reader's cookies. So the Host must be ours to the letter; the
 * browser must say that our own page asks (Sec-Fetch-Site), or nobody (an address typed); a form must
 * come from our origin. Other users of the machine have no cookie and no token.
 */
#ifndef WEB_GATE_H
#define WEB_GATE_H

#include "str.h"

enum { GATE_SECRET_TEXT = 65, GATE_NAME_MAX = 32 };

struct gate {
    char token[GATE_SECRET_TEXT];   /* handed out with the start address, or used by scripts */
    char session[GATE_SECRET_TEXT]; /* the cookie's value */
    char hosts[2][GATE_NAME_MAX];   /* "127.0.0.1:1234", "localhost:1234" */
    char cookie[GATE_NAME_MAX];     /* "stet-1234": cookies do not tell ports apart by themselves */
    bool started;                   /* the token was exchanged for the cookie */
};
void gate_set_port(struct gate *g, unsigned port);

/* Headers as far as they matter; absent ones have p NULL. */
struct gate_request {
    size_t host_count;
    str host, origin, fetch_site, cookie_value, authorization, start_token;
    bool post, start; /* start: GET /start */
};

enum gate_answer {
    GATE_PASS,
    GATE_START,        /* the token is right: set the cookie */
    GATE_WRONG_HOST,   /* 403 */
    GATE_WRONG_ORIGIN, /* 403 */
    GATE_NO_KEY        /* 401 */
};
enum gate_answer gate_ask(struct gate *g, const struct gate_request *r);

/* Equal, in a time that does not tell how much of it is. */
bool gate_same(str a, str b);

#endif
