/* Suspicion: somebody tells. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Small|One small} {thing|worry}: {a page is missing from the tin|the pad was open "
     "at four in the morning}. {Anyone?|Say so and all is well}."),
    ("{How|So how} did {$outlet|Vasper|$firm} know {about $when|the date|what we said at "
     "$room}?"),
    ("{Quiet|A quiet} word: {the draft we shared here|our list} {was at Corvane's within "
     "a day|is quoted in their letter}."),
    ("{Somebody|Someone} {forwards|shows} {this chat|our minutes}. {I say it without "
     "accusing|Not guessing names}."),
    ("{Test|A small test}: {three versions of one memo|different dates to different "
     "people}. {Let us see|Only $n people know}."),
    ("{The new|Our new} {friend|member} asks {a lot about the source|for $secret again}. "
     "{Hm|Am I unfair?}"),
};

static const char *const details[] = {
    ("{He asked|Somebody asked} {Sue|the baker} {where the scans sleep|who drives the "
     "van}. {In passing|Twice}."),
    ("{Only|There were only} $n {people|of us} who {knew|had} {that number|the room}. {I "
     "am one|Two of them are married}."),
    ("{The typo|Our typo} {is in|came back in} {their letter|his speech}: "
     "\"{sediement|abuttment}\". {Word for word|That is ours}."),
    ("{Says|He says} he {worked|lived} {at Osk|on the rigs}, {nobody there knows "
     "him|before that it was the navy}."),
    "{Deleted|I deleted} {the old pad|the list}. {New one by phone|Ask me in person}.",
    "He never {brings anything|does doors}, {but always asks|but has time at noon}.",
    ("{It could|Might} {be|have been} {a careless print-out|a phone left open}, {not "
     "malice|honestly}."),
};

static const char *const asks[] = {
    "{Are|Were} {the minutes|the dates} {ever|really} {secret|worth stealing}?",
    "{Do|Should} we {confront|ask} {him|openly}?",
    "{Who|So who} {invited|vouched for} {him|the new one}?",
    "Could it be {just coincidence|one of the old ones|the printer shop}?",
    "Can kelp see {who opened the pad|anything|what was printed}?",
};

static const char *const answers[] = {
    "{No|Not in here}. {Face to face|Not yet}. {We need more than a feeling|Evidence first}.",
    "{I did|That was me}, {met at the stall|seemed nice}. {Sorry|My mistake}.",
    "It was version {B|two|three}{ that came back|}. {So it is one of $n|I feel sick}.",
    "{No|No logs}, {by our own rule|and that is right}. {Annoying today|Still}.",
};

static const char *const views[] = {
    ("Trust {a few, be friendly to all|is slow to grow and quick to spill}. {That worked "
     "before this|No more than that}."),
    ("{Suspicion|Mistrust} {costs more than a leak|is what they want}. {Do not let it eat "
     "us|Stay kind}."),
    ("{We|Let us} {act|write} as if {Vasper reads along|this were public}. {Then nothing "
     "changes|Problem solved}."),
    "Even if it is {him|true}, {he has read a lot of bird counts|we bored him well}.",
    ("{No|Let's have no} {witch hunt|tribunal}. {A rule for papers is enough|Lock the "
     "drafts, not the door}."),
    "{I feel|This makes me} {sad|older}, {not angry|that is all}.",
};

const struct bank bank_mole[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
