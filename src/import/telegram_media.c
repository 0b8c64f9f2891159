/*
 * What hangs on a message in Telegram's JSON. A path is that of a file beside result.json, or a
 * sentence in parentheses that says why there is none: "(File not included. Change data exporting
 * settings to download.)".
 */
#include "telegram_json.h"

static str keep(struct telegram_reader *t, str s)
{
    return arena_dup(&t->arena, s);
}

static str member(struct telegram_reader *t, const struct json_value *v, const char *key)
{
    return keep(t, jv_str(jv_get(v, key)));
}

/* --- Files ------------------------------------------------------------------------------------- */

struct media_type {
    const char *name, *shown;
    enum attachment_kind kind;
};

static const struct media_type media_types[] = {
    {"sticker", "sticker", ATTACH_IMAGE},
    {"video_message", "video message", ATTACH_VIDEO},
    {"voice_message", "voice message", ATTACH_AUDIO},
    {"animation", "animation", ATTACH_VIDEO},
    {"video_file", "video", ATTACH_VIDEO},
    {"audio_file", "audio", ATTACH_AUDIO},
};

static enum attachment_kind kind_of(str mime, str media_type)
{
    for (size_t i = 0; i < sizeof media_types / sizeof media_types[0]; i++)
        if (str_eq(media_type, str_of(media_types[i].name)))
            return media_types[i].kind;
    if (str_starts(mime, STR("image/")))
        return ATTACH_IMAGE;
    if (str_starts(mime, STR("video/")))
        return ATTACH_VIDEO;
    return str_starts(mime, STR("audio/")) ? ATTACH_AUDIO : ATTACH_FILE;
}

/* The file at a path of the export, with what the record says of it. */
static void add_path(struct telegram_reader *t, str path, struct attachment x,
                     const struct json_value *size, struct message *m)
{
    const bool absent = !path.n || path.p[0] == '(';
    if (absent)
        add_absent(&t->arena, m, x.kind, x.name);
    else
        add_file(&t->arena, m, x.kind, x.name, keep(t, path), t->options);
    struct attachment *last = (struct attachment *)&m->attachments[m->attachment_count - 1];
    last->mime = x.mime;
    int64_t bytes;
    if (last->size_bytes < 0 && jv_int(size, &bytes) && bytes >= 0)
        last->size_bytes = bytes;
}

static void add_files(struct telegram_reader *t, const struct json_value *v, struct message *m)
{
    const struct json_value *photo = jv_get(v, "photo"), *file = jv_get(v, "file");
    if (jv_type(photo) == JSON_STRING) {
        const struct attachment x = {.kind = ATTACH_IMAGE};
        add_path(t, jv_str(photo), x, jv_get(v, "photo_file_size"), m);
    }
    if (jv_type(file) != JSON_STRING)
        return;
    const str mime = member(t, v, "mime_type"), type = jv_str(jv_get(v, "media_type"));
    const struct attachment x = {
        .kind = kind_of(mime, type), .name = member(t, v, "file_name"), .mime = mime};
    add_path(t, jv_str(file), x, jv_get(v, "file_size"), m);
}

/* --- What is no file --------------------------------------------------------------------------- */

static void add_card(struct telegram_reader *t, struct message *m, str words)
{
    add_absent(&t->arena, m, ATTACH_LINK_CARD, words);
}

static void add_contact(struct telegram_reader *t, const struct json_value *c, struct message *m)
{
    if (jv_type(c) != JSON_OBJECT)
        return;
    const str first = jv_str(jv_get(c, "first_name")), last = jv_str(jv_get(c, "last_name"));
    add_card(t, m,
             arena_printf(&t->arena, "contact: " STR_FMT "%s" STR_FMT " (" STR_FMT ")",
                          STR_ARG(first), last.n ? " " : "", STR_ARG(last),
                          STR_ARG(jv_str(jv_get(c, "phone_number")))));
}

static void add_place(struct telegram_reader *t, const struct json_value *v, struct message *m)
{
    const struct json_value *l = jv_get(v, "location_information");
    if (jv_type(l) != JSON_OBJECT)
        return;
    const str name = jv_str(jv_get(v, "place_name")), address = jv_str(jv_get(v, "address"));
    add_card(t, m,
             arena_printf(&t->arena, "location: " STR_FMT ", " STR_FMT "%s" STR_FMT "%s" STR_FMT,
                          STR_ARG(jv_str(jv_get(l, "latitude"))),
                          STR_ARG(jv_str(jv_get(l, "longitude"))), name.n ? ", " : "",
                          STR_ARG(name), address.n ? ", " : "", STR_ARG(address)));
}

static void add_titled(struct telegram_reader *t, const char *what, str title, struct message *m)
{
    if (title.n)
        add_card(t, m, arena_printf(&t->arena, "%s: " STR_FMT, what, STR_ARG(title)));
}

static void read_poll(struct telegram_reader *t, const struct json_value *poll, struct message *m)
{
    if (jv_type(poll) != JSON_OBJECT)
        return;
    const struct json_value *answers = jv_get(poll, "answers");
    m->kind = KIND_POLL;
    struct buf text = buf_new(BUF_MESSAGE_MAX);
    buf_add(&text, m->text);
    buf_add(&text, m->text.n ? STR("\n") : STR(""));
    buf_add(&text, telegram_text(t, jv_get(poll, "question")));
    for (size_t i = 0; i < jv_count(answers); i++) {
        buf_add_byte(&text, '\n');
        buf_add(&text, telegram_text(t, jv_get(jv_at(answers, i), "text")));
    }
    m->text = keep(t, buf_str(&text));
    buf_free(&text);
}

void telegram_add_media(struct telegram_reader *t, const struct json_value *v, struct message *m)
{
    add_files(t, v, m);
    add_contact(t, jv_get(v, "contact_information"), m);
    add_place(t, v, m);
    add_titled(t, "game", jv_str(jv_get(v, "game_title")), m);
    add_titled(t, "invoice", jv_str(jv_path(v, "invoice_information.title")), m);
    read_poll(t, jv_get(v, "poll"), m);
}

/* --- Reactions --------------------------------------------------------------------------------- */

/* The time of a reaction is a clock's reading without zone, and not worth a guess. */
void telegram_add_reactions(struct telegram_reader *t, const struct json_value *v,
                            struct message *m)
{
    const struct json_value *all = jv_get(v, "reactions");
    for (size_t i = 0; jv_type(all) == JSON_ARRAY && i < jv_count(all); i++) {
        const struct json_value *r = jv_at(all, i), *recent = jv_get(r, "recent");
        str emoji = member(t, r, "emoji");
        if (!emoji.n)
            emoji = member(t, r, "type"); /* "custom_emoji", "paid" */
        size_t named = 0;
        for (size_t k = 0; jv_type(recent) == JSON_ARRAY && k < jv_count(recent); k++, named++)
            add_reaction(&t->arena, m,
                         (struct reaction){
                             .emoji = emoji,
                             .sender = telegram_person(t, jv_get(jv_at(recent, k), "from_id")),
                             .sender_name = member(t, jv_at(recent, k), "from"),
                             .utc_ms = TIME_NONE,
                             .count = 1,
                         });
        int64_t count = 0;
        if (!jv_int(jv_get(r, "count"), &count) && !named)
            count = 1;
        if (count > (int64_t)named && count < UINT32_MAX)
            add_reaction(&t->arena, m,
                         (struct reaction){.emoji = emoji,
                                           .utc_ms = TIME_NONE,
                                           .count = (uint32_t)(count - (int64_t)named)});
    }
}
