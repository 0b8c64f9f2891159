/* The old lock, the flood, how the town was. */
#include "phrases.h"

static const char *const opens[] = {
    ("{In the archive|At the records office} I found {the flood report of $year|a plan "
     "for a barrage from $year|harbour dues of $year}."),
    ("{They|The town} {tried|wanted} {to dam the Lirra|a sill} {once before|in $year}. "
     "{It lasted one winter|It was voted down by $n}."),
    ("{My|An} {aunt|old neighbour} {remembers|told me about} the {flood of $year|ferry "
     "with a steam engine}: {water to the third stair|cows on the quay}."),
    "Does {anyone|anybody} know why it is called {Cinder Quay|Gannet Bank|Marl Steps}?",
    ("{Old|An old} {map|chart} of $year on {the wall of the Heron|sale at $place}: {the "
     "channel ran elsewhere|no Hern Island yet}."),
};

static const char *const details[] = {
    ("{A ledger|The dues book} {of $year|from the salt office} {smells of tar|was kept by "
     "a woman who signs only M}. {Beautiful hand|Every tide noted}."),
    ("{The old|That} lock at Osk {silted up|jammed} in {$n years|eleven years}, {gates "
     "sold for timber|the keeper grew leeks in it}."),
    ("{The engineer|Its engineer} {wrote|admitted} then: \"{the river declines to be "
     "improved|we had not reckoned with the mud}\"."),
    ("{The mark|The flood mark} is {still there|painted over}, {by the door of the "
     "customs shed|at knee height}."),
    "{Page|The page} after is {torn out|eaten by mice}. {Naturally|As ever}.",
    "The fare was {two pennies|one herring|a kiss, says my aunt}, {dogs free|pigs half}.",
    ("{The Board|$body} {was founded|began} to {keep the channel open|stop a dam}. "
     "{Irony|Worth quoting}."),
    ("{I copied|Copied} {$nn pages|the table} {by hand|before closing}, {the reading room "
     "is cold|pencil only}."),
    ("{A clay|That} {layer|bank} {moved|went} {in one night|after the gale of $year}, {$n "
     "boats lost|says the log}."),
};

static const char *const asks[] = {
    "{Which|What} year {did the ice take the bridge|was the ferry first paid for}?",
    "{Where|Where exactly} {was|is} {that|the first sill}?",
    "{May|Can} one {see|photograph} {the plan|it}?",
    "Are {any of them|the keeper's people|the drawings} still {alive|around}?",
    "Does {the museum|anyone|the school} have {a copy|pictures|the diary}?",
};

static const char *const answers[] = {
    ("{$year|In $year}, {or a winter later|says the log}. {The stone has it|My aunt "
     "swears otherwise}."),
    ("{Below|Just below} {Tollhouse Bridge|the old lock}, {you see the stones at low "
     "springs|two stumps left}."),
    ("{Granddaughter|A granddaughter} {sells fish|lives in Lantern Street}. {Talks for "
     "hours|Has the diary}."),
    "{Yes|With permission}, {no flash|Thursdays}.",
    "{Ash|Cinders} from {the ferry boilers|the salt pans}. {Nothing romantic|So they say}.",
};

static const char *const views[] = {
    ("{Nobody|No one} {lies|boasts} in a {harbour log|dues book}: {no reader expected|too "
     "tired}."),
    "{Same|The same} {promises|plan}, {same mud|other hats}.",
    ("{Every|Each} {second|third} generation {wants|tries} to {close the river|tame it}. "
     "{Then it forgets why not|Then comes a winter}."),
    ("{We should|Someone should} {print|show} {the two|both} plans {side by side|}: "
     "{$year and now|spot the difference}."),
    ("{Old|These old} {papers|logs} are {dry|better than novels}. {I could sit there all "
     "week|Recommended}."),
    "{History|It} does not {repeat|vote}, {but it silts up|but it keeps the minutes}.",
};

const struct bank bank_history[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
