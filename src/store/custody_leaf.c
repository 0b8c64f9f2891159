/*
 * What is hashed of a source and of a message: lines of a name, the number of bytes, the bytes. A reader
 * can see what was hashed and a program can take it apart whatever the bytes are. Fields that are empty
 * are left out. Only what no later import and no act changes is in it.
 */
#include <inttypes.h>
#include <stdio.h>

#include "custody_log.h"
#include "details.h"
#include "name_cache.h"
#include "row.h"

static void add_field(struct buf *out, const char *name, str value)
{
    char number[24];
    size_t at = sizeof number;
    if (!value.n)
        return;
    /* A million messages have ten million fields: printf takes longer than the hash. */
    number[--at] = ' ';
    for (size_t n = value.n; n || number[at] == ' '; n /= 10)
        number[--at] = (char)('0' + n % 10);
    number[--at] = ' ';
    buf_add(out, str_of(name));
    buf_add(out, (str){number + at, sizeof number - at});
    buf_add(out, value);
    buf_add_byte(out, '\n');
}

static void add_number(struct buf *out, const char *name, int64_t value)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    add_field(out, name, str_of(text));
}

static void add_time(struct buf *out, const char *name, int64_t ms)
{
    char text[CIVIL_TEXT];
    if (ms != TIME_NONE)
        add_field(out, name, str_of(civil_print(text, ms)));
}

static void add_digest(struct buf *out, const char *name, const struct sha256_digest *d)
{
    char hex[SHA256_HEX];
    add_field(out, name, str_of(sha256_hex(hex, d)));
}

/* ---- a source --------------------------------------------------------------------------------- */

/* A file of names has a place on this machine, and a zone that was found out comes and goes. */
static void add_options(struct buf *out, str options)
{
    str line;
    while (str_split(&options, '\n', &line))
        if (!str_starts(line, STR("names=")) && !str_starts(line, STR("clock=")))
            add_field(out, "option", line);
}

void custody_source_leaf(struct buf *out, const struct source_row *s)
{
    add_field(out, "stet", STR("source 1"));
    add_digest(out, "sha256", &s->digest);
    add_number(out, "bytes", (int64_t)s->size_bytes);
    add_field(out, "format", s->format);
    add_field(out, "format-version", s->format_version);
    add_field(out, "zone", s->zone_name);
    add_options(out, s->options);
    add_number(out, "messages", (int64_t)s->messages);
    add_number(out, "events", (int64_t)s->events);
}

/* ---- a message -------------------------------------------------------------------------------- */

static void add_attachments(struct buf *out, const struct message *m)
{
    for (size_t i = 0; i < m->attachment_count; i++) {
        const struct attachment *const x = &m->attachments[i];
        add_number(out, "attachment", x->kind);
        add_field(out, "name", x->name);
        add_field(out, "mime", x->mime);
        if (x->size_bytes >= 0)
            add_number(out, "bytes", x->size_bytes);
        if (x->digest)
            add_digest(out, "sha256", x->digest);
    }
}

static void add_lists(struct buf *out, const struct message *m)
{
    add_attachments(out, m);
    for (size_t i = 0; i < m->edit_count; i++) {
        add_field(out, "earlier", m->edits[i].text);
        add_time(out, "earlier-utc", m->edits[i].utc_ms);
    }
    for (size_t i = 0; i < m->reaction_count; i++) {
        add_field(out, "reaction", m->reactions[i].emoji);
        add_field(out, "by", m->reactions[i].sender);
        add_number(out, "people", m->reactions[i].count);
    }
    for (size_t i = 0; i < m->mention_count; i++)
        add_field(out, "mention", m->mentions[i].key);
    for (size_t i = 0; i < m->recipient_count; i++)
        add_field(out, "to", m->recipients[i].key);
}

/* UTC only where the source itself gives it; what was stated at import stands with the source. */
static void add_clock(struct buf *out, const struct message *m)
{
    if (m->time.basis == BASIS_SOURCE_UTC)
        add_time(out, "utc", m->time.utc_ms);
    if (m->time.basis != BASIS_NONE)
        add_time(out, "clock", m->time.wall_ms);
    add_field(out, "time-shown", m->time_shown);
}

static void add_message(struct buf *out, const struct stored *x)
{
    const struct message *const m = &x->message;
    char id[12];
    snprintf(id, sizeof id, "%08" PRIx32, x->content_id);
    add_field(out, "stet", STR("message 1"));
    add_field(out, "conversation", m->conversation);
    add_field(out, "sender", m->sender);
    add_field(out, "sender-name", m->sender_name);
    add_field(out, "kind", str_of(message_kind_name(m->kind)));
    add_clock(out, m);
    add_field(out, "text", m->text);
    add_number(out, "flags", m->flags);
    add_field(out, "platform-id", m->platform_id);
    add_field(out, "reply-to", m->reply_to);
    add_field(out, "forwarded-from", m->forwarded_from);
    add_time(out, "forwarded-utc", m->forwarded_utc_ms);
    add_time(out, "edited-utc", m->edited_utc_ms);
    add_time(out, "deleted-utc", m->deleted_utc_ms);
    add_field(out, "content-id", str_of(id));
    add_lists(out, m);
    add_field(out, "member", m->locus.member);
    add_number(out, "at", (int64_t)m->locus.at);
    add_number(out, "length", (int64_t)m->locus.length);
}

/* The sender's name is in it only where the row has one of its own: that of a participant may be told by
   a later source. */
static enum status add_keys(struct store *s, struct stored *x, struct err *e)
{
    struct name name;
    enum status st = name_of_participant(s, x->sender_id, &name, e);
    if (st == OK)
        x->message.sender = name.key;
    if (st == OK)
        st = name_of_conversation(s, x->conversation_id, &name, e);
    if (st == OK)
        x->message.conversation = name.key;
    return st;
}

enum status custody_leaf(struct buf *out, struct store *s, int64_t row, struct arena *a,
                         struct err *e)
{
    sqlite3_stmt *q;
    struct stored x = {.row = row};
    struct sha256_digest digest;
    enum status st = db_statement(s, SELECT_MESSAGE, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, row);
    const int rc = sqlite3_step(q);
    if (rc != SQLITE_ROW)
        st = rc == SQLITE_DONE ? fail(e, ERR_MISSING, "there is no message %" PRId64, row)
                               : db_fail(s, e, "read a message");
    if (st == OK) {
        row_read(q, a, &x);
        digest = row_digest(q);
        st = add_keys(s, &x, e);
    }
    sqlite3_reset(q);
    if (st == OK && s->lists)
        st = details_read(s, row, a, &x.message, e);
    if (st == OK) {
        add_message(out, &x);
        add_digest(out, "sha256", &digest);
    }
    return st;
}

enum status custody_message_leaf(struct buf *out, struct store *s, int64_t row, struct err *e)
{
    struct arena a = {.first = NULL};
    const enum status st = custody_leaf(out, s, row, &a, e);
    arena_free(&a);
    return st;
}
