/* The printer of HTML. See markup.h: there is no other way to print into a page. */
#include "markup.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "width.h"

struct markup markup_to(struct buf *out)
{
    return (struct markup){.out = out, .scratch = buf_new(out->max)};
}

static void end_tag_head(struct markup *m)
{
    if (m->in_tag)
        buf_add_byte(m->out, '>');
    m->in_tag = false;
}

void markup_end(struct markup *m)
{
    markup_close_to(m, 0);
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

static void add_safe(struct markup *m, str text)
{
    buf_clear(&m->scratch);
    safe_text(&m->scratch, text, SAFE_BLOCK);
    add_escaped(m, buf_str(&m->scratch));
}

void markup_text(struct markup *m, str text)
{
    end_tag_head(m);
    add_safe(m, text);
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
    end_tag_head(m);
    buf_addf(m->out, "<%s", element);
    m->in_tag = true;
    for (const char *name; (name = va_arg(attributes, const char *)) != NULL;) {
        const str value = str_of(va_arg(attributes, const char *));
        if (value.n)
            markup_attr(m, name, value);
        else
            markup_flag(m, name);
    }
}

void markup_attr(struct markup *m, const char *name, str value)
{
    assert(m->in_tag);
    buf_addf(m->out, " %s=\"", name);
    add_safe(m, value);
    buf_add_byte(m->out, '"');
}

void markup_attrf(struct markup *m, const char *name, const char *fmt, ...)
{
    char value[1024];
    va_list args;
    va_start(args, fmt);
    const int n = vsnprintf(value, sizeof value, fmt, args);
    va_end(args);
    assert(n >= 0 && (size_t)n < sizeof value);
    markup_attr(m, name, (str){value, (size_t)n});
}

void markup_flag(struct markup *m, const char *name)
{
    assert(m->in_tag);
    buf_addf(m->out, " %s", name);
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
    end_tag_head(m);
}

/* Elements without content have no end tag. */
static bool is_void(const char *element)
{
    static const char *const names[] = {"input", "br", "hr", "meta", "link", "img", "col"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(element, names[i]) == 0)
            return true;
    return false;
}

void markup_close(struct markup *m)
{
    assert(m->depth > 0);
    const char *const element = m->open[--m->depth];
    end_tag_head(m);
    if (!is_void(element))
        buf_addf(m->out, "</%s>", element);
}

void markup_close_to(struct markup *m, int depth)
{
    while (m->depth > depth)
        markup_close(m);
}

void markup_element(struct markup *m, const char *element, str text)
{
    markup_line(m, element, NULL, text);
}

void markup_isolated(struct markup *m, const char *element, str text)
{
    markup_open(m, element, "dir", "auto", NULL);
    markup_text(m, text);
    markup_close(m);
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
    end_tag_head(m);
    buf_add(m->out, bytes);
}
