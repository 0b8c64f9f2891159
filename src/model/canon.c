/* Canonical printing of what a sink receives: the language of the golden tests' expect.txt. */
#include "canon.h"

#include "utf8.h"

#include <inttypes.h>

/* True for what a reader of a golden file would not see, or could not tell from something else. */
static bool invisible(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp <= 0xA0) || cp == 0xAD ||
           (cp >= 0x2000 && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202F) ||
           (cp >= 0x205F && cp <= 0x206F) || cp == 0x3000 || cp == 0xFEFF ||
           (cp >= 0xFFF9 && cp <= 0xFFFF) || (cp >= 0xE0000 && cp <= 0xE0FFF);
}

void canon_text(struct buf *out, str text)
{
    buf_add_byte(out, '"');
    while (text.n) {
        const str before = text;
        bool valid;
        const uint32_t cp = utf8_next_checked(&text, &valid);
        const str bytes = str_sub(before, 0, before.n - text.n);
        if (!valid)
            for (size_t i = 0; i < bytes.n; i++)
                buf_addf(out, "\\x%02x", (unsigned char)bytes.p[i]);
        else if (cp == '\n' || cp == '\t' || cp == '\r')
            buf_addf(out, "\\%c", cp == '\n' ? 'n' : cp == '\t' ? 't' : 'r');
        else if (cp == '"' || cp == '\\')
            buf_addf(out, "\\%c", (char)cp);
        else if (invisible(cp))
            buf_addf(out, "\\u{%" PRIx32 "}", cp);
        else
            buf_add(out, bytes);
    }
    buf_add_byte(out, '"');
}

static void put_field(struct buf *out, const char *name, str value)
{
    buf_addf(out, "  %s ", name);
    canon_text(out, value);
    buf_add_byte(out, '\n');
}

static void put_known(struct buf *out, const char *name, str value)
{
    if (value.n)
        put_field(out, name, value);
}

static void put_locus(struct buf *out, const char *what, const struct locus *l)
{
    buf_addf(out, "%s %" PRIu64 "+%" PRIu64, what, l->at, l->length);
    if (l->line)
        buf_addf(out, " line %" PRIu64, l->line);
    if (l->member.n) {
        buf_add(out, STR(" in "));
        canon_text(out, l->member);
    }
}

static void put_time(struct buf *out, const struct message_time *t)
{
    if (t->basis == BASIS_NONE && t->wall_ms == TIME_NONE && t->utc_ms == TIME_NONE)
        return;
    char wall[CIVIL_TEXT] = "none", utc[CIVIL_TEXT] = "none";
    if (t->wall_ms != TIME_NONE)
        civil_print(wall, t->wall_ms);
    if (t->utc_ms != TIME_NONE)
        civil_print(utc, t->utc_ms);
    buf_addf(out, "  time %s utc %s %s%s\n", wall, utc, time_basis_name(t->basis),
             t->ambiguous ? " ambiguous" : "");
}

static void put_quoted(struct buf *out, const char *name, str value)
{
    buf_addf(out, " %s ", name);
    canon_text(out, value);
}

/* " at 2016-03-02 09:41:07" in UTC; nothing if it is not known. */
static void put_at(struct buf *out, int64_t utc_ms)
{
    char utc[CIVIL_TEXT];
    if (utc_ms != TIME_NONE)
        buf_addf(out, " at %s", civil_print(utc, utc_ms));
}

static void put_attachment(struct buf *out, const struct attachment *a)
{
    static const char *const kinds[] = {
        [ATTACH_FILE] = "file",   [ATTACH_IMAGE] = "image",         [ATTACH_VIDEO] = "video",
        [ATTACH_AUDIO] = "audio", [ATTACH_LINK_CARD] = "link-card",
    };
    buf_addf(out, "  attachment %s", kinds[a->kind]);
    if (a->name.n)
        put_quoted(out, "name", a->name);
    if (a->mime.n)
        put_quoted(out, "mime", a->mime);
    if (a->size_bytes >= 0)
        buf_addf(out, " size %" PRId64, a->size_bytes);
    if (a->path.n)
        put_quoted(out, "path", a->path);
    if (a->digest) {
        char hex[SHA256_HEX];
        buf_addf(out, " sha256 %s", sha256_hex(hex, a->digest));
    }
    buf_add_byte(out, '\n');
}

static void put_reaction(struct buf *out, const struct reaction *r)
{
    buf_add(out, STR("  reaction "));
    canon_text(out, r->emoji);
    if (r->sender.n)
        put_quoted(out, "from", r->sender);
    if (r->sender_name.n)
        put_quoted(out, "name", r->sender_name);
    if (r->count != 1)
        buf_addf(out, " count %" PRIu32, r->count);
    put_at(out, r->utc_ms);
    buf_add_byte(out, '\n');
}

static void put_person(struct buf *out, const char *what, const struct person_ref *p)
{
    buf_addf(out, "  %s ", what);
    canon_text(out, p->key);
    if (p->name.n)
        put_quoted(out, "name", p->name);
    buf_add_byte(out, '\n');
}

static void put_moment(struct buf *out, const char *what, int64_t utc_ms)
{
    if (utc_ms == TIME_NONE)
        return;
    buf_addf(out, "  %s", what);
    put_at(out, utc_ms);
    buf_add_byte(out, '\n');
}

static void put_edit(struct buf *out, const struct edit *x)
{
    buf_add(out, STR("  earlier "));
    canon_text(out, x->text);
    put_at(out, x->utc_ms);
    buf_add_byte(out, '\n');
}

/* What hangs on a message, the times of what became of it first. */
static void put_details(struct buf *out, const struct message *m)
{
    put_known(out, "forwarded-from", m->forwarded_from);
    put_moment(out, "forwarded", m->forwarded_utc_ms);
    put_moment(out, "edited", m->edited_utc_ms);
    put_moment(out, "deleted", m->deleted_utc_ms);
    for (size_t i = 0; i < m->edit_count; i++)
        put_edit(out, &m->edits[i]);
    for (size_t i = 0; i < m->mention_count; i++)
        put_person(out, "mention", &m->mentions[i]);
    for (size_t i = 0; i < m->recipient_count; i++)
        put_person(out, "recipient", &m->recipients[i]);
    for (size_t i = 0; i < m->attachment_count; i++)
        put_attachment(out, &m->attachments[i]);
    for (size_t i = 0; i < m->reaction_count; i++)
        put_reaction(out, &m->reactions[i]);
}

static void put_flags(struct buf *out, uint32_t flags)
{
    if (!flags)
        return;
    buf_add(out, STR("  flags"));
    for (uint32_t flag = 1; message_flag_name(flag); flag <<= 1)
        if (flags & flag)
            buf_addf(out, " %s", message_flag_name(flag));
    buf_add_byte(out, '\n');
}

static enum status on_message(struct sink *s, const struct message *m, struct err *e)
{
    (void)e;
    struct buf *out = ((struct canon *)s)->out;
    put_locus(out, m->kind == KIND_TEXT ? "message" : message_kind_name(m->kind), &m->locus);
    buf_add_byte(out, '\n');
    put_known(out, "id", m->platform_id);
    put_known(out, "conversation", m->conversation);
    put_field(out, "sender", m->sender);
    put_known(out, "name", m->sender_name);
    put_time(out, &m->time);
    put_known(out, "shown", m->time_shown);
    put_field(out, "text", m->text);
    put_flags(out, m->flags);
    put_known(out, "reply-to", m->reply_to);
    put_details(out, m);
    put_field(out, "raw", m->raw);
    return OK;
}

static enum status on_conversation(struct sink *s, const struct conversation *c, struct err *e)
{
    (void)e;
    struct buf *out = ((struct canon *)s)->out;
    buf_add(out, STR("conversation "));
    canon_text(out, c->key);
    buf_add_byte(out, '\n');
    put_known(out, "title", c->title);
    put_known(out, "platform", c->platform);
    put_known(out, "type", c->type);
    if (c->loose)
        buf_add(out, STR("  loose\n"));
    return OK;
}

static enum status on_participant(struct sink *s, const struct participant *p, struct err *e)
{
    (void)e;
    struct buf *out = ((struct canon *)s)->out;
    buf_add(out, STR("participant "));
    canon_text(out, p->key);
    buf_add_byte(out, '\n');
    put_known(out, "name", p->name);
    return OK;
}

static enum status on_issue(struct sink *s, const struct issue *i, struct err *e)
{
    (void)e;
    static const char *const severities[] = {
        [ISSUE_NOTE] = "note",
        [ISSUE_WARN] = "warn",
        [ISSUE_ERROR] = "error",
    };
    struct buf *out = ((struct canon *)s)->out;
    put_locus(out, "issue", &i->locus);
    buf_addf(out, " %s %s%s\n", severities[i->severity], i->code, i->covers ? " covers" : "");
    put_known(out, "what", i->what);
    put_known(out, "way-out", i->way_out);
    return OK;
}

static enum status on_wrapping(struct sink *s, uint64_t at, uint64_t length, struct err *e)
{
    (void)e;
    buf_addf(((struct canon *)s)->out, "wrapping %" PRIu64 "+%" PRIu64 "\n", at, length);
    return OK;
}

struct canon canon_to(struct buf *out)
{
    return (struct canon){
        .sink = {.message = on_message,
                 .conversation = on_conversation,
                 .participant = on_participant,
                 .issue = on_issue,
                 .wrapping = on_wrapping},
        .out = out,
    };
}
