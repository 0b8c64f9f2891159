/*
 * A message as DiscordChatExporter has it in JSON. Which types are the system's words follows the
 * program itself (MessageKind and IsSystemNotification in its Core/Discord/Data); types that it has no
 * name for come as their number.
 */
#include "discord.h"

#include "buf.h"
#include "message_parts.h"
#include "moment.h"

#include <string.h>

str discord_key(struct arena *a, str channel_id)
{
    return arena_printf(a, "discord:" STR_FMT, STR_ARG(channel_id));
}

static int64_t instant(str text)
{
    struct stamp s;
    return stamp_iso(text, &s) ? s.wall_ms - (s.has_offset ? s.offset_min * MS_PER_MINUTE : 0)
                               : TIME_NONE;
}

/* --- What it is -------------------------------------------------------------------------------- */

static bool is_event(str type)
{
    static const str names[] = {
        STR_INIT("RecipientAdd"),         STR_INIT("RecipientRemove"),
        STR_INIT("ChannelNameChange"),    STR_INIT("ChannelIconChange"),
        STR_INIT("GuildMemberJoin"),      STR_INIT("ThreadCreated"),
        STR_INIT("ChannelPinnedMessage"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(type, names[i]))
            return true;
    /* by number: words of people are a default, a reply, a command of either kind, a thread's first */
    int64_t number;
    return str_to_u63(type, &number) && number != 0 && number != 19 && number != 20 &&
           number != 21 && number != 23;
}

static void set_kind(const struct discord_context *c, struct message *m, str type)
{
    if (str_eq(type, STR("Call")) || str_eq(type, STR("3")))
        m->kind = KIND_CALL;
    else if (is_event(type))
        m->kind = KIND_EVENT;
    if (m->kind != KIND_TEXT && !m->text.n)
        m->text = arena_printf(c->arena, "[" STR_FMT "]", STR_ARG(type));
}

/* --- Time and people --------------------------------------------------------------------------- */

static void set_time(const struct discord_context *c, struct message *m, str shown)
{
    struct stamp s;
    int64_t utc_ms = TIME_NONE;
    if (stamp_iso(shown, &s)) {
        m->time = moment_of(&s, c->options);
        m->time_shown = shown;
        return;
    }
    if (!stamp_snowflake(m->platform_id, DISCORD_EPOCH_MS, &utc_ms)) {
        utc_ms = TIME_NONE;
        counted_add(c->no_time, m->locus);
    }
    m->time = moment_utc(utc_ms);
}

static str name_of(const struct json_value *person)
{
    const str nickname = jv_str(jv_get(person, "nickname"));
    return nickname.n ? nickname : jv_str(jv_get(person, "name"));
}

static void set_sender(struct message *m, const struct json_value *author)
{
    m->sender = jv_str(jv_get(author, "id"));
    m->sender_name = name_of(author);
    if (m->sender.n)
        return;
    m->sender = m->sender_name;
    m->sender_name = STR("");
}

/* --- Parts ------------------------------------------------------------------------------------- */

static bool has_suffix(str name, const char *const *suffixes)
{
    for (; *suffixes; suffixes++) {
        const str suffix = str_of(*suffixes);
        if (name.n > suffix.n && str_eq_nocase(str_from(name, name.n - suffix.n), suffix))
            return true;
    }
    return false;
}

static enum attachment_kind kind_of(str name)
{
    static const char *const images[] = {".jpg", ".jpeg", ".png",  ".gif", ".webp",
                                         ".bmp", ".heic", ".avif", NULL};
    static const char *const videos[] = {".mp4", ".mov", ".webm", ".mkv", ".avi", NULL};
    static const char *const sounds[] = {".mp3", ".ogg", ".wav", ".m4a", ".flac", ".opus", NULL};
    if (has_suffix(name, images))
        return ATTACH_IMAGE;
    if (has_suffix(name, videos))
        return ATTACH_VIDEO;
    return has_suffix(name, sounds) ? ATTACH_AUDIO : ATTACH_FILE;
}

/* Where the exporter fetched the files, the address is a path beside the export. */
void discord_add_file(struct arena *a, struct message *m, str name, str address, int64_t size,
                      const struct import_options *options)
{
    struct attachment x = {.name = name.n ? name : path_name(address), .size_bytes = size};
    x.kind = kind_of(x.name);
    struct sha256_digest *digest = arena_alloc(a, sizeof *digest);
    uint64_t found;
    if (address.n && str_find(address, STR("://")) == STR_NONE &&
        siblings_facts(options->siblings, address, &found, digest)) {
        x.path = address;
        x.digest = digest;
        x.size_bytes = (int64_t)found;
    }
    add_attachment(a, m, x);
}

void discord_add_files(struct arena *a, struct message *m, str addresses,
                       const struct import_options *options)
{
    while ((addresses = str_trim(addresses)).n) {
        size_t end = 0;
        while (end < addresses.n && !memchr(" \t\r\n,", addresses.p[end], 5))
            end++;
        if (end)
            discord_add_file(a, m, STR(""), str_sub(addresses, 0, end), -1, options);
        addresses = str_from(addresses, end + 1);
    }
}

static void add_files(const struct discord_context *c, struct message *m,
                      const struct json_value *v)
{
    const struct json_value *files = jv_get(v, "attachments"), *stickers = jv_get(v, "stickers");
    for (size_t i = 0; i < jv_count(files); i++) {
        const struct json_value *file = jv_at(files, i);
        int64_t size = -1;
        (void)jv_int(jv_get(file, "fileSizeBytes"), &size);
        discord_add_file(c->arena, m, jv_str(jv_get(file, "fileName")), jv_str(jv_get(file, "url")),
                         size, c->options);
    }
    for (size_t i = 0; i < jv_count(stickers); i++)
        add_absent(c->arena, m, ATTACH_IMAGE, jv_str(jv_get(jv_at(stickers, i), "name")));
}

static void add_reactions(const struct discord_context *c, struct message *m,
                          const struct json_value *list)
{
    for (size_t i = 0; i < jv_count(list); i++) {
        const struct json_value *r = jv_at(list, i), *users = jv_get(r, "users");
        struct reaction x = {
            .emoji = jv_str(jv_path(r, "emoji.name")), .utc_ms = TIME_NONE, .count = 1};
        for (size_t k = 0; k < jv_count(users); k++) {
            x.sender = jv_str(jv_get(jv_at(users, k), "id"));
            x.sender_name = name_of(jv_at(users, k));
            add_reaction(c->arena, m, x);
        }
        int64_t count = 0;
        if (!jv_int(jv_get(r, "count"), &count) || count <= (int64_t)jv_count(users))
            continue;
        const int64_t others = count - (int64_t)jv_count(users);
        add_reaction(
            c->arena, m,
            (struct reaction){.emoji = x.emoji,
                              .utc_ms = TIME_NONE,
                              .count = others > UINT32_MAX ? UINT32_MAX : (uint32_t)others});
    }
}

/* --- Cards ------------------------------------------------------------------------------------- */

static void add_line(struct buf *out, str line)
{
    if (!line.n)
        return;
    if (out->n)
        buf_add_byte(out, '\n');
    buf_add(out, line);
}

/* The words of a card: of a link's preview, or all that a bot has to say. */
static void add_card_words(struct buf *out, const struct json_value *card)
{
    add_line(out, jv_str(jv_path(card, "author.name")));
    add_line(out, jv_str(jv_get(card, "title")));
    add_line(out, jv_str(jv_get(card, "description")));
    const struct json_value *fields = jv_get(card, "fields");
    for (size_t i = 0; i < jv_count(fields); i++) {
        add_line(out, jv_str(jv_get(jv_at(fields, i), "name")));
        add_line(out, jv_str(jv_get(jv_at(fields, i), "value")));
    }
    add_line(out, jv_str(jv_path(card, "footer.text")));
}

static str on_one_line(struct arena *a, str words)
{
    char *line = arena_cstr(a, words);
    for (size_t i = 0; i < words.n; i++)
        if (line[i] == '\n')
            line[i] = ' ';
    return (str){line, words.n};
}

/* Cards are the text where there is no other; else they hang on the message. */
static void add_cards(const struct discord_context *c, struct message *m,
                      const struct json_value *cards)
{
    struct buf words = buf_new(BUF_MESSAGE_MAX);
    const bool wordless = !m->text.n;
    for (size_t i = 0; i < jv_count(cards); i++) {
        const struct json_value *card = jv_at(cards, i);
        const str address = jv_str(jv_get(card, "url"));
        if (!wordless) {
            buf_clear(&words);
            add_line(&words, address);
        }
        add_card_words(&words, card);
        if (!wordless && words.n)
            add_absent(c->arena, m, ATTACH_LINK_CARD, on_one_line(c->arena, buf_str(&words)));
        else if (wordless && address.n)
            add_absent(c->arena, m, ATTACH_LINK_CARD, address);
    }
    if (wordless)
        m->text = arena_dup(c->arena, buf_str(&words));
    buf_free(&words);
}

/* --- The message ------------------------------------------------------------------------------- */

/* A forwarded message is quoted whole; whose words they were, Discord does not tell. */
static void add_forwarded(const struct discord_context *c, struct message *m,
                          const struct json_value *v)
{
    if (jv_type(v) != JSON_OBJECT)
        return;
    m->flags |= FLAG_FORWARDED;
    m->forwarded_utc_ms = instant(jv_str(jv_get(v, "timestamp")));
    struct buf words = buf_new(BUF_MESSAGE_MAX);
    add_line(&words, m->text);
    add_line(&words, jv_str(jv_get(v, "content")));
    m->text = arena_dup(c->arena, buf_str(&words));
    buf_free(&words);
    add_files(c, m, v);
    add_cards(c, m, jv_get(v, "embeds"));
}

/* What a message answers or, for an event, is about; of a forwarded one it is where it came from. */
static void add_reference(struct message *m, const struct json_value *v)
{
    if (m->flags & FLAG_FORWARDED)
        return;
    m->reply_to = jv_str(jv_path(v, "reference.messageId"));
    if (m->reply_to.n && m->kind == KIND_TEXT)
        m->flags |= FLAG_REPLY;
}

void discord_fill(const struct discord_context *c, struct message *m, const struct json_value *v)
{
    m->platform_id = jv_str(jv_get(v, "id"));
    m->text = jv_str(jv_get(v, "content"));
    set_sender(m, jv_get(v, "author"));
    set_time(c, m, jv_str(jv_get(v, "timestamp")));
    m->edited_utc_ms = instant(jv_str(jv_get(v, "timestampEdited")));
    if (m->edited_utc_ms != TIME_NONE)
        m->flags |= FLAG_EDITED;
    add_forwarded(c, m, jv_get(v, "forwardedMessage"));
    add_files(c, m, v);
    add_cards(c, m, jv_get(v, "embeds"));
    set_kind(c, m, jv_str(jv_get(v, "type")));
    add_reference(m, v);
    add_reactions(c, m, jv_get(v, "reactions"));
    const struct json_value *mentions = jv_get(v, "mentions");
    for (size_t i = 0; i < jv_count(mentions); i++)
        add_mention(c->arena, m, jv_str(jv_get(jv_at(mentions, i), "id")),
                    name_of(jv_at(mentions, i)));
}
