/*
 * Reading a printed quotation. Print marks its own interventions in a few conventional ways: "…",
 * "...", "[...]", "(…)" leave out; "[Her]" replaces or explains; "[P]refer" changes a letter;
 * "[sic]" and "(sic)" vouch for an error; a line break or " / " marks where one message ends.
 * Whether a bracket is editorial or wording is not decided here: the aligner compares it with the
 * source, which alone knows.
 */
#include "items.h"

#include <string.h>

#include "buf.h"
#include "civil.h"
#include "fold.h"
#include "utf8.h"

/* ---- what comes off before anything is read ------------------------------------------------------ */

static const struct entity {
    const char *name, *text;
} entities[] = {{"amp", "&"},        {"lt", "<"},         {"gt", ">"},          {"quot", "\""},
                {"apos", "'"},       {"nbsp", "\u00a0"},  {"rsquo", "\u2019"},  {"lsquo", "\u2018"},
                {"ldquo", "\u201c"}, {"rdquo", "\u201d"}, {"hellip", "\u2026"}, {"ndash", "\u2013"},
                {"mdash", "\u2014"}, {"laquo", "\u00ab"}, {"raquo", "\u00bb"}};

static uint32_t numeric_entity(str body)
{
    const bool hex = body.n > 2 && (body.p[1] == 'x' || body.p[1] == 'X');
    uint32_t cp = 0;
    for (size_t i = hex ? 2 : 1; i < body.n; i++) {
        const char c = body.p[i];
        const int digit = c >= '0' && c <= '9'          ? c - '0'
                          : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                        : -1;
        if (digit < 0 || cp > 0x10FFFF)
            return 0;
        cp = cp * (hex ? 16 : 10) + (uint32_t)digit;
    }
    return cp;
}

/* Decodes one entity at the start of `s` into `out`; returns its length or 0. */
static size_t decode_entity(str s, struct buf *out)
{
    const size_t end = str_find_byte(str_sub(s, 0, 12), ';');
    if (end == STR_NONE || end < 2)
        return 0;
    const str body = str_sub(s, 1, end - 1);
    if (body.p[0] == '#') {
        const uint32_t cp = numeric_entity(body);
        if (!cp)
            return 0;
        buf_add_codepoint(out, cp);
        return end + 1;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (!str_eq(body, str_of(entities[i].name)))
            continue;
        buf_add(out, str_of(entities[i].text));
        return end + 1;
    }
    return 0;
}

static str decode_entities(str text, struct arena *a, bool *any)
{
    if (str_find_byte(text, '&') == STR_NONE)
        return text;
    struct buf out = buf_new(text.n + 1);
    for (size_t i = 0; i < text.n;) {
        const size_t used = text.p[i] == '&' ? decode_entity(str_from(text, i), &out) : 0;
        if (used)
            *any = true;
        else
            buf_add_byte(&out, text.p[i]);
        i += used ? used : 1;
    }
    const str clean = arena_dup(a, buf_str(&out));
    buf_free(&out);
    return clean;
}

static const struct {
    const char *open, *close;
} outer_marks[] = {{"\"", "\""}, {"“", "”"}, {"„", "“"},   {"„", "”"},   {"«", "»"},   {"»", "«"},
                   {"‘", "’"},   {"‹", "›"}, {"「", "」"}, {"『", "』"}, {"''", "''"}, {"“", "\""}};

/* One pair of marks around the whole, if the same marks do not stand inside too. */
static str strip_outer_marks(str text)
{
    text = str_trim(text);
    for (size_t i = 0; i < sizeof outer_marks / sizeof *outer_marks; i++) {
        const str open = str_of(outer_marks[i].open), close = str_of(outer_marks[i].close);
        if (text.n <= open.n + close.n || !str_starts(text, open) || !str_ends(text, close))
            continue;
        const str inner = str_sub(text, open.n, text.n - open.n - close.n);
        if (str_find(inner, open) == STR_NONE && str_find(inner, close) == STR_NONE)
            return str_trim(inner);
    }
    return text;
}

/* "[2016-03-02 09:41:07] <noll> " at the start of a line: its length, or 0. */
static size_t log_prefix(str line, str *stamp, str *name)
{
    int64_t ms;
    if (line.n < 24 || line.p[0] != '[' || !civil_read_stamp(str_from(line, 1), &ms) ||
        line.p[20] != ']')
        return 0;
    size_t i = 21;
    while (i < line.n && line.p[i] == ' ')
        i++;
    if (i == line.n || line.p[i] != '<')
        return 0;
    const size_t close = str_find(str_from(line, i), STR("> "));
    if (close == STR_NONE || close > 64)
        return 0;
    *stamp = str_sub(line, 1, 19);
    *name = str_sub(line, i + 1, close - 1);
    return i + close + 2;
}

/* Takes log prefixes off every line; each is remembered as a claim. */
static str strip_log_prefixes(struct quote_items *q, str text, struct arena *a)
{
    struct log_prefix first;
    if (!log_prefix(text, &first.stamp, &first.name))
        return text;
    struct buf out = buf_new(text.n + 1);
    str rest = text, line;
    while (str_split(&rest, '\n', &line)) {
        struct log_prefix *p = &q->prefixes[q->prefix_count];
        const size_t skip = log_prefix(line, &p->stamp, &p->name);
        q->prefix_count += skip && q->prefix_count + 1 < LOG_PREFIXES_MAX;
        if (out.n)
            buf_add_byte(&out, '\n');
        buf_add(&out, str_from(line, skip));
    }
    const str clean = arena_dup(a, buf_str(&out));
    buf_free(&out);
    return clean;
}

/* ---- cutting -------------------------------------------------------------------------------------- */

struct cutter {
    struct quote_items *q;
    struct arena *a;
    str text;
    size_t chunk; /* start of what was not flushed as words yet */
};

static void add_item(struct cutter *c, struct align_item item)
{
    struct quote_items *q = c->q;
    if (q->count == q->cap) {
        const size_t cap = q->cap ? q->cap * 2 : 64;
        struct align_item *grown = arena_array(c->a, cap, sizeof *grown);
        if (q->count)
            memcpy(grown, q->items, q->count * sizeof *grown);
        q->items = grown;
        q->cap = cap;
    }
    q->items[q->count++] = item;
    q->words += item.kind == ITEM_WORD;
}

static void flush_words(struct cutter *c, size_t to)
{
    struct word_list list = {.arena = c->a};
    words_add(&list, c->text, c->chunk, to, 0);
    for (size_t i = 0; i < list.count; i++)
        add_item(c, (struct align_item){.kind = ITEM_WORD,
                                        .word = list.words[i],
                                        .at = list.words[i].at,
                                        .end = list.words[i].end});
    c->chunk = to;
}

static void add_mark(struct cutter *c, enum align_item_kind kind, size_t at, size_t end)
{
    flush_words(c, at);
    add_item(c, (struct align_item){.kind = kind, .at = at, .end = end});
    c->chunk = end;
}

/* Two or more dots (blanks between them allowed) or "…": its length at `at`, or 0. */
static size_t ellipsis_length(str text, size_t at)
{
    size_t i = at, dots = 0, last = at;
    while (i < text.n) {
        if (text.p[i] == '.') {
            dots++;
            last = ++i;
        } else if (str_starts(str_from(text, i), STR("…"))) {
            dots += 3;
            last = i += 3;
        } else if (text.p[i] == ' ' && dots && i + 1 < text.n && text.p[i + 1] == '.' && dots < 3) {
            i++;
        } else {
            break;
        }
    }
    return dots >= 2 ? last - at : 0;
}

static bool is_word_char(uint32_t cp)
{
    const enum char_class k = char_class_of(cp);
    return k == CHAR_LETTER || k == CHAR_DIGIT;
}

static size_t word_start_before(str text, size_t at)
{
    size_t start = at;
    while (start > 0) {
        size_t i = start - 1;
        while (i > 0 && ((unsigned char)text.p[i] & 0xC0) == 0x80)
            i--;
        str one = str_from(text, i);
        if (!is_word_char(utf8_next(&one)))
            break;
        start = i;
    }
    return start;
}

/* Letters, digits, and an apostrophe between them: "[t]here’s" is one word. */
static size_t word_end_after(str text, size_t at)
{
    str rest = str_from(text, at);
    size_t end = at;
    while (rest.n) {
        const uint32_t cp = utf8_next(&rest);
        if (is_word_char(cp)) {
            end = text.n - rest.n;
            continue;
        }
        str ahead = rest;
        const bool inside = end > at && char_class_of(cp) == CHAR_APOSTROPHE && ahead.n &&
                            is_word_char(utf8_next(&ahead));
        if (!inside)
            break;
    }
    return end;
}

static bool is_sic(str inner)
{
    inner = str_trim(inner);
    if (str_ends(inner, STR("!")) || str_ends(inner, STR(".")))
        inner.n--;
    return str_eq_nocase(inner, STR("sic"));
}

/* "[P]refer", "terroris[m]": one word with letters in brackets. */
static bool add_bracketed_word(struct cutter *c, size_t open, size_t close)
{
    const str inner = str_sub(c->text, open + 1, close - open - 1);
    const size_t start = word_start_before(c->text, open);
    const size_t end = word_end_after(c->text, close + 1);
    const bool glued = start < open || end > close + 1;
    if (!glued || !inner.n || word_end_after(inner, 0) != inner.n)
        return false;
    flush_words(c, start);
    struct buf whole = buf_new(c->text.n + 1), kept = buf_new(c->text.n + 1);
    buf_add(&kept, str_sub(c->text, start, open - start));
    buf_add(&kept, str_sub(c->text, close + 1, end - close - 1));
    buf_add(&whole, str_sub(c->text, start, open - start));
    buf_add(&whole, inner);
    buf_add(&whole, str_sub(c->text, close + 1, end - close - 1));
    struct word_list word = {.arena = c->a}, rest = {.arena = c->a};
    words_add(&word, arena_dup(c->a, buf_str(&whole)), 0, whole.n, 0);
    words_add(&rest, arena_dup(c->a, buf_str(&kept)), 0, kept.n, 0);
    buf_free(&whole);
    buf_free(&kept);
    if (word.count != 1)
        return false;
    struct align_item item = {
        .kind = ITEM_WORD, .word = word.words[0], .bracketed = true, .at = start, .end = end};
    item.word.at = start;
    item.word.end = end;
    item.kept = rest.count == 1 && end == close + 1 ? rest.words[0].fold : STR("");
    add_item(c, item);
    c->q->had_brackets = true;
    c->chunk = end;
    return true;
}

/* Handles "[" or "(" at `at`; returns where to go on, or `at` if it is nothing special. */
static size_t cut_bracket(struct cutter *c, size_t at)
{
    const bool square = c->text.p[at] == '[';
    const size_t length = str_find_byte(str_sub(c->text, at, 160), square ? ']' : ')');
    if (length == STR_NONE)
        return at;
    const size_t close = at + length;
    const str inner = str_sub(c->text, at + 1, length - 1);
    if (is_sic(inner)) {
        add_mark(c, ITEM_SIC, at, close + 1);
        c->q->had_brackets = true;
        return close + 1;
    }
    const str trimmed = str_trim(inner);
    if (trimmed.n && ellipsis_length(trimmed, 0) == trimmed.n) {
        add_mark(c, ITEM_ELLIPSIS, at, close + 1);
        c->q->had_ellipsis = true;
        return close + 1;
    }
    if (!square || str_find_byte(inner, '[') != STR_NONE)
        return at;
    if (add_bracketed_word(c, at, close))
        return c->chunk;
    struct word_list words = {.arena = c->a};
    words_add(&words, c->text, at + 1, close, 0);
    if (!words.count)
        return at;
    flush_words(c, at);
    add_item(c, (struct align_item){.kind = ITEM_BRACKET,
                                    .inner = words.words,
                                    .inner_count = words.count,
                                    .at = at,
                                    .end = close + 1});
    c->q->had_brackets = true;
    c->chunk = close + 1;
    return close + 1;
}

/* A line end is a boundary unless it cuts a hyphenated word; so is a stroke with blanks around. */
static bool is_break(str text, size_t at)
{
    if (text.p[at] == '/')
        return at > 0 && at + 1 < text.n && text.p[at - 1] == ' ' && text.p[at + 1] == ' ';
    if (text.p[at] != '\n')
        return false;
    size_t i = at;
    while (i > 0 && (text.p[i - 1] == '\r' || text.p[i - 1] == ' '))
        i--;
    return i > 0 && text.p[i - 1] != '-';
}

static size_t cut_at(struct cutter *c, size_t i)
{
    const char byte = c->text.p[i];
    if (byte == '[' || byte == '(')
        return cut_bracket(c, i);
    const size_t dots = byte == '.' || byte == '\xe2' ? ellipsis_length(c->text, i) : 0;
    if (dots) {
        add_mark(c, ITEM_ELLIPSIS, i, i + dots);
        c->q->had_ellipsis = true;
        return i + dots;
    }
    if (is_break(c->text, i)) {
        add_mark(c, ITEM_BREAK, i, i + 1);
        return i + 1;
    }
    return i;
}

void items_of(struct quote_items *out, struct arena *a, str quote)
{
    *out = (struct quote_items){0};
    str text = strip_outer_marks(quote);
    text = strip_log_prefixes(out, text, a);
    text = decode_entities(text, a, &out->had_entities);
    out->text = text;
    struct cutter c = {.q = out, .a = a, .text = text};
    for (size_t i = 0; i < text.n;) {
        const size_t next = cut_at(&c, i);
        i = next > i ? next : i + 1;
    }
    flush_words(&c, text.n);
}

void items_plain(struct quote_items *out, struct arena *a, str quote)
{
    *out = (struct quote_items){.text = strip_outer_marks(quote)};
    struct cutter c = {.q = out, .a = a, .text = out->text};
    flush_words(&c, out->text.n);
}

struct quote_items items_slice(const struct quote_items *whole, struct arena *a, size_t from,
                               size_t to)
{
    struct quote_items part = *whole;
    part.items = arena_array(a, whole->count + 1, sizeof *part.items);
    part.count = part.words = 0;
    part.cap = whole->count + 1;
    for (size_t i = 0; i < whole->count; i++) {
        if (whole->items[i].at < from || whole->items[i].end > to)
            continue;
        part.items[part.count++] = whole->items[i];
        part.words += whole->items[i].kind == ITEM_WORD;
    }
    return part;
}
