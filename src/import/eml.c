/*
 * One message in a file: ".eml" as mail programs save it, and the files of a Maildir (cur/ and new/,
 * with flags behind ":2,", https://cr.yp.to/proto/maildir.html). Lines end with CRLF, LF or, from old
 * Macs, CR alone.
 */
#include "mail.h"

#include <string.h>

struct eml {
    struct mail_reader mail;
    struct source *source;
    struct buf with_lf; /* a copy of a message whose lines end with CR alone */
};

static str first_line(str text)
{
    const size_t lf = str_find_byte(text, '\n');
    return lf == STR_NONE ? text : str_sub(text, 0, lf + 1);
}

static str file_name(str path)
{
    for (size_t slash; (slash = str_find_byte(path, '/')) != STR_NONE;)
        path = str_from(path, slash + 1);
    return path;
}

/* Whether the file lies in a folder "cur" or "new". */
static bool is_in_maildir(str path)
{
    const str folder = str_sub(path, 0, path.n - file_name(path).n);
    return str_ends(folder, STR("/cur/")) || str_ends(folder, STR("/new/")) ||
           str_eq(folder, STR("cur/")) || str_eq(folder, STR("new/"));
}

/* "1456821667.M1P2.varnholm:2,RST": T is in the trash. */
static uint32_t flags_of(str path)
{
    const str name = file_name(path);
    const size_t info = str_find(name, STR(":2,"));
    const bool trashed =
        info != STR_NONE && str_find_byte(str_from(name, info + 3), 'T') != STR_NONE;
    return trashed && is_in_maildir(path) ? FLAG_DELETED : 0;
}

static str with_line_feeds(struct eml *m, str message)
{
    if (str_find_byte(message, '\r') == STR_NONE || str_find_byte(message, '\n') != STR_NONE)
        return message;
    buf_add(&m->with_lf, message);
    for (size_t i = 0; i < m->with_lf.n; i++)
        if (m->with_lf.p[i] == '\r')
            m->with_lf.p[i] = '\n';
    return buf_str(&m->with_lf);
}

static str without_end(str line)
{
    if (str_ends(line, STR("\n")))
        line.n--;
    if (str_ends(line, STR("\r")))
        line.n--;
    return line;
}

static enum status push_whole(struct eml *m, str raw, uint32_t flags, bool cut, struct err *e)
{
    str message = str_starts(raw, STR("\xEF\xBB\xBF")) ? str_from(raw, 3) : raw;
    message = with_line_feeds(m, message);
    while (message.n && (message.p[0] == '\n' || message.p[0] == '\r'))
        message = str_from(message, 1);
    const str first = first_line(message);
    const bool has_envelope = str_starts(first, STR("From "));
    const struct mail_record record = {
        .raw = raw,
        .line = 1,
        .envelope = has_envelope ? without_end(first) : STR(""),
        .message = has_envelope ? str_from(message, first.n) : message,
        .flags = flags,
        .cut = cut,
    };
    return mail_push(&m->mail, &record, e);
}

/* What is beyond the largest message that is kept. */
static enum status skip_rest(struct eml *m, struct err *e)
{
    struct issue issue = {
        .severity = ISSUE_WARN,
        .code = "oversize",
        .what = STR("The rest of a message of more than 64 MiB is not stored"),
        .way_out = STR("The bytes stay where they are; save what they hold with a mail program."),
        .locus = {.at = source_at(m->source)},
        .covers = true,
    };
    str window;
    enum status st;
    while ((st = source_peek(m->source, 1, &window, e)) == OK && window.n) {
        issue.locus.length += window.n;
        source_advance(m->source, window.n);
    }
    return st == OK && issue.locus.length ? m->mail.sink->issue(m->mail.sink, &issue, e) : st;
}

static enum status read_all(struct eml *m, uint32_t flags, struct err *e)
{
    str window;
    enum status st = source_peek(m->source, (size_t)MAIL_MAX + 1, &window, e);
    if (st != OK)
        return st;
    const bool cut = window.n > MAIL_MAX;
    const str raw = str_sub(window, 0, MAIL_MAX);
    if (!raw.n)
        return OK;
    st = push_whole(m, raw, flags, cut, e);
    if (st == OK) {
        source_advance(m->source, raw.n);
        st = skip_rest(m, e);
    }
    return st == OK ? mail_notes_tell(&m->mail.notes, m->mail.sink, e) : st;
}

static enum status read_eml(struct source *source, const struct import_options *options,
                            struct sink *sink, struct err *e)
{
    struct eml m = {
        .mail = mail_reader_to(sink, options),
        .source = source,
        .with_lf = buf_new(MAIL_MAX),
    };
    const str here = siblings_here(options->siblings);
    const enum status st = read_all(&m, flags_of(here.n ? here : source_name(source)), e);
    buf_free(&m.with_lf);
    mail_reader_free(&m.mail);
    return st;
}

static int bid_eml(str prefix, str name)
{
    while (prefix.n && (prefix.p[0] == '\n' || prefix.p[0] == '\r'))
        prefix = str_from(prefix, 1);
    char lines[8192]; /* old Macs' line ends */
    const str head = str_sub(prefix, 0, sizeof lines);
    if (str_find_byte(head, '\n') == STR_NONE && str_find_byte(head, '\r') != STR_NONE) {
        for (size_t i = 0; i < head.n; i++)
            lines[i] = head.p[i] == '\r' ? '\n' : head.p[i];
        prefix = (str){lines, head.n};
    }
    if (str_starts(prefix, STR("From ")))
        prefix = str_from(prefix, first_line(prefix).n);
    const unsigned fields = mail_header_evidence(prefix);
    if (fields && is_in_maildir(name))
        return BID_SURE;
    if (fields && name.n > 4 && str_eq_nocase(str_from(name, name.n - 4), STR(".eml")))
        return 90;
    return fields > 3 ? 85 : fields == 3 ? BID_LIKELY : fields == 2 ? BID_MAYBE : BID_NO;
}

/* A file is one message, whatever it holds. */
static void count_eml(struct counter *c, str bytes)
{
    c->records = c->state[0] > 0 || bytes.n > 0;
    c->state[0] += bytes.n;
}

const struct importer importer_eml = {
    .name = "eml",
    .title = "E-mail message (EML, Maildir)",
    .where = "Save as in a mail program, Maildir folders, evidence exports",
    .version = "1",
    .bid = bid_eml,
    .read = read_eml,
    .count = count_eml,
};
