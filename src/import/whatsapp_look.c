/*
 * The first look at a chat, over the whole file, before anything is read for good: in which order its dates
 * are, where its messages end, what the chat is called, and which names hold a colon.
 */
#include "whatsapp.h"

#include <string.h>

#define MARK STR("\u200e")

enum { NAME_MAX_BYTES = 400 }; /* names have up to a hundred characters */

bool wa_ends_in_crlf(const struct wa_look *l)
{
    return l->crlf && l->lf && !l->loose_crlf && l->brackets == l->heads &&
           l->after_crlf >= l->heads - l->after_crlf;
}

static void note_colon_name(struct wa_look *l, str name)
{
    if (str_find(name, STR(": ")) == STR_NONE || l->colon_name_count == WA_COLON_NAMES)
        return;
    for (size_t i = 0; i < l->colon_name_count; i++)
        if (str_eq(l->colon_names[i], name))
            return;
    l->colon_names[l->colon_name_count++] = arena_dup(&l->arena, name);
}

static void note_sender(struct wa_look *l, str name)
{
    for (size_t i = 0; i < l->sender_count; i++)
        if (str_eq(l->senders[i], name))
            return;
    if (l->sender_count < WA_SENDERS)
        l->senders[l->sender_count++] = arena_dup(&l->arena, name);
}

/* Behind a name whose end is sure stand the app's own words: marked on iPhones, a phrase on Android. */
static size_t sure_end(str body, bool bracket)
{
    if (bracket)
        return str_find(body, STR(": \u200e"));
    const size_t open = str_find(body, STR(": <"));
    enum attachment_kind kind;
    if (open == STR_NONE || wa_phrase_of(str_from(body, open + 2), &kind) != WA_OMITTED)
        return STR_NONE;
    return open;
}

static str quoted(str text)
{
    static const char *const marks[][2] = {
        {"\"", "\""}, {"“", "”"}, {"„", "“"}, {"«", "»"}, {"「", "」"}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const size_t open = str_find(text, str_of(marks[i][0]));
        if (open == STR_NONE)
            continue;
        const str rest = str_from(text, open + strlen(marks[i][0]));
        const size_t close = str_find(rest, str_of(marks[i][1]));
        if (close != STR_NONE)
            return str_sub(rest, 0, close);
    }
    return STR("");
}

static bool is_encryption_notice(str text)
{
    enum attachment_kind kind;
    return wa_phrase_of(text, &kind) == WA_ENCRYPTED;
}

/* A chat's first lines tell its name: iPhones put it where a sender's name stands. */
static void note_event(struct wa_look *l, str sender, str text)
{
    bool group = false;
    const bool file = str_starts(text, STR("\u200e<")); /* its caption may say anything */
    const str actor = file ? STR("") : wa_actor_of(text, &group);
    l->group |= group;
    const bool notice = is_encryption_notice(text);
    l->english |= notice && str_starts(wa_without_marks(&l->arena, text), STR("M"));
    if (l->title.n)
        return;
    const bool first = l->heads == 1 && !actor.n && !file && str_find(text, sender) == STR_NONE;
    if (sender.n && (notice || first))
        l->title = arena_dup(&l->arena, sender);
    else if (group && !sender.n)
        l->title = arena_dup(&l->arena, quoted(text));
}

static void note_body(struct wa_look *l, const struct wa_head *head, str body)
{
    const size_t sure = sure_end(body, head->bracket);
    if (sure != STR_NONE)
        note_colon_name(l, str_sub(body, 0, sure));
    const size_t colon = sure != STR_NONE ? sure : str_find(body, STR(": "));
    if (colon == STR_NONE) {
        note_event(l, STR(""), body);
        return;
    }
    const str name = str_sub(body, 0, colon), text = str_from(body, colon + 2);
    if (str_starts(text, MARK) || is_encryption_notice(text))
        note_event(l, name, text);
    else
        note_sender(l, name);
}

static bool has_padding(str stamp)
{
    return str_starts(stamp, STR("0")) || str_find(stamp, STR("/0")) != STR_NONE;
}

static bool look(void *context, const struct line_at *line)
{
    struct wa_look *l = context;
    struct wa_head head;
    if (line->number > 1) {
        l->crlf |= line->after_crlf;
        l->lf |= !line->after_crlf;
    }
    if (!wa_head_of(line->text, &head)) {
        l->loose_crlf |= line->after_crlf;
        return true;
    }
    const str body = str_from(line->text, head.bytes);
    if (!l->heads++) {
        l->first_stamp = arena_dup(&l->arena, head.stamp);
        l->first_body = arena_dup(&l->arena, str_sub(body, 0, 80));
    }
    l->after_crlf += line->after_crlf;
    l->brackets += head.bracket;
    l->halves |= head.clock.has_half;
    l->slashes |= head.slashes;
    l->padded |= has_padding(head.stamp);
    if (!head.bad && (head.parts[0] <= 31 || head.parts[2] <= 31))
        date_evidence_add(&l->dates, head.parts);
    note_body(l, &head, body);
    return true;
}

enum status wa_look(struct wa_look *out, struct source *source, struct err *e)
{
    *out = (struct wa_look){0};
    return line_look(source, &(struct text_lines_how){0}, look, out, e);
}

void wa_look_free(struct wa_look *l)
{
    arena_free(&l->arena);
}

bool wa_split_sender(const struct wa_look *l, str body, str *name, str *text)
{
    size_t end = str_find(body, STR(": "));
    const size_t line_end = str_find_byte(body, '\n');
    for (size_t i = 0; i < l->colon_name_count; i++) {
        const str known = l->colon_names[i];
        if (known.n > end && str_starts(body, known) &&
            str_starts(str_from(body, known.n), STR(": ")))
            end = known.n;
    }
    size_t skip = 2;
    if (end == STR_NONE || (line_end != STR_NONE && line_end < end)) {
        /* a message without words: "name:" ends the line */
        const str line = line_end == STR_NONE ? body : str_sub(body, 0, line_end);
        if (!str_ends(line, STR(":")))
            return false;
        end = line.n - 1;
        skip = line_end == STR_NONE ? 1 : 2;
    }
    *name = str_sub(body, 0, end);
    *text = str_from(body, end + skip);
    return end > 0 && end <= NAME_MAX_BYTES;
}
