/*
 * The records of a group chat release: a stamp, a name in angle brackets and a text, or an undated
 * event. Both forms of a release (release_text.c, release_html.c) come here, so that they give the
 * same messages. docs/formats/release.md describes the grammar.
 *
 * A record is never glued to its neighbour for being damaged: the words would be put into somebody
 * else's mouth. A date that does not exist costs the date, not the record.
 */
#include "release.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Records before the first dated message wait for the conversation's key. */
enum { HELD_MAX_RECORDS = 1000, HELD_MAX_BYTES = 16 << 20 };

enum { STAMP_AT = 1, STAMP_BYTES = 19, NAME_AT = 23 }; /* [YYYY-MM-DD HH:MM:SS] <name */

struct release_held {
    struct release_held *next;
    struct release_block block;
};

static bool is_stamped(str line)
{
    static const char shape[] = "[dddd-dd-dd dd:dd:dd] <";
    if (line.n < sizeof shape - 1)
        return false;
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? line.p[i] < '0' || line.p[i] > '9' : line.p[i] != shape[i])
            return false;
    return true;
}

#define EVENT_MARK STR("[DMConversationEntry]")
#define LATEST_MARK STR("[LatestTweetID] ")

enum release_head release_head_of(str line)
{
    if (!line.n || line.p[0] != '[')
        return HEAD_NONE;
    if (is_stamped(line))
        return HEAD_MESSAGE;
    return str_starts(line, EVENT_MARK) ? HEAD_EVENT : HEAD_NONE;
}

bool release_is_latest(str line)
{
    int64_t id;
    return str_starts(line, LATEST_MARK) &&
           str_to_u63(str_trim(str_from(line, LATEST_MARK.n)), &id);
}

static size_t blank_at_end(str s)
{
    const unsigned char last = (unsigned char)s.p[s.n - 1];
    if (last == ' ' || (last >= '\t' && last <= '\r'))
        return 1;
    return str_ends(s, STR("\u00a0")) ? 2 : 0;
}

str release_trim_end(str block)
{
    str solid = block;
    for (size_t n; solid.n && (n = blank_at_end(solid));)
        solid.n -= n;
    /* blanks at the end of a line that is not blank belong to its text */
    const size_t line_end = str_find_byte(str_from(block, solid.n), '\n');
    if (!solid.n)
        return solid;
    solid.n = line_end == STR_NONE ? block.n : solid.n + line_end;
    return str_ends(solid, STR("\r")) && line_end != STR_NONE ? str_sub(solid, 0, solid.n - 1)
                                                              : solid;
}

/* --- Fields ------------------------------------------------------------------------------------ */

/* Cuts "name> text" where the writer of the format ends a name: at the first "> ", or at a '>' that
   ends the line, or else at the first '>'. False if there is none. */
static bool cut_name(str after, str *name, str *text)
{
    const size_t newline = str_find_byte(after, '\n');
    const str line = newline == STR_NONE ? after : str_sub(after, 0, newline);
    size_t at = str_find(line, STR("> "));
    if (at == STR_NONE && str_ends(line, STR(">")))
        at = line.n - 1;
    if (at == STR_NONE)
        at = str_find_byte(line, '>');
    if (at == STR_NONE)
        return false;
    *name = str_sub(after, 0, at);
    *text = str_from(after, at + 1);
    if (str_starts(*text, STR(" ")))
        *text = str_from(*text, 1);
    return true;
}

static void attach(struct release *r, struct message *m, enum attachment_kind kind)
{
    if (m->attachment_count == r->attachments_cap) {
        r->attachments_cap = r->attachments_cap ? r->attachments_cap * 2 : 16;
        r->attachments = realloc(r->attachments, r->attachments_cap * sizeof *r->attachments);
        if (!r->attachments)
            abort();
    }
    r->attachments[m->attachment_count++] =
        (struct attachment){.kind = kind, .name = STR(""), .mime = STR(""), .size_bytes = -1};
    m->attachments = r->attachments;
}

static void find_markers(struct release *r, struct message *m)
{
    static const struct {
        const char *mark;
        bool attached;
        enum attachment_kind kind;
        uint32_t flag;
    } markers[] = {
        {"[Tweet]", true, ATTACH_LINK_CARD, 0},
        {"[Media-image]", true, ATTACH_IMAGE, FLAG_IMAGE},
        {"[Card-summary]", true, ATTACH_LINK_CARD, 0},
        {"[Card-player]", true, ATTACH_VIDEO, FLAG_VIDEO},
        {"[Card-audio]", true, ATTACH_AUDIO, FLAG_AUDIO},
        {"[redacted", false, ATTACH_FILE, FLAG_REDACTED},
    };
    str rest = m->text;
    for (size_t at; (at = str_find_byte(rest, '[')) != STR_NONE; rest = str_from(rest, 1)) {
        rest = str_from(rest, at);
        for (size_t i = 0; i < sizeof markers / sizeof markers[0]; i++) {
            if (!str_starts(rest, str_of(markers[i].mark)))
                continue;
            m->flags |= markers[i].flag;
            if (markers[i].attached)
                attach(r, m, markers[i].kind);
            break;
        }
    }
}

static void set_time(struct release *r, struct message *m)
{
    int64_t wall;
    if (!civil_read_stamp(m->time_shown, &wall))
        return;
    m->time = (struct message_time){.wall_ms = wall, .utc_ms = wall, .basis = BASIS_ASSUMED};
    if (!r->options->zone)
        return;
    m->time.basis = BASIS_STATED;
    m->time.ambiguous = zone_to_utc(r->options->zone, wall, &m->time.utc_ms) != ZONE_FITS;
}

/* --- What is odd about a record that was kept --------------------------------------------------- */

static enum status tell_repairs(struct release *r, const struct release_block *b, struct err *e)
{
    const struct repair *fix = &b->repair;
    enum status st = OK;
    if (fix->bad)
        st = release_tell(r, NOTE_BAD_UTF8, release_locus(fix->bad_at, fix->bad_bytes, b->line), e);
    if (st == OK && fix->nul)
        st = release_tell(r, NOTE_NUL, release_locus(fix->nul_at, 1, b->line), e);
    if (st == OK && b->cut)
        st = release_tell(r, NOTE_CUT, release_locus(b->at, b->raw.n, b->line), e);
    return st;
}

static enum status tell_time(struct release *r, const struct message *m, struct err *e)
{
    const struct locus *l = &m->locus;
    if (m->time.wall_ms == TIME_NONE)
        return release_tell(r, NOTE_BAD_STAMP,
                            release_locus(l->at + STAMP_AT, STAMP_BYTES, l->line), e);
    const int64_t hour = m->time.wall_ms / MS_PER_HOUR;
    if (!m->time.ambiguous || hour == r->ambiguous_hour)
        return OK;
    r->ambiguous_hour = hour;
    return release_tell(r, NOTE_AMBIGUOUS_TIME, *l, e);
}

static enum status tell_name(struct release *r, const struct message *m, struct err *e)
{
    if (!m->sender.n)
        return release_tell(r, NOTE_NO_NAME, m->locus, e);
    if (r->odd_name_told || str_find_byte(m->sender, '>') == STR_NONE)
        return OK;
    r->odd_name_told = true;
    return release_tell(r, NOTE_ODD_NAME, m->locus, e);
}

/* A line "[2016-3-2 9:41:07] <..." is no record by the grammar, but it may have been one: the words
   would then be somebody else's. */
static bool has_near_stamp(str text)
{
    str line;
    if (str_find_byte(text, '\n') == STR_NONE)
        return false;
    str_split(&text, '\n', &line);
    while (str_split(&text, '\n', &line))
        if (line.n > 2 && line.p[0] == '[' && line.p[1] >= '0' && line.p[1] <= '9' &&
            str_find(line, STR("] <")) != STR_NONE)
            return true;
    return false;
}

/* --- Records ----------------------------------------------------------------------------------- */

static enum status send_title(struct release *r, str title, struct err *e)
{
    const struct conversation c = {
        .key = r->key,
        .title = title,
        .platform = STR("twitter"),
        .type = STR("group"),
        .loose = true, /* the key is that of the first record: an excerpt has another */
    };
    return r->sink->conversation(r->sink, &c, e);
}

static struct message message_of(const struct release *r, const struct release_block *b)
{
    struct message m = message_empty();
    m.conversation = r->key;
    m.locus = release_locus(b->at, b->raw.n, b->line);
    m.raw = b->raw;
    m.flags = b->repair.bad || b->repair.nul ? FLAG_LOSSY : 0;
    return m;
}

static enum status send_event(struct release *r, const struct release_block *b, struct err *e)
{
    struct message m = message_of(r, b);
    m.kind = KIND_EVENT;
    m.text = str_from(b->body, EVENT_MARK.n);
    if (str_starts(m.text, STR(" ")))
        m.text = str_from(m.text, 1);
    enum status st = r->sink->message(r->sink, &m, e);
    if (st == OK)
        st = tell_repairs(r, b, e);

    const str rename = STR(" changed the group name to ");
    const size_t at = str_find(m.text, rename);
    if (st != OK || at == STR_NONE)
        return st;
    str rest = str_from(m.text, at + rename.n), title;
    return str_split(&rest, '\n', &title) && title.n ? send_title(r, title, e) : OK;
}

static enum status send_message(struct release *r, const struct release_block *b, struct err *e)
{
    struct message m = message_of(r, b);
    m.time_shown = str_sub(b->body, STAMP_AT, STAMP_BYTES);
    if (!cut_name(str_from(b->body, NAME_AT), &m.sender, &m.text))
        m.text = str_from(b->body, NAME_AT - 1);
    set_time(r, &m);
    find_markers(r, &m);
    enum status st = r->sink->message(r->sink, &m, e);
    if (st == OK)
        st = tell_repairs(r, b, e);
    if (st == OK)
        st = tell_time(r, &m, e);
    if (st == OK)
        st = tell_name(r, &m, e);
    if (st == OK && has_near_stamp(m.text))
        st = release_tell(r, NOTE_NEAR_STAMP, m.locus, e);
    return st;
}

static enum status send_block(struct release *r, const struct release_block *b, struct err *e)
{
    return b->head == HEAD_EVENT ? send_event(r, b, e) : send_message(r, b, e);
}

/* Events may stand before the message whose stamp and sender name the conversation: keep them. */
static void hold(struct release *r, const struct release_block *b)
{
    struct release_held *h = arena_alloc(&r->arena, sizeof *h);
    h->block = *b;
    h->block.body = arena_dup(&r->arena, b->body);
    h->block.raw = arena_dup(&r->arena, b->raw);
    *(r->held ? r->held_end : &r->held) = h;
    r->held_end = &h->next;
    r->held_count++;
    r->held_bytes += b->body.n + b->raw.n;
}

static enum status settle_key(struct release *r, str key, struct err *e)
{
    r->key = key;
    enum status st = send_title(r, r->title, e);
    for (const struct release_held *h = r->held; h && st == OK; h = h->next)
        st = send_block(r, &h->block, e);
    r->held = NULL;
    return st;
}

/* "release:2016-03-02T09:41:07/noll", the same for both forms and any file name. */
static str key_of(struct release *r, const struct release_block *b)
{
    int64_t wall;
    str name = STR(""), text;
    if (b->head != HEAD_MESSAGE ||
        !civil_read_stamp(str_sub(b->body, STAMP_AT, STAMP_BYTES), &wall))
        return STR("");
    cut_name(str_from(b->body, NAME_AT), &name, &text);
    char time[CIVIL_TEXT];
    civil_print(time, wall);
    const str day = str_sub(str_of(time), 0, 10), clock = str_from(str_of(time), 11);
    return arena_printf(&r->arena, "release:" STR_FMT "T" STR_FMT "/" STR_FMT, STR_ARG(day),
                        STR_ARG(clock), STR_ARG(name));
}

enum status release_add(struct release *r, const struct release_block *b, struct err *e)
{
    r->records++;
    if (!r->key.n) {
        str key = key_of(r, b);
        if (!key.n && (r->held_count >= HELD_MAX_RECORDS || r->held_bytes >= HELD_MAX_BYTES))
            key = STR("release:undated");
        if (!key.n) {
            hold(r, b);
            return OK;
        }
        const enum status st = settle_key(r, key, e);
        if (st != OK)
            return st;
    }
    return send_block(r, b, e);
}

enum status release_end(struct release *r, uint64_t bytes, struct err *e)
{
    if (r->held)
        return settle_key(r, STR("release:undated"), e);
    return r->records ? OK : release_tell(r, NOTE_NO_RECORDS, release_locus(0, bytes, 0), e);
}

/* The file's name without folders and without its last extension. */
static str stem_of(str path)
{
    for (size_t slash; (slash = str_find_byte(path, '/')) != STR_NONE;)
        path = str_from(path, slash + 1);
    for (size_t i = path.n; i-- > 1;)
        if (path.p[i] == '.')
            return str_sub(path, 0, i);
    return path;
}

struct release release_to(struct sink *sink, const struct import_options *options,
                          const struct source *source)
{
    return (struct release){
        .sink = sink,
        .options = options,
        .title = stem_of(source_name(source)),
        .key = STR(""),
        .ambiguous_hour = INT64_MIN,
    };
}

void release_free(struct release *r)
{
    arena_free(&r->arena);
    free(r->attachments);
}
