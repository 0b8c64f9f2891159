/*
 * Stet's own JSON Lines: what `stet export` wrote, taken into an archive again. Each line is an object
 * whose first member says what it is: the header (the first line), a source, a conversation, or a
 * message. Format: docs/formats/stet-jsonl.md; its writer is src/publish/jsonl.c.
 *
 * Quirks: none, it is ours. But files are cut off, cut together and edited by hand: the header says how
 * many messages there should be, and a line that is not exactly what Stet writes is refused by itself.
 */
#include "stet_jsonl.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FORMAT_VERSION = 1, LINE_ASK = 64 << 10 };

enum line_kind {
    LINE_HEADER,
    LINE_SOURCE,
    LINE_CONVERSATION,
    LINE_MESSAGE,
    LINE_BLANK,
    LINE_OTHER
};

struct reader {
    struct source *source;
    struct sink *sink;
    struct json_doc *doc;
    struct arena arena;
    uint64_t at, line; /* of the line at hand */
    uint64_t records;  /* messages and refused lines so far */
    uint64_t promised; /* by headers */
    bool has_header, later_version, in_long_line;
};

/* ---- lines ------------------------------------------------------------------------------------ */

static enum line_kind kind_of(str line)
{
    static const struct {
        str begins;
        enum line_kind kind;
    } kinds[] = {
        {STR_INIT("{\"type\":\"message\","), LINE_MESSAGE},
        {STR_INIT("{\"type\":\"conversation\","), LINE_CONVERSATION},
        {STR_INIT("{\"type\":\"source\","), LINE_SOURCE},
        {STR_INIT("{\"stet\":"), LINE_HEADER},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_starts(line, kinds[i].begins))
            return kinds[i].kind;
    }
    return line.n ? LINE_OTHER : LINE_BLANK;
}

/* The next line with its end, whole however long it is up to the largest window; *line is empty at the
   end of the source. */
static enum status next_line(struct reader *r, str *line, bool *whole, struct err *e)
{
    str window;
    size_t want = LINE_ASK;
    for (;; want *= 2) {
        if (want > SOURCE_WINDOW_MAX)
            want = SOURCE_WINDOW_MAX;
        const enum status st = source_peek(r->source, want, &window, e);
        if (st != OK)
            return st;
        const size_t end = str_find_byte(window, '\n');
        *whole = true;
        *line = end == STR_NONE ? window : str_sub(window, 0, end + 1);
        if (end != STR_NONE || window.n < want)
            return OK;
        *whole = false;
        if (want == SOURCE_WINDOW_MAX)
            return OK;
    }
}

static struct locus locus_of(const struct reader *r, str line)
{
    return (struct locus){.at = r->at, .length = line.n, .line = r->line, .member = STR("")};
}

static enum status complain(struct reader *r, str line, enum issue_severity severity,
                            const char *code, str what, struct err *e)
{
    const struct issue i = {
        .severity = severity,
        .code = code,
        .what = what,
        .way_out =
            STR("export again from the archive that wrote this file; do not edit it by hand"),
        .locus = locus_of(r, line),
        .covers = true,
    };
    return r->sink->issue(r->sink, &i, e);
}

/* A line that should be a message and is none. */
static enum status refuse(struct reader *r, str line, const char *code, str what, struct err *e)
{
    r->records++;
    return complain(r, line, ISSUE_ERROR, code, what, e);
}

/* ---- what lines say --------------------------------------------------------------------------- */

static enum status take_header(struct reader *r, const struct json_value *v, struct err *e)
{
    int64_t version = 0, records = 0;
    if (!jv_int(jv_get(v, "stet"), &version) || version < 1 ||
        !jv_int(jv_get(v, "records"), &records) || records < 0)
        return OK; /* a first line of another kind of output: nothing is promised */
    r->has_header = true;
    r->promised += (uint64_t)records;
    if (version <= FORMAT_VERSION || r->later_version)
        return OK;
    r->later_version = true;
    const struct issue i = {
        .severity = ISSUE_WARN,
        .code = "laterVersion",
        .what = STR("a later Stet wrote this file: it may say things that this one does not read"),
        .way_out = STR("import it with the Stet that wrote it"),
        .locus = {.at = r->at, .line = r->line, .member = STR("")},
    };
    return r->sink->issue(r->sink, &i, e);
}

static enum status take_conversation(struct reader *r, const struct json_value *v, struct err *e)
{
    const struct conversation c = {.key = jv_str(jv_get(v, "key")),
                                   .title = jv_str(jv_get(v, "title")),
                                   .platform = jv_str(jv_get(v, "platform")),
                                   .type = jv_str(jv_get(v, "kind")),
                                   .loose = jv_bool(jv_get(v, "loose"))};
    return c.key.n ? r->sink->conversation(r->sink, &c, e) : OK;
}

static enum status take_message(struct reader *r, str line, const struct json_value *v,
                                struct err *e)
{
    struct message m = message_empty();
    const char *wrong = stet_jsonl_message(v, &r->arena, &m);
    if (wrong)
        return refuse(r, line, "notWhatStetWrites",
                      arena_printf(&r->arena, "\"%s\" of this line is not what Stet writes", wrong),
                      e);
    if (json_doc_mends(r->doc)->lossy)
        return refuse(r, line, "notWhatStetWrites", STR("this line holds what is no character"), e);
    m.locus = locus_of(r, line);
    m.raw = line;
    r->records++;
    return r->sink->message(r->sink, &m, e);
}

/* `line` is without its end. */
static enum status take_line(struct reader *r, str line, struct err *e)
{
    const enum line_kind kind = kind_of(line);
    const struct json_value *v = NULL;
    struct err why = {.code = OK};
    arena_clear(&r->arena);
    if (kind == LINE_BLANK)
        return OK;
    if (kind == LINE_OTHER)
        return refuse(r, line, "noStetLine", STR("this line is none that Stet writes"), e);
    if (json_doc_read(r->doc, line, &v, &why) != OK) {
        const str what = arena_printf(&r->arena, "this line is no JSON: %s", why.msg);
        return kind == LINE_MESSAGE ? refuse(r, line, "brokenJson", what, e)
                                    : complain(r, line, ISSUE_WARN, "brokenJson", what, e);
    }
    if (kind == LINE_MESSAGE)
        return take_message(r, line, v, e);
    enum status st = r->sink->wrapping(r->sink, r->at, line.n, e);
    if (st == OK && kind == LINE_HEADER)
        st = take_header(r, v, e);
    if (st == OK && kind == LINE_CONVERSATION)
        st = take_conversation(r, v, e);
    return st;
}

static enum status check_promise(struct reader *r, struct err *e)
{
    char what[200];
    if (!r->has_header || r->promised == r->records)
        return OK;
    snprintf(what, sizeof what,
             "the file says that it holds %" PRIu64 " messages and events, %" PRIu64 " are here",
             r->promised, r->records);
    const struct issue i = {
        .severity = ISSUE_WARN,
        .code = "otherCount",
        .what = str_of(what),
        .way_out = STR("it was cut off or changed: export again from the archive that wrote it"),
        .locus = {.member = STR("")},
    };
    return r->sink->issue(r->sink, &i, e);
}

/* A line that does not fit the largest window is refused with its first piece. */
static enum status read_piece(struct reader *r, str piece, bool last, struct err *e)
{
    const bool first = !r->in_long_line;
    r->in_long_line = !last;
    return first ? refuse(r, piece, "lineTooLong", STR("this line is too long"), e)
                 : r->sink->wrapping(r->sink, r->at, piece.n, e);
}

/* The line's end, LF or CRLF, is structure. */
static enum status read_line(struct reader *r, str line, bool whole, struct err *e)
{
    if (!whole || r->in_long_line)
        return read_piece(r, line, whole, e);
    size_t n = line.n;
    if (n && line.p[n - 1] == '\n')
        n--;
    if (n < line.n && n && line.p[n - 1] == '\r')
        n--;
    const enum status st = take_line(r, str_sub(line, 0, n), e);
    return st == OK && n < line.n ? r->sink->wrapping(r->sink, r->at + n, line.n - n, e) : st;
}

static enum status read_all(struct reader *r, struct err *e)
{
    for (;;) {
        str line;
        bool whole;
        r->at = source_at(r->source);
        r->line++;
        enum status st = next_line(r, &line, &whole, e);
        if (st != OK || !line.n)
            return st == OK ? check_promise(r, e) : st;
        st = read_line(r, line, whole, e);
        if (st != OK)
            return st;
        source_advance(r->source, line.n);
    }
}

static enum status read_stet_jsonl(struct source *source, const struct import_options *options,
                                   struct sink *sink, struct err *e)
{
    struct reader r = {.source = source, .sink = sink, .doc = json_doc_new()};
    (void)options; /* the file knows its zones */
    const enum status st = read_all(&r, e);
    json_doc_free(r.doc);
    arena_free(&r.arena);
    return st;
}

/* ---- bid and counter -------------------------------------------------------------------------- */

static int bid(str prefix, str name)
{
    (void)name;
    str line;
    if (str_split(&prefix, '\n', &line) && str_starts(line, STR("{\"stet\":")) &&
        str_find(line, STR("\"type\":\"export\"")) != STR_NONE)
        return BID_SURE;
    return BID_NO;
}

/* Lines that are neither blank nor begin as the three kinds without a record do. state[0]: bytes of the
   line's head in `line`, which is enough to tell; a CR that may end the line is put off. */
static bool head_is_record(const struct counter *c)
{
    static const char *const others[] = {"{\"type\":\"conversation\",", "{\"type\":\"source\",",
                                         "{\"stet\":"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (c->state[0] >= strlen(others[i]) && memcmp(c->line, others[i], strlen(others[i])) == 0)
            return false;
    }
    return c->state[0] > 1 || (c->state[0] == 1 && c->line[0] != '\r');
}

static void count(struct counter *c, str bytes)
{
    const bool end = bytes.n == 0;
    for (size_t i = 0; i < bytes.n; i++) {
        if (bytes.p[i] != '\n') {
            if (c->state[0] < sizeof c->line)
                c->line[c->state[0]++] = bytes.p[i];
            continue;
        }
        c->records += head_is_record(c);
        c->state[0] = 0;
    }
    if (end) {
        c->records += c->state[0] == 1 || head_is_record(c);
        c->state[0] = 0;
    }
}

const struct importer importer_stet_jsonl = {
    .name = "stet-jsonl",
    .title = "JSON Lines of Stet",
    .where = "what `stet export` wrote",
    .version = "1",
    .bid = bid,
    .read = read_stet_jsonl,
    .count = count,
};
