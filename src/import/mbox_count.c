/*
 * The independent counter of a mailbox file: a scan line by line that remembers only what it must, by
 * the rules that mbox.c states (which lines begin a message, when Content-Length is believed). It
 * shares no code with the reader, so that a reader that glues or splits messages is caught.
 */
#include "mail.h"

#include <string.h>

enum {
    LINE_KEPT = 100,
    LINE_LIMIT = 1000,
    HEADER_LIMIT = 1 << 20,
    LENGTH_LIMIT = 32 << 20,
    LEAD_LIMIT = 4000,
};

/* Places in counter.state. */
enum {
    FLAGS,
    OFFSET, /* of the next byte */
    BEGIN,  /* of the line at hand */
    START,  /* of the message whose header is being read */
    LENGTH, /* its Content-Length */
    TARGET, /* where the Content-Length that is being tried leads */
    HELD,   /* messages found since, that are none if it is right */
    WORD,   /* the word at hand of a "From " line */
};

enum {
    LED = 1 << 0,    /* blank lines at the start of the file are over */
    BLANK = 1 << 1,  /* the line before was blank, or there was none */
    CR = 1 << 2,     /* the last byte was one */
    WEAK = 1 << 3,   /* the line before begins a message if this one is a field */
    HEADER = 1 << 4, /* in a header, or in what is one if WEAK comes true */
    STATED = 1 << 5, /* it has a Content-Length */
    VALID = 1 << 6,  /* which is a number */
    TRIED = 1 << 7,  /* HELD counts */
    LANDING = 1 << 8,
    SKIPS = 3 << 9, /* line ends since TARGET */
    SKIP_ONE = 1 << 9,
    DAY = 1 << 11,
    MONTH = 1 << 12,
    CLOCK = 1 << 13,
    YEAR = 1 << 14,
    ADDRESS = 1 << 15,
    LATER_WORD = 1 << 16, /* the first word behind "From " is over */
    OF_LINE = DAY | MONTH | CLOCK | YEAR | ADDRESS | LATER_WORD | CR,
};

/* --- Words of a "From " line: WORD holds length 16, first three bytes 24, last byte 8, colon's place 8,
   other than digits 1, '@' 1 --------------------------------------------------------------------- */

static void add_to_word(uint64_t *word, unsigned char byte)
{
    const uint64_t n = *word & 0xFFFF;
    uint64_t w = *word;
    if (n < 3)
        w |= (uint64_t)byte << (16 + 8 * n);
    w = (w & ~(UINT64_C(0xFF) << 40)) | (uint64_t)byte << 40;
    if (byte == ':' && !(w >> 48 & 0xFF))
        w |= (n < 200 ? n + 1 : 201) << 48;
    if (byte < '0' || byte > '9')
        w |= UINT64_C(1) << 56;
    if (byte == '@')
        w |= UINT64_C(1) << 57;
    *word = w + 1;
}

static bool one_of(const char head[3], const char *list)
{
    for (; *list; list += 3)
        if (memcmp(head, list, 3) == 0)
            return true;
    return false;
}

static void end_word(uint64_t *state)
{
    const uint64_t w = state[WORD], n = w & 0xFFFF, colon = w >> 48 & 0xFF;
    const char head[3] = {(char)(w >> 16), (char)(w >> 24), (char)(w >> 32)};
    const char last = (char)(w >> 40 & 0xFF);
    state[WORD] = 0;
    if (!n)
        return;
    if (!(state[FLAGS] & LATER_WORD) && ((w >> 57 & 1) || (n == 1 && head[0] == '-')))
        state[FLAGS] |= ADDRESS;
    state[FLAGS] |= LATER_WORD;
    if (n == 3 && one_of(head, "MonTueWedThuFriSatSun"))
        state[FLAGS] |= DAY;
    if (n == 3 && one_of(head, "JanFebMarAprMayJunJulAugSepOctNovDec"))
        state[FLAGS] |= MONTH;
    if (n == 4 && !(w >> 56 & 1))
        state[FLAGS] |= YEAR;
    if (n >= 4 && colon >= 1 && colon <= 3 && head[0] >= '0' && head[0] <= '9' && last >= '0' &&
        last <= '9')
        state[FLAGS] |= CLOCK;
}

/* A byte of a line that begins with "From ", behind that. A CR counts once it is known not to end it. */
static void add_from_byte(uint64_t *state, char byte)
{
    if (state[FLAGS] & CR)
        add_to_word(&state[WORD], '\r');
    if (byte == ' ')
        end_word(state);
    else if (byte != '\r')
        add_to_word(&state[WORD], (unsigned char)byte);
}

/* --- Lines ------------------------------------------------------------------------------------- */

static bool is_field_line(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && i < LINE_KEPT && p[i] > ' ' && p[i] < 127 && p[i] != ':')
        i++;
    return i > 0 && i < LINE_KEPT && i < n && p[i] == ':';
}

static bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void read_length(struct counter *c, size_t n)
{
    static const char name[] = "content-length:";
    size_t i = 0;
    for (; i < sizeof name - 1; i++)
        if (i >= n || (c->line[i] | 0x20) != (name[i] | 0x20))
            return;
    c->state[FLAGS] |= STATED;
    while (i < n && is_white(c->line[i]))
        i++;
    uint64_t value = 0;
    const size_t first = i;
    for (; i < n && c->line[i] >= '0' && c->line[i] <= '9' && value <= LENGTH_LIMIT; i++)
        value = value * 10 + (uint64_t)(c->line[i] - '0');
    const bool any = i > first;
    while (i < n && is_white(c->line[i]))
        i++;
    if (!any || i < n || value > LENGTH_LIMIT)
        return;
    c->state[FLAGS] |= VALID;
    c->state[LENGTH] = value;
}

static void add_message(struct counter *c)
{
    if (c->state[FLAGS] & TRIED)
        c->state[HELD]++;
    else
        c->records++;
}

static void begin_header(struct counter *c)
{
    c->state[FLAGS] = (c->state[FLAGS] & ~(uint64_t)(STATED | VALID)) | HEADER;
    c->state[START] = c->state[BEGIN];
}

static void end_trial(struct counter *c, bool right)
{
    if (!right)
        c->records += c->state[HELD];
    c->state[HELD] = 0;
    c->state[FLAGS] &= ~(uint64_t)(TRIED | LANDING | SKIPS);
}

/* Where a Content-Length leads: `strict` and `blank` tell of the line [BEGIN, OFFSET). True if the line
   begins a message because of it. */
static bool try_length(struct counter *c, bool strict, bool blank)
{
    uint64_t *const state = c->state;
    if (!(state[FLAGS] & TRIED) || (!(state[FLAGS] & LANDING) && state[TARGET] >= state[OFFSET]))
        return false;
    const bool whole = (state[FLAGS] & LANDING) || state[TARGET] == state[BEGIN];
    if (whole && strict) {
        end_trial(c, true);
        return true;
    }
    const uint64_t rest = state[OFFSET] - state[TARGET];
    const bool empty = whole ? blank : rest == 1 || (rest == 2 && (state[FLAGS] & CR));
    if (!empty || (state[FLAGS] & SKIPS) == 2 * SKIP_ONE) {
        end_trial(c, false);
        return false;
    }
    state[FLAGS] = (state[FLAGS] | LANDING) + SKIP_ONE;
    return false;
}

/* The blank line that ends a header: from here a Content-Length counts. */
static void end_header(struct counter *c)
{
    uint64_t *const state = c->state;
    const bool believed = (state[FLAGS] & VALID) && state[OFFSET] - state[START] <= HEADER_LIMIT &&
                          state[START] >= state[TARGET];
    state[FLAGS] &= ~(uint64_t)HEADER;
    if (!believed)
        return;
    state[TARGET] = state[OFFSET] + state[LENGTH];
    state[FLAGS] |= TRIED;
}

/* The line [BEGIN, OFFSET) is complete; its first bytes are in c->line. */
static void end_line(struct counter *c, bool has_end)
{
    uint64_t *const state = c->state;
    const uint64_t length = state[OFFSET] - state[BEGIN];
    const size_t kept = length < LINE_KEPT ? (size_t)length : LINE_KEPT;
    const bool blank = has_end && (length == 1 || (length == 2 && (state[FLAGS] & CR)));
    const bool from = length >= 5 && length <= LINE_LIMIT && memcmp(c->line, "From ", 5) == 0;
    if (from)
        end_word(state);
    const uint64_t when = DAY | MONTH | CLOCK | YEAR;
    const bool strict = from && (state[FLAGS] & when) == when;
    const bool weak = from && !strict && (state[FLAGS] & ADDRESS);
    const bool after_blank = state[FLAGS] & BLANK;

    const bool landed = try_length(c, strict, blank);
    if (state[FLAGS] & WEAK) {
        const bool field =
            is_field_line(c->line, kept) || (kept >= 6 && memcmp(c->line, ">From ", 6) == 0);
        if (field)
            add_message(c);
        else
            state[FLAGS] &= ~(uint64_t)HEADER;
        state[FLAGS] &= ~(uint64_t)WEAK;
    }
    if ((state[FLAGS] & HEADER) && blank)
        end_header(c);
    else if ((state[FLAGS] & HEADER) && !(state[FLAGS] & STATED) && length - has_end < LINE_KEPT)
        read_length(c, (size_t)length - has_end);

    if (landed || (after_blank && strict))
        add_message(c);
    else if (after_blank && weak)
        state[FLAGS] |= WEAK;
    if (landed || (after_blank && (strict || weak)))
        begin_header(c);
    state[FLAGS] &= ~(uint64_t)(OF_LINE | BLANK);
    state[FLAGS] |= blank ? BLANK : 0;
    state[WORD] = 0;
    state[BEGIN] = state[OFFSET];
}

static void end_source(struct counter *c)
{
    if (c->state[OFFSET] > c->state[BEGIN])
        end_line(c, false);
    if (c->state[FLAGS] & TRIED)
        end_trial(c, (c->state[FLAGS] & LANDING) || c->state[TARGET] == c->state[OFFSET]);
}

/* Up to the line's end or the chunk's. */
static size_t add_piece(struct counter *c, const char *p, size_t n)
{
    uint64_t *const state = c->state;
    const uint64_t had = state[OFFSET] - state[BEGIN];
    for (size_t i = 0; had + i < LINE_KEPT && i < n; i++)
        c->line[had + i] = p[i];
    const uint64_t kept = had + n < LINE_KEPT ? had + n : LINE_KEPT;
    const bool from = kept >= 5 && memcmp(c->line, "From ", 5) == 0;
    for (size_t i = had < 5 ? 5 - (size_t)had : 0; from && i < n && had + i < LINE_LIMIT; i++) {
        if (p[i] == '\n')
            break;
        add_from_byte(state, p[i]);
        state[FLAGS] = (state[FLAGS] & ~(uint64_t)CR) | (p[i] == '\r' ? CR : 0);
    }
    if (n > 1 || p[0] != '\n') { /* a CR counts if it stands before the LF */
        const char last = p[n - 1] == '\n' ? p[n - 2] : p[n - 1];
        state[FLAGS] = (state[FLAGS] & ~(uint64_t)CR) | (last == '\r' ? CR : 0);
    }
    state[OFFSET] += n;
    return n;
}

/* A byte order mark and line ends at the start of a file are nothing; the first line is as after a
   blank one. */
static bool is_lead(struct counter *c, char byte)
{
    static const char mark[] = "\xEF\xBB\xBF";
    uint64_t *const state = c->state;
    if (state[FLAGS] & LED)
        return false;
    const uint64_t at = state[OFFSET];
    const bool in_mark = at < 3 && byte == mark[at] && (at == 0 || state[WORD] == at);
    if (in_mark)
        state[WORD] = at + 1;
    const bool cut_mark = at < 3 && state[WORD] == at && at > 0 && !in_mark;
    if (in_mark || (!cut_mark && at < LEAD_LIMIT && (byte == '\r' || byte == '\n'))) {
        state[BEGIN] = ++state[OFFSET];
        return true;
    }
    if (cut_mark) /* no mark: these bytes were the beginning of a line that matters to nobody */
        state[BEGIN] = 0;
    state[WORD] = 0;
    state[FLAGS] |= LED | (cut_mark ? 0 : BLANK);
    return false;
}

void mail_count_mbox(struct counter *c, str bytes)
{
    if (!bytes.n) {
        end_source(c);
        return;
    }
    while (bytes.n && is_lead(c, bytes.p[0]))
        bytes = str_from(bytes, 1);
    while (bytes.n) {
        const char *lf = memchr(bytes.p, '\n', bytes.n);
        const size_t n = add_piece(c, bytes.p, lf ? (size_t)(lf - bytes.p) + 1 : bytes.n);
        if (lf)
            end_line(c, true);
        bytes = str_from(bytes, n);
    }
}
