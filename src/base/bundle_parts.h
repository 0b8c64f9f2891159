/*
 * What the parts of a bundle share. A bundle has files (on disk), boxes (archives: a file that is one,
 * or one inside another) and entries (what a box holds, and files that are no box). Entries of a box
 * stand together; what users see is `shown`, the entries in order, with those of inner boxes in place
 * of the boxes.
 *
 * Nothing here opens a file but through the opener, and a descriptor is only ever read with pread: the
 * bundle runs where a process can do nothing else.
 */
#ifndef BASE_BUNDLE_PARTS_H
#define BASE_BUNDLE_PARTS_H

#include "arena.h"
#include "bundle.h"

#define NOT_THERE SIZE_MAX

enum {
    SNIFF_BYTES = 64 << 10,   /* of the front of a file, to see what it is */
    BOX_LOADED_MAX = 1 << 30, /* inner archives in memory, all together */
};

/* Bytes that an archive is read from: [base, base + size) of a file or of memory, and a tail of our own
   behind them (see bundle_zip_check.c). */
struct blob {
    struct bundle *bundle;
    size_t file;       /* read through its descriptor if `bytes` is NULL */
    const char *bytes; /* or all of it */
    uint64_t base, size;
    str tail;
};
/* *got is 0 only at the end. */
MUST_USE enum status blob_read(const struct blob *b, uint64_t at, char *out, size_t room,
                               size_t *got, struct err *e);
/* All of [at, at + n) or ERR_FORMAT. */
MUST_USE enum status blob_read_all(const struct blob *b, uint64_t at, char *out, size_t n,
                                   struct err *e);

enum box_kind {
    BOX_NONE,    /* a plain file */
    BOX_ZIP,     /* read by its directory: any entry at once */
    BOX_CUT_ZIP, /* a ZIP without a directory: read from the front, as far as it goes */
    BOX_STREAM,  /* tar, or one file, perhaps compressed: read from the front */
    BOX_TABLES,  /* an SQLite database: an entry a table */
    BOX_MAIL     /* an RSMF file: becomes BOX_ZIP once its attachment is found */
};

struct cursor; /* a place in a box that is read from the front */

struct box {
    enum box_kind kind;
    bool attached; /* its bytes are an attachment of the mail in its file or entry */
    size_t file;
    size_t entry;   /* whose bytes it is; NOT_THERE for a file on disk */
    str path;       /* "leak.zip", "leak.zip/inner.zip" */
    str inside;     /* the same within the file; empty for the file itself */
    unsigned depth; /* 1 for a file on disk */
    char *bytes;    /* of an inner box, while it is loaded */
    uint64_t size;
    unsigned users; /* who holds it */
    struct box *next_loaded;
    uint64_t zip_base, zip_end;  /* of a ZIP: where its offset 0 stands, and its directory */
    struct cursor *spare[2];     /* of a stream: left by earlier readers */
    const struct facts *facts;   /* of a stream: of all its entries, once asked for */
    size_t first_entry, entries; /* within the bundle's */
};

struct entry {
    struct member m;
    struct box *box;   /* which holds it; NULL: a file on disk */
    struct box *opens; /* it is this box */
    uint64_t at;       /* ZIP: its record in the directory; else: its number in the box */
    uint64_t counted;  /* how much of it has been unpacked so far */
};

struct disk_file {
    int fd; /* -1: not open */
    unsigned users;
    bool is_archive;
    uint64_t expanded; /* bytes that came out of it */
};

struct facts {
    bool known;
    uint64_t size;
    struct sha256_digest digest;
};

struct bundle {
    const struct bundle_file *files;
    struct disk_file *disk;
    size_t file_count,
        idle_file; /* the file whose descriptor is open without users; or NOT_THERE */
    struct bundle_opener opener;
    struct bundle_limits limits;
    struct arena names;
    struct entry *entries;
    size_t entry_count, entry_cap;
    size_t *shown,
        *order; /* entries that users see; those that can be read, by path, once asked for */
    size_t shown_count, order_count;
    struct bundle_fault **faults;
    size_t fault_count, fault_cap;
    struct box *loaded; /* inner boxes in memory */
    uint64_t loaded_bytes, expanded;
    struct box **boxes;
    size_t box_count, box_cap;
    struct siblings *siblings;
};

/* ---- bundle.c ---- */

struct fault_of {
    const struct box *box;
    const char *code, *way_out;
    bool fatal;
};
/* The same code is reported once for each box. */
void bundle_fault_add(struct bundle *b, const struct fault_of *f, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* Sees to it that a file's descriptor is open until it is let go. */
MUST_USE enum status disk_hold(struct bundle *b, size_t file, struct err *e);
void disk_let_go(struct bundle *b, size_t file);

/* ---- bundle_list.c ---- */

/* Fills entries, boxes and what is shown. */
void bundle_list(struct bundle *b);

/* An entry of the box that is being listed; false if there are too many. `name` is copied. */
bool bundle_add_entry(struct bundle *b, struct box *box, str name, const struct entry *facts);

/* ---- bundle.c again: reading ---- */

/* Sees to it that the bytes of a box can be read until it is let go. */
MUST_USE enum status box_hold(struct box *x, struct bundle *b, struct blob *out, struct err *e);
void box_let_go(struct box *x, struct bundle *b);

/* `upto` bytes of an entry have been unpacked: ERR_LIMIT if that is too much to be honest. */
MUST_USE enum status bundle_count_unpacked(struct bundle *b, struct entry *entry, uint64_t upto,
                                           struct err *e);

MUST_USE enum status entry_source(struct bundle *b, struct entry *entry, struct source **out,
                                  struct err *e);

/* The first entry of this path that can be read; NOT_THERE if there is none. */
size_t bundle_find(struct bundle *b, str path);

/* ---- the kinds of boxes; listing ends early with a fault, never with a failure ---- */

/* Reads the directory of a ZIP and checks it against what stands in the file. False if there is no
   directory that could be read. */
bool zip_list(struct bundle *b, struct box *x, const struct blob *blob);
/* The ZIP as if it held but one entry, whose directory record stands at `record`. `tail` is made in
   `a`. */
MUST_USE enum status zip_of_one(struct blob *out, const struct box *x, const struct blob *blob,
                                uint64_t record, struct arena *a, struct err *e);

void stream_list(struct bundle *b, struct box *x, const struct blob *blob);
MUST_USE enum status unpacked_source(struct bundle *b, struct entry *entry, struct source **out,
                                     struct err *e);
void stream_drop_cursors(struct box *x);
/* Size and digest of every entry, in one pass over the box; NULL if it cannot be read. */
const struct facts *stream_facts(struct bundle *b, struct box *x);

void tables_list(struct bundle *b, struct box *x, const struct blob *blob);
MUST_USE enum status table_source(struct bundle *b, struct entry *entry, struct source **out,
                                  struct err *e);

/* Whether the front of a file is that of a mail whose attached ZIP is to be read. */
bool mail_is_rsmf(str prefix, str name);
/* The attached ZIP; ERR_FORMAT if there is none. *out is yours to free. */
MUST_USE enum status mail_attached_zip(const struct blob *mail, char **out, uint64_t *size,
                                       struct err *e);

void siblings_free(struct siblings *s);

#endif
