/* See script.h. The data are ICU's: UAX #24, with the scripts that share a character (Script_Extensions). */
#include "script.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "utf8.h"

bool script_named(str name, int *script)
{
    static const struct {
        const char *name;
        UScriptCode script;
    } others[] = {{"japanese", USCRIPT_HIRAGANA}, {"kana", USCRIPT_HIRAGANA},
                  {"korean", USCRIPT_HANGUL},     {"chinese", USCRIPT_HAN},
                  {"russian", USCRIPT_CYRILLIC},  {"hindi", USCRIPT_DEVANAGARI},
                  {"roman", USCRIPT_LATIN}};
    char typed[32];
    if (!name.n || name.n >= sizeof typed)
        return false;
    memcpy(typed, name.p, name.n);
    typed[name.n] = '\0';
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq_nocase(name, str_of(others[i].name))) {
            *script = others[i].script;
            return true;
        }
    const int value = u_getPropertyValueEnum(UCHAR_SCRIPT, typed);
    *script = value;
    return value != UCHAR_INVALID_CODE && value != USCRIPT_COMMON && value != USCRIPT_INHERITED &&
           value != USCRIPT_UNKNOWN;
}

const char *script_name(int script)
{
    const char *const name = uscript_getName((UScriptCode)script);
    return name ? name : "";
}

static bool is_of(uint32_t cp, UScriptCode script)
{
    if (cp < 0x80)
        return script == USCRIPT_LATIN && ((cp | 32) >= 'a' && (cp | 32) <= 'z');
    if (!u_isalpha((UChar32)cp))
        return false;
    /* Who asks for kana means both kinds. */
    if (script == USCRIPT_HIRAGANA && uscript_hasScript((UChar32)cp, USCRIPT_KATAKANA))
        return true;
    return uscript_hasScript((UChar32)cp, script);
}

bool script_occurs(str text, int script)
{
    while (text.n)
        if (is_of(utf8_next(&text), (UScriptCode)script))
            return true;
    return false;
}
