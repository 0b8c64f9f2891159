/*
 * Who said it, as far as the sentence says so: a verb of saying and its subject. Nothing is inferred
 * beyond the words that stand there; "another participant" is nobody we could look up.
 */
#include "prose.h"

#include "prose_words.h"

enum { NAME_WORDS_MAX = 6, REACH_MAX = 60, AFTER_MAX = 14 };

bool prose_is_verb(str word)
{
    return word_is_saying(word) || word_is_naming(word);
}

bool prose_is_pronoun(str word)
{
    return word_is_pronoun(word);
}

static bool is_word(const struct prose *p, size_t i)
{
    return p->pieces[i].kind == PROSE_WORD;
}

/* A noun or a name may look like a verb ("the United States"): verbs are not capitalised. */
static bool is_verb(const struct prose *p, size_t i)
{
    return is_word(p, i) && !p->pieces[i].capital && prose_is_verb(prose_text(p, i));
}

static bool is_account(str word)
{
    return str_eq_nocase(word, STR("account")) || str_eq_nocase(word, STR("account's")) ||
           str_eq_nocase(word, STR("account\u2019s"));
}

/* "Watch's" in "Harbour Watch's account". */
static str without_possessive(str name)
{
    if (str_ends(name, STR("\u2019s")))
        return str_sub(name, 0, name.n - 4);
    return str_ends(name, STR("'s")) ? str_sub(name, 0, name.n - 2) : name;
}

/* A capital word or a handle; lower-case particles only between capitals. */
static bool is_name_word(const struct prose *p, size_t i)
{
    if (!is_word(p, i))
        return false;
    const str word = prose_text(p, i);
    const bool handle = word.p[0] == '@' || str_find_byte(word, '_') != STR_NONE;
    const bool digit = word.p[0] >= '0' && word.p[0] <= '9';
    return handle || (p->pieces[i].capital && !digit);
}

static struct subject named(const struct prose *p, size_t first, size_t last)
{
    const size_t at = p->pieces[first].at;
    const str name = str_sub(p->text, at, p->pieces[last].end - at);
    return (struct subject){SUBJECT_NAMED, false, without_possessive(name)};
}

static const struct subject nobody = {SUBJECT_UNKNOWN, false, {"", 0}};
static const struct subject same = {SUBJECT_SAME, false, {"", 0}};
static const struct subject someone_said = {SUBJECT_SAME, true, {"", 0}};
static const struct subject no_verb = {SUBJECT_NONE, false, {"", 0}};

/* "a lawyer for Harbour Watch said": the name is not who spoke. */
static bool is_belonging(str before)
{
    static const char *const words[] = {"for",     "of",    "to", "with",
                                        "against", "about", "at", "near"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(before, str_of(words[i])))
            return true;
    return false;
}

/* "7" of "Mudlark 7". */
static bool is_number(const struct prose *p, size_t i)
{
    int64_t number;
    return is_word(p, i) && prose_text(p, i).n <= 3 && str_to_u63(prose_text(p, i), &number);
}

/* The name whose last word is piece `last`; first word not before `from`. */
static struct subject name_ending(const struct prose *p, size_t from, size_t last)
{
    size_t first = last;
    while (first > from && last - first < NAME_WORDS_MAX) {
        const bool part = is_name_word(p, first - 1);
        const bool particle = first - 1 > from && is_word(p, first - 1) &&
                              word_is_particle(prose_text(p, first - 1)) &&
                              is_name_word(p, first - 2) &&
                              !word_is_opener(prose_text(p, first - 2));
        if (!part && !particle)
            break;
        first -= particle ? 2 : 1;
    }
    while (first < last && word_is_opener(prose_text(p, first)))
        first++;
    const str before = first > from && is_word(p, first - 1) ? prose_text(p, first - 1) : STR("");
    const bool alone = first == last && word_is_nobody(prose_text(p, last));
    if (alone || word_is_opener(prose_text(p, last)) || is_belonging(before))
        return nobody;
    return named(p, first, last);
}

/* The same name with the words up to piece `last`. */
static struct subject with_end(const struct prose *p, struct subject s, size_t last)
{
    s.name.n = (size_t)(p->text.p + p->pieces[last].end - s.name.p);
    return s;
}

/* "who signs as weir dreams": the words behind "as". */
static size_t after_as(const struct prose *p, size_t from, size_t i)
{
    for (size_t k = i; k > from && i - k < 3 && is_word(p, k - 1); k--)
        if (str_eq(prose_text(p, k - 1), STR("as")))
            return k;
    return STR_NONE;
}

/* A lower-case handle: "noll wrote", ", tidewater replied". It must begin its clause. */
static struct subject bare_name(const struct prose *p, size_t from, size_t i)
{
    const str word = prose_text(p, i);
    const bool begins = i == from || !is_word(p, i - 1) ||
                        str_eq_nocase(prose_text(p, i - 1), STR("and")) ||
                        str_eq_nocase(prose_text(p, i - 1), STR("but"));
    const bool digit = word.p[0] >= '0' && word.p[0] <= '9';
    if (!begins || digit || word_is_nobody(word) || word_is_joint(word) ||
        str_ends(word, STR("ing")))
        return nobody;
    return named(p, i, i);
}

/* The subject that ends at piece `i` (just before its verb); pieces before `from` are another clause. */
static struct subject subject_ending(const struct prose *p, size_t from, size_t i)
{
    const str word = prose_text(p, i);
    if (is_account(word)) {
        if (i > from && is_name_word(p, i - 1) && !word_is_opener(prose_text(p, i - 1)))
            return name_ending(p, from, i - 1);
        const bool the = i > from && (str_eq_nocase(prose_text(p, i - 1), STR("the")) ||
                                      str_eq_nocase(prose_text(p, i - 1), STR("same")));
        return the ? someone_said : nobody;
    }
    if (word_is_pronoun(word))
        return someone_said;
    if (is_name_word(p, i) && !str_eq(word, STR("I")))
        return name_ending(p, from, i);
    if (is_number(p, i) && i > from && is_name_word(p, i - 1)) {
        const struct subject s = name_ending(p, from, i - 1);
        return s.kind == SUBJECT_NAMED ? with_end(p, s, i) : s;
    }
    const size_t as = after_as(p, from, i);
    return as != STR_NONE ? named(p, as, i) : bare_name(p, from, i);
}

/* Are pieces [from, to) one name and nothing else? */
static bool is_all_name(const struct prose *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!is_name_word(p, i) || word_is_opener(prose_text(p, i)))
            return false;
    return to > from && to - from <= NAME_WORDS_MAX;
}

/* "Harbour Watch, the account behind the leak, wrote": back over what the commas enclose, unless that
   is the name ("the main account, Harbour Watch, wrote"). */
static struct subject before_apposition(const struct prose *p, size_t from, size_t comma)
{
    for (size_t i = comma; i-- > from && comma - i < 12;) {
        if (p->pieces[i].kind != PROSE_COMMA)
            continue;
        if (is_all_name(p, i + 1, comma))
            return named(p, i + 1, comma - 1);
        return i > from && is_word(p, i - 1) ? subject_ending(p, from, i - 1) : nobody;
    }
    return same;
}

/* "Harbour Watch sat down and wrote": the first name of the clause that ends at piece `to`. */
static struct subject first_of_clause(const struct prose *p, size_t from, size_t to)
{
    size_t begin = to;
    while (begin > from && is_word(p, begin - 1))
        begin--;
    for (size_t i = begin; i < to; i++) {
        if (!is_name_word(p, i) || word_is_opener(prose_text(p, i)))
            continue;
        size_t last = i;
        while (last + 1 < to && is_name_word(p, last + 1))
            last++;
        return last + 1 < to && (i == begin || !is_belonging(prose_text(p, i - 1)))
                   ? named(p, i, last)
                   : same;
    }
    return begin > from && to > begin && p->pieces[begin - 1].kind == PROSE_COMMA
               ? before_apposition(p, from, begin - 1)
               : same;
}

/* Of the verb at piece `verb`. */
static struct subject subject_of(const struct prose *p, size_t from, size_t verb)
{
    size_t i = verb;
    while (i > from && is_word(p, i - 1) && word_is_helper(prose_text(p, i - 1)))
        i--;
    if (i == from)
        return same;
    i--;
    switch (p->pieces[i].kind) {
    case PROSE_COMMA: return before_apposition(p, from, i);
    case PROSE_WORD: break;
    case PROSE_COLON:
    case PROSE_STOP:
    case PROSE_SIGN:
    case PROSE_QUOTE: return same;
    }
    const str word = prose_text(p, i);
    if (str_eq_nocase(word, STR("who")) && i > from + 1 && p->pieces[i - 1].kind == PROSE_COMMA &&
        is_word(p, i - 2))
        return subject_ending(p, from, i - 2);
    if (str_eq_nocase(word, STR("and")) || str_eq_nocase(word, STR("but")) ||
        str_eq_nocase(word, STR("then")))
        return first_of_clause(p, from, i);
    if (word_is_joint(word))
        return nobody;
    return subject_ending(p, from, i);
}

/* "wrote Harbour Watch", "according to the account": the subject that begins at `i`. */
static struct subject subject_beginning(const struct prose *p, size_t i, size_t to)
{
    if (i < to && is_word(p, i) && str_eq_nocase(prose_text(p, i), STR("the"))) {
        if (i + 1 < to && is_account(prose_text(p, i + 1)))
            return someone_said;
        i++;
    }
    if (i >= to || !is_word(p, i))
        return same;
    const str word = prose_text(p, i);
    if (word_is_pronoun(word))
        return someone_said;
    if (!is_name_word(p, i)) {
        const bool ends = i + 1 == to || !is_word(p, i + 1) || word_is_joint(prose_text(p, i + 1));
        const bool number = word.p[0] >= '0' && word.p[0] <= '9';
        return ends && !number && !word_is_nobody(word) && !word_is_joint(word) &&
                       !word_is_helper(word)
                   ? named(p, i, i)
                   : nobody;
    }
    size_t last = i;
    while (last + 1 < to && last - i < NAME_WORDS_MAX) {
        const bool particle = last + 2 < to && is_word(p, last + 1) &&
                              word_is_particle(prose_text(p, last + 1)) &&
                              is_name_word(p, last + 2);
        if (!is_name_word(p, last + 1) && !particle)
            break;
        last += particle ? 2 : 1;
    }
    if (last + 1 < to && is_number(p, last + 1) && (last + 2 == to || !is_word(p, last + 2)))
        last++;
    return word_is_opener(word) ? nobody : named(p, i, last);
}

static bool is_according(const struct prose *p, size_t i, size_t to)
{
    return i + 2 < to && is_word(p, i) && is_word(p, i + 1) &&
           str_eq_nocase(prose_text(p, i), STR("according")) &&
           str_eq_nocase(prose_text(p, i + 1), STR("to"));
}

/* "Harbour Watch: “…”" */
static struct subject name_and_colon(const struct prose *p, size_t from, size_t to)
{
    if (to < from + 2 || p->pieces[to - 1].kind != PROSE_COLON || !is_word(p, to - 2) ||
        to - from > 6)
        return no_verb;
    for (size_t i = from; i + 1 < to; i++)
        if (!is_word(p, i) || word_is_opener(prose_text(p, i)) ||
            (!is_name_word(p, i) && !(i > from && word_is_particle(prose_text(p, i)))))
            return no_verb;
    return named(p, from, to - 2);
}

static bool is_year(str word)
{
    int64_t year;
    return word.n == 4 && str_to_u63(word, &year);
}

/* "Am 2. März 2016 schrieb Noll:", "Wrote Noll:": the verb first, the name last. Where somebody stands
   before the verb, the name is whom he told. */
static bool is_inverted(const struct prose *p, size_t from, size_t verb, size_t to)
{
    const bool nobody_before =
        verb == from || !is_word(p, verb - 1) || is_year(prose_text(p, verb - 1));
    size_t last = verb + 1;
    while (last < to && is_name_word(p, last))
        last++;
    return nobody_before && last > verb + 1 && (last == to || p->pieces[last].kind == PROSE_COLON);
}

struct subject prose_subject_before(const struct prose *p, size_t from, size_t to)
{
    if (to - from > REACH_MAX)
        from = to - REACH_MAX;
    for (size_t i = to; i-- > from;) {
        if (is_according(p, i, to))
            return subject_beginning(p, i + 2, to);
        if (is_verb(p, i))
            return is_inverted(p, from, i, to) ? subject_beginning(p, i + 1, to)
                                               : subject_of(p, from, i);
    }
    return name_and_colon(p, from, to);
}

/* “…”, weir dreams wrote: two lower-case words and the verb, right after the quotation. */
static bool is_two_word_handle(const struct prose *p, size_t from, size_t verb)
{
    for (size_t i = from; i < verb; i++) {
        const str word = is_word(p, i) ? prose_text(p, i) : STR("");
        if (!word.n || word_is_nobody(word) || word_is_joint(word) || word_is_helper(word) ||
            word_is_pronoun(word))
            return false;
    }
    return verb == from + 2;
}

struct subject prose_subject_after(const struct prose *p, size_t from, size_t to)
{
    if (to - from > AFTER_MAX)
        to = from + AFTER_MAX;
    while (from < to && (p->pieces[from].kind == PROSE_COMMA || p->pieces[from].kind == PROSE_SIGN))
        from++;
    if (from >= to || !is_word(p, from))
        return no_verb;
    if (is_according(p, from, to))
        return subject_beginning(p, from + 2, to);
    if (is_verb(p, from))
        return subject_beginning(p, from + 1, to);
    if (word_is_joint(prose_text(p, from)))
        return no_verb;
    for (size_t i = from;
         i < to && p->pieces[i].kind != PROSE_STOP && p->pieces[i].kind != PROSE_QUOTE; i++) {
        if (!is_verb(p, i) || !word_is_saying(prose_text(p, i)))
            continue;
        const struct subject s = subject_of(p, from, i);
        return s.kind == SUBJECT_UNKNOWN && is_two_word_handle(p, from, i) ? named(p, from, i - 1)
                                                                           : s;
    }
    return no_verb;
}

/* ---- interruptions --------------------------------------------------------------------------------------- */

static bool is_letter(char c)
{
    const char lower = (char)(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (unsigned char)c >= 0x80;
}

bool prose_is_attribution(str between)
{
    bool first = true, verb = false;
    for (str rest = between; rest.n;) {
        size_t n = 0;
        while (n < rest.n && is_letter(rest.p[n]))
            n++;
        const str word = str_sub(rest, 0, n);
        if (n && first && word_is_joint(word))
            return false;
        first = first && !n;
        verb = verb || word_is_saying(word);
        rest = str_from(rest, n ? n : 1);
    }
    return verb;
}
