/* See url.h. */
#include "url.h"

#include <stdarg.h>
#include <string.h>

enum { URL_MAX = 256 << 10 };

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

void link_encode(struct buf *out, str value)
{
    for (size_t i = 0; i < value.n; i++) {
        const unsigned char c = (unsigned char)value.p[i];
        if (is_plain(c))
            buf_add_byte(out, (char)c);
        else if (c == ' ')
            buf_add_byte(out, '+');
        else
            buf_addf(out, "%%%02X", c);
    }
}

static void add_parameter(struct buf *url, str name, str value, size_t *count)
{
    if (!value.n)
        return;
    buf_add_byte(url, (*count)++ ? '&' : '?');
    link_encode(url, name);
    buf_add_byte(url, '=');
    link_encode(url, value);
}

static str finish(struct arena *a, struct buf *url)
{
    const str copy = arena_dup(a, buf_str(url));
    buf_free(url);
    return copy;
}

str link_to(struct arena *a, const char *path, ...)
{
    struct buf url = buf_new(URL_MAX);
    size_t count = 0;
    va_list args;
    buf_add(&url, str_of(path));
    va_start(args, path);
    for (const char *name; (name = va_arg(args, const char *)) != NULL;)
        add_parameter(&url, str_of(name), va_arg(args, str), &count);
    va_end(args);
    return finish(a, &url);
}

enum { CHANGES_MAX = 8 };

str link_with(struct web *w, ...)
{
    struct web_param changes[CHANGES_MAX];
    size_t changed = 0, count = 0;
    va_list args;
    va_start(args, w);
    for (const char *name; changed < CHANGES_MAX && (name = va_arg(args, const char *)) != NULL;)
        changes[changed++] = (struct web_param){str_of(name), va_arg(args, str)};
    va_end(args);

    struct buf url = buf_new(URL_MAX);
    const struct web_request *r = w->request;
    buf_add(&url, r->path);
    for (size_t i = 0; i < r->param_count; i++) {
        bool replaced = str_eq(r->params[i].name, STR("csrf"));
        for (size_t k = 0; k < changed; k++)
            replaced = replaced || str_eq(changes[k].name, r->params[i].name);
        if (!replaced)
            add_parameter(&url, r->params[i].name, r->params[i].value, &count);
    }
    for (size_t k = 0; k < changed; k++)
        add_parameter(&url, changes[k].name, changes[k].value, &count);
    return finish(&w->arena, &url);
}

str link_message(struct arena *a, int64_t row)
{
    return arena_printf(a, "/message?id=%lld", (long long)row);
}

str link_conversation(struct arena *a, int64_t id, int64_t row)
{
    if (!row)
        return arena_printf(a, "/conversation?id=%lld", (long long)id);
    return arena_printf(a, "/conversation?id=%lld&at=%lld#m%lld", (long long)id, (long long)row,
                        (long long)row);
}
