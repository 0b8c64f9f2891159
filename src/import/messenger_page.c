/* Files that hang on a message of Facebook's pages, new and old. */
#include "messenger_page.h"

/* Paths go from the top of the download; those of a thread are beside its page:
   "your_activity_across_facebook/messages/inbox/noll_ab12/photos/1.jpg". */
static str beside(struct html_records *r, str src)
{
    str here = r->path, folder = STR(""), part;
    while (str_split(&here, '/', &part) && here.n)
        folder = part;
    const str mark = arena_printf(&r->arena, "/" STR_FMT "/", STR_ARG(folder));
    const size_t at = folder.n ? str_find(src, mark) : STR_NONE;
    return arena_dup(&r->arena, at == STR_NONE ? src : str_from(src, at + mark.n));
}

void messenger_add_media(struct html_records *r, const struct html_node *node, struct message *m)
{
    static const struct {
        const char *name, *attribute;
        enum attachment_kind kind;
    } media[] = {{"img", "src", ATTACH_IMAGE},
                 {"video", "src", ATTACH_VIDEO},
                 {"audio", "src", ATTACH_AUDIO}};
    size_t before = m->attachment_count;
    for (size_t i = 0; i < sizeof media / sizeof media[0]; i++)
        for (const struct html_node *n = html_find(node, media[i].name); n;
             n = html_find_next(node, n, media[i].name)) {
            const str src = html_attribute_of(n, media[i].attribute);
            if (html_is_local(src))
                add_file(&r->arena, m, media[i].kind, STR(""), beside(r, src), r->options);
        }
    for (const struct html_node *a = html_find(node, "a"); a; a = html_find_next(node, a, "a")) {
        const str href = html_attribute_of(a, "href");
        if (html_is_local(href) && m->attachment_count == before)
            add_file(&r->arena, m, ATTACH_FILE, STR(""), beside(r, href), r->options);
        else if (str_starts(href, STR("http")) && !str_eq(href, html_words(r, a)))
            add_absent(&r->arena, m, ATTACH_LINK_CARD, arena_dup(&r->arena, href));
    }
}
