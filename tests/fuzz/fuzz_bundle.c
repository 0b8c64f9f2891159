/*
 * Fuzzes bundles: the bytes are a file of any kind, and perhaps an archive or a database. Whatever they
 * are, listing succeeds, each member can be opened, read twice with the same outcome or fails with a
 * sentence, and no member outside of the file can be named.
 */
#define _GNU_SOURCE /* memfd_create */

#include "bundle.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static enum status open_file(void *context, size_t file, int *fd, struct err *e)
{
    (void)file;
    *fd = dup(*(const int *)context);
    return *fd < 0 ? fail(e, ERR_IO, "cannot open") : OK;
}

static void read_twice(struct bundle *b, size_t i)
{
    struct source *s;
    struct err e = {0}, again = {0};
    struct sha256_digest first, second;
    if (bundle_source(b, i, &s, &e) != OK) {
        demand(e.msg[0] != '\0');
        return;
    }
    const enum status st = source_finish(s, &first, &e);
    demand(st == OK || e.msg[0] != '\0');
    if (st == OK && source_at(s) < 1 << 20) {
        demand(source_rewind(s, &again) == OK);
        demand(source_finish(s, &second, &again) == OK && sha256_eq(&first, &second));
    }
    source_close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    demand(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    static const char *const names[] = {"x.zip", "x.tar", "x.db", "x.rsmf"};
    const struct bundle_file file = {str_of(names[size % 4]), size, NULL};
    const struct bundle_opener opener = {open_file, &fd};
    const struct bundle_limits limits = {.expanded_bytes = 64 << 20};
    struct bundle *b;
    struct err e = {0};
    demand(bundle_open(&b, &file, 1, &opener, &limits, &e) == OK);
    for (size_t i = 0; i < bundle_count(b) && i < 100; i++) {
        demand(str_starts(bundle_at(b, i)->path, file.name));
        read_twice(b, i);
        str bytes;
        (void)siblings_read(bundle_siblings(b, i), STR("handle.jsonl"), &bytes);
    }
    for (size_t i = 0; i < bundle_fault_count(b); i++)
        demand(bundle_fault_at(b, i)->what.n && bundle_fault_at(b, i)->way_out.n);
    bundle_close(b);
    close(fd);
    return 0;
}
