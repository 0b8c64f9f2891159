/*
 * iMessage chats as text by imessage-exporter (https://github.com/ReagentX/imessage-exporter), -f txt: a file
 * for each chat, named by those who are in it. A stamp, the sender, the text, a blank line.
 *
 * Quirks: two blanks before an hour of one figure; answers are repeated below what they answer, set in by
 * four blanks, and stand in their own place again; tapbacks, edits and deletions are told in lines
 * among the text; times are local; announcements stand on the line of their stamp.
 */
#include "imessage_text.h"

#include "buf.h"
#include "count_lines.h"
#include "line_records.h"
#include "moment.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum { KEY_BYTES = 400 };

struct reader {
    struct sink *sink;
    const struct import_options *options;
    char key[KEY_BYTES];
    struct imessage_words words;
    struct line_note bad_stamp, repeated;
};

static size_t digits_at(str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

/* "May 17, 2022  5:29:42 PM": bytes of the stamp at the front, 0 if there is none. */
size_t imessage_stamp(str line)
{
    const str month = str_sub(line, 0, 3);
    for (size_t i = 0; i < 3; i++)
        if (i >= month.n || (month.p[i] | 0x20) < 'a' || (month.p[i] | 0x20) > 'z')
            return 0;
    if (!str_eq(str_sub(line, 3, 1), STR(" ")) || digits_at(line, 4) != 2 ||
        !str_eq(str_sub(line, 6, 2), STR(", ")) || digits_at(line, 8) != 4 ||
        !str_eq(str_sub(line, 12, 1), STR(" ")))
        return 0;
    const bool padded = str_eq(str_sub(line, 13, 1), STR(" "));
    const size_t hour = digits_at(line, padded ? 14 : 13), at = 15;
    if (hour != (padded ? 1 : 2) || !str_eq(str_sub(line, at, 1), STR(":")) ||
        digits_at(line, at + 1) != 2 || !str_eq(str_sub(line, at + 3, 1), STR(":")) ||
        digits_at(line, at + 4) != 2)
        return 0;
    const str noon = str_sub(line, at + 6, 3);
    return str_eq(noon, STR(" AM")) || str_eq(noon, STR(" PM")) ? at + 9 : 0;
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    (void)context;
    const size_t n = imessage_stamp(l->text);
    const bool ends = n == l->text.n || (n < l->text.n && l->text.p[n] == ' ');
    return n && ends && l->after_blank ? LINE_BEGINS : LINE_GOES_ON;
}

static str owner_or(str shown, const struct import_options *options)
{
    const bool self = str_eq(shown, STR("Me")) || str_eq(shown, STR("You"));
    return self && options->owner.n ? options->owner : shown;
}

/* "Ines renamed the conversation to Shaft 4" */
static void read_announcement(struct reader *r, struct message *m, str words)
{
    static const char *const deeds[] = {
        " renamed the conversation",
        " named the conversation",
        " added ",
        " removed ",
        " left the conversation",
        " changed the ",
        " set the ",
        " kept ",
        " started ",
        " joined ",
    };
    m->kind = KIND_EVENT;
    m->text = words;
    size_t first = STR_NONE;
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        const size_t at = str_find(words, str_of(deeds[i]));
        first = at < first ? at : first;
    }
    if (first != STR_NONE)
        m->sender = owner_or(str_sub(words, 0, first), r->options);
}

static enum status on_record(void *context, const struct line_record *record, struct err *e)
{
    struct reader *r = context;
    struct message m = line_message(record);
    struct stamp stamp;
    m.conversation = str_of(r->key);
    m.time_shown = str_sub(record->text, 0, imessage_stamp(record->text));
    if (stamp_written(m.time_shown, ORDER_UNKNOWN, &stamp))
        m.time = moment_naive(stamp.wall_ms, r->options);
    else
        line_note_add(&r->bad_stamp, record);
    str rest = str_from(record->text, m.time_shown.n), line;
    const str behind =
        str_trim(str_sub(record->text, m.time_shown.n, record->head - m.time_shown.n));
    if (behind.n && behind.p[0] != '(') {
        read_announcement(r, &m, str_trim(rest));
        return r->sink->message(r->sink, &m, e);
    }
    str_split(&rest, '\n', &line); /* what is left of the stamp's own */
    if (str_split(&rest, '\n', &line))
        m.sender = owner_or(line, r->options);
    imessage_read_words(&r->words, &m, rest);
    for (size_t i = 0; i < r->words.reaction_count; i++)
        r->words.reactions[i].sender = owner_or(r->words.reactions[i].sender, r->options);
    if (r->words.answers)
        line_note_add(&r->repeated, record);
    return r->sink->message(r->sink, &m, e);
}

static enum status name_chat(struct reader *r, str path, struct err *e)
{
    str title = str_sub(path_stem(path), 0, 300);
    title.n = utf8_unbroken(title);
    const int n = snprintf(r->key, sizeof r->key, "imessage:" STR_FMT, STR_ARG(title));
    const struct conversation c = {.key = {r->key, (size_t)n},
                                   .title = title,
                                   .platform = STR("imessage"),
                                   .type = STR(""),
                                   .loose = true};
    return r->sink->conversation(r->sink, &c, e);
}

static enum status read_chat(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    const struct line_format format = {
        .how.charset = line_charset(source), .role = role_of, .record = on_record};
    static const struct line_note_words bad_stamp = {
        ISSUE_WARN, "badStamp",
        "message has a stamp that is no time, and is kept in its order only.",
        "messages have stamps that are no times, and are kept in their order only.",
        "Look at the file there: the stamp is shown with the message."};
    static const struct line_note_words repeated = {
        ISSUE_NOTE, "repeatedAnswers",
        "message has answers repeated below it, which were left out there.",
        "messages have answers repeated below them, which were left out there.",
        "The answers stand in their own places as well."};
    struct reader r = {.sink = sink, .options = options, .words = imessage_words_new()};
    enum status st = name_chat(&r, line_source_path(source, options), e);
    if (st == OK)
        st = line_records(source, sink, &format, &r, e);
    if (st == OK)
        st = line_note_tell(sink, &r.bad_stamp, &bad_stamp, e);
    if (st == OK)
        st = line_note_tell(sink, &r.repeated, &repeated, e);
    imessage_words_free(&r.words);
    return st;
}

static int bid_chat(str prefix, str name)
{
    str line = STR("");
    (void)name;
    while (line_is_blank(line))
        if (!str_split(&prefix, '\n', &line))
            return BID_NO;
    const size_t n = imessage_stamp(line);
    return n && (line_is_blank(str_from(line, n)) || line.p[n] == ' ') ? BID_SURE - 5 : BID_NO;
}

/* A stamp behind a blank line. state[6]: the line before was not blank. */
static bool counts(struct counter *c, str head)
{
    static const char *const ways[] = {"w 99, 9999  9:99:99 %", "w 99, 9999 99:99:99 %"};
    const bool after_blank = !c->state[6];
    c->state[6] = head.n > 0;
    for (size_t i = 0; after_blank && i < sizeof ways / sizeof ways[0]; i++) {
        const size_t n = head_fits(head, ways[i]);
        if (n && str_find_byte(head, ' ') == 3 && head.p[n - 1] == 'M' &&
            (head.p[n - 2] == 'A' || head.p[n - 2] == 'P'))
            return n == head.n || head.p[n] == ' ';
    }
    return false;
}

static void count_chat(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

const struct importer importer_imessage_text = {
    .name = "imessage-text",
    .title = "iMessage chat by imessage-exporter, text",
    .where = "made by imessage-exporter with -f txt: a text file for each chat",
    .version = "1",
    .bid = bid_chat,
    .read = read_chat,
    .count = count_chat,
};
