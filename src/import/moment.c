/* Wall time and instant of a message; what is not known is assumed in the open. */
#include "moment.h"

struct message_time moment_utc(int64_t utc_ms)
{
    return (struct message_time){.wall_ms = utc_ms,
                                 .utc_ms = utc_ms,
                                 .basis = utc_ms == TIME_NONE ? BASIS_NONE : BASIS_SOURCE_UTC};
}

struct message_time moment_naive(int64_t wall_ms, const struct import_options *options)
{
    struct message_time t = {.wall_ms = wall_ms, .utc_ms = wall_ms, .basis = BASIS_ASSUMED};
    if (wall_ms == TIME_NONE)
        t.basis = BASIS_NONE;
    else if (options->zone) {
        t.basis = BASIS_STATED;
        t.ambiguous = zone_to_utc(options->zone, wall_ms, &t.utc_ms) != ZONE_FITS;
    }
    return t;
}

struct message_time moment_of(const struct stamp *s, const struct import_options *options)
{
    if (!s->has_offset)
        return moment_naive(s->wall_ms, options);
    return (struct message_time){.wall_ms = s->wall_ms,
                                 .utc_ms = s->wall_ms - s->offset_min * MS_PER_MINUTE,
                                 .basis = BASIS_SOURCE_UTC};
}
