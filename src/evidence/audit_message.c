/* Everything that an importer can say of a message is compared, the lists entry by entry. */
#include "audit_message.h"

#include "store.h"

static str name_of(const struct message *m)
{
    return m->sender_name.n ? m->sender_name : m->sender;
}

static bool same_instant(const struct message_time *stored, const struct message_time *read)
{
    if (stored->basis != read->basis)
        return false;
    if (read->basis == BASIS_NONE)
        return true;
    /* UTC is kept to the minute that the shown clock allows (offsets with seconds, before 1972). */
    const int64_t off = stored->utc_ms - read->utc_ms;
    const bool whole = (read->wall_ms - read->utc_ms) % MS_PER_MINUTE == 0;
    return stored->ambiguous == read->ambiguous &&
           (whole ? off == 0 : off > -MS_PER_MINUTE && off < MS_PER_MINUTE);
}

static bool same_digest(const struct sha256_digest *a, const struct sha256_digest *b)
{
    return a && b ? sha256_eq(a, b) : a == b;
}

static bool same_attachments(const struct message *a, const struct message *b)
{
    if (a->attachment_count != b->attachment_count)
        return false;
    for (size_t i = 0; i < a->attachment_count; i++) {
        const struct attachment *x = &a->attachments[i], *y = &b->attachments[i];
        if (x->kind != y->kind || x->size_bytes != y->size_bytes || !str_eq(x->name, y->name) ||
            !str_eq(x->mime, y->mime) || !str_eq(x->path, y->path) ||
            !same_digest(x->digest, y->digest))
            return false;
    }
    return true;
}

static bool same_reactions(const struct message *a, const struct message *b)
{
    if (a->reaction_count != b->reaction_count)
        return false;
    for (size_t i = 0; i < a->reaction_count; i++) {
        const struct reaction *x = &a->reactions[i], *y = &b->reactions[i];
        if (x->count != y->count || x->utc_ms != y->utc_ms || !str_eq(x->emoji, y->emoji) ||
            !str_eq(x->sender, y->sender))
            return false;
    }
    return true;
}

static bool same_edits(const struct message *a, const struct message *b)
{
    if (a->edit_count != b->edit_count)
        return false;
    for (size_t i = 0; i < a->edit_count; i++)
        if (a->edits[i].utc_ms != b->edits[i].utc_ms || !str_eq(a->edits[i].text, b->edits[i].text))
            return false;
    return true;
}

static bool same_people(const struct person_ref *a, const struct person_ref *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!str_eq(a[i].key, b[i].key))
            return false;
    return true;
}

/* ---- what differs --------------------------------------------------------------------------- */

const char *identity_difference(const struct message *stored, const struct message *read)
{
    if (!str_eq(stored->text, read->text))
        return "its text";
    if (stored->time.wall_ms != read->time.wall_ms)
        return "its time";
    if (!str_eq(stored->sender, read->sender))
        return "its sender";
    if (!str_eq(stored->conversation, read->conversation))
        return "its conversation";
    return stored->kind != read->kind ? "its kind" : NULL;
}

static const char *list_difference(const struct message *stored, const struct message *read)
{
    if (!same_attachments(stored, read))
        return "an attachment of it";
    if (!same_reactions(stored, read))
        return "a reaction to it";
    if (!same_edits(stored, read))
        return "an earlier wording of it";
    if (stored->mention_count != read->mention_count ||
        !same_people(stored->mentions, read->mentions, read->mention_count))
        return "a mention in it";
    if (stored->recipient_count != read->recipient_count ||
        !same_people(stored->recipients, read->recipients, read->recipient_count))
        return "a recipient of it";
    return NULL;
}

const char *detail_difference(const struct message *stored, const struct message *read)
{
    if (!same_instant(&stored->time, &read->time))
        return "its UTC time";
    if (!str_eq(name_of(stored), name_of(read)))
        return "its sender's name";
    if (!str_eq(stored->time_shown, read->time_shown))
        return "its time as shown";
    if (stored->flags != store_flags(read))
        return "a flag of it";
    if (!str_eq(stored->platform_id, read->platform_id))
        return "its platform id";
    if (!str_eq(stored->reply_to, read->reply_to))
        return "what it answers";
    if (!str_eq(stored->forwarded_from, read->forwarded_from) ||
        stored->forwarded_utc_ms != read->forwarded_utc_ms)
        return "whom it was forwarded from";
    if (stored->edited_utc_ms != read->edited_utc_ms)
        return "when it was edited";
    if (stored->deleted_utc_ms != read->deleted_utc_ms)
        return "when it was deleted";
    return list_difference(stored, read);
}
