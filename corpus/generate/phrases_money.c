/* The kitty, donations, costs of the barrage and of printing. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Kitty|State of the kitty}: {$nnn crowns|$nn crowns and a button}, {printer not yet "
     "paid|lawyer's retainer due $date}."),
    ("{Somebody|An unknown friend} {gave|transferred} {$nnn|$sum} crowns with the note "
     "\"{for the terns|from a ferry|keep going}\"."),
    ("{New|The new} {cost estimate|figure} for the barrage: {$cost|up again, $pct "
     "percent}. {Who pays?|Page $nn}."),
    ("{Collected|We collected} {$nnn crowns|$nn crowns, two foreign coins} at {the "
     "stall|the concert}."),
    ("{Treasurer|A treasurer's} {plea|question}: who {owes what for $thing|has receipts "
     "from $olddate}?"),
    ("{The loan|The bank loan} {of Sund & Reef|} is {guaranteed by the town|conditional}. "
     "{See $paper_part|It is in $paper}."),
    ("{Crowdfunding|The appeal fund} {at|has} {$pct percent|$nnn backers}. {Slow but "
     "steady|Thank you all}."),
};

static const char *const details[] = {
    ("{The tin|Sue's tin} was {counted|opened} {by three people|twice}: {to the penny|$n "
     "crowns too much}. {A miracle|Who tips a tin?}"),
    ("{Lawyer|The lawyer} {wants|takes} {$cost|half her usual rate}, {paid in two "
     "parts|and a basket of eels}."),
    "{Interest|The interest} alone {is|comes to} {$cost|more than the ferry costs in a year}.",
    ("{They|The council} {booked|hid} it under {\"roads\"|\"leisure\"|item $nn}. {Took me "
     "an evening to find|Creative}."),
    ("{Nobody|No donor} gives {more than|over} {$nnn crowns|$nn crowns}. {We publish "
     "that|That is the rule}."),
    ("{Without|Before} {the grant|subsidy} the {sum|thing} does {not close|not work}, "
     "{says their own sheet|by $sum}."),
    ("{A cake sale|The concert} {brought|made} {$nnn|$nn crowns net}, {flour not "
     "counted|thanks to $food}."),
    "{I advanced|Paid} {$nn crowns|the hall} {out of pocket|myself}, {no hurry|remind me}.",
    ("{The price|Price} per {kilowatt hour|megawatt} is {$n times the market|hidden in "
     "$paper_part}."),
    ("{Maintenance|Dredging} {is|was} {\"to be determined\"|zero from year $n on}. "
     "{Zero!|That is the trick}."),
    ("{Audit|The audit office} {asks|asked} {for vouchers|where the $sum went}, {no reply "
     "so far|reply in $n weeks}."),
};

static const char *const asks[] = {
    "How much do we {need|lack} until $date?",
    "Who {guarantees|stands behind} {the loan|the bond}?",
    "Can I {pay|give} {in cash|by the month}?",
    "{Do|Should} we accept {money|a gift} from {$group|a party|somebody with a boatyard}?",
    "Where does {that number|the $sum} come from?",
};

static const char *const answers[] = {
    "{About|Roughly} {$nnn crowns|$sum}. {Doable|Two concerts}.",
    "{The town|Us, in the end}, {see $paper_part|by $law}.",
    "{Cash is fine|Yes}, {Sue writes a slip|with a receipt}.",
    "{No|No parties}. {Neighbours only|We decided that in the spring}.",
    "{From|Out of} {$paper_part|the budget}, {line $nn|added up by Arithmetic}.",
};

static const char *const views[] = {
    ("{Whoever|Anyone who} {guarantees|signs for} $sum {should|must} {read page $nn|own a "
     "boat}."),
    "{Money|Small money} {from many|in small coins} is {freedom|the best armour}.",
    "{If|When} {the builder|Corvane} fails the {town|mayor} {keeps the hole|owns a ruin}.",
    ("{We must|Let's} {publish|show} {our books|every crown}, {before somebody asks|then "
     "ask for theirs}."),
    ("{It is|That's} {always|only} \"{an investment\"|a gesture\"}, until {the bill "
     "comes|the second winter}."),
    "{Cheap|The cheap} {tide power|electricity} {was|is} {a poster|dear as saffron}.",
    ("{I am|Frankly I am} {no banker|no accountant}, but {$pct percent for nothing|zero "
     "dredging} {looks|is} {odd|wrong}."),
    ("{A bake sale|Cake} against {a holding company|bonds}. {I like our odds|History will "
     "laugh}."),
};

const struct bank bank_money[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
