/*
 * The independent counter of records in JSON: brackets on a stack of bits, and nothing else known.
 * It shares no code with the walk, only the rules by which both give up a broken record (json_walk.h):
 * a bracket closes the innermost of its kind in the record; '{' at the beginning of a line that is
 * indented like the record's ends the record, inside of a string or where no '{' may stand.
 */
#include "json_records.h"

#include <string.h>

/* What is kept between chunks, in state[]; the kinds of the open brackets are bits of line[], 1 for '['. */
enum {
    DEPTH,  /* open brackets, without those in BEYOND */
    BEYOND, /* brackets too deep to be kept apart */
    HOME,   /* depth inside the array whose elements count, plus 1; 0: in none */
    RECORD, /* depth outside the record at hand, plus 1; 0: in none */
    INDENT, /* of the record at hand, plus 1; 0: it is not first in its line */
    FLAGS,
    KEY,    /* bytes of the last string that agree with the key */
    BLANKS, /* since the line began */
};

enum { LEVELS = 1024, RECORD_LEVELS = 512 };

enum {
    IN_STRING = 1,
    ESCAPED = 2,
    KEY_WRONG = 4,     /* the last string goes on behind the key or differs */
    KEYED = 8,         /* the key and a colon were seen */
    WRITTEN = 16,      /* the line at hand has something else than blanks */
    IN_WORD = 32,      /* in a run of other bytes */
    STARTED = 64,      /* past a byte order mark */
    LAST_SHIFT = 8,    /* from here: the last byte outside strings that is no white space */
    ARRAYS_SHIFT = 16, /* from here 16 bits: open '[' outside the record at hand; then: inside it */
};

static bool is(const struct counter *c, uint64_t flag)
{
    return c->state[FLAGS] & flag;
}

static void set(struct counter *c, uint64_t flag, bool on)
{
    c->state[FLAGS] = on ? c->state[FLAGS] | flag : c->state[FLAGS] & ~flag;
}

static char last_byte(const struct counter *c)
{
    return (char)(unsigned char)(c->state[FLAGS] >> LAST_SHIFT);
}

static void note_last(struct counter *c, char byte)
{
    c->state[FLAGS] = (c->state[FLAGS] & ~(UINT64_C(0xFF) << LAST_SHIFT)) | WRITTEN |
                      (uint64_t)(unsigned char)byte << LAST_SHIFT;
}

static bool is_array(const struct counter *c, uint64_t level)
{
    return (unsigned char)c->line[level / 8] >> level % 8 & 1;
}

static void new_line(struct counter *c)
{
    c->state[BLANKS] = 0;
    set(c, WRITTEN | IN_WORD, false);
}

/* --- Brackets ---------------------------------------------------------------------------------- */

static bool at_home(const struct counter *c)
{
    return !c->state[RECORD] && !c->state[BEYOND] && c->state[HOME] == c->state[DEPTH] + 1;
}

static unsigned arrays_shift(const struct counter *c)
{
    return c->state[RECORD] ? ARRAYS_SHIFT + 16 : ARRAYS_SHIFT;
}

/* Brackets at or below this depth are none that a bracket here may close. */
static uint64_t base_of(const struct counter *c)
{
    if (c->state[RECORD])
        return c->state[RECORD] - 1;
    return at_home(c) && c->state[DEPTH] ? c->state[DEPTH] - 1 : 0;
}

/* Whether any bracket of the kind is open: to look for one costs time. */
static bool has_open(const struct counter *c, bool array)
{
    const uint64_t arrays = c->state[FLAGS] >> arrays_shift(c) & 0xFFFF;
    const uint64_t base = c->state[RECORD] ? c->state[RECORD] - 1 : 0;
    return array ? arrays > 0 : arrays < c->state[DEPTH] - base;
}

static void begin_record(struct counter *c)
{
    c->records++;
    c->state[RECORD] = c->state[DEPTH] + 1;
    c->state[INDENT] = is(c, WRITTEN) ? 0 : c->state[BLANKS] + 1;
    c->state[FLAGS] &= (UINT64_C(1) << arrays_shift(c)) - 1;
}

static void open_bracket(struct counter *c, bool array, bool key_is_top)
{
    const uint64_t depth = c->state[DEPTH];
    const bool in_object = depth && !is_array(c, depth - 1);
    if (at_home(c))
        begin_record(c);
    else if (array && !c->state[RECORD] && !c->state[HOME] &&
             (key_is_top ? !depth : in_object && is(c, KEYED)))
        c->state[HOME] = depth + 2;
    set(c, KEYED | IN_WORD, false);
    if (c->state[BEYOND] || depth == LEVELS || depth - base_of(c) >= RECORD_LEVELS) {
        c->state[BEYOND]++;
        return;
    }
    const unsigned bit = 1u << depth % 8;
    const unsigned byte = (unsigned char)c->line[depth / 8];
    c->line[depth / 8] = (char)(unsigned char)(array ? byte | bit : byte & ~bit);
    c->state[DEPTH]++;
    c->state[FLAGS] += (uint64_t)array << arrays_shift(c);
}

static void close_bracket(struct counter *c, bool array, bool top_counts)
{
    if (c->state[BEYOND]) {
        c->state[BEYOND]--;
        return;
    }
    const uint64_t base = base_of(c);
    uint64_t depth = has_open(c, array) ? c->state[DEPTH] : base;
    while (depth > base && is_array(c, depth - 1) != array)
        depth--;
    if (depth == base) {
        set(c, IN_WORD, true); /* it closes nothing; what clings to it is no record */
        return;
    }
    const uint64_t passed = c->state[DEPTH] - depth; /* of the other kind */
    c->state[FLAGS] -= (array ? 1 : passed) << arrays_shift(c);
    c->state[DEPTH] = depth - 1;
    if (c->state[RECORD] == depth)
        c->state[RECORD] = 0;
    if (c->state[HOME] > depth && !top_counts)
        c->state[HOME] = 0;
}

/* Whether '{' here begins the next record rather than going on in this one. */
static bool is_cut(const struct counter *c)
{
    if (!c->state[RECORD] || is(c, WRITTEN) || c->state[INDENT] != c->state[BLANKS] + 1)
        return false;
    if (is(c, IN_STRING))
        return true;
    if (c->state[BEYOND])
        return false;
    const char last = last_byte(c);
    return is_array(c, c->state[DEPTH] - 1) ? last != '[' && last != ',' : last != ':';
}

static void cut(struct counter *c)
{
    c->state[DEPTH] = c->state[RECORD] - 1;
    c->state[RECORD] = c->state[BEYOND] = 0;
    set(c, IN_STRING | ESCAPED, false);
}

/* --- Bytes ------------------------------------------------------------------------------------- */

static bool is_dull(char byte)
{
    static const bool lively[256] = {
        ['"'] = true, ['\\'] = true, ['\n'] = true, ['{'] = true, [' '] = true, ['\t'] = true};
    return !lively[(unsigned char)byte];
}

/* One byte of a string or more; how many. */
static size_t string_bytes(struct counter *c, str bytes, str key)
{
    const char byte = bytes.p[0];
    if (!is(c, KEY_WRONG)) {
        const uint64_t at = c->state[KEY];
        if (at < key.n && key.p[at] == byte)
            c->state[KEY]++;
        else if (byte != '"' || is(c, ESCAPED))
            set(c, KEY_WRONG, true);
    }
    if (is(c, ESCAPED)) {
        set(c, ESCAPED, false);
        return 1;
    }
    if (byte == '\n')
        new_line(c);
    else if (byte == '{' && is_cut(c)) {
        cut(c);
        return 0; /* it is looked at again, outside of strings */
    } else if ((byte == ' ' || byte == '\t') && !is(c, WRITTEN))
        c->state[BLANKS]++;
    else
        set(c, WRITTEN, true);
    if (byte == '"')
        set(c, IN_STRING, false);
    set(c, ESCAPED, byte == '\\');
    size_t n = 1;
    while (is(c, KEY_WRONG) && is(c, WRITTEN) && n < bytes.n && byte != '\\' && byte != '"' &&
           is_dull(bytes.p[n]))
        n++;
    return n;
}

/* A byte at the top that is no bracket: part of a line of garbage, which stands for one value. */
static void garbage_byte(struct counter *c, char byte, bool top_counts)
{
    if (byte == '\r')
        return;
    note_last(c, byte);
    if (!is(c, IN_WORD) && (byte == ',' || byte == ';'))
        return;
    c->records += top_counts && !is(c, IN_WORD);
    set(c, IN_WORD, true);
}

/* A byte of a word, a comma or a colon. */
static void other_byte(struct counter *c, char byte, str key)
{
    if (byte == '\r') {
        set(c, IN_WORD, false);
        set(c, WRITTEN, is(c, WRITTEN) || c->state[RECORD]);
        return;
    }
    note_last(c, byte);
    if (byte == ',' || byte == ':') {
        set(c, KEYED, byte == ':' && !is(c, KEY_WRONG) && key.n && c->state[KEY] == key.n);
        set(c, IN_WORD, false);
        return;
    }
    c->records += at_home(c) && !is(c, IN_WORD);
    set(c, IN_WORD, true);
    set(c, KEYED, false);
}

static void outer_byte(struct counter *c, char byte, str key, bool top_counts)
{
    const bool at_top = !c->state[DEPTH];
    if (byte == '\n')
        new_line(c);
    else if (byte == ' ' || byte == '\t') {
        c->state[BLANKS]++;
        if (!at_top)
            set(c, IN_WORD, false);
    } else if (byte == '{' || byte == '[') {
        if (byte == '{' && is_cut(c))
            cut(c);
        open_bracket(c, byte == '[', !key.n && !top_counts);
        note_last(c, byte);
    } else if (at_top)
        garbage_byte(c, byte, top_counts);
    else if (byte == '}' || byte == ']') {
        note_last(c, byte);
        set(c, IN_WORD, false);
        close_bracket(c, byte == ']', top_counts);
    } else if (byte == '"') {
        c->records += at_home(c);
        note_last(c, byte);
        set(c, IN_STRING, true);
        set(c, KEY_WRONG | KEYED | IN_WORD, false);
        c->state[KEY] = 0;
    } else
        other_byte(c, byte, key);
}

/* What looked like a byte order mark and is none is a word like any other. */
static void no_mark(struct counter *c, bool top_counts)
{
    c->records += top_counts && c->state[KEY] > 0;
    set(c, IN_WORD | WRITTEN, c->state[KEY] > 0);
    c->state[KEY] = 0;
    set(c, STARTED, true);
}

/* Whether the byte is one of a byte order mark at the very beginning. */
static bool mark_byte(struct counter *c, char byte, bool top_counts)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (is(c, STARTED))
        return false;
    if (byte != mark[c->state[KEY]]) {
        no_mark(c, top_counts);
        return false;
    }
    set(c, STARTED, ++c->state[KEY] == sizeof mark - 1);
    return true;
}

void json_count_elements(struct counter *c, str bytes, const char *key)
{
    const str name = str_of(key);
    if (!key)
        c->state[HOME] = 1;
    if (!bytes.n && !is(c, STARTED))
        no_mark(c, !key);
    while (bytes.n) {
        size_t n = 1;
        if (mark_byte(c, bytes.p[0], !key))
            ;
        else if (is(c, IN_STRING))
            n = string_bytes(c, bytes, name);
        else
            outer_byte(c, bytes.p[0], name, !key);
        bytes = str_from(bytes, n);
    }
}
