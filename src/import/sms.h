/*
 * The XML that "SMS Backup & Restore" and those who copy it write: one element a message, everything in
 * attributes. It is not always well-formed ("&#55357;&#56832;" for an emoji), and parts hold files of
 * tens of megabytes, so that it is read with a scanner of our own: elements by their names, attributes
 * by their quotes.
 */
#ifndef IMPORT_SMS_H
#define IMPORT_SMS_H

#include "arena.h"
#include "importer.h"
#include "line_records.h"

extern const struct importer importer_sms, importer_signal_xml;

/* ---- sms_scan.c: elements of a source ---- */

struct sms_element {
    str raw; /* "<sms .../>", "<mms ...>...</mms>", borrowed until the callback returns */
    uint64_t at, line;
    bool whole; /* false: it ends where the next one begins, or with the source */
};
/* All elements called sms, mms or call; what stands between them goes to the sink as wrapping. */
MUST_USE enum status sms_scan(struct source *source, struct sink *sink, void *context,
                              enum status (*element)(void *context, const struct sms_element *x,
                                                     struct err *e),
                              struct err *e);
void sms_count(struct counter *c, str bytes);

/* ---- sms_tag.c: one tag ---- */

struct sms_tag {
    str name, attributes; /* "part", "seq=\"0\" ct=\"text/plain\" " */
};
/* The next start tag in *rest, which moves behind it; false if there is none. */
bool sms_next_tag(str *rest, struct sms_tag *out);
/* An attribute as it stands between its quotes; empty if the tag has none of that name. */
str sms_raw(const struct sms_tag *tag, const char *name);
/* The same with references decoded; in the arena. "null" is empty. *lossy is set if something was no
   character. */
str sms_value(const struct sms_tag *tag, const char *name, struct arena *a, bool *lossy);

/* ---- sms.c ---- */

struct sms_reader {
    struct sink *sink;
    const struct import_options *options;
    const char *platform; /* "sms", "signal" */
    struct arena arena;   /* of a record */
    struct line_note null_body, undelivered, drafts, not_fetched, undated, lossy;
    int64_t claimed; /* records, by count="..."; -1: it does not say */
    uint64_t records;
    char told[64][64]; /* keys of conversations, by hash */
};

/* Key of a person: the number without what is only for the eye; lower case for an address. */
str sms_address_key(str address, struct arena *a);
/* Fills sender, sender_name or, for messages that were sent, whoever owns the phone. */
void sms_set_sender(struct sms_reader *r, struct message *m, str address, str name, bool sent);
/* Conversation of one address or of several joined by '~'; tells the sink of it. */
MUST_USE enum status sms_set_conversation(struct sms_reader *r, struct message *m, str addresses,
                                          str title, struct err *e);
void sms_set_time(struct sms_reader *r, struct message *m, str stamp);
void sms_note(struct line_note *n, const struct message *m);
/* Boxes: 1 received, 2 sent, 3 draft, 4 outbox, 5 failed, 6 queued. */
void sms_set_box(struct sms_reader *r, struct message *m, int64_t box);

/* ---- sms_mms.c ---- */

/* Text, files, subject and people of an <mms>. */
void sms_fill_mms(struct sms_reader *r, str raw, struct message *m, str *addresses);

#endif
