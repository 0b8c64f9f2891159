/*
 * One message out of its JSON. Stet wrote it, so nothing is guessed and nothing mended: a field that is
 * not what Stet writes refuses the whole message, because a fact-checker could not tell what was lost.
 */
#include "stet_jsonl.h"

enum { LIST_MAX = 100000 };
static const int64_t offset_max_ms = 26 * MS_PER_HOUR;

/* What is being read, and the first field that is wrong. */
struct fields {
    const struct json_value *object;
    struct arena *arena;
    const char *wrong;
};

static void refuse(struct fields *f, const char *field)
{
    if (!f->wrong)
        f->wrong = field;
}

static str text_of(struct fields *f, const char *key)
{
    const struct json_value *v = jv_get(f->object, key);
    if (v && jv_type(v) != JSON_STRING)
        refuse(f, key);
    return jv_str(v);
}

/* Which of the names that `name_at` has, up to NULL; -1 if none. */
static int find_name(str name, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (names[i] && str_eq(name, str_of(names[i])))
            return i;
    }
    return -1;
}

/* Years 1 to 9999, which is what the calendar of civil.h can print and read. */
static bool is_time(int64_t ms)
{
    return ms >= INT64_C(-62135596800000) && ms <= INT64_C(253402300799999);
}

static int64_t time_of(struct fields *f, const char *key)
{
    struct stamp stamp;
    const str text = text_of(f, key);
    if (!text.n)
        return TIME_NONE;
    if (!stamp_iso(text, &stamp) || !stamp.has_offset || stamp.offset_min) {
        refuse(f, key);
        return TIME_NONE;
    }
    return stamp.wall_ms;
}

/* ---- lists ------------------------------------------------------------------------------------ */

typedef void entry_reader(struct fields *entry, void *out);

/* All entries of a list, `size` bytes each, in the arena. */
static void *read_list(struct fields *f, const char *key, size_t size, entry_reader *read,
                       size_t *count)
{
    const struct json_value *list = jv_get(f->object, key);
    *count = 0;
    if (!list)
        return NULL;
    if (jv_type(list) != JSON_ARRAY || jv_count(list) > LIST_MAX) {
        refuse(f, key);
        return NULL;
    }
    *count = jv_count(list);
    char *all = arena_array(f->arena, *count, size);
    for (size_t i = 0; i < *count; i++) {
        struct fields entry = {.object = jv_at(list, i), .arena = f->arena};
        read(&entry, all + i * size);
        if (entry.wrong)
            refuse(f, key);
    }
    return all;
}

static unsigned hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

static const struct sha256_digest *digest_of(struct fields *f)
{
    const str hex = text_of(f, "sha256");
    if (!hex.n)
        return NULL;
    struct sha256_digest *digest = arena_alloc(f->arena, sizeof *digest);
    for (size_t i = 0; i < SHA256_BYTES && hex.n == SHA256_HEX - 1; i++) {
        const unsigned high = hex_value(hex.p[2 * i]), low = hex_value(hex.p[2 * i + 1]);
        if (high > 15 || low > 15)
            refuse(f, "sha256");
        digest->bytes[i] = (unsigned char)((high << 4 | low) & 255);
    }
    if (hex.n != SHA256_HEX - 1)
        refuse(f, "sha256");
    return digest;
}

static void read_attachment(struct fields *f, void *out)
{
    static const char *const kinds[] = {
        [ATTACH_FILE] = "file",   [ATTACH_IMAGE] = "image",         [ATTACH_VIDEO] = "video",
        [ATTACH_AUDIO] = "audio", [ATTACH_LINK_CARD] = "link-card",
    };
    struct attachment *x = out;
    const struct json_value *size = jv_get(f->object, "size");
    const int kind = find_name(text_of(f, "kind"), kinds, ATTACH_LINK_CARD + 1);
    *x = (struct attachment){.kind = kind < 0 ? ATTACH_FILE : (enum attachment_kind)kind,
                             .name = text_of(f, "name"),
                             .mime = text_of(f, "mime"),
                             .size_bytes = -1,
                             .path = text_of(f, "path"),
                             .digest = digest_of(f)};
    if (kind < 0 || (size && (!jv_int(size, &x->size_bytes) || x->size_bytes < 0)))
        refuse(f, "kind");
}

static void read_reaction(struct fields *f, void *out)
{
    int64_t count = 0;
    if (!jv_int(jv_get(f->object, "count"), &count) || count < 1 || count > UINT32_MAX)
        refuse(f, "count");
    *(struct reaction *)out = (struct reaction){.emoji = text_of(f, "emoji"),
                                                .sender = text_of(f, "sender"),
                                                .sender_name = text_of(f, "sender_name"),
                                                .utc_ms = time_of(f, "utc"),
                                                .count = (uint32_t)count};
}

static void read_edit(struct fields *f, void *out)
{
    *(struct edit *)out = (struct edit){text_of(f, "text"), time_of(f, "utc")};
}

static void read_person(struct fields *f, void *out)
{
    *(struct person_ref *)out = (struct person_ref){text_of(f, "key"), text_of(f, "name")};
}

static void read_flag(struct fields *f, void *out)
{
    const str name = jv_str(f->object);
    for (uint32_t bit = 1; message_flag_name(bit); bit <<= 1) {
        if (!str_eq(name, str_of(message_flag_name(bit))))
            continue;
        *(uint32_t *)out = bit;
        return;
    }
    refuse(f, "flags");
}

static uint32_t flags_of(struct fields *f)
{
    size_t count;
    uint32_t all = 0;
    const uint32_t *flags = read_list(f, "flags", sizeof *flags, read_flag, &count);
    for (size_t i = 0; i < count; i++)
        all |= flags[i];
    return all;
}

static void read_lists(struct fields *f, struct message *m)
{
    m->attachments =
        read_list(f, "attachments", sizeof *m->attachments, read_attachment, &m->attachment_count);
    m->reactions =
        read_list(f, "reactions", sizeof *m->reactions, read_reaction, &m->reaction_count);
    m->edits = read_list(f, "edits", sizeof *m->edits, read_edit, &m->edit_count);
    m->mentions = read_list(f, "mentions", sizeof *m->mentions, read_person, &m->mention_count);
    m->recipients =
        read_list(f, "recipients", sizeof *m->recipients, read_person, &m->recipient_count);
}

/* ---- the message ------------------------------------------------------------------------------ */

static void read_time(struct fields *f, struct message *m)
{
    const char *names[BASIS_COUNT];
    for (int i = 0; i < BASIS_COUNT; i++)
        names[i] = time_basis_name((enum time_basis)i);
    const int basis = find_name(text_of(f, "basis"), names, BASIS_COUNT);
    if (basis < 0) {
        refuse(f, "basis");
        return;
    }
    m->time_shown = text_of(f, "time_shown");
    m->time.ambiguous = jv_bool(jv_get(f->object, "ambiguous"));
    if (basis == BASIS_NONE)
        return;
    struct message_time *t = &m->time;
    t->basis = (enum time_basis)basis;
    if (!jv_int(jv_get(f->object, "utc_ms"), &t->utc_ms) || !is_time(t->utc_ms))
        refuse(f, "utc_ms");
    else if (!jv_int(jv_get(f->object, "wall_ms"), &t->wall_ms) || !is_time(t->wall_ms) ||
             t->wall_ms - t->utc_ms > offset_max_ms || t->utc_ms - t->wall_ms > offset_max_ms)
        refuse(f, "wall_ms");
}

static void read_kind(struct fields *f, struct message *m)
{
    const char *names[KIND_COUNT];
    for (int i = 0; i < KIND_COUNT; i++)
        names[i] = message_kind_name((enum message_kind)i);
    const int kind = find_name(text_of(f, "kind"), names, KIND_COUNT);
    if (kind < 0)
        refuse(f, "kind");
    else
        m->kind = (enum message_kind)kind;
}

const char *stet_jsonl_message(const struct json_value *v, struct arena *a, struct message *m)
{
    struct fields f = {.object = v, .arena = a};
    read_kind(&f, m);
    m->conversation = text_of(&f, "conversation");
    m->sender = text_of(&f, "sender");
    m->sender_name = text_of(&f, "sender_name");
    read_time(&f, m);
    m->platform_id = text_of(&f, "platform_id");
    m->reply_to = text_of(&f, "reply_to");
    m->forwarded_from = text_of(&f, "forwarded_from");
    m->forwarded_utc_ms = time_of(&f, "forwarded_utc");
    m->edited_utc_ms = time_of(&f, "edited_utc");
    m->deleted_utc_ms = time_of(&f, "deleted_utc");
    m->text = text_of(&f, "text");
    m->flags = flags_of(&f);
    read_lists(&f, m);
    if (!m->conversation.n)
        refuse(&f, "conversation");
    if (jv_type(jv_get(v, "text")) != JSON_STRING)
        refuse(&f, "text");
    return f.wrong;
}
