/* Sentences: drafts of statements, titles, commas. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Draft|Draft tweet}: \"{$nn pages, $n maps, no answer on $problem|Ask $body about "
     "$paper_part|Low water, high costs}.\" {Ok?|Too sharp?}"),
    ("{Statement|The statement} on $problem, {version $n|last round}: {three "
     "sentences|one page}. {In the pad|Read aloud please}."),
    ("{Which|What} {word|term}: \"{barrage|dam|sill|weir}\"? {People mix them up|We "
     "should keep to one}."),
    ("{Title|A title} for the {report|dossier}? {So far: \"Silt\"|\"Below the sill\" or "
     "\"What the river knows\"}."),
    ("{Please|Could someone} {proofread|read} {the letter to $body|page $n} {before "
     "$clock|with fresh eyes}."),
};

static const char *const details[] = {
    "{Footnote|The footnote} {first|in bold}? {It is the only new fact|Zoë says no}.",
    ("Read aloud it {trips|stumbles} at {\"notwithstanding\"|the third \"which\"}. "
     "{Out|Two sentences}."),
    ("{Cut|I cut} {\"scandal\"|the adjectives|\"clearly\"}, {it is stronger now|$nn words "
     "left}."),
    ("{Say|Let us say} \"{the figures differ|withheld|did not publish}\", not \"{they "
     "lie|hid|buried}\"."),
    "{Second|The second} {sentence|paragraph} {first|up}, {it has the number|then stop}.",
    ("{\"Alleged\"|\"Reportedly\"} {is weak|twice in a row}. {We have the page|Either we "
     "know or we don't}."),
    ("{Source|The source} line: \"{$paper, $paper_part|minutes of $olddate}\". {Always|On "
     "every picture}."),
    "{Comma|A comma} after \"{tide|however}\". {I will fight for it|Zoë wins}.",
    "{Under|It is under} {$nnn characters|the limit} {now|without the tag}. $tag or not?",
};

static const char *const asks[] = {
    "{Too|Is it too} {long|polite|angry}?",
    "{Who|So who} {signs|posts} it? {And when?|Now or $clock?}",
    "{\"We\"|Do we say \"we\"} or \"{the group|citizens}\"?",
    "{Can|May} we {quote|name} {$official|the letter} {like that|directly}?",
    "{Does|Would} {my mother|an outsider} understand {the second line|\"sill\"}?",
};

static const char *const answers[] = {
    "{Fine|Good} for {me|us}. {Post it|Send}.",
    "{Bit|A bit} {long|dry}. {Cut the middle|But right}.",
    "{\"We\"|We}. {Shorter and true|No one is \"citizens\"}.",
    "{Exact|Only the exact} words, {with date|page number}. {Then yes|Or not at all}.",
    "{$clock|Tonight}, {people read on the ferry|not before the council has it}.",
};

static const char *const views[] = {
    ("{End|Always end} on {the number|the noun}. {People carry off the last word|Then "
     "silence}."),
    "{Every|Each} adjective {costs us a reader|is a door for lawyers}.",
    "{Plain words win|The plain sentence is enough}. {Numbers speak, we point|Let it stand}.",
    ("{It reads|Sounds} like {a council letter|three authors}, {because it is|one of us "
     "should redo it}."),
    "{If in doubt, leave it out|Whenever we quarrel about a word, the document decides}.",
    "{I like|Love} the {last|first} line. {Leave it alone|Do not improve it}.",
    "Let's sleep on it. {Nothing rots overnight|Commas look better by breakfast}.",
};

const struct bank bank_wording[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
