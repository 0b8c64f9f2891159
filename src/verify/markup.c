/* The printer of HTML. See markup.h: there is no other way to print into a page. */
#include "markup.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "width.h"

struct markup markup_to(struct buf *out)
{
    return (struct markup){.out = out, .scratch = buf_new(out->max)};
}

void markup_end(struct markup *m)
{
    while (m->depth)
        markup_close(m);
    buf_free(&m->scratch);
}

static void add_escaped(struct markup *m, str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *to = NULL;
        switch (text.p[i]) {
        case '&': to = "&amp;"; break;
        case '<': to = "&lt;"; break;
        case '>': to = "&gt;"; break;
        case '"': to = "&quot;"; break;
        case '\'': to = "&#39;"; break;
        }
        if (!to)
            continue;
        buf_add(m->out, str_sub(text, from, i - from));
        buf_add(m->out, str_of(to));
        from = i + 1;
    }
    buf_add(m->out, str_from(text, from));
}

void markup_text(struct markup *m, str text)
{
    buf_clear(&m->scratch);
    safe_text(&m->scratch, text, SAFE_BLOCK);
    add_escaped(m, buf_str(&m->scratch));
}

void markup_lines(struct markup *m, str text)
{
    str rest = text, line;
    while (str_split(&rest, '\n', &line)) {
        markup_text(m, line);
        if (line.p + line.n < text.p + text.n)
            markup_empty(m, "br", NULL);
    }
}

void markup_textf(struct markup *m, const char *fmt, ...)
{
    char text[512];
    va_list args;
    va_start(args, fmt);
    const int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    assert(n >= 0 && (size_t)n < sizeof text); /* numbers and words of ours only */
    markup_text(m, (str){text, (size_t)n});
}

static void begin_tag(struct markup *m, const char *element, va_list attributes)
{
    buf_addf(m->out, "<%s", element);
    for (const char *name; (name = va_arg(attributes, const char *)) != NULL;) {
        const str value = str_of(va_arg(attributes, const char *));
        buf_addf(m->out, " %s", name);
        if (!value.n)
            continue;
        buf_add(m->out, STR("=\""));
        markup_text(m, value);
        buf_add(m->out, STR("\""));
    }
    buf_add(m->out, STR(">"));
}

void markup_open(struct markup *m, const char *element, ...)
{
    va_list attributes;
    va_start(attributes, element);
    begin_tag(m, element, attributes);
    va_end(attributes);
    assert(m->depth < MARKUP_DEPTH_MAX);
    m->open[m->depth++] = element;
}

void markup_empty(struct markup *m, const char *element, ...)
{
    va_list attributes;
    va_start(attributes, element);
    begin_tag(m, element, attributes);
    va_end(attributes);
}

void markup_close(struct markup *m)
{
    assert(m->depth > 0);
    buf_addf(m->out, "</%s>", m->open[--m->depth]);
}

void markup_line(struct markup *m, const char *element, const char *css_class, str text)
{
    if (css_class)
        markup_open(m, element, "class", css_class, NULL);
    else
        markup_open(m, element, NULL);
    markup_text(m, text);
    markup_close(m);
}

void markup_foreign(struct markup *m, str text)
{
    markup_open(m, "bdi", NULL);
    markup_lines(m, text);
    markup_close(m);
}

void markup_own(struct markup *m, str bytes)
{
    buf_add(m->out, bytes);
}
