/*
 * A message becomes a record: who, when, to whom, in which thread, and what it says: the subject, a
 * blank line, the body.
 */
#include "mail.h"

#include "moment.h"

#include <string.h>

struct mail_reader mail_reader_to(struct sink *sink, const struct import_options *options)
{
    return (struct mail_reader){.sink = sink, .options = options, .threads = mail_threads_new()};
}

void mail_reader_free(struct mail_reader *r)
{
    mail_threads_free(r->threads);
    arena_free(&r->arena);
}

/* A message on its way: what several of the functions below need. */
struct letter {
    struct mail_reader *r;
    struct mail_head head;
    const char *charset; /* of header bytes that are not UTF-8 */
    bool lossy;
};

static str field(struct letter *l, enum mail_field f)
{
    return mail_unfold(&l->r->arena, l->head.value[f]);
}

static str shown(struct letter *l, enum mail_field f)
{
    return mail_decode(&l->r->arena, field(l, f), l->charset, &l->lossy);
}

/* --- When -------------------------------------------------------------------------------------- */

/* "From noll@varnholm.example  Tue Mar  1 09:41:07 2016": what stands behind the address. */
static str envelope_date(str envelope)
{
    static const char days[] = "MonTueWedThuFriSatSun";
    for (size_t i = 5; i + 4 < envelope.n; i++)
        for (size_t d = 0; d < 7; d++)
            if (envelope.p[i - 1] == ' ' && memcmp(envelope.p + i, days + 3 * d, 3) == 0)
                return str_from(envelope, i);
    return STR("");
}

static str receipt_date(str received)
{
    size_t at = STR_NONE;
    for (size_t i = received.n; i-- > 0 && at == STR_NONE;)
        if (received.p[i] == ';')
            at = i;
    return at == STR_NONE ? STR("") : str_trim(str_from(received, at + 1));
}

static void set_time(struct letter *l, const struct mail_record *record, struct message *m)
{
    const str dates[] = {field(l, MAIL_DATE), receipt_date(field(l, MAIL_RECEIVED)),
                         envelope_date(record->envelope)};
    bool *const now = l->r->notes.now;
    for (size_t i = 0; i < 3; i++) {
        struct stamp s;
        if (!mail_date(dates[i], &s))
            continue;
        m->time = moment_of(&s, l->r->options);
        m->time_shown = mail_decode(&l->r->arena, dates[i], "", &l->lossy);
        now[MAIL_NOTE_DATE] |= i > 0;
        now[MAIL_NOTE_ZONE] |= i < 2 && !s.has_offset;
        return;
    }
    now[MAIL_NOTE_NO_DATE] = true;
    m->time_shown = mail_decode(&l->r->arena, dates[0], l->charset, &l->lossy);
}

/* --- Who --------------------------------------------------------------------------------------- */

static void set_sender(struct letter *l, const struct mail_record *record, struct message *m)
{
    struct person_ref person = {0};
    str lists[] = {field(l, MAIL_FROM), field(l, MAIL_SENDER), STR("")};
    const str envelope = str_from(record->envelope, 5);
    lists[2] = str_sub(envelope, 0,
                       str_find_byte(envelope, ' ') == STR_NONE ? envelope.n
                                                                : str_find_byte(envelope, ' '));
    if (str_eq(lists[2], STR("-")))
        lists[2] = STR(""); /* Mozilla does not say */
    for (size_t i = 0; i < 3; i++) {
        if (!mail_next_address(&l->r->arena, &lists[i], l->charset, &person, &l->lossy))
            continue;
        m->sender = person.key;
        m->sender_name = person.name;
        return;
    }
}

/* All fields of a name count: some programs write one for each recipient. */
static void set_recipients(struct letter *l, struct message *m)
{
    static const enum mail_field lists[] = {MAIL_TO, MAIL_CC, MAIL_BCC};
    struct arena *const a = &l->r->arena;
    struct person_ref *people = NULL;
    size_t count = 0, cap = 0;
    for (size_t i = 0; i < 3; i++) {
        str block = l->head.block, name, value;
        while (l->head.value[lists[i]].p && mail_next_field(&block, &name, &value)) {
            if (!str_eq_nocase(name, mail_field_name(lists[i])))
                continue;
            str list = mail_unfold(a, value);
            struct person_ref person;
            while (count < MAIL_PEOPLE_MAX &&
                   mail_next_address(a, &list, l->charset, &person, &l->lossy)) {
                if (count == cap) {
                    struct person_ref *more = arena_array(a, cap = cap * 2 + 8, sizeof *more);
                    if (count)
                        memcpy(more, people, count * sizeof *more);
                    people = more;
                }
                people[count++] = person;
            }
            if (list.n && count == MAIL_PEOPLE_MAX)
                l->r->notes.now[MAIL_NOTE_LISTS] = true;
        }
    }
    m->recipients = people;
    m->recipient_count = count;
}

/* --- Thread ------------------------------------------------------------------------------------ */

/* "<id>", or prose around it: "Message from Noll <noll@...> of Tuesday <id>". */
static str answered_id(str in_reply_to)
{
    str id, last = STR("");
    const bool prose = !str_starts(in_reply_to, STR("<"));
    while (mail_next_id(&in_reply_to, &id)) {
        if (!prose)
            return id;
        if (str_find_byte(id, '@') != STR_NONE)
            last = id;
    }
    return last;
}

static str last_id(str references)
{
    str id, last = STR("");
    while (mail_next_id(&references, &id))
        last = id;
    return last;
}

/* Ids are ASCII; what is not becomes U+FFFD, for keys are text. */
static str clean(struct letter *l, str id)
{
    return id.n ? mail_decode(&l->r->arena, id, "", &l->lossy) : STR("");
}

static enum status set_thread(struct letter *l, struct message *m, str subject, struct err *e)
{
    struct arena *const a = &l->r->arena;
    const str references = clean(l, field(l, MAIL_REFERENCES));
    const str answered = clean(l, answered_id(field(l, MAIL_IN_REPLY_TO)));
    str own = clean(l, field(l, MAIL_MESSAGE_ID)), id;
    str rest = own;
    m->platform_id = mail_next_id(&rest, &id) ? id : str_trim(own);
    m->reply_to = answered.n ? answered : last_id(references);
    if (str_eq(m->reply_to, m->platform_id))
        m->reply_to = STR("");
    if (m->reply_to.n)
        m->flags |= FLAG_REPLY;

    bool told = false;
    const str root = mail_thread_of(l->r->threads, m->platform_id, references, answered, &told);
    struct conversation c = {
        .key = arena_printf(a, "email:" STR_FMT, STR_ARG(root)),
        .title = mail_bare_subject(subject),
        .platform = STR("email"),
        .type = STR("thread"),
        .loose = !root.n,
    };
    if (!root.n) { /* it stands for itself: known by who, when and about what */
        char hex[SHA256_HEX];
        const str what = arena_printf(a, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(m->sender),
                                      STR_ARG(m->time_shown), STR_ARG(subject));
        const struct sha256_digest digest = sha256_of(what);
        c.key = arena_printf(a, "email:none/%.16s", sha256_hex(hex, &digest));
        l->r->notes.now[MAIL_NOTE_NO_ID] = true;
    }
    m->conversation = c.key;
    return told ? OK : l->r->sink->conversation(l->r->sink, &c, e);
}

/* --- The whole --------------------------------------------------------------------------------- */

static void read_content(struct letter *l, struct buf *text, str subject, struct message *m)
{
    struct mail_content c = {.arena = &l->r->arena, .notes = &l->r->notes, .m = m, .text = *text};
    buf_add(&c.text, subject);
    mail_read_body(&c, &l->head);
    *text = c.text;
    m->text = buf_str(text);
}

/* What mail programs note of a message that its owner deleted, but that is still there. */
static bool is_deleted(struct letter *l)
{
    const str mozilla = field(l, MAIL_MOZILLA_STATUS);
    if (str_find_byte(field(l, MAIL_X_STATUS), 'D') != STR_NONE)
        return true;
    return mozilla.n == 4 && (mail_hex_digit(mozilla.p[3]) & 8) && mail_hex_digit(mozilla.p[3]) > 0;
}

static void note_header(struct letter *l, const struct mail_record *record)
{
    bool *const now = l->r->notes.now;
    const bool *const twice = l->head.twice;
    now[MAIL_NOTE_HEAD] |= l->head.cut_short;
    now[MAIL_NOTE_TWICE] |= twice[MAIL_FROM] || twice[MAIL_DATE] || twice[MAIL_SUBJECT] ||
                            twice[MAIL_MESSAGE_ID] || twice[MAIL_CONTENT_TYPE];
    now[MAIL_NOTE_LOSSY] |= l->lossy;
    now[MAIL_NOTE_CUT] |= record->cut;
}

enum status mail_push(struct mail_reader *r, const struct mail_record *record, struct err *e)
{
    arena_clear(&r->arena);
    struct letter l = {.r = r, .head = mail_head_of(record->message)};
    bool ignored = false;
    l.charset = arena_cstr(
        &r->arena, mail_param(&r->arena, field(&l, MAIL_CONTENT_TYPE), "charset", &ignored));
    struct message m = message_empty();
    m.locus = (struct locus){.at = record->at, .length = record->raw.n, .line = record->line};
    m.raw = record->raw;
    m.flags = record->flags;
    if (is_deleted(&l))
        m.flags |= FLAG_DELETED;
    set_time(&l, record, &m);
    set_sender(&l, record, &m);
    set_recipients(&l, &m);

    const str subject = shown(&l, MAIL_SUBJECT);
    struct buf text = buf_new(BUF_MESSAGE_MAX);
    read_content(&l, &text, subject, &m);

    enum status st = set_thread(&l, &m, subject, e);
    if (l.lossy)
        m.flags |= FLAG_LOSSY;
    note_header(&l, record);
    mail_notes_settle(&r->notes, &m.locus);
    st = st == OK ? r->sink->message(r->sink, &m, e) : st;
    buf_free(&text);
    return st;
}
