/*
 * The two sides of a reading. The worker opens the bundle, finds out what its members are and reads
 * them; the desk takes what the worker says, frame by frame, trusts none of it, and tells the
 * handler. Between them lies an outlet: the link of a confined child, or a plain call.
 */
#ifndef STET_READING_PARTS_H
#define STET_READING_PARTS_H

#include "arena.h"
#include "buf.h"
#include "confined.h"
#include "reading.h"

/* What the worker says. Records (M C P I) are as wire.h has them, the rest as parcel.h. */
enum letter {
    ASK_FILE = 'F',   /* file: may it be read? answered with one of the codes below */
    ASK_DIGEST = 'D', /* file, digest: the same again, now that this is known */
    ASK_OPEN = 'O',   /* file: answered with ANSWER_GO and a descriptor, or with a sentence */
    SAY_LOOK = 'L',   /* nth, file, nth in the file, size, path, inside: a member comes */
    SAY_BEGIN = 'B',  /* alone, name of the format */
    SAY_MESSAGE = 'M',
    SAY_CONVERSATION = 'C',
    SAY_PARTICIPANT = 'P',
    SAY_ISSUE = 'I',
    SAY_END = 'E',      /* an err (code OK: none), the report */
    SAY_SKIPPED = 'S',  /* name of the format it is a companion of, or empty; why */
    SAY_FAULT = 'X',    /* file, fatal, inside, code, what, way out */
    SAY_FILE_END = 'T', /* file, whether digest and size are known, both */
    SAY_AT = 'G',       /* file, how much of it is done, where in the member */
    SAY_DONE = 'Z',     /* an err (code OK: all was read) */
};

enum { ANSWER_GO = 'g', ANSWER_DIGEST = 'd', ANSWER_SKIP = 's', ANSWER_NO = 'n' };

struct outlet {
    enum status (*put)(void *context, char letter, str bytes);
    enum status (*ask)(void *context, char letter, str bytes, struct confined_answer *out);
    void *context;
};

/* Where a worker begins: everything before is done with. */
struct going_on {
    size_t file;
    size_t members; /* of that file, that are done with */
    bool asked;     /* that file may be read */
    bool begun;     /* a member of that file was begun */
};

/* What worker and desk both know before it begins. */
struct reading {
    const struct reading_job *job;
    struct bundle_file *files;     /* a copy, in which files are given up */
    const struct importer *format; /* as --format or the job named it; NULL */
    struct import_options options; /* without names and siblings */
    struct zone *zone;
    str names; /* the bytes of the file of names */
};

/* Reads from `from` on. Whatever comes of it is said through the outlet; the status is for
   nobody but the outlet's owner: not OK if the outlet would take no more. */
MUST_USE enum status worker_run(const struct reading *r, const struct going_on *from,
                                const struct outlet *out);

/* ---- the worker's sink ---------------------------------------------------------------------- */

struct worker_sink {
    struct sink sink; /* first: what the importer is given */
    const struct outlet *out;
    struct source *source;
    const struct member *member;
    uint64_t file_size;
    size_t done_before, members; /* of the file's members, for how much of it is done */
    uint64_t told_at;
    struct buf frame;
};

struct worker_sink worker_sink_of(const struct outlet *out);
void worker_sink_free(struct worker_sink *s);
/* Says where it is, if that is news. */
MUST_USE enum status worker_sink_tell(struct worker_sink *s);

/* ---- the desk ------------------------------------------------------------------------------- */

enum desk_state {
    DESK_OPEN,    /* more is expected */
    DESK_DONE,    /* the bundle was read to its end */
    DESK_RESTART, /* this worker has to end, and another to go on at `from` */
    DESK_FAILED   /* the run is over: `failure` */
};

struct desk {
    const struct reading *reading;
    const struct reading_handler *handler;
    void *context;
    enum desk_state state;
    struct err failure;
    struct going_on from;

    bool looking, begun; /* a member was announced; its format, too */
    struct reading_member member;
    struct arena member_names;
    struct import_report got; /* what came of it so far, as counted here */
    uint64_t at;              /* where in it the reader is */

    size_t opened; /* the file that was opened last; SIZE_MAX */
    struct arena record;
};

/* Takes one frame. If it was a question *a is its answer (code not 0, fd yours to close). Look at
   d->state afterwards. */
void desk_take(struct desk *d, const struct confined_frame *f, struct confined_answer *a);

/* Ends the member at hand as failed, for a reason that the worker could not tell, and goes on
   behind it; d->state becomes DESK_RESTART or DESK_FAILED. */
void desk_fail_member(struct desk *d, const struct err *why);

void desk_free(struct desk *d);

/* ---- files ---------------------------------------------------------------------------------- */

/* All bytes of the file of names, in the arena. */
MUST_USE enum status load_names(const char *path, struct arena *a, str *bytes, struct err *e);

/* A descriptor of a file of the job, or why not; yours to close. */
MUST_USE enum status open_file(const struct reading *r, size_t file, int *fd, struct err *e);

#endif
