/* Word lists of attribution: English in full, the plainest of German, French and Spanish. */
#include "prose_words.h"

static const char *const saying[] = {
    "said",      "says",      "wrote",    "writes",     "tweeted",   "tweets",   "posted",
    "posts",     "added",     "adds",     "continued",  "asked",     "asks",     "replied",
    "replies",   "explained", "explains", "answered",   "answers",   "noted",    "notes",
    "joked",     "jokes",     "argued",   "argues",     "warned",    "warns",    "claimed",
    "claims",    "insisted",  "insists",  "complained", "suggested", "observed", "remarked",
    "responded", "declared",  "stated",   "states",     "announced", "admitted", "confirmed",
    "messaged",  "texted",    "typed",    "quipped",    "commented", "recalled", "predicted",
    "concluded", "boasted",   "wondered", "told",       "tells",     "advised",  "promised",
    "pledged",   "reported",  "conceded", "countered",  "mused",     "repeated", "shouted",
    "sagte",     "schrieb",   "erklärte", "antwortete", "fragte",    "meinte",   "sagt",
    "schreibt",  "dit",       "écrit",    "affirme",    "déclaré",   "ajouté",   "répondu",
    "dijo",      "escribió",  "afirmó",   "añadió",     "respondió", "disse",    "scrisse",
    "escreveu",
};
static const char *const naming[] = {
    "called",     "calls",    "calling",     "described", "describes", "urged",
    "urges",      "proposed", "demanded",    "labelled",  "labeled",   "dubbed",
    "denounced",  "praised",  "mocked",      "summed",    "found",     "referred",
    "instructed", "ordered",  "recommended", "sent",      "put",
};
static const char *const pronouns[] = {"he",   "she", "they",  "it", "er",   "sie", "es", "il",
                                       "elle", "ils", "elles", "él", "ella", "lui", "lei"};
static const char *const joints[] = {
    "and", "but",  "or",    "that",   "which", "while", "when", "where", "because", "as",  "if",
    "so",  "than", "after", "before", "since", "to",    "with", "by",    "in",      "for", "about",
    "on",  "into", "from",  "und",    "aber",  "dass",  "et",   "mais",  "que",     "y",   "pero",
};
static const char *const helpers[] = {
    "had",     "has",     "have",    "having",     "also",  "later", "then",   "once",
    "again",   "would",   "did",     "even",       "still", "soon",  "now",    "just",
    "further", "first",   "a",       "hat",        "ha",    "have",  "simply", "twice",
    "itself",  "himself", "herself", "themselves", "was",   "is",    "not",    "never",
};
static const char *const nobodies[] = {
    "one",       "someone",  "somebody",   "another",      "other",       "others",
    "who",       "which",    "that",       "this",         "these",       "those",
    "what",      "members",  "member",     "participants", "participant", "officials",
    "official",  "sources",  "source",     "critics",      "people",      "some",
    "many",      "most",     "all",        "both",         "nobody",      "everyone",
    "anyone",    "i",        "we",         "you",          "the",         "an",
    "a",         "his",      "her",        "its",          "their",       "our",
    "my",        "two",      "three",      "four",         "several",     "few",
    "users",     "user",     "supporters", "lawyers",      "prosecutors", "police",
    "reporters", "there",    "then",       "later",        "next",        "there",
    "message",   "messages", "group",
};
static const char *const particles[] = {"de", "van", "von", "der", "den", "la",  "le",
                                        "di", "da",  "dos", "al",  "bin", "ibn", "el",
                                        "of", "the", "y",   "af",  "du"};
static const char *const openers[] = {
    "In",       "On",      "The",     "A",         "An",       "But",       "And",      "When",
    "As",       "Then",    "Later",   "Another",   "At",       "By",        "To",       "For",
    "After",    "Before",  "While",   "Asked",     "Last",     "This",      "That",     "Yet",
    "Still",    "Once",    "Days",    "Hours",     "Minutes",  "Weeks",     "Months",   "Years",
    "So",       "Earlier", "Again",   "Meanwhile", "Today",    "Yesterday", "From",     "Of",
    "If",       "Because", "Also",    "Finally",   "Soon",     "January",   "February", "March",
    "April",    "May",     "June",    "July",      "August",   "September", "October",  "November",
    "December", "Monday",  "Tuesday", "Wednesday", "Thursday", "Friday",    "Saturday", "Sunday",
    "Jan",      "Feb",     "Mar",     "Apr",       "Jun",      "Jul",       "Aug",      "Sep",
    "Sept",     "Oct",     "Nov",     "Dec",       "UTC",      "Who",       "One",      "According",
    "With",     "Since",   "Until",   "During",    "There",    "Here",      "What",     "How",
    "Why",      "Where",
};

static bool is_one_of(str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    return false;
}

#define LISTED(word, words) is_one_of((word), (words), sizeof(words) / sizeof *(words))

bool word_is_saying(str word)
{
    return LISTED(word, saying);
}

bool word_is_naming(str word)
{
    return LISTED(word, naming);
}

bool word_is_pronoun(str word)
{
    return LISTED(word, pronouns);
}

bool word_is_joint(str word)
{
    return LISTED(word, joints);
}

bool word_is_helper(str word)
{
    return LISTED(word, helpers) || (word.n > 4 && str_ends(word, STR("ly")));
}

bool word_is_nobody(str word)
{
    return LISTED(word, nobodies);
}

bool word_is_particle(str word)
{
    return LISTED(word, particles);
}

bool word_is_opener(str word)
{
    return LISTED(word, openers);
}
