/* The builder, its parent company, its papers and its people. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Corvane|Corvane Tidal} has {a new director|moved its office|filed accounts}{, the "
     "third this year| at last| quietly}."),
    ("The {half-year|annual} report of $firm is out: {a loss of $sum|order book "
     "\"healthy\"|no word about Varnholm}."),
    ("{Someone|An engineer} who {worked for|left} $firm {rang us|wants to talk}. "
     "{Careful, but sounds real|Knows $paper_part by heart}."),
    ("$firm {is hiring|advertises}: \"{community liaison, Varnholm|sediment specialist, "
     "urgent}\". {Make of that what you will|Ha}."),
    ("{Traced|We traced} {the holding|the owners}: {Corvane belongs to Meridaal, Meridaal "
     "to a letter box|two addresses, one door}."),
    ("{Their|Corvane's} {spokesman|man Vasper} {was|is} on {the radio|$outlet}: {\"not a "
     "single job lost\"|\"the river will thank us\"}."),
    ("{Look at|Compare} what {they|Corvane} built at {Skarrow Sound|Dunmere|the Odd "
     "Strait}: {$n years late|$cost over|locals do not swim there any more}."),
    ("{Brae Dredging|A subcontractor} {has left|walked off} the {site|project}. {No "
     "reason given|Unpaid, says the barman}."),
};

static const char *const details[] = {
    ("{Corvane|The builder} {rented|has leased} {half of Cinder Quay|the old sail loft}, "
     "{no lights on|one man and a kettle}."),
    ("{A creditor|One creditor} {rang|wrote to} {the Echo|us}: {$nnn days without "
     "payment|wants his crane back}."),
    ("{At Dunmere|At Skarrow Sound} {the same promise|$claim} {lasted $n months|was "
     "dropped in year $n}."),
    ("{The bond|The guarantee} {covers|is} {$sum|only $pct percent}, {the rest falls to "
     "the town|after that the taxpayer}."),
    ("{Vasper|Their man} used to work for {the ministry|$body}, {until $year|same "
     "corridor|as he never mentions}."),
    ("They {share|have} {a phone number|one letter box|an auditor} with {Sund & Reef "
     "Credit|$number other firms}."),
    ("{Their|The} {turbine supplier|caisson yard} {went under|closed} {last year|$past}. "
     "{Nobody told the council|Still in the brochure}."),
    ("{I rang|We asked} {their office|the press line} $n times. {A machine|\"Write to "
     "us\"|The number is dead}."),
    ("{The contract|$paper} {lets them|allows them to} walk away {after $n years|with "
     "$sum} {if the river \"misbehaves\"|at no cost}."),
    ("{Shares|Bonds} {fell|are down} $pct percent {since the survey|since $olddate}. "
     "{Coincidence|We did that}."),
    ("{Workers|Two welders} {at $place|in the Heron} say {wages are late|they were told "
     "to say nothing}."),
    "{Their|The} {drone|launch} {is over|circled} $place {again|since $clock}. {Wave|Smile}.",
    ("{Paid|They paid} for {the mayor's regatta tent|the school minibus|the new benches}. "
     "{With a plaque|Logo and all}."),
};

static const char *const asks[] = {
    "Who {signs|signed} for $firm {these days|on $paper}?",
    "Is {the letter box|that address} {in the register|still theirs}?",
    "{What|How much} did {Dunmere|the town of Skarrow} {pay|get back} in the end?",
    "Do we {answer|react to} {Vasper|their press release|the lawyer's letter}?",
    "{Has|Did} the {engineer|caller} {shown|give} {anything on paper|a name}?",
    "{Does|Would} {the insurer|the bank} know about {the silt|$problem}?",
    "Can somebody {read|go through} {the accounts|$nnn pages of notes}?",
};

static const char *const answers[] = {
    "{A lawyer in another town|Somebody called Brandolf}, {\"by proxy\"|on every page}.",
    "{$cost|About $sum}. {The court case is still open|They never got it back}.",
    "{No|Not yet}. {Wants to meet first|Only voice so far}. {We wait|No pressure}.",
    "{Ignore him|Leave it}. {Or just post the table|Silence is a fine answer}.",
    ("I {did|read them}: {note $nn is the interesting one|cash for $n months|they pay "
     "themselves rent}."),
    "{The bank|They} {must|will} know, {it is in $paper_part|or does not want to}.",
    "{In the register, yes|Yes}, {since $year|together with $nn others}.",
};

static const char *const views[] = {
    ("{Read|Always read} the {notes|footnotes} {to the accounts|first}. {The front half "
     "is for the photographs|There they confess}."),
    "{They are|Corvane is} {not evil|no gangster}, {just short of money|just over its head}.",
    ("{Follow|Look at} {the bond|the guarantee}. {Everything else is scenery|There sits "
     "the risk}."),
    "A {firm|company} that {sues|shouts} {has nothing to show|is out of ideas}.",
    ("{It|That} {smells|looks} like {a project to be sold on|they want the licence, not "
     "the barrage}."),
    ("{The workers|Welders} are {not our enemy|on our side, really}. {Please remember "
     "that online|Never forget}."),
    ("{I'd|I would} {love|like} to see {one|a single} {tide table|drawing} they made "
     "themselves."),
    ("{Careful with|Mind} {\"bankrupt\"|the b-word}. {\"In difficulty\" is safe|We have "
     "one filing, not three}."),
    "{Glossy paper|Such glossy brochures}, {such thin numbers|no units}.",
    "{Everybody|People} {signed|trusted} because {everybody else had|the mayor did}.",
};

const struct bank bank_builder[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
