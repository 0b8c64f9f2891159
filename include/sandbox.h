/*
 * Confinement by the kernel, entered once and never left: no network, no other program, no other
 * process, no code made at run time (seccomp), no file but those named here (Landlock), no
 * privileges gained (no_new_privs). What has been opened before stays open.
 *
 *     const struct sandbox_path paths[] = {{"leak.html", SANDBOX_READ}, {"work", SANDBOX_CHANGE}};
 *     const struct sandbox_rules rules = {.paths = paths, .count = 2};
 *     struct sandbox_state state;
 *     if (sandbox_enter(&rules, &state, e) != OK) ...
 *     open("/etc/passwd", O_RDONLY);          // -1, EACCES
 */
#ifndef STET_SANDBOX_H
#define STET_SANDBOX_H

#include "err.h"

#include <stdbool.h>
#include <stdint.h>

/* Sanitizers trace their own process, start threads and read /proc: what they run in is not
   confined. */
#if defined(__has_feature) /* clang */
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__) /* gcc */
#define SANITIZED 1
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum sandbox_right {
    SANDBOX_READ,  /* a file; a folder: all below it */
    SANDBOX_CHANGE /* and written; a folder: files below it also made, renamed within it, removed */
};

/* A path that does not exist gives no right, and is no failure. Links are followed. */
struct sandbox_path {
    const char *path;
    enum sandbox_right right;
};

/* Time zones, shared libraries and the configuration of OpenSSL can be read without being named. */
struct sandbox_rules {
    const struct sandbox_path *paths;
    size_t count;
    bool children; /* it may fork processes that run the same program, talk to them over pairs of
                      sockets, and kill them */
    bool
        makes_code; /* it may compile a regular expression to machine code, into memory of its own; code
                        from files that are not loaded yet stays denied */
    bool serves; /* it has a listening socket, accepts and answers on it, and can open no other */
};

/* What holds now. */
struct sandbox_state {
    bool no_new_privs;
    bool seccomp;
    int landlock_abi; /* 0: files are not confined; otherwise the version that the kernel speaks */
};

/* Confines the calling thread, which must be the only one, and what it starts. A kernel without
   seccomp or Landlock is no failure but shows in *out; ERR_IO if the kernel has them and
   refuses. In a SANITIZED build only no_new_privs is set. */
MUST_USE enum status sandbox_enter(const struct sandbox_rules *r, struct sandbox_state *out,
                                   struct err *e);

/* The narrow sandbox, of a process that only computes on descriptors it has or is sent: it can
   read, write and close them and get memory (at most `memory_bytes` in all); no file can be
   opened, made or grown, and any call that it has no use for ends it (SIGSYS). What libraries
   must load from files has to be loaded before. ERR_IO as above. */
MUST_USE enum status sandbox_enter_parser(uint64_t memory_bytes, struct sandbox_state *out,
                                          struct err *e);

#endif
