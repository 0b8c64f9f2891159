/*
 * Golden tests of importers: no code per case. A case is a folder
 *
 *     corpus/<format>/<case>/input/     one file or more, each imported by itself, in order of name
 *     corpus/<format>/<case>/args       optional: --format NAME, --tz ZONE (as `stet import` has them)
 *     corpus/<format>/<case>/expect.txt what the sink received, in canonical text (canon.h)
 *     corpus/<format>/<case>/ORIGIN     where the input comes from and which trap it holds
 *
 * `golden` prints TAP. `golden --update [CASE...]` rewrites expect.txt: read the difference before
 * you keep it. A case in a folder <case>.broken shows a known bug: it is expected to fail, and
 * complained about when it passes.
 */
#include "canon.h"
#include "importer.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_BYTES = 1024, ARGS_BYTES = 1024 };

struct args {
    char text[ARGS_BYTES];
    const char *format, *tz;
};

struct totals {
    unsigned count, failed;
    bool update;
};

static bool join(char out[PATH_BYTES], const char *folder, const char *name)
{
    return snprintf(out, PATH_BYTES, "%s/%s", folder, name) < PATH_BYTES;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int visible(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static void complain(const char *text)
{
    for (const char *line = text; *line;) {
        const size_t n = strcspn(line, "\n");
        printf("#   %.*s\n", (int)n, line);
        line += n + (line[n] == '\n');
    }
}

/* The whole file; false if it cannot be read. */
static bool read_whole(struct buf *out, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    char chunk[16384];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        buf_add(out, (str){chunk, n});
    const bool good = !ferror(f);
    fclose(f);
    return good;
}

static bool write_whole(const char *path, str text)
{
    FILE *f = fopen(path, "wb");
    if (!f)
        return false;
    const bool good = fwrite(text.p, 1, text.n, f) == text.n;
    return fclose(f) == 0 && good;
}

static bool read_args(struct args *out, const char *folder)
{
    char path[PATH_BYTES];
    *out = (struct args){0};
    if (!join(path, folder, "args"))
        return false;
    FILE *f = fopen(path, "r");
    if (!f)
        return true; /* no file, no options */
    const size_t n = fread(out->text, 1, sizeof out->text - 1, f);
    fclose(f);
    out->text[n] = '\0';
    for (char *word = strtok(out->text, " \n"); word; word = strtok(NULL, " \n")) {
        char *value = strtok(NULL, " \n");
        if (!value || (strcmp(word, "--format") && strcmp(word, "--tz")))
            return false;
        *(strcmp(word, "--tz") ? &out->format : &out->tz) = value;
    }
    return true;
}

static enum status import(struct buf *out, struct source *source, const struct args *args,
                          struct err *e)
{
    const struct importer *f = args->format ? importer_find(str_of(args->format)) : NULL;
    if (args->format && !f)
        return fail(e, ERR_MISSING, "there is no format %s", args->format);
    enum status st = f ? OK : importer_detect(&f, source, e);
    if (st != OK)
        return st;
    struct import_options options = {0};
    if (args->tz && zone_open(&options.zone, str_of(args->tz), e) != OK)
        return e->code;
    buf_addf(out, "format %s\n", f->name);
    struct canon canon = canon_to(out);
    struct import_report report;
    st = importer_read(f, source, &options, &canon.sink, &report, e);
    if (st == OK)
        buf_addf(out,
                 "done: %" PRIu64 " messages, %" PRIu64 " events, %" PRIu64 " issues, %" PRIu64
                 " counted, %" PRIu64 " bytes\n",
                 report.messages, report.events, report.issues, report.counted, report.bytes);
    zone_close(options.zone);
    return st;
}

static void import_file(struct buf *out, const char *path, const struct args *args)
{
    struct err e = {0};
    struct source *source = NULL;
    if (source_open(&source, path, &e) == OK)
        (void)(import(out, source, args, &e) == OK);
    if (e.code != OK) {
        buf_addf(out, "failed: %s\n", e.msg);
        if (e.hint[0])
            buf_addf(out, "  hint: %s\n", e.hint);
    }
    source_close(source);
}

/* False, with a word of what is wrong with the case itself. */
static bool run_case(struct buf *out, const char *folder, const char **wrong)
{
    struct args args;
    char input[PATH_BYTES], path[PATH_BYTES];
    *wrong = "its args cannot be understood";
    if (!read_args(&args, folder))
        return false;
    *wrong = "its folder input/ cannot be read or is empty";
    struct dirent **files;
    const int n = join(input, folder, "input") ? scandir(input, &files, visible, alphasort) : -1;
    if (n < 0)
        return false;
    for (int i = 0; i < n; i++) {
        buf_addf(out, "source %s\n", files[i]->d_name);
        if (join(path, input, files[i]->d_name))
            import_file(out, path, &args);
        free(files[i]);
    }
    free(files);
    return n > 0;
}

/* The first line in which the two differ. */
static void show_difference(str expected, str got)
{
    unsigned line = 1;
    str want = STR(""), have = STR("");
    for (;; line++) {
        const bool more = str_split(&expected, '\n', &want);
        const bool more_got = str_split(&got, '\n', &have);
        if (!more)
            want = STR("(the end)");
        if (!more_got)
            have = STR("(the end)");
        if (!more || !more_got || !str_eq(want, have))
            break;
    }
    printf("#   line %u of expect.txt\n#   expected: " STR_FMT "\n#   got:      " STR_FMT "\n",
           line, STR_ARG(want), STR_ARG(have));
}

static void report(struct totals *t, bool good, const char *name, const char *remark)
{
    t->count++;
    t->failed += !good;
    printf("%s %u - %s%s\n", good ? "ok" : "not ok", t->count, name, remark);
}

static void test_case(struct totals *t, const char *folder)
{
    const size_t n = strlen(folder);
    const bool broken = n > 7 && strcmp(folder + n - 7, ".broken") == 0;
    struct buf got = buf_new(CANON_MAX), expected = buf_new(CANON_MAX);
    char path[PATH_BYTES];
    const char *wrong = NULL;
    const bool ran = run_case(&got, folder, &wrong) && join(path, folder, "expect.txt");
    if (ran && t->update && !broken && !write_whole(path, buf_str(&got)))
        complain("expect.txt cannot be written");
    const bool known = ran && read_whole(&expected, path);
    const bool same = known && str_eq(buf_str(&expected), buf_str(&got));

    if (broken && ran && known) {
        report(t, !same, folder, same ? " (it passes: rename the folder)" : " (still broken)");
    } else {
        report(t, same, folder, "");
        if (!ran)
            complain(wrong);
        else if (!known)
            complain("there is no expect.txt: make one with --update and read it");
        else if (!same)
            show_difference(buf_str(&expected), buf_str(&got));
    }
    buf_free(&got);
    buf_free(&expected);
}

/* All folders corpus/X/Y that hold an input/. */
static void test_folder(struct totals *t, const char *folder, int depth)
{
    struct dirent **entries;
    const int n = scandir(folder, &entries, visible, alphasort);
    for (int i = 0; i < n; i++) {
        char path[PATH_BYTES], input[PATH_BYTES];
        if (join(path, folder, entries[i]->d_name) && is_folder(path)) {
            if (depth == 0)
                test_folder(t, path, 1);
            else if (join(input, path, "input") && is_folder(input))
                test_case(t, path);
        }
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
}

int main(int argc, char **argv)
{
    struct totals t = {0};
    int first = 1;
    if (argc > 1 && strcmp(argv[1], "--update") == 0) {
        t.update = true;
        first = 2;
    }
    if (first == argc)
        test_folder(&t, "corpus", 0);
    for (int i = first; i < argc; i++)
        test_case(&t, argv[i]);
    if (!t.count)
        report(&t, false, "golden cases", " (none found: run this at the top of the project)");
    printf("1..%u\n", t.count);
    return t.failed ? 1 : 0;
}
