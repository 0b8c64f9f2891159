/* The regatta and the protest on the water. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Regatta|About the regatta}: {$nn boats|$n boats and a raft} {signed up|so far}. "
     "{Banner needs a mast|Permit pending}."),
    ("{Police|The water police} {asked for our route|want a list of skippers|want to "
     "talk}. {Give or not?|Friendly tone}."),
    ("{Banner|The banner} is {done|$nn metres long}: \"{LET IT FLOW|THE TIDE IS FREE|MIND "
     "THE SILT}\". {Still wet|Smells of boat paint}."),
    ("{Corvane|The builder} {sponsors|pays for} {the fireworks|the committee boat}. {Of "
     "course|Naturally with a logo}."),
    ("{Rehearsal|Dry run} {$when|on the water}, {$clock at the slipway|life jackets, all "
     "of you}."),
};

static const char *const details[] = {
    ("{Mudlark|Our admiral} {wears|sewed} {a hat with a crab|epaulettes}. {Regulations "
     "are silent|Photograph it}."),
    ("{Order|Sailing order}: {ferry first, eel boats, kayaks, raft|small ones inside, "
     "tugs outside}."),
    ("{Nobody|No boat} {crosses|touches} the {race line|line}. {We float, that is "
     "all|Nils is admiral}."),
    ("{Channel|Radio} {$nn|eight}, {short calls|no jokes on air}. {Signal: three "
     "horns|Code word is soup}."),
    "{The raft|Raft} {leaks|sank in the test}. {More barrels|Fixed with tar and optimism}.",
    ("The school {band plays|children want to sing} {on the ferry|at the steps}. {Brass "
     "and spray|Ear plugs}."),
    "{Rehm|The harbour inspector} {grinned|counted us}, {$nn, he said|and waved}.",
    "{High|Turn of the} tide {at $clock|}, {so start by $clock|we have $nn minutes}.",
    "{Flags|Yellow flags}: {$nn sewn|Sue has more}, {one upside down|wind permitting}.",
};

static const char *const asks[] = {
    "{Who|So who} {steers|sails in} {the raft|$boat}?",
    "{Is|Are} {children|kayaks} allowed?",
    "{What|So what} if {it blows|they close the channel}?",
    "Where do the {cameras|radio people} {stand|go}?",
};

static const char *const answers[] = {
    "{Mudlark|$mate}, {who else|may heaven help}. {In a hat|With a whistle}.",
    "{With|Only with} {a jacket|an adult}, {no exceptions|inside the line}.",
    "{Then|Then we} {stay in|hang it from the bridge}, {nobody drowns for a banner|plan B}.",
    "{Marl Steps|Tollhouse Bridge}, {best light|sun behind them}.",
};

static const char *const views[] = {
    ("{Weather permitting|Wind or not}: {we sing|all home before dark}. {That is the "
     "programme|Nothing else matters}."),
    "{Joy|Cheerful} is {the point|disarming}. {No anger on water|Wave at them all}.",
    ("{One good picture|A photograph} {of fifty boats|from the bridge} beats {all "
     "annexes|a hundred pages|any speech}."),
    ("If anyone {falls in: rescue first, slogans later|shouts at you: smile|asks: we are "
     "only sailing}."),
    ("{Best|That was the best} day {in months|of the whole thing}. {My voice is "
     "gone|Sunburnt and happy}."),
    "{I counted|Even the judge's husband had} {a flag|flags in every window}.",
};

const struct bank bank_regatta[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
