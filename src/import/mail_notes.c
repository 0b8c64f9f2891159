/* What there is to say about a mailbox: each kind once, with a count and the first place. */
#include "mail.h"

#include <inttypes.h>
#include <string.h>

struct words {
    enum issue_severity severity;
    const char *code, *what, *way_out;
};

static const struct words all[] = {
    [MAIL_NOTE_DATE] = {ISSUE_NOTE, "mailDate",
                        "no usable Date field; the time is that of receipt (Received, or the line "
                        "before the message)",
                        "Look at the message as it stands: the header may say more."},
    [MAIL_NOTE_NO_DATE] = {ISSUE_WARN, "mailNoDate", "no time anywhere in the header",
                           "The message is stored without a time."},
    [MAIL_NOTE_ZONE] = {ISSUE_NOTE, "mailZone",
                        "a date without a zone that is defined; read as a naive time",
                        "State the zone with --tz if it is known."},
    [MAIL_NOTE_CHARSET] = {ISSUE_WARN, "badCharset",
                           "a charset that is not known; read as UTF-8 or Windows-1252",
                           "Compare with the message's bytes before quoting it."},
    [MAIL_NOTE_LOSSY] = {ISSUE_WARN, "badBytes",
                         "bytes that are no characters of their charset; replaced by U+FFFD",
                         "The original bytes stay available; the message is marked lossy."},
    [MAIL_NOTE_ENCRYPTED] = {ISSUE_NOTE, "encryptedMail", "encrypted content that cannot be read",
                             "Decrypt it with the owner's key and import what comes out."},
    [MAIL_NOTE_WINMAIL] = {ISSUE_NOTE, "winmailDat",
                           "a winmail.dat (Outlook's own packing), which may hold text and "
                           "attachments that are not shown",
                           "Unpack it with tnef and read what comes out."},
    [MAIL_NOTE_OPAQUE] =
        {ISSUE_WARN, "mimeTooComplex",
         "more parts or nesting than any mail program makes; its bytes are shown as "
         "text as they are",
         "Look at the message as it stands: this is no ordinary mail."},
    [MAIL_NOTE_NESTED] =
        {ISSUE_NOTE, "mailNested",
         "messages inside messages deeper than Stet follows; listed as attachments",
         "Save the inner message as a file of its own and import it."},
    [MAIL_NOTE_LISTS] = {ISSUE_WARN, "mailLists",
                         "more recipients or attachments than are kept; the first ones are listed",
                         "Look at the message as it stands."},
    [MAIL_NOTE_HEAD] = {ISSUE_NOTE, "mailHeader",
                        "a header that does not end with a blank line; the body begins with the "
                        "first line that is no field",
                        "Compare with the message's bytes before quoting it."},
    [MAIL_NOTE_NO_ID] = {ISSUE_NOTE, "mailNoId",
                         "no Message-ID: answers to it cannot be told from other messages",
                         "Nothing is lost; the thread may come apart."},
    [MAIL_NOTE_TWICE] =
        {ISSUE_NOTE, "mailTwice",
         "From, Date, Subject, Message-ID or Content-Type given twice; the first counts",
         "Look at the message as it stands: another program may show the second."},
    [MAIL_NOTE_CUT] = {ISSUE_WARN, "oversize", "more text than Stet stores (64 MiB); it is cut off",
                       "The original bytes stay available."},
};

void mail_notes_settle(struct mail_notes *n, const struct locus *message)
{
    for (size_t i = 0; i < MAIL_NOTE_COUNT; i++) {
        if (n->now[i] && !n->count[i]++)
            n->first[i] = *message;
        n->now[i] = false;
    }
}

enum status mail_notes_tell(const struct mail_notes *n, struct sink *sink, struct err *e)
{
    for (size_t i = 0; i < MAIL_NOTE_COUNT; i++) {
        if (!n->count[i])
            continue;
        struct buf b = buf_new(BUF_LINE_MAX);
        buf_addf(&b, "%" PRIu64 " %s: %s", n->count[i],
                 n->count[i] == 1 ? "message has this" : "messages have this, here is the first",
                 all[i].what);
        const struct issue issue = {
            .severity = all[i].severity,
            .code = all[i].code,
            .what = buf_str(&b),
            .way_out = str_of(all[i].way_out),
            .locus = n->first[i],
        };
        const enum status st = sink->issue(sink, &issue, e);
        buf_free(&b);
        if (st != OK)
            return st;
    }
    return OK;
}
