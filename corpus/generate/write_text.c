/* The text form: `[stamp] <sender> text`, LF ends, continuation lines as they are. */
#include "calendar.h"
#include "release.h"

bool write_text(const struct release *release, FILE *out)
{
    for (size_t i = 0; i < release->count; i++) {
        const struct entry *entry = &release->entries[i];
        char stamp[20];
        calendar_write(stamp, entry->local);
        if (entry->kind == ENTRY_MESSAGE)
            fprintf(out, "[%s] <%s> %s\n", stamp, entry->sender, entry->text);
        else
            fprintf(out, "%s\n", entry->text);
        if (entry->blank_after)
            fputc('\n', out);
    }
    return fflush(out) == 0 && !ferror(out);
}
