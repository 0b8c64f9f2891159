/*
 * The history of the Jabber client Psi, as it lies in a user's profile and in some leaks: a file for each
 * contact, "angelo_at_jabber.example.history", a line for each message,
 * "|2019-11-15T06:25:30|1|to|N---|text". Psi's source (eventdb) tells what the parts are.
 *
 * Quirks: times are the computer's own; "to" is what its user wrote, "from" what the contact did; in
 * texts "\n" is a line feed, "\p" a bar, "\\" a backslash; dots and such in file names are "%2e" ...
 */
#include "leaks.h"

#include "buf.h"
#include "count_lines.h"
#include "counted.h"
#include "line_records.h"
#include "moment.h"

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena, record;
    str key, contact, owner;
    struct counted bad_stamp;
};

/* The parts of a line: time, kind, direction, marks, text. False if it is none. */
static bool read_parts(str line, str parts[5])
{
    if (!leak_has_shape(line, "|9999-99-99T99:99:99|9|"))
        return false;
    line = str_from(line, 1);
    for (int i = 0; i < 4; i++)
        if (str_find_byte(line, '|') == STR_NONE || !str_split(&line, '|', &parts[i]))
            return false;
    parts[4] = line;
    return str_eq(parts[2], STR("to")) || str_eq(parts[2], STR("from"));
}

static str unescaped(struct arena *a, str text)
{
    if (str_find_byte(text, '\\') == STR_NONE)
        return text;
    char *out = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '\\' || i + 1 == text.n) {
            out[n++] = text.p[i];
            continue;
        }
        const char c = text.p[++i];
        out[n++] = c == 'n' ? '\n' : c == 'p' ? '|' : c;
    }
    return (str){out, n};
}

static int hex(char c)
{
    return c >= '0' && c <= '9'                     ? c - '0'
           : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                    : -1;
}

/* "angelo_at_jabber%2eexample" is angelo@jabber.example. */
static str contact_of(struct arena *a, str stem)
{
    char *out = arena_alloc(a, stem.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < stem.n;) {
        const str rest = str_from(stem, i);
        if (str_starts(rest, STR("_at_"))) {
            out[n++] = '@';
            i += 4;
        } else if (rest.n > 2 && rest.p[0] == '%' && hex(rest.p[1]) >= 0 && hex(rest.p[2]) >= 0) {
            out[n++] = (char)(hex(rest.p[1]) * 16 + hex(rest.p[2]));
            i += 3;
        } else {
            out[n++] = rest.p[0];
            i++;
        }
    }
    return (str){out, n};
}

static enum status name_conversation(struct reader *r, const struct source *source, struct err *e)
{
    const str here = siblings_here(r->options->siblings);
    str path = here.n ? here : source_name(source), file;
    path_pop(&path, &file);
    if (str_ends(file, STR(".history")))
        file.n -= STR(".history").n;
    r->contact = contact_of(&r->arena, file);
    r->owner = r->options->owner.n ? r->options->owner : STR("me");
    r->key = leak_pair_key(&r->arena, "xmpp", r->owner, r->contact);
    const struct conversation c = {.key = r->key,
                                   .title = r->contact,
                                   .platform = STR("xmpp"),
                                   .type = STR("direct"),
                                   .loose = !r->options->owner.n};
    return r->sink->conversation(r->sink, &c, e);
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    str parts[5];
    (void)context;
    return read_parts(l->text, parts) ? LINE_BEGINS : LINE_GOES_ON;
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct message m = line_message(record);
    str parts[5] = {STR(""), STR(""), STR(""), STR(""), STR("")};
    (void)read_parts(record->text, parts);
    struct stamp stamp;
    const bool ours = str_eq(parts[2], STR("to"));
    m.conversation = r->key;
    m.sender = ours ? r->owner : r->contact;
    const struct person_ref to = {.key = ours ? r->contact : r->owner, .name = STR("")};
    m.recipients = &to;
    m.recipient_count = 1;
    m.text = unescaped(&r->record, parts[4]);
    m.time_shown = parts[0];
    if (stamp_iso(parts[0], &stamp))
        m.time = moment_of(&stamp, r->options);
    else
        counted_add(&r->bad_stamp, m.locus);
    const enum status st = r->sink->message(r->sink, &m, e);
    arena_clear(&r->record);
    return st;
}

static enum status tell_owner(struct reader *r, struct err *e)
{
    if (r->options->owner.n)
        return OK;
    const struct issue i = {
        .severity = ISSUE_NOTE,
        .code = "ownerUnknown",
        .what = STR("The file does not say whose history it is; that person is called “me”."),
        .way_out = STR("State the address with --owner."),
        .locus.member = STR("")};
    return r->sink->issue(r->sink, &i, e);
}

static enum status read_psi(struct source *source, const struct import_options *options,
                            struct sink *sink, struct err *e)
{
    static const struct line_format format = {.role = role_of, .record = on_record};
    struct reader r = {.sink = sink, .options = options};
    enum status st = name_conversation(&r, source, e);
    if (st == OK)
        st = tell_owner(&r, e);
    if (st == OK)
        st = line_records(source, sink, &format, &r, e);
    if (st == OK)
        st = counted_tell(&r.bad_stamp, sink, ISSUE_WARN, "badStamp",
                          "without a time that can be read",
                          STR("They are kept without a time, in their place in the file."), e);
    arena_free(&r.arena);
    arena_free(&r.record);
    return st;
}

static int bid(str prefix, str name)
{
    str line, parts[5];
    (void)name;
    return str_split(&prefix, '\n', &line) && read_parts(line, parts) ? BID_SURE : BID_NO;
}

static bool counts(struct counter *c, str head)
{
    (void)c;
    const size_t to = head_fits(head, "|9999-99-99T99:99:99|9|to|");
    const size_t from = head_fits(head, "|9999-99-99T99:99:99|9|from|");
    return (to || from) && str_find_byte(str_from(head, to + from), '|') != STR_NONE;
}

static void count(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

const struct importer importer_psi = {
    .name = "psi",
    .title = "Psi (Jabber client), history",
    .where = "profiles/default/history in Psi's folder: a .history file for each contact",
    .version = "1",
    .bid = bid,
    .read = read_psi,
    .count = count,
};
