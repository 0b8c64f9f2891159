/* A scan of raw bytes for start tags and their attributes: a state machine, a byte at a time. */
#include "html_count.h"

#include <string.h>

enum { NAME_BYTES = 16, ATTRIBUTE_BYTES = 110 };

enum place {
    IN_TEXT,
    IN_OPENING, /* behind '<' */
    IN_NAME,    /* of a start tag */
    IN_TAG,     /* between attributes */
    IN_ATTRIBUTE,
    IN_VALUE,     /* behind '=' */
    IN_QUOTED,    /* ... in double quotes */
    IN_QUOTED_1,  /* ... in single quotes */
    IN_OTHER_TAG, /* an end tag, a declaration */
    IN_COMMENT,
    IN_DATA, /* what script and style hold */
};

/* The machine's memory, kept in the counter between chunks. line: the tag's name, NUL, and from
   NAME_BYTES on the attribute; state: 0 the place, 1 the length of name or attribute, 2 what was
   seen in this tag, 3 how much of an end ("-->", "</") came. */
struct machine {
    struct counter *c;
    unsigned (*look)(str name, str attribute);
    bool (*counts)(struct counter *c, unsigned seen);
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static void go(struct machine *m, enum place place)
{
    m->c->state[0] = place;
    m->c->state[3] = 0;
}

static void keep(struct machine *m, size_t from, size_t room, char c)
{
    if (m->c->state[1] < room)
        m->c->line[from + m->c->state[1]++] = c;
}

static void end_attribute(struct machine *m)
{
    const str attribute = {m->c->line + NAME_BYTES, (size_t)m->c->state[1]};
    if (attribute.n)
        m->c->state[2] |= m->look(str_of(m->c->line), attribute);
    m->c->state[1] = 0;
}

static void end_tag(struct machine *m)
{
    end_attribute(m);
    m->c->records += m->counts(m->c, (unsigned)m->c->state[2]);
    const str name = str_of(m->c->line);
    const bool data = str_eq(name, STR("script")) || str_eq(name, STR("style"));
    go(m, data ? IN_DATA : IN_TEXT);
}

static void in_opening(struct machine *m, char c)
{
    if (is_letter(c)) {
        memset(m->c->line, 0, sizeof m->c->line);
        m->c->state[1] = m->c->state[2] = 0;
        keep(m, 0, NAME_BYTES - 1, (char)(c | 0x20));
        go(m, IN_NAME);
    } else {
        go(m, c == '/' || c == '!' || c == '?' ? IN_OTHER_TAG : c == '<' ? IN_OPENING : IN_TEXT);
        m->c->state[3] = c == '!';
    }
}

static void in_tag(struct machine *m, enum place place, char c)
{
    if (c == '>' && place != IN_QUOTED && place != IN_QUOTED_1) {
        end_tag(m);
        return;
    }
    if (place == IN_NAME && !is_blank(c) && c != '/') {
        keep(m, 0, NAME_BYTES - 1, is_letter(c) ? (char)(c | 0x20) : c);
        return;
    }
    if (place == IN_NAME)
        m->c->state[1] = 0;
    const bool quoted = place == IN_QUOTED || place == IN_QUOTED_1;
    if (!quoted && is_blank(c)) {
        end_attribute(m);
        go(m, IN_TAG);
        return;
    }
    keep(m, NAME_BYTES, ATTRIBUTE_BYTES, c);
    if (quoted && c == (place == IN_QUOTED ? '"' : '\''))
        go(m, IN_ATTRIBUTE);
    else if (place == IN_VALUE)
        go(m, c == '"' ? IN_QUOTED : c == '\'' ? IN_QUOTED_1 : IN_ATTRIBUTE);
    else if (!quoted)
        go(m, c == '=' ? IN_VALUE : IN_ATTRIBUTE);
}

/* "<!--" begins a comment, "-->" ends it. */
static void in_other(struct machine *m, enum place place, char c)
{
    uint64_t *dashes = &m->c->state[3];
    if (place == IN_COMMENT && c == '>' && *dashes >= 2)
        go(m, IN_TEXT);
    else if (place == IN_COMMENT)
        *dashes = c == '-' ? *dashes + 1 : 0;
    else if (*dashes && c == '-' && ++*dashes == 3)
        go(m, IN_COMMENT);
    else if (c == '>')
        go(m, IN_TEXT);
    else if (c != '-')
        *dashes = 0;
}

/* Until "</s". */
static void in_data(struct machine *m, char c)
{
    uint64_t *seen = &m->c->state[3];
    if (*seen == 2 && (c | 0x20) == 's')
        go(m, IN_OTHER_TAG);
    else
        *seen = c == '<' ? 1 : *seen == 1 && c == '/' ? 2 : 0;
}

static void step(struct machine *m, char c)
{
    const enum place place = (enum place)m->c->state[0];
    switch (place) {
    case IN_TEXT:
        if (c == '<')
            go(m, IN_OPENING);
        break;
    case IN_OPENING: in_opening(m, c); break;
    case IN_NAME:
    case IN_TAG:
    case IN_ATTRIBUTE:
    case IN_VALUE:
    case IN_QUOTED:
    case IN_QUOTED_1: in_tag(m, place, c); break;
    case IN_OTHER_TAG:
    case IN_COMMENT: in_other(m, place, c); break;
    case IN_DATA: in_data(m, c); break;
    }
}

void html_count_tags(struct counter *c, str bytes, unsigned (*look)(str name, str attribute),
                     bool (*counts)(struct counter *c, unsigned seen))
{
    struct machine m = {.c = c, .look = look, .counts = counts};
    for (size_t i = 0; i < bytes.n; i++)
        step(&m, bytes.p[i]);
}

bool count_has_class(str attribute, const char *word)
{
    if (!str_starts(attribute, STR("class=")))
        return false;
    const str classes = str_from(attribute, 6);
    const size_t n = strlen(word);
    for (size_t i = 0; i + n <= classes.n; i++) {
        const bool begins = i == 0 || classes.p[i - 1] == ' ' || classes.p[i - 1] == '"' ||
                            classes.p[i - 1] == '\'' || classes.p[i - 1] == '\n';
        const char after = i + n < classes.n ? classes.p[i + n] : ' ';
        const bool ends = after == ' ' || after == '"' || after == '\'' || after == '\n';
        if (begins && ends && memcmp(classes.p + i, word, n) == 0)
            return true;
    }
    return false;
}
