/*
 * Reading what users hand over, seen from the process that may open files and write: everything
 * that looks at untrusted bytes (archives, detection, importers) runs in a child that can do
 * nothing but read descriptors it was handed and write records to a pipe. Import and audit both
 * come here.
 *
 *     const struct reading_handler h = {.file = on_file, .begin = on_begin,
 *                                       .sink = &sink, .end = on_end};
 *     st = reading_run(&job, &h, &context, e);
 *
 * For each file, in their order: file; then for each of its members either skipped, or begin,
 * records and end; then fault, as often as there is one; then file_end.
 *
 * If the child dies or hangs on a member, that member has failed, and a new child goes on behind
 * it.
 */
#ifndef STET_READING_H
#define STET_READING_H

#include "arena.h"
#include "buf.h"
#include "bundle.h"
#include "importer.h"

enum {
    READING_DEATHS_MAX = 20,  /* after so many in one bundle the rest is not read */
    READING_CPU_SECONDS = 20, /* of computing without finishing a member, and one more ... */
    READING_BYTES_PER_SECOND = 1 << 20, /* ... for so many of its bytes: then the child is killed */
};

struct reading_job {
    const struct bundle_file *files; /* of one bundle, as bundle.h has them */
    const char *const *paths;        /* absolute path of each; "-" is standard input: */
    int standard_input;              /* reading_hold_input; for "-" only */
    size_t count;
    str format;                 /* --format: members that look like another format are skipped, but
                                   a lone one is read as this whatever it looks like; empty: detect */
    const char *zone_name;      /* NULL: none stated */
    str date_order, owner, map; /* as in import_options; empty if not given */
    const char *names_path;     /* --names: the file, absolute; NULL */
    bool lone;                  /* files that nobody recognises are an error, not merely skipped */
    bool unconfined;            /* for tests and debuggers: no child, everything in this process */
    const struct importer *importer; /* for tests: reads every member; NULL */
    unsigned cpu_seconds;            /* for tests; 0: READING_CPU_SECONDS */
};

/* Standard input, whole, in memory that is a file, so that it can be read more than once: *fd is
   yours to close. ERR_LIMIT past SOURCE_STDIN_MAX. */
MUST_USE enum status reading_hold_input(int *fd, uint64_t *size, struct err *e);

/* Those options of a job that change what is read, as text: "date-order=mdy", one a line; what
   is read from such text goes into the job. The zone is not among them: it is stored by itself. */
void reading_options_put(struct buf *out, const struct reading_job *job);
void reading_options_get(struct reading_job *job, str text, struct arena *a);

enum reading_answer { READING_GO, READING_DIGEST_FIRST, READING_SKIP };

struct reading_member {
    size_t nth; /* among all members of the bundle */
    size_t file;
    str path, inside;              /* as in struct member */
    const struct importer *format; /* NULL if it could not be found out: it has failed */
    uint64_t size;                 /* SOURCE_SIZE_UNKNOWN as in struct member */
    bool alone; /* the only member of the bundle: its records may be stored as they come */
};

/* Any may be NULL. A status other than OK ends the run with it. */
struct reading_handler {
    /* Before a file is read. After READING_DIGEST_FIRST it is asked again with the digest, and
       answers READING_GO or READING_SKIP. */
    enum status (*file)(void *context, size_t file, const struct sha256_digest *digest,
                        enum reading_answer *answer, struct err *e);
    enum status (*begin)(void *context, const struct reading_member *m, struct err *e);
    /* Between begin and end; raw is empty, raw_digest is set, locus.member is the member's path
       inside its file. Wrapping is not told. */
    struct sink *sink;
    /* `failure` (NULL: none): nothing of this member counts (records may have come already); its
       code and sentence. If the sink fails with ERR_STOPPED that is the failure, and what `end`
       returns decides whether the run goes on with the next member; with any other failure the
       run ends. */
    enum status (*end)(void *context, const struct reading_member *m, const struct import_report *r,
                       const struct err *failure, struct err *e);
    /* A member that no importer reads. `companion`: one that another format reads beside its
       messages. */
    enum status (*skipped)(void *context, const struct member *m, const struct importer *companion,
                           const char *why, struct err *e);
    /* Also, with code "readerDied", for a file that cannot be looked into because the reader
       dies of it. */
    enum status (*fault)(void *context, const struct bundle_fault *f, struct err *e);
    /* `digest` and `size` are of the whole file; NULL if none of its members was begun. */
    enum status (*file_end)(void *context, size_t file, const struct sha256_digest *digest,
                            uint64_t size, struct err *e);
    void (*progress)(void *context, size_t file, uint64_t done, uint64_t size);
    bool (*stop)(void *context);
};

/* OK if the bundle was read to its end, whatever became of its members; otherwise what a handler
   returned, ERR_STOPPED, ERR_MISSING or ERR_FORMAT for options that make no sense, ERR_LIMIT
   after READING_DEATHS_MAX deaths (what has ended until then is good), or ERR_IO if no child can
   be made. */
MUST_USE enum status reading_run(const struct reading_job *job, const struct reading_handler *h,
                                 void *context, struct err *e);

/* A range of bytes of a member of an archive file; `name` is the file's own, as bundle.h wants it. */
struct byte_range {
    const char *path;
    str name, inside;
    uint64_t at, length;
};

/* Adds these bytes to `out`, read by a confined child. ERR_MISSING if file or member are not there any more,
   ERR_FORMAT if they cannot be read as they were. */
MUST_USE enum status reading_range(const struct byte_range *r, struct buf *out, struct err *e);

#endif
