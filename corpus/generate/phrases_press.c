/* Newspapers, radio, interviews, corrections. */
#include "phrases.h"

static const char *const opens[] = {
    ("{$outlet|Looks like $outlet} {runs|has} it {on page $n|as the lead|tonight}: "
     "{fair|half right|our name spelt wrong}."),
    ("{$reporter|Someone from $outlet} {rang|wrote}: wants {a quote about $problem|to see "
     "$paper|\"a human angle\"} by $clock."),
    ("{Piece|New piece} in $outlet: {headline awful, text good|quotes $official and "
     "nobody else|mentions the survey at last}."),
    ("{They|$outlet} {cut|dropped} {our answer|the second half|$problem} {from the "
     "interview|completely}."),
    ("{Radio|The radio} {tomorrow|$when}, {$clock|early}, {Zoë or me|live}. {Three "
     "points, no more.|What are the three points?}"),
    ("{Correction|A correction} in $outlet{: it was $nn metres, not $nnn|, page $nn, "
     "tiny|, $n lines}."),
    ("{Draft|The draft} of the {press note|statement} is in the pad. {Comments until "
     "$clock|Please cut, do not add}."),
    ("Did {anyone|anybody} see what $outlet {made of|did with} {yesterday|the meeting}? "
     "{I need tea|Not bad, actually}."),
};

static const char *const details[] = {
    ("{Orrick|The editor} {wants|needs} {the date of the letter|a second source} {before "
     "tonight|or it waits a week}."),
    ("{They spelt|The caption spells} {Lirra|Varnholm} with {one r|two l}, {in seventy "
     "point|on the front page}."),
    ("{$reporter|Their writer} {asked|asks} {good questions|who we vote for|twice about "
     "the source}. {I said nothing|We talked tides}."),
    ("{They quote|It quotes} {us|me} with {\"all engineers are liars\"|a thing I never "
     "said|half a sentence}. {I said some|It was about one table}."),
    "{The photo|Their picture} shows {the wrong river|a lock in another country|my back}.",
    ("{It has|Already} {$nnn comments|$nn shares}, {most of them about parking|and the "
     "usual two gentlemen}."),
    ("{They will|$outlet will} print {the table|our chart} if {we send it by $clock|it "
     "fits two columns}."),
    ("{The editor|Their editor} {plays cards|sails} with {$official|the mayor}. {So what, "
     "he is fair|Just so you know}."),
    ("{Sent|I sent} {them|$reporter} {$paper_part|the one-pager|a map}, {nothing "
     "else|with the source blacked}."),
    ("{Off|Strictly off} the record $reporter thinks {$firm is done|the vote will slip|we "
     "are too polite}."),
    ("{Headline|The headline}: \"{Mud and money|Sill, baby, sill|Town at low ebb|The "
     "river of paper}\". {I like it|Who writes these?}"),
    ("{On air|They gave us} {$n minutes|forty seconds}, {after the pig prices|between two "
     "songs}."),
    ("{Listened|I listened} to {it|the recording} again: {clear, calm, one \"um\"|you did "
     "well, $mate}."),
};

static const char *const asks[] = {
    "Who {wants|is able} to {speak to|ring} $reporter? {Deadline $clock|Before lunch}.",
    ("Do we {send|give} them {the whole table|$paper} {or only $paper_part|now or after "
     "the vote}?"),
    "{Can|Do} we trust {$reporter|$outlet} with {a name|that}?",
    "{Did|Does} it {mention|say} {$problem|the source|us}?",
    "Is there {a link|a copy} without {the pay wall|adverts}?",
    "{What|How} do we {answer|say} if they ask {about money|who runs the account}?",
};

static const char *const answers[] = {
    "{I can|I'll ring}, {give me $nn minutes|after the ferry}.",
    "{Only|Just} {$paper_part|the table}. {Never|Not} {the raw files|the scan}.",
    "{So far|Up to now}, yes. {Kept every promise|Never burnt anybody}.",
    "{In passing|One line}, {at the very end|below the fold}.",
    "{Scan|A scan} {attached|coming}: $url",
    ("Say: {\"$nnn people at $nn crowns\"|\"neighbours\"|\"read the accounts, they are "
     "public\"}."),
    "{No|Not yet}, {they wait for $body|the lawyer is reading}.",
};

static const char *const views[] = {
    ("A story {without a person|with only tables} {dies|sinks} on page $nn. {Find the "
     "person|So: the ferry cook}."),
    ("{Give|Always give} them {the document|page numbers}, {never the adjective|and let "
     "them find the adjective}."),
    ("{A small|One small} {paper with the number right|correction} {beats|is better than} "
     "{a big one without|a loud headline}."),
    "It makes us look {serious, which is the point|like cranks, I fear}.",
    ("{Do not|Don't} {complain|write in} about {tone|the headline}. {Only about facts|We "
     "need them again}."),
    ("{Radio|The radio} {likes|wants} {Harbourmaster|an old sailor}, {not tables|so give "
     "them one}."),
    ("{Never|Let us never} {guess|speculate} {on air|with a microphone near}. {\"We do "
     "not know\" is a sentence|Pause, then number}."),
    "They {print|love} {quarrels|a fight}. {Let us be boring|So no fights}.",
    "{The best|Best} {line|bit} {was|is} {Nils on the ebb|the one they cut|the fishwife's}.",
    "{Somebody|One} should {write|tell} {it|the whole story} {properly, in one go|one day}.",
};

const struct bank bank_press[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
