/*
 * A handle is "@" with letters, digits and underscores directly after it, a tag is "#" with the
 * same; full-width signs count. After a letter or digit it is neither: "a@b" is an e-mail address,
 * "C#" a language. Han, kana, Thai ... may stand before it, as they need no blank.
 */
#include "sign.h"
#include "charpage.h"
#include "near.h"
#include "utf8.h"

static bool is_wordy(const struct char_info *info)
{
    return info->class == CHAR_LETTER || info->class == CHAR_DIGIT;
}

static bool folds_to(const struct char_info *info, char c)
{
    return info->n == 1 && info->fold[0] == (uint32_t)c;
}

/* Behind the last letter, digit, underscore or mark from `at` on; 0 if there is no letter or digit. */
static size_t name_end(str text, size_t at)
{
    size_t end = 0;
    bool has_word = false;
    for (str rest = str_from(text, at); rest.n;) {
        struct char_info info;
        char_info_of(&info, utf8_next(&rest));
        const bool word = is_wordy(&info) || info.class == CHAR_UNIT;
        if (info.class == CHAR_IGNORED && end)
            continue;
        if (!word && !folds_to(&info, '_'))
            break;
        has_word = has_word || (word && info.n > 0);
        end = text.n - rest.n;
    }
    return has_word ? end : 0;
}

size_t sign_end(str text, size_t at, size_t last_end, char *sign, size_t *name_at)
{
    struct char_info info;
    char_info_of(&info, codepoint_at(text, at, name_at));
    const bool handle = folds_to(&info, '@'), tag = folds_to(&info, '#');
    const bool closes = tag && last_end > 0 && at == last_end;
    if ((!handle && !tag) || closes || is_name_before(text, at))
        return 0;
    *sign = handle ? '@' : '#';
    return name_end(text, *name_at);
}
