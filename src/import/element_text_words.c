/* What Element writes behind a stamp, in English: its events are worded in the user's language. */
#include "element_text.h"

#include <string.h>

/* What stands behind the name of who did it. */
static const char *const deeds[] = {
    " joined the room",
    " left the room",
    " created this room",
    " created and configured the room",
    " invited ",
    " accepted an invitation",
    " accepted the invitation for ",
    " rejected the invitation",
    " removed ",
    " kicked ",
    " banned ",
    " unbanned ",
    " withdrew ",
    " changed the room name ",
    " removed the room name",
    " changed the room avatar",
    " changed the topic to ",
    " removed the topic",
    " changed their display name ",
    " set their display name ",
    " removed their display name ",
    " changed their profile picture",
    " set a profile picture",
    " removed their profile picture",
    " made the room public",
    " made the room invite only",
    " made future room history visible ",
    " made no change",
    " sent an invitation to ",
    " set the server ACLs ",
    " changed the server ACLs ",
    " changed the power level of ",
    " pinned ",
    " unpinned ",
    " changed the pinned messages",
    " turned on end-to-end encryption",
    " enabled end-to-end encryption",
    " has prevented guests from joining",
    " has allowed guests to join",
    " upgraded this room",
    " changed the main address",
    " set the main address",
    " placed a voice call",
    " placed a video call",
    " ended the call",
    " answered the call",
};

/* Who did it, if the line is an event: the first wording that stands before any colon of a sender's. */
static str actor_of(str line)
{
    const size_t colon = str_find(line, STR(": "));
    size_t first = STR_NONE;
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        const size_t at = str_find(line, str_of(deeds[i]));
        first = at < first ? at : first;
    }
    return first != STR_NONE && (colon == STR_NONE || first < colon) ? str_sub(line, 0, first)
                                                                     : STR("");
}

/* "<@user:server> " or "<@user:server "words..."> ": its bytes; 0 if the text is no answer. */
static size_t answer_in(str text)
{
    const str head = str_sub(text, 0, 600);
    const size_t end = str_find(head, STR("> "));
    if (!str_starts(text, STR("<@")) || end == STR_NONE)
        return 0;
    const str inside = str_sub(text, 2, end - 2);
    const size_t blank = str_find_byte(inside, ' ');
    const str id = blank == STR_NONE ? inside : str_sub(inside, 0, blank);
    return str_find_byte(id, ':') != STR_NONE ? end + 2 : 0;
}

static bool drop_end(str *text, const char *end)
{
    if (!str_ends(*text, str_of(end)))
        return false;
    text->n -= strlen(end);
    return true;
}

static void attach(struct message *m, struct attachment *room, enum attachment_kind kind, str name)
{
    *room = (struct attachment){
        .kind = kind, .name = name, .mime = STR(""), .path = STR(""), .size_bytes = -1};
    m->attachments = room;
    m->attachment_count = 1;
    m->flags |= kind == ATTACH_IMAGE ? FLAG_IMAGE : FLAG_FILE;
}

static bool drop_file_mark(str *text)
{
    return drop_end(text, " (File Attached)") || drop_end(text, " (Media omitted)") ||
           drop_end(text, " (Media omitted - file size limit exceeded)") ||
           drop_end(text, " (Error fetching file)");
}

/* "Name sent an image. (File Attached)" */
static bool read_picture(struct message *m, str words, struct attachment *room)
{
    static const char *const ends[] = {" sent an image.", " sent a sticker."};
    str rest = words;
    drop_file_mark(&rest);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (!str_ends(rest, str_of(ends[i])) || str_find(rest, STR(": ")) != STR_NONE)
            continue;
        m->sender = str_sub(rest, 0, rest.n - strlen(ends[i]));
        m->text = words;
        attach(m, room, ATTACH_IMAGE, STR(""));
        return true;
    }
    return false;
}

static void read_text(struct message *m, str text, struct attachment *room)
{
    const size_t answer = answer_in(text);
    if (answer) {
        m->flags |= FLAG_REPLY;
        text = str_from(text, answer);
    }
    m->text = text;
    if (drop_file_mark(&text)) {
        m->text = text;
        attach(m, room, ATTACH_FILE, text);
    }
    if (str_eq(text, STR("Message deleted")) || str_starts(text, STR("Message deleted by "))) {
        m->flags |= FLAG_DELETED;
        m->text = STR("");
    }
}

void element_read_words(struct message *m, str words, size_t line, struct attachment *room)
{
    const str first = str_sub(words, 0, line);
    const str actor = actor_of(first);
    if (!actor.n && read_picture(m, words, room))
        return;
    const size_t colon = str_find(first, STR(": "));
    const bool bare = str_ends(first, STR(":")) && colon == STR_NONE;
    if (!actor.n && str_starts(first, STR("* "))) {
        const str name = str_from(first, 2);
        const size_t blank = str_find_byte(name, ' ');
        m->sender = blank == STR_NONE ? name : str_sub(name, 0, blank);
        m->text = words;
        return;
    }
    if (actor.n || (colon == STR_NONE && !bare)) {
        m->kind = KIND_EVENT;
        m->sender = actor;
        m->text = words;
        return;
    }
    m->sender = str_sub(first, 0, bare ? first.n - 1 : colon);
    read_text(m, str_from(words, m->sender.n + (bare ? 1 : 2)), room);
}

bool element_is_certain(str words)
{
    const size_t colon = str_find(words, STR(": "));
    if (colon != STR_NONE && answer_in(str_from(words, colon + 2)))
        return true;
    return str_find(words, STR(" joined the room")) != STR_NONE ||
           str_find(words, STR(" changed the room name ")) != STR_NONE ||
           str_find(words, STR(" end-to-end encryption")) != STR_NONE;
}
