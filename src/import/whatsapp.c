/*
 * WhatsApp chats as text: in the chat's menu, More, Export chat. Android makes
 * "WhatsApp Chat with NAME.txt", iPhones "_chat.txt" inside "WhatsApp Chat - NAME.zip", with the
 * files that were sent beside it if they were exported too.
 *
 * Quirks: dates are in the order of the phone's settings and say not which, so that the order is decided
 * for the whole file before it is read; times are the phone's own, without zone, on Android without
 * seconds; there are no ids, replies or reactions; names are those of the exporting phone's contacts.
 */
#include "whatsapp.h"

#include "buf.h"
#include "moment.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum { TITLE_MAX = 300 };

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct wa_look look;
    struct arena arena; /* of the record at hand */
    enum date_order order;
    bool by_crlf; /* messages begin behind CRLF only */
    str key, type;
    struct line_note bad_stamp, ambiguous, null_text, not_shown;
};

/* --- The order of dates ------------------------------------------------------------------------ */

static enum status tell_order(struct reader *r, bool certain, const char *why, struct err *e)
{
    char what[300];
    const int n = snprintf(what, sizeof what, "Dates are read as %s: %s.",
                           r->order == ORDER_MDY   ? "month/day/year"
                           : r->order == ORDER_YMD ? "year/month/day"
                           : r->order == ORDER_YDM ? "year/day/month"
                                                   : "day/month/year",
                           why);
    const struct issue i = {
        .severity = certain ? ISSUE_NOTE : ISSUE_WARN,
        .code = "dateOrder",
        .what = {what, (size_t)n},
        .way_out = certain
                       ? STR("Nothing needs to be done; --date-order would force another order.")
                       : STR("This is a guess: state the order of the phone that made the file "
                             "with --date-order dmy, mdy or ymd."),
        .locus.member = STR(""),
    };
    return r->sink->issue(r->sink, &i, e);
}

/* By what the user states, by what the dates prove, by what is likely where nothing is proved. */
static enum status decide_order(struct reader *r, struct err *e)
{
    const struct wa_look *l = &r->look;
    char why[160];
    bool certain;
    r->order = date_evidence_decide(&l->dates, &certain, why);
    const enum date_order proved = certain ? r->order : ORDER_UNKNOWN;
    if (r->options->date_order != ORDER_UNKNOWN) {
        r->order = r->options->date_order;
        certain = proved == ORDER_UNKNOWN || proved == r->order;
        char stated[160];
        snprintf(stated, sizeof stated,
                 certain ? "so it was stated" : "so it was stated, but %.120s", why);
        return tell_order(r, certain, stated, e);
    }
    if (r->order == ORDER_UNKNOWN && l->halves && l->slashes && l->english && !l->padded) {
        r->order = ORDER_MDY;
        snprintf(why, sizeof why,
                 "no date tells, but the app wrote English with AM and PM and no zeros");
    } else if (r->order == ORDER_UNKNOWN) {
        r->order = ORDER_DMY;
        snprintf(why, sizeof why,
                 "no date tells the day from the month, and most countries write so");
    }
    return l->heads ? tell_order(r, certain, why, e) : OK;
}

/* --- The conversation -------------------------------------------------------------------------- */

/* The name in the path, at its end or further up: ".../WhatsApp Chat - NAME.zip/_chat.txt". */
static str title_in_path(str path)
{
    for (str part; path_pop(&path, &part);) {
        const str title = wa_title_of(path_stem(part));
        if (title.n)
            return title;
    }
    return STR("");
}

static str title_of(struct reader *r, str path)
{
    str title = title_in_path(path);
    if (!title.n)
        title = r->look.title;
    if (!title.n) {
        title = path_stem(path);
        if (str_eq(title, STR("_chat")))
            title = STR("");
    }
    title = str_sub(title, 0, TITLE_MAX);
    title.n = utf8_unbroken(title);
    return str_trim(wa_without_marks(&r->look.arena, title));
}

static str type_of(const struct wa_look *l, str title)
{
    if (l->group || l->sender_count > 2)
        return STR("group");
    for (size_t i = 0; i < l->sender_count; i++)
        if (str_eq(l->senders[i], title))
            return STR("direct");
    return STR("");
}

static enum status send_title(struct reader *r, str title, struct err *e)
{
    const struct conversation c = {
        .key = r->key, .title = title, .platform = STR("whatsapp"), .type = r->type, .loose = true};
    return r->sink->conversation(r->sink, &c, e);
}

/* The key is made of the name, or of the first message where nothing gives a name. */
static enum status name_conversation(struct reader *r, const struct source *source, struct err *e)
{
    struct wa_look *l = &r->look;
    const str here = siblings_here(r->options->siblings);
    const str title = title_of(r, here.n ? here : source_name(source));
    r->type = type_of(l, title);
    if (title.n)
        r->key = arena_printf(&l->arena, "whatsapp:" STR_FMT, STR_ARG(title));
    else
        r->key = arena_printf(&l->arena, "whatsapp:" STR_FMT "/" STR_FMT, STR_ARG(l->first_stamp),
                              STR_ARG(l->first_body));
    return send_title(r, title, e);
}

/* --- Records ----------------------------------------------------------------------------------- */

static enum line_role role_of(void *context, const struct line_at *l)
{
    const struct reader *r = context;
    struct wa_head head;
    if (r->by_crlf && !l->after_crlf)
        return LINE_GOES_ON;
    return wa_head_of(l->text, &head) ? LINE_BEGINS : LINE_GOES_ON;
}

static void set_time(struct reader *r, struct message *m, const struct wa_head *head,
                     const struct line_record *record)
{
    int64_t day_ms;
    m->time_shown = head->stamp;
    if (head->bad || !stamp_of_figures(head->parts, r->order, &day_ms)) {
        line_note_add(&r->bad_stamp, record);
        return;
    }
    m->time = moment_naive(day_ms + head->clock.day_ms, r->options);
    if (m->time.ambiguous)
        line_note_add(&r->ambiguous, record);
}

static void set_sender(struct reader *r, struct message *m, str name)
{
    if (wa_is_you(name) && r->options->owner.n)
        name = r->options->owner;
    m->sender = wa_sender_key(&r->arena, name);
    m->sender_name = str_eq(m->sender, name) ? STR("") : name;
}

/* What happened: who did it is in the words, else it is whose name stands before them. */
static void make_event(struct reader *r, struct message *m, str name, str text)
{
    bool group = false;
    m->kind = KIND_EVENT;
    m->text = str_trim(wa_without_marks(&r->arena, text));
    enum attachment_kind kind;
    const enum wa_phrase phrase = wa_phrase_of(m->text, &kind);
    if (phrase == WA_CALL)
        m->kind = KIND_CALL;
    if (phrase == WA_ENCRYPTED)
        return;
    const str actor = wa_actor_of(m->text, &group);
    if (actor.n || name.n)
        set_sender(r, m, actor.n ? actor : name);
}

/* A line without a name is the app's; so is one whose "name" ends in what only events say. */
static bool is_event_line(str name)
{
    static const char *const quotes[] = {"\"", "“", "„", "«"};
    bool group = false;
    if (!wa_actor_of(name, &group).n || !group)
        return false;
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
        if (str_find(name, str_of(quotes[i])) != STR_NONE)
            return true;
    return false;
}

static void read_words(struct reader *r, struct message *m, str body, bool bracket)
{
    str name, text;
    if (!wa_split_sender(&r->look, body, &name, &text) || (!bracket && is_event_line(name))) {
        make_event(r, m, STR(""), body);
        return;
    }
    if (!wa_read_body(&r->arena, m, text, bracket, r->options)) {
        make_event(r, m, name, m->text);
        return;
    }
    set_sender(r, m, name);
}

/* "changed the subject from “A” to “B”": the title is the second. */
static str new_title(str event)
{
    static const char *const marks[][2] = {{"\"", "\""}, {"“", "”"}};
    for (size_t i = 0; i < 2; i++) {
        str rest = event, found[3];
        size_t count = 0;
        for (size_t at; count < 3 && (at = str_find(rest, str_of(marks[i][0]))) != STR_NONE;
             count++) {
            rest = str_from(rest, at + strlen(marks[i][0]));
            const size_t end = str_find(rest, str_of(marks[i][1]));
            if (end == STR_NONE)
                break;
            found[count] = str_sub(rest, 0, end);
            rest = str_from(rest, end + strlen(marks[i][1]));
        }
        if (count == 2)
            return found[1];
    }
    return STR("");
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct wa_head head;
    struct message m = line_message(record);
    if (!wa_head_of(str_sub(record->text, 0, record->head), &head)) /* cut in the middle of it */
        head = (struct wa_head){.stamp = STR("")};
    m.conversation = r->key;
    set_time(r, &m, &head, record);
    read_words(r, &m, str_from(record->text, head.bytes), head.bracket);
    if (str_eq(m.text, STR("null")) && !head.bracket)
        line_note_add(&r->null_text, record);
    if (m.kind == KIND_TEXT && m.attachment_count && !m.attachments[0].name.n)
        line_note_add(&r->not_shown, record);
    enum status st = r->sink->message(r->sink, &m, e);
    bool group = false;
    if (st == OK && m.kind == KIND_EVENT && wa_actor_of(m.text, &group).n && group) {
        const str title = new_title(m.text);
        st = title.n ? send_title(r, title, e) : OK;
    }
    arena_clear(&r->arena);
    return st;
}

static enum status tell_notes(struct reader *r, struct err *e)
{
    static const struct line_note_words bad_stamp = {
        ISSUE_WARN, "badStamp",
        "message has a date or a time that cannot be read in this order; it is kept without a "
        "time.",
        "messages have dates or times that cannot be read in this order; they are kept without a "
        "time.",
        "If they are many, the order of dates is another: state it with --date-order."};
    static const struct line_note_words ambiguous = {
        ISSUE_NOTE, "ambiguousTime",
        "message was sent in an hour that exists twice or never in the stated zone.",
        "messages were sent in hours that exist twice or never in the stated zone.",
        "Do not lean on the order or the exact UTC time of messages of these hours."};
    static const struct line_note_words null_text = {
        ISSUE_NOTE, "nullText", "message says only “null”.", "messages say only “null”.",
        "Android writes that in place of what it cannot export; somebody may also have typed it."};
    static const struct line_note_words not_shown = {
        ISSUE_NOTE, "mediaOmitted",
        "picture, recording or file is not in this export, nor its name.",
        "pictures, recordings and files are not in this export, nor are their names.",
        "An export “with media” has them."};
    enum status st = line_note_tell(r->sink, &r->bad_stamp, &bad_stamp, e);
    if (st == OK)
        st = line_note_tell(r->sink, &r->ambiguous, &ambiguous, e);
    if (st == OK)
        st = line_note_tell(r->sink, &r->null_text, &null_text, e);
    return st == OK ? line_note_tell(r->sink, &r->not_shown, &not_shown, e) : st;
}

/* --- The importer ------------------------------------------------------------------------------ */

static enum status read_chat(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const struct line_format format = {.role = role_of, .record = on_record};
    struct reader r = {.sink = sink, .options = options};
    enum status st = wa_look(&r.look, source, e);
    r.by_crlf = wa_ends_in_crlf(&r.look);
    if (st == OK)
        st = name_conversation(&r, source, e);
    if (st == OK)
        st = decide_order(&r, e);
    if (st == OK)
        st = line_records(source, sink, &format, &r, e);
    if (st == OK)
        st = tell_notes(&r, e);
    arena_free(&r.arena);
    wa_look_free(&r.look);
    return st;
}

/* How far the head of a line is WhatsApp's own and nobody else's. */
static int bid_line(str line, const struct wa_head *head)
{
    const str body = str_from(line, head->bytes);
    if (head->bad || str_starts(body, STR("<")) || str_starts(body, STR("@")) ||
        str_starts(body, STR("*")))
        return BID_NO; /* releases, IRC, and dumps of Matrix servers begin so */
    if (!head->bracket)
        return head->dash_iso ? BID_LIKELY - 10 : BID_LIKELY + 20;
    if (str_find(body, STR(": ")) == STR_NONE && !str_ends(str_trim(body), STR(":")))
        return BID_NO;
    return head->dash_iso ? BID_MAYBE + 10 : BID_LIKELY + 10;
}

static int bid(str prefix, str name)
{
    enum { LINES = 30 };
    const bool named =
        str_find(name, STR("WhatsApp")) != STR_NONE || str_ends(name, STR("_chat.txt"));
    int best = BID_NO;
    str line;
    for (int i = 0; i < LINES && str_split(&prefix, '\n', &line); i++) {
        struct wa_head head;
        const int this = wa_head_of(str_sub(line, 0, 400), &head) ? bid_line(line, &head) : BID_NO;
        best = this > best ? this : best;
        if (i == 0 && this == BID_NO)
            i = LINES - 5; /* a chat begins with a message: look no further than a few lines */
    }
    return best > BID_NO && named ? BID_SURE : best;
}

const struct importer importer_whatsapp = {
    .name = "whatsapp",
    .title = "WhatsApp chat, text",
    .where = "in the chat: More, Export chat; a .txt file, or a .zip with the files that were sent",
    .version = "1",
    .bid = bid,
    .read = read_chat,
    .count = wa_count,
};
