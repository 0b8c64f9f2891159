/*
 * The ZIP that is attached to an RSMF file. RSMF (Relativity's Short Message Format) is a mail whose
 * first text is made for reading, and whose attachment holds the messages and their files. Only what
 * leads to that attachment is understood here: headers, boundaries, base64. What is no RSMF, or has no
 * such attachment, is left to the importer of e-mail.
 */
#include "bundle_parts.h"

#include "buf.h"
#include "oom.h"

#include <stdlib.h>
#include <string.h>

bool mail_is_rsmf(str prefix, str name)
{
    const bool named = name.n > 5 && str_eq_nocase(str_from(name, name.n - 5), STR(".rsmf"));
    str line;
    for (bool first = true; str_split(&prefix, '\n', &line); first = false) {
        if (!str_trim(line).n)
            return false; /* the headers are over */
        if (str_eq_nocase(str_sub(line, 0, 7), STR("X-RSMF-")))
            return true;
        if (first && str_find_byte(line, ':') == STR_NONE)
            return false;
        if (named && str_eq_nocase(str_sub(line, 0, 13), STR("MIME-Version:")))
            return true;
    }
    return false;
}

/* ---- Lines of a blob -------------------------------------------------------------------------- */

struct mail_lines {
    const struct blob *blob;
    uint64_t at; /* of the window's end */
    char *window;
    size_t begin, end;
};

enum { WINDOW_BYTES = 256 << 10 };

/* The next line without its end, cut where it is longer than the window; false at the end. */
static bool next_line(struct mail_lines *l, str *line)
{
    struct err ignored = {0};
    for (;;) {
        const str window = {l->window + l->begin, l->end - l->begin};
        const size_t lf = str_find_byte(window, '\n');
        size_t got = 0;
        if (lf != STR_NONE) {
            *line = str_sub(window, 0, lf);
            l->begin += lf + 1;
            return true;
        }
        memmove(l->window, window.p, window.n);
        l->begin = 0;
        l->end = window.n;
        if (l->end < WINDOW_BYTES &&
            blob_read(l->blob, l->at, l->window + l->end, WINDOW_BYTES - l->end, &got, &ignored) ==
                OK &&
            got) {
            l->at += got;
            l->end += got;
            continue;
        }
        *line = (str){l->window, l->end};
        l->begin = l->end;
        return line->n > 0;
    }
}

/* ---- base64 ----------------------------------------------------------------------------------- */

static int sextet(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

struct base64 {
    struct buf *out;
    unsigned bits;
    int count;
};

static void decode(struct base64 *d, str line)
{
    for (size_t i = 0; i < line.n; i++) {
        const int value = sextet(line.p[i]);
        if (value < 0)
            continue; /* white space, '=' at the end, and whatever else stands there */
        d->bits = (d->bits << 6 | (unsigned)value) & 0xFFFFFF;
        d->count += 6;
        if (d->count < 8)
            continue;
        d->count -= 8;
        buf_add_byte(d->out, (char)(d->bits >> d->count & 0xFF));
    }
}

/* ---- The walk --------------------------------------------------------------------------------- */

/* The headers of a part, unfolded far enough for three questions. */
struct part {
    bool base64, zip, ended; /* the headers are over */
    bool content_type;       /* the header at hand may name it */
};

static bool holds_nocase(str s, str word)
{
    for (size_t i = 0; i + word.n <= s.n; i++)
        if (str_eq_nocase(str_sub(s, i, word.n), word))
            return true;
    return false;
}

static void read_header(struct part *p, str line)
{
    if (str_eq_nocase(str_sub(line, 0, 26), STR("Content-Transfer-Encoding:")))
        p->base64 = holds_nocase(line, STR("base64"));
    const bool folded = line.n && (line.p[0] == ' ' || line.p[0] == '\t');
    if (!folded)
        p->content_type = str_eq_nocase(str_sub(line, 0, 8), STR("Content-"));
    if (p->content_type && (holds_nocase(line, STR(".zip")) || holds_nocase(line, STR("/zip")) ||
                            holds_nocase(line, STR("zip-compressed"))))
        p->zip = true;
    p->ended = !line.n;
}

enum status mail_attached_zip(const struct blob *mail, char **out, uint64_t *size, struct err *e)
{
    struct mail_lines l = {.blob = mail, .window = oom_alloc(WINDOW_BYTES)};
    struct buf bytes = buf_new(BOX_LOADED_MAX);
    struct base64 d = {.out = &bytes};
    struct part part = {0};
    str line;
    while (next_line(&l, &line)) {
        const str text = str_ends(line, STR("\r")) ? str_sub(line, 0, line.n - 1) : line;
        const bool boundary = str_starts(text, STR("--")) && text.n > 4;
        if (boundary && bytes.n)
            break;
        if (boundary)
            part = (struct part){0};
        else if (!part.ended)
            read_header(&part, text);
        else if (part.zip && part.base64)
            decode(&d, text);
    }
    free(l.window);
    enum status st = OK;
    if (bytes.full)
        st = fail(e, ERR_LIMIT, "the ZIP in this mail has more than 1 GiB");
    else if (!str_starts(buf_str(&bytes), STR("PK")))
        st = fail(e, ERR_MISSING, "there is no ZIP in this mail");
    if (st != OK) {
        buf_free(&bytes);
        return st;
    }
    *out = bytes.p;
    *size = bytes.n;
    return OK;
}
