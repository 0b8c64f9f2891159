/*
 * A sink is where an importer pushes what it reads. The store's writer, the golden-test printer,
 * the auditor and the fuzzer are just different sinks. All calls come in the order of the source.
 *
 *     static enum status on_message(struct sink *s, const struct message *m, struct err *e) {...}
 *     struct printer { struct sink sink; ... } p = {.sink = {.message = on_message, ...}};
 *
 * Conservation: the byte ranges of messages (locus), issues and wrapping together must cover the
 * source exactly once. `struct ledger` checks that for any sink.
 */
#ifndef STET_SINK_H
#define STET_SINK_H

#include "err.h"
#include "message.h"

enum issue_severity {
    ISSUE_NOTE,  /* worth knowing, nothing is lost (an odd but understood record) */
    ISSUE_WARN,  /* stored, but something in it could not be kept as it was */
    ISSUE_ERROR, /* these bytes could not be read as a record; they are listed, not stored */
};

/* `code` is a stable id ("badStamp", "badUtf8"); `what` one sentence; `way_out` what a user can do. */
struct issue {
    enum issue_severity severity;
    const char *code;
    str what, way_out;
    struct locus locus;
    bool covers; /* the range belongs to no message: it counts as explained by this issue; with
                    ISSUE_ERROR it stands for one record that could not be read */
};

/* What is learnt of a conversation; may be sent again when more is known (the last title that is not
   empty stays). `loose`: the format has no id of conversations and the key is only a guess (made of the
   title, the first record ...): the archive may join it to a conversation that holds the same messages. */
struct conversation {
    str key, title, platform, type; /* type: "group", "direct", "channel" ...; empty if unknown */
    bool loose;
};

/* What is learnt of a person: the name of a key, where names and messages come apart (users.json). */
struct participant {
    str key, name;
};

/* A NULL member is a sink that does not care; importer_read sees to that, importers call any. */
struct sink {
    enum status (*message)(struct sink *s, const struct message *m, struct err *e);
    enum status (*conversation)(struct sink *s, const struct conversation *c, struct err *e);
    enum status (*participant)(struct sink *s, const struct participant *p, struct err *e);
    enum status (*issue)(struct sink *s, const struct issue *i, struct err *e);
    /* Bytes that are known structure and no record: markup, headers, blank lines, footers. */
    enum status (*wrapping)(struct sink *s, uint64_t at, uint64_t length, struct err *e);
};

/* What reading one source gave; the counts are those of the sink calls and of the counter. */
struct import_report {
    uint64_t messages, events, issues;
    uint64_t counted;  /* records by the independent counter */
    uint64_t bytes;
    struct sha256_digest digest; /* of all bytes of the source */
};

/* The conservation law for one source: covered ranges, kept merged; normally it is one range. */
struct ledger_range {
    uint64_t at, end;
};
struct ledger {
    struct ledger_range *ranges;
    size_t count, cap;
    uint64_t overlap;    /* bytes claimed twice */
    uint64_t overlap_at; /* the first of them that was noticed; nothing if overlap is 0 */
};
void ledger_add(struct ledger *l, uint64_t at, uint64_t length);
/* OK if exactly [0, size) is covered once; otherwise ERR_FORMAT naming the first unexplained or
   doubly explained byte. */
MUST_USE enum status ledger_check(struct ledger *l, uint64_t size, struct err *e);
void ledger_free(struct ledger *l);

#endif
