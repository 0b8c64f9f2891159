/* See transliterate.h. */
#include "transliterate.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "fold.h"
#include "utf8.h"

enum { NAME_UNITS_MAX = 512 };

static const struct way {
    const char *how, *id; /* ICU's name of the transliterator */
    bool from_latin;
} ways[] = {
    {"German letters", "de-ASCII", true},
    {"Cyrillic", "Latin-Cyrillic", true},
    {"Greek", "Latin-Greek", true},
    {"Hebrew", "Latin-Hebrew", true},
    {"Arabic", "Latin-Arabic", true},
    {"Latin", "Any-Latin; Latin-ASCII", false},
    {"Latin, as English writes Russian", "Russian-Latin/BGN; Latin-ASCII", false},
};
enum { WAY_COUNT = sizeof ways / sizeof *ways };

static bool is_latin(str name)
{
    while (name.n)
        if (utf8_next(&name) >= 0x250)
            return false;
    return true;
}

/* Empty if ICU does not know the way or the name is too long. */
static str convert(struct arena *a, str name, const char *id)
{
    UChar text[NAME_UNITS_MAX], id_text[64];
    char out[4 * NAME_UNITS_MAX];
    int32_t length = 0, limit, written = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strFromUTF8(text, NAME_UNITS_MAX / 4, &length, name.p, (int32_t)name.n, &error);
    u_uastrcpy(id_text, id);
    if (U_FAILURE(error))
        return STR("");
    UTransliterator *const t = utrans_openU(id_text, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    limit = length;
    if (U_SUCCESS(error))
        utrans_transUChars(t, text, &length, NAME_UNITS_MAX, 0, &limit, &error);
    if (U_SUCCESS(error))
        u_strToUTF8(out, sizeof out, &written, text, length, &error);
    utrans_close(t);
    return U_SUCCESS(error) ? arena_dup(a, (str){out, (size_t)written}) : STR("");
}

static bool folds_alike(str x, str y)
{
    struct folded a = {0}, b = {0};
    fold_text(&a, x);
    fold_text(&b, y);
    const bool same = str_eq((str){a.p, a.n}, (str){b.p, b.n});
    folded_free(&a);
    folded_free(&b);
    return same;
}

size_t transliterate(struct arena *a, str name, struct spelling **out)
{
    size_t count = 0;
    const bool latin = is_latin(name);
    *out = arena_array(a, WAY_COUNT, sizeof **out);
    for (size_t i = 0; i < WAY_COUNT; i++) {
        if (ways[i].from_latin != latin || name.n > NAME_UNITS_MAX / 4)
            continue;
        const str text = convert(a, name, ways[i].id);
        bool again = !text.n || folds_alike(text, name);
        for (size_t k = 0; k < count; k++)
            again |= folds_alike(text, (*out)[k].text);
        if (!again)
            (*out)[count++] = (struct spelling){ways[i].how, text};
    }
    return count;
}
