/* What hangs on a message, in JSON: the same words wherever a message is printed as JSON. */
#include "publish.h"

static void put_text(struct json *j, const char *key, str text)
{
    if (!text.n)
        return;
    json_key(j, key);
    json_text(j, text);
}

/* "2016-03-02T09:41:07Z" */
static void put_utc(struct json *j, const char *key, int64_t utc_ms)
{
    char text[CIVIL_TEXT];
    char out[CIVIL_TEXT + 1];
    if (utc_ms == TIME_NONE)
        return;
    const str printed = str_of(civil_print(text, utc_ms));
    size_t n = 0;
    for (size_t i = 0; i < printed.n; i++)
        out[n++] = printed.p[i] == ' ' ? 'T' : printed.p[i];
    out[n++] = 'Z';
    json_key(j, key);
    json_text(j, (str){out, n});
}

static void put_sha256(struct json *j, const struct sha256_digest *digest)
{
    char hex[SHA256_HEX];
    if (!digest)
        return;
    json_key(j, "sha256");
    json_text(j, str_of(sha256_hex(hex, digest)));
}

static void put_attachments(struct json *j, const struct attachment *all, size_t count)
{
    static const char *const kinds[] = {
        [ATTACH_FILE] = "file",   [ATTACH_IMAGE] = "image",         [ATTACH_VIDEO] = "video",
        [ATTACH_AUDIO] = "audio", [ATTACH_LINK_CARD] = "link-card",
    };
    json_key(j, "attachments");
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_object(j);
        json_key(j, "kind");
        json_text(j, str_of(kinds[all[i].kind]));
        put_text(j, "name", all[i].name);
        put_text(j, "mime", all[i].mime);
        if (all[i].size_bytes >= 0) {
            json_key(j, "size");
            json_int(j, all[i].size_bytes);
        }
        put_text(j, "path", all[i].path);
        put_sha256(j, all[i].digest);
        json_end(j);
    }
    json_end(j);
}

static void put_reactions(struct json *j, const struct reaction *all, size_t count)
{
    json_key(j, "reactions");
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_object(j);
        json_key(j, "emoji");
        json_text(j, all[i].emoji);
        put_text(j, "sender", all[i].sender);
        put_text(j, "sender_name", all[i].sender_name);
        json_key(j, "count");
        json_int(j, all[i].count);
        put_utc(j, "utc", all[i].utc_ms);
        json_end(j);
    }
    json_end(j);
}

static void put_edits(struct json *j, const struct edit *all, size_t count)
{
    json_key(j, "edits");
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_object(j);
        json_key(j, "text");
        json_text(j, all[i].text);
        put_utc(j, "utc", all[i].utc_ms);
        json_end(j);
    }
    json_end(j);
}

static void put_people(struct json *j, const char *key, const struct person_ref *all, size_t count)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_object(j);
        json_key(j, "key");
        json_text(j, all[i].key);
        put_text(j, "name", all[i].name);
        json_end(j);
    }
    json_end(j);
}

void publish_json_details(struct json *j, const struct message *m)
{
    put_text(j, "platform_id", m->platform_id);
    json_key(j, "reply_to");
    json_text(j, m->reply_to);
    put_text(j, "forwarded_from", m->forwarded_from);
    put_utc(j, "forwarded_utc", m->forwarded_utc_ms);
    put_utc(j, "edited_utc", m->edited_utc_ms);
    put_utc(j, "deleted_utc", m->deleted_utc_ms);
    if (m->attachment_count)
        put_attachments(j, m->attachments, m->attachment_count);
    if (m->reaction_count)
        put_reactions(j, m->reactions, m->reaction_count);
    if (m->edit_count)
        put_edits(j, m->edits, m->edit_count);
    if (m->mention_count)
        put_people(j, "mentions", m->mentions, m->mention_count);
    if (m->recipient_count)
        put_people(j, "recipients", m->recipients, m->recipient_count);
}

void publish_json_witness(struct json *j, const struct witness *w)
{
    json_object(j);
    json_key(j, "source");
    json_text(j, w->source_name);
    json_key(j, "member");
    json_text(j, w->locus.member);
    json_key(j, "at");
    json_int(j, (int64_t)w->locus.at);
    json_key(j, "length");
    json_int(j, (int64_t)w->locus.length);
    json_key(j, "line");
    json_int(j, (int64_t)w->locus.line);
    put_sha256(j, &w->digest);
    json_end(j);
}
