/* Requests for records, complaints, the appeal, the court. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Request|Our request} for {the minutes of $olddate|$paper} was {refused|granted in "
     "part|\"not found\"}. {$law, they say|$n lines}."),
    ("{Filed|I filed} {the appeal|our complaint} {this morning|at $clock}. {Stamp, "
     "signature, done|File number ends in $nnn}."),
    ("{Hearing|The hearing} is {set for $date|moved again|in the small chamber}. {Who "
     "comes?|Mark it}."),
    ("{Letter|A letter} from {their lawyers|a firm in the capital}: {\"cease and "
     "desist\", $n pages|we should \"refrain\"}. {Framed|Reply drafted}."),
    ("{The judge|Judge} {asked|wants} {for the original survey|$paper in full|both sides "
     "to explain $problem}."),
    ("{Deadline|The time limit} {for the appeal|under $law} is {$date|one month}, {not "
     "two|counted from delivery}."),
    ("{Read|I have read} {the ruling|the decision}, {all $nn pages|twice}. {Better than "
     "it sounds|Paragraph $nn is gold}."),
};

static const char *const details[] = {
    ("{The usher|An usher} {knows us|saves us seats} {by now|since the spring}. {Brings "
     "water|Likes terns}."),
    ("{Their brief|The reply} {misquotes|forgets} {our point $n|the date}. {Twice|I "
     "checked with a ruler}."),
    ("They {blacked out|redacted} {$nn of $nnn pages|even the page numbers}, {but forgot "
     "$paper_part|you can read it against the lamp}."),
    ("{Standing|Our standing} {rests|hangs} on {the slipway right of $year|$group|two "
     "mooring holders}. {Enough|Just enough}."),
    ("{Paragraph $nn|Section $nn}: \"{the applicant shall show|no works before "
     "consent|reasonable access}\". {That is our door|They ignored it}."),
    "{Costs|Costs order}: {each side its own|$cost if we lose}. {Bearable|Kitty says ouch}.",
    ("{Their|The other side's} {counsel|expert} {contradicted|had not read} "
     "{$paper_part|his own report}. {The judge noticed|Eyebrow raised}."),
    "{Evidence|The bundle} is {$nnn pages|three binders}, {numbered by hand|index by Sue}.",
    ("{Need|I need} {two|$number} {witnesses|statements} on {the ferry times|$problem}, "
     "{signed and dated|one page each}."),
    ("The records office {must|has to} answer in {$nn days|twenty days}. {Day $nn "
     "today|They never do}."),
    ("{Withdrew|They withdrew} {the claim|point $n} {at the door|five minutes before}, "
     "{without a word|so did the witness}."),
    ("{Adjourned|We were adjourned} {until $date|for lack of a room}, {the usual|she was "
     "very polite}."),
    ("{Every|Any} page {we publish|online} should {carry|have} {file number and date|its "
     "stamp}. {Lawyer's advice|Please}."),
};

static const char *const asks[] = {
    "{Can|May} they {really|} {do that|refuse the whole file}?",
    "{Who|Which of you} can {witness|swear} to {the ferry times|having seen $paper}?",
    "{What is the risk|How high are the costs|Who pays} if we lose?",
    "{Do|Should} we {answer|frame} {the letter|their letter}?",
    "Is {a scan|a photo} {good enough|admissible} {for the court|as evidence}?",
    "{When|How soon} {do we hear|comes the ruling}?",
};

static const char *const answers[] = {
    "{No|Strictly no}. {$law is plain|But it costs us a month to prove it}.",
    "{I can|Put me down}, {with dates|I kept a log}.",
    ("{Between|Something between} {$sum and $sum|nothing and ruin}, {I expect the lower "
     "end|crowns}."),
    "{In|Within} {six weeks|a month}, {says the clerk|if nobody is ill}.",
    "{Copy|A copy} {yes|is fine}, {but keep the original dry|with who, when, where}.",
    ("{One|A} {polite|short} line: \"{we have your letter|see you in court}\". {No "
     "more|Zoë writes it}."),
    "{Partly|In part}. {Names yes, numbers no|Trade secrets, perhaps}.",
};

static const char *const views[] = {
    ("{Ask|Only ask} for {what the paper already shows|dates}. {Judges like doors that "
     "stand open|Never for motives}."),
    "The law is {slow, but it comes in|a tide table. Learn to read it}.",
    "{Never|Let us never} {overclaim|say \"illegal\"} before {a judge says so|the ruling}.",
    "{We win|You win} {on dates|on procedure}, {not on love of rivers|it is not romantic}.",
    "{A refusal|Every refusal} is {a document too|evidence}, {keep it|file it}.",
    "{I am|I feel} {cautiously|rather} {hopeful|calm} {this time|about the second point}.",
    ("{Losing on costs hurts, losing the file is worse|We may lose this round, prepare "
     "people}."),
    ("{Their|That} letter is {bluff|letterhead with adjectives}. {I have seen real "
     "ones|Sleep well}."),
    ("{Keep|Let us keep} {copies in $number places|everything}. {Offices burn, rarely by "
     "accident|Always}."),
};

const struct bank bank_law[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
