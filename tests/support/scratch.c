#define _XOPEN_SOURCE 700 /* nftw */

#include "scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

static _Noreturn void give_up(const char *what, const char *why)
{
    fprintf(stderr, "scratch: %s: %s\n", what, why);
    exit(1);
}

struct scratch scratch_make(void)
{
    struct scratch s;
    snprintf(s.folder, sizeof s.folder, "/tmp/stet-test.XXXXXX");
    if (!mkdtemp(s.folder))
        give_up(s.folder, strerror(errno));
    snprintf(s.archive, sizeof s.archive, "%.64s/archive.stet", s.folder);
    return s;
}

static int remove_one(const char *path, const struct stat *info, int flag, struct FTW *ftw)
{
    (void)info;
    (void)flag;
    (void)ftw;
    return remove(path);
}

void scratch_remove(struct scratch *s)
{
    nftw(s->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_file(const struct scratch *s, const char *name, str bytes)
{
    static char paths[2][256];
    static int turn;
    char *path = paths[turn++ & 1];
    snprintf(path, sizeof paths[0], "%s/%s", s->folder, name);
    for (char *slash = path + strlen(s->folder) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes.p, 1, bytes.n, f) != bytes.n || fclose(f) != 0)
        give_up(path, strerror(errno));
    return path;
}

bool scratch_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

str scratch_read(const char *path)
{
    FILE *f = fopen(path, "rb");
    struct stat info;
    if (!f || fstat(fileno(f), &info) != 0)
        give_up(path, strerror(errno));
    char *p = malloc((size_t)info.st_size + 1);
    if (!p || fread(p, 1, (size_t)info.st_size, f) != (size_t)info.st_size)
        give_up(path, "cannot be read");
    fclose(f);
    return (str){p, (size_t)info.st_size};
}

const char *scratch_sql(const char *archive, const char *sql)
{
    static char value[400];
    sqlite3 *db;
    sqlite3_stmt *q;
    const char *rest = sql;
    value[0] = '\0';
    if (sqlite3_open(archive, &db) != SQLITE_OK)
        give_up(archive, sqlite3_errmsg(db));
    while (*rest) {
        if (sqlite3_prepare_v2(db, rest, -1, &q, &rest) != SQLITE_OK)
            give_up(sql, sqlite3_errmsg(db));
        int rc = sqlite3_step(q);
        if (rc == SQLITE_ROW && sqlite3_column_text(q, 0))
            snprintf(value, sizeof value, "%s", (const char *)sqlite3_column_text(q, 0));
        while (rc == SQLITE_ROW)
            rc = sqlite3_step(q);
        if (rc != SQLITE_DONE)
            give_up(sql, sqlite3_errmsg(db));
        sqlite3_finalize(q);
    }
    sqlite3_close(db);
    return value;
}

struct message scratch_message(const char *sender, const char *text, int64_t wall_ms, uint64_t at)
{
    struct message m = message_empty();
    m.conversation = STR("c");
    m.sender = str_of(sender);
    m.text = str_of(text);
    m.raw = m.text;
    m.locus = (struct locus){.at = at, .length = m.raw.n, .line = at / 100 + 1, .member = STR("")};
    if (wall_ms != TIME_NONE)
        m.time =
            (struct message_time){.wall_ms = wall_ms, .utc_ms = wall_ms, .basis = BASIS_ASSUMED};
    return m;
}

struct import_report scratch_report(const char *source_name, const struct message *m, size_t count)
{
    struct import_report report = {.counted = count, .digest = sha256_of(str_of(source_name))};
    for (size_t i = 0; i < count; i++) {
        report.events += m[i].kind == KIND_EVENT;
        report.messages += m[i].kind != KIND_EVENT;
        report.bytes += m[i].raw.n;
    }
    return report;
}

enum status scratch_source(struct writer *w, const char *source_name, const struct message *m,
                           size_t count, struct err *e)
{
    const struct origin o = {.path = STR(""),
                             .bundle = STR(""),
                             .name = str_of(source_name),
                             .format = STR("made"),
                             .format_version = STR("1"),
                             .zone_name = STR(""),
                             .options = STR("")};
    const struct import_report report = scratch_report(source_name, m, count);
    enum status st = writer_source(w, &o, e);
    for (size_t i = 0; i < count && st == OK; i++)
        st = writer_sink(w)->message(writer_sink(w), &m[i], e);
    return st == OK ? writer_source_end(w, &report, e) : st;
}

void scratch_store(struct store *s, const char *source_name, const struct message *m, size_t count,
                   struct write_result *out)
{
    struct writer *w;
    enum writer_way way = WRITE_STREAM;
    for (;;) {
        struct err e = {.code = OK};
        if (writer_begin(&w, s, way, &e) != OK)
            give_up(source_name, e.msg);
        enum status st = scratch_source(w, source_name, m, count, &e);
        const bool again = st != OK && writer_out_of_order(w);
        if (st == OK)
            st = writer_commit(w, out, &e);
        else
            writer_abandon(w);
        if (st == OK)
            return;
        if (!again || way == WRITE_SORTED)
            give_up(source_name, e.msg);
        way = WRITE_SORTED;
    }
}
