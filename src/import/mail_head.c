/* The header of a message: its fields, in one pass over its lines, whatever their number. */
#include "mail.h"

#include <string.h>

static const str names[] = {
    [MAIL_FROM] = STR_INIT("From"),
    [MAIL_SENDER] = STR_INIT("Sender"),
    [MAIL_TO] = STR_INIT("To"),
    [MAIL_CC] = STR_INIT("Cc"),
    [MAIL_BCC] = STR_INIT("Bcc"),
    [MAIL_SUBJECT] = STR_INIT("Subject"),
    [MAIL_DATE] = STR_INIT("Date"),
    [MAIL_MESSAGE_ID] = STR_INIT("Message-ID"),
    [MAIL_IN_REPLY_TO] = STR_INIT("In-Reply-To"),
    [MAIL_REFERENCES] = STR_INIT("References"),
    [MAIL_RECEIVED] = STR_INIT("Received"),
    [MAIL_CONTENT_TYPE] = STR_INIT("Content-Type"),
    [MAIL_CONTENT_ENCODING] = STR_INIT("Content-Transfer-Encoding"),
    [MAIL_CONTENT_DISPOSITION] = STR_INIT("Content-Disposition"),
    [MAIL_CONTENT_LENGTH] = STR_INIT("Content-Length"),
    [MAIL_X_STATUS] = STR_INIT("X-Status"),
    [MAIL_MOZILLA_STATUS] = STR_INIT("X-Mozilla-Status"),
};

str mail_field_name(enum mail_field f)
{
    return names[f];
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Length of "Name" in "Name: ..." or "Name : ..."; 0 if the line is no field. */
static size_t name_length(str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] > ' ' && line.p[n] < 127 && line.p[n] != ':')
        n++;
    size_t colon = n;
    while (colon < line.n && is_blank(line.p[colon]))
        colon++;
    return colon < line.n && line.p[colon] == ':' ? n : 0;
}

bool mail_is_field(str line)
{
    return name_length(line) > 0;
}

/* The first line of `text` with its end. */
static str first_line(str text)
{
    const size_t lf = str_find_byte(text, '\n');
    return lf == STR_NONE ? text : str_sub(text, 0, lf + 1);
}

static str without_end(str line)
{
    if (str_ends(line, STR("\n")))
        line.n--;
    if (str_ends(line, STR("\r")))
        line.n--;
    return line;
}

bool mail_next_field(str *block, str *name, str *value)
{
    while (block->n) {
        str field = first_line(*block);
        *block = str_from(*block, field.n);
        while (block->n && is_blank(block->p[0])) {
            const str more = first_line(*block);
            field.n += more.n;
            *block = str_from(*block, more.n);
        }
        const size_t n = name_length(field);
        if (!n)
            continue; /* an envelope line among the fields */
        *name = str_sub(field, 0, n);
        *value = without_end(str_from(field, n + str_find_byte(str_from(field, n), ':') + 1));
        return true;
    }
    return false;
}

/* Where the header ends: behind the fields; *body_at is behind the blank line, too. */
static size_t find_end(str message, size_t *body_at, bool *cut_short)
{
    bool any = false;
    *cut_short = false;
    for (size_t at = 0; at < message.n;) {
        const str line = first_line(str_from(message, at));
        const str text = without_end(line);
        *body_at = at + line.n;
        if (!text.n)
            return at;
        const bool envelope = str_starts(text, STR(">From ")) || str_starts(text, STR("From "));
        const bool goes_on = any && is_blank(text.p[0]);
        if (!goes_on && !envelope && !mail_is_field(text)) {
            *body_at = at;
            *cut_short = true;
            return at;
        }
        any |= !envelope;
        at += line.n;
    }
    *body_at = message.n;
    return message.n;
}

static void note_field(struct mail_head *head, str name, str value)
{
    head->fields++;
    for (size_t i = 0; i < MAIL_FIELD_COUNT; i++) {
        if (!str_eq_nocase(name, names[i]))
            continue;
        if (head->value[i].p)
            head->twice[i] = true;
        else
            head->value[i] = value;
        return;
    }
}

struct mail_head mail_head_of(str message)
{
    struct mail_head head = {0};
    size_t body_at = 0;
    head.block = str_sub(message, 0, find_end(message, &body_at, &head.cut_short));
    head.body = str_from(message, body_at);
    str rest = head.block, name, value;
    while (mail_next_field(&rest, &name, &value))
        note_field(&head, name, value);
    return head;
}

str mail_unfold(struct arena *a, str raw)
{
    raw = str_trim(str_sub(raw, 0, MAIL_FIELD_MAX));
    if (str_find_byte(raw, '\n') == STR_NONE)
        return raw;
    char *const out = arena_alloc(a, raw.n);
    size_t n = 0;
    bool folded = false;
    for (size_t i = 0; i < raw.n; i++) {
        const char c = raw.p[i];
        if (c == '\n' || (c == '\r' && i + 1 < raw.n && raw.p[i + 1] == '\n')) {
            folded = true;
            continue;
        }
        out[n++] = folded && c == '\t' ? ' ' : c; /* a tab only began the next line */
        folded = false;
    }
    return (str){out, n};
}

unsigned mail_header_evidence(str prefix)
{
    static const str telling[] = {
        STR_INIT("From"),
        STR_INIT("Date"),
        STR_INIT("Subject"),
        STR_INIT("To"),
        STR_INIT("Received"),
        STR_INIT("Message-ID"),
        STR_INIT("Return-Path"),
        STR_INIT("Delivered-To"),
        STR_INIT("MIME-Version"),
        STR_INIT("Content-Type"),
        STR_INIT("Reply-To"),
        STR_INIT("In-Reply-To"),
        STR_INIT("X-Mozilla-Status"),
        STR_INIT("Content-Transfer-Encoding"),
    };
    enum { KINDS = sizeof telling / sizeof telling[0] };
    bool seen[KINDS] = {false};
    size_t body_at;
    bool cut_short;
    str block = str_sub(prefix, 0, find_end(prefix, &body_at, &cut_short));
    str name, value;
    for (size_t fields = 0; fields < 500 && mail_next_field(&block, &name, &value); fields++)
        for (size_t i = 0; i < KINDS; i++)
            seen[i] |= str_eq_nocase(name, telling[i]);
    unsigned count = 0;
    for (size_t i = 0; i < KINDS; i++)
        count += seen[i];
    return count;
}
