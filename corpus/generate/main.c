/*
 * corpus-generate: writes the sample release, its table of planted facts, or a big corpus for
 * benchmarks. Standalone; the same seed gives the same bytes on every machine.
 */
#include "bench.h"
#include "facts.h"
#include "story.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum exit_code { EXIT_DONE = 0, EXIT_WRITE = 1, EXIT_USAGE = 2 };

static const char usage[] =
    "Usage: corpus-generate sample --format text|html [--seed N]\n"
    "       corpus-generate bench --messages N [--format text] [--seed N]\n"
    "       corpus-generate facts\n"
    "       corpus-generate --help\n"
    "\n"
    "Writes an invented message archive to standard output.\n"
    "\n"
    "  sample   the release of a citizens' group in Varnholm: 11,014 messages, 2016 to 2018\n"
    "  bench    N messages by 386 senders over five years, about 95 bytes of text each\n"
    "  facts    the planted exchanges of the sample as a Markdown table\n"
    "\n"
    "  --format text|html   the form (bench: text only; default text)\n"
    "  --messages N         how many messages (bench only)\n"
    "  --seed N             another release of the same kind (default 1; planted facts stay)\n";

struct options {
    const char *command, *format;
    uint64_t seed, messages;
};

static bool read_number(uint64_t *out, const char *s)
{
    char *end;
    errno = 0;
    const unsigned long long n = strtoull(s, &end, 10);
    *out = n;
    return s[0] >= '0' && s[0] <= '9' && *end == '\0' && errno == 0;
}

static bool read_options(struct options *options, int argc, char **argv)
{
    *options = (struct options){.command = argc > 1 ? argv[1] : "", .format = "text", .seed = 1};
    for (int i = 2; i < argc; i += 2) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--format") == 0)
            options->format = value;
        else if (strcmp(argv[i], "--seed") == 0 && read_number(&options->seed, value))
            continue;
        else if (strcmp(argv[i], "--messages") == 0 && read_number(&options->messages, value))
            continue;
        else
            return false;
    }
    return true;
}

static int run_sample(const struct options *options)
{
    const bool html = strcmp(options->format, "html") == 0;
    struct release release = {0};
    story_release(&release, options->seed);
    const bool written = html ? write_html(&release, stdout) : write_text(&release, stdout);
    release_free(&release);
    return written ? EXIT_DONE : EXIT_WRITE;
}

static int complain(void)
{
    fputs(usage, stderr);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct options options;
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0))
        return fputs(usage, stdout) < 0 ? EXIT_WRITE : EXIT_DONE;
    if (!read_options(&options, argc, argv))
        return complain();
    const bool text = strcmp(options.format, "text") == 0;
    if (strcmp(options.command, "sample") == 0 && (text || strcmp(options.format, "html") == 0))
        return run_sample(&options);
    if (strcmp(options.command, "bench") == 0 && text && options.messages > 0)
        return bench_write(stdout, options.messages, options.seed) ? EXIT_DONE : EXIT_WRITE;
    if (strcmp(options.command, "facts") == 0) {
        facts_print(stdout);
        return fflush(stdout) == 0 ? EXIT_DONE : EXIT_WRITE;
    }
    return complain();
}
