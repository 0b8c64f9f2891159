/*
 * Bundles: the members of files, folders and archives in order, whatever wraps them; what is told of
 * archives that lie, are cut off or are bombs; databases as tables; the files around a member.
 */
#include "bundle.h"

#include "buf.h"
#include "confined.h"

#include "../support/made_zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { FILES_MAX = 8 };

static char folder[64];

/* ---- Bundles on disk -------------------------------------------------------------------------- */

struct disk {
    struct bundle_file files[FILES_MAX];
    char paths[FILES_MAX][128];
    size_t count;
    int opened; /* how often somebody asked for a descriptor */
};

static enum status open_file(void *context, size_t file, int *fd, struct err *e)
{
    struct disk *d = context;
    d->opened++;
    *fd = open(d->paths[file], O_RDONLY | O_CLOEXEC);
    return *fd < 0 ? (fail)(e, ERR_IO, "cannot open %s", d->paths[file]) : OK;
}

static void put_file(struct disk *d, const char *name, str bytes)
{
    char *path = d->paths[d->count];
    snprintf(path, sizeof d->paths[0], "%s/%zu", folder, d->count);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p ? bytes.p : "", 1, bytes.n, f), bytes.n);
    fclose(f);
    d->files[d->count++] = (struct bundle_file){.name = str_of(name), .size = bytes.n};
}

static struct bundle *open_with(struct disk *d, struct bundle_limits limits)
{
    const struct bundle_opener opener = {open_file, d};
    struct err e = {0};
    struct bundle *b;
    assert_int_equal(bundle_open(&b, d->files, d->count, &opener, &limits, &e), OK);
    return b;
}

static struct bundle *open_disk(struct disk *d)
{
    return open_with(d, (struct bundle_limits){0});
}

static enum status read_all(struct bundle *b, size_t i, struct buf *out, struct err *e)
{
    struct source *s;
    enum status st = bundle_source(b, i, &s, e);
    if (st != OK)
        return st;
    str window;
    while ((st = source_peek(s, 1, &window, e)) == OK && window.n) {
        buf_add(out, window);
        source_advance(s, window.n);
    }
    source_close(s);
    return st;
}

static size_t member_at(const struct bundle *b, const char *path)
{
    for (size_t i = 0; i < bundle_count(b); i++)
        if (str_eq(bundle_at(b, i)->path, str_of(path)))
            return i;
    fail_msg("there is no member %s", path);
    return 0;
}

static void assert_content(struct bundle *b, const char *path, const char *content)
{
    struct buf bytes = buf_new(1 << 20);
    struct err e = {0};
    assert_int_equal(read_all(b, member_at(b, path), &bytes, &e), OK);
    assert_string_equal(bytes.p ? bytes.p : "", content);
    buf_free(&bytes);
}

/* "a.txt leak.zip/b.txt": all paths in order. */
static void assert_members(const struct bundle *b, const char *paths)
{
    struct buf all = buf_new(1 << 16);
    for (size_t i = 0; i < bundle_count(b); i++)
        buf_addf(&all, "%s" STR_FMT "%s", i ? " " : "", STR_ARG(bundle_at(b, i)->path),
                 bundle_at(b, i)->skip ? "!" : "");
    assert_string_equal(all.p ? all.p : "", paths);
    buf_free(&all);
}

static bool has_fault(const struct bundle *b, const char *code)
{
    for (size_t i = 0; i < bundle_fault_count(b); i++)
        if (strcmp(bundle_fault_at(b, i)->code, code) == 0)
            return true;
    return false;
}

static void assert_faults(const struct bundle *b, const char *codes)
{
    char all[400] = "";
    for (size_t i = 0; i < bundle_fault_count(b); i++) {
        const struct bundle_fault *f = bundle_fault_at(b, i);
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s%s", i ? " " : "", f->code,
                 f->fatal ? "!" : "");
        assert_true(f->what.n && f->way_out.n);
    }
    assert_string_equal(all, codes);
}

/* ---- Archives made here ----------------------------------------------------------------------- */

enum packing { PACK_TAR, PACK_TAR_GZ, PACK_TAR_XZ, PACK_TAR_ZSTD, PACK_TAR_BZ2, PACK_GZ, PACK_ZIP };

static void choose(struct archive *a, enum packing how)
{
    if (how == PACK_ZIP)
        archive_write_set_format_zip(a);
    else if (how == PACK_GZ)
        archive_write_set_format_raw(a);
    else
        archive_write_set_format_pax_restricted(a);
    if (how == PACK_TAR_GZ || how == PACK_GZ)
        archive_write_add_filter_gzip(a);
    if (how == PACK_TAR_XZ)
        archive_write_add_filter_xz(a);
    if (how == PACK_TAR_ZSTD)
        archive_write_add_filter_zstd(a);
    if (how == PACK_TAR_BZ2)
        archive_write_add_filter_bzip2(a);
}

static void pack(struct buf *out, enum packing how, const struct made_member *members, size_t n)
{
    enum { ROOM = 8 << 20 };
    char *room = malloc(ROOM);
    size_t used = 0;
    struct archive *a = archive_write_new();
    choose(a, how);
    archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open_memory(a, room, ROOM, &used), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, members[i].name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t)members[i].bytes.n);
        assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
        archive_write_data(a, members[i].bytes.p, members[i].bytes.n);
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
    buf_add(out, (str){room, used});
    free(room);
}

static struct made_member made(const char *name, str bytes)
{
    return (struct made_member){name, bytes};
}

/* ---- Members ---------------------------------------------------------------------------------- */

static void the_example_of_the_door(void **state)
{
    (void)state;
    struct buf zip = buf_new(1 << 20);
    const struct made_member members[] = {{"general/2016-02-25.json", STR_INIT("[1]")},
                                          {"users.json", STR_INIT("[2]")}};
    made_zip(&zip, members, 2);
    struct disk d = {0};
    put_file(&d, "notes.txt", STR("hello"));
    put_file(&d, "leak.zip", buf_str(&zip));
    const struct bundle_opener opener = {open_file, &d};
    const struct bundle_limits limits = {0};
    struct err err = {0}, *e = &err;

    struct bundle *b;
    struct source *source;
    assert_int_equal(bundle_open(&b, d.files, d.count, &opener, &limits, e), OK);
    size_t opened = 0;
    for (size_t i = 0; i < bundle_count(b); i++)
        if (!bundle_at(b, i)->skip && bundle_source(b, i, &source, e) == OK) {
            opened++;
            source_close(source);
        }
    assert_int_equal(opened, 3);

    assert_members(b, "notes.txt leak.zip/general/2016-02-25.json leak.zip/users.json");
    assert_true(str_eq(bundle_at(b, 1)->inside, STR("general/2016-02-25.json")));
    assert_int_equal(bundle_at(b, 0)->inside.n, 0);
    assert_int_equal(bundle_at(b, 1)->file, 1);
    assert_int_equal(bundle_at(b, 1)->size, 3);
    assert_false(bundle_is_archive(b, 0));
    assert_true(bundle_is_archive(b, 1));
    assert_content(b, "leak.zip/general/2016-02-25.json", "[1]");
    assert_content(b, "leak.zip/users.json", "[2]");
    assert_content(b, "notes.txt", "hello");
    assert_faults(b, "");

    struct sha256_digest digest;
    uint64_t size;
    assert_int_equal(bundle_digest(b, 1, &digest, &size, e), OK);
    const struct sha256_digest same = sha256_of(buf_str(&zip));
    assert_true(sha256_eq(&digest, &same));
    assert_int_equal(size, zip.n);
    bundle_close(b);
    buf_free(&zip);
}

static void whatever_wraps_them(void **state)
{
    (void)state;
    static const struct made_member members[] = {{"a/one.txt", STR_INIT("first")},
                                                 {"two.txt", STR_INIT("")},
                                                 {"a/three.txt", STR_INIT("third")}};
    static const enum packing ways[] = {PACK_TAR,      PACK_TAR_GZ,  PACK_TAR_XZ,
                                        PACK_TAR_ZSTD, PACK_TAR_BZ2, PACK_ZIP};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct buf bytes = buf_new(1 << 20);
        pack(&bytes, ways[i], members, 3);
        struct disk d = {0};
        put_file(&d, "x", buf_str(&bytes));
        struct bundle *b = open_disk(&d);
        assert_members(b, "x/a/one.txt x/two.txt x/a/three.txt");
        assert_content(b, "x/a/three.txt", "third"); /* against the order too */
        assert_content(b, "x/a/one.txt", "first");
        assert_content(b, "x/two.txt", "");
        assert_faults(b, "");
        bundle_close(b);
        buf_free(&bytes);
    }
}

static void a_compressed_file_is_one_member(void **state)
{
    (void)state;
    struct buf bytes = buf_new(1 << 20);
    const struct made_member only = made("whatever", STR("{\"messages\":[]}"));
    pack(&bytes, PACK_GZ, &only, 1);
    struct disk d = {0};
    put_file(&d, "leak/export.json.gz", buf_str(&bytes));
    struct bundle *b = open_disk(&d);
    assert_members(b, "leak/export.json.gz/export.json");
    assert_int_equal(bundle_at(b, 0)->size, SOURCE_SIZE_UNKNOWN);
    assert_content(b, "leak/export.json.gz/export.json", "{\"messages\":[]}");
    bundle_close(b);
    buf_free(&bytes);
}

static void archives_inside_archives(void **state)
{
    (void)state;
    struct buf inner = buf_new(1 << 20), middle = buf_new(1 << 20), outer = buf_new(1 << 20);
    const struct made_member leaf = made("chat.txt", STR("deep"));
    made_zip(&inner, &leaf, 1);
    const struct made_member in_middle[] = {
        made("before.txt", STR("b")), made("inner.zip", buf_str(&inner)),
        made("report.docx", buf_str(&inner)), made("after.txt", STR("a"))};
    pack(&middle, PACK_TAR_GZ, in_middle, 4);
    const struct made_member in_outer[] = {made("m.tar.gz", buf_str(&middle)),
                                           made("last.txt", STR("l"))};
    made_zip(&outer, in_outer, 2);
    struct disk d = {0};
    put_file(&d, "leak.zip", buf_str(&outer));
    struct bundle *b = open_disk(&d);
    assert_members(b, "leak.zip/m.tar.gz/before.txt leak.zip/m.tar.gz/inner.zip/chat.txt "
                      "leak.zip/m.tar.gz/report.docx leak.zip/m.tar.gz/after.txt "
                      "leak.zip/last.txt");
    assert_true(str_eq(bundle_at(b, 1)->inside, STR("m.tar.gz/inner.zip/chat.txt")));
    for (int round = 0; round < 2; round++) {
        assert_content(b, "leak.zip/m.tar.gz/inner.zip/chat.txt", "deep");
        assert_content(b, "leak.zip/m.tar.gz/before.txt", "b");
        assert_content(b, "leak.zip/last.txt", "l");
    }
    assert_faults(b, "");
    bundle_close(b);
    buf_free(&inner);
    buf_free(&middle);
    buf_free(&outer);
}

static void nesting_ends_somewhere(void **state)
{
    (void)state;
    struct buf bytes = buf_new(1 << 20);
    const struct made_member leaf = made("x.txt", STR("hello"));
    made_zip(&bytes, &leaf, 1);
    for (int i = 0; i < 10; i++) {
        struct buf next = buf_new(1 << 20);
        const struct made_member one = made("n.zip", buf_str(&bytes));
        made_zip(&next, &one, 1);
        buf_free(&bytes);
        bytes = next;
    }
    struct disk d = {0};
    put_file(&d, "nested.zip", buf_str(&bytes));
    struct bundle *b = open_disk(&d);
    assert_members(b, "nested.zip/n.zip/n.zip/n.zip!");
    assert_faults(b, "archiveDepth!");
    bundle_close(b);
    buf_free(&bytes);
}

static void equal_names_are_two_members(void **state)
{
    (void)state;
    static const struct made_member members[] = {{"dup.txt", STR_INIT("FIRST")},
                                                 {"dup.txt", STR_INIT("SECOND")}};
    for (int way = 0; way < 2; way++) {
        struct buf bytes = buf_new(1 << 20);
        pack(&bytes, way ? PACK_TAR_GZ : PACK_ZIP, members, 2);
        struct disk d = {0};
        put_file(&d, "x", buf_str(&bytes));
        struct bundle *b = open_disk(&d);
        assert_members(b, "x/dup.txt x/dup.txt");
        struct buf both = buf_new(100);
        struct err e = {0};
        assert_int_equal(read_all(b, 1, &both, &e), OK);
        assert_int_equal(read_all(b, 0, &both, &e), OK);
        assert_string_equal(both.p, "SECONDFIRST");
        buf_free(&both);
        bundle_close(b);
        buf_free(&bytes);
    }
}

static void names_lead_nowhere(void **state)
{
    (void)state;
    struct buf zip = buf_new(1 << 20);
    static const struct made_member members[] = {{"../../etc/evil.txt", STR_INIT("x")},
                                                 {"/abs/evil", STR_INIT("x")},
                                                 {"", STR_INIT("x")},
                                                 {"folder/", STR_INIT("")},
                                                 {"\xff\x1b[31m", STR_INIT("x")},
                                                 {"__MACOSX/._a", STR_INIT("x")}};
    made_zip(&zip, members, 6);
    struct disk d = {0};
    put_file(&d, "z", buf_str(&zip));
    struct bundle *b = open_disk(&d);
    assert_members(b, "z/../../etc/evil.txt z//abs/evil z/! z/\xff\x1b[31m z/__MACOSX/._a!");
    bundle_close(b);
    buf_free(&zip);
}

static void files_that_must_not_be_opened_are_not(void **state)
{
    (void)state;
    struct disk d = {0};
    put_file(&d, "link", STR("PK\3\4"));
    put_file(&d, "gone.txt", STR("x"));
    d.files[0].skip = "a symbolic link";
    unlink(d.paths[1]);
    struct bundle *b = open_disk(&d);
    assert_members(b, "link! gone.txt!");
    assert_int_equal(d.opened, 1);
    struct err e = {0};
    struct source *s;
    assert_int_equal(bundle_source(b, 0, &s, &e), ERR_MISSING);
    assert_non_null(strstr(e.msg, "symbolic link"));
    bundle_close(b);
}

/* ---- Sources of members ----------------------------------------------------------------------- */

static void members_rewind_and_have_twins(void **state)
{
    (void)state;
    enum { LONG = 3 << 20 };
    char *bytes = malloc(LONG);
    for (size_t i = 0; i < LONG; i++)
        bytes[i] = (char)(i * 2654435761u >> 24);
    const struct made_member members[] = {made("a", STR("small")), made("b", (str){bytes, LONG}),
                                          made("c", STR("end"))};
    const struct sha256_digest due = sha256_of((str){bytes, LONG});
    for (int way = 0; way < 2; way++) {
        struct buf packed = buf_new(8 << 20);
        pack(&packed, way ? PACK_TAR_GZ : PACK_ZIP, members, 3);
        struct disk d = {0};
        put_file(&d, "x", buf_str(&packed));
        struct bundle *b = open_disk(&d);
        struct source *s, *twin;
        struct err e = {0};
        struct sha256_digest got;
        str window;
        assert_int_equal(bundle_source(b, 1, &s, &e), OK);
        assert_int_equal(source_peek(s, 100000, &window, &e), OK);
        assert_memory_equal(window.p, bytes, 100000);
        assert_int_equal(source_twin(s, &twin, &e), OK);
        assert_int_equal(source_finish(twin, &got, &e), OK);
        assert_true(sha256_eq(&got, &due));
        for (int round = 0; round < 3; round++) {
            assert_int_equal(source_rewind(s, &e), OK);
            assert_int_equal(source_finish(s, &got, &e), OK);
            assert_true(sha256_eq(&got, &due));
        }
        source_close(twin);
        source_close(s);
        assert_content(b, "x/c", "end");
        bundle_close(b);
        buf_free(&packed);
    }
    free(bytes);
}

/* ---- Archives that lie or are damaged --------------------------------------------------------- */

static void put_number(struct buf *b, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++, value >>= 8)
        buf_add_byte(b, (char)(value & 0xFF));
}

/* A directory record that names the data at `local`. */
static void put_record(struct buf *b, const char *name, str stored, uint32_t crc, uint32_t local)
{
    buf_add(b, STR("PK\1\2"));
    put_number(b, 20, 2);
    put_number(b, 20, 2);
    put_number(b, 0, 8); /* flags, method, time, date */
    put_number(b, crc, 4);
    put_number(b, stored.n, 4);
    put_number(b, stored.n, 4);
    put_number(b, strlen(name), 2);
    put_number(b, 0, 12);
    put_number(b, local, 4);
    buf_add(b, str_of(name));
}

/* The directory of a ZIP with one stored member is replaced by one that names it so often. */
static void forge(struct buf *out, const char *const *names, size_t count, uint32_t claimed)
{
    struct buf honest = buf_new(1 << 16);
    const struct made_member one = made("chat.json", STR("{\"m\":1}"));
    made_zip(&honest, &one, 1);
    const size_t at = str_find(buf_str(&honest), STR("PK\1\2"));
    uint32_t crc = 0;
    for (int i = 3; i >= 0; i--)
        crc = crc << 8 | (unsigned char)honest.p[14 + i];
    buf_add(out, str_sub(buf_str(&honest), 0, at));
    for (size_t i = 0; i < count; i++)
        put_record(out, names[i], one.bytes, crc, 0);
    const size_t size = out->n - at;
    buf_add(out, STR("PK\5\6"));
    put_number(out, 0, 4);
    put_number(out, claimed, 2);
    put_number(out, claimed, 2);
    put_number(out, size, 4);
    put_number(out, at, 4);
    put_number(out, 0, 2);
    buf_free(&honest);
}

static void directories_that_lie_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *names[3];
        size_t count;
        uint32_t claimed;
        const char *members, *faults;
    } cases[] = {
        {{"chat.json"}, 1, 1, "z/chat.json", ""},
        {{"chat.json", "other.json"}, 2, 2, "z/chat.json", "zipEntryCount!"},
        {{"other.json", "chat.json"}, 2, 2, "z/chat.json", "zipEntryCount!"},
        {{"innocent.txt"}, 1, 1, "z/innocent.txt", "zipNames"},
        {{"chat.json"}, 1, 5, "z/chat.json", "zipEntryCount!"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf zip = buf_new(1 << 16);
        forge(&zip, cases[i].names, cases[i].count, cases[i].claimed);
        struct disk d = {0};
        put_file(&d, "z", buf_str(&zip));
        struct bundle *b = open_disk(&d);
        assert_members(b, cases[i].members);
        assert_faults(b, cases[i].faults);
        assert_content(b, cases[i].members, "{\"m\":1}");
        bundle_close(b);
        buf_free(&zip);
    }
}

static void glued_zips_and_gaps_are_told(void **state)
{
    (void)state;
    struct buf first = buf_new(1 << 16), second = buf_new(1 << 16), zip = buf_new(1 << 16);
    const struct made_member a = made("local_only.txt", STR("STREAM")),
                             c = made("central.txt", STR("CENTRAL"));
    made_zip(&first, &a, 1);
    made_zip(&second, &c, 1);
    buf_add(&zip, buf_str(&first));
    buf_add(&zip, buf_str(&second));
    buf_add(&zip, STR("trailing"));
    struct disk d = {0};
    put_file(&d, "two.zip", buf_str(&zip));
    /* the directory alone behind a hole where an entry was */
    buf_clear(&zip);
    buf_add(&zip, str_sub(buf_str(&first), 0, str_find(buf_str(&first), STR("PK\1\2"))));
    static const char *const name[] = {"chat.json"};
    struct buf other = buf_new(1 << 16);
    forge(&other, name, 1, 1);
    const size_t directory = str_find(buf_str(&other), STR("PK\1\2"));
    buf_clear(&zip);
    buf_add(&zip, str_sub(buf_str(&other), 0, directory));
    buf_add(&zip, STR("what was taken out of the list stands here"));
    struct buf tail = buf_new(1 << 16);
    buf_add(&tail, str_from(buf_str(&other), directory));
    tail.p[tail.n - 6] = (char)zip.n; /* where the directory begins now */
    buf_add(&zip, buf_str(&tail));
    put_file(&d, "hole.zip", buf_str(&zip));

    struct bundle *b = open_disk(&d);
    assert_members(b, "two.zip/central.txt hole.zip/chat.json");
    assert_content(b, "two.zip/central.txt", "CENTRAL");
    assert_content(b, "hole.zip/chat.json", "{\"m\":1}");
    assert_faults(b, "zipGlued! zipTrailer zipGap");
    bundle_close(b);
    buf_free(&first);
    buf_free(&second);
    buf_free(&other);
    buf_free(&tail);
    buf_free(&zip);
}

/* Whatever is cut off: what is whole in front is still there, and the loss is told. */
static void cut_off_at_any_byte(void **state)
{
    (void)state;
    static const struct made_member members[] = {{"a.txt", STR_INIT("first")},
                                                 {"b.txt", STR_INIT("second")}};
    static const enum packing ways[] = {PACK_ZIP, PACK_TAR, PACK_TAR_GZ};
    for (size_t way = 0; way < 3; way++) {
        struct buf whole = buf_new(1 << 20);
        if (ways[way] == PACK_ZIP)
            made_zip(&whole, members, 2);
        else
            pack(&whole, ways[way], members, 2);
        const size_t step = whole.n > 500 ? whole.n / 150 : 1;
        for (size_t n = 1; n < whole.n; n += step) {
            struct disk d = {0};
            put_file(&d, "x.tar", str_sub(buf_str(&whole), 0, n));
            struct bundle *b = open_disk(&d);
            size_t good = 0;
            for (size_t i = 0; i < bundle_count(b); i++) {
                struct buf bytes = buf_new(100);
                struct err e = {0};
                if (!bundle_at(b, i)->skip && read_all(b, i, &bytes, &e) == OK &&
                    str_starts(bundle_at(b, i)->inside, STR("a.")))
                    good += str_eq(buf_str(&bytes), STR("first"));
                buf_free(&bytes);
            }
            if (ways[way] == PACK_ZIP && n > 60) {
                assert_int_equal(good, 1);
                assert_true(has_fault(b, "zipNoDirectory"));
            }
            bundle_close(b);
        }
        buf_free(&whole);
    }
}

static void a_changed_byte_never_passes(void **state)
{
    (void)state;
    struct buf zip = buf_new(1 << 16);
    const struct made_member one = made("a.txt", STR("the whole truth"));
    made_zip(&zip, &one, 1);
    const size_t at = str_find(buf_str(&zip), STR("whole"));
    zip.p[at] = 'W';
    struct disk d = {0};
    put_file(&d, "z", buf_str(&zip));
    struct bundle *b = open_disk(&d);
    struct buf bytes = buf_new(100);
    struct err e = {0};
    assert_int_equal(read_all(b, 0, &bytes, &e), ERR_FORMAT);
    assert_non_null(strstr(e.msg, "damaged"));
    bundle_close(b);
    buf_free(&bytes);
    buf_free(&zip);
}

static void bombs_stop(void **state)
{
    (void)state;
    enum { ZEROS = 300 << 20 };
    static const enum packing ways[] = {PACK_ZIP, PACK_TAR_GZ, PACK_GZ};
    char *zeros = malloc(ZEROS);
    memset(zeros, '0', ZEROS);
    const struct made_member one = made("zeros", (str){zeros, ZEROS});
    for (size_t i = 0; i < 3; i++) {
        struct buf packed = buf_new(8 << 20);
        pack(&packed, ways[i], &one, 1);
        struct disk d = {0};
        put_file(&d, "bomb", buf_str(&packed));
        struct bundle *b = open_disk(&d);
        struct source *s;
        struct err e = {0};
        struct sha256_digest digest;
        assert_int_equal(bundle_count(b), 1);
        assert_int_equal(bundle_source(b, 0, &s, &e), OK);
        assert_int_equal(source_finish(s, &digest, &e), ERR_LIMIT);
        assert_true(source_at(s) < ZEROS / 2);
        assert_true(has_fault(b, "zipBomb"));
        source_close(s);
        bundle_close(b);
        buf_free(&packed);
    }
    free(zeros);
}

/* ---- Databases -------------------------------------------------------------------------------- */

static void make_database(struct buf *out, const char *sql)
{
    char path[100];
    snprintf(path, sizeof path, "%s/made.db", folder);
    unlink(path);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(db);
    FILE *f = fopen(path, "rb");
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        buf_add(out, (str){chunk, n});
    fclose(f);
    unlink(path);
}

static const char schema[] =
    "PRAGMA journal_mode=WAL;"
    "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, body BLOB, date INTEGER, x REAL);"
    "CREATE TABLE \"odd \"\"name\" (a TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE VIEW v AS SELECT 1 AS x;"
    "CREATE VIRTUAL TABLE f USING fts5(t);"
    "CREATE TABLE sly (a INTEGER, b INTEGER GENERATED ALWAYS AS (abs(a)) VIRTUAL);"
    "INSERT INTO message VALUES (7,'line one' || char(10) || '\"two\"',x'0102ff',-5,1.5);"
    "INSERT INTO message VALUES (3,NULL,NULL,760569924490443648,NULL);"
    "INSERT INTO sly VALUES (9);"
    "INSERT INTO \"odd \"\"name\" VALUES ('k');";

static void tables_are_members(void **state)
{
    (void)state;
    struct buf bytes = buf_new(1 << 20), zip = buf_new(1 << 20);
    make_database(&bytes, schema);
    const struct made_member inner = made("Messages/chat.db", buf_str(&bytes));
    made_zip(&zip, &inner, 1);
    struct disk d = {0};
    put_file(&d, "chat.db", buf_str(&bytes));
    put_file(&d, "backup.zip", buf_str(&zip));
    struct bundle *b = open_disk(&d);
    static const char rows[] =
        "{\"ROWID\":3,\"text\":null,\"body\":null,\"date\":760569924490443648,\"x\":null}\n"
        "{\"ROWID\":7,\"text\":\"line one\\n\\\"two\\\"\",\"body\":{\"hex\":\"0102ff\"},"
        "\"date\":-5,\"x\":\"1.5\"}\n";
    for (int round = 0; round < 2; round++) {
        assert_content(b, "chat.db/message.jsonl", rows);
        assert_content(b, "backup.zip/Messages/chat.db/message.jsonl", rows);
        assert_content(b, "chat.db/odd \"name.jsonl", "{\"a\":\"k\"}\n");
    }
    for (size_t i = 0; i < bundle_count(b); i++) {
        assert_false(str_eq(bundle_at(b, i)->inside, STR("v.jsonl")));
        assert_false(str_eq(bundle_at(b, i)->inside, STR("f.jsonl")));
    }
    assert_content(b, "chat.db/sly.jsonl", "{\"a\":9}\n"); /* what computes is not run */
    assert_faults(b, "");
    bundle_close(b);
    buf_free(&bytes);
    buf_free(&zip);
}

static void what_a_database_lacks_is_told(void **state)
{
    (void)state;
    struct buf bytes = buf_new(1 << 20), own = buf_new(1 << 20);
    make_database(&bytes, "CREATE TABLE t(a); INSERT INTO t VALUES (1);");
    make_database(&own, "PRAGMA application_id=0x53746574; CREATE TABLE t(a);");
    struct disk d = {0};
    put_file(&d, "chat.db", buf_str(&bytes));
    put_file(&d, "chat.db-wal", STR("not empty"));
    put_file(&d, "case.stet", buf_str(&own));
    struct bundle *b = open_disk(&d);
    assert_members(b, "chat.db/t.jsonl chat.db-wal case.stet!");
    assert_faults(b, "stetArchive! sqliteWal!");
    bundle_close(b);
    buf_free(&bytes);
    buf_free(&own);
}

static void damaged_databases_end_with_a_word(void **state)
{
    (void)state;
    struct buf bytes = buf_new(1 << 20);
    make_database(&bytes,
                  "CREATE TABLE t(a); WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM "
                  "n WHERE i<2000) INSERT INTO t SELECT printf('%.50c','x') FROM n;");
    unsigned random = 7;
    size_t told = 0;
    for (int round = 0; round < 200; round++) {
        struct buf hurt = buf_new(1 << 20);
        buf_add(&hurt, buf_str(&bytes));
        for (int i = 0; i < 20; i++) {
            random = random * 1664525 + 1013904223;
            hurt.p[100 + random % (hurt.n - 100)] = (char)(random >> 24);
        }
        struct disk d = {0};
        put_file(&d, "t.db", buf_str(&hurt));
        struct bundle *b = open_disk(&d);
        for (size_t i = 0; i < bundle_count(b); i++) {
            struct buf out = buf_new(1 << 20);
            struct err e = {0};
            if (!bundle_at(b, i)->skip && read_all(b, i, &out, &e) != OK)
                assert_true(e.msg[0]);
            buf_free(&out);
        }
        told += bundle_fault_count(b) > 0;
        bundle_close(b);
        buf_free(&hurt);
    }
    assert_true(told > 0);
    buf_free(&bytes);
}

/* ---- RSMF ------------------------------------------------------------------------------------- */

static void put_base64(struct buf *out, str bytes)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.n; i += 3) {
        unsigned bits = 0;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (i + k < bytes.n ? (unsigned char)bytes.p[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            buf_add_byte(out, i + k > bytes.n ? '=' : letters[bits >> (18 - 6 * k) & 63]);
        if (i % 57 == 54)
            buf_add(out, STR("\r\n"));
    }
}

static void the_zip_in_an_rsmf_file(void **state)
{
    (void)state;
    struct buf zip = buf_new(1 << 16), mail = buf_new(1 << 16);
    const struct made_member manifest = made("rsmf_manifest.json", STR("{\"events\":[]}"));
    made_zip(&zip, &manifest, 1);
    static const char head[] =
        "X-RSMF-Version: 2.0.0\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed;\r\n boundary=\"=-x\"\r\n\r\n--=-x\r\n"
        "Content-Type: text/plain; name=not.a.zip.txt\r\n\r\nbody\r\n--=-x\r\n";
    buf_add(&mail, str_of(head));
    buf_add(&mail, STR("Content-Type: application/zip;\r\n name=\"rsmf.zip\"\r\n"
                       "Content-Transfer-Encoding: base64\r\n\r\n"));
    put_base64(&mail, buf_str(&zip));
    buf_add(&mail, STR("\r\n--=-x--\r\n"));
    struct disk d = {0};
    put_file(&d, "a.rsmf", buf_str(&mail));
    put_file(&d, "b.rsmf", str_of(head)); /* without it, a mail like others */
    struct bundle *b = open_disk(&d);
    assert_members(b, "a.rsmf/rsmf_manifest.json b.rsmf");
    assert_content(b, "a.rsmf/rsmf_manifest.json", "{\"events\":[]}");
    assert_true(bundle_is_archive(b, 0));
    assert_false(bundle_is_archive(b, 1));
    assert_faults(b, "");
    bundle_close(b);
    buf_free(&zip);
    buf_free(&mail);
}

/* ---- Siblings --------------------------------------------------------------------------------- */

static size_t dropped;

static void drop(void *made)
{
    free(made);
    dropped++;
}

static void check_siblings(struct bundle *b, const char *here, bool inside)
{
    struct siblings *s = bundle_siblings(b, member_at(b, here));
    str bytes, path;
    uint64_t size;
    struct sha256_digest digest;
    assert_true(str_eq(siblings_here(s), str_of(here)));
    assert_true(siblings_read(s, STR("../users.json"), &bytes));
    assert_true(str_eq(bytes, STR("[users]")));
    assert_true(siblings_read(s, STR("2.json"), &bytes));
    assert_true(siblings_read(s, STR("./../general/2.json"), &bytes));
    assert_false(siblings_read(s, STR("users.json"), &bytes));
    assert_false(siblings_read(s, STR("../../../../etc/passwd"), &bytes));
    assert_true(siblings_facts(s, STR("../media/a.jpg"), &size, &digest));
    const struct sha256_digest due = sha256_of(STR("picture"));
    assert_true(sha256_eq(&digest, &due));
    assert_int_equal(size, 7);
    assert_false(siblings_facts(s, STR("../media/b.jpg"), &size, &digest));

    static const char *const all[] = {"1.json", "2.json", "../media/a.jpg", "../users.json"};
    for (size_t i = 0; i < 4; i++) {
        assert_true(siblings_each(s, STR(".."), i, &path));
        assert_true(str_eq(path, str_of(all[i])));
    }
    if (inside) /* outside, other archives follow */
        assert_false(siblings_each(s, STR(".."), 4, &path));
    assert_true(siblings_each(s, STR("../media"), 0, &path));
    assert_false(siblings_each(s, STR("../medi"), 0, &path));

    void **memo = siblings_memo(s, STR("../users.json"), drop);
    assert_non_null(memo);
    if (!*memo)
        *memo = malloc(1);
    assert_ptr_equal(memo, siblings_memo(s, STR("../media/../users.json"), drop));
}

static void files_around_a_member(void **state)
{
    (void)state;
    static const struct made_member members[] = {{"general/1.json", STR_INIT("[1]")},
                                                 {"general/2.json", STR_INIT("[2]")},
                                                 {"media/a.jpg", STR_INIT("picture")},
                                                 {"users.json", STR_INIT("[users]")}};
    struct buf zip = buf_new(1 << 16), tar = buf_new(1 << 16);
    made_zip(&zip, members, 4);
    pack(&tar, PACK_TAR_GZ, members, 4);
    struct disk d = {0};
    for (size_t i = 0; i < 4; i++)
        put_file(&d, members[i].name, members[i].bytes);
    put_file(&d, "x.zip", buf_str(&zip));
    put_file(&d, "x.tar.gz", buf_str(&tar));
    struct bundle *b = open_disk(&d);
    dropped = 0;
    check_siblings(b, "x.zip/general/1.json", true);
    check_siblings(b, "x.tar.gz/general/1.json", true);
    check_siblings(b, "general/1.json", false);
    check_siblings(b, "general/1.json", false);
    bundle_close(b);
    assert_int_equal(dropped, 3);
    assert_null(siblings_memo(NULL, STR("."), drop));
    str bytes;
    assert_false(siblings_read(NULL, STR("x"), &bytes));
    buf_free(&zip);
    buf_free(&tar);
}

/* ---- Where nothing can be opened -------------------------------------------------------------- */

static enum status ask_for_file(void *context, size_t file, int *fd, struct err *e)
{
    struct confined_answer a;
    char number[20];
    snprintf(number, sizeof number, "%zu", file);
    const enum status st = confined_ask(context, 'O', str_of(number), &a);
    *fd = a.fd;
    return st == OK && a.fd < 0 ? (fail)(e, ERR_IO, "no descriptor came") : st;
}

static struct disk confined_disk; /* what the child inherits */

/* In the child: the content of all members as one frame. */
static int read_confined(void *context, struct confined_link *l)
{
    const struct bundle_opener opener = {ask_for_file, l};
    const struct bundle_limits limits = {0};
    struct disk *d = context;
    struct bundle *b;
    struct err e = {0};
    struct buf all = buf_new(1 << 16);
    if (bundle_open(&b, d->files, d->count, &opener, &limits, &e) != OK)
        return 1;
    for (size_t i = 0; i < bundle_count(b); i++) {
        buf_addf(&all, STR_FMT "=", STR_ARG(bundle_at(b, i)->path));
        if (bundle_at(b, i)->skip)
            buf_add(&all, str_of(bundle_at(b, i)->skip));
        else if (read_all(b, i, &all, &e) != OK)
            buf_add(&all, str_of(e.msg));
        buf_add_byte(&all, ' ');
    }
    for (size_t i = 0; i < bundle_fault_count(b); i++)
        buf_add(&all, bundle_fault_at(b, i)->what);
    bundle_close(b);
    const enum status st = confined_put(l, 'A', buf_str(&all));
    buf_free(&all);
    return st == OK ? 0 : 2;
}

static void all_of_it_works_in_a_confined_child(void **state)
{
    (void)state;
    struct buf zip = buf_new(1 << 16), tar = buf_new(1 << 16), db = buf_new(1 << 16);
    const struct made_member one = made("a.txt", STR("words")), inner = made("b.txt", STR("more"));
    made_zip(&zip, &one, 1);
    pack(&tar, PACK_TAR_XZ, &inner, 1);
    make_database(&db, "CREATE TABLE t(a); INSERT INTO t VALUES ('row');");
    struct disk *d = &confined_disk;
    put_file(d, "z.zip", buf_str(&zip));
    put_file(d, "x.tar.xz", buf_str(&tar));
    put_file(d, "c.db", buf_str(&db));
    put_file(d, "plain", STR("text"));

    struct confined *c;
    struct confined_frame frame;
    struct confined_death death;
    struct err e = {0};
    enum confined_event event;
    char content[400] = "";
    assert_int_equal(confined_start(&c, read_confined, d, &e), OK);
    while ((event = confined_next(c, 100, &frame)) != CONFINED_ENDED) {
        if (event != CONFINED_FRAME)
            continue;
        if (frame.letter == 'O') {
            int64_t file = -1;
            assert_true(str_to_u63(frame.bytes, &file) && file < 4);
            struct confined_answer a = {.code = 'y', .fd = open(d->paths[file], O_RDONLY)};
            confined_answer(c, &a);
            close(a.fd);
        } else {
            snprintf(content, sizeof content, STR_FMT, STR_ARG(frame.bytes));
        }
    }
    confined_end(c, &death);
    assert_int_equal(death.signal, 0);
    assert_int_equal(death.result, 0);
    assert_string_equal(content, "z.zip/a.txt=words x.tar.xz/b.txt=more "
                                 "c.db/t.jsonl={\"a\":\"row\"}\n plain=text ");
    buf_free(&zip);
    buf_free(&tar);
    buf_free(&db);
}

/* ---- What others made to break it ------------------------------------------------------------- */

static void read_hostile(const char *path, const char *name)
{
    struct disk d = {.count = 1};
    struct stat info;
    snprintf(d.paths[0], sizeof d.paths[0], "%s", path);
    assert_int_equal(stat(path, &info), 0);
    d.files[0] = (struct bundle_file){.name = str_of(name), .size = (uint64_t)info.st_size};
    struct bundle *b = open_disk(&d);
    size_t failed = 0;
    for (size_t i = 0; i < bundle_count(b); i++) {
        struct source *s;
        struct err e = {0};
        struct sha256_digest digest;
        if (bundle_at(b, i)->skip)
            continue;
        assert_int_equal(bundle_source(b, i, &s, &e), OK);
        failed += source_finish(s, &digest, &e) != OK;
        source_close(s);
    }
    static const struct {
        const char *name, *code;
        size_t members, failed;
    } due[] = {
        {"overlap.zip", "zipEntryCount", 1, 0},
        {"alias.zip", "zipEntryCount", 1, 0},
        {"mismatch.zip", "zipNames", 1, 0},
        {"lie.zip", "archiveSize", 1, 0},
        {"names.zip", NULL, 7, 0},
        {"bomb.zip", "zipBomb", 1, 1},
        {"schizo.zip", "zipGlued", 1, 0},
        {"trunc.zip", "zipNoDirectory", 2, 1},
        {"crc.zip", NULL, 2, 1},
        {"nested10.zip", "archiveDepth", 1, 0},
        {"links.tar", NULL, 6, 0},
    };
    for (size_t i = 0; i < sizeof due / sizeof *due; i++) {
        if (strcmp(name, due[i].name) != 0)
            continue;
        if (due[i].code)
            assert_true(has_fault(b, due[i].code));
        assert_int_equal(bundle_count(b), due[i].members);
        assert_int_equal(failed, due[i].failed);
    }
    bundle_close(b);
}

static void hostile_archives(void **state)
{
    (void)state;
    static const char *const names[] = {"overlap.zip", "alias.zip", "mismatch.zip", "lie.zip",
                                        "names.zip",   "bomb.zip",  "schizo.zip",   "trunc.zip",
                                        "crc.zip",     "links.tar", "nested10.zip"};
    char command[300], path[128];
    snprintf(command, sizeof command, "python3 ../shared/hostile/gen.py %s/hostile", folder);
    if (access("../shared/hostile/gen.py", R_OK) != 0 || system(command) != 0) {
        print_message("# no ../shared/hostile/gen.py or no python3: skipped\n");
        skip();
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/hostile/%s", folder, names[i]);
        read_hostile(path, names[i]);
    }
}

static int set_up(void **state)
{
    (void)state;
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.40s/test_bundle.XXXXXX", temporary ? temporary : "/tmp");
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(whatever_wraps_them),
        cmocka_unit_test(a_compressed_file_is_one_member),
        cmocka_unit_test(archives_inside_archives),
        cmocka_unit_test(nesting_ends_somewhere),
        cmocka_unit_test(equal_names_are_two_members),
        cmocka_unit_test(names_lead_nowhere),
        cmocka_unit_test(files_that_must_not_be_opened_are_not),
        cmocka_unit_test(members_rewind_and_have_twins),
        cmocka_unit_test(directories_that_lie_are_told),
        cmocka_unit_test(glued_zips_and_gaps_are_told),
        cmocka_unit_test(cut_off_at_any_byte),
        cmocka_unit_test(a_changed_byte_never_passes),
        cmocka_unit_test(bombs_stop),
        cmocka_unit_test(tables_are_members),
        cmocka_unit_test(what_a_database_lacks_is_told),
        cmocka_unit_test(damaged_databases_end_with_a_word),
        cmocka_unit_test(the_zip_in_an_rsmf_file),
        cmocka_unit_test(files_around_a_member),
        cmocka_unit_test(all_of_it_works_in_a_confined_child),
        cmocka_unit_test(hostile_archives),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
