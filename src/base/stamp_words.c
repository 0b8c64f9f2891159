/*
 * The words in which time stamps are written, language by language. A month is known by its full name
 * or by the beginning of it that the language uses as its abbreviation: three letters are enough where
 * no other month of any language begins so.
 */
#include "stamp_words.h"

#include "stamp.h"
#include "utf8.h"

#include <string.h>

enum { MONTHS = 12, WORD_MAX = 64 };

/* In small letters. Earlier languages win where beginnings are alike. */
static const char *const months[][MONTHS] = {
    {"january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december"},
    {"januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
     "november", "dezember"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
     "octubre", "noviembre", "diciembre"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
     "octobre", "novembre", "décembre"},
    {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
     "ottobre", "novembre", "dicembre"},
    {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
     "outubro", "novembro", "dezembro"},
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
     "oktober", "november", "december"},
    {"januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september",
     "oktober", "november", "desember"},
    {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
     "oktober", "november", "december"},
    {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
     "октября", "ноября", "декабря"},
    {"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
     "ноябрь", "декабрь"},
    {"ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim",
     "kasım", "aralık"},
    {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
     "października", "listopada", "grudnia"},
    {"tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta",
     "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta"},
    {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
     "نوفمبر", "ديسمبر"},
    {"जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर",
     "दिसंबर"}};

/* Abbreviations that are no beginning of the name. */
static const struct {
    const char *word;
    int month;
} short_months[] = {{"mrt", 3}, {"sept", 9}, {"déc", 12}, {"juil", 7}, {"janv", 1}, {"avr", 4}};

/* Weekdays are known by their first letters; a word that says nothing else is passed over. */
static const char *const weekdays[] = {
    "monday",   "tuesday",  "wednesday", "thursday",  "friday",      "saturday",    "sunday",
    "montag",   "dienstag", "mittwoch",  "freitag",   "samstag",     "sonntag",     "donnerstag",
    "lunes",    "martes",   "miércoles", "jueves",    "viernes",     "sábado",      "domingo",
    "lundi",    "mardi",    "mercredi",  "jeudi",     "vendredi",    "samedi",      "dimanche",
    "lunedì",   "martedì",  "mercoledì", "giovedì",   "venerdì",     "sabato",      "domenica",
    "segunda",  "terça",    "quarta",    "quinta",    "sexta",       "maandag",     "dinsdag",
    "woensdag", "vrijdag",  "zaterdag",  "zondag",    "donderdag",   "понедельник", "вторник",
    "среда",    "четверг",  "пятница",   "суббота",   "воскресенье", "pazartesi",   "salı",
    "çarşamba", "perşembe", "cuma",      "cumartesi", "pazar",       "senin",       "selasa",
    "rabu",     "kamis",    "jumat",     "sabtu",     "minggu"};

static const char *const fillers[] = {"at",    "um",   "uhr", "klo",   "kl", "de",  "del",  "a",
                                      "à",     "às",   "las", "la",    "of", "the", "on",   "om",
                                      "le",    "alle", "ore", "pukul", "в",  "г",   "года", "saat",
                                      "feira", "st",   "nd",  "rd",    "th"};

static const struct {
    const char *name;
    int minutes;
} zones[] = {{"utc", 0},    {"gmt", 0},    {"z", 0},      {"est", -300},
             {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420},
             {"mdt", -360}, {"pst", -480}, {"pdt", -420}};

/* Those that also stand before the time come first. */
static const struct {
    const char *word; /* in small letters, without blanks */
    int hours;
    bool before;
} halves[] = {
    {"上午", 0, true},      {"下午", 12, true},   {"凌晨", 0, true},     {"清晨", 0, true},
    {"早上", 0, true},      {"中午", 11, true},   {"晚上", 12, true},    {"午前", 0, true},
    {"午後", 12, true},     {"오전", 0, true},    {"오후", 12, true},    {"öö", 0, true},
    {"ös", 12, true},       {"am", 0, true},      {"pm", 12, true},      {"a.m.", 0, false},
    {"p.m.", 12, false},    {"a.m", 0, false},    {"p.m", 12, false},    {"ص", 0, false},
    {"م", 12, false},       {"ق.ظ.", 0, false},   {"ب.ظ.", 12, false},   {"vorm.", 0, false},
    {"nachm.", 12, false},  {"ap.", 0, false},    {"ip.", 12, false},    {"π.μ.", 0, false},
    {"μ.μ.", 12, false},    {"πμ", 0, false},     {"μμ", 12, false},     {"de.", 0, false},
    {"du.", 12, false},     {"sa", 0, false},     {"ch", 12, false},     {"pg", 0, false},
    {"ptg", 12, false},     {"fm", 0, false},     {"em", 12, false},     {"f.h.", 0, false},
    {"e.h.", 12, false},    {"पूर्वाह्न", 0, false}, {"अपराह्न", 12, false}, {"ก่อนเที่ยง", 0, false},
    {"หลังเที่ยง", 12, false}, {"πρ", 0, false}};

/* Small letters of Latin-1, Cyrillic and Greek capitals; that is all that months and weekdays need. */
static uint32_t small(uint32_t cp)
{
    if ((cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) ||
        (cp >= 0x410 && cp <= 0x42F) || (cp >= 0x391 && cp <= 0x3A9))
        return cp + 32;
    if (cp == 0x130)
        return 'i';
    return cp == 0x15E || cp == 0x11E ? cp + 1 : cp; /* Ş Ğ */
}

/* Small letters without dots and hyphens; empty if the word is longer than any that is known. */
static str folded(str word, char out[WORD_MAX])
{
    size_t n = 0;
    while (word.n) {
        const uint32_t cp = small(utf8_next(&word));
        if (cp == '.' || cp == '-')
            continue;
        if (n + 4 > WORD_MAX)
            return STR("");
        n += utf8_put(out + n, cp);
    }
    return (str){out, n};
}

static int month_of(str word)
{
    for (size_t i = 0; i < sizeof short_months / sizeof short_months[0]; i++)
        if (str_eq(word, str_of(short_months[i].word)))
            return short_months[i].month;
    const bool beginning = utf8_count(word) >= 3;
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++)
        for (int m = 0; m < MONTHS; m++) {
            const str name = str_of(months[i][m]);
            if (str_eq(word, name) || (beginning && str_starts(name, word)))
                return m + 1;
        }
    return 0;
}

static bool is_filler(str word)
{
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
        if (str_eq(word, str_of(fillers[i])))
            return true;
    if (utf8_count(word) < 2)
        return false;
    for (size_t i = 0; i < sizeof weekdays / sizeof weekdays[0]; i++)
        if (str_starts(str_of(weekdays[i]), word))
            return true;
    return false;
}

enum stamp_word stamp_word_of(str word, int *value)
{
    char space[WORD_MAX];
    const str w = folded(word, space);
    if (!w.n)
        return WORD_UNKNOWN;
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (str_eq(w, str_of(zones[i].name))) {
            *value = zones[i].minutes;
            return WORD_ZONE;
        }
    *value = month_of(w);
    if (*value)
        return WORD_MONTH;
    return is_filler(w) ? WORD_FILLER : WORD_UNKNOWN;
}

/* Bytes of `s` that spell `word`, blanks inside and capitals passed over; 0 if they do not. */
static size_t spelt(str s, str word)
{
    str rest = s;
    while (word.n) {
        const size_t blank = rest.n == s.n ? 0 : stamp_blank_of(rest);
        rest = str_from(rest, blank);
        if (!rest.n || small(utf8_next(&rest)) != utf8_next(&word))
            return 0;
    }
    return s.n - rest.n;
}

/* Whether a letter follows, which makes "Amsterdam" of "am". */
static bool goes_on(str rest)
{
    return rest.n &&
           ((rest.p[0] >= 'a' && rest.p[0] <= 'z') || (rest.p[0] >= 'A' && rest.p[0] <= 'Z') ||
            ((unsigned char)rest.p[0] >= 0xC3 && (unsigned char)rest.p[0] < 0xE0));
}

size_t stamp_half_of(str s, bool before, int *hours)
{
    for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
        if (before && !halves[i].before)
            continue;
        const size_t n = spelt(s, str_of(halves[i].word));
        if (!n || goes_on(str_from(s, n)))
            continue;
        *hours = halves[i].hours;
        return n;
    }
    return 0;
}

size_t stamp_blank_of(str s)
{
    if (!s.n)
        return 0;
    if (s.p[0] == ' ' || s.p[0] == '\t')
        return 1;
    if ((unsigned char)s.p[0] < 0x80)
        return 0;
    const size_t before = s.n;
    const uint32_t cp = utf8_next(&s);
    const bool blank = cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200F) ||
                       (cp >= 0x202A && cp <= 0x202F) || cp == 0x205F ||
                       (cp >= 0x2060 && cp <= 0x2069) || cp == 0x3000 || cp == 0xFEFF;
    return blank ? before - s.n : 0;
}

int stamp_digit(str s, size_t *bytes)
{
    static const uint32_t zeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10};
    *bytes = 1;
    if (!s.n)
        return -1;
    if ((unsigned char)s.p[0] < 0x80)
        return s.p[0] >= '0' && s.p[0] <= '9' ? s.p[0] - '0' : -1;
    const size_t before = s.n;
    const uint32_t cp = utf8_next(&s);
    *bytes = before - s.n;
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++)
        if (cp >= zeros[i] && cp <= zeros[i] + 9)
            return (int)(cp - zeros[i]);
    return -1;
}
