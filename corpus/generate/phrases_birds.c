/* Birds, eels, seals, mud and what lives in it. */
#include "phrases.h"

static const char *const opens[] = {
    ("{$nnn|Counted $nnn} {curlews|dunlin|geese} {on Gannet Bank|at $place} this morning. "
     "{Record|More than last year}."),
    "{Terns|The terns} are {back|gone}. {Spring, then|The quay is silent}.",
    ("{Eel|The eel} count: {$nn elvers|$n} in {the night|an hour}, {at the old lock|none "
     "at $place}."),
    "{A seal|Two seals} {on the slipway|at Cinder Quay}, {asleep|reading nobody's minutes}.",
    ("{The statement|$paper} {lists|knows} {$n species|no terns} for {the east "
     "flats|$place}. {I can see $n from here|Ha}."),
    ("Dead {eels|fish|crabs} {at the outfall|below the weir} {again|since $clock}. "
     "{Photos taken|Rang $body}."),
    "{Bird|The bird} {hide|count} {needs|wants} {hands|a roof}. {$when, $clock|Who can come?}",
};

static const char *const details[] = {
    ("{Night heron|A bittern} {heard|booming} {at $place|behind the Sluice House}, {first "
     "since $year|or a bad bearing}."),
    "{They nest|Nests are} {exactly|right} where {the access road|$part} {goes|should go}.",
    "{Ringed|One ringed}: {green over white|number $nnn}. {Asked the station|From far north}.",
    ("{Elvers|Young eels} {cannot|won't} {climb|use} {the pass|a ladder} {of $n "
     "metres|like the drawn one}."),
    ("{Fish pass|The fish pass} {at Dunmere|of that type} {worked for $n species of "
     "none|passes trout, not eels}."),
    ("{Counted|We counted} {every tide|twice}, {two observers|in the rain}, {same "
     "result|$n apart}."),
    ("{The mud|That mud} holds {$nnn worms a spadeful|more life than the park}. {Not "
     "\"barren\"|\"Barren\", they write}."),
    "{Dogs|Please: dogs} on a lead at {the flats|Hern Island} until {July|they have fledged}.",
    "{The ranger|A ranger} {agrees|says the same}, {may not say so|off duty}.",
    "{Photo|Picture} is {blurred|mostly sky}, but {the bill is clear|you see the black cap}.",
    ("{Their|The} survey was {in January|one afternoon}. {Of course no terns|Terns are in "
     "Africa then}."),
};

static const char *const asks[] = {
    "What {is|was} the {small brown thing|noisy one} {by the sluice|on the rail}?",
    "When do {the eels|they} {run|leave}?",
    "{Can|Do} {seals|eels} {pass|survive} {a turbine|the sluices}?",
    "{Who counts|Does anyone count} {on Sunday|the east flats} {this time|$when}?",
    "Are {the flats|terns|the east banks} protected {by law|on paper|or only loved}?",
};

static const char *const answers[] = {
    "{Redshank|Sandpiper}, {I think|probably}. {Did it bob?|Orange legs?}",
    "{Dark|On dark} nights, {first autumn flood|no moon}. {You hear it|Go to the old lock}.",
    ("{Slow ones no|Some}. {$pct percent die|The study says \"few\"}, {nobody counted|in "
     "a tank test}."),
    ("{Yes|On paper}, {by the habitats rules|since $year}. {Paper does not bite|Hence the "
     "lawyers}."),
    "{I do|Me}, {$clock|low water}. {Thermos included|Bring glasses}.",
};

static const char *const views[] = {
    ("{Let|Just let} {the eels|them} {testify|speak}. {Slippery witnesses|They have been "
     "here longest}."),
    "{Nobody|No council} ever {voted|fell} over {an eel|a dunlin}, {but a judge might|sadly}.",
    ("{Show|Just show} {people|children|a councillor} one {avocet|tern}{ through the "
     "scope|}. {Better than any leaflet|Converted}."),
    "A count with {date and two names|an observer} is {evidence|worth a speech}.",
    "{The river|An estuary} is {a larder|a nursery}, {not a drain|not a battery}.",
    "{I'd|I would} miss {them|the noise} more than {I'd miss the mayor|any light bulb}.",
    "{They were|The waders were|The eels were} here {before the town|first}.",
};

const struct bank bank_birds[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
