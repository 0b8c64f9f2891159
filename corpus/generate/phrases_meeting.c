/* Meetings: rooms, agendas, chairs, who brings what. */
#include "phrases.h"

static const char *const opens[] = {
    ("Meeting $when, {$clock|$clock sharp}, $room. {Agenda: $problem, money, "
     "leaflets|Please bring $thing|Side door}."),
    "{Who|So who} is coming to $room $when? {So far $n|I count $n}.",
    ("{Room|The room} problem: $room is {double booked|locked|being painted}. "
     "{Alternatives?|$place instead?}"),
    ("{Minutes|The minutes} of {last night|$past} are {done|in the pad}. {Correct what is "
     "wrong|Shorter than usual}."),
    ("{Good|Long} meeting {last night|yesterday}: $nn people, {$n new|half of them new}, "
     "{one dog|and $food}."),
    ("{Can we|Could we} {move|shift} the meeting to {$clock|another day}? {The ferry|The "
     "council} {is in the way|sits that evening}."),
    "{$mate|Sue} {chairs|takes the chair} {next time|$when}. {I was told|No discussion}.",
    ("{Public|The public} evening at $room: {we need chairs, $thing and courage|$nnn "
     "chairs, one microphone}."),
};

static const char *const details[] = {
    ("{Please bring|Bring} {chairs|cups|a friend}, {we counted wrong last time|the hall "
     "has $nn}."),
    ("{Item $n|The last item} {took|ate} {$nn minutes|half the evening}: {biscuits, "
     "again|the name of the raft}."),
    "Item {one|$n}: $problem. {$n minutes|Ten minutes each}. {Then votes|Then tea}.",
    "I {bring|can bring} $thing {and $food|, somebody else $food}.",
    ("{Doors|Door} {at $clock|opens $clock}, {start on time please|we begin when the "
     "ferry is in}."),
    "The {key|hall key} is {with|at} {the baker|$mate|the verger}, {ask nicely|after $clock}.",
    "{$group|Two from $group} {will come|want to come} and {listen|speak about $problem}.",
    ("{We had|There were} {$nn at the door|a queue}, {the fire rule says $nn|people on "
     "the stairs}."),
    "{Please|Do} {put|leave} phones {in the biscuit tin|outside} {for item $n|, the usual}.",
    ("{Somebody|A stranger} {took notes|filmed} in {the back row|the corner}. {Free "
     "country.|Anyone know him?}"),
    ("The {projector|beamer} {needs|wants} {another cable|a sheet}, {mine is broken|as "
     "last time}."),
    ("{Decided|We decided}: {letter to $body|no demo before $date|$nnn crowns for "
     "printing}. {$n against|Unanimous}."),
    "{Next|The next} one {$when|on $date}, {same place|at $room}.",
};

static const char *const asks[] = {
    "Is there {a lift|step-free access|parking} at $room?",
    "Who {takes|writes} the minutes? {Not me again|I did the last $n}.",
    "{Can|May} I bring {my neighbour|two people from $group|the children}?",
    "Do we need {a vote|a list} on {this|the letter}?",
    "{What time|When} is {the last ferry back|it over, roughly}?",
    "Should we {invite|ask} {$official|$reporter|someone from $body}?",
    "Where {is|do we find} {$thing|the agenda}?",
};

static const char *const answers[] = {
    ("{Last boat|Last ferry} {$clock|at ten past ten}. {I can drive $n people|Someone "
     "always drives}."),
    "{Ramp|A ramp} at the {side|back}, {ring first|bell on the left}.",
    ("{Of course|Yes}, {everybody who can sit still|the more the better|if they can keep "
     "a secret}."),
    "I {can|will} {write|do} it, if {someone else pours|$mate does the next}.",
    "{No|Better not}. {First among ourselves|After the vote}.",
    "In {the pad|the cupboard at $room}, {top shelf|under \"misc\"}.",
    "{About $clock|When the tea is gone}, {promised|really}.",
};

static const char *const views[] = {
    ("The best ideas come after the {meeting|end}, {on the stairs|at the bike rack}. {Let "
     "us meet on the stairs|As ever}."),
    "{Two|Three} hours is {too long|enough for a war}. {Let's cap it|An egg timer, please}.",
    ("We {talk too much about tone|spend too long on biscuits} and {too little on "
     "$problem|not a minute on who does what}."),
    ("{Small|A small} {circle|room} {works|is} better for {$paper|this}. {The hall is for "
     "the public|Sorry}."),
    ("{New people|Newcomers} {need|want} {something to do|a task} in the first "
     "{week|hour}, {or they vanish|else they go}."),
    "A chair who {cuts people off|keeps time} is {a gift|worth gold|rarer than eels}.",
    ("{I liked|Liked} {how calm it was|that nobody shouted|Sue's ending}. {More of "
     "that|Again so}."),
    ("{The strangers|Half the strangers} {in the back|there} are {just "
     "curious|neighbours}. {Be kind|Offer them $food}."),
    "{If|When} nobody {writes it down|minutes it} it {did not happen|will be decided again}.",
};

const struct bank bank_meeting[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
