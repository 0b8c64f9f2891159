/*
 * Which encoding a text is in. A byte order mark or NULs as every second byte tell; text that is
 * UTF-8 nearly everywhere is UTF-8; Thai is told by where its vowel signs stand, as ICU has no
 * detector for it; the rest is ICU's guess, kept to what the text's shape allows.
 */
#include "encoding.h"

#include "utf8.h"

#include <string.h>
#include <unicode/ucsdet.h>

static const struct {
    const char *mark;
    size_t bytes;
    const char *charset;
} marks[] = {
    {"\xEF\xBB\xBF", 3, "UTF-8"},    {"\xFF\xFE\0\0", 4, "UTF-32LE"},
    {"\0\0\xFE\xFF", 4, "UTF-32BE"}, {"\xFF\xFE", 2, "UTF-16LE"},
    {"\xFE\xFF", 2, "UTF-16BE"},     {"\x84\x31\x95\x33", 4, "gb18030"},
};

/* What ICU calls it, and what such files are in fact. Others of its guesses are not for chats. */
static const struct {
    const char *guess, *charset;
    bool multibyte;
} guesses[] = {
    {"ISO-8859-1", "windows-1252", false},
    {"windows-1252", "windows-1252", false},
    {"ISO-8859-2", "windows-1250", false},
    {"windows-1250", "windows-1250", false},
    {"ISO-8859-5", "ISO-8859-5", false},
    {"windows-1251", "windows-1251", false},
    {"KOI8-R", "KOI8-R", false},
    {"ISO-8859-6", "windows-1256", false},
    {"windows-1256", "windows-1256", false},
    {"ISO-8859-7", "windows-1253", false},
    {"windows-1253", "windows-1253", false},
    {"ISO-8859-8", "windows-1255", false},
    {"ISO-8859-8-I", "windows-1255", false},
    {"windows-1255", "windows-1255", false},
    {"ISO-8859-9", "windows-1254", false},
    {"windows-1254", "windows-1254", false},
    {"Shift_JIS", "Shift_JIS", true},
    {"GB18030", "gb18030", true},
    {"Big5", "Big5", true},
    {"EUC-JP", "EUC-JP", true},
    {"EUC-KR", "windows-949", true},
    {"ISO-2022-JP", "ISO-2022-JP", true},
};

/* UTF-16 without a mark: blanks, digits and line feeds have a NUL on one side. */
static const char *by_nuls(str prefix)
{
    size_t nuls[2] = {0, 0};
    for (size_t i = 0; i < prefix.n; i++)
        nuls[i % 2] += !prefix.p[i];
    const size_t few = prefix.n < 32 ? 1 : prefix.n / 16;
    if (nuls[1] > few && nuls[0] <= nuls[1] / 16)
        return "UTF-16LE";
    return nuls[0] > few && nuls[1] <= nuls[0] / 16 ? "UTF-16BE" : NULL;
}

/* UTF-8 with damage is UTF-8 still: characters that are right by chance are rare. */
static bool is_utf8(str text)
{
    size_t good = 0, bad = 0;
    for (str rest = str_from(text, utf8_valid_prefix(text)); rest.n;) {
        bool valid;
        const bool ascii = (unsigned char)rest.p[0] < 0x80;
        utf8_next_checked(&rest, &valid);
        good += valid && !ascii;
        bad += !valid;
    }
    for (str rest = str_sub(text, 0, utf8_valid_prefix(text)); bad && rest.n && good < bad;)
        good += utf8_next(&rest) >= 0x80;
    return good >= bad;
}

/* What the high bytes of a text are like. */
struct shape {
    size_t high, runs, single_runs;   /* runs of high bytes, those of one byte only */
    size_t thai, signs, signs_placed; /* assigned in Thai; signs above and below, behind a letter */
};

static bool is_thai_sign(unsigned char c)
{
    return c == 0xD1 || (c >= 0xD4 && c <= 0xDA) || (c >= 0xE7 && c <= 0xEE);
}

static struct shape shape_of(str text)
{
    struct shape s = {0};
    unsigned char before = 0, before_that = 0;
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char c = (unsigned char)text.p[i];
        s.runs += c >= 0x80 && before < 0x80;
        s.single_runs += c < 0x80 && before >= 0x80 && before_that < 0x80;
        s.high += c >= 0x80;
        s.thai += (c >= 0xA1 && c <= 0xDA) || (c >= 0xDF && c <= 0xFB) || c == 0xA0 || c == 0x85;
        s.signs += is_thai_sign(c);
        s.signs_placed +=
            is_thai_sign(c) && ((before >= 0xA1 && before <= 0xCE) || is_thai_sign(before));
        before_that = before;
        before = c;
    }
    return s;
}

static bool is_thai(const struct shape *s)
{
    return s->high >= 8 && s->thai >= s->high - s->high / 50 && s->signs > s->high / 10 &&
           s->signs < s->high / 2 && s->signs_placed >= s->signs - s->signs / 50;
}

/* The best of ICU's matches that is in the table and fits the shape. Western European text is often
   mistaken for Central European: it wins unless it is clearly behind. */
static const char *best_match(const UCharsetMatch **matches, int32_t count, bool isolated)
{
    enum { CLEARLY = 15 };
    const char *found = NULL;
    int32_t most = 0;
    for (int32_t i = 0; i < count; i++) {
        UErrorCode error = U_ZERO_ERROR;
        const char *name = ucsdet_getName(matches[i], &error);
        const int32_t confidence = ucsdet_getConfidence(matches[i], &error);
        for (size_t k = 0; U_SUCCESS(error) && k < sizeof guesses / sizeof guesses[0]; k++) {
            if (strcmp(name, guesses[k].guess) != 0 || (guesses[k].multibyte && isolated))
                continue;
            const bool western = strcmp(guesses[k].charset, "windows-1252") == 0;
            if (!found || (western && isolated && confidence + CLEARLY > most))
                found = guesses[k].charset;
            most = confidence > most ? confidence : most;
        }
    }
    return found;
}

static const char *guessed(str text, const struct shape *s)
{
    const bool isolated = s->single_runs * 5 > s->runs * 3; /* letters with accents among others */
    const char *found = NULL;
    UErrorCode error = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&error);
    if (U_FAILURE(error))
        return "windows-1252";
    int32_t count = 0;
    ucsdet_setText(detector, text.p, (int32_t)text.n, &error);
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &error);
    if (U_SUCCESS(error) && matches)
        found = best_match(matches, count, isolated);
    ucsdet_close(detector);
    return found ? found : "windows-1252";
}

const char *encoding_told(str prefix, uint64_t *bom)
{
    *bom = 0;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_starts(prefix, (str){marks[i].mark, marks[i].bytes})) {
            *bom = marks[i].bytes;
            return marks[i].charset;
        }
    return by_nuls(prefix);
}

const char *encoding_of(str prefix, uint64_t *bom)
{
    prefix = str_sub(prefix, 0, ENCODING_PREFIX_BYTES);
    const char *told = encoding_told(prefix, bom);
    if (told)
        return told;
    const str text = str_sub(prefix, 0, utf8_unbroken(prefix));
    if (is_utf8(text))
        return "UTF-8";
    const struct shape shape = shape_of(prefix);
    return is_thai(&shape) ? "windows-874" : guessed(prefix, &shape);
}

size_t encoding_unit(const char *charset, bool *little)
{
    const str name = str_of(charset);
    *little = str_ends(name, STR("LE"));
    return str_starts(name, STR("UTF-16")) ? 2 : str_starts(name, STR("UTF-32")) ? 4 : 1;
}
