/*
 * A record on the wire is a letter for its kind and then its fields in a fixed order: numbers in
 * seven bits a byte, the lowest first (LEB128), signed ones folded around zero, texts with their
 * length before them. There are no field names and no optional fields: what is empty costs a byte.
 * The reading half is what stands between a parser that was taken over and the archive.
 */
#include "wire.h"

#include "utf8.h"

#include <string.h>

enum {
    VARINT_MAX = 10, /* bytes of a number of 64 bits */
    CODE_MAX = 64,
    PATH_MAX_BYTES = 64 << 10, /* of locus.member: archive in archive in archive */
    LETTER_MESSAGE = 'M',
    LETTER_CONVERSATION = 'C',
    LETTER_PARTICIPANT = 'P',
    LETTER_ISSUE = 'I',
};
static const int64_t time_max = INT64_C(100000) * 366 * MS_PER_DAY;

/* ---- writing --------------------------------------------------------------------------------- */

static void put_number(struct buf *out, uint64_t n)
{
    char bytes[VARINT_MAX];
    size_t used = 0;
    do {
        bytes[used++] = (char)((n & 0x7F) | (n > 0x7F ? 0x80 : 0));
        n >>= 7;
    } while (n);
    buf_add(out, (str){bytes, used});
}

/* 0, -1, 1, -2 ... become 1, 2, 3, 4 ..., and the smallest of all, TIME_NONE, becomes 0. */
static void put_signed(struct buf *out, int64_t n)
{
    const uint64_t folded = ((uint64_t)n << 1) ^ (n < 0 ? UINT64_MAX : 0);
    put_number(out, folded + 1);
}

static void put_text(struct buf *out, str s)
{
    put_number(out, s.n);
    buf_add(out, s);
}

static void put_digest(struct buf *out, const struct sha256_digest *d)
{
    buf_add(out, (str){(const char *)d->bytes, SHA256_BYTES});
}

static void put_attachments(struct buf *out, const struct attachment *items, size_t count)
{
    put_number(out, count);
    for (size_t i = 0; i < count; i++) {
        put_number(out, (uint64_t)items[i].kind);
        put_text(out, items[i].name);
        put_text(out, items[i].mime);
        put_text(out, items[i].path);
        put_signed(out, items[i].size_bytes);
        put_number(out, items[i].digest != NULL);
        if (items[i].digest)
            put_digest(out, items[i].digest);
    }
}

static void put_reactions(struct buf *out, const struct reaction *items, size_t count)
{
    put_number(out, count);
    for (size_t i = 0; i < count; i++) {
        put_text(out, items[i].emoji);
        put_text(out, items[i].sender);
        put_text(out, items[i].sender_name);
        put_signed(out, items[i].utc_ms);
        put_number(out, items[i].count);
    }
}

static void put_edits(struct buf *out, const struct edit *items, size_t count)
{
    put_number(out, count);
    for (size_t i = 0; i < count; i++) {
        put_text(out, items[i].text);
        put_signed(out, items[i].utc_ms);
    }
}

static void put_people(struct buf *out, const struct person_ref *items, size_t count)
{
    put_number(out, count);
    for (size_t i = 0; i < count; i++) {
        put_text(out, items[i].key);
        put_text(out, items[i].name);
    }
}

static void put_locus(struct buf *out, const struct locus *l)
{
    put_number(out, l->at);
    put_number(out, l->length);
    put_number(out, l->line);
    put_text(out, l->member);
}

static void put_times(struct buf *out, const struct message *m)
{
    put_number(out, (uint64_t)m->time.basis);
    put_number(out, m->time.ambiguous);
    put_signed(out, m->time.wall_ms);
    put_signed(out, m->time.utc_ms);
    put_signed(out, m->forwarded_utc_ms);
    put_signed(out, m->edited_utc_ms);
    put_signed(out, m->deleted_utc_ms);
}

void wire_put_message(struct buf *out, const struct message *m, const struct sha256_digest *digest)
{
    buf_add_byte(out, LETTER_MESSAGE);
    put_number(out, (uint64_t)m->kind);
    put_number(out, m->flags);
    put_text(out, m->platform_id);
    put_text(out, m->conversation);
    put_text(out, m->sender);
    put_text(out, m->sender_name);
    put_text(out, m->text);
    put_text(out, m->time_shown);
    put_text(out, m->reply_to);
    put_text(out, m->forwarded_from);
    put_times(out, m);
    put_attachments(out, m->attachments, m->attachment_count);
    put_reactions(out, m->reactions, m->reaction_count);
    put_edits(out, m->edits, m->edit_count);
    put_people(out, m->mentions, m->mention_count);
    put_people(out, m->recipients, m->recipient_count);
    put_locus(out, &m->locus);
    put_digest(out, digest);
}

void wire_put_conversation(struct buf *out, const struct conversation *c)
{
    buf_add_byte(out, LETTER_CONVERSATION);
    put_text(out, c->key);
    put_text(out, c->title);
    put_text(out, c->platform);
    put_text(out, c->type);
    put_number(out, c->loose);
}

void wire_put_participant(struct buf *out, const struct participant *p)
{
    buf_add_byte(out, LETTER_PARTICIPANT);
    put_text(out, p->key);
    put_text(out, p->name);
}

void wire_put_issue(struct buf *out, const struct issue *i)
{
    buf_add_byte(out, LETTER_ISSUE);
    put_number(out, (uint64_t)i->severity);
    put_text(out, str_of(i->code));
    put_text(out, i->what);
    put_text(out, i->way_out);
    put_locus(out, &i->locus);
    put_number(out, i->covers);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* What is left of a record. After the first thing that does not fit, everything read is empty. */
struct reader {
    str rest;
    const char *wrong; /* what it was; NULL so far */
    struct arena *arena;
};

static void refuse(struct reader *r, const char *what)
{
    if (!r->wrong)
        r->wrong = what;
    r->rest.n = 0;
}

static unsigned char get_byte(struct reader *r)
{
    if (!r->rest.n) {
        refuse(r, "it ends too early");
        return 0;
    }
    const unsigned char byte = (unsigned char)r->rest.p[0];
    r->rest = str_from(r->rest, 1);
    return byte;
}

static uint64_t get_number(struct reader *r)
{
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 7 * VARINT_MAX; shift += 7) {
        const unsigned char byte = get_byte(r);
        if (shift == 63 && byte > 1)
            break;
        n |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80))
            return n;
    }
    refuse(r, "a number is too large");
    return 0;
}

static uint64_t get_at_most(struct reader *r, uint64_t max, const char *what)
{
    const uint64_t n = get_number(r);
    if (n <= max)
        return n;
    refuse(r, what);
    return 0;
}

static bool get_bool(struct reader *r)
{
    return get_at_most(r, 1, "a yes or no is neither") == 1;
}

static int64_t get_signed(struct reader *r)
{
    const uint64_t folded = get_number(r) - 1; /* 0 becomes the smallest number, TIME_NONE */
    const uint64_t bits = (folded >> 1) ^ (folded & 1 ? UINT64_MAX : 0);
    int64_t n;
    memcpy(&n, &bits, sizeof n);
    return n;
}

static int64_t get_time(struct reader *r)
{
    const int64_t ms = get_signed(r);
    if (ms == TIME_NONE || (ms >= -time_max && ms <= time_max))
        return ms;
    refuse(r, "a time is further off than a hundred thousand years");
    return TIME_NONE;
}

static str get_bytes(struct reader *r, size_t n)
{
    if (n > r->rest.n) {
        refuse(r, "it ends too early");
        return STR("");
    }
    const str s = str_sub(r->rest, 0, n);
    r->rest = str_from(r->rest, n);
    return s;
}

static str get_text(struct reader *r)
{
    const str s = get_bytes(r, get_at_most(r, BUF_MESSAGE_MAX, "a text is too large"));
    if (utf8_valid_prefix(s) == s.n)
        return s;
    refuse(r, "a text is not UTF-8");
    return STR("");
}

static str get_key(struct reader *r)
{
    const str s = get_text(r);
    if (!s.n)
        refuse(r, "a key is empty");
    return s;
}

static const struct sha256_digest *get_digest(struct reader *r)
{
    const str bytes = get_bytes(r, SHA256_BYTES);
    struct sha256_digest *const d = arena_alloc(r->arena, sizeof *d);
    if (bytes.n)
        memcpy(d->bytes, bytes.p, SHA256_BYTES);
    return d;
}

/* The number of entries of a list, each of which takes `least` bytes or more: what is claimed must
   fit into what is there before anything is allocated for it. */
static size_t get_count(struct reader *r, size_t least)
{
    const uint64_t n = get_at_most(r, WIRE_LIST_MAX, "a list has too many entries");
    if (n <= r->rest.n / least)
        return (size_t)n;
    refuse(r, "a list is longer than the record");
    return 0;
}

static struct locus get_locus(struct reader *r)
{
    struct locus l;
    l.at = get_number(r);
    l.length = get_number(r);
    if (l.at > INT64_MAX || l.length > INT64_MAX - l.at)
        refuse(r, "it stands beyond the end of any file");
    l.line = get_at_most(r, INT64_MAX, "its line is beyond the end of any file");
    l.member = get_bytes(r, get_at_most(r, PATH_MAX_BYTES, "a path is too long"));
    return l;
}

static void get_attachments(struct reader *r, struct message *m)
{
    m->attachment_count = get_count(r, 6);
    struct attachment *const items = arena_array(r->arena, m->attachment_count, sizeof *items);
    for (size_t i = 0; i < m->attachment_count; i++) {
        struct attachment *const x = &items[i];
        x->kind = (enum attachment_kind)get_at_most(r, ATTACH_LINK_CARD,
                                                    "an attachment is of no known kind");
        x->name = get_text(r);
        x->mime = get_text(r);
        x->path = get_text(r);
        x->size_bytes = get_signed(r);
        if (x->size_bytes < -1)
            refuse(r, "an attachment has a negative size");
        if (get_bool(r))
            x->digest = get_digest(r);
    }
    m->attachments = items;
}

static void get_reactions(struct reader *r, struct message *m)
{
    m->reaction_count = get_count(r, 5);
    struct reaction *const items = arena_array(r->arena, m->reaction_count, sizeof *items);
    for (size_t i = 0; i < m->reaction_count; i++) {
        struct reaction *const x = &items[i];
        x->emoji = get_text(r);
        x->sender = get_text(r);
        x->sender_name = get_text(r);
        x->utc_ms = get_time(r);
        x->count = (uint32_t)get_at_most(r, UINT32_MAX, "a reaction is of too many people");
        if (!x->count)
            refuse(r, "a reaction is of nobody");
    }
    m->reactions = items;
}

static void get_edits(struct reader *r, struct message *m)
{
    m->edit_count = get_count(r, 2);
    struct edit *const items = arena_array(r->arena, m->edit_count, sizeof *items);
    for (size_t i = 0; i < m->edit_count; i++) {
        items[i].text = get_text(r);
        items[i].utc_ms = get_time(r);
    }
    m->edits = items;
}

static const struct person_ref *get_people(struct reader *r, size_t *count)
{
    *count = get_count(r, 2);
    struct person_ref *const items = arena_array(r->arena, *count, sizeof *items);
    for (size_t i = 0; i < *count; i++) {
        items[i].key = get_text(r);
        items[i].name = get_text(r);
    }
    return items;
}

static void get_times(struct reader *r, struct message *m)
{
    struct message_time *const t = &m->time;
    t->basis = (enum time_basis)get_at_most(r, BASIS_COUNT - 1, "its time is of no known basis");
    t->ambiguous = get_bool(r);
    t->wall_ms = get_time(r);
    t->utc_ms = get_time(r);
    if ((t->basis == BASIS_NONE) != (t->wall_ms == TIME_NONE) ||
        (t->basis == BASIS_NONE) != (t->utc_ms == TIME_NONE))
        refuse(r, "it has a time without a basis, or a basis without a time");
    m->forwarded_utc_ms = get_time(r);
    m->edited_utc_ms = get_time(r);
    m->deleted_utc_ms = get_time(r);
}

static uint32_t get_flags(struct reader *r)
{
    const uint32_t flags = (uint32_t)get_at_most(r, UINT32_MAX, "it has unknown flags");
    for (uint32_t rest = flags; rest; rest &= rest - 1)
        if (!message_flag_name(rest & (0 - rest)))
            refuse(r, "it has unknown flags");
    return flags;
}

/* Whether all of the record was read and nothing in it is wrong. */
static enum status finish(struct reader *r, const char *what, struct err *e)
{
    if (!r->wrong && r->rest.n)
        refuse(r, "something stands behind its end");
    return r->wrong ? fail(e, ERR_FORMAT, "%s does not hold together: %s", what, r->wrong) : OK;
}

static struct reader reader_of(str bytes, char letter, struct arena *a)
{
    struct reader r = {.rest = bytes, .arena = a};
    if (get_byte(&r) != (unsigned char)letter)
        refuse(&r, "it is a record of another kind");
    return r;
}

enum status wire_get_message(str bytes, struct arena *a, struct message *m, struct err *e)
{
    struct reader r = reader_of(bytes, LETTER_MESSAGE, a);
    *m = message_empty();
    m->kind = (enum message_kind)get_at_most(&r, KIND_COUNT - 1, "it is of no known kind");
    m->flags = get_flags(&r);
    m->platform_id = get_text(&r);
    m->conversation = get_text(&r);
    m->sender = get_text(&r);
    m->sender_name = get_text(&r);
    m->text = get_text(&r);
    m->time_shown = get_text(&r);
    m->reply_to = get_text(&r);
    m->forwarded_from = get_text(&r);
    get_times(&r, m);
    get_attachments(&r, m);
    get_reactions(&r, m);
    get_edits(&r, m);
    m->mentions = get_people(&r, &m->mention_count);
    m->recipients = get_people(&r, &m->recipient_count);
    m->locus = get_locus(&r);
    m->raw_digest = get_digest(&r);
    return finish(&r, "a message", e);
}

enum status wire_get_conversation(str bytes, struct conversation *c, struct err *e)
{
    struct reader r = reader_of(bytes, LETTER_CONVERSATION, NULL);
    *c = (struct conversation){.key = get_key(&r)};
    c->title = get_text(&r);
    c->platform = get_text(&r);
    c->type = get_text(&r);
    c->loose = get_bool(&r);
    return finish(&r, "a conversation", e);
}

enum status wire_get_participant(str bytes, struct participant *p, struct err *e)
{
    struct reader r = reader_of(bytes, LETTER_PARTICIPANT, NULL);
    *p = (struct participant){.key = get_key(&r)};
    p->name = get_text(&r);
    return finish(&r, "a participant", e);
}

static const char *get_code(struct reader *r)
{
    const str code = get_bytes(r, get_at_most(r, CODE_MAX, "the code of an issue is too long"));
    bool fine = code.n > 0;
    for (size_t i = 0; i < code.n; i++) {
        const char c = code.p[i];
        fine = fine && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    }
    if (!fine)
        refuse(r, "the code of an issue is not letters and digits");
    return arena_cstr(r->arena, code);
}

enum status wire_get_issue(str bytes, struct arena *a, struct issue *i, struct err *e)
{
    struct reader r = reader_of(bytes, LETTER_ISSUE, a);
    i->severity =
        (enum issue_severity)get_at_most(&r, ISSUE_ERROR, "an issue is of no known severity");
    i->code = get_code(&r);
    i->what = get_text(&r);
    i->way_out = get_text(&r);
    i->locus = get_locus(&r);
    i->covers = get_bool(&r);
    return finish(&r, "an issue", e);
}
