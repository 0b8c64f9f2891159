/*
 * Reading records of JSON under the conservation law: structure is wrapping, what is broken is an
 * issue for its bytes, and what had to be mended in values is told once a source, with a count.
 */
#include "json_records.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What was mended: in how many records, and where first. */
enum mend { MEND_UTF8, MEND_SURROGATE, MEND_ESCAPE, MEND_CONTROL, MEND_KEYS, MEND_COUNT };

struct mend_note {
    uint64_t records;
    struct locus first;
};

struct reader {
    struct sink *sink; /* NULL: only looking ahead */
    const struct json_format *format;
    void *context;
    struct json_doc *doc;
    struct mend_note mends[MEND_COUNT];
};

static bool is_record(const struct reader *r, int path)
{
    return path >= 0 && r->format->records >> path & 1;
}

static struct locus place(uint64_t at, uint64_t length, uint64_t line)
{
    return (struct locus){.at = at, .length = length, .line = line};
}

struct message json_message(const struct json_part *p, const struct json_mends *mends)
{
    struct message m = message_empty();
    m.locus = place(p->at, p->raw.n, p->line);
    m.raw = p->raw;
    if (mends && mends->lossy)
        m.flags |= FLAG_LOSSY;
    return m;
}

enum status json_refuse(struct sink *sink, const struct json_part *p, const char *code, str what,
                        struct err *e)
{
    return sink->issue(sink,
                       &(struct issue){
                           .severity = ISSUE_ERROR,
                           .code = code,
                           .what = what,
                           .way_out = STR("Look at the file there: the bytes are listed, not "
                                          "stored as a message."),
                           .locus = place(p->at, p->raw.n, p->line),
                           .covers = true,
                       },
                       e);
}

/* --- Mends ------------------------------------------------------------------------------------- */

static void note_mends(struct reader *r, const struct json_part *p)
{
    const struct json_mends *m = json_doc_mends(r->doc);
    const uint64_t counts[MEND_COUNT] = {
        [MEND_UTF8] = m->bad_utf8,       [MEND_SURROGATE] = m->lone_surrogates,
        [MEND_ESCAPE] = m->bad_escapes,  [MEND_CONTROL] = m->controls,
        [MEND_KEYS] = m->duplicate_keys,
    };
    for (size_t i = 0; i < MEND_COUNT; i++)
        if (counts[i] && !r->mends[i].records++)
            r->mends[i].first = place(p->at, p->raw.n, p->line);
}

static enum status tell_mends(struct reader *r, struct err *e)
{
    static const struct {
        enum issue_severity severity;
        const char *code, *what;
        str way_out;
    } notes[MEND_COUNT] = {
        [MEND_UTF8] = {ISSUE_WARN, "badUtf8", "with bytes that are not UTF-8, shown as U+FFFD",
                       STR_INIT("The original bytes stay available with each message.")},
        [MEND_SURROGATE] = {ISSUE_WARN, "loneSurrogate",
                            "with half of a character (a lone surrogate), shown as U+FFFD",
                            STR_INIT("The exporter cut a character in two; nothing can tell which "
                                     "one it was.")},
        [MEND_ESCAPE] = {ISSUE_NOTE, "badEscape",
                         "with escapes that JSON does not know, read as they are meant",
                         STR_INIT("Nothing needs to be done.")},
        [MEND_CONTROL] = {ISSUE_NOTE, "rawControl",
                          "with control characters that JSON wants escaped; they were kept",
                          STR_INIT("Nothing needs to be done.")},
        [MEND_KEYS] = {ISSUE_WARN, "duplicateKey",
                       "with a member that stands there twice; the first one counted",
                       STR_INIT("No exporter writes this: ask who edited the file.")},
    };
    enum status st = OK;
    for (size_t i = 0; i < MEND_COUNT && st == OK; i++) {
        char what[160];
        const uint64_t n = r->mends[i].records;
        snprintf(what, sizeof what, "%" PRIu64 " record%s %s", n, n == 1 ? "" : "s", notes[i].what);
        if (n)
            st = r->sink->issue(r->sink,
                                &(struct issue){.severity = notes[i].severity,
                                                .code = notes[i].code,
                                                .what = str_of(what),
                                                .way_out = notes[i].way_out,
                                                .locus = r->mends[i].first},
                                e);
    }
    return st;
}

/* --- The walk's handlers ----------------------------------------------------------------------- */

static enum status on_broken(void *context, uint64_t at, uint64_t length, int path, const char *why,
                             struct err *e)
{
    struct reader *r = context;
    char what[160];
    const bool record = is_record(r, path);
    if (!length)
        snprintf(what, sizeof what, "The file is not complete: %s.", why);
    else
        snprintf(what, sizeof what, "%s cannot be read: %s.",
                 record ? "A record" : "A part of the file", why);
    return r->sink->issue(
        r->sink,
        &(struct issue){.severity = record ? ISSUE_ERROR : ISSUE_WARN,
                        .code = !length  ? "truncated"
                                : record ? "brokenRecord"
                                         : "brokenJson",
                        .what = str_of(what),
                        .way_out = STR("Look at the file there; was its download or export "
                                       "complete?"),
                        .locus = place(at, length, 0),
                        .covers = length > 0},
        e);
}

static enum status on_structure(void *context, uint64_t at, uint64_t length, struct err *e)
{
    struct reader *r = context;
    return r->sink->wrapping(r->sink, at, length, e);
}

static enum status refuse_part(struct reader *r, const struct json_part *p, const struct err *why,
                               struct err *e)
{
    char what[200];
    snprintf(what, sizeof what, "A record cannot be read: %.150s.", why->msg);
    return json_refuse(r->sink, p, "brokenRecord", str_of(what), e);
}

static enum status on_part(void *context, const struct json_part *p, struct err *e)
{
    struct reader *r = context;
    const bool record = is_record(r, p->path);
    if (record && !r->sink)
        return OK;
    if (!p->raw.n)
        return r->format->part(r->context, p, NULL, NULL, e);
    const struct json_value *v;
    struct err why = {0};
    const bool good = json_doc_read(r->doc, p->raw, &v, &why) == OK;
    if (record && !good)
        return refuse_part(r, p, &why, e);
    if (record)
        note_mends(r, p);
    else if (r->sink) {
        const enum status st = r->sink->wrapping(r->sink, p->at, p->raw.n, e);
        if (st != OK)
            return st;
    }
    return good ? r->format->part(r->context, p, v, json_doc_mends(r->doc), e) : OK;
}

/* --- Readings ---------------------------------------------------------------------------------- */

enum status json_records(struct source *source, struct sink *sink, const struct json_format *format,
                         void *context, struct err *e)
{
    struct reader r = {.sink = sink, .format = format, .context = context, .doc = json_doc_new()};
    const struct json_walk_handler handler = {
        .paths = format->paths,
        .prologue = format->prologue,
        .part = on_part,
        .structure = on_structure,
        .broken = on_broken,
    };
    enum status st = json_walk(source, &handler, &r, e);
    if (st == OK)
        st = tell_mends(&r, e);
    json_doc_free(r.doc);
    return st;
}

enum status json_look_ahead(struct source *source, const struct json_format *format, void *context,
                            struct err *e)
{
    struct source *twin;
    enum status st = source_twin(source, &twin, e);
    if (st != OK)
        return st;
    struct reader r = {.format = format, .context = context, .doc = json_doc_new()};
    const struct json_walk_handler handler = {
        .paths = format->paths,
        .prologue = format->prologue,
        .part = on_part,
    };
    struct err why = {0};
    st = json_walk(twin, &handler, &r, &why);
    json_doc_free(r.doc);
    source_close(twin);
    if (st == OK || st == ERR_STOPPED)
        return OK;
    return fail(e, st, "%s", why.msg);
}
