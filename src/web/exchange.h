/* One request on its way through libmicrohttpd, from its first line to the queued response. */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include <microhttpd.h>

#include "gate.h"
#include "web.h"

enum { FORM_MAX = 1 << 20, UPLOAD_MAX = 32 << 20 };

struct exchange_rules {
    struct gate *gate;
    const struct web_settings *settings;
    int64_t now_wall_ms; /* 0: the clock */
};

struct exchange;
struct exchange *exchange_new(const struct exchange_rules *rules, const char *uri,
                              struct MHD_Connection *c);
void exchange_free(struct exchange *x); /* NULL is fine */

/* True once its sender proved to be the reader: then its answer may take its time. */
bool exchange_trusted(const struct exchange *x);

bool exchange_begun(const struct exchange *x);
enum MHD_Result exchange_begin(struct exchange *x, const char *url, const char *method);
void exchange_body(struct exchange *x, const char *bytes, size_t n);
enum MHD_Result exchange_answer(struct exchange *x, struct MHD_Connection *c);

#endif
