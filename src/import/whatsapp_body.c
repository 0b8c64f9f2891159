/*
 * What stands behind the sender's name: speech, or what the app writes in its place. On iPhones the
 * app's words begin with U+200E, so that nobody can type them; Android has no such mark, and
 * there only whole phrases count. Files are told by their form in any language:
 * "<word: 00000012-PHOTO-2020-01-01-10-11-12.jpg>" and "IMG-20200101-WA0001.jpg (words)".
 */
#include "whatsapp.h"

#include "buf.h"
#include "message_parts.h"

#include <string.h>

#define MARK STR("\u200e")

struct body {
    struct arena *a;
    struct message *m;
    const struct import_options *options;
    bool bracket, marked;
};

/* --- Files ------------------------------------------------------------------------------------- */

static const struct {
    const char *extension, *mime;
    enum attachment_kind kind;
} types[] = {
    {"jpg", "image/jpeg", ATTACH_IMAGE},
    {"jpeg", "image/jpeg", ATTACH_IMAGE},
    {"png", "image/png", ATTACH_IMAGE},
    {"webp", "image/webp", ATTACH_IMAGE},
    {"heic", "image/heic", ATTACH_IMAGE},
    {"gif", "image/gif", ATTACH_IMAGE},
    {"was", "", ATTACH_IMAGE},
    {"mp4", "video/mp4", ATTACH_VIDEO},
    {"mov", "video/quicktime", ATTACH_VIDEO},
    {"3gp", "video/3gpp", ATTACH_VIDEO},
    {"opus", "audio/ogg", ATTACH_AUDIO},
    {"ogg", "audio/ogg", ATTACH_AUDIO},
    {"m4a", "audio/mp4", ATTACH_AUDIO},
    {"mp3", "audio/mpeg", ATTACH_AUDIO},
    {"aac", "audio/aac", ATTACH_AUDIO},
    {"amr", "audio/amr", ATTACH_AUDIO},
    {"wav", "audio/wav", ATTACH_AUDIO},
    {"pdf", "application/pdf", ATTACH_FILE},
    {"vcf", "text/vcard", ATTACH_FILE},
    {"txt", "text/plain", ATTACH_FILE},
};

/* Parts of the names that the app gives to files. */
static const struct {
    const char *part;
    enum attachment_kind kind;
} name_parts[] = {
    {"-PHOTO-", ATTACH_IMAGE}, {"-STICKER-", ATTACH_IMAGE}, {"-VIDEO-", ATTACH_VIDEO},
    {"-GIF-", ATTACH_VIDEO},   {"-AUDIO-", ATTACH_AUDIO},
};

static str extension_of(str name)
{
    for (size_t i = name.n; i-- > 0;)
        if (name.p[i] == '.')
            return str_from(name, i + 1);
    return STR("");
}

static bool has_extension(str name)
{
    const str extension = extension_of(name);
    return extension.n > 0 && extension.n <= 5 && extension.n + 1 < name.n;
}

static struct attachment named(str name)
{
    struct attachment x = {.kind = ATTACH_FILE, .name = name, .mime = STR(""), .size_bytes = -1};
    const str extension = extension_of(name);
    x.path = STR("");
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_eq_nocase(extension, str_of(types[i].extension))) {
            x.kind = types[i].kind;
            x.mime = str_of(types[i].mime);
            return x;
        }
    for (size_t i = 0; i < sizeof name_parts / sizeof name_parts[0]; i++)
        if (str_find(name, str_of(name_parts[i].part)) != STR_NONE)
            x.kind = name_parts[i].kind;
    return x;
}

/* The file stands beside the chat, if it was exported too. */
static void attach(struct body *b, str name)
{
    struct attachment x = named(name);
    struct sha256_digest digest;
    uint64_t size;
    if (siblings_facts(b->options->siblings, name, &size, &digest)) {
        struct sha256_digest *kept = arena_alloc(b->a, sizeof *kept);
        *kept = digest;
        x.digest = kept;
        x.size_bytes = (int64_t)size;
        x.path = name;
    }
    add_attachment(b->a, b->m, x);
}

/* Bytes of "<word: name.ext>" at the front of `s`; 0 if it is none. */
static size_t attached_form(str s, str *name)
{
    enum { LONGEST = 400 };
    s = str_sub(s, 0, LONGEST);
    const size_t end = str_find_byte(s, '>'), line = str_find_byte(s, '\n');
    if (!str_starts(s, STR("<")) || end == STR_NONE || (line != STR_NONE && line < end))
        return 0;
    const str inside = str_sub(s, 1, end - 1);
    const str wide = STR("：");
    size_t colon = str_find(inside, STR(": ")), skip = 2;
    if (colon == STR_NONE) {
        colon = str_find(inside, wide);
        skip = wide.n;
    }
    if (colon == STR_NONE)
        return 0;
    *name = str_trim(str_from(inside, colon + skip));
    return has_extension(*name) ? end + 1 : 0;
}

/* Takes all "\u200e<attached: name>" out of a text, with the blank before. */
static void take_attached(struct body *b)
{
    const str open = STR("\u200e<");
    if (str_find(b->m->text, open) == STR_NONE)
        return;
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    for (str rest = b->m->text; rest.n;) {
        const size_t at = str_find(rest, open);
        str name;
        const size_t n = at == STR_NONE ? 0 : attached_form(str_from(rest, at + MARK.n), &name);
        const size_t before = at == STR_NONE ? rest.n : n ? at : at + open.n;
        buf_add(&out, str_sub(rest, 0, before));
        rest = str_from(rest, before);
        if (!n)
            continue;
        attach(b, name);
        rest = str_from(rest, MARK.n + n);
        if (out.n && (out.p[out.n - 1] == ' ' || out.p[out.n - 1] == '\n'))
            out.n--;
        else if (!out.n && (str_starts(rest, STR("\n")) || str_starts(rest, STR(" "))))
            rest = str_from(rest, 1);
    }
    if (b->m->attachment_count)
        b->m->text = arena_dup(b->a, buf_str(&out));
    buf_free(&out);
}

/* "IMG-20200101-WA0001", as Android names what was sent. */
static bool is_app_name(str name)
{
    static const char shape[] = "AAA-99999999-WA9999";
    if (name.n < sizeof shape - 1)
        return false;
    for (size_t i = 0; i < sizeof shape - 1; i++) {
        const char c = name.p[i];
        const bool fits = shape[i] == '9'            ? c >= '0' && c <= '9'
                          : shape[i] == 'A' && i < 3 ? c >= 'A' && c <= 'Z'
                                                     : c == shape[i];
        if (!fits)
            return false;
    }
    return true;
}

/* "name (file attached)" on a line of its own; the caption follows on the next. */
static void take_file_line(struct body *b)
{
    const str text = b->m->text;
    const size_t line_end = str_find_byte(text, '\n');
    const str line = line_end == STR_NONE ? text : str_sub(text, 0, line_end);
    const str shown = b->marked ? str_from(line, MARK.n) : line;
    size_t end = wa_attached_at(shown);
    if (end == STR_NONE && is_app_name(shown) && str_ends(shown, STR(")")))
        end = str_find(shown, STR(" ("));
    if (end == STR_NONE || !has_extension(str_sub(shown, 0, end)))
        return;
    attach(b, str_sub(shown, 0, end));
    b->m->text = line_end == STR_NONE ? STR("") : str_from(text, line_end + 1);
}

/* "report.pdf • \u200e9 pages \u200edocument omitted": the name and what kind of thing it was. */
static void take_omitted_name(struct body *b)
{
    const str text = b->m->text;
    size_t last = STR_NONE;
    for (size_t at = 0, n; (n = str_find(str_from(text, at), MARK)) != STR_NONE; at = last + MARK.n)
        last = at + n;
    enum attachment_kind kind;
    if (last == STR_NONE || last == 0 || wa_phrase_of(str_from(text, last), &kind) != WA_OMITTED)
        return;
    str name = str_trim(str_sub(text, 0, last));
    const size_t bullet = str_find(name, STR(" • "));
    if (bullet != STR_NONE)
        name = str_sub(name, 0, bullet);
    if (str_starts(name, MARK))
        name = str_from(name, MARK.n);
    if (!has_extension(name) || str_find_byte(name, '\n') != STR_NONE)
        return;
    add_absent(b->a, b->m, kind, name);
    b->m->text = STR("");
}

/* --- Marks, polls, phrases --------------------------------------------------------------------- */

/* "<This message was edited>" at the end. */
static void take_edited(struct body *b)
{
    str *text = &b->m->text;
    if (!str_ends(*text, STR(">")))
        return;
    size_t open = text->n;
    while (open > 0 && text->p[open - 1] != '<' && text->p[open - 1] != '\n')
        open--;
    if (!open || text->p[open - 1] != '<' || !wa_is_edited(str_from(*text, open - 1)))
        return;
    text->n = open - 1;
    if (str_ends(*text, MARK))
        text->n -= MARK.n;
    if (str_ends(*text, STR(" ")))
        text->n--;
    b->m->flags |= FLAG_EDITED;
}

/* A poll: a word with a colon, the question, and options that the app marks. */
static bool take_poll(struct body *b)
{
    str rest = str_from(b->m->text, MARK.n), head;
    if (!b->marked || !str_split(&rest, '\n', &head) || !rest.n ||
        !(str_ends(str_trim(head), STR(":")) || str_ends(head, STR("："))) ||
        str_find(rest, STR("\n\u200e")) == STR_NONE)
        return false;
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    for (str line; str_split(&rest, '\n', &line);) {
        const size_t colon = str_find(line, STR(": "));
        if (str_starts(line, MARK) && colon != STR_NONE)
            line = str_from(line, colon + 2);
        if (out.n)
            buf_add_byte(&out, '\n');
        buf_add(&out, line);
    }
    b->m->kind = KIND_POLL;
    b->m->text = arena_dup(b->a, buf_str(&out));
    buf_free(&out);
    return true;
}

/* What the app says in place of speech. *event: it is something that happened. */
static bool take_phrase(struct body *b, bool *event)
{
    enum attachment_kind kind;
    const enum wa_phrase phrase = wa_phrase_of(b->m->text, &kind);
    const bool apps = b->marked || !b->bracket;
    switch (phrase) {
    case WA_NONE: return false;
    case WA_DELETED:
        if (!apps)
            return false;
        b->m->flags |= FLAG_DELETED;
        b->m->text = STR("");
        return true;
    case WA_OMITTED:
        if (!b->marked && !str_starts(b->m->text, STR("<")))
            return false;
        add_absent(b->a, b->m, kind, STR(""));
        b->m->text = STR("");
        return true;
    case WA_CALL:
        if (!b->marked)
            return false;
        b->m->kind = KIND_CALL;
        b->m->text = wa_without_marks(b->a, b->m->text);
        return true;
    case WA_LOCATION: b->m->text = wa_without_marks(b->a, b->m->text); return true;
    case WA_ENCRYPTED: *event = true; return true;
    }
    return false;
}

/* Names between U+2068 and U+2069 behind an '@'. */
static void find_mentions(struct body *b)
{
    const str open = STR("@\u2068"), close = STR("\u2069");
    for (str rest = b->m->text; rest.n;) {
        const size_t at = str_find(rest, open);
        if (at == STR_NONE)
            return;
        rest = str_from(rest, at + open.n);
        const size_t end = str_find(rest, close);
        if (end == STR_NONE)
            return;
        const str name = str_sub(rest, 0, end);
        add_mention(b->a, b->m, wa_sender_key(b->a, name), name);
        rest = str_from(rest, end + close.n);
    }
}

bool wa_read_body(struct arena *a, struct message *m, str body, bool bracket,
                  const struct import_options *options)
{
    struct body b = {
        .a = a, .m = m, .options = options, .bracket = bracket, .marked = str_starts(body, MARK)};
    m->text = body;
    take_edited(&b);
    bool event = false;
    if (take_phrase(&b, &event) || take_poll(&b))
        return !event;
    take_attached(&b);
    if (!m->attachment_count)
        take_file_line(&b);
    if (!m->attachment_count && bracket)
        take_omitted_name(&b);
    find_mentions(&b);
    if (!b.marked || m->attachment_count)
        return true;
    if (!bracket || str_find(m->text, STR(": https://maps.")) != STR_NONE) {
        m->text = str_from(m->text, str_starts(m->text, MARK) ? MARK.n : 0);
        return true;
    }
    return (m->flags & FLAG_EDITED) != 0;
}
