/* Head, flow, gates, models: the technical talk. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Redid|I redid} the {energy|tide} sum with {real|gauge} data: {$nn GWh a year, not "
     "$nnn|$pct percent of what they say}."),
    ("{The model|Their model} {assumes|uses} {a rectangular estuary|one tide for "
     "all|constant river flow}. {$paper_part|I am not joking}."),
    ("{Question|A question} for the technical ones: {what is a sill depth of $n m for|why "
     "$n gates and not $n}?"),
    ("{Gate|The gate} {timing|schedule} in $paper: {opens against the flood|nobody sleeps "
     "there at night}. {Misprint?|Cannot be}."),
    ("{Someone|A reader} {sent|offers} {a proper 2D model|flume data from $year}. {Wants "
     "to remain unnamed|Runs on an old PC}."),
};

static const char *const details[] = {
    ("{Sensitivity|A sensitivity run}: {change n by $n percent|one notch of roughness} "
     "and {the surge|the yield} {doubles|moves by $nn cm}. {Knife edge|They chose the "
     "kind end}."),
    ("{Head|Mean head} {at neaps|in summer} is {$n.$n m|under a metre}. {Turbines "
     "idle|Nothing turns}."),
    ("{Losses|The losses}: {gates $pct percent|cable $n percent}, {trash rack not "
     "counted|all left out}."),
    ("{Scour|The scour} {behind|below} $part: {$n metres in $n years|they show none}. "
     "{Physics disagrees|Ask any bridge}."),
    ("{If|When} you {raise|change} {low water|the sill} by {$nn cm|half a metre}, {the "
     "drains upriver stop draining|Saltgate's cellars fill}."),
    ("{Units|The units}: {MW in the text|kW in the table}, {factor $nn hidden|I checked "
     "twice}."),
    ("{Concrete|The concrete}: {$nnn tonnes|$nn thousand m3}, {by road|through Withy "
     "Lane}. {$nn lorries a day|For three years}."),
    ("{The datum|Their datum} {differs|is off} by {$nn cm|$nn centimetres} from {the "
     "town's|the gauge's}. {Every flood line moves|That is a stair}."),
    ("{Validation|They validated} {against|with} {one week|a calm week}. {In June|No "
     "surge in it}."),
    ("{Cable|The cable} {comes ashore|lands} at {$place|the slipway}. {Under the "
     "boats|Surprise}."),
};

static const char *const asks[] = {
    "What {roughness|time step} did they use?",
    "How {many gates open at night|often a year would it really run}?",
    "Would {a lagoon|a smaller one|half of it} {be better|work|pay} {here|at all}?",
    "{Can|Could} {somebody|Arithmetic} put that {in one sentence|in crowns}?",
    "{Does|Did} {the model include|anyone check} {the silt|storms|the river in spate}?",
};

static const char *const answers[] = {
    ("{In one sentence|In short}: {it makes power when nobody needs it|half the power, "
     "twice the mud}."),
    "{No|It does not}. {\"Outside scope\"|That is the scandal}.",
    "{Better|Perhaps}, {smaller, dearer per unit, kinder to eels|nobody asked}.",
    "{About|Some} {$nnn hours a year|$n hours a tide}, {at best|on paper}.",
    "{Standard|Textbook} value. {Fine for canals|Not for this mud}.",
};

static const char *const views[] = {
    ("{Show|Show me} the {residuals|misses}. {A model that never errs was never "
     "tested|Then we talk}."),
    ("{I am|I'm} {not against|for} {tidal power|turbines}. {Against this sill, "
     "here|Against bad arithmetic}."),
    "{A model|Any model} is {an opinion with decimals|a question}, {not a proof|not a tide}.",
    "{Give|Just give} me {the input file|the raw levels} and {an evening|one weekend}.",
    ("It {could|might} {work|be good} {elsewhere|with half the gates}, {in rock|not in "
     "pudding}."),
    ("{The engineers|Their engineers} {knew|are not stupid}. {Read the footnotes|Somebody "
     "above rounded up}."),
    ("{Simple sums|A bucket and a stopwatch} would have told {them|you|the ministry} {for "
     "free|in an afternoon|as much}."),
};

const struct bank bank_engineering[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
