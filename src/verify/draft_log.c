/*
 * Chats as they are pasted into drafts: lines with a time and a name before the words. Known shapes:
 *
 *     [2016-03-02 09:41:07] <noll> text      2016-03-02 09:41:07 <noll> text     <noll> text
 *     [10:15] noll: text                     10:15 noll: text                    02.03.16, 09:41 - noll: text
 *     [02/03/2016, 9:41:07 AM] noll: text    noll [10:15]: text                  noll (2016-03-02 09:41): text
 *
 * Lines of one speaker that follow each other are one quotation. A line without such a head goes on
 * with the one before.
 */
#include "draft.h"

#include <string.h>

#include "fold.h"
#include "utf8.h"

enum { NAME_BYTES_MAX = 60, NAME_WORDS_MAX = 4 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_blanks(str s, size_t at)
{
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
        at++;
    return at;
}

/* A run of digits parted by single signs of `between`: "2016-03-02", "09:41:07". Counts the numbers. */
static size_t read_numbers(str s, size_t at, const char *between, int *count)
{
    *count = 0;
    size_t end = at;
    while (at < s.n && is_digit(s.p[at])) {
        const size_t from = at;
        while (at < s.n && is_digit(s.p[at]))
            at++;
        if (at - from > 4)
            return end;
        ++*count;
        end = at;
        if (at >= s.n || !strchr(between, s.p[at]))
            break;
        at++;
    }
    return end;
}

static size_t read_half_of_day(str s, size_t at)
{
    const size_t word = skip_blanks(s, at);
    const str half = str_sub(s, word, 2);
    if (str_eq_nocase(half, STR("am")) || str_eq_nocase(half, STR("pm")))
        return word + 2;
    const str zone = str_sub(s, word, 3);
    return str_eq(zone, STR("UTC"))                   ? word + 3
           : str_starts(zone, STR("Z")) && word == at ? at + 1
                                                      : at;
}

/* A date and a time, or a time alone; returns its end, or `at` if none is there. */
static size_t read_stamp(str s, size_t at)
{
    int count;
    const size_t date = read_numbers(s, at, "-/.", &count);
    size_t time = at;
    if (count == 3) {
        time = date;
        if (time < s.n && (s.p[time] == ',' || s.p[time] == 'T'))
            time++;
        time = skip_blanks(s, time);
    }
    const size_t end = read_numbers(s, time, ":", &count);
    return count == 2 || count == 3 ? read_half_of_day(s, end) : at;
}

static bool is_name(str s)
{
    if (!s.n || s.n > NAME_BYTES_MAX || str_eq_nocase(s, STR("am")) ||
        str_eq_nocase(s, STR("pm")) || str_eq_nocase(s, STR("a.m.")) ||
        str_eq_nocase(s, STR("p.m.")))
        return false;
    size_t words = 1, letters = 0;
    for (str rest = s; rest.n;) {
        const uint32_t cp = utf8_next(&rest);
        const enum char_class c = char_class_of(cp);
        if (c == CHAR_QUOTE || cp == '?' || cp == '!' || cp == ',' || cp == ';' || cp == '<')
            return false;
        words += c == CHAR_SPACE;
        letters += c == CHAR_LETTER || c == CHAR_UNIT;
    }
    return letters > 0 && words <= NAME_WORDS_MAX;
}

/* "<noll> text" */
static bool read_angle_name(str line, size_t at, struct log_line *out)
{
    if (at >= line.n || line.p[at] != '<')
        return false;
    const str rest = str_sub(line, at + 1, NAME_BYTES_MAX + 2);
    const size_t end = str_find_byte(rest, '>');
    if (end == STR_NONE || !is_name(str_sub(rest, 0, end)))
        return false;
    out->name = str_sub(rest, 0, end);
    out->text_at = skip_blanks(line, at + 1 + end + 1);
    return out->text_at < line.n;
}

/* "noll: text" */
static bool read_colon_name(str line, size_t at, struct log_line *out)
{
    const str rest = str_sub(line, at, NAME_BYTES_MAX + 2);
    const size_t end = str_find(rest, STR(": "));
    if (end == STR_NONE || !is_name(str_trim(str_sub(rest, 0, end))))
        return false;
    out->name = str_trim(str_sub(rest, 0, end));
    out->text_at = skip_blanks(line, at + end + 1);
    return out->text_at < line.n;
}

/* "noll [10:15]: text" */
static bool read_name_first(str line, struct log_line *out)
{
    const str head = str_sub(line, 0, NAME_BYTES_MAX + 2);
    size_t open = str_find_byte(head, '[');
    if (open == STR_NONE)
        open = str_find_byte(head, '(');
    if (open == STR_NONE || !is_name(str_trim(str_sub(head, 0, open))))
        return false;
    const size_t end = read_stamp(line, open + 1);
    if (end == open + 1 || end + 2 >= line.n || line.p[end] != (line.p[open] == '[' ? ']' : ')') ||
        line.p[end + 1] != ':')
        return false;
    out->name = str_trim(str_sub(head, 0, open));
    out->stamp = str_sub(line, open + 1, end - open - 1);
    out->text_at = skip_blanks(line, end + 2);
    return out->text_at < line.n;
}

bool draft_log_line(str line, struct log_line *out)
{
    *out = (struct log_line){.name = {"", 0}, .stamp = {"", 0}};
    size_t at = skip_blanks(line, 0);
    const bool bracket = at < line.n && line.p[at] == '[';
    const size_t from = at + bracket;
    const size_t end = read_stamp(line, from);
    if (end == from)
        return read_angle_name(line, at, out) || read_name_first(line, out);
    out->stamp = str_sub(line, from, end - from);
    at = end;
    if (bracket) {
        if (at >= line.n || line.p[at] != ']')
            return false;
        at++;
    }
    at = skip_blanks(line, at);
    if (at < line.n && line.p[at] == '-')
        at = skip_blanks(line, at + 1);
    return read_angle_name(line, at, out) || read_colon_name(line, at, out);
}

/* ---- the lines of one paragraph ------------------------------------------------------------------------ */

struct log_group {
    const struct draft *draft;
    struct quote_list *out;
    size_t paragraph;
    struct draft_quote *quote; /* of the speaker who speaks */
    size_t part_cap;
};

static void add_part(struct log_group *g, size_t at, size_t end)
{
    struct draft_quote *const q = g->quote;
    if (q->part_count == g->part_cap) {
        g->part_cap = g->part_cap ? g->part_cap * 2 : 4;
        struct quote_part *const parts = arena_array(g->out->arena, g->part_cap, sizeof *parts);
        if (q->part_count)
            memcpy(parts, q->parts, q->part_count * sizeof *parts);
        q->parts = parts;
    }
    struct quote_part *const parts = (struct quote_part *)q->parts;
    parts[q->part_count++] = (struct quote_part){at, end};
    q->end = end;
}

static void read_line(struct log_group *g, str line)
{
    struct log_line l;
    const size_t at = (size_t)(line.p - g->draft->text.p);
    if (!draft_log_line(line, &l)) {
        if (g->quote && line.n)
            add_part(g, at, at + line.n);
        return;
    }
    if (!g->quote || !str_eq(g->quote->speaker, l.name)) {
        g->quote = quote_list_add(g->out);
        g->part_cap = 0;
        if (!g->quote)
            return;
        g->quote->shape = QUOTE_LOG;
        g->quote->at = at;
        g->quote->paragraph = g->paragraph;
        g->quote->speaker = l.name;
        g->quote->when_text = l.stamp;
    }
    add_part(g, at + l.text_at, at + line.n);
}

void draft_find_logs(const struct draft *d, struct quote_list *out, size_t *log_at)
{
    for (size_t i = 0; i < d->paragraph_count && !out->cut; i++) {
        const struct draft_paragraph *const p = &d->paragraphs[i];
        struct log_group g = {.draft = d, .out = out, .paragraph = i};
        str rest = str_sub(d->text, p->at, p->end - p->at), line;
        log_at[i] = p->end;
        while (!p->heading && !out->cut && str_split(&rest, '\n', &line)) {
            read_line(&g, line);
            if (g.quote && log_at[i] == p->end)
                log_at[i] = g.quote->at;
        }
    }
}
