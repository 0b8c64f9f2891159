/* The options of a reading as they are kept with each source, so that an audit can read it
   alike. */
#include "reading.h"

static void put(struct buf *out, const char *name, str value)
{
    if (value.n)
        buf_addf(out, "%s=" STR_FMT "\n", name, STR_ARG(value));
}

void reading_options_put(struct buf *out, const struct reading_job *job)
{
    put(out, "format", job->format);
    put(out, "date-order", job->date_order);
    put(out, "owner", job->owner);
    put(out, "map", job->map);
    put(out, "names", str_of(job->names_path));
}

static bool take(str line, const char *name, struct arena *a, str *value)
{
    const size_t equals = str_find_byte(line, '=');
    if (equals == STR_NONE || !str_eq(str_sub(line, 0, equals), str_of(name)))
        return false;
    *value = arena_dup(a, str_from(line, equals + 1));
    return true;
}

void reading_options_get(struct reading_job *job, str text, struct arena *a)
{
    str line, names;
    while (str_split(&text, '\n', &line)) {
        if (take(line, "names", a, &names))
            job->names_path = arena_cstr(a, names);
        else if (!take(line, "format", a, &job->format) &&
                 !take(line, "date-order", a, &job->date_order) &&
                 !take(line, "owner", a, &job->owner))
            (void)take(line, "map", a, &job->map);
    }
}
