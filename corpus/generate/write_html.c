/*
 * The HTML form: the page of a blog, as a browser saved it, whose article holds the text form.
 *
 * The rule that makes both forms equal: inside the article's body a line ends with `<br />` and a
 * newline, and a blank line is the boundary of two paragraphs, `</p>` newline `<p>`. So the text
 * content of a paragraph, split at `<br />`, gives its lines; paragraphs joined by one blank line
 * give the text form, byte for byte. There is never more than one blank line in a row.
 *
 * Typographic characters are numeric entities in most messages (as blog software writes them) and
 * raw UTF-8 in the others; U+00A0 is `&nbsp;`; links are wrapped; redactions stand in `<em>`.
 */
#include "calendar.h"
#include "release.h"

#include <string.h>

static const char *const page_head[] = {
    "<!DOCTYPE html>",
    "<html lang=\"en-GB\" class=\"no-js\">",
    "<head>",
    "<meta charset=\"UTF-8\" />",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />",
    "<title>The Varnholm Messages, Complete &#8211; Low Water Notebook</title>",
    "<meta name=\"description\" content=\"All messages of the Lirra Watch group, 2016 to 2018\" />",
    ("<link rel=\"canonical\" "
     "href=\"https://low-water-notebook.example/2018/09/varnholm-messages/\" />"),
    "<link rel=\"stylesheet\" href=\"varnholm-messages_files/style.css\" media=\"all\" />",
    "<style>",
    "body { font: 16px/1.6 Georgia, serif; color: #222; margin: 0 auto; max-width: 46em }",
    ".entry-content p > em { color: #777 }",
    "/* [2016-01-01 00:00:00] <nobody> a style sheet is not a message */",
    "</style>",
    "<script>",
    "window.notebook = {\"post\": 4117, \"comments\": 3 < 4 && true};",
    "var sample = \"<p>[2016-01-01 00:00:01] &lt;nobody&gt; nor is a script<br /></p>\";",
    "</script>",
    "</head>",
    "<body class=\"post-template-default single single-post postid-4117\">",
    "<a class=\"skip-link\" href=\"#content\">Skip to content</a>",
    "<header id=\"masthead\" class=\"site-header\">",
    ("<p class=\"site-title\">"
     "<a href=\"https://low-water-notebook.example/\">Low Water Notebook</a></p>"),
    "<p class=\"site-description\">Notes from the tidal end of things</p>",
    "</header>",
    "<nav id=\"site-navigation\"><ul>",
    "<li><a href=\"https://low-water-notebook.example/about/\">About</a></li>",
    "<li><a href=\"https://low-water-notebook.example/archive/\">Archive</a></li>",
    "</ul></nav>",
    "<main id=\"content\">",
    "<article id=\"post-4117\" class=\"post-4117 post type-post status-publish\">",
    "<header class=\"entry-header\">",
    "<h1 class=\"entry-title\">The Varnholm Messages, Complete</h1>",
    ("<div class=\"entry-meta\">"
     "<time datetime=\"2018-09-14T07:30:00+00:00\">14 September 2018</time> by "
     "<a href=\"https://low-water-notebook.example/author/notebook/\">notebook</a></div>"),
    "</header>",
    "<div class=\"entry-content\">",
};

static const char *const page_foot[] = {
    "</div><!-- .entry-content -->",
    ("<footer class=\"entry-meta\">Filed under "
     "<a href=\"https://low-water-notebook.example/category/estuary/\">Estuary</a>. Bookmark the "
     "<a href=\"https://low-water-notebook.example/2018/09/varnholm-messages/\">permalink</a>."
     "</footer>"),
    "</article>",
    ("<nav class=\"post-navigation\">"
     "<a href=\"https://low-water-notebook.example/2018/08/eel-ladders/\" rel=\"prev\">"
     "&larr; Eel ladders, a correction</a></nav>"),
    "<div id=\"comments\" class=\"comments-area\">",
    ("<h2 class=\"comments-title\">"
     "One thought on &#8220;The Varnholm Messages, Complete&#8221;</h2>"),
    ("<ol class=\"comment-list\"><li id=\"comment-902\"><b class=\"fn\">reedbed</b> says: "
     "<p>Two and a half years of my life, in one scroll bar.</p></li></ol>"),
    "<form action=\"https://low-water-notebook.example/comments-post\" method=\"post\">",
    "<p class=\"comment-form-comment\"><label for=\"comment\">Comment</label><br />",
    "<textarea id=\"comment\" name=\"comment\" cols=\"45\" rows=\"8\"></textarea></p>",
    "<p><input name=\"submit\" type=\"submit\" value=\"Post Comment\" /></p>",
    "</form>",
    "</div>",
    "</main>",
    "<footer id=\"colophon\"><p>&copy; Low Water Notebook &middot; Powered by tides</p></footer>",
    "<script src=\"varnholm-messages_files/footer.js\"></script>",
    "</body>",
    "</html>",
};

struct escape {
    const char *raw, *entity;
    bool always;
};

static const struct escape escapes[] = {
    {"&", "&amp;", true},         {"<", "&lt;", true},          {">", "&gt;", true},
    {"\u00a0", "&nbsp;", true},   {"\u2019", "&#8217;", false}, {"\u2018", "&#8216;", false},
    {"\u201c", "&#8220;", false}, {"\u201d", "&#8221;", false}, {"\u2026", "&#8230;", false},
    {"\u2013", "&#8211;", false},
};

/* Writes one character (or one byte of a character without an entity); returns its length. */
static size_t put_escaped(const char *s, bool entities, FILE *out)
{
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
        const size_t length = strlen(escapes[i].raw);
        if (strncmp(s, escapes[i].raw, length) == 0 && (entities || escapes[i].always)) {
            fputs(escapes[i].entity, out);
            return length;
        }
    }
    fputc(*s, out);
    return 1;
}

static void put_range(const char *s, const char *end, bool entities, FILE *out)
{
    while (s < end)
        s += put_escaped(s, entities, out);
}

static bool starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* A link ends at white space, at a quotation mark, or where the next link is glued to it. */
static const char *link_end(const char *s)
{
    const char *end = s + 1;
    while ((unsigned char)*end > ' ' && !strchr("\"<>)]", *end) && !starts(end, "\u201d") &&
           !starts(end, "\u2026") && !starts(end, "http"))
        end++;
    while (end > s && strchr(".,;:!?", end[-1]))
        end--;
    return end;
}

static const char *put_link(const char *s, FILE *out)
{
    const char *end = link_end(s);
    fputs("<a href=\"", out);
    for (const char *p = s; p < end; p++)
        *p == '&' ? fputs("&#038;", out) : fputc(*p, out);
    fputs("\" rel=\"nofollow\">", out);
    put_range(s, end, false, out);
    fputs("</a>", out);
    return end;
}

/* One entry's text; an LF becomes a line end, two become the boundary of paragraphs. */
static void put_body(const char *s, bool entities, FILE *out)
{
    static const char redaction[] = "[redacted, third party information]";
    while (*s) {
        if (starts(s, "https://") || starts(s, "http://")) {
            s = put_link(s, out);
        } else if (starts(s, redaction)) {
            fprintf(out, "<em>%s</em>", redaction);
            s += sizeof redaction - 1;
        } else if (starts(s, "\n\n")) {
            fputs("</p>\n<p>", out);
            s += 2;
        } else if (*s == '\n') {
            fputs("<br />\n", out);
            s++;
        } else {
            s += put_escaped(s, entities, out);
        }
    }
}

static void put_entry(const struct entry *entry, FILE *out)
{
    const bool entities = (entry->local / 7) % 8 < 6;
    if (entry->kind == ENTRY_MESSAGE) {
        char stamp[20];
        calendar_write(stamp, entry->local);
        fprintf(out, "[%s] &lt;", stamp);
        put_range(entry->sender, entry->sender + strlen(entry->sender), entities, out);
        fputs("&gt; ", out);
    }
    put_body(entry->text, entities, out);
}

bool write_html(const struct release *release, FILE *out)
{
    for (size_t i = 0; i < sizeof page_head / sizeof page_head[0]; i++)
        fprintf(out, "%s\n", page_head[i]);
    fputs("<p>", out);
    for (size_t i = 0; i < release->count; i++) {
        put_entry(&release->entries[i], out);
        if (i + 1 < release->count)
            fputs(release->entries[i].blank_after ? "</p>\n<p>" : "<br />\n", out);
    }
    fputs("</p>\n", out);
    for (size_t i = 0; i < sizeof page_foot / sizeof page_foot[0]; i++)
        fprintf(out, "%s\n", page_foot[i]);
    return fflush(out) == 0 && !ferror(out);
}
