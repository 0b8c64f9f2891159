/* Boats, the ferry, moorings, what moves on the water. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Survey barge|A barge} {off|at anchor off} $place since $clock. {Anyone know "
     "whose?|No name on the stern}."),
    ("{Ferry|The ferry} {is cancelled|runs late} {today|until $clock}: {fog|engine|not "
     "enough water over the bar}."),
    ("{Passed|Just passed} $boat {near|at} $place, {$n men on deck|with drill "
     "pipes|towing something under a tarp}."),
    "New {buoys|marks} {laid|out} at $place. {Not in any notice|Yellow, unlit}.",
    ("The {harbour office|moorings man} has {doubled|raised} the {fees|mooring fees} {at "
     "$place|for small boats}."),
    ("{$boat|The dredger} {went aground|touched} {on Gannet Bank|at half ebb} {$past|just "
     "now}. {Nobody hurt|Pride only}."),
    ("{Need|We need} {a boat|two boats} $when for {photographs|soundings|the radio "
     "people}. {Who is free?|Volunteers?}"),
    "They have {closed|roped off} {the slipway|the east steps} {\"for surveys\"|until $date}.",
};

static const char *const details[] = {
    ("{Heard|I heard} {three blasts|a winch} from {the fog|$place}, {then nothing|then "
     "swearing}."),
    ("{The pilot|Our pilot} {logs|wrote down} {every passage|each jack-up move} now, "
     "{with draught and time|in his own hand}."),
    ("{AIS|The tracker} {is off|shows nothing}, {but the crane is hard to hide|I can see "
     "her lights}."),
    "Draws {$n metres|$n.$n m}, {so not before half flood|she will sit until $clock}.",
    ("{Hull|She} is {registered|insured} {far away|in the name of $firm}, {crew does not "
     "talk|the cook does talk}."),
    ("{I have|Took} {photos|$nn pictures} from {the wheelhouse|Marl Steps}, {sending "
     "later|will bring the card}."),
    "{Wash|Her wash} {put $n dinghies on the rocks|broke two moorings} at $place.",
    ("{The skipper|Her skipper} {waved|shouted|would not say} {what they measure|who "
     "pays}. {\"Mud\", he said|Polite, though}."),
    ("{Last|On the last} trip {$nn passengers|only $n people and a piano}, {the rest took "
     "the bridge|the rest swam}."),
    ("With {the sill|a lock} we would {wait|queue} {$nn minutes|an hour} {each way|at "
     "every tide}. {No timetable survives that|Nobody in the Board ever sailed}."),
    "{Fuel|Diesel} {costs $sum|is up again}, {so only if it matters|split it four ways?}",
    ("{Two|$number} {eel boats|trawlers} {will come|will join} if {it is not "
     "blowing|somebody asks them nicely}."),
    "{She left|Gone now}, {heading for $place|down with the ebb|without lights}.",
};

static const char *const asks[] = {
    "What {time|hour} is {high water|the first boat} {tomorrow|$when}?",
    "{Can you|Could you} {see|read} {her name|the port on the stern}?",
    "Is {the bar|$place} {passable|safe} {at night|in this wind}?",
    "{Who|Which of you} has {a life jacket to spare|a boat with a cabin|a licence}?",
    "{Does|Will} the ferry {stop|wait} for {us|the chairs} at $place?",
    "How {long|much} would {a lock passage|the detour} {take|cost}?",
};

static const char *const answers[] = {
    "High {at $clock|$clock}, {$n.$n m|a big one|not much of one}.",
    "{Yes, if you leave before $clock|Only at flood|Not in this wind}.",
    "{Something with an O|Looks like $boat|Too far}. {Glasses at home|Will go closer}.",
    "{Mine, $n seats|Take mine|$mate has one}. {Bail her first|Fuel tap is stiff}.",
    "The {crew|mate} {says yes|will wait}, {five minutes, not six|if there is $food}.",
    ("{Count|Reckon} {$nn minutes|an hour} {with luck|each way}. {Nobody asked us|It is "
     "in no study}."),
};

static const char *const views[] = {
    ("{A tide table|The almanac} is {the only timetable|a document} {nobody here argues "
     "with|they forgot to amend}."),
    "A {harbour|port} {without tide|behind a sill} is {a pond|a car park for boats}.",
    ("{You cannot|Nobody can} {run|keep} a {ferry|timetable} {by the goodwill of a "
     "gate|around a lock keeper's lunch}."),
    "{They|Landsmen} {think|believe} {water is flat|a river is a pipe}.",
    ("{Better|Much better} {one good photograph|a log with times} than {ten rumours|a "
     "shouting match by radio}."),
    ("{Keep|Please keep} {well clear of|away from} {the rig|their divers}. {We are not "
     "cowboys|Nobody gets hurt for this}."),
    ("{The crew|Those crews} are {decent|all right}. {They only anchor where they are "
     "told|Bring them coffee}."),
    ("I'd rather trust {an eel|Nils in fog|a wet finger} than {that model|their pilot|a "
     "brochure}."),
    ("{Nothing|There's nothing} like {the estuary at four in the morning|coming in on the "
     "last of the flood}."),
};

const struct bank bank_boats[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
