/*
 * A mailbox file: messages one after the other, each behind a line "From address date". Unix mail,
 * Thunderbird, Google Takeout and the archives of mailing lists (pipermail) have them; RFC 4155 and
 * https://www.loc.gov/preservation/digital/formats/fdd/fdd000383.shtml tell the four kinds apart.
 *
 * Which line starts a message is decided here, not by GMime:
 * - it begins with "From ", a blank line or nothing is before it, and it is shorter than 1,000 bytes;
 * - it has a weekday, a month, a time and a year, as ctime(3) prints them; or the first word behind
 *   "From " is an address or "-", and a header field is in the next line.
 * Content-Length is believed only if it leads to the end of the file or to a line of the first kind.
 * Lines that could be taken either way are told. mboxo and mboxrd put '>' before such a line in a text:
 * one is taken off again.
 */
#include "mail.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    FROM_LINE_MAX = 1000,
    HEADER_MAX = 1 << 20,      /* Content-Length is looked for in a header of this size */
    CONTENT_MAX = 32 << 20,    /* a larger Content-Length is not believed */
    AHEAD = 4 * FROM_LINE_MAX, /* bytes to see of a line and of the one behind it */
    NAME_MAX_BYTES = 100,      /* of a header field behind a "From " line */
    LENGTH_LINE_MAX = 100,     /* "Content-Length: 123" */
    UNSURE_LISTED = 8,
};

enum shape { SHAPE_NONE, SHAPE_WEAK, SHAPE_STRICT };

struct mbox {
    struct mail_reader mail;
    struct source *source;
    str window;          /* from the record's first byte on, once there is one */
    bool ended;          /* the window reaches the end of the source */
    uint64_t line;       /* of the window's first byte */
    uint64_t lied_until; /* a Content-Length was wrong up to here: no other is believed before */
    struct buf unquoted;
    uint64_t unsure, unsure_at[UNSURE_LISTED];
};

/* --- Seeing ------------------------------------------------------------------------------------ */

/* Makes [0, upto) of the window visible, as far as there is anything. */
static enum status see(struct mbox *m, size_t upto, struct err *e)
{
    if (m->ended || m->window.n >= upto)
        return OK;
    const enum status st = source_peek(m->source, upto, &m->window, e);
    m->ended = m->window.n < upto;
    return st;
}

static void advance(struct mbox *m, size_t n)
{
    const str taken = str_sub(m->window, 0, n);
    for (const char *p = taken.p, *end = p + taken.n;
         p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        m->line++;
    source_advance(m->source, n);
    m->window = str_from(m->window, n);
}

/* --- Which lines begin a message --------------------------------------------------------------- */

static bool is_name_of(str word, const char *three, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, (str){three + 3 * i, 3}))
            return true;
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_clock(str s)
{
    return s.n >= 4 && str_find_byte(s, ':') < 3 && is_digit(s.p[0]) && is_digit(s.p[s.n - 1]);
}

static bool is_year(str s)
{
    return s.n == 4 && is_digit(s.p[0]) && is_digit(s.p[1]) && is_digit(s.p[2]) && is_digit(s.p[3]);
}

static enum shape shape_of(str line)
{
    if (!str_starts(line, STR("From ")))
        return SHAPE_NONE;
    bool day = false, month = false, clock = false, year = false, address = false, first = true;
    line = str_from(line, 5);
    for (str word; str_split(&line, ' ', &word);) {
        if (!word.n)
            continue;
        if (first)
            address = str_find_byte(word, '@') != STR_NONE || str_eq(word, STR("-"));
        first = false;
        day |= is_name_of(word, "MonTueWedThuFriSatSun", 7);
        month |= is_name_of(word, "JanFebMarAprMayJunJulAugSepOctNovDec", 12);
        clock |= is_clock(word);
        year |= is_year(word);
    }
    return day && month && clock && year ? SHAPE_STRICT : address ? SHAPE_WEAK : SHAPE_NONE;
}

static str line_at(str text, size_t at)
{
    const str rest = str_from(text, at);
    const size_t lf = str_find_byte(rest, '\n');
    return lf == STR_NONE ? rest : str_sub(rest, 0, lf + 1);
}

static str without_end(str line)
{
    if (str_ends(line, STR("\n")))
        line.n--;
    if (str_ends(line, STR("\r")))
        line.n--;
    return line;
}

/* "Name:" without blanks before the colon. */
static bool begins_field(str line)
{
    size_t n = 0;
    while (n < line.n && n < NAME_MAX_BYTES && line.p[n] > ' ' && line.p[n] < 127 &&
           line.p[n] != ':')
        n++;
    return n > 0 && n < NAME_MAX_BYTES && n < line.n && line.p[n] == ':';
}

static void note_unsure(struct mbox *m, size_t at)
{
    if (m->unsure < UNSURE_LISTED)
        m->unsure_at[m->unsure] = source_at(m->source) + at;
    m->unsure++;
}

/* Whether the line at `at` begins a message. The line and what follows must be visible. */
static bool begins_message(struct mbox *m, size_t at, bool after_blank)
{
    const str line = line_at(m->window, at);
    if (!str_starts(line, STR("From ")) || line.n > FROM_LINE_MAX)
        return false;
    const enum shape shape = shape_of(without_end(line));
    const str next = line_at(m->window, at + line.n);
    const bool field = begins_field(next) || str_starts(next, STR(">From "));
    const bool begins = after_blank && (shape == SHAPE_STRICT || (shape == SHAPE_WEAK && field));
    const bool sure = begins ? shape == SHAPE_STRICT && (field || !next.n)
                             : !after_blank && shape != SHAPE_STRICT;
    if (!sure)
        note_unsure(m, at);
    return begins;
}

/* --- Content-Length ---------------------------------------------------------------------------- */

/* Behind the blank line that ends the header; 0 if it is not within HEADER_MAX bytes. */
static size_t header_end(str window)
{
    for (size_t at = 0; at < window.n && at < HEADER_MAX;) {
        const str line = line_at(window, at);
        at += line.n;
        if (!without_end(line).n && str_ends(line, STR("\n")))
            return at <= HEADER_MAX ? at : 0;
    }
    return 0;
}

static bool stated_length(str header, size_t *out)
{
    static const str name = STR_INIT("Content-Length:");
    for (str line; str_split(&header, '\n', &line);) {
        int64_t value;
        if (!str_eq_nocase(str_sub(line, 0, name.n), name) || line.n >= LENGTH_LINE_MAX)
            continue;
        if (!str_to_u63(str_trim(str_from(line, name.n)), &value) || value > CONTENT_MAX)
            return false;
        *out = (size_t)value;
        return true;
    }
    return false;
}

/* Whether the record may end at `at`: the end, or a strict line, behind at most two line ends. */
static bool is_landing(str window, size_t at, bool ended, size_t *end)
{
    for (int ends = 0; at <= window.n && ends <= 2; ends++) {
        *end = at;
        if (at == window.n)
            return ended;
        const bool line_start = at > 0 && window.p[at - 1] == '\n';
        const str line = line_at(window, at);
        if (line_start && line.n <= FROM_LINE_MAX && shape_of(without_end(line)) == SHAPE_STRICT)
            return true;
        if (without_end(line).n || !str_ends(line, STR("\n")))
            return false;
        at += line.n;
    }
    return false;
}

/* The end of the record by its Content-Length; 0 if it states none that can be believed. */
static enum status end_by_length(struct mbox *m, size_t *end, struct err *e)
{
    *end = 0;
    enum status st = see(m, HEADER_MAX, e);
    const size_t header = st == OK ? header_end(m->window) : 0;
    size_t length;
    if (st != OK || !header || source_at(m->source) < m->lied_until ||
        !stated_length(str_sub(m->window, 0, header), &length))
        return st;
    st = see(m, header + length + AHEAD, e);
    if (st != OK || is_landing(m->window, header + length, m->ended, end))
        return st;
    *end = 0;
    m->lied_until = source_at(m->source) + header + length;
    return OK;
}

/* --- Records ----------------------------------------------------------------------------------- */

/* The end of the record that begins the window: where the next begins, or the end, or, if *cut, as
   much of it as is kept. `from` is a line's start behind its first line. */
static enum status find_end(struct mbox *m, size_t from, size_t *end, bool *cut, struct err *e)
{
    bool blank = false;
    *cut = false;
    for (size_t at = from;;) {
        enum status st = see(m, at + AHEAD, e);
        if (st != OK)
            return st;
        *end = at;
        if (at >= m->window.n || begins_message(m, at, blank))
            return OK;
        const char *lf = NULL;
        while (!lf && st == OK) {
            lf = memchr(m->window.p + at, '\n', m->window.n - at);
            if (lf || m->ended || m->window.n - at > MAIL_MAX)
                break;
            st = see(m, m->window.n + SOURCE_CHUNK, e);
        }
        if (st != OK)
            return st;
        const size_t next = lf ? (size_t)(lf - m->window.p) + 1 : m->window.n;
        if (next > MAIL_MAX) {
            *cut = true;
            *end = at ? at : MAIL_MAX;
            return OK;
        }
        blank = !without_end(str_sub(m->window, at, next - at)).n;
        at = next;
    }
}

/* Whether a message whose length was believed holds "From " at the start of a line: then nothing in it
   was quoted. Each such line could be the start of a message to others. */
static bool has_bare_from(struct mbox *m, size_t from, size_t end)
{
    bool any = false;
    while (from < end) {
        const size_t lf = str_find(str_sub(m->window, from, end - from), STR("\nFrom "));
        if (lf == STR_NONE)
            break;
        from += lf + 1;
        note_unsure(m, from);
        any = true;
    }
    return any;
}

/* ">From " at the start of a line loses one '>'. */
static str unquote(struct mbox *m, str message)
{
    buf_clear(&m->unquoted);
    bool any = false;
    for (str rest = message; rest.n;) {
        const size_t lf = str_find(rest, STR("\n>"));
        if (lf == STR_NONE) {
            if (!any)
                return message;
            buf_add(&m->unquoted, rest);
            break;
        }
        size_t marks = lf + 1;
        while (marks < rest.n && rest.p[marks] == '>')
            marks++;
        const bool quoted = str_starts(str_from(rest, marks), STR("From "));
        any |= quoted;
        buf_add(&m->unquoted, str_sub(rest, 0, lf + 1));
        rest = str_from(rest, lf + 1 + quoted);
    }
    return buf_str(&m->unquoted);
}

static enum status push_record(struct mbox *m, size_t end, bool by_length, bool cut, struct err *e)
{
    const str all = str_sub(m->window, 0, end);
    size_t used = end; /* the blank line before the next message belongs to neither */
    if (!cut && str_ends(all, STR("\n\n")))
        used -= 1;
    else if (!cut && str_ends(all, STR("\r\n\r\n")))
        used -= 2;
    const str raw = str_sub(all, 0, used), envelope = line_at(raw, 0);
    const str message = str_from(raw, envelope.n);
    const struct mail_record record = {
        .raw = raw,
        .at = source_at(m->source),
        .line = m->line,
        .envelope = without_end(envelope),
        .message = by_length && has_bare_from(m, envelope.n, used) ? message : unquote(m, message),
        .cut = cut,
    };
    enum status st = mail_push(&m->mail, &record, e);
    if (st == OK && used < end)
        st = m->mail.sink->wrapping(m->mail.sink, record.at + used, end - used, e);
    if (st == OK)
        advance(m, end);
    return st;
}

/* What belongs to no message: before the first, or behind what is kept of one. */
static enum status skip(struct mbox *m, const char *code, const char *what, const char *way_out,
                        struct err *e)
{
    struct issue issue = {
        .severity = ISSUE_WARN,
        .code = code,
        .what = str_of(what),
        .way_out = str_of(way_out),
        .locus = {.at = source_at(m->source), .line = m->line},
        .covers = true,
    };
    bool cut = true;
    while (cut) {
        size_t end;
        const enum status st = find_end(m, 0, &end, &cut, e);
        if (st != OK)
            return st;
        issue.locus.length += end;
        advance(m, end);
    }
    return issue.locus.length ? m->mail.sink->issue(m->mail.sink, &issue, e) : OK;
}

static enum status read_record(struct mbox *m, struct err *e)
{
    size_t end;
    bool cut = false;
    enum status st = end_by_length(m, &end, e);
    const bool by_length = end > 0;
    if (st == OK && !by_length)
        st = find_end(m, line_at(m->window, 0).n, &end, &cut, e);
    if (st == OK)
        st = push_record(m, end, by_length, cut, e);
    if (st != OK || !cut)
        return st;
    return skip(m, "oversize", "The rest of a message of more than 64 MiB is not stored",
                "The bytes stay where they are; save what they hold with a mail program.", e);
}

/* Blank lines and a byte order mark before the first message are nothing. */
static enum status skip_blanks(struct mbox *m, struct err *e)
{
    enum status st = see(m, AHEAD, e);
    if (st != OK)
        return st;
    size_t n = str_starts(m->window, STR("\xEF\xBB\xBF")) ? 3 : 0;
    while (n < m->window.n && n < AHEAD && (m->window.p[n] == '\r' || m->window.p[n] == '\n'))
        n++;
    if (!n)
        return OK;
    st = m->mail.sink->wrapping(m->mail.sink, 0, n, e);
    advance(m, n);
    return st == OK ? see(m, AHEAD, e) : st;
}

static enum status tell_unsure(struct mbox *m, struct err *e)
{
    struct buf what = buf_new(BUF_LINE_MAX);
    buf_addf(&what, "%" PRIu64 " %s where a message may or may not begin (\"From ...\"), at byte",
             m->unsure, m->unsure == 1 ? "line" : "lines");
    for (size_t i = 0; i < m->unsure && i < UNSURE_LISTED; i++)
        buf_addf(&what, "%s %" PRIu64, i ? "," : "", m->unsure_at[i]);
    if (m->unsure > UNSURE_LISTED)
        buf_add(&what, STR(" ..."));
    const struct issue issue = {
        .severity = ISSUE_NOTE,
        .code = "fromLine",
        .what = buf_str(&what),
        .way_out = STR("Look at these places: a message may have been cut in two, or two may "
                       "stand as one."),
        .locus = {.at = m->unsure_at[0]},
    };
    const enum status st = m->mail.sink->issue(m->mail.sink, &issue, e);
    buf_free(&what);
    return st;
}

static enum status read_all(struct mbox *m, struct err *e)
{
    enum status st = skip_blanks(m, e);
    if (st == OK && m->window.n && !begins_message(m, 0, true))
        st = skip(m, "preamble", "Text before the first message belongs to none",
                  "Look at the beginning of the file: is it a mailbox?", e);
    while (st == OK && (st = see(m, AHEAD, e)) == OK && m->window.n)
        st = read_record(m, e);
    if (st == OK && m->unsure)
        st = tell_unsure(m, e);
    return st == OK ? mail_notes_tell(&m->mail.notes, m->mail.sink, e) : st;
}

static enum status read_mbox(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    struct mbox m = {
        .mail = mail_reader_to(sink, options),
        .source = source,
        .line = 1,
        .unquoted = buf_new(MAIL_MAX),
    };
    const enum status st = read_all(&m, e);
    buf_free(&m.unquoted);
    mail_reader_free(&m.mail);
    return st;
}

static int bid_mbox(str prefix, str name)
{
    (void)name;
    while (prefix.n && (prefix.p[0] == '\n' || prefix.p[0] == '\r'))
        prefix = str_from(prefix, 1);
    const str first = line_at(prefix, 0);
    if (!str_starts(first, STR("From ")) || first.n > FROM_LINE_MAX)
        return BID_NO;
    const enum shape shape = shape_of(without_end(first));
    const unsigned fields = mail_header_evidence(str_from(prefix, first.n));
    if (shape == SHAPE_NONE || (shape == SHAPE_WEAK && !fields))
        return BID_NO;
    return fields > 1 ? 95 : fields ? 80 : BID_LIKELY;
}

const struct importer importer_mbox = {
    .name = "mbox",
    .title = "Mailbox (mbox)",
    .where = "Thunderbird's profile, Google Takeout (All mail.mbox), Unix mail, list archives",
    .version = "1",
    .bid = bid_mbox,
    .read = read_mbox,
    .unordered = true,
    .count = mail_count_mbox,
};
