/* Councillors, votes, who was seen with whom. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Agenda|The agenda} for {the council|Thursday} is out: {barrage is item $n|item $n, "
     "behind closed doors|nothing about $problem}."),
    ("{Councillor Moll|Moll} {has told|told} $outlet that {he never met $firm|the vote is "
     "\"open\"|critics are \"hobby hydrologists\"}."),
    ("Counted again: {$nn for, $nn against, $n not saying|we are $number votes short|it "
     "hangs on Arken}."),
    ("$official {was seen|had lunch} {with two gentlemen|with someone from $firm} {at the "
     "Heron|at $place} $past."),
    ("{Watched|I watched} the {committee|session} from the gallery{. $n hours. $n "
     "sentences about $problem|: $official slept}."),
    ("The {mayor|deputy} {wants|asked for} {a meeting with us|\"a calm dialogue\"|our "
     "mailing list}. {Opinions?|Do we go?}"),
    ("{Arken|Councillor Pellow} {answered|wrote}: {would vote no if the ferry stays|wants "
     "our numbers on one page|is \"torn\"}."),
    ("{Minutes|The minutes} of {the closed session|$date} {are out|came by post}, {half "
     "of it black|$n lines long}."),
};

static const char *const details[] = {
    ("{Dray|Councillor Dray} {knits|reads the paper} through {every session|item $n}, "
     "{yet votes by the book|and misses nothing}."),
    ("The {sound|recording} of {$olddate|that night} {has a gap of $n minutes|is \"under "
     "repair\"}."),
    ("{He|Moll} {declared|registered} {no interests|one garage and a dinghy} in {the "
     "register|$thisyear}. {His brother-in-law leases land at $place|The land at $place "
     "is not there}."),
    ("{The question|Question time}: $official {read from a sheet|said \"in due course\" "
     "$n times|left before the answer}."),
    ("The {motion|amendment} was {withdrawn|tabled} {two minutes|half an hour} before "
     "{the vote|the break}, {nobody had copies|on green paper}."),
    ("{Pellow|Dray} {asked the right thing|got up}: \"{who pays when the lock silts "
     "up|what does the ferry do at ebb}?\" {Silence|No answer}."),
    ("{They|The majority} {moved|pushed} it to {the holiday session|item $nn|$date}. {Old "
     "trick|Fewer people}."),
    "$nn people {in the gallery|stood outside}, {three of ours spoke|not one seat free}.",
    ("{The town clerk|Somebody} {switched off|forgot} the {microphone|recorder} {for item "
     "$n|after the break}."),
    ("{Moll|He} says {he has \"no recollection\"|the dinner was private|everyone eats "
     "somewhere}."),
    ("{Two|$number} of the {undecided|younger ones} {came over to us|asked for $paper} "
     "{in the break|afterwards}."),
    ("{It passed|It failed|It was adjourned} by {one vote|$n votes}, {after midnight|with "
     "$n abstentions}."),
    ("{The lobby|Someone from $firm} sat {in row one|next to the clerk} and {passed "
     "notes|nodded along}."),
    ("A {standing order|rule} {from $year|nobody knew} lets {citizens|$nn residents} "
     "{demand a reading|put one question}."),
};

static const char *const asks[] = {
    "Who {counts|keeps count of} the {undecided|votes}? {I have $nn|My list is old}.",
    "Was {it|the dinner} before or after {the tender|he signed $paper}?",
    "Is {the session|item $n} public {or not|this time}?",
    ("{Who|Which of us} speaks {first|for us} $when? {Three minutes each|It should not be "
     "me again}."),
    "{Can|Could} $mate {ask Arken|ring Pellow} {directly|before the vote}?",
    "Does anyone have {the old register|his leaflet from the election|a photo of the lunch}?",
    "How did {Dray|the deputy} vote {last time|on the harbour fees}?",
};

static const char *const answers[] = {
    "Public, but {be there by $clock|the small room|bring a paper with your question}.",
    "{After|Before}. {There is a date on $paper_part|I have the receipt of the room}.",
    "{Against|For}, {after a phone call|but unhappy}. {Ask his sister|It is in the minutes}.",
    "{$nn sure|We have $n sure ones}, {the rest is weather|$n that might}.",
    "I can {do it|speak}, {but Zoë is better|three minutes, no more}.",
    "{No photo|No}, and {we do not want one|let's not become that}.",
    "{I asked him|Rang her}. {\"Not now\"|\"Send it in writing\"|\"After the vote\"}.",
};

static const char *const views[] = {
    ("{Thank|We should thank} the ones who {changed their mind|abstained}. {In "
     "public|With a card}. {Nobody ever does|It costs a stamp}."),
    ("Do not {make Moll a monster|shout at Moll}. {He is vain, not wicked|Ask him things "
     "in public}."),
    ("{A councillor|Anyone} who {reads|has read} $paper_part votes {against|no}. {So make "
     "them read|That is the plan}."),
    ("{One page|A single page}, {big letters|three numbers}. {They have eleven minutes an "
     "item|No one reads two}."),
    ("{I think|My guess is} {he knows|they know} {exactly|perfectly well} what {the silt "
     "will do|it costs}."),
    "Politeness {pays|wins|confuses them} in that {chamber|room}. {Suits too|Sadly}.",
    "Voting {at night|in holidays} is {how harbours get sold|an old custom here}.",
    "{We lost the vote|If we lose the vote}, {not the argument|the appeal is next}.",
    "{Half of them|They} fear {the mayor|the ministry} more than {the river|us}.",
    ("It is {local politics|a small town}. {Everybody is somebody's cousin|Even I am "
     "related to Dray}."),
    ("{Let them|Let him} {talk|explain}. {Every interview brings us ten members|Nothing "
     "helps us more}."),
};

const struct bank bank_council[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
