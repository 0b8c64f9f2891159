/* See lines.h. */
#include "lines.h"

#include <inttypes.h>
#include <string.h>

str line_sender(const struct message *m)
{
    if (m->sender_name.n)
        return m->sender_name;
    return m->sender.n ? m->sender : STR("(system)");
}

str line_conversation(const struct stored *s)
{
    return s->conversation_title.n ? s->conversation_title : s->message.conversation;
}

str line_shown(struct arena *a, const struct message *m)
{
    char text[CIVIL_TEXT];
    if (m->time.wall_ms == TIME_NONE)
        return m->time_shown.n ? m->time_shown : STR("undated");
    return arena_dup(a, str_of(civil_print(text, m->time.wall_ms)));
}

str line_utc(struct arena *a, int64_t utc_ms)
{
    char text[CIVIL_TEXT];
    if (utc_ms == TIME_NONE)
        return STR("");
    civil_print(text, utc_ms);
    char *const blank = strchr(text, ' ');
    if (blank)
        *blank = 'T';
    return arena_printf(a, "%sZ", text);
}

str line_citation(struct arena *a, const struct stored *s)
{
    char text[CITATION_TEXT];
    return arena_dup(a,
                     str_of(message_citation(text, s->message.time.wall_ms, s->content_id)));
}

str line_witness(struct arena *a, const struct witness *w)
{
    char hex[SHA256_HEX];
    const struct locus *l = &w->locus;
    return arena_printf(a, STR_FMT "%s" STR_FMT ", bytes %" PRIu64 " to %" PRIu64 ", sha256 %s",
                        STR_ARG(w->source_name), l->member.n ? " / " : "", STR_ARG(l->member),
                        l->at, l->at + (l->length ? l->length - 1 : 0),
                        sha256_hex(hex, &w->digest));
}
