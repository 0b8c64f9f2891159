/* The three entities of Twitter's and Slack's texts. */
#include "escaped.h"

static const struct {
    str entity;
    char meant;
} entities[] = {
    {STR_INIT("&amp;"), '&'},
    {STR_INIT("&lt;"), '<'},
    {STR_INIT("&gt;"), '>'},
};

/* How many bytes of `s` are one character, and which. */
static size_t take(str s, char *out)
{
    *out = s.p[0];
    for (size_t i = 0; *out == '&' && i < sizeof entities / sizeof *entities; i++)
        if (str_starts(s, entities[i].entity)) {
            *out = entities[i].meant;
            return entities[i].entity.n;
        }
    return 1;
}

str unescape_markup(struct arena *a, str text)
{
    if (str_find_byte(text, '&') == STR_NONE)
        return text;
    char *out = arena_cstr(a, text);
    size_t n = 0;
    for (size_t at = 0; at < text.n; n++)
        at += take(str_from(text, at), &out[n]);
    return (str){out, n};
}
