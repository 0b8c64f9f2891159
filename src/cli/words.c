/* Numbers, dates and names as people read them. */
#include "words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

str number_text(struct arena *a, uint64_t n)
{
    char digits[24];
    const int count = snprintf(digits, sizeof digits, "%" PRIu64, n);
    char out[32];
    size_t at = 0;
    for (int i = 0; i < count; i++) {
        if (i && (count - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    return (str){arena_cstr(a, (str){out, at}), at};
}

str count_text(struct arena *a, uint64_t n, const char *one, const char *many)
{
    return arena_printf(a, STR_FMT " %s", STR_ARG(number_text(a, n)), n == 1 ? one : many);
}

str size_text(struct arena *a, uint64_t bytes)
{
    const char *const units[] = {"kB", "MB", "GB", "TB"};
    if (bytes < 1000)
        return count_text(a, bytes, "byte", "bytes");
    double size = (double)bytes / 1000;
    size_t unit = 0;
    while (size >= 999.5 && unit < 3) {
        size /= 1000;
        unit++;
    }
    return arena_printf(a, size < 9.95 ? "%.1f %s" : "%.0f %s", size, units[unit]);
}

str date_text(struct arena *a, int64_t wall_ms)
{
    const char *const months[] = {"January",   "February", "March",    "April",
                                  "May",       "June",     "July",     "August",
                                  "September", "October",  "November", "December"};
    if (wall_ms == TIME_NONE)
        return STR("undated");
    const struct civil c = civil_from_ms(wall_ms);
    return arena_printf(a, "%d %s %d", c.day, months[c.month - 1], c.year);
}

str stamp_text(struct arena *a, int64_t wall_ms)
{
    char text[CIVIL_TEXT];
    if (wall_ms == TIME_NONE)
        return STR("undated");
    return arena_dup(a, str_of(civil_print(text, wall_ms)));
}

str span_text(struct arena *a, int64_t first_wall_ms, int64_t last_wall_ms)
{
    char first[CIVIL_TEXT], last[CIVIL_TEXT];
    if (first_wall_ms == TIME_NONE || last_wall_ms == TIME_NONE)
        return STR("undated");
    civil_print_date(first, first_wall_ms);
    civil_print_date(last, last_wall_ms);
    if (strcmp(first, last) == 0)
        return arena_printf(a, "%s", first);
    return arena_printf(a, "%s to %s", first, last);
}

str sender_text(const struct message *m)
{
    if (m->sender_name.n)
        return m->sender_name;
    return m->sender.n ? m->sender : STR("(system)");
}

str person_text(struct arena *a, const struct stored *m)
{
    const str handle = sender_text(&m->message);
    if (!m->person.n || str_eq(m->person, handle))
        return handle;
    return arena_printf(a, STR_FMT " (" STR_FMT ")", STR_ARG(handle), STR_ARG(m->person));
}

str conversation_text(const struct stored *m)
{
    return m->conversation_title.n ? m->conversation_title : m->message.conversation;
}

str basis_text(enum time_basis basis)
{
    switch (basis) {
    case BASIS_NONE: return STR("no time is known");
    case BASIS_ASSUMED: return STR("assumed: the source states no zone");
    case BASIS_STATED: return STR("in the zone stated at import");
    case BASIS_INFERRED: return STR("in the zone inferred from the messages");
    case BASIS_SOURCE_UTC: return STR("the source itself gives it");
    case BASIS_COUNT: break;
    }
    return STR("");
}

static bool is_plain(str word)
{
    const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,+@%-";
    for (size_t i = 0; i < word.n; i++)
        if (!memchr(plain, word.p[i], sizeof plain - 1))
            return false;
    return word.n > 0 && word.p[0] != '-';
}

str shell_word(struct arena *a, str word)
{
    if (is_plain(word))
        return word;
    struct buf b = buf_new(BUF_LINE_MAX);
    buf_add_byte(&b, '\'');
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == '\'')
            buf_add(&b, STR("'\\''"));
        else
            buf_add_byte(&b, word.p[i]);
    }
    buf_add_byte(&b, '\'');
    const str quoted = arena_dup(a, buf_str(&b));
    buf_free(&b);
    return quoted;
}
