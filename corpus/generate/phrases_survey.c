/* The leaked Pelldrum survey of the estuary's bed: silt, boreholes, the missing annex. */
#include "phrases.h"

static const char *const opens[] = {
    ("About the {Pelldrum survey|silt survey|survey}: {we have page $nn twice and page "
     "$nn not at all|the scan is poor, the numbers are not}."),
    ("{Checked|I checked} $nn of the {borehole logs|soundings} against {the chart|my own "
     "notes|$paper}. {They do not agree|They fit, nearly}."),
    ("{Somebody|A person we trust} {left|put} {a second envelope|another $nn pages} {at "
     "the Sluice House|under the door|in the letter box}."),
    ("The silt {figures|numbers} in $paper are {a third|half|$pct percent} of what {the "
     "survey|Pelldrum} measured."),
    ("{$firm|Pelldrum} now says the survey was {\"a draft\"|\"never "
     "commissioned\"|\"superseded\"}. {We have the invoice|Signed by $number people}."),
    ("{Put|We put} {the tables|annex B|all soundings} of the survey into {one file|a "
     "spreadsheet}. {Please check|Errors welcome}."),
    ("Who can read {a sediment log|borehole diagrams|the old datum}? {$paper_part puzzles "
     "us|We are stuck at $paper_part}."),
    ("{Two|$number} {readers|fishermen} wrote in after the survey piece: {they saw the "
     "drilling barge|they know the man who sounded $place}."),
};

static const char *const details[] = {
    ("{Grain size|The grain curve} at $place {is that of flour|runs finer every year}. "
     "{It will not stay put|Hold it up to the light}."),
    ("{In pencil|On the back}: {a tide table|a list of $nn names we will not show|the "
     "word \"again\"}."),
    ("At $place {the bed rose|it silted up} by {$nn centimetres|a metre} in {two "
     "winters|$n years}, {says $paper_part|by their own profile}."),
    ("The logs for {boreholes $n to $nn|the eastern line} are {missing|typed on another "
     "machine|all dated the same day}."),
    ("{$paper_part has|There is} a pencil note: \"{client asks to omit|see M first|not "
     "for the Board}\". {Can we show that?|We must blur the hand}."),
    ("They measured at {neap tide only|slack water|low river flow}. {That flatters "
     "everything|Of course it looks calm}."),
    ("{The depth|Depth} is given {below chart datum|above the lock sill|in feet}, {so "
     "nobody can compare|with no conversion}."),
    ("{Behind|Upstream of} $part it fills {first|in $n years}, {then the lock is a "
     "garden|the model shows mud up to the rail}."),
    ("Dredging {once a year|every spring} would cost {$cost|$cost at today's rates}, "
     "{that is nowhere in $paper|nobody budgeted it}."),
    ("{The signature|One signature} {on $paper_part|under the summary} is {illegible|that "
     "of a man who left $past}."),
    ("{My|Our} own {soundings|lead line} at $place {$past|at springs}: {$n metres|$n.$n "
     "m}. {Theirs|The survey}: $n."),
    ("{Whoever|The person who} sent it {cut off the headers|knows printers|took a risk}. "
     "{Keep it that way|Careful}."),
    ("The {model run|simulation} {stops|ends} after {$n years|$nn tides}, {just before it "
     "gets ugly|where the curve turns up}."),
    "{They|Pelldrum} took $nn cores and {published|used} $n. {Guess which|The sandy ones}.",
};

static const char *const asks[] = {
    "Do we know {who commissioned it|the datum|when it was printed}?",
    "Has $mate {compared|laid} it {with the chart of $year|over the new drawings}?",
    "Is the {yellow dot|printer dot|staple} thing {real|a danger for the source}?",
    ("{Can|May} we show {$paper_part|the pencil note|the map} without {burning "
     "anybody|naming the office}?"),
    "{Which|What} year is the {base map|tide table} {they used|under $paper_part}?",
    "How sure are we about {the $nn centimetres|table $n|the eastern boreholes}?",
    "Does anybody {keep|have} {old soundings|a harbour chart before $year}?",
    "Did {Pelldrum|$official} {confirm|deny} it {to anyone|on paper}?",
};

static const char *const answers[] = {
    ("Quite sure. {Three of us|Two people} {did the sums|read the logs} {without talking "
     "to each other|on different evenings}."),
    "{Old local datum|Chart datum of $year}, {says $paper_part|so add $nn centimetres}.",
    "No. {It came without a word|We did not ask and will not|Better not to know}.",
    ("I have {the chart of $year|my father's soundings}, {bit yellow|in a drawer}. "
     "{Bringing it $when|Will photograph it}."),
    "{The invoice|A covering letter} {says|names} $firm, {dated $olddate|amount $sum crowns}.",
    ("They said \"{no comment|not our final word|ask the client}\". {Word for word|I "
     "wrote it down}."),
    "{Page $nn|$paper_part}, {lower left|third column}.",
    "Retype it, {never the scan|no pictures}. {kelp is right|That was agreed}.",
};

static const char *const views[] = {
    ("{Read|Please read} the {methods|appendix} {before|not only} the {summary|headline}. "
     "{It is where honesty lives|Two evenings, worth it}."),
    ("{We owe it to|For} {the surveyors|whoever drilled there in February}: {get every "
     "digit right|no rounding}."),
    ("The survey is {good work|honest}. {It is the summary that lies|What they made of it "
     "is not}."),
    "{One number|One clean number} is {worth|better than} {ten suspicions|a page of anger}.",
    ("If {the silt|this} is right the {barrage|lock} {pays for itself never|is a very "
     "dear flowerbed}."),
    ("{I would|We should} publish {the tables first|all of it}, {comment later|not just "
     "the good bits}."),
    ("{Let the|Let} fishermen {read it first|speak}. {They know that mud by name|Nobody "
     "argues with them}."),
    "{Mud|Silt} {is patient|does not read brochures}.",
    ("I {worry|am worried} about {whoever sent it|the source} more than {about $firm|any "
     "lawsuit}."),
    ("{Nobody|No one} {drills|pays for} {forty holes|that many holes} for {a draft|the "
     "drawer}."),
    "They will {attack the scan|call it stolen}, not {the numbers|the mud}.",
};

const struct bank bank_survey[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
