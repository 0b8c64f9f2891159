/* The parts of a WhatsApp chat: heads of messages, the app's own words, what a first look tells. */
#ifndef IMPORT_WHATSAPP_H
#define IMPORT_WHATSAPP_H

#include "arena.h"
#include "importer.h"
#include "line_records.h"

/* --- Heads (whatsapp_head.c) ------------------------------------------------------------------- */

struct wa_head {
    bool bracket; /* "[date, time] ", as iPhones write it; else "date, time - " */
    int parts[3]; /* of the date, as they stand there */
    struct stamp_clock clock;
    str stamp;    /* the date and the time as shown */
    size_t bytes; /* of the whole head, the blank behind it included */
    bool bad; /* the time of day is none, or half of the day is named in words that are not known */
    bool slashes, dash_iso; /* the date is written with '/'; as 2021-03-02 */
};
bool wa_head_of(str line, struct wa_head *out);

/* A slice without the invisible marks that the app puts around names and numbers; made in the arena
   only where there are any. */
str wa_without_marks(struct arena *a, str s);

/* The key of a sender: the name without marks and odd blanks, or a telephone number as "+" and
   digits. */
str wa_sender_key(struct arena *a, str name);

/* --- The app's own words (whatsapp_phrases.c) -------------------------------------------------- */

enum wa_phrase {
    WA_NONE,
    WA_DELETED,
    WA_OMITTED, /* something was sent that the export leaves out; its kind is told */
    WA_CALL,
    WA_ENCRYPTED, /* the notice that begins most chats */
    WA_LOCATION,
};

/* What a whole text (or, for calls and notices, its beginning) is, marks and the full stop aside.
   *kind for WA_OMITTED. */
enum wa_phrase wa_phrase_of(str text, enum attachment_kind *kind);

/* "<This message was edited>", with its angle brackets. */
bool wa_is_edited(str mark);

/* " (file attached)" and its translations, at the end of a line: where it begins; STR_NONE. */
size_t wa_attached_at(str line);

/* Who acted, by the words of an event ("noll added you"): the part before the verb; empty if not known.
   *group becomes true where only groups have such events. */
str wa_actor_of(str event, bool *group);

/* "You" in any language. */
bool wa_is_you(str actor);

/* The chat's name, out of the name of its file or folder ("WhatsApp Chat with noll"); empty if that
   has none. */
str wa_title_of(str stem);

/* --- The body of a message (whatsapp_body.c) --------------------------------------------------- */

/* Sets kind, text, flags, attachments and mentions by what stands behind the sender's name. False if it
   is an event: then `text` are the app's words. */
bool wa_read_body(struct arena *a, struct message *m, str body, bool bracket,
                  const struct import_options *options);

/* --- The first look (whatsapp_look.c) ---------------------------------------------------------- */

enum { WA_COLON_NAMES = 32, WA_SENDERS = 3 };
struct wa_look {
    struct arena arena;
    struct date_evidence dates;
    uint64_t heads, after_crlf, brackets; /* heads; those that follow a CRLF or begin the file */
    bool crlf, lf;                        /* line ends that were seen */
    bool loose_crlf;                      /* a line behind a CRLF is no head */
    bool halves, slashes, padded,
        english; /* signs of a language: AM and PM, '/' and zeros in dates */
    bool group;  /* things happened that happen in groups only */
    str first_stamp, first_body,
        title; /* of the first message; as the first lines tell it, or empty */
    str colon_names[WA_COLON_NAMES]; /* names that hold ": " for sure */
    size_t colon_name_count;
    str senders[WA_SENDERS]; /* the first few */
    size_t sender_count;
};

MUST_USE enum status wa_look(struct wa_look *out, struct source *source, struct err *e);
void wa_look_free(struct wa_look *l);

/* iPhones end each message with CRLF and its inner lines with LF. True where the file holds to that
   without exception: then a head behind a bare LF is part of a message that quotes a chat. */
bool wa_ends_in_crlf(const struct wa_look *l);

/* Splits "name: text". A name may hold ": " if it was seen where the app's own words follow it, so that
   its end is sure. False if there is no name. */
bool wa_split_sender(const struct wa_look *l, str body, str *name, str *text);

void wa_count(struct counter *c, str bytes);
extern const struct importer importer_whatsapp;

#endif
