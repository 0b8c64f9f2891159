/* The January storm and the flood. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Water|The water} is {over the steps at $place|in Lantern Street|at the third "
     "mark}. {Move your cars|Still rising}."),
    "{Everyone|Is everyone} {safe|all right}? {Please answer, one word|Roll call}.",
    ("{After|The morning after} the {storm|flood}: {$nn cellars|the cofferdam is "
     "gone|boats in Withy Lane}."),
    ("{Their|Corvane's} {cofferdam|sheet piling} {broke|moved}. {The wave came from "
     "there|Pictures from the tower}."),
    ("{$body|The Board} says the flood {\"proves the need\"|was \"a once in $nnn years "
     "event\"}. {I have no words|Breathe}."),
    "{Pumps|We need pumps} at {$place|the school}, {also hands|bring buckets}.",
};

static const char *const details[] = {
    ("{The ferry|Nils} {took|carried} {$nn people|the bakery's flour} {across|out} {in "
     "two trips|without lights}."),
    ("{Marked|I chalked} the {height|line} on {the church door|$nn houses}. {Photograph "
     "it before the rain|Date beside it}."),
    ("{Peak|The peak} {was|came} at {$clock|half past three}, {$n.$n m on the gauge|$nn "
     "cm above $year}."),
    ("{Without|Had} {the piles|the sheet piles} {in the channel|} the {surge|water} "
     "{would have gone out|drains in an hour}, {says Harbourmaster|look at the gauges}."),
    ("{The shelter|Rowing club} has {soup, beds, dry socks|room for $nn}. {Tell the "
     "neighbours|Door is open}."),
    ("{Insurance|The insurer} {asks|wants} {for times|whose water it was}. {Give them the "
     "log|Funny question, good question}."),
    ("{Power|Electricity} {out|gone} {below the church|since $clock}, {candles at the "
     "Heron|phones at $pct percent}."),
    ("{Old|The old} {people's home|sluice} {is dry|held}. {Thank the sandbags|$nnn bags, "
     "one night}."),
    ("{Photos|I have photos} {every ten minutes|from the roof}, {with the clock in "
     "view|all dated}."),
    ("{Mud|The mud} {everywhere|in the library}, {the annexes are safe, sorry|shovels "
     "welcome}."),
};

static const char *const asks[] = {
    "Has {anyone|anybody} {seen|heard from} {Harbourmaster|Sue|the old couple at $place}?",
    "Is {the bridge open|the phone dead for all|the old road dry}?",
    "{How|So how} {high|bad} is it {at $place|upriver}?",
    "{Who|Which of you} has {a pump|a van|spare blankets}?",
    "Did {they|the Board} warn {anybody|us in time|the school}?",
};

static const char *const answers[] = {
    "{Safe|I am safe}. {Wet to the hips|Upstairs with the cat|At the shelter}.",
    ("{Saw her|Talked to him} {at $clock|an hour ago}, {carrying chairs|making tea for "
     "thirty}."),
    "{Closed|Shut}, {go round by Osk|until they check it}.",
    "{Bad|Quite bad}, {but falling|knee high}. {No one hurt|Only things}.",
    "{No warning|A text at $clock}, {two hours late|when it was in the kitchen}.",
};

static const char *const views[] = {
    ("{Nobody|No one} {asks|asked} {who voted how|for papers} {in a flooded kitchen|at "
     "the soup pot}. {Remember that too|Good}."),
    "{First|Now} {people|dry socks}, {then|later} {blame|tables}. {Not today|Please}.",
    ("{A town|This town} {that carries|carrying} chairs {at four in the morning|for each "
     "other} {needs no brochure|is worth it all}."),
    ("{We|We all} {said|wrote} it in {our objection|the spring}, {point $n|page $n}. {I "
     "hate being right|No joy in that}."),
    ("{Keep|Save} {every|each} {photo with a time|gauge reading}. {It will be denied|The "
     "inquiry will ask}."),
    "{Sleep|Go and sleep} {now|in turns}. {The ebb does the rest|Tomorrow shovels}.",
};

const struct bank bank_storm[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
