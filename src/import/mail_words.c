/* Words of a header that are not ASCII: encoded words (RFC 2047) and raw bytes. */
#include "mail.h"

#include "charset.h"

#include <string.h>

enum { WORD_MAX = 4000 };

void mail_add_text(struct buf *out, str bytes, const char *charset, bool *lossy)
{
    if (charset_to_utf8(bytes, charset, out, lossy))
        return;
    for (size_t i = 0; i < bytes.n && !*lossy; i++)
        *lossy = (unsigned char)bytes.p[i] > 126;
    (void)charset_to_utf8(bytes, "", out, lossy);
}

/* Raw text of a header: UTF-8 if it is, else in the charset of the message. */
static void add_raw(struct buf *out, str bytes, const char *charset, bool *lossy)
{
    struct buf as_utf8 = buf_new(bytes.n * 3 + 16);
    bool bad = false;
    (void)charset_to_utf8(bytes, "utf-8", &as_utf8, &bad);
    if (bad)
        mail_add_text(out, bytes, charset, lossy);
    else
        buf_add(out, buf_str(&as_utf8));
    buf_free(&as_utf8);
}

struct word {
    char charset[CHARSET_NAME_MAX + 1];
    char coding; /* 'B' or 'Q' */
    str text;
    size_t length; /* of all of it, "=?" to "?=" */
};

static bool read_word(str s, struct word *out)
{
    const str near = str_sub(s, 2, WORD_MAX);
    const size_t mark = str_find_byte(str_sub(near, 0, CHARSET_NAME_MAX), '?');
    if (mark == STR_NONE || mark == 0 || mark + 2 >= near.n || near.p[mark + 2] != '?')
        return false;
    const char coding = near.p[mark + 1];
    if (!strchr("bBqQ", coding) || !coding)
        return false;
    str charset = str_sub(near, 0, mark);
    const size_t star = str_find_byte(charset, '*'); /* a language may follow */
    if (star != STR_NONE)
        charset.n = star;
    const str rest = str_from(near, mark + 3);
    const size_t end = str_find(rest, STR("?="));
    if (end == STR_NONE || str_find_byte(charset, ' ') != STR_NONE)
        return false;
    memcpy(out->charset, charset.p, charset.n);
    out->charset[charset.n] = '\0';
    out->coding = coding == 'b' || coding == 'B' ? 'B' : 'Q';
    out->text = str_sub(rest, 0, end);
    out->length = 2 + mark + 3 + end + 2;
    return true;
}

size_t mail_word_length(str s)
{
    struct word word;
    return str_starts(s, STR("=?")) && read_word(s, &word) ? word.length : 0;
}

/* Bytes of neighbouring words in one charset are decoded together: a character may span two. */
struct words {
    struct buf *out, bytes;
    char charset[CHARSET_NAME_MAX + 1];
    bool *lossy;
};

static void flush(struct words *w)
{
    if (w->bytes.n)
        mail_add_text(w->out, buf_str(&w->bytes), w->charset, w->lossy);
    buf_clear(&w->bytes);
    w->charset[0] = '\0';
}

static void add_word(struct words *w, const struct word *word)
{
    if (!str_eq_nocase(str_of(w->charset), str_of(word->charset)))
        flush(w);
    memcpy(w->charset, word->charset, sizeof w->charset);
    if (word->coding == 'B')
        mail_add_base64(&w->bytes, word->text);
    else
        mail_add_quoted(&w->bytes, word->text);
}

static bool is_plain(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > 126 || !s.p[i] ||
            (s.p[i] == '=' && i + 1 < s.n && s.p[i + 1] == '?'))
            return false;
    return true;
}

str mail_decode(struct arena *a, str unfolded, const char *charset, bool *lossy)
{
    if (is_plain(unfolded))
        return unfolded;
    struct buf out = buf_new(MAIL_FIELD_MAX * 4);
    struct words w = {.out = &out, .bytes = buf_new(MAIL_FIELD_MAX), .lossy = lossy};
    for (str rest = unfolded; rest.n;) {
        size_t at = str_find(rest, STR("=?"));
        struct word word;
        while (at != STR_NONE && !read_word(str_from(rest, at), &word)) {
            const size_t next = str_find(str_from(rest, at + 2), STR("=?"));
            at = next == STR_NONE ? STR_NONE : at + 2 + next;
        }
        const str between = str_sub(rest, 0, at == STR_NONE ? rest.n : at);
        if (!w.bytes.n || at == STR_NONE || str_trim(between).n) {
            flush(&w);
            add_raw(&out, between, charset, lossy);
        }
        if (at == STR_NONE)
            break;
        add_word(&w, &word);
        rest = str_from(rest, at + word.length);
    }
    flush(&w);
    const str decoded = arena_dup(a, buf_str(&out));
    buf_free(&w.bytes);
    buf_free(&out);
    return decoded;
}
