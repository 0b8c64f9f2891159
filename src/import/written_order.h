/*
 * Which number is the month, for formats whose dates are written in the language of who exported:
 * decided once a source, by all its dates, and told where nothing proves it.
 *
 *     struct written_order o = {0};
 *     written_order_see(&o, STR("03/14/2021 10:15 PM"));     // each date, in a look ahead
 *     st = written_order_decide(&o, options, sink, e);
 *     stamp_written(date, o.order, &stamp);
 */
#ifndef IMPORT_WRITTEN_ORDER_H
#define IMPORT_WRITTEN_ORDER_H

#include "importer.h"

struct written_order {
    struct date_evidence dates;
    enum date_order order;
};

/* Dates that name their month prove nothing of those that do not, and are passed over. */
void written_order_see(struct written_order *o, str stamp);

/* What the user stated, or what the dates show; day first if they show nothing. Sends the issue
   dateOrder if there are dates that can be read in two ways. */
MUST_USE enum status written_order_decide(struct written_order *o,
                                          const struct import_options *options, struct sink *sink,
                                          struct err *e);

#endif
