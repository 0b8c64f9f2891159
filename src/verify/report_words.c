/* The words and signs of a report, in tables. */
#include "report_parts.h"

#include <inttypes.h>
#include <stdio.h>

const struct report_look report_looks[REPORT_CLASSES] = {
    [REPORT_STANDS] = {"stands", "\u2713", "stands", "stand"},
    [REPORT_DIFFERS] = {"differs", "\u2260", "differs", "differ"},
    [REPORT_ABSENT] = {"absent", "\u2715", "not in this archive", "not in this archive"},
    [REPORT_OPEN] = {"open", "?", "too short to check", "too short to check"},
    [REPORT_UNCHECKED] = {"unchecked", "\u2013", "not checked", "not checked"},
};

enum report_class report_class_of(const struct verdict *v)
{
    if (!v)
        return REPORT_UNCHECKED;
    if (v->stands)
        return REPORT_STANDS;
    switch (v->kind) {
    case VERDICT_AMBIGUOUS: return REPORT_OPEN;
    case VERDICT_NEAR:
    case VERDICT_ABSENT: return REPORT_ABSENT;
    case VERDICT_VERBATIM:
    case VERDICT_TYPOGRAPHIC:
    case VERDICT_MARKED:
    case VERDICT_ALTERED:
    case VERDICT_COUNT: break;
    }
    return REPORT_DIFFERS;
}

const char *report_number(char out[REPORT_NUMBER], uint64_t n)
{
    char digits[24];
    const int count = snprintf(digits, sizeof digits, "%" PRIu64, n);
    int at = 0;
    for (int i = 0; i < count; i++) {
        if (i && (count - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

str report_sender(const struct message *m)
{
    if (m->sender_name.n)
        return m->sender_name;
    return m->sender.n ? m->sender : STR("(system)");
}

str report_conversation(const struct stored *m)
{
    return m->conversation_title.n ? m->conversation_title : m->message.conversation;
}

static size_t quoted_messages(const struct verdict *v)
{
    size_t n = 0;
    for (size_t i = 0; i < v->message_count; i++)
        n += !v->messages[i].passed_over;
    return n;
}

const char *report_flag_text(char out[64], const struct verdict *v, uint32_t flag)
{
    char wait[CIVIL_TEXT];
    if (flag == VFLAG_SPANS)
        (void)snprintf(out, 64, "spans %zu messages", quoted_messages(v));
    else if (flag == VFLAG_JOINED_ACROSS && v->joined_across_ms > 0)
        (void)snprintf(out, 64, "joined across %s",
                       civil_print_duration(wait, v->joined_across_ms));
    else if (flag == VFLAG_DATE_AGREES_IN && v->date_zone.n && v->date_zone.n < 40)
        (void)snprintf(out, 64, "date right in " STR_FMT " only", STR_ARG(v->date_zone));
    else
        out[0] = '\0';
    if (out[0])
        return out;
    return verdict_flag_text(flag);
}
