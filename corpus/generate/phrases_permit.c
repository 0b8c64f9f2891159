/* The application: what was filed, what is missing, which deadline runs. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Has anyone|Who has} {actually|really} read $paper {to the end|past the summary}? "
     "{$paper_part is missing|$paper_part contradicts $paper_part}."),
    ("$body {has put|just put} $paper {online|on its site}{, without the annexes| at "
     "last|, $nnn pages}."),
    ("The deadline for {objections|comments} to $paper is {$date|$when}. {Please "
     "spread|Not a day longer}."),
    ("We have {a new version|version $n} of $paper. {First look|At first sight}: {longer, "
     "not better|$paper_part is new|all the same maps}."),
    ("{Went|I went} to $body to see $paper. They let me {read it for $n minutes|copy $nn "
     "pages|sit in the corridor for an hour}."),
    ("$official says {the permit|the licence} is {\"a formality\"|\"weeks away\"|\"a "
     "matter of order\"} now. {On what basis?|Is that so?}"),
    ("{News|Small news} from $body: {$paper must be displayed again|the hearing moves to "
     "$date|objections may be sent by mail}."),
    ("Nobody at $body can {find|show me} $paper. {It is \"between two desks\"|They say it "
     "was lent out|Ask again $when}."),
    ("Objection number $nnn went in {today|this morning}, {by hand, with a stamp|with all "
     "annexes|from $group}."),
};

static const char *const details[] = {
    ("{The binder|Binder two} {ends|stops} {in the middle of a sentence|at page $nn}. "
     "{Literally|The staples are new}."),
    ("$official {wrote|noted} in the margin: \"{please shorten|who let this through|ask "
     "$firm again}\"."),
    ("The {index|table of contents} lists a chapter on $problem {that nobody wrote|which "
     "is blank|after the last page}."),
    ("$paper_part says {the lock closes|gates close} {at half ebb|$nn days a year}, "
     "$paper_part says {never|only in storms|\"as required\"}."),
    ("They {copied|lifted} {the whole chapter on $problem|$paper_part} from {another "
     "project|a river without tides|a brochure}."),
    ("{The map|The plan} shows $place {on the wrong bank|without the houses|as "
     "\"unused\"}. {Somebody lives there|We walked there $past}."),
    ("It was {signed|dated} {on a Sunday|$date}, {before the survey was done|by a man on "
     "leave|two days before the tender}."),
    ("{The word|The term} \"residual\" {appears|is used} $nn times and is {never "
     "defined|defined differently each time}."),
    ("There is {a stamp|a handwritten note} on $paper_part: \"{not for display|see other "
     "file|discussed with $firm}\"."),
    ("{No|Still no} {baseline|figures} for $problem, {although|even though} $law {asks "
     "for it|wants $number years of data}."),
    ("The {annexes|attachments} are numbered 1 to $n, but {the last two were never "
     "filed|number $n cannot be found|number $n is a blank page}."),
    ("{According to|By} $paper, {$part is temporary|$place floods anyway|the ferry \"may "
     "adapt\"}. {No source given|Not explained}."),
    ("They have {moved|shifted} $part {by $nn metres|towards $place|downstream} {without "
     "saying so|since $olddate}."),
    ("{$body wants|$body asked for} {a new noise study|a proper map|the missing annex} "
     "{by $date|before anything else}."),
    ("One thing {in our favour|that helps}: $law {means they must start the display "
     "again|gives us $number more weeks|protects the slipway}."),
    ("The {fee|charge} for copies is now {$n crowns a page|$nn crowns}. {We bring a "
     "camera|I copied by hand}."),
    ("{The clerk|A kind clerk} {whispered|said} that {$nnn objections are in|nobody there "
     "has read $paper|$official \"wants it off the table\"}."),
};

static const char *const asks[] = {
    ("Which version of $paper do {you|we} mean, the one {of $olddate|with the maps|that "
     "$official quoted}?"),
    "{Who has|Has anybody got} {$paper_part|the coloured map|a clean scan of $paper}?",
    ("Does the clock {start|run} from {the display|the notice in the paper|the stamp on "
     "$paper}?"),
    ("Can {an upriver village|a child|a club like $group|someone from outside} "
     "{object|file|sign} too?"),
    "Is $law {still in force|even applicable|the right hook} {here|for $part}?",
    ("Did {they answer|$body ever answer} {our letter of $olddate|the question about "
     "$problem}?"),
    "What happens {if $body says no|after the display|when the deadline falls on a holiday}?",
    "How many {objections|letters} {are in by now|does it take|were thrown out}?",
};

static const char *const answers[] = {
    ("The {second|newer} one, {stamped $date|with the green cover|the one with "
     "$paper_part redrawn}."),
    "Yes. {Anybody who lives on the river may|I asked $body twice|It is in $paper_part}.",
    "No, {the notice in the paper counts|not before $date|they only \"take note\" of it}.",
    "$nnn {as of this morning|at the last count}, {$nn of them from $group|and more by post}.",
    ("I have it {as a scan, $nn pages|on paper only|from $mate}. {Will upload|Can bring "
     "it|Ask me} $when."),
    ("{Nobody knows|Not clear}. $official {promised to look it up|says yes, the clerk "
     "says no|is on holiday}."),
    ("They {answered|wrote back} with {one sentence|a form letter|the wrong file number}. "
     "{I asked again|Filed it anyway}."),
    "By {the letter of|} $law{,|} yes. {In practice, who knows|In practice they shrug}.",
    "Until $date, {midnight|noon}, {letter box counts|by post or by hand}.",
};

static const char *const views[] = {
    "A condition {nobody checks|without a date} {is a wish|is decoration}.",
    ("{Let us ask|We should ask} for {one thing|the baseline} {every week|in writing}, "
     "{until they find it|like a clock}."),
    ("A permit {with holes like that|like this} {will not survive a judge|is an "
     "invitation|helps nobody}."),
    ("{We should|Let us} {stick to $problem|pick three points} and {leave the rest|do "
     "them well}."),
    ("{I would not|Let's not} {accuse anybody|call it fraud}. {Sloppy is enough|Missing "
     "is missing}."),
    ("It is not $firm I worry about, it is {$body looking away|the deadline|who signs in "
     "the end}."),
    "They count on {nobody reading|everybody being tired by} $paper_part.",
    ("If $paper is {really final|what they build}, {the ferry is dead|Saltgate gets "
     "wet|we all need boots}."),
    ("{The best|Our strongest} point is still $problem, {everything else is taste|because "
     "it is their own number}."),
    "I {half|almost} admire {the nerve|how they bury it}. {Almost|Half}.",
    "{Twice|Three times} the same mistake is {a method|no mistake any more}.",
    ("{Honestly|To be fair}, {$paper_part is decent work|the flood chapter is better than "
     "I feared|they did answer one point}."),
    "{The public display is|A display in a locked corridor is} {not public|theatre}.",
};

const struct bank bank_permit[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
