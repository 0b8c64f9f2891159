/*
 * Twitter's archive, shared by the parts of its importer: where the files of an archive are known by
 * (twitter.c), and what is made of an event (twitter_event.c).
 */
#ifndef IMPORT_TWITTER_H
#define IMPORT_TWITTER_H

#include "arena.h"
#include "counted.h"
#include "importer.h"
#include "json_records.h"

#define TWITTER_EPOCH_MS INT64_C(1288834974657) /* of the ids of messages */

struct twitter {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena, place, record; /* of the source, the conversation and the record at hand */
    str owner, owner_name;
    str id; /* of the conversation at hand; empty if the file does not tell */
    bool told, named;
    struct counted no_time, unknown;
};

/* The name of an account: the owner's, one that the user gave, or none. */
str twitter_name(const struct twitter *t, str id);

/* Pushes the one message that a record is. */
MUST_USE enum status twitter_record(struct twitter *t, const struct json_part *p,
                                    const struct json_value *v, const struct json_mends *mends,
                                    struct err *e);

extern const struct importer importer_twitter;

#endif
