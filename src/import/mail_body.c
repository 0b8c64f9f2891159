/*
 * The body of a message: what a reader is shown of it as text, everything else as attachments. Of
 * alternatives the plain text is taken, or the page if there is none; a message inside a message gives
 * its text, too.
 */
#include "mail.h"

#include "charset.h"
#include "message_parts.h"

#include <string.h>

enum { TEXT_PARTS_GAP = 2, META_BYTES = 2048 };

static const struct mail_part plain_text = {
    .type = STR_INIT("text"),
    .subtype = STR_INIT("plain"),
    .type_field = STR_INIT(""),
    .disposition_field = STR_INIT(""),
};

static void note(struct mail_content *c, enum mail_note n)
{
    c->notes->now[n] = true;
}

static bool is_type(const struct mail_part *p, const char *type, const char *subtype)
{
    return str_eq(p->type, str_of(type)) && (!subtype || str_eq(p->subtype, str_of(subtype)));
}

static void cut_text(struct mail_content *c, size_t n)
{
    if (c->text.n == n)
        return;
    c->text.n = n;
    c->text.p[n] = '\0';
}

static void trim_text(struct mail_content *c)
{
    size_t n = c->text.n;
    while (n && c->text.p[n - 1] == '\n')
        n--;
    cut_text(c, n);
}

/* --- Attachments ------------------------------------------------------------------------------- */

static str part_name(struct mail_content *c, const struct mail_part *p)
{
    bool lossy = false;
    const str name = mail_param(c->arena, p->disposition_field, "filename", &lossy);
    return name.n ? name : mail_param(c->arena, p->type_field, "name", &lossy);
}

static enum attachment_kind kind_of(const struct mail_part *p)
{
    static const struct {
        const char *type;
        enum attachment_kind kind;
    } kinds[] = {{"image", ATTACH_IMAGE}, {"video", ATTACH_VIDEO}, {"audio", ATTACH_AUDIO}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(p->type, str_of(kinds[i].type)))
            return kinds[i].kind;
    return ATTACH_FILE;
}

static void attach(struct mail_content *c, const struct mail_part *p, str mime, str bytes)
{
    if (c->m->attachment_count >= MAIL_ATTACHMENTS_MAX) {
        note(c, MAIL_NOTE_LISTS);
        return;
    }
    const str name = part_name(c, p);
    struct sha256_digest *digest = arena_alloc(c->arena, sizeof *digest);
    *digest = sha256_of(bytes);
    add_attachment(c->arena, c->m,
                   (struct attachment){
                       .kind = kind_of(p),
                       .name = name,
                       .mime = mime,
                       .size_bytes = (int64_t)bytes.n,
                       .digest = digest,
                   });
    if (is_type(p, "application", "ms-tnef") || str_eq_nocase(name, STR("winmail.dat")))
        note(c, MAIL_NOTE_WINMAIL);
    if (is_type(p, "application", "pkcs7-mime") || is_type(p, "application", "x-pkcs7-mime"))
        note(c, MAIL_NOTE_ENCRYPTED);
}

/* --- Text -------------------------------------------------------------------------------------- */

/* What a page says of its own encoding, for parts that do not say it. */
static str charset_of_page(struct mail_content *c, str html)
{
    const str head = str_sub(html, 0, META_BYTES);
    static const str mark = STR_INIT("charset=");
    for (size_t i = 0; i + mark.n < head.n; i++) {
        if (!str_eq_nocase(str_sub(head, i, mark.n), mark))
            continue;
        const str rest = str_trim(str_from(head, i + mark.n));
        const size_t quote = strchr("\"'", rest.n ? rest.p[0] : 'x') ? 1 : 0;
        size_t n = quote;
        while (n < rest.n && !strchr("\"' ;/>\t\r\n", rest.p[n]))
            n++;
        return arena_dup(c->arena, str_sub(rest, quote, n - quote));
    }
    return STR("");
}

static void decode_text(struct mail_content *c, const struct mail_part *p, str bytes,
                        struct buf *out)
{
    bool ignored = false, lossy = false;
    str charset = str_trim(mail_param(c->arena, p->type_field, "charset", &ignored));
    if (!charset.n && is_type(p, "text", "html"))
        charset = charset_of_page(c, bytes);
    if (!charset_to_utf8(bytes, arena_cstr(c->arena, charset), out, &lossy)) {
        note(c, MAIL_NOTE_CHARSET);
        c->m->flags |= FLAG_LOSSY;
        (void)charset_to_utf8(bytes, "", out, &lossy);
    }
    if (!lossy)
        return;
    note(c, MAIL_NOTE_LOSSY);
    c->m->flags |= FLAG_LOSSY;
}

static void separate(struct mail_content *c)
{
    trim_text(c);
    for (int i = 0; i < TEXT_PARTS_GAP && c->text.n; i++)
        buf_add_byte(&c->text, '\n');
}

static void add_text(struct mail_content *c, const struct mail_part *p, str bytes)
{
    struct buf text = buf_new(BUF_MESSAGE_MAX);
    decode_text(c, p, bytes, &text);
    separate(c);
    bool ignored = false;
    const str format = mail_param(c->arena, p->type_field, "format", &ignored);
    const str delete_space = mail_param(c->arena, p->type_field, "delsp", &ignored);
    if (is_type(p, "text", "html"))
        mail_add_html(&c->text, buf_str(&text));
    else if (is_type(p, "text", "plain") && str_eq_nocase(format, STR("flowed")))
        mail_add_flowed(&c->text, buf_str(&text), str_eq_nocase(delete_space, STR("yes")));
    else
        mail_add_plain(&c->text, buf_str(&text));
    if (text.full || c->text.full)
        note(c, MAIL_NOTE_CUT);
    trim_text(c);
    c->has_body |= text.n > 0;
    buf_free(&text);
}

/* --- Parts ------------------------------------------------------------------------------------- */

static bool is_attached(const struct mail_part *p)
{
    return str_eq_nocase(str_sub(p->disposition_field, 0, 10), STR("attachment"));
}

/* Parts that are read as text, unless they were sent as files. */
static bool is_text(struct mail_content *c, const struct mail_part *p)
{
    if (is_attached(p))
        return false;
    if (is_type(p, "message", "delivery-status") || is_type(p, "text", "rfc822-headers") ||
        is_type(p, "message", "disposition-notification"))
        return true;
    if (!is_type(p, "text", NULL) || is_type(p, "text", "calendar"))
        return false;
    const bool body = is_type(p, "text", "plain") || is_type(p, "text", "html");
    return !part_name(c, p).n || (body && !c->has_body);
}

static bool is_message(const struct mail_part *p)
{
    return is_type(p, "message", "rfc822") || is_type(p, "message", "global") ||
           is_type(p, "message", "news");
}

/* Parts that could not be told apart: no boundary came, or they are too deep. */
static void add_unparted(struct mail_content *c, const struct mail_part *p, str all,
                         bool files_only)
{
    bool ignored = false;
    const bool stated = mail_param(c->arena, p->type_field, "boundary", &ignored).n;
    note(c, stated && !p->multipart ? MAIL_NOTE_OPAQUE : MAIL_NOTE_BOUNDARY);
    if (!files_only)
        add_text(c, &plain_text, all);
}

static void add_leaf(struct mail_content *c, struct mail_tree *t, const struct mail_part *p,
                     bool files_only, bool in_digest)
{
    struct buf bytes = buf_new(MAIL_MAX);
    mail_part_bytes(t, p, &bytes);
    const str all = buf_str(&bytes);
    const bool untyped = in_digest && !p->type_field.n; /* RFC 2046, section 5.1.5 */
    const str mime = untyped ? STR("message/rfc822")
                             : arena_printf(c->arena, STR_FMT "/" STR_FMT, STR_ARG(p->type),
                                            STR_ARG(p->subtype));
    if (is_message(p) || untyped) {
        attach(c, p, mime, all);
        if (!files_only)
            mail_read_nested(c, all);
    } else if (is_type(p, "multipart", NULL)) {
        add_unparted(c, p, all, files_only);
    } else if (!is_text(c, p)) {
        attach(c, p, mime, all);
    } else if (!files_only) {
        add_text(c, p, all);
    }
    buf_free(&bytes);
}

static void add_part(struct mail_content *c, struct mail_tree *t, const struct mail_part *p,
                     bool files_only, bool in_digest);

/* Whether a child gave words; without any it leaves no trace in the text. */
static bool try_child(struct mail_content *c, struct mail_tree *t, const struct mail_part *child)
{
    trim_text(c);
    const size_t before = c->text.n;
    add_part(c, t, child, false, false);
    if (str_trim(str_from(buf_str(&c->text), before)).n)
        return true;
    cut_text(c, before);
    return false;
}

/* The plain text if it says anything, else the last child that does; of the others only the files. */
static void add_alternatives(struct mail_content *c, struct mail_tree *t, const struct mail_part *p)
{
    const size_t count = mail_part_count(p);
    size_t chosen = count, tried = count;
    for (size_t i = 0; i < count && chosen == count; i++) {
        const struct mail_part child = mail_part_at(t, p, i);
        if (is_type(&child, "text", "plain") && !is_attached(&child) && try_child(c, t, &child))
            chosen = i;
    }
    for (size_t i = count; i-- > 0 && chosen == count;) {
        const struct mail_part child = mail_part_at(t, p, i);
        tried = i;
        if (!is_type(&child, "text", "plain") && try_child(c, t, &child))
            chosen = i;
    }
    for (size_t i = 0; i < count; i++) {
        const struct mail_part child = mail_part_at(t, p, i);
        if (i != chosen && i < tried)
            add_part(c, t, &child, true, false);
    }
}

static void add_part(struct mail_content *c, struct mail_tree *t, const struct mail_part *p,
                     bool files_only, bool in_digest)
{
    const size_t count = mail_part_count(p);
    if (!count) {
        add_leaf(c, t, p, files_only, in_digest);
        return;
    }
    const bool encrypted = is_type(p, "multipart", "encrypted");
    if (encrypted)
        note(c, MAIL_NOTE_ENCRYPTED);
    if (is_type(p, "multipart", "alternative") && !files_only) {
        add_alternatives(c, t, p);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct mail_part child = mail_part_at(t, p, i);
        add_part(c, t, &child, files_only || encrypted, is_type(p, "multipart", "digest"));
    }
}

void mail_read_body(struct mail_content *c, const struct mail_head *head)
{
    struct mail_tree *t = mail_tree_new(c->arena, head);
    if (!t) {
        note(c, MAIL_NOTE_OPAQUE);
        add_text(c, &plain_text, head->body);
        return;
    }
    const struct mail_part root = mail_tree_root(t);
    if (is_type(&root, "multipart", "report"))
        c->messages_inside++; /* what comes back is not forwarded by anybody */
    add_part(c, t, &root, false, false);
    mail_tree_free(t);
}

/* --- Messages inside messages ------------------------------------------------------------------ */

static str shown_field(struct mail_content *c, const struct mail_head *head, enum mail_field f,
                       const char *charset)
{
    bool lossy = false;
    const str value = mail_decode(c->arena, mail_unfold(c->arena, head->value[f]), charset, &lossy);
    if (lossy)
        c->m->flags |= FLAG_LOSSY;
    return value;
}

/* Whose words are forwarded: if there is one message inside, and it did not come back undelivered. */
static void set_forwarded(struct mail_content *c, const struct mail_head *head, const char *charset)
{
    struct message *const m = c->m;
    if (c->messages_inside++) {
        if (c->messages_inside == 2 && m->forwarded_from.n) {
            m->flags &= ~(uint32_t)FLAG_FORWARDED;
            m->forwarded_from = STR("");
            m->forwarded_utc_ms = TIME_NONE;
        }
        return;
    }
    str list = mail_unfold(c->arena, head->value[MAIL_FROM]);
    struct person_ref from;
    struct stamp sent;
    bool lossy = false;
    if (!mail_next_address(c->arena, &list, charset, &from, &lossy))
        return;
    m->flags |= FLAG_FORWARDED;
    m->forwarded_from = from.name.n ? from.name : from.key;
    if (mail_date(mail_unfold(c->arena, head->value[MAIL_DATE]), &sent) && sent.has_offset)
        m->forwarded_utc_ms = sent.wall_ms - sent.offset_min * MS_PER_MINUTE;
}

void mail_read_nested(struct mail_content *c, str message)
{
    static const enum mail_field shown[] = {MAIL_FROM, MAIL_DATE, MAIL_TO, MAIL_SUBJECT};
    if (c->nested >= MAIL_NESTED_MAX) {
        note(c, MAIL_NOTE_NESTED);
        return;
    }
    const struct mail_head head = mail_head_of(message);
    bool ignored = false;
    const str type = mail_unfold(c->arena, head.value[MAIL_CONTENT_TYPE]);
    const char *charset = arena_cstr(c->arena, mail_param(c->arena, type, "charset", &ignored));
    set_forwarded(c, &head, charset);
    separate(c);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        const str value = shown_field(c, &head, shown[i], charset);
        if (value.n)
            buf_addf(&c->text, STR_FMT ": " STR_FMT "\n", STR_ARG(mail_field_name(shown[i])),
                     STR_ARG(value));
    }
    c->nested++;
    mail_read_body(c, &head);
    c->nested--;
}
