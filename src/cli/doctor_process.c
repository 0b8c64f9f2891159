/* What confines and hides this process; every program of Stet enters the same sandbox
   (confine.c). */
#include "confined.h"
#include "doctor.h"

#include <sys/prctl.h>
#include <sys/resource.h>

static void look_at_calls(struct checkup *k)
{
    struct check check = {
        "system calls", FINDING_GOOD,
        STR("no network, no other program, no other process: seccomp denies them"), STR("")};
    if (!k->c->sandbox.seccomp) {
        check.finding = FINDING_BAD;
        check.says = SANITIZED ? STR("not confined: this is a build with sanitizers")
                               : STR("not confined: this kernel has no seccomp filters");
    }
    checkup_add(k, check);
}

static void look_at_files(struct checkup *k)
{
    const int abi = k->c->sandbox.landlock_abi;
    struct check check = {"files", FINDING_GOOD,
                          arena_printf(&k->c->arena,
                                       "none but those a command needs can be opened: Landlock %d",
                                       abi),
                          STR("")};
    if (!abi) {
        check.finding = FINDING_BAD;
        check.says =
            SANITIZED ? STR("not confined: this is a build with sanitizers")
                      : STR("not confined: this kernel has no Landlock, or a container hides it");
        if (!SANITIZED)
            check.hint = STR("Linux 5.13 or later, started with landlock in lsm=");
    }
    checkup_add(k, check);
}

static void look_at_privileges(struct checkup *k)
{
    const bool renounced = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
    checkup_add(k, (struct check){"privileges", renounced ? FINDING_GOOD : FINDING_BAD,
                                  renounced ? STR("no new ones can be gained")
                                            : STR("new ones could be gained"),
                                  STR("")});
}

static void look_at_cores(struct checkup *k)
{
    struct rlimit limit;
    const bool none = getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_max == 0;
    const bool hidden = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
    checkup_add(
        k, (struct check){"core files", none ? FINDING_GOOD : FINDING_BAD,
                          none ? STR("off") : STR("on: a crash would leave messages on the disk"),
                          STR("")});
    checkup_add(k, (struct check){"memory", hidden ? FINDING_GOOD : FINDING_BAD,
                                  hidden      ? STR("other programs of yours cannot read it")
                                  : SANITIZED ? STR("can be read: this is a build with sanitizers")
                                              : STR("can be read by other programs of yours"),
                                  STR("")});
}

/* Makes such a process, to be sure. */
static void look_at_readers(struct checkup *k)
{
    struct sandbox_state state = {false, false, 0};
    struct err e = {0};
    struct check check = {"readers", FINDING_GOOD, STR(""), STR("")};
    if (confined_try(&state, &e) != OK) {
        check.finding = FINDING_BAD;
        check.says = arena_dup(&k->c->arena, str_of(e.msg));
    } else if (!state.seccomp) {
        check.finding = FINDING_BAD;
        check.says = SANITIZED ? STR("foreign files are read by a process of its own, which is not "
                                     "confined: this is a build with sanitizers")
                               : STR("foreign files are read by a process of its own, which is not "
                                     "confined: this kernel has no seccomp filters");
    } else {
        check.says = arena_printf(&k->c->arena,
                                  "foreign files are read by a process that can do nothing else: "
                                  "seccomp, %s, %d GiB of memory at most",
                                  state.landlock_abi ? "Landlock" : "no Landlock",
                                  (int)(CONFINED_MEMORY_BYTES >> 30));
    }
    checkup_add(k, check);
}

void look_at_process(struct checkup *k)
{
    look_at_calls(k);
    look_at_files(k);
    look_at_readers(k);
    look_at_privileges(k);
    look_at_cores(k);
}
