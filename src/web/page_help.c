/* Help: the language by example, each example a link that runs it; the keys; what Stet promises. */
#include "layout.h"
#include "pages.h"
#include "url.h"

struct example {
    const char *query, *meaning;
};

static const struct example examples[] = {
    {"permit", "the word, whatever its case and accents"},
    {"permi*", "words that begin so"},
    {"+Permit", "this case and these accents only"},
    {"permitt~1", "similar spellings: one character may differ"},
    {"stem:permit", "all forms: permits, permitted …"},
    {"\"side by side\"", "a phrase; * inside is one word, … any number"},
    {"=\"Byte for byte\"", "exactly these characters"},
    {"tide NEAR/9 sill", "within nine words, either order; ADJ/9 keeps the order"},
    {"/colou?r/i", "a regular expression over the whole message"},
    {"permit OR licence", "at least one of them"},
    {"permit -licence", "without the second"},
    {"is:deleted", "also edited, forwarded, reply, redacted, event, undated, duplicate"},
    {"has:link", "also image, video, audio, file, reaction, mention, emoji, number, phone, email"},
    {"date:2016", "a year, month, day or range: date:2016-07..2016-11, during:\"june 2016\""},
    {"time:22:00..04:00", "at night"},
    {"weekday:sat..sun", "at week-ends"},
    {"gap>2d", "what broke a silence of more than two days"},
    {"len>400", "long messages"},
};

static void draw_examples(struct web *w)
{
    struct markup *m = &w->out;
    markup_open(m, "dl", NULL);
    markup_attr(m, "class", STR("fields"));
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        markup_open(m, "dt", NULL);
        markup_attr(m, "class", STR("mono"));
        layout_link(w, link_to(&w->arena, "/search", "q", str_of(examples[i].query), NULL),
                    str_of(examples[i].query));
        markup_close(m);
        markup_element(m, "dd", str_of(examples[i].meaning));
    }
    markup_close(m);
}

static void draw_fields(struct web *w)
{
    struct markup *m = &w->out;
    struct query_field f;
    markup_open(m, "dl", NULL);
    markup_attr(m, "class", STR("fields"));
    for (size_t i = 0; query_field_help(i, &f); i++) {
        markup_open(m, "dt", NULL);
        markup_attr(m, "class", STR("mono"));
        markup_textf(m, "%s%s%s", f.name, f.compares ? ">" : ":", f.value);
        markup_close(m);
        markup_element(m, "dd", str_of(f.help));
    }
    markup_close(m);
}

static void draw_keys(struct web *w)
{
    static const struct example keys[] = {
        {"/", "go to the search box"},
        {"j  k", "next and previous hit"},
        {"Enter", "open the hit in its conversation"},
        {"?", "this page"},
    };
    struct markup *m = &w->out;
    markup_open(m, "dl", NULL);
    markup_attr(m, "class", STR("fields"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        markup_line(m, "dt", "mono", str_of(keys[i].query));
        markup_element(m, "dd", str_of(keys[i].meaning));
    }
    markup_close(m);
}

enum status page_help(struct web *w, struct err *e)
{
    const struct layout l = {.title = STR("Help"), .path = "/help"};
    const enum status st = layout_begin(w, &l, e);
    if (st != OK)
        return st;
    struct markup *m = &w->out;
    markup_element(m, "h1", STR("The query language, by example"));
    markup_line(m, "p", "soft", STR("Each example runs when you choose it."));
    draw_examples(w);
    markup_element(m, "h2", STR("All fields"));
    draw_fields(w);
    markup_element(m, "h2", STR("Keys"));
    draw_keys(w);
    markup_element(m, "h2", STR("What it promises"));
    markup_element(m, "p",
                   STR("Words are shown as the sources have them, never rewritten. Every "
                       "message leads back to its file, byte range and hash. A verdict "
                       "says “the same as this archive”, never “authentic”. Nothing "
                       "leaves this machine, and links in messages are never followed."));
    layout_end(w);
    return OK;
}
