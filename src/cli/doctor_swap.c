/*
 * Memory that is written to swap outlives the process. /proc/swaps lists where, and the device mapper
 * says of its devices whether they encrypt (their UUID starts with CRYPT-).
 */
#include "doctor.h"

#include <stdio.h>
#include <string.h>

enum { LINE_BYTES = 512 };

static bool is_encrypting(const char *device)
{
    char path[LINE_BYTES], uuid[16] = "";
    snprintf(path, sizeof path, "/sys/class/block/%.64s/dm/uuid", device);
    FILE *const file = fopen(path, "re");
    if (!file)
        return false;
    const bool read = fgets(uuid, sizeof uuid, file) != NULL;
    fclose(file);
    return read && strncmp(uuid, "CRYPT-", 6) == 0;
}

/* `kind` is "partition" or "file". */
static enum finding judge(const char *path, const char *kind)
{
    const char *const slash = strrchr(path, '/');
    const char *const device = slash ? slash + 1 : path;
    if (strcmp(kind, "partition") != 0)
        return FINDING_UNKNOWN; /* the disk that it is on may be encrypted */
    if (strncmp(device, "zram", 4) == 0 || is_encrypting(device))
        return FINDING_GOOD;
    return strncmp(device, "dm-", 3) == 0 ? FINDING_UNKNOWN : FINDING_ADVICE;
}

static struct check say(struct checkup *k, const char *path, enum finding finding)
{
    struct arena *const a = &k->c->arena;
    struct check check = {"swap", finding, STR(""), STR("")};
    switch (finding) {
    case FINDING_GOOD: check.says = arena_printf(a, "%s is encrypted or in memory", path); break;
    case FINDING_UNKNOWN:
        check.says = arena_printf(a, "whether %s is encrypted cannot be told", path);
        break;
    case FINDING_ADVICE:
    case FINDING_BAD:
        check.says =
            arena_printf(a, "%s is not encrypted: words of messages can be left there", path);
        check.hint = STR("encrypt it, or turn it off: swapoff");
        break;
    }
    return check;
}

void look_at_swap(struct checkup *k)
{
    char line[LINE_BYTES], path[256], kind[32];
    FILE *const file = fopen("/proc/swaps", "re");
    if (!file || !fgets(line, sizeof line, file)) { /* the first line is a heading */
        checkup_add(
            k, (struct check){"swap", FINDING_UNKNOWN, STR("/proc/swaps cannot be read"), STR("")});
        if (file)
            fclose(file);
        return;
    }
    struct check worst = {"swap", FINDING_GOOD, STR("there is none"), STR("")};
    for (bool first = true; fgets(line, sizeof line, file); first = false) {
        if (sscanf(line, "%255s %31s", path, kind) != 2)
            continue;
        const enum finding finding = judge(path, kind);
        const bool worse = finding == FINDING_ADVICE || worst.finding == FINDING_GOOD;
        if (first || worse)
            worst = say(k, path, finding);
    }
    fclose(file);
    checkup_add(k, worst);
}
