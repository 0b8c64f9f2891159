/* What there is to say about a mailbox: each kind once, with a count and the first place. */
#include "mail.h"

#include <inttypes.h>

struct words {
    enum issue_severity severity;
    const char *code, *what, *way_out;
};

static const struct words all[] = {
    [MAIL_NOTE_DATE] = {ISSUE_NOTE, "mailDate",
                        "without a usable Date field: the time is that of receipt (Received, or "
                        "the line before the message)",
                        "Look at the message as it stands: the header may say more."},
    [MAIL_NOTE_NO_DATE] = {ISSUE_WARN, "mailNoDate", "without a time anywhere in the header",
                           "They are stored without a time."},
    [MAIL_NOTE_ZONE] = {ISSUE_NOTE, "mailZone",
                        "with a date in no zone that is defined, read as a naive time",
                        "State the zone with --tz if it is known."},
    [MAIL_NOTE_CHARSET] = {ISSUE_WARN, "badCharset",
                           "in a charset that is not known, read as UTF-8 or Windows-1252",
                           "Compare with the bytes before quoting."},
    [MAIL_NOTE_LOSSY] = {ISSUE_WARN, "badBytes",
                         "with bytes that are no characters of their charset, shown as U+FFFD",
                         "The original bytes stay available; the messages are marked lossy."},
    [MAIL_NOTE_ENCRYPTED] = {ISSUE_NOTE, "encryptedMail",
                             "with encrypted content, which cannot be read",
                             "Decrypt it with the owner's key and import what comes out."},
    [MAIL_NOTE_WINMAIL] = {ISSUE_NOTE, "winmailDat",
                           "with a winmail.dat (Outlook's own packing), which may hold text and "
                           "attachments that are not shown",
                           "Unpack it with tnef and read what comes out."},
    [MAIL_NOTE_OPAQUE] =
        {ISSUE_WARN, "mimeTooComplex",
         "with more parts or nesting than any mail program makes, shown as text as they are",
         "Look at the message as it stands: this is no ordinary mail."},
    [MAIL_NOTE_BOUNDARY] = {ISSUE_NOTE, "mimeBoundary",
                            "with parts whose boundary never comes, shown as text",
                            "Look at the message as it stands: it may be cut off."},
    [MAIL_NOTE_NESTED] =
        {ISSUE_NOTE, "mailNested",
         "with messages inside messages deeper than Stet follows, listed as attachments",
         "Save the inner message as a file of its own and import it."},
    [MAIL_NOTE_LISTS] = {ISSUE_WARN, "mailLists",
                         "with more recipients or attachments than are kept; the first ones are",
                         "Look at the message as it stands."},
    [MAIL_NOTE_HEAD] = {ISSUE_NOTE, "mailHeader",
                        "with a header that no blank line ends; the body begins with the first "
                        "line that is no field",
                        "Compare with the bytes before quoting."},
    [MAIL_NOTE_NO_ID] = {ISSUE_NOTE, "mailNoId",
                         "without a Message-ID: answers cannot be told from other messages",
                         "Nothing is lost; threads may come apart."},
    [MAIL_NOTE_TWICE] =
        {ISSUE_NOTE, "mailTwice",
         "with From, Date, Subject, Message-ID or Content-Type given twice; the first counts",
         "Look at the message as it stands: another program may show the second."},
    [MAIL_NOTE_CUT] = {ISSUE_WARN, "oversize",
                       "with more text than Stet stores (64 MiB), which is cut off",
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
        buf_addf(&b, "%" PRIu64 " message%s %s", n->count[i], n->count[i] == 1 ? "" : "s",
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
