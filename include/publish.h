/*
 * Taking messages out of an archive, in formats that other programs and other archives read. An exporter
 * is one file of src/publish/ and one line of the table in publish.c; it gets the messages in order of
 * time, one after another, so that an export of any size needs no more memory than its largest message.
 *
 *     const struct exporter *x = exporter_find(STR("jsonl"));
 *     const struct publish_options o = {.query = STR("in:pit"), .now_wall_ms = now};
 *     const struct publish_output out = {.write = to_file, .context = &file};
 *     st = publish_run(x, store, &o, &out, &result, e);
 *
 * The same archive and query give the same bytes, whenever and wherever it runs: nothing is written of
 * this machine, its user, its clock or the paths of its files.
 */
#ifndef STET_PUBLISH_H
#define STET_PUBLISH_H

#include "json.h"
#include "query.h"
#include "store.h"

struct exporter;
size_t exporter_count(void);
const struct exporter *exporter_at(size_t i);
const struct exporter *exporter_find(str name); /* as --format takes it; NULL if there is none */
const char *exporter_name(const struct exporter *x);
const char *exporter_title(const struct exporter *x); /* one line for people */

struct publish_options {
    str query;                   /* empty: everything */
    int64_t now_wall_ms;         /* for relative dates in it */
    bool (*stop)(void *context); /* as in hit_options */
    void *stop_context;
};

struct publish_output {
    enum status (*write)(void *context, str bytes, struct err *e); /* in pieces of some 64 KiB */
    void *context;
};

struct publish_result {
    uint64_t messages, events, bytes;
};

/* ERR_QUERY with the place in the query, what `write` returned, or what the archive is to blame for. */
MUST_USE enum status publish_run(const struct exporter *x, struct store *s,
                                 const struct publish_options *o, const struct publish_output *to,
                                 struct publish_result *out, struct err *e);

/* What hangs on a message, as members of an open object; what is empty or unknown is left out:
   platform_id, reply_to (always there), forwarded_from, forwarded_utc, edited_utc, deleted_utc, attachments, reactions,
   edits, mentions, recipients. Times are "2016-03-02T09:41:07Z", with milliseconds if there are any. */
void publish_json_details(struct json *j, const struct message *m);

/* {"source":"leak.zip","member":"a.txt","at":0,"length":5,"line":1,"sha256":"..."} */
void publish_json_witness(struct json *j, const struct witness *w);

#endif
