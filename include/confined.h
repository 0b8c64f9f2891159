/*
 * A confined child: a process that computes for us on bytes that we do not trust. It has no files
 * but those that are handed to it, cannot open, start, connect or signal anything, has a ceiling of
 * memory, dies with its parent, and everything it says comes as frames (a letter and bytes) through
 * one pipe. What it asks is a frame like any other, and is answered over a pair of sockets.
 *
 *     static int work(void *context, struct confined_link *l)     // in the child
 *     {
 *         struct confined_answer a;
 *         if (confined_ask(l, 'O', STR("17"), &a) != OK || a.fd < 0) return 1;
 *         return confined_put(l, 'M', STR("found it")) == OK ? 0 : 1;
 *     }
 *
 *     struct confined *c;                                          // in the parent
 *     if (confined_start(&c, work, &context, e) != OK) ...
 *     while ((event = confined_next(c, 100, &frame)) != CONFINED_ENDED)
 *         if (event == CONFINED_FRAME && frame.letter == 'O')
 *             confined_answer(c, &(struct confined_answer){.code = 'y', .fd = fd});
 *     confined_end(c, &death);
 *
 * In a SANITIZED build the child is forked and nothing is denied to it.
 */
#ifndef STET_CONFINED_H
#define STET_CONFINED_H

#include "sandbox.h"
#include "str.h"

#define CONFINED_MEMORY_BYTES (UINT64_C(2) << 30)
enum { CONFINED_FRAME_MAX = 192 << 20 }; /* a longer one ends the child */

struct confined_frame {
    char letter;
    str bytes; /* borrowed until the next call */
};

enum { CONFINED_SENTENCE_MAX = 400 };

struct confined_answer {
    char code;
    int fd;       /* -1: none; the parent keeps its own, the child's is the child's to close */
    str sentence; /* cut at CONFINED_SENTENCE_MAX; in the child borrowed until the next question */
};

/* ---- in the child ---------------------------------------------------------------------------- */

struct confined_link;

/* Frames wait in a buffer until it is full, something is asked or the child ends. ERR_LIMIT: too
   long a frame (nothing was sent); ERR_IO: the parent has gone. */
MUST_USE enum status confined_put(struct confined_link *l, char letter, str bytes);
MUST_USE enum status confined_flush(struct confined_link *l);
MUST_USE enum status confined_ask(struct confined_link *l, char letter, str bytes,
                                  struct confined_answer *out);

/* ---- in the parent --------------------------------------------------------------------------- */

struct confined;

/* Forks; `work` runs in the child, which ends with what it returns. What libraries must read
   from files is loaded before, by whoever calls. ERR_IO if no process or pipe can be made. */
MUST_USE enum status confined_start(struct confined **out,
                                    int (*work)(void *context, struct confined_link *l),
                                    void *context, struct err *e);

enum confined_event {
    CONFINED_FRAME,
    CONFINED_QUIET, /* nothing came for wait_ms, or a signal was caught */
    CONFINED_ENDED  /* it closed its pipe, or sent what is no frame */
};
enum confined_event confined_next(struct confined *c, int wait_ms, struct confined_frame *out);
void confined_answer(struct confined *c,
                     const struct confined_answer *a); /* a dead one hears nothing */

double confined_cpu_seconds(const struct confined *c); /* used so far; 0 if it cannot be told */

/* How it ended: by a signal, or with what `work` returned. */
struct confined_death {
    int signal; /* 0: none */
    int result; /* of `work`; CONFINED_NOT_ENTERED: the sandbox could not be entered */
};
enum { CONFINED_NOT_ENTERED = 120 };

/* Kills it if it still lives, waits for it, frees. NULL is fine. */
void confined_end(struct confined *c, struct confined_death *out);

/* What a child would be protected by on this machine: makes one that only tells. */
MUST_USE enum status confined_try(struct sandbox_state *out, struct err *e);

#endif
