/* Printing safely: escapes, colours, wrapping, and noticing that the disk is full. */
#include "term.h"
#include "utf8.h"
#include "width.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    OUT_MAX = 1 << 30,   /* one escaped message of the largest size fits */
    FLUSH_AT = 64 << 10, /* bytes */
    COLUMNS_ELSEWHERE = 80,
    COLUMNS_READABLE = 100, /* longer lines are hard to read */
    COLUMNS_MIN = 20
};

/* ---- opening and writing -------------------------------------------------------------------- */

static int columns_of(int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return COLUMNS_ELSEWHERE;
    return size.ws_col < COLUMNS_MIN ? COLUMNS_MIN : size.ws_col;
}

static bool wants_colour(bool tty, const char *when)
{
    if (when && strcmp(when, "always") == 0)
        return true;
    if (when && strcmp(when, "never") == 0)
        return false;
    const char *const no = getenv("NO_COLOR"); /* https://no-color.org: any value but empty */
    const char *const kind = getenv("TERM");
    return tty && !(no && *no) && !(kind && strcmp(kind, "dumb") == 0);
}

struct term term_open(int fd, const char *when)
{
    const bool tty = isatty(fd);
    return (struct term){.fd = fd,
                         .tty = tty,
                         .colour = wants_colour(tty, when),
                         .columns = tty ? columns_of(fd) : COLUMNS_ELSEWHERE,
                         .out = buf_new(OUT_MAX)};
}

void term_flush(struct term *t)
{
    size_t done = 0;
    if (t->out.full && !t->error)
        t->error = EFBIG;
    while (!t->error && done < t->out.n) {
        const ssize_t n = write(t->fd, t->out.p + done, t->out.n - done);
        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            t->error = errno;
    }
    buf_clear(&t->out);
}

enum status term_close(struct term *t, struct err *e)
{
    term_flush(t);
    buf_free(&t->out);
    if (!t->error || t->error == EPIPE)
        return OK;
    return fail(e, ERR_IO, "the output could not be written: %s", strerror(t->error));
}

/* ---- words ---------------------------------------------------------------------------------- */

void term_add(struct term *t, str ours)
{
    if (t->out.n >= FLUSH_AT)
        term_flush(t);
    buf_add(&t->out, ours);
}

void term_addf(struct term *t, const char *fmt, ...)
{
    char text[512];
    va_list args;
    va_start(args, fmt);
    const int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (n > 0)
        term_add(t, (str){text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1});
}

void term_pad(struct term *t, int columns)
{
    for (; columns > 0; columns--)
        term_add(t, STR(" "));
}

void term_style(struct term *t, enum style style)
{
    static const char *const codes[STYLE_COUNT] = {
        [STYLE_PLAIN] = "\x1b[0m",     [STYLE_SOFT] = "\x1b[0;2m",  [STYLE_STRONG] = "\x1b[0;1m",
        [STYLE_MARK] = "\x1b[0;1;33m", [STYLE_WARN] = "\x1b[0;33m",
    };
    if (t->colour && t->style != style)
        term_add(t, str_of(codes[style]));
    t->style = style;
}

void term_escape(struct buf *out, str foreign)
{
    safe_text(out, foreign, SAFE_LINE);
}

/* Hebrew, Arabic, Syriac, Thaana, N'Ko and their relatives; see DerivedBidiClass.txt, R and AL. */
static bool runs_right_to_left(str text)
{
    while (text.n) {
        const uint32_t cp = utf8_next(&text);
        if ((cp >= 0x0590 && cp <= 0x08FF) || (cp >= 0xFB1D && cp <= 0xFDFF) ||
            (cp >= 0xFE70 && cp <= 0xFEFF) || (cp >= 0x10800 && cp <= 0x10FFF) ||
            (cp >= 0x1E800 && cp <= 0x1EFFF))
            return true;
    }
    return false;
}

void term_safe(struct term *t, str foreign)
{
    const bool isolate = t->tty && runs_right_to_left(foreign);
    if (isolate)
        term_add(t, STR("\u2068")); /* first strong isolate */
    term_escape(&t->out, foreign);
    if (isolate)
        term_add(t, STR("\u2069")); /* pop directional isolate */
}

/* ---- passages ------------------------------------------------------------------------------- */

/* Escaped text and, for each mark, where it starts and ends in it. */
struct escaped {
    struct buf text;
    struct span *marks;
    size_t mark_count;
};

static struct escaped escape_passage(const struct passage *p)
{
    struct escaped out = {.text = buf_new(OUT_MAX), .mark_count = p->mark_count};
    out.marks = p->mark_count ? calloc(p->mark_count, sizeof *out.marks) : NULL;
    if (!out.marks)
        out.mark_count = 0;
    size_t done = 0;
    for (size_t i = 0; i < out.mark_count; i++) {
        const struct span m = p->marks[i];
        safe_text(&out.text, str_sub(p->text, done, m.at - done), SAFE_BLOCK);
        if (p->brackets)
            buf_add_byte(&out.text, '[');
        out.marks[i].at = out.text.n;
        safe_text(&out.text, str_sub(p->text, m.at, m.end - m.at), SAFE_BLOCK);
        out.marks[i].end = out.text.n;
        if (p->brackets)
            buf_add_byte(&out.text, ']');
        done = m.end;
    }
    safe_text(&out.text, str_from(p->text, done), SAFE_BLOCK);
    return out;
}

struct pen {
    struct term *term;
    const struct escaped *source;
    const struct passage *passage;
    size_t mark; /* the first mark that does not end before the pen */
};

/* Writes [at, end) of the escaped text, changing style where marks start and end. */
static void write_run(struct pen *pen, size_t at, size_t end)
{
    const str text = buf_str(&pen->source->text);
    term_style(pen->term, pen->passage->style);
    while (at < end) {
        while (pen->mark < pen->source->mark_count && pen->source->marks[pen->mark].end <= at)
            pen->mark++;
        struct span m = {end, end};
        if (pen->mark < pen->source->mark_count)
            m = pen->source->marks[pen->mark];
        const bool inside = m.at <= at;
        size_t stop = inside ? m.end : m.at;
        stop = stop < end ? stop : end;
        if (inside)
            term_style(pen->term, STYLE_MARK);
        term_add(pen->term, str_sub(text, at, stop - at));
        if (inside)
            term_style(pen->term, pen->passage->style);
        at = stop;
    }
    term_style(pen->term, STYLE_PLAIN);
}

/* How much of `line` goes on one row of the screen: up to a blank, if there is one. */
static size_t row_length(str line, int columns)
{
    const str fits = text_fit(line, columns);
    if (fits.n == line.n)
        return line.n;
    for (size_t n = fits.n; n > 0; n--)
        if (line.p[n] == ' ')
            return n;
    if (fits.n)
        return fits.n;
    str rest = line; /* not even one character fits: it goes alone */
    utf8_next(&rest);
    return line.n - rest.n;
}

static void write_line(struct pen *pen, size_t at, size_t end)
{
    const struct term *t = pen->term;
    const int columns =
        (t->columns < COLUMNS_READABLE ? t->columns : COLUMNS_READABLE) - pen->passage->indent;
    do {
        const str rest = str_sub(buf_str(&pen->source->text), at, end - at);
        const size_t n = t->tty ? row_length(rest, columns) : rest.n;
        if (n)
            term_pad(pen->term, pen->passage->indent);
        write_run(pen, at, at + n);
        term_add(pen->term, STR("\n"));
        at += n;
        while (n < rest.n && at < end && pen->source->text.p[at] == ' ')
            at++;
    } while (at < end);
}

void term_passage(struct term *t, const struct passage *p)
{
    struct escaped source = escape_passage(p);
    struct pen pen = {t, &source, p, 0};
    const str text = buf_str(&source.text);
    size_t at = 0;
    for (;;) {
        const size_t n = str_find_byte(str_from(text, at), '\n');
        const size_t end = n == STR_NONE ? text.n : at + n;
        write_line(&pen, at, end);
        if (n == STR_NONE)
            break;
        at = end + 1;
    }
    free(source.marks);
    buf_free(&source.text);
}
