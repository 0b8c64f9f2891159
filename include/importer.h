/*
 * Importers: one file and one line of the table for each format. An importer bids on the first
 * bytes of a source, reads records from it into a sink, and brings an independent counter.
 *
 *     const struct importer *f;
 *     if (importer_detect(&f, source, e) != OK) ...        // ERR_FORMAT: nobody recognised it
 *     struct import_report report;
 *     if (importer_read(f, source, &options, sink, &report, e) != OK) ...
 *
 * To add a format: src/import/<format>.c with one `const struct importer`, one line in
 * src/import/importers.c, cases in corpus/<format>/, a page in docs/formats/.
 */
#ifndef STET_IMPORTER_H
#define STET_IMPORTER_H

#include "siblings.h"
#include "sink.h"
#include "source.h"
#include "stamp.h"
#include "zone.h"

enum { BID_NO = 0, BID_MAYBE = 20, BID_LIKELY = 60, BID_SURE = 100, BID_PREFIX_BYTES = 64 << 10 };

struct import_options {
    struct zone *zone; /* NULL: naive stamps are read as UTC and labelled assumed */
    enum date_order date_order; /* ORDER_UNKNOWN: decide by the evidence in the file */
    str owner;  /* who "Me" and "You" are in exports that say only that; empty: kept as shown */
    str map;    /* --map for tables without a known header: "time=date,sender=user,text=body"; or empty */
    const struct names *names; /* names for bare ids, as --names gave them; NULL: none */
    struct siblings *siblings; /* the files around the source; NULL: it stands alone */
};

/* A counter sees the raw bytes as they come, shares no code with the reader, and says how many
   records there should be. */
struct counter {
    uint64_t records;
    uint64_t state[8]; /* the counter's own; zero at the start */
    char line[256];    /* the same: enough to look at the heads of lines across chunks */
};

struct importer {
    const char *name;    /* as --format takes it: "release-html" */
    const char *title;   /* for people: "Group chat release, saved web page" */
    const char *where;   /* one line: where users find such a file */
    const char *version; /* of the reading rules; stored with each source, raised when results change */

    /* How sure it is that `prefix` (up to BID_PREFIX_BYTES) of a source called `name` (its path within
       what the user handed over, with '/') is its own. UTF-16 with a byte order mark is shown to it as
       UTF-8; a byte order mark of UTF-8 is taken off. Never allocates, fails or consumes. */
    int (*bid)(str prefix, str name);

    /* Whether a file is one that this format's exports hold beside the messages (users.json,
       account.js): it is not read by itself, and reported as read with them. NULL: none is. */
    bool (*companion)(str prefix, str name);

    /* Reads all of `source` into `sink`. Fails only when the whole source is unusable or the sink
       does; a bad record is an issue. */
    enum status (*read)(struct source *source, const struct import_options *options,
                        struct sink *sink, struct err *e);

    /* True if its records come newest first or in no order of time: they are sorted on the way in. */
    bool unordered;

    /* The independent counter: `bytes` is the next chunk, empty at the end of the source. */
    void (*count)(struct counter *c, str bytes);
};

/* Names for ids, read from a CSV or JSON Lines file of two columns (id, name) that the user hands over. */
struct names;
MUST_USE enum status names_read(struct names **out, str bytes, struct err *e);
str names_find(const struct names *n, str id); /* empty if it has none; `n` may be NULL */
void names_free(struct names *n);

size_t importer_count(void);
const struct importer *importer_at(size_t i);
const struct importer *importer_find(str name); /* by --format name; NULL if there is none */

/* The highest bid wins, ties by table order. ERR_FORMAT with the list of formats as hint if nobody
   bids; the sentence says what the file looks like instead (empty, PDF, ZIP, binary ...). */
MUST_USE enum status importer_detect(const struct importer **out, struct source *source,
                                     struct err *e);

/* The importer whose companion file this is; NULL if it is nobody's. Asked when nobody bids. */
const struct importer *importer_of_companion(str prefix, str name);

/* Has libraries load what they would otherwise look for in files when first used: to be called before
   a process confines itself and reads. */
void importer_warm_up(void);

/* Runs one importer over a source under the conservation law: every byte must be explained exactly
   once, the counter must agree with what the sink was given (messages + events + issues that stand
   for a record: those that cover bytes with ISSUE_ERROR), and the bytes must not change while read.
   ERR_FORMAT names what does not add up. Starts at the source's first byte and leaves it there. */
MUST_USE enum status importer_read(const struct importer *f, struct source *source,
                                   const struct import_options *options, struct sink *sink,
                                   struct import_report *report, struct err *e);

#endif
