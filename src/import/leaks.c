/* What readers of leaked chats share. */
#include "leaks.h"

#include <stdio.h>

str leak_pair_key(struct arena *a, const char *platform, str one, str other)
{
    const bool ordered = str_cmp(one, other) <= 0;
    const str first = ordered ? one : other, second = ordered ? other : one;
    return arena_printf(a, "%s:" STR_FMT "~" STR_FMT, platform, STR_ARG(first), STR_ARG(second));
}

bool leak_has_members(str prefix, const char *const *members)
{
    enum { LOOKED_AT = 16 << 10 };
    prefix = str_sub(str_trim(prefix), 0, LOOKED_AT);
    if (!str_starts(prefix, STR("{")) && !str_starts(prefix, STR("[")))
        return false;
    for (; *members; members++) {
        char quoted[40];
        const int n = snprintf(quoted, sizeof quoted, "\"%s\"", *members);
        if (str_find(prefix, (str){quoted, (size_t)n}) == STR_NONE)
            return false;
    }
    return true;
}

bool leak_has_shape(str s, const char *shape)
{
    for (size_t i = 0; shape[i]; i++) {
        if (i == s.n)
            return false;
        const bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (shape[i] == '9' ? !digit : s.p[i] != shape[i])
            return false;
    }
    return true;
}
