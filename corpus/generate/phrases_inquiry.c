/* The public inquiry of the last year. */
#include "phrases.h"

static const char *const opens[] = {
    ("Day {$n|$nn} of the inquiry: {$official on the stand|the silt expert|no heating}. "
     "{I take notes|Seat at the back}."),
    ("{Vasper|Their engineer} {said under oath|admitted} {that the survey was known|he "
     "had not read $paper|\"it seemed optimistic\"}."),
    "{List|The witness list} is out: {Harbourmaster on $date|$nn names, $n of ours|no Moll}.",
    ("{The chair|Madam Chair} {asked|wants} {for all messages about $problem|who removed "
     "annex $n|a site visit at low water}."),
    "{Transcript|The transcript} of {yesterday|day $n} {is up|has $nnn pages}: $url",
    ("{Site visit|The site visit} {$when|today}: {the chair in rubber boots|nobody "
     "brought a tide table|mud won}."),
};

static const char *const details[] = {
    ("{The chair|She} {read out|quoted} {the pencil note|three of our letters} "
     "{slowly|without a face}. {You heard the radiator|Vasper studied the ceiling}."),
    ("{A schoolboy|A retired pilot} {asked|put} {the best question|one question} of the "
     "{day|week}: \"{and where does the mud go|who turns it off}?\""),
    ("{Q:|They asked} \"{Who told you to omit it?|When did you see the logs?}\" {A: "
     "silence, then water|\"I'd have to check\"}."),
    ("{Our|Our} {binder|bundle} was {cited|used} {$n times|more than theirs}. {Index by "
     "Sue!|Yellow tabs work}."),
    ("{Exhibit|Exhibit $nn} is {our gauge log|the pencil note|Nils's photograph}. "
     "{Chills|Never thought I'd see that}."),
    ("{He|The witness} {changed|took back} {the date|his figure}: {not March, May|$nn, "
     "not $nnn}."),
    ("{Gallery|The gallery} {full|nearly empty}, {$n of us|the choir came}, {one "
     "laugh|asked to be quiet}."),
    ("{The bank|Sund & Reef} {sends|sent} {three lawyers|a letter}. {They sit apart from "
     "Corvane|Interesting seating}."),
    ("{Costs|Running costs}: {\"nil\" in one table, $sum in the next|asked three times}. "
     "{She wrote it down|Pen noises}."),
    "{Break|We break} until {$clock|tomorrow}. {Coffee is dreadful|Bring $food}.",
    ("{Moll|Councillor Moll} {does remember|\"cannot exclude\"} {the dinner|a dinner} "
     "{now|after all}."),
};

static const char *const asks[] = {
    "{When|What day} is {Harbourmaster|Arithmetic|our witness} {on|heard}?",
    "Has {anyone|she|the bank's man} asked about {the bond|annex $n|the cofferdam}?",
    "{Does|Will} the report {bind|matter to} {anybody|the ministry}?",
    "{Is filming allowed|May we tweet from the room}?",
    "So how did {it go|he do|they take it}?",
};

static const char *const answers[] = {
    "{On $date|Thursday}, {after lunch|first thing}. {Wear a tie|Bring the chart}.",
    "{Twice|Yes}. {\"We will come to that\"|He blinked}.",
    "{Not formally|No}. {But no minister survives ignoring it|In practice yes}.",
    "{Text yes, pictures no|No}, {phones off|she is strict}.",
    "{Splendid|Very well}. {Slow, clear, one joke about mud|I could have hugged him}.",
};

static const char *const views[] = {
    ("{Two years|All this time} {we spoke to a wall|of shouting into fog}, {and the wall "
     "took notes|now there is a stenographer}."),
    ("{Two|More than two} years {of page numbers|in binders}, and {now they read them "
     "aloud|somebody listens}."),
    "{She|The chair} is {fair|sharp}. {Nobody bluffs her twice|I would vote for her}.",
    ("{Do not|Don't} {celebrate|comment} before {the report|it is signed}. {Rivers "
     "turn|We have been here before}."),
    "{Whatever|Come what may}: {it is on the record|the mud has been heard}.",
    ("{I almost|One almost} {felt|feels} sorry for {the engineer|him}. {He knew, and "
     "wrote it small|He is somebody's father}."),
    ("{They|Corvane} will {withdraw|sell} before {the report|it is out}, {mark my words|I "
     "bet $food}."),
};

const struct bank bank_inquiry[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
