/*
 * Plain text, as it was typed or copied out of a PDF. Blank lines part paragraphs; lines that were
 * broken to fit a page are joined again, words that a hyphen broke are made whole, ligatures become
 * letters. Lines of a chat stay lines. Where each line is long, each is a paragraph.
 */
#include "draft.h"

#include "fold.h"
#include "utf8.h"

enum { WRAPPED_COLUMNS_MAX = 120, INDENT_BLANKS = 4 };

static bool is_blank(str line)
{
    return str_trim(line).n == 0;
}

/* ﬁ ﬂ ﬀ ﬃ ﬄ ﬅ ﬆ: U+FB00 to U+FB06. */
static void add_words(struct draft_text *t, str words)
{
    static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    size_t from = 0;
    for (size_t at = 0; at + 2 < words.n; at++) {
        const unsigned char last = (unsigned char)words.p[at + 2];
        if (words.p[at] != '\xEF' || words.p[at + 1] != '\xAC' || last < 0x80 || last > 0x86)
            continue;
        draft_text_add(t, str_sub(words, from, at - from));
        draft_text_add(t, str_of(letters[last - 0x80]));
        from = at + 3;
    }
    draft_text_add(t, str_from(words, from));
}

/* "exam-" before "ple": the words to keep of the first line, if its hyphen only broke a word. */
static bool broke_word(str line, str next, str *kept)
{
    size_t hyphen = 0;
    if (str_ends(line, STR("-")))
        hyphen = 1;
    else if (str_ends(line, STR("\u00AD")) || str_ends(line, STR("\u2010")))
        hyphen = str_ends(line, STR("\u00AD")) ? 2 : 3;
    if (!hyphen || line.n <= hyphen || !next.n)
        return false;
    *kept = str_sub(line, 0, line.n - hyphen);
    const unsigned char before = (unsigned char)kept->p[kept->n - 1];
    const uint32_t after = utf8_next(&next);
    const bool letter = before >= 0x80 || ((before | 0x20) >= 'a' && (before | 0x20) <= 'z');
    return letter && char_class_of(after) == CHAR_LETTER && fold_lower(after) == after;
}

static bool ends_sentence(str line)
{
    static const char *const ends[] = {".",  "!",      "?",      ":",     "\u201D",
                                       "\"", "\u2019", "\u00BB", "\u2026"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(line, str_of(ends[i])))
            return true;
    return false;
}

static bool is_list_item(str line)
{
    return str_starts(line, STR("- ")) || str_starts(line, STR("* ")) ||
           str_starts(line, STR("\u2022 "));
}

/* Lines [text, end) without a blank one between them. */
struct chunk {
    str text;
    size_t columns; /* of its longest line */
    bool indented;  /* every line begins with a tab or four blanks */
    bool log;       /* its first line is one of a chat */
};

static struct chunk measure(str text)
{
    struct chunk c = {.text = text, .indented = true};
    struct log_line ignored;
    str rest = text, line;
    while (str_split(&rest, '\n', &line)) {
        const size_t columns = utf8_count(line);
        c.log = c.log || draft_log_line(str_trim(line), &ignored);
        c.columns = columns > c.columns ? columns : c.columns;
        c.indented = c.indented && (str_starts(line, STR("\t")) || str_starts(line, STR("    ")));
    }
    return c;
}

/* Does the next line begin a paragraph of its own? */
static bool parts(const struct chunk *c, str line, str next)
{
    if (c->columns > WRAPPED_COLUMNS_MAX || is_list_item(next))
        return true;
    return ends_sentence(line) && utf8_count(line) * 4 < c->columns * 3;
}

static void add_chunk(struct draft_text *t, str text)
{
    const struct chunk c = measure(text);
    str rest = text, line;
    draft_text_paragraph(t, false, c.indented);
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        str next = rest, following;
        following = str_split(&next, '\n', &following) ? str_trim(following) : STR("");
        str kept;
        if (broke_word(line, following, &kept)) {
            add_words(t, kept);
            continue; /* nothing between the halves */
        }
        add_words(t, line);
        if (c.log)
            draft_text_line(t);
        else if (following.n && parts(&c, line, following))
            draft_text_paragraph(t, false, c.indented);
        draft_text_add(t, STR(" "));
    }
}

void draft_read_plain(struct draft_text *t, str text)
{
    str rest = text, line;
    size_t from = 0;
    while (str_split(&rest, '\n', &line)) {
        const size_t at = (size_t)(line.p - text.p);
        const bool page = str_starts(line, STR("\f"));
        if (!is_blank(line) && !page)
            continue;
        if (at > from)
            add_chunk(t, str_sub(text, from, at - from));
        from = page ? at + 1 : at + line.n + 1;
    }
    if (from < text.n)
        add_chunk(t, str_from(text, from));
}
