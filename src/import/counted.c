/* Counted oddities of a source, told once. */
#include "counted.h"

#include <inttypes.h>
#include <stdio.h>

void counted_add(struct counted *c, struct locus where)
{
    if (!c->count++)
        c->first = where;
}

enum status counted_tell(const struct counted *c, struct sink *sink, enum issue_severity severity,
                         const char *code, const char *what, str way_out, struct err *e)
{
    if (!c->count)
        return OK;
    char sentence[240];
    snprintf(sentence, sizeof sentence, "%" PRIu64 " record%s %s", c->count,
             c->count == 1 ? "" : "s", what);
    return sink->issue(sink,
                       &(struct issue){.severity = severity,
                                       .code = code,
                                       .what = str_of(sentence),
                                       .way_out = way_out,
                                       .locus = c->first},
                       e);
}
