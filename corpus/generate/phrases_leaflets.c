/* Leaflets, posters, stalls, doors, lifts. */
#include "phrases.h"

static const char *const opens[] = {
    ("{The leaflets|$nnn leaflets} are {printed|back from the printer}. {Pick up at "
     "$place|Smell wonderful}."),
    "{Who|So who} takes {which streets|Lantern Street|the upper town} $when?",
    ("{Stall|The stall} {on Saturday|at the fish market}: {need two from $clock|I have "
     "the table, who has $thing}?"),
    ("{Typo|A typo} {on the poster|in the leaflet}: {\"barage\"|wrong date}. {$nnn "
     "copies|Of course}."),
    ("{Did|I did} $nn doors {in Withy Lane|at Saltgate}: {$n slammed, $nn nice|three cups "
     "of tea}."),
    ("{The posters|Our posters} at $place {are gone|were torn down}. {Third time|By "
     "$clock this morning}."),
    ("{New|A new} {layout|design}: {bigger map|less text}. {Look|See the pad}, {say "
     "yes|no more commas please}."),
};

static const char *const details[] = {
    ("{Swapped|I swapped} {ten leaflets|two posters} for {a jar of honey|a haircut|eggs}. "
     "{Barter works|Receipt follows}."),
    ("{I take|I'll do} {Lantern Street and $place|the odd numbers}, {from $clock|with the "
     "bike}."),
    ("{Paper|Printing} {costs|is} {$cost|$nn crowns a hundred}, {recycled is dearer|the "
     "printer gives us a discount}."),
    ("{One|An old} {lady|man} {took ten for her choir|asked about the ferry|read all of "
     "it aloud to me}."),
    ("{Dogs|Beware: dog} at number $nn. {Friendly|Not friendly}. {Letter box bites "
     "too|Leave it at the gate}."),
    ("{Most|People} ask {about the ferry|what it costs}, {nobody about birds|then about "
     "jobs}. {Adapt|So ferry first}."),
    "{Ran out|We ran out} at {noon|$clock}, {$nnn gone|the rest is wet}.",
    "{The tape|Tape} {does not hold|fails} {below zero|on wet stone}. {String!|Use string}.",
    ("{Signed|Signatures}: {$nnn today|$nn on the first sheet}, {Sue alone $nn|the eel "
     "man twice}."),
    "{Keep|Please keep} the receipts, {one envelope per shop|treasurer's orders}.",
    ("{The baker|The chemist} {puts them on the counter|hung one in the window}. {Bless "
     "her|Brave}."),
};

static const char *const asks[] = {
    "Are there {any left|more} {of the yellow ones|for Brackwater}?",
    "{Who drives|Does someone drive} {out to Osk|to the villages} {$when|with the boxes}?",
    "{May|Can} we {stick|hang} them {on the ferry|at the bus stops}?",
    "{Which|What} {size|number} did {we|you} order?",
    "Has {the printer|$mate} {been paid|got the file}?",
};

static const char *const answers[] = {
    ("{A box|Two boxes} in {my hall|Sue's kitchen|the boat}. {Help yourself|Come by after "
     "$clock}."),
    ("{On the ferry yes|Inside yes}, {bus stops no, fine $nnn crowns|only with the "
     "captain's nod}."),
    "{I drive|Can drive} {until noon|with $mate}, {room for $n boxes|the old van holds}.",
    "{$nnn|A thousand}, {half page|folded once}. {Enough for the lower town|Never enough}.",
    "{Paid|Yes}, {cash|from the kitty}. {Receipt in the tin|Got a calendar in return}.",
};

static const char *const views[] = {
    ("{Hand|Better hand} it {over|to them} {with the map up|and say one sentence}. {Eyes "
     "first|Then go}."),
    ("{A leaflet|It} should be {read between door and kettle|read at a red "
     "light|understood by the dog}."),
    "One {question|map} on the front, {answer on the back|nothing else|no logo}.",
    ("{Talking at doors|A chat} works better than {paper|tweets}. {Tiring, though|My feet "
     "disagree}."),
    ("{Do not|Never} {argue|fight} on {the doorstep|a doorstep}. {Thank them and go|Leave "
     "the paper}."),
    "{I enjoyed|Enjoyed} {that|today} {more than expected|in spite of the rain}.",
    "Whoever tears them down {reads them at least|has nice gloves|misses the back side}.",
    "{Yellow|The yellow} {works|fades}. {Blue|Red} {looks like the council|next time}.",
};

const struct bank bank_leaflets[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
