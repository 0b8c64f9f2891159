/*
 * Records made of lines, one line late: what a line is may depend on the one after it, so a line
 * waits until the next has been seen.
 */
#include "line_records.h"

#include "buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum part {
    PART_NONE,
    PART_RECORD,
    PART_STRAY,    /* lines that continue nothing */
    PART_OVERSIZE, /* the rest of a record that is too long */
};

/* A line that waits. */
struct held {
    struct buf text;
    uint64_t at, number;
    bool any, cut, lossy, guessed, crlf;
};

struct reader {
    const struct line_format *format;
    void *context;
    struct sink *sink;
    struct text_lines *lines;
    struct held held;
    bool goes_on;     /* the held line is a further piece of the one before it */
    bool after_blank; /* the line before the held one */
    bool after_crlf;  /* the same */
    enum part part;
    uint64_t part_at, part_line;
    uint64_t part_end;            /* of a stray or oversize part */
    struct buf text, raw;         /* of the record at hand, blank lines at its end included */
    size_t solid_text, solid_raw; /* without them */
    size_t head;
    bool lossy;
    struct line_note bad, guessed;
};

bool line_is_blank(str text)
{
    return !str_trim(text).n;
}

static struct locus place(uint64_t at, uint64_t length, uint64_t line)
{
    return (struct locus){.at = at, .length = length, .line = line, .member = STR("")};
}

static enum status wrap(struct reader *r, uint64_t at, uint64_t length, struct err *e)
{
    return length ? r->sink->wrapping(r->sink, at, length, e) : OK;
}

/* --- Parts ------------------------------------------------------------------------------------- */

static enum status end_record(struct reader *r, bool cut, struct err *e)
{
    const struct line_record record = {
        .text = str_sub(buf_str(&r->text), 0, r->solid_text),
        .head = r->head,
        .raw = str_sub(buf_str(&r->raw), 0, r->solid_raw),
        .at = r->part_at,
        .line = r->part_line,
        .lossy = r->lossy,
        .cut = cut,
    };
    const enum status st = r->format->record(r->context, &record, e);
    return st == OK ? wrap(r, r->part_at + r->solid_raw, r->raw.n - r->solid_raw, e) : st;
}

static enum status tell_range(struct reader *r, const char *code, str what, str way_out,
                              struct err *e)
{
    const struct issue i = {
        .severity = ISSUE_WARN,
        .code = code,
        .what = what,
        .way_out = way_out,
        .locus = place(r->part_at, r->part_end - r->part_at, r->part_line),
        .covers = true,
    };
    return r->sink->issue(r->sink, &i, e);
}

static enum status end_part(struct reader *r, struct err *e)
{
    const enum part part = r->part;
    r->part = PART_NONE;
    switch (part) {
    case PART_NONE: return OK;
    case PART_RECORD: return end_record(r, false, e);
    case PART_STRAY:
        return tell_range(
            r, "strayText", STR("These lines belong to no message."),
            STR("Look at the file there; if they are messages, the file may be damaged "
                "or of another format (--format names one)."),
            e);
    case PART_OVERSIZE:
        return tell_range(r, "oversize", STR("The rest of a record that is too long to be kept."),
                          STR("Look at the file there: the beginning of the record was kept."), e);
    }
    return OK;
}

static void add_line(struct reader *r, str raw, bool blank)
{
    if (r->raw.n && !r->goes_on)
        buf_add_byte(&r->text, '\n');
    buf_add(&r->text, buf_str(&r->held.text));
    buf_add(&r->raw, raw);
    if (!blank) {
        r->solid_text = r->text.n;
        r->solid_raw = r->raw.n;
        r->lossy |= r->held.lossy;
    }
}

static void begin_record(struct reader *r, str raw)
{
    r->part = PART_RECORD;
    r->part_at = r->held.at;
    r->part_line = r->held.number;
    buf_clear(&r->text);
    buf_clear(&r->raw);
    r->solid_text = r->solid_raw = 0;
    r->lossy = false;
    add_line(r, raw, false);
    r->head = r->text.n;
}

static bool fits(const struct reader *r, str raw)
{
    return r->text.n + r->held.text.n < LINE_RECORD_MAX && r->raw.n + raw.n < LINE_RECORD_MAX;
}

static void begin_range(struct reader *r, enum part part)
{
    r->part = part;
    r->part_at = r->held.at;
    r->part_line = r->held.number;
}

static enum status go_on(struct reader *r, str raw, bool blank, struct err *e)
{
    enum status st = OK;
    if (r->part == PART_NONE && blank)
        return wrap(r, r->held.at, raw.n, e);
    if (r->part == PART_RECORD && fits(r, raw)) {
        add_line(r, raw, blank);
        return OK;
    }
    if (r->part == PART_RECORD) {
        st = end_record(r, true, e);
        begin_range(r, PART_OVERSIZE);
    } else if (r->part == PART_NONE) {
        begin_range(r, PART_STRAY);
    }
    r->part_end = r->held.at + raw.n;
    return st;
}

/* --- Lines ------------------------------------------------------------------------------------- */

static void note_characters(struct reader *r)
{
    const struct line_record line = {.at = r->held.at, .raw = {"", 0}, .line = r->held.number};
    if (r->held.lossy)
        line_note_add(&r->bad, &line);
    if (r->held.guessed)
        line_note_add(&r->guessed, &line);
}

/* The held line has got its raw bytes, and what comes after it is known. */
static enum status settle(struct reader *r, str raw, str next, struct err *e)
{
    const str text = buf_str(&r->held.text);
    note_characters(r);
    const bool blank = line_is_blank(text);
    if (r->goes_on)
        return r->part == PART_NONE ? wrap(r, r->held.at, raw.n, e) : go_on(r, raw, blank, e);
    const struct line_at l = {.text = text,
                              .next = next,
                              .number = r->held.number,
                              .after_blank = r->after_blank,
                              .after_crlf = r->after_crlf};
    r->after_blank = blank;
    const enum line_role role = blank ? LINE_GOES_ON : r->format->role(r->context, &l);
    if (role == LINE_GOES_ON)
        return go_on(r, raw, blank, e);
    enum status st = end_part(r, e);
    if (st != OK)
        return st;
    if (role == LINE_BEGINS) {
        begin_record(r, raw);
        return OK;
    }
    st = r->format->wrapping ? r->format->wrapping(r->context, &l, e) : OK;
    return st == OK ? wrap(r, r->held.at, raw.n, e) : st;
}

static enum status settle_held(struct reader *r, str next, struct err *e)
{
    if (!r->held.any)
        return OK;
    uint64_t at;
    const str raw = text_lines_marked(r->lines, &at);
    const enum status st = settle(r, raw, r->held.cut ? STR("") : next, e);
    r->after_crlf = r->held.crlf;
    return st;
}

static void hold(struct reader *r, const struct text_line *line)
{
    struct held *h = &r->held;
    r->goes_on = h->any && h->cut;
    buf_clear(&h->text);
    buf_add(&h->text, line->text);
    h->at = line->at;
    h->number = line->number;
    h->cut = line->cut;
    h->lossy = line->lossy;
    h->guessed = line->guessed;
    h->crlf = line->crlf;
    h->any = true;
    text_lines_mark(r->lines);
}

static enum status read_lines(struct reader *r, struct err *e)
{
    enum status st = wrap(r, 0, text_lines_bom(r->lines), e);
    struct text_line line;
    enum step step = STEP_ROW;
    while (st == OK && (step = text_lines_next(r->lines, &line, e)) == STEP_ROW) {
        st = settle_held(r, line.text, e);
        hold(r, &line);
    }
    if (step == STEP_ERROR)
        return e->code;
    if (st == OK)
        st = settle_held(r, STR(""), e);
    return st == OK ? end_part(r, e) : st;
}

static enum status tell_characters(struct reader *r, struct err *e)
{
    static const struct line_note_words bad = {
        ISSUE_WARN, "badText",
        "line holds bytes that are no characters in this encoding; U+FFFD stands in their place.",
        "lines hold bytes that are no characters in this encoding; U+FFFD stands in their place.",
        "The original bytes stay available; `is:lossy` finds the messages."};
    static const struct line_note_words guessed = {
        ISSUE_NOTE, "mixedCharset",
        "line is not UTF-8, unlike the rest, and was read as Windows-1252.",
        "lines are not UTF-8, unlike the rest, and were read as Windows-1252.",
        "If names or words look wrong there, they were written in yet another encoding."};
    enum status st = line_note_tell(r->sink, &r->bad, &bad, e);
    if (st == OK)
        st = line_note_tell(r->sink, &r->guessed, &guessed, e);
    const str charset = str_of(text_lines_charset(r->lines));
    if (st != OK || str_starts(charset, STR("UTF-")))
        return st;
    char what[160];
    const int n =
        snprintf(what, sizeof what, "The text is not UTF-8 and was read as %.60s.", charset.p);
    const struct issue i = {
        .severity = ISSUE_NOTE,
        .code = "charset",
        .what = {what, (size_t)n},
        .way_out =
            STR("If names or words look wrong, convert the file to UTF-8 and import the copy."),
        .locus = place(0, 0, 0),
    };
    return r->sink->issue(r->sink, &i, e);
}

enum status line_records(struct source *source, struct sink *sink, const struct line_format *format,
                         void *context, struct err *e)
{
    struct reader r = {
        .format = format,
        .context = context,
        .sink = sink,
        .held.text = buf_new(BUF_MESSAGE_MAX),
        .after_blank = true,
        .after_crlf = true,
        .text = buf_new(BUF_MESSAGE_MAX),
        .raw = buf_new(BUF_MESSAGE_MAX),
    };
    enum status st = text_lines_open(&r.lines, source, &format->how, e);
    if (st == OK)
        st = read_lines(&r, e);
    if (st == OK)
        st = tell_characters(&r, e);
    text_lines_close(r.lines);
    buf_free(&r.held.text);
    buf_free(&r.text);
    buf_free(&r.raw);
    return st;
}

/* --- Looking ahead ----------------------------------------------------------------------------- */

static enum status look_at_lines(struct text_lines *lines, struct buf *held,
                                 bool (*look)(void *context, const struct line_at *l),
                                 void *context, struct err *e)
{
    struct line_at l = {.after_blank = true};
    bool more = true, after_blank = true, any = false, after_crlf = true, crlf = true;
    struct text_line line;
    enum step step = STEP_DONE;
    while (more && (step = text_lines_next(lines, &line, e)) == STEP_ROW) {
        l.text = buf_str(held);
        l.next = line.text;
        l.after_blank = after_blank;
        l.after_crlf = after_crlf;
        if (any) {
            after_blank = line_is_blank(l.text);
            more = after_blank || look(context, &l);
        }
        after_crlf = crlf;
        crlf = line.crlf;
        buf_clear(held);
        buf_add(held, line.text);
        l.number = line.number;
        any = true;
    }
    if (step == STEP_ERROR)
        return e->code;
    l.text = buf_str(held);
    l.next = STR("");
    l.after_blank = after_blank;
    l.after_crlf = after_crlf;
    if (more && any && !line_is_blank(l.text))
        look(context, &l);
    return OK;
}

enum status line_look(struct source *source, const struct text_lines_how *how,
                      bool (*look)(void *context, const struct line_at *l), void *context,
                      struct err *e)
{
    struct source *twin = NULL;
    struct text_lines *lines = NULL;
    struct buf held = buf_new(BUF_MESSAGE_MAX);
    enum status st = source_twin(source, &twin, e);
    if (st == OK)
        st = text_lines_open(&lines, twin, how, e);
    if (st == OK)
        st = look_at_lines(lines, &held, look, context, e);
    text_lines_close(lines);
    source_close(twin);
    buf_free(&held);
    return st;
}

/* --- For formats ------------------------------------------------------------------------------- */

struct message line_message(const struct line_record *r)
{
    struct message m = message_empty();
    m.locus = place(r->at, r->raw.n, r->line);
    m.raw = r->raw;
    m.flags = r->lossy || r->cut ? FLAG_LOSSY : 0;
    return m;
}

void line_note_add(struct line_note *n, const struct line_record *r)
{
    if (!n->count++)
        n->first = place(r->at, r->raw.n, r->line);
}

enum status line_note_tell(struct sink *sink, const struct line_note *n,
                           const struct line_note_words *words, struct err *e)
{
    if (!n->count)
        return OK;
    char what[400];
    const int length = snprintf(what, sizeof what, "%" PRIu64 " %s", n->count,
                                n->count == 1 ? words->one : words->many);
    const struct issue i = {
        .severity = words->severity,
        .code = words->code,
        .what = {what, (size_t)length},
        .way_out = str_of(words->way_out),
        .locus = n->first,
    };
    return sink->issue(sink, &i, e);
}

const char *line_charset(struct source *source)
{
    str window;
    struct err ignored = {0};
    if (source_peek(source, 64, &window, &ignored) != OK)
        return NULL;
    window = str_sub(window, 0, 64);
    const bool wide = str_find_byte(window, '\0') != STR_NONE ||
                      str_starts(window, STR("\xFF\xFE")) || str_starts(window, STR("\xFE\xFF"));
    return wide ? NULL : "UTF-8";
}

str line_source_path(const struct source *source, const struct import_options *options)
{
    const str here = siblings_here(options->siblings);
    return here.n ? here : source_name(source);
}

bool path_pop(str *path, str *part)
{
    while (str_ends(*path, STR("/")))
        path->n--;
    size_t at = path->n;
    while (at > 0 && path->p[at - 1] != '/')
        at--;
    *part = str_from(*path, at);
    path->n = at;
    while (str_ends(*path, STR("/")))
        path->n--;
    return part->n > 0;
}

static bool is_extension(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const char lower = (char)(s.p[i] | 0x20);
        if ((lower < 'a' || lower > 'z') && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
    }
    return s.n > 0 && s.n <= 5;
}

str path_stem(str path)
{
    str name;
    if (!path_pop(&path, &name))
        return STR("");
    size_t dot = name.n;
    while (dot > 0 && name.p[dot - 1] != '.')
        dot--;
    return dot > 1 && is_extension(str_from(name, dot)) ? str_sub(name, 0, dot - 1) : name;
}
