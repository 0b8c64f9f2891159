/* Parts of a message, gathered in an arena: lists grow by doubling, the old halves are left there. */
#include "message_parts.h"

#include <string.h>

/* The list with room for one more; `count` items are in it. */
static void *grown(struct arena *a, const void *list, size_t count, size_t size)
{
    if (count & (count - 1)) /* there is room up to the next power of two */
        return (void *)list;
    void *larger = arena_array(a, count ? count * 2 : 1, size);
    if (count)
        memcpy(larger, list, count * size);
    return larger;
}

static uint32_t flag_of(enum attachment_kind kind)
{
    switch (kind) {
    case ATTACH_FILE: return FLAG_FILE;
    case ATTACH_IMAGE: return FLAG_IMAGE;
    case ATTACH_VIDEO: return FLAG_VIDEO;
    case ATTACH_AUDIO: return FLAG_AUDIO;
    case ATTACH_LINK_CARD: return FLAG_LINK;
    }
    return 0;
}

void add_attachment(struct arena *a, struct message *m, struct attachment x)
{
    struct attachment *list = grown(a, m->attachments, m->attachment_count, sizeof *list);
    list[m->attachment_count++] = x;
    m->attachments = list;
    m->flags |= flag_of(x.kind);
}

void add_reaction(struct arena *a, struct message *m, struct reaction x)
{
    struct reaction *list = grown(a, m->reactions, m->reaction_count, sizeof *list);
    list[m->reaction_count++] = x;
    m->reactions = list;
    m->flags |= FLAG_REACTION;
}

void add_mention(struct arena *a, struct message *m, str key, str name)
{
    struct person_ref *list = grown(a, m->mentions, m->mention_count, sizeof *list);
    list[m->mention_count++] = (struct person_ref){.key = key, .name = name};
    m->mentions = list;
    m->flags |= FLAG_MENTION;
}

void add_edit(struct arena *a, struct message *m, str text, int64_t utc_ms)
{
    struct edit *list = grown(a, m->edits, m->edit_count, sizeof *list);
    list[m->edit_count++] = (struct edit){.text = text, .utc_ms = utc_ms};
    m->edits = list;
    m->flags |= FLAG_EDITED;
}

str path_name(str path)
{
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] == '?' || path.p[i] == '#')
            path.n = i;
    for (size_t i = path.n; i-- > 0;)
        if (path.p[i] == '/')
            return str_from(path, i + 1);
    return path;
}

void add_file(struct arena *a, struct message *m, enum attachment_kind kind, str name, str path,
              const struct import_options *options)
{
    struct attachment x = {.kind = kind, .name = name.n ? name : path_name(path), .size_bytes = -1};
    uint64_t size;
    struct sha256_digest digest;
    if (path.n && siblings_facts(options->siblings, path, &size, &digest)) {
        struct sha256_digest *kept = arena_alloc(a, sizeof *kept);
        *kept = digest;
        x.path = path;
        x.size_bytes = (int64_t)size;
        x.digest = kept;
    }
    add_attachment(a, m, x);
}

void add_absent(struct arena *a, struct message *m, enum attachment_kind kind, str name)
{
    add_attachment(a, m, (struct attachment){.kind = kind, .name = name, .size_bytes = -1});
}
