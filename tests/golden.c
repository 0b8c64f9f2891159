/*
 * Golden tests of importers: no code per case. A case is a folder
 *
 *     corpus/<format>/<case>/input/     one bundle (bundle.h): a file, or an export's folder; its members
 *                                       are read in order of their paths, each with its siblings
 *     corpus/<format>/<case>/args       optional: options as `stet import` has them; the file of --names
 *                                       stands beside
 *     corpus/<format>/<case>/expect.txt what the sink received, in canonical text (canon.h)
 *     corpus/<format>/<case>/ORIGIN     where the input comes from and which trap it holds
 *
 * `golden` prints TAP. `golden --update [CASE...]` rewrites expect.txt: read the difference before
 * you keep it. A case in a folder <case>.broken shows a known bug: it is expected to fail, and
 * complained about when it passes.
 */
#include "bundle.h"
#include "canon.h"
#include "importer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_BYTES = 1024, ARGS_BYTES = 1024, FILES_MAX = 1000, DEPTH_MAX = 8 };

struct args {
    char text[ARGS_BYTES];
    const char *format, *tz, *date_order, *owner, *map, *names;
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

/* Where the value of an option goes; NULL for what is no option. */
static const char **option(struct args *a, const char *word)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = {
        {"--format", &a->format}, {"--tz", &a->tz},   {"--date-order", &a->date_order},
        {"--owner", &a->owner},   {"--map", &a->map}, {"--names", &a->names},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(word, options[i].name) == 0)
            return options[i].value;
    return NULL;
}

/* The next word, which may stand in double quotes; cut out of *rest. NULL at the end. */
static char *next_word(char **rest)
{
    char *word = *rest + strspn(*rest, " \n");
    if (!*word)
        return NULL;
    const bool quoted = *word == '"';
    word += quoted;
    char *end = word + strcspn(word, quoted ? "\"" : " \n");
    *rest = *end ? end + 1 : end;
    *end = '\0';
    return word;
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
    char *rest = out->text;
    for (char *word; (word = next_word(&rest));) {
        const char **value = option(out, word);
        if (!value || !(*value = next_word(&rest)))
            return false;
    }
    return true;
}

static enum status read_options(struct import_options *out, struct names **names,
                                const struct args *args, const char *folder, struct err *e)
{
    *out = (struct import_options){.owner = str_of(args->owner), .map = str_of(args->map)};
    if (args->date_order && !date_order_read(str_of(args->date_order), &out->date_order))
        return fail(e, ERR_QUERY, "there is no date order %s", args->date_order);
    if (args->tz && zone_open(&out->zone, str_of(args->tz), e) != OK)
        return e->code;
    if (!args->names)
        return OK;
    struct buf bytes = buf_new(BUF_LINE_MAX);
    char path[PATH_BYTES];
    enum status st = fail(e, ERR_MISSING, "the file of --names cannot be read");
    if (join(path, folder, args->names) && read_whole(&bytes, path)) {
        *e = (struct err){0};
        st = names_read(names, buf_str(&bytes), e);
    }
    out->names = *names;
    buf_free(&bytes);
    return st;
}

/* --- The bundle of a case ---------------------------------------------------------------------- */

struct folder {
    char paths[FILES_MAX][PATH_BYTES];
    struct bundle_file files[FILES_MAX];
    size_t count;
};

static enum status open_file(void *context, size_t file, int *fd, struct err *e)
{
    const struct folder *f = context;
    *fd = open(f->paths[file], O_RDONLY | O_CLOEXEC);
    return *fd < 0 ? fail(e, ERR_IO, "cannot open %s: %s", f->paths[file], strerror(errno)) : OK;
}

/* All files below `path`, in order of path. Names of files begin behind the first `skip` bytes. */
static bool walk(struct folder *out, const char *path, size_t skip, int depth)
{
    struct dirent **entries;
    const int n = depth < DEPTH_MAX ? scandir(path, &entries, visible, alphasort) : -1;
    for (int i = 0; i < n; i++) {
        char below[PATH_BYTES];
        struct stat info;
        if (join(below, path, entries[i]->d_name) && is_folder(below)) {
            (void)walk(out, below, skip, depth + 1);
        } else if (out->count < FILES_MAX && lstat(below, &info) == 0) {
            char *kept = out->paths[out->count];
            memcpy(kept, below, sizeof below);
            out->files[out->count++] =
                (struct bundle_file){.name = str_of(kept + skip),
                                     .size = (uint64_t)info.st_size,
                                     .skip = S_ISREG(info.st_mode) ? NULL : "no regular file"};
        }
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    return n > 0;
}

/* --- Reading ----------------------------------------------------------------------------------- */

static void print_failure(struct buf *out, const char *what, const struct err *e)
{
    buf_addf(out, "%s: %s\n", what, e->msg);
    if (e->hint[0])
        buf_addf(out, "  hint: %s\n", e->hint);
}

static void read_source(struct buf *out, const struct importer *f, struct source *source,
                        const struct import_options *options)
{
    struct err e = {0};
    struct canon canon = canon_to(out);
    struct import_report report;
    buf_addf(out, "format %s\n", f->name);
    if (importer_read(f, source, options, &canon.sink, &report, &e) != OK) {
        print_failure(out, "failed", &e);
        return;
    }
    buf_addf(out,
             "done: %" PRIu64 " messages, %" PRIu64 " events, %" PRIu64 " issues, %" PRIu64
             " counted, %" PRIu64 " bytes\n",
             report.messages, report.events, report.issues, report.counted, report.bytes);
}

static void print_unread(struct buf *out, struct source *source, const struct err *why)
{
    struct err e = {0};
    str prefix;
    const struct importer *of = NULL;
    if (source_peek(source, BID_PREFIX_BYTES, &prefix, &e) == OK)
        of = importer_of_companion(str_sub(prefix, 0, BID_PREFIX_BYTES), source_name(source));
    if (of)
        buf_addf(out, "companion of %s\n", of->name);
    else
        print_failure(out, "failed", why);
}

static void read_member(struct buf *out, struct bundle *b, size_t i, const struct args *args,
                        struct import_options *options)
{
    const struct member *m = bundle_at(b, i);
    buf_addf(out, "source " STR_FMT "\n", STR_ARG(m->path));
    if (m->skip) {
        buf_addf(out, "skipped: %s\n", m->skip);
        return;
    }
    struct err e = {0};
    struct source *source;
    if (bundle_source(b, i, &source, &e) != OK) {
        print_failure(out, "failed", &e);
        return;
    }
    options->siblings = bundle_siblings(b, i);
    const struct importer *f = NULL;
    if (args->format && !(f = importer_find(str_of(args->format))))
        fail(&e, ERR_MISSING, "there is no format %s", args->format);
    else if (!f)
        (void)(importer_detect(&f, source, &e) == OK);
    if (f)
        read_source(out, f, source, options);
    else
        print_unread(out, source, &e);
    source_close(source);
}

static void read_bundle(struct buf *out, struct folder *input, const char *folder,
                        const struct args *args)
{
    struct err e = {0};
    struct import_options options = {0};
    struct names *names = NULL;
    struct bundle *b = NULL;
    const struct bundle_opener opener = {open_file, input};
    const struct bundle_limits limits = {0};
    if (read_options(&options, &names, args, folder, &e) == OK &&
        bundle_open(&b, input->files, input->count, &opener, &limits, &e) == OK) {
        for (size_t i = 0; i < bundle_count(b); i++)
            read_member(out, b, i, args, &options);
        for (size_t i = 0; i < bundle_fault_count(b); i++) {
            const struct bundle_fault *f = bundle_fault_at(b, i);
            buf_addf(out, "fault %s%s in " STR_FMT "%s" STR_FMT "\n  " STR_FMT "\n  " STR_FMT "\n",
                     f->code, f->fatal ? " fatal" : "", STR_ARG(input->files[f->file].name),
                     f->inside.n ? "/" : "", STR_ARG(f->inside), STR_ARG(f->what),
                     STR_ARG(f->way_out));
        }
    } else {
        print_failure(out, "failed", &e);
    }
    bundle_close(b);
    zone_close(options.zone);
    names_free(names);
}

/* False, with a word of what is wrong with the case itself. */
static bool run_case(struct buf *out, const char *folder, const char **wrong)
{
    struct args args;
    char path[PATH_BYTES];
    *wrong = "its args cannot be understood";
    if (!read_args(&args, folder))
        return false;
    *wrong = "its folder input/ cannot be read or is empty";
    struct folder *input = calloc(1, sizeof *input);
    const bool found =
        input && join(path, folder, "input") && walk(input, path, strlen(path) + 1, 0);
    if (found)
        read_bundle(out, input, folder, &args);
    free(input);
    return found;
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
    setlocale(LC_CTYPE, "C.UTF-8");
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
