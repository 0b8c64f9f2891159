/* Hostile accounts, rumours, how to answer. */
#include "phrases.h"

static const char *const opens[] = {
    ("{New|A new} {account|troll}: {$handle|\"Barrage Now\"}, {made yesterday|$n "
     "followers}, {only writes about us|same phrases as the last}."),
    ("{$handle|Someone} {claims|says} we {are paid by coal|take foreign money|want the "
     "town to drown}."),
    ("{Quite|That is quite} a {pile-on|swarm} {under|below} {the last tweet|our thread}. "
     "{$nnn replies|Half of them eggs}."),
    ("{Somebody|They} {copied|cloned} our {profile picture|account}: {one letter "
     "different|lirrawach}. {Report please|Do not feed}."),
    ("{The rumour|A rumour} {about Sue's house|of the week}: {it \"leaks\" donations|we "
     "own a yacht}. {$outlet asked|Answer or ignore?}"),
    ("{Blocked|I blocked} {$nn|$n} {accounts|of them}, {back under new names within the "
     "hour|blissful silence}."),
    "{My mentions are|Our inbox is} {on fire|a swamp} {since $clock|after the radio}.",
};

static const char *const details[] = {
    ("{One|This one} {quotes|knows} {a letter we never published|annex numbers}. "
     "{Interesting leak on their side|File it}."),
    ("{All|They all} tweet {between nine and five|on weekdays}, {lunch break "
     "included|never on bank holidays}."),
    ("{Same|The same} {spelling mistake|comma} in $nn {tweets|accounts}: "
     "{\"barrrage\"|\"sediement\"|\"enviroment\"}. {One author|One desk}."),
    ("{The avatar|That photo} is {a stock picture|from a dentist's page}. {Reverse search "
     "took a minute|Found by tern}."),
    ("{Screenshots|I saved screenshots}, {$nn so far|all with times}, {in the pad|for the "
     "lawyer}."),
    ("{He|That one} {found|posted} {my street|a picture of my bike}. {Not funny|Told the "
     "police}."),
    "{Replied|I replied} {once|with the table}. {No answer|Then he deleted it}.",
    ("{It is|That one is} {only|just} {a bored teenager|a real neighbour}. {I know his "
     "mother|Be gentle}."),
    ("{Followed|It is followed} by {Vasper|two councillors}, {interesting|make of it what "
     "you like}."),
    ("{Their|The} hashtag {has $nn tweets|is dead}, {$nn of them from one phone|most of "
     "them ours}."),
    "{Reported|I reported} it, {\"does not violate\"|gone in $nn minutes}.",
};

static const char *const asks[] = {
    "{Do|Should} we {reply|react} {at all|from the main account}?",
    "Do you think {@$account|that one} is {a person|Vasper himself|one of the old ones}?",
    "{Who has the patience|Has anyone got a screenshot of the first version}?",
    "{Is it|Would it be} worth {a complaint|a lawyer's letter}?",
    "Are you {all right|ok}, {$to|all}?",
};

static const char *const answers[] = {
    "{No|Never}. {Sleep first|Post the number and walk away}.",
    ("{Person|A person}, {writes like a press office|sadly}. {Note the semicolons|Knows "
     "annex names}."),
    "{I do|Have it}, {$n of them|with the time}. {Sent to $mate|In the pad}.",
    "{I am|We are} fine. {Phone off|Curtains drawn|Went for a walk}.",
    "{Not worth it|Let it lie}. {Tomorrow he is bored|It has $n likes}.",
};

static const char *const views[] = {
    ("{Leave|Just leave} the {last word|field} to {them|him}. {It is all he gets|We have "
     "the table}."),
    "{Do not|Don't} feed. {A link, a number, good night|Muting is a kindness}.",
    "It {only |}means that {the survey hurts|we are getting somewhere}, {I suppose|at least}.",
    "{We|We must} never {do the same|answer in kind}. {Not once|Screenshots live for ever}.",
    ("{Half of it|Most of the anger} is {fear about jobs|honest}. {Answer that half|Worth "
     "listening to}."),
    "{Trolls|They} {have|get} {salaries|shifts}. {We have tides|We have day jobs}.",
    "Nothing {ages|looks} worse than {a clever reply|sarcasm} {in a court file|next morning}.",
    "{One|A single} {calm|dry} {sentence|table} {kills|ends} it, {usually|nine times of ten}.",
};

const struct bank bank_trolls[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
