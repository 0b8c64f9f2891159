/* See written.h. */
#include "written.h"

#include <stdio.h>
#include <string.h>

#include "utf8.h"

void written_xml(struct buf *out, str text)
{
    while (text.n) {
        const uint32_t cp = utf8_next(&text);
        const bool allowed =
            cp >= 0x20 && cp != 0x7F && !(cp >= 0x80 && cp < 0xA0) && cp != 0xFFFE && cp != 0xFFFF;
        if (cp == '&')
            buf_add(out, STR("&amp;"));
        else if (cp == '<')
            buf_add(out, STR("&lt;"));
        else if (cp == '>')
            buf_add(out, STR("&gt;"));
        else if (cp == '"')
            buf_add(out, STR("&quot;"));
        else
            buf_add_codepoint(out, allowed ? cp : UTF8_BAD);
    }
}

void written_real(struct buf *out, double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.6f", value);
    size_t n = strlen(text);
    while (n && text[n - 1] == '0')
        n--;
    if (n && text[n - 1] == '.')
        n--;
    buf_add(out, (str){text, n});
}

void written_time(struct buf *out, int64_t wall_ms)
{
    char text[CIVIL_TEXT];
    if (wall_ms == TIME_NONE)
        return;
    civil_print(text, wall_ms);
    text[10] = 'T';
    buf_add(out, str_of(text));
}
