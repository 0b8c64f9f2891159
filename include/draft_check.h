/*
 * Checking every quotation of a draft against an archive: the claims of the sentences around each,
 * what "eighteen seconds later" is measured from, the messages around the quoted ones.
 *
 *     struct draft_check c = {.archive = a, .verifier = v, .usual = claim, .context = true};
 *     if (draft_check_run(&c, &draft, &arena, &checked, e) == OK)
 *         report_html(&page, &draft, checked, &facts);
 */
#ifndef STET_DRAFT_CHECK_H
#define STET_DRAFT_CHECK_H

#include "archive.h"
#include "report.h"

struct draft_check {
    struct archive *archive;
    struct verifier *verifier;
    struct claim usual; /* what holds where the draft says nothing; quote is empty */
    bool context;       /* read the neighbours too, for a report */
    /* After each quotation; optional. A failure of it ends the run. */
    enum status (*each)(void *context_of_each, size_t i, const struct claim *claim,
                        const struct report_quote *q, struct err *e);
    void *context_of_each;
};

/* One report_quote for each of d->quotes, in the arena. A quotation that cannot be checked (too long) has
   no verdict and a reason; only the archive's own failure fails. */
MUST_USE enum status draft_check_run(const struct draft_check *c, const struct draft *d,
                                     struct arena *arena, struct report_quote **out,
                                     struct err *e);

/* The facts of an archive as a report shows them. */
MUST_USE enum status draft_check_facts(struct archive *a, const char *path, str version,
                                       struct arena *arena, struct report_facts *out,
                                       struct err *e);

#endif
