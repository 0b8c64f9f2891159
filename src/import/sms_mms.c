/*
 * Multimedia messages: text and files are parts, people are addresses with the numbers of the PDU
 * (OMA-TS-MMS_ENC: 137 from, 151 to, 130 copy, 129 blind copy). Files stand in the XML as base64; they
 * are measured, never decoded.
 */
#include "sms.h"

#include "buf.h"
#include "message_parts.h"

#define OWN_ADDRESS STR("insert-address-token") /* what Android writes for the phone itself */

static enum attachment_kind kind_of(str mime)
{
    if (str_starts(mime, STR("image/")))
        return ATTACH_IMAGE;
    if (str_starts(mime, STR("video/")))
        return ATTACH_VIDEO;
    return str_starts(mime, STR("audio/")) ? ATTACH_AUDIO : ATTACH_FILE;
}

/* The bytes that base64 text stands for. */
static int64_t decoded_size(str base64)
{
    int64_t letters = 0;
    for (size_t i = 0; i < base64.n; i++) {
        const unsigned char c = (unsigned char)base64.p[i];
        letters += c > ' ' && c != '=';
    }
    return letters * 3 / 4;
}

static void add_part(struct sms_reader *r, const struct sms_tag *part, struct message *m,
                     struct buf *text, bool *lossy)
{
    const str mime = sms_value(part, "ct", &r->arena, lossy);
    if (str_eq_nocase(mime, STR("application/smil")))
        return; /* how to lay out the other parts */
    if (str_eq_nocase(mime, STR("text/plain"))) {
        const str words = sms_value(part, "text", &r->arena, lossy);
        if (words.n && text->n)
            buf_add_byte(text, '\n');
        buf_add(text, words);
        if (words.n)
            return;
    }
    static const char *const names[] = {"cl", "fn", "name", "cid"};
    struct attachment x = {.kind = kind_of(mime), .mime = mime, .size_bytes = -1};
    for (size_t i = 0; i < sizeof names / sizeof *names && !x.name.n; i++)
        x.name = sms_value(part, names[i], &r->arena, lossy);
    const str data = sms_raw(part, "data");
    if (data.n && !str_eq(data, STR("null")))
        x.size_bytes = decoded_size(data);
    else if (!x.name.n && str_eq_nocase(mime, STR("text/plain")))
        return; /* no words and no file */
    add_attachment(&r->arena, m, x);
}

/* Lists everybody but the phone itself, joined by '~'. */
struct people {
    struct buf all;
    struct person_ref *to;
    size_t to_count;
    str from;
};

static void add_person(struct sms_reader *r, const struct sms_tag *addr, struct people *p,
                       size_t most, bool *lossy)
{
    const str address = sms_value(addr, "address", &r->arena, lossy);
    const str type = sms_raw(addr, "type");
    if (!address.n || str_eq(address, OWN_ADDRESS))
        return;
    if (p->all.n)
        buf_add_byte(&p->all, '~');
    buf_add(&p->all, address);
    if (str_eq(type, STR("137")))
        p->from = address;
    else if (p->to_count < most)
        p->to[p->to_count++] =
            (struct person_ref){.key = sms_address_key(address, &r->arena), .name = address};
}

void sms_fill_mms(struct sms_reader *r, str raw, struct message *m, str *addresses)
{
    enum { PEOPLE_MAX = 1000 };
    struct buf text = buf_new(BUF_MESSAGE_MAX);
    struct people p = {.all = buf_new(BUF_LINE_MAX),
                       .to = arena_array(&r->arena, PEOPLE_MAX, sizeof *p.to)};
    struct sms_tag tag, mms;
    bool lossy = false;
    if (!sms_next_tag(&raw, &mms))
        return;
    buf_add(&text, sms_value(&mms, "sub", &r->arena, &lossy));
    while (sms_next_tag(&raw, &tag)) {
        if (str_eq(tag.name, STR("part")))
            add_part(r, &tag, m, &text, &lossy);
        else if (str_eq(tag.name, STR("addr")))
            add_person(r, &tag, &p, PEOPLE_MAX, &lossy);
    }
    m->text = arena_dup(&r->arena, buf_str(&text));
    m->recipients = p.to;
    m->recipient_count = p.to_count;
    if (lossy || text.full)
        m->flags |= FLAG_LOSSY;
    *addresses = sms_value(&mms, "address", &r->arena, &lossy);
    if (!addresses->n)
        *addresses = arena_dup(&r->arena, buf_str(&p.all));
    int64_t box = 0;
    (void)str_to_u63(sms_raw(&mms, "msg_box"), &box);
    sms_set_box(r, m, box);
    const str name = sms_value(&mms, "contact_name", &r->arena, &lossy);
    const str from = p.from.n                                     ? p.from
                     : str_find_byte(*addresses, '~') == STR_NONE ? *addresses
                                                                  : STR("");
    sms_set_sender(r, m, from, str_find_byte(*addresses, '~') == STR_NONE ? name : STR(""),
                   box >= 2);
    if (str_eq(sms_raw(&mms, "m_type"), STR("130")))
        sms_note(&r->not_fetched, m);
    buf_free(&text);
    buf_free(&p.all);
}
