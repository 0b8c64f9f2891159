/*
 * A group chat release as a text file: "[2016-03-02 09:41:07] <name> text", one message a line,
 * lines without a stamp continuing it. Newsrooms and archives hand such files round; they are made
 * from the web page of the publisher (release_html.c) by copying its text.
 *
 * Quirks: a message's text may hold anything, blank lines and look-alikes of a stamp included;
 * events have no stamp; the last line is the number of the latest tweet.
 */
#include "release.h"

#include "lines.h"
#include "text_lines.h"

#include <string.h>

/* What the lines since the mark are part of. */
enum part { PART_PREAMBLE, PART_RECORD, PART_OVERSIZE };

struct reader {
    struct release release;
    struct lines lines;
    struct buf text; /* a body that is not the source's bytes as they are */
    enum part part;
    enum release_head head;
    uint64_t part_at, part_line; /* of the mark */
    uint64_t oversize_at;
    bool cut; /* the line before this one goes on in it */
};

static enum status wrap(struct reader *r, uint64_t at, uint64_t length, struct err *e)
{
    struct sink *sink = r->release.sink;
    return length ? sink->wrapping(sink, at, length, e) : OK;
}

/* CRLF is a line end like LF: it stands as LF inside a text. */
static str lf_ends(struct buf *out, str text)
{
    buf_clear(out);
    for (str rest = text; rest.n;) {
        const size_t cr = str_find(rest, STR("\r\n"));
        buf_add(out, cr == STR_NONE ? rest : str_sub(rest, 0, cr));
        rest = cr == STR_NONE ? STR("") : str_from(rest, cr + 1);
    }
    return buf_str(out);
}

static void set_body(struct reader *r, struct release_block *b, str solid)
{
    const bool crlf = str_find_byte(solid, '\r') != STR_NONE;
    if (!repair_needed(solid)) {
        b->body = crlf ? lf_ends(&r->text, solid) : solid;
        return;
    }
    struct buf repaired = buf_new(BUF_MESSAGE_MAX);
    repair_text(&repaired, solid, b->at, &b->repair);
    b->cut = repaired.full;
    b->body = lf_ends(&r->text, buf_str(&repaired));
    buf_free(&repaired);
}

/* A block is its solid part, with the end of the last line, and the blank lines after it. */
static enum status end_part(struct reader *r, bool last, struct err *e)
{
    uint64_t at;
    const str block = lines_marked(&r->lines, &at);
    if (r->part == PART_OVERSIZE)
        return release_tell(&r->release, NOTE_OVERSIZE,
                            release_locus(r->oversize_at, at + block.n - r->oversize_at, 0), e);

    str solid = release_trim_end(block);
    if (last) { /* the number of the latest tweet ends the file */
        size_t line = solid.n;
        while (line > 0 && solid.p[line - 1] != '\n')
            line--;
        if (release_is_latest(str_from(solid, line)))
            solid = release_trim_end(str_sub(solid, 0, line));
    }
    const size_t line_end = str_find_byte(str_from(block, solid.n), '\n');
    const size_t used = !solid.n ? 0 : line_end == STR_NONE ? block.n : solid.n + line_end + 1;

    enum status st = OK;
    if (r->part == PART_PREAMBLE && used)
        st = release_tell(&r->release, NOTE_PREAMBLE, release_locus(at, used, 0), e);
    if (r->part == PART_RECORD) {
        struct release_block b = {
            .head = r->head, .raw = str_sub(block, 0, used), .at = at, .line = r->part_line};
        set_body(r, &b, solid);
        st = release_add(&r->release, &b, e);
    }
    return st == OK ? wrap(r, at + used, block.n - used, e) : st;
}

static void begin_part(struct reader *r, enum part part, enum release_head head,
                       const struct line *line)
{
    lines_mark(&r->lines);
    r->part = part;
    r->head = head;
    r->part_at = line->at;
    r->part_line = line->number;
}

static enum status on_line(struct reader *r, const struct line *line, struct err *e)
{
    const enum release_head head = r->cut ? HEAD_NONE : release_head_of(line->text);
    r->cut = line->cut;
    if (head != HEAD_NONE) {
        const enum status st = end_part(r, false, e);
        begin_part(r, PART_RECORD, head, line);
        return st;
    }
    if (r->part == PART_OVERSIZE) {
        lines_mark(&r->lines); /* nothing of it needs to be kept */
        return OK;
    }
    if (line->at + line->bytes - r->part_at <= RELEASE_RECORD_MAX)
        return OK;
    const enum status st = end_part(r, false, e);
    begin_part(r, PART_OVERSIZE, HEAD_NONE, line);
    r->oversize_at = line->at;
    return st;
}

/* Bids see UTF-16 decoded; this reader does not decode. */
static enum status refuse_utf16(struct source *source, struct err *e)
{
    char room[64];
    str window;
    const enum status st = source_peek(source, BID_PREFIX_BYTES, &window, e);
    if (st != OK || text_prefix(str_sub(window, 0, BID_PREFIX_BYTES), room, sizeof room).p != room)
        return st;
    fail(e, ERR_FORMAT, "“" STR_FMT "” is a release in UTF-16", STR_ARG(source_name(source)));
    return fail_hint(e,
                     "Convert a copy: iconv -f UTF-16 -t UTF-8 FILE > COPY, then import the copy.");
}

/* A byte order mark is wrapping; the lines begin behind it. */
static enum status skip_mark(struct reader *r, struct source *source, struct err *e)
{
    str window;
    const enum status st = source_peek(source, 3, &window, e);
    if (st != OK || !str_starts(window, STR("\xEF\xBB\xBF")))
        return st;
    source_advance(source, 3);
    return wrap(r, 0, 3, e);
}

static enum status read_lines(struct reader *r, struct source *source, struct err *e)
{
    enum status st = refuse_utf16(source, e);
    if (st == OK)
        st = skip_mark(r, source, e);
    if (st != OK)
        return st;
    r->lines = lines_of(source);
    struct line line;
    enum step step = lines_next(&r->lines, &line, e);
    if (step == STEP_ROW)
        begin_part(r, PART_PREAMBLE, HEAD_NONE, &line);
    const bool any = step == STEP_ROW;
    for (; step == STEP_ROW && st == OK; step = st == OK ? lines_next(&r->lines, &line, e) : step)
        st = on_line(r, &line, e);
    if (step == STEP_ERROR)
        return e->code;
    if (st == OK && any)
        st = end_part(r, true, e);
    return st == OK ? release_end(&r->release, source_size(source), e) : st;
}

static enum status read_text(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    struct reader r = {
        .release = release_to(sink, options, source),
        .text = buf_new(BUF_MESSAGE_MAX),
    };
    const enum status st = read_lines(&r, source, e);
    buf_free(&r.text);
    release_free(&r.release);
    return st;
}

static int bid_text(str prefix, str name)
{
    (void)name;
    if (str_starts(prefix, STR("\xEF\xBB\xBF")))
        prefix = str_from(prefix, 3);
    bool first = true;
    int bid = BID_NO;
    for (str line; str_split(&prefix, '\n', &line);) {
        if (!str_trim(line).n)
            continue;
        const enum release_head head = release_head_of(line);
        if (head != HEAD_NONE && first)
            return BID_SURE;
        if (head == HEAD_MESSAGE)
            return BID_LIKELY;
        if (head == HEAD_EVENT)
            bid = BID_MAYBE;
        first = false;
    }
    return bid;
}

const struct importer importer_release_text = {
    .name = "release-text",
    .title = "Group chat release, text",
    .where = "a text file that a publisher put out, or the text of its page, copied and saved",
    .version = "1",
    .bid = bid_text,
    .read = read_text,
    .count = release_count_text,
};
