/*
 * Markdown: what a draft says without its markup. Links keep their words, emphasis and code lose their
 * signs, ">" makes a block quotation. Square brackets that are no link stay: "[sic]" is wording.
 * Emphasis is taken off only in pairs of equal runs, so that "f***ing" keeps its stars.
 */
#include "draft.h"

#include <string.h>

enum { RUNS_MAX = 64, LINK_REACH = 2000 };

struct reader {
    struct draft_text *out;
    struct buf words; /* of the paragraph being read, markup and all */
    bool heading, block, fenced, open;
};

/* ---- inside a paragraph ---------------------------------------------------------------------------- */

struct run {
    size_t at, n;
    char sign;
};

static bool is_space_at(str s, size_t at)
{
    return at >= s.n || s.p[at] == ' ' || s.p[at] == '\n';
}

static bool is_letter_at(str s, size_t at)
{
    const char c = at < s.n ? s.p[at] : ' ';
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
           (unsigned char)c >= 0x80;
}

/* Blanks out the runs of * and _ that open and close emphasis with 0x01. */
static void take_emphasis(char *p, size_t n)
{
    const str s = {p, n};
    struct run open[RUNS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < n;) {
        if (p[i] != '*' && p[i] != '_') {
            i += p[i] == '\\' && i + 1 < n ? 2 : 1;
            continue;
        }
        struct run r = {.at = i, .sign = p[i]};
        while (i < n && p[i] == r.sign)
            i++;
        r.n = i - r.at;
        const bool before = r.at > 0 && !is_space_at(s, r.at - 1), after = !is_space_at(s, i);
        const bool inside = before && after && is_letter_at(s, r.at - 1) && is_letter_at(s, i);
        const bool closes = before && !(r.sign == '_' && inside);
        size_t k = count;
        while (closes && k > 0 && (open[k - 1].sign != r.sign || open[k - 1].n != r.n))
            k--;
        if (closes && k > 0) {
            memset(p + open[k - 1].at, 1, r.n);
            memset(p + r.at, 1, r.n);
            count = k - 1;
        } else if (after && !inside && count < RUNS_MAX) {
            open[count++] = r;
        }
    }
}

/* "](http://…)" after the words of a link: its length, 0 if none is there. */
static size_t link_target(str s, size_t at)
{
    if (at + 1 >= s.n || (s.p[at + 1] != '(' && s.p[at + 1] != '['))
        return 0;
    const char close = s.p[at + 1] == '(' ? ')' : ']';
    const str reach = str_sub(s, at + 2, LINK_REACH);
    const size_t end = str_find_byte(reach, close);
    return end == STR_NONE ? 0 : end + 3;
}

/* The end of the bracket that opens at `at`, STR_NONE if it is no link. */
static size_t link_words_end(str s, size_t at)
{
    const str reach = str_sub(s, at + 1, LINK_REACH);
    const size_t end = str_find_byte(reach, ']');
    return end != STR_NONE && link_target(s, at + 1 + end) ? at + 1 + end : STR_NONE;
}

static void add_inline(struct draft_text *t, str s)
{
    size_t link_end = STR_NONE;
    for (size_t i = 0; i < s.n;) {
        const char c = s.p[i];
        if (c == '!' && i + 1 < s.n && s.p[i + 1] == '[' && link_words_end(s, i + 1) != STR_NONE) {
            const size_t end = link_words_end(s, i + 1);
            i = end + link_target(s, end);
        } else if (c == '[' && link_end == STR_NONE && link_words_end(s, i) != STR_NONE) {
            link_end = link_words_end(s, i);
            i++;
        } else if (i == link_end) {
            i += link_target(s, i);
            link_end = STR_NONE;
        } else if (c == '\\' && i + 1 < s.n && strchr("\\`*_{}[]()#+-.!>\"'|~<", s.p[i + 1])) {
            draft_text_add(t, str_sub(s, i + 1, 1));
            i += 2;
        } else if (c == 1 || (c == '`' && str_sub(s, i, 2).n == 2 && s.p[i + 1] != '`' &&
                              (i == 0 || s.p[i - 1] != '`'))) {
            i++;
        } else if (c == '\n') {
            draft_text_line(t);
            i++;
        } else {
            draft_text_add(t, str_sub(s, i, 1));
            i++;
        }
    }
}

static void end_paragraph(struct reader *r)
{
    if (r->words.n) {
        take_emphasis(r->words.p, r->words.n);
        draft_text_paragraph(r->out, r->heading, r->block);
        add_inline(r->out, buf_str(&r->words));
    }
    buf_clear(&r->words);
    r->heading = r->block = r->open = false;
}

/* ---- lines ------------------------------------------------------------------------------------------- */

static size_t list_marker(str line)
{
    size_t digits = 0;
    while (digits < line.n && digits < 4 && line.p[digits] >= '0' && line.p[digits] <= '9')
        digits++;
    if (digits && digits + 1 < line.n && (line.p[digits] == '.' || line.p[digits] == ')') &&
        line.p[digits + 1] == ' ')
        return digits + 2;
    const bool bullet = line.n > 1 && strchr("-*+", line.p[0]) && line.p[1] == ' ';
    return bullet ? 2 : 0;
}

/* "===" or "---" under a heading, or a rule. */
static bool is_rule(str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != line.p[0] && line.p[i] != ' ')
            return false;
    return line.n >= 3 && strchr("=-*_", line.p[0]);
}

static void read_words(struct reader *r, str line, bool hard_break)
{
    struct log_line ignored;
    if (draft_log_line(line, &ignored))
        hard_break = true;
    buf_add(&r->words, line);
    buf_add_byte(&r->words, hard_break ? '\n' : ' ');
    r->open = true;
}

static void read_line(struct reader *r, str line)
{
    const bool hard_break = str_ends(line, STR("  ")) || str_ends(line, STR("\\"));
    str words = str_trim(line);
    if (str_ends(words, STR("\\")))
        words.n--;
    bool block = false;
    while (str_starts(words, STR(">"))) {
        words = str_trim(str_from(words, 1));
        block = true;
    }
    if (!words.n) {
        end_paragraph(r);
        return;
    }
    if (block && !r->block)
        end_paragraph(r);
    if (r->open && is_rule(words)) {
        r->heading = true;
        end_paragraph(r);
        return;
    }
    if (is_rule(words))
        return;
    const bool heading = words.p[0] == '#' && !block;
    const size_t marker = list_marker(words);
    if (heading || marker)
        end_paragraph(r);
    while (heading && words.n && (words.p[0] == '#' || words.p[0] == ' '))
        words = str_from(words, 1);
    r->block = r->block || block;
    read_words(r, str_from(words, heading ? 0 : marker), hard_break);
    r->heading = heading;
    if (heading)
        end_paragraph(r);
}

/* A block between two lines "---" at the top: only its title is the draft's. */
static str skip_front_matter(struct draft_text *t, str text)
{
    if (!str_starts(text, STR("---\n")))
        return text;
    str rest = str_from(text, 4), line;
    while (str_split(&rest, '\n', &line)) {
        if (str_eq(str_trim(line), STR("---")))
            return rest;
        if (str_starts(line, STR("title:"))) {
            str title = str_trim(str_from(line, 6));
            if (title.n > 1 && (title.p[0] == '"' || title.p[0] == '\''))
                title = str_sub(title, 1, title.n - 2);
            draft_set_title(t, title);
        }
    }
    return text;
}

void draft_read_markdown(struct draft_text *t, str text)
{
    struct reader r = {.out = t, .words = buf_new((size_t)DRAFT_BYTES_MAX * 3)};
    str rest = skip_front_matter(t, text), line;
    while (str_split(&rest, '\n', &line)) {
        const str words = str_trim(line);
        if (str_starts(words, STR("```")) || str_starts(words, STR("~~~"))) {
            end_paragraph(&r);
            r.fenced = !r.fenced;
        } else if (r.fenced && words.n) {
            read_words(&r, words, true);
        } else {
            read_line(&r, line);
        }
    }
    end_paragraph(&r);
    buf_free(&r.words);
}
