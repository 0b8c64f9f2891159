/* Fields that are usual cost nothing: NULL stands for an empty string, and for a time as shown that
   is just the canonical print of the clock. */
#include "row.h"

#include <string.h>

#include "links.h"

/* Columns of MESSAGE_COLUMNS in db.c, from 0; as parameters they count from 1. */
enum {
    AT_CONVERSATION,
    AT_PARTICIPANT,
    AT_KIND,
    AT_FLAGS,
    AT_SENT,
    AT_OFFSET,
    AT_BASIS,
    AT_AMBIGUOUS,
    AT_CONTENT,
    AT_SOURCE,
    AT_BYTE,
    AT_LENGTH,
    AT_LINE,
    AT_DIGEST,
    AT_MEMBER,
    AT_TIME_SHOWN,
    AT_PLATFORM_ID,
    AT_REPLY_TO,
    AT_SENDER_NAME,
    AT_FORWARDED_FROM,
    AT_FORWARDED,
    AT_EDITED,
    AT_DELETED,
    AT_TEXT,
    AT_ID
};

static uint32_t link_flags(str text)
{
    static const uint32_t flags[] = {
        [LINK_URL] = FLAG_LINK,    [LINK_MENTION] = FLAG_MENTION, [LINK_TAG] = 0,
        [LINK_EMAIL] = FLAG_EMAIL, [LINK_PHONE] = FLAG_PHONE,     [LINK_NUMBER] = FLAG_NUMBER,
        [LINK_EMOJI] = FLAG_EMOJI,
    };
    const uint32_t kinds = link_kinds(text);
    uint32_t all = 0;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        all |= kinds >> i & 1 ? flags[i] : 0;
    return all;
}

uint32_t store_flags(const struct message *m)
{
    return m->flags | link_flags(m->text);
}

static int64_t offset_minutes(const struct message_time *t)
{
    const int64_t off = t->wall_ms - t->utc_ms;
    return (off + (off < 0 ? -MS_PER_MINUTE / 2 : MS_PER_MINUTE / 2)) / MS_PER_MINUTE;
}

int64_t row_sort_ms(const struct message_time *t)
{
    return t->wall_ms - offset_minutes(t) * MS_PER_MINUTE;
}

struct row row_of(const struct record *record, int64_t offset_before)
{
    const struct message *m = &record->message;
    const bool dated = m->time.basis != BASIS_NONE;
    return (struct row){.message = m,
                        .digest = &record->digest,
                        .sent_ms = record->sort_ms,
                        .offset_min = dated ? offset_minutes(&m->time) : offset_before,
                        .flags = store_flags(m)};
}

/* NULL if `shown` is the canonical print of the clock, or if there is no clock and nothing shown. */
static void bind_time_shown(sqlite3_stmt *q, const struct message *m)
{
    char canonical[CIVIL_TEXT] = "";
    if (m->time.basis != BASIS_NONE)
        civil_print(canonical, m->time.wall_ms);
    if (str_eq(m->time_shown, str_of(canonical)))
        sqlite3_bind_null(q, AT_TIME_SHOWN + 1);
    else
        db_bind_text(q, AT_TIME_SHOWN + 1, m->time_shown);
}

void row_bind(sqlite3_stmt *q, const struct row *r)
{
    const struct message *m = r->message;
    sqlite3_bind_int64(q, AT_ID + 1, r->id);
    sqlite3_bind_int64(q, AT_CONVERSATION + 1, r->conversation_id);
    if (r->participant_id)
        sqlite3_bind_int64(q, AT_PARTICIPANT + 1, r->participant_id);
    sqlite3_bind_int64(q, AT_KIND + 1, m->kind);
    sqlite3_bind_int64(q, AT_FLAGS + 1, r->flags);
    sqlite3_bind_int64(q, AT_SENT + 1, r->sent_ms);
    sqlite3_bind_int64(q, AT_OFFSET + 1, r->offset_min);
    sqlite3_bind_int64(q, AT_BASIS + 1, m->time.basis);
    sqlite3_bind_int64(q, AT_AMBIGUOUS + 1, m->time.ambiguous);
    sqlite3_bind_int64(q, AT_CONTENT + 1, (int32_t)r->content_id);
    sqlite3_bind_int64(q, AT_SOURCE + 1, r->source_id);
    sqlite3_bind_int64(q, AT_BYTE + 1, (int64_t)m->locus.at);
    sqlite3_bind_int64(q, AT_LENGTH + 1, (int64_t)m->locus.length);
    sqlite3_bind_int64(q, AT_LINE + 1, (int64_t)m->locus.line);
    sqlite3_bind_blob(q, AT_DIGEST + 1, r->digest->bytes, SHA256_BYTES, SQLITE_STATIC);
    db_bind_or_null(q, AT_MEMBER + 1, m->locus.member);
    bind_time_shown(q, m);
    db_bind_or_null(q, AT_PLATFORM_ID + 1, m->platform_id);
    db_bind_or_null(q, AT_REPLY_TO + 1, m->reply_to);
    if (!r->same_name)
        db_bind_text(q, AT_SENDER_NAME + 1, m->sender_name);
    db_bind_or_null(q, AT_FORWARDED_FROM + 1, m->forwarded_from);
    db_bind_time(q, AT_FORWARDED + 1, m->forwarded_utc_ms);
    db_bind_time(q, AT_EDITED + 1, m->edited_utc_ms);
    db_bind_time(q, AT_DELETED + 1, m->deleted_utc_ms);
    db_bind_text(q, AT_TEXT + 1, m->text);
}

static str field(sqlite3_stmt *q, struct arena *a, int column)
{
    const str s = db_text(q, column);
    return s.n ? arena_dup(a, s) : STR("");
}

static int in_range(sqlite3_stmt *q, int column, int count)
{
    const int64_t value = sqlite3_column_int64(q, column);
    return value >= 0 && value < count ? (int)value : 0;
}

static str time_shown(sqlite3_stmt *q, struct arena *a, const struct message_time *t)
{
    char canonical[CIVIL_TEXT];
    if (sqlite3_column_type(q, AT_TIME_SHOWN) != SQLITE_NULL)
        return field(q, a, AT_TIME_SHOWN);
    if (t->basis == BASIS_NONE)
        return STR("");
    return arena_dup(a, str_of(civil_print(canonical, t->wall_ms)));
}

void row_read(sqlite3_stmt *q, struct arena *a, struct stored *out)
{
    struct message *m = &out->message;
    *m = message_empty();
    out->conversation_id = sqlite3_column_int64(q, AT_CONVERSATION);
    out->sender_id = row_participant(q);
    out->content_id = (uint32_t)sqlite3_column_int64(q, AT_CONTENT);
    m->kind = in_range(q, AT_KIND, KIND_COUNT);
    m->flags = (uint32_t)sqlite3_column_int64(q, AT_FLAGS);
    m->time.basis = in_range(q, AT_BASIS, BASIS_COUNT);
    m->time.ambiguous = sqlite3_column_int64(q, AT_AMBIGUOUS) != 0;
    if (m->time.basis != BASIS_NONE) {
        m->time.utc_ms = sqlite3_column_int64(q, AT_SENT);
        m->time.wall_ms = m->time.utc_ms + sqlite3_column_int64(q, AT_OFFSET) * MS_PER_MINUTE;
    }
    m->locus = (struct locus){.at = (uint64_t)sqlite3_column_int64(q, AT_BYTE),
                              .length = (uint64_t)sqlite3_column_int64(q, AT_LENGTH),
                              .line = (uint64_t)sqlite3_column_int64(q, AT_LINE),
                              .member = field(q, a, AT_MEMBER)};
    m->time_shown = time_shown(q, a, &m->time);
    m->platform_id = field(q, a, AT_PLATFORM_ID);
    m->reply_to = field(q, a, AT_REPLY_TO);
    m->sender_name = field(q, a, AT_SENDER_NAME);
    m->forwarded_from = field(q, a, AT_FORWARDED_FROM);
    m->forwarded_utc_ms = db_time(q, AT_FORWARDED);
    m->edited_utc_ms = db_time(q, AT_EDITED);
    m->deleted_utc_ms = db_time(q, AT_DELETED);
    m->text = field(q, a, AT_TEXT);
}

int64_t row_participant(sqlite3_stmt *q)
{
    return sqlite3_column_int64(q, AT_PARTICIPANT);
}

bool row_has_own_name(sqlite3_stmt *q)
{
    return sqlite3_column_type(q, AT_SENDER_NAME) != SQLITE_NULL;
}

struct sha256_digest row_digest(sqlite3_stmt *q)
{
    return db_digest(q, AT_DIGEST);
}
