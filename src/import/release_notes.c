/* What the reader of a group chat release has to say about its source: all issues in one table. */
#include "release.h"

struct words {
    const char *code;
    enum issue_severity severity;
    bool covers; /* the bytes belong to no message */
    const char *what, *way_out;
};

static const struct words notes[] = {
    [NOTE_BAD_UTF8] =
        {"badUtf8", ISSUE_WARN, false,
         "Some bytes are not UTF-8, or a reference names no character; each is shown as U+FFFD. "
         "The range is the first.",
         "The original bytes are kept and can be looked at; if the file has another encoding, "
         "convert a copy with iconv and import that."},
    [NOTE_NUL] = {"nulByte", ISSUE_WARN, false,
                  "NUL bytes are shown as U+FFFD. The range is the first.",
                  "The original bytes are kept and can be looked at."},
    [NOTE_CUT] = {"oversize", ISSUE_WARN, false,
                  "With the replacements the text would exceed 64 MiB; it was cut.",
                  "The original bytes are kept and can be looked at."},
    [NOTE_BAD_STAMP] =
        {"badStamp", ISSUE_WARN, false,
         "The stamp is no date that exists; the message is kept without a time, in its place.",
         "Messages around it tell when it was sent."},
    [NOTE_AMBIGUOUS_TIME] =
        {"ambiguousTime", ISSUE_NOTE, false,
         "Clocks were changed in this hour: its wall times exist twice or never in the stated "
         "zone.",
         "Do not lean on the order or the exact UTC time of messages of this hour."},
    [NOTE_NO_NAME] =
        {"noName", ISSUE_WARN, false,
         "The name after the stamp is empty or never ends; the message is kept without a sender.",
         "Look at the source to see who speaks."},
    [NOTE_ODD_NAME] =
        {"oddName", ISSUE_NOTE, false,
         "A name holds a '>'; it was taken to end at the first '>' that a blank follows. "
         "(Said once, for the first such name.)",
         "Compare names and texts of these messages with the source."},
    [NOTE_NEAR_STAMP] =
        {"nearStamp", ISSUE_NOTE, false,
         "A line of this message looks nearly like the stamp and name of another message.",
         "Look at the source: these words may be another sender's."},
    [NOTE_PREAMBLE] = {"preamble", ISSUE_NOTE, true,
                       "Text that stands before the first stamped line; it belongs to no message.",
                       "Read it in the source: a release may explain itself there."},
    [NOTE_OVERSIZE] = {"oversize", ISSUE_WARN, true,
                       "A message is longer than 64 MiB; its text was cut, and this is the rest.",
                       "Look at the source: is a line that should begin with a stamp damaged?"},
    [NOTE_PAGE_TEXT] =
        {"pageText", ISSUE_NOTE, true,
         "Text of the page behind the last message; it was not taken for a part of it.",
         "Look at the page, if the last message seems to end too early."},
    [NOTE_NO_RECORDS] =
        {"noRecords", ISSUE_WARN, false, "No message was found in this source.",
         "Lines of messages look like [2016-03-02 09:41:07] <name> text; is this the right file?"},
};

struct locus release_locus(uint64_t at, uint64_t length, uint64_t line)
{
    return (struct locus){.at = at, .length = length, .line = line, .member = STR("")};
}

enum status release_tell(struct release *r, enum release_note note, struct locus locus,
                         struct err *e)
{
    const struct issue i = {
        .severity = notes[note].severity,
        .code = notes[note].code,
        .what = str_of(notes[note].what),
        .way_out = str_of(notes[note].way_out),
        .locus = locus,
        .covers = notes[note].covers,
    };
    return r->sink->issue(r->sink, &i, e);
}
