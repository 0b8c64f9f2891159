/*
 * The parts of a report: what each kind of quotation is called and how it is marked, the draft, the
 * cards. report_html.c puts them together.
 */
#ifndef STET_VERIFY_REPORT_PARTS_H
#define STET_VERIFY_REPORT_PARTS_H

#include "markup.h"
#include "report.h"

/* One class of quotations: never told by its colour alone. */
struct report_look {
    const char *css;        /* class of the style sheet */
    const char *shape;      /* one sign */
    const char *one, *many; /* of the summary: "1 stands", "5 stand" */
};
extern const struct report_look report_looks[REPORT_CLASSES];

/* Numbers and times as people read them; `out` is theirs. */
enum { REPORT_NUMBER = 32 };
const char *report_number(char out[REPORT_NUMBER], uint64_t n); /* "11,276" */
str report_sender(const struct message *m);
str report_conversation(const struct stored *m);

/* "spans 2 messages", "part of a message" ... for flag i of `v`, in `out` if it has a number. */
const char *report_flag_text(char out[64], const struct verdict *v, uint32_t flag);

void report_draft(struct markup *m, const struct draft *d, const struct report_quote *checked);
void report_card(struct markup *m, const struct draft *d, size_t quote,
                 const struct report_quote *checked);

/* The parts of a card that report_source.c prints. */
void report_source(struct markup *m, const struct report_quote *q);
void report_others(struct markup *m, const struct verdict *v);

#endif
