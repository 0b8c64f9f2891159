/* Chats, senders, calls, reactions and attachments as signal-export and sigtop tell of them. */
#include "signal_export.h"

#include "line_records.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum status signal_name(struct sink *sink, str title, char key[SIGNAL_KEY_BYTES], struct err *e)
{
    title = str_sub(title, 0, 300);
    title.n = utf8_unbroken(title);
    const int n = snprintf(key, SIGNAL_KEY_BYTES, "signal:" STR_FMT, STR_ARG(title));
    const struct conversation c = {.key = {key, (size_t)n},
                                   .title = title,
                                   .platform = STR("signal"),
                                   .type = STR(""),
                                   .loose = true};
    return sink->conversation(sink, &c, e);
}

str signal_title(str path)
{
    const str stem = path_stem(path);
    str name, folder;
    const bool common = str_eq(stem, STR("chat")) || str_eq(stem, STR("index")) ||
                        str_eq(stem, STR("data")) || str_eq(stem, STR("messages"));
    return common && path_pop(&path, &name) && path_pop(&path, &folder) ? folder : stem;
}

str signal_sender(str shown, const struct import_options *options)
{
    if (str_eq(shown, STR("No-Sender")))
        return STR("");
    const bool self = str_eq(shown, STR("Me")) || str_eq(shown, STR("You"));
    return self && options->owner.n ? options->owner : shown;
}

bool signal_is_call(str text)
{
    static const char *const directions[] = {"Incoming ", "Outgoing ", "Missed "};
    static const char *const kinds[] = {"voice call", "video call", "call", "group call"};
    str rest = STR("");
    for (size_t i = 0; i < sizeof directions / sizeof directions[0]; i++)
        if (str_starts(text, str_of(directions[i])))
            rest = str_from(text, strlen(directions[i]));
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const str kind = str_of(kinds[i]);
        if (!str_starts(rest, kind))
            continue;
        const str more = str_from(rest, kind.n);
        return !more.n || (str_starts(more, STR(" (")) && str_ends(more, STR(")")) && more.n < 60);
    }
    return false;
}

void signal_react(struct signal_extras *x, str name, str emoji)
{
    if (x->reaction_count < SIGNAL_LIST_MAX)
        x->reactions[x->reaction_count++] = (struct reaction){.emoji = emoji,
                                                              .sender = name,
                                                              .sender_name = STR(""),
                                                              .utc_ms = TIME_NONE,
                                                              .count = 1};
}

/* --- Attachments ------------------------------------------------------------------------------- */

static const struct {
    const char *extension;
    enum attachment_kind kind;
} extensions[] = {
    {".jpg", ATTACH_IMAGE},  {".jpeg", ATTACH_IMAGE}, {".png", ATTACH_IMAGE},
    {".gif", ATTACH_IMAGE},  {".webp", ATTACH_IMAGE}, {".heic", ATTACH_IMAGE},
    {".mp4", ATTACH_VIDEO},  {".mov", ATTACH_VIDEO},  {".mkv", ATTACH_VIDEO},
    {".webm", ATTACH_VIDEO}, {".m4a", ATTACH_AUDIO},  {".aac", ATTACH_AUDIO},
    {".mp3", ATTACH_AUDIO},  {".ogg", ATTACH_AUDIO},  {".opus", ATTACH_AUDIO},
    {".flac", ATTACH_AUDIO}, {".wav", ATTACH_AUDIO},
};

static enum attachment_kind kind_of(str name, str mime)
{
    if (str_starts(mime, STR("image/")))
        return ATTACH_IMAGE;
    if (str_starts(mime, STR("video/")))
        return ATTACH_VIDEO;
    if (str_starts(mime, STR("audio/")))
        return ATTACH_AUDIO;
    for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++) {
        const str extension = str_of(extensions[i].extension);
        if (name.n > extension.n && str_eq_nocase(str_from(name, name.n - extension.n), extension))
            return extensions[i].kind;
    }
    return ATTACH_FILE;
}

/* The path with %20 as blanks, kept with `x`; as it is where it does not fit. */
static str unescaped(struct signal_extras *x, str path)
{
    if (str_starts(path, STR("./")))
        path = str_from(path, 2);
    if (str_find(path, STR("%20")) == STR_NONE || path.n > sizeof x->names - x->names_used)
        return path;
    char *const out = x->names + x->names_used;
    size_t n = 0;
    for (size_t i = 0; i < path.n; n++) {
        const bool blank = str_starts(str_from(path, i), STR("%20"));
        out[n] = blank ? ' ' : path.p[i];
        i += blank ? 3 : 1;
    }
    x->names_used += n;
    return (str){out, n};
}

void signal_attach(struct signal_extras *x, str name, str path, str mime,
                   const struct import_options *options)
{
    if (x->attachment_count == SIGNAL_LIST_MAX)
        return;
    const size_t i = x->attachment_count++;
    struct attachment *a = &x->attachments[i];
    *a = (struct attachment){.kind = kind_of(name, mime),
                             .name = name,
                             .mime = mime,
                             .size_bytes = -1,
                             .path = unescaped(x, path)};
    uint64_t size;
    if (!a->path.n || !siblings_facts(options->siblings, a->path, &size, &x->digests[i])) {
        a->path = STR("");
        return;
    }
    a->size_bytes = (int64_t)size;
    a->digest = &x->digests[i];
}

void signal_put_extras(struct message *m, const struct signal_extras *x)
{
    static const uint32_t flags[] = {
        [ATTACH_FILE] = FLAG_FILE,   [ATTACH_IMAGE] = FLAG_IMAGE, [ATTACH_VIDEO] = FLAG_VIDEO,
        [ATTACH_AUDIO] = FLAG_AUDIO, [ATTACH_LINK_CARD] = 0,
    };
    m->reactions = x->reactions;
    m->reaction_count = x->reaction_count;
    m->attachments = x->attachments;
    m->attachment_count = x->attachment_count;
    for (size_t i = 0; i < x->attachment_count; i++)
        m->flags |= flags[x->attachments[i].kind];
    if (x->reaction_count)
        m->flags |= FLAG_REACTION;
}
