/* Keys, servers, mail, phones, what not to write down. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Moved|I moved} $tool to {the new machine|another host}. {Tell me|Shout} if "
     "{anything is odd|mail bounces}."),
    ("{Strange|Odd} {log-ins|traffic} on $tool {since $clock|last night}. {Changing "
     "keys|Probably a robot, but still}."),
    ("{Please|Everybody}: {no names|nothing about $secret} {in here|on this channel}. {It "
     "is a DM group, not a safe|Assume it leaks}."),
    ("{Key party|Key signing} {$when|at the next meeting}. {Bring $secret on "
     "paper|Laptops and $food}."),
    ("{Certificate|The certificate} of {the submission page|the site} {expires $date|is "
     "renewed}. {Ignore warnings until $clock|All good}."),
    ("{Backup|Last night's backup} {failed|took $n hours}{, disk full of $bird photos|. "
     "Restored a file to test: works}."),
    ("{Got|We got} {a mail|an attachment} \"from $official\" {asking for $secret|with a "
     "macro}. {Do not open|Nobody click}."),
    ("{Somebody|A visitor} {tried|is trying} {$nnn passwords|the admin page} {on "
     "$tool|tonight}."),
};

static const char *const details[] = {
    ("{Moved|I moved} the {keys|backups} {offline|to a drawer}, {drawer is not "
     "metaphorical|$n copies, $n places}."),
    ("{Someone|A robot} asks for {wp-login|the admin page} {every minute|$nnn times a "
     "night}. {We do not even run that|Let it}."),
    ("{Strip|Remember to strip} the metadata first, {print, then scan|only then "
     "upload|always}."),
    ("{The phone|A phone} {in the room|on the table} is {a microphone|not furniture}. "
     "{Biscuit tin, please|You know the rule}."),
    ("{Two|Two-step} {factors|codes} on {everything|the account} now. {Paper codes in an "
     "envelope at Sue's|No SMS}."),
    ("It is {only|just} {transport encryption|a lock on the door}. {The server still "
     "reads it|The house is glass}."),
    ("{Old|The old} key {is revoked|stays valid until $date}, {new one on the "
     "site|fingerprint by phone only}."),
    ("{Logs|The logs} are {kept $n days|off}, {then gone|on purpose}. {No visitor "
     "addresses|Nothing to hand over}."),
    ("{Disk|The disk} is {encrypted|in a flower pot}, {passphrase with $n people|words "
     "from a dice list}."),
    ("{It was|Turned out} {my own script|a search engine|a misconfigured printer}. {Sorry "
     "for the alarm|False alarm}."),
    ("{Use|Always use} {the onion address|a clean browser|the library PC} for "
     "{that|submissions}, {never from work|never the office network}."),
    ("{Updated|Patched} $n {packages|machines}, {rebooted|one refused to boot}, {$nn "
     "seconds down|back up}."),
    ("The port for {the old wiki|the printer|remote log-in} was still open{, closed "
     "now|}. {My fault|Shame on me}."),
};

static const char *const asks[] = {
    "Is {this|the group} {encrypted|safe} at all?",
    "How do I {check|verify} {a fingerprint|the key} {without calling|on a phone}?",
    "{Who|Which of us} {still has|knows} {$secret|admin rights}?",
    "{Can|Could} they {see|find out} {who opened the page|where it was printed}?",
    "What should {we|newcomers} use {for calls|instead of this}?",
    "{Lost|I lost} {my token|my phone}. {What now?|Whom do I tell?}",
};

static const char *const answers[] = {
    "No. {Treat it as a postcard|Write nothing you'd hide}.",
    ("{Read|You read} me {the last eight digits|every second word}, {I read you the "
     "rest|by voice}."),
    "{You, me, $mate|Three people}. {That is one too many|On purpose}.",
    ("{Possibly|In theory}, {if they own the router|if you use the office network}. {So "
     "don't|Hence the rule}."),
    "{Tell me first|Call me}, {I kill the sessions|I revoke it}. {No shame|Happens}.",
    ("{The one with the blue icon|What we showed on $date}, {disappearing messages on|one "
     "week}."),
    "{Here is|See} the {how-to|page}: $url",
};

static const char *const views[] = {
    ("{Write|Please write} {the rules|the checklist} on {one card|a beer mat}, {or they "
     "are not rules|laminated}."),
    "{Security|Secrecy} is {a habit|brushing teeth}, not {a program|a purchase}.",
    ("There is {less to hide|less drama} here than {people think|they imagine}, {but "
     "sources do have|one person has}."),
    "The weakest link is {never the cipher|me at midnight|the printer|whoever is in a hurry}.",
    ("{Whatever} you {would not read aloud at the fish market|can't say in court}, do not "
     "{type it|send}."),
    "{Less|The less} {we keep|data}, {the better we sleep|the less can leak}.",
    "{I'd rather|Better} {lose a day|be slow} than {a source|someone's job}.",
    ("{Paranoia|A little paranoia} is {cheap|fine}, {panic is dear|as long as it has a "
     "checklist}."),
    "{Paper|A pencil} never {crashes|phones home|needs a patch}.",
    "Keep it simple{: one channel, one key, one rule| or nobody will do it|, please}.",
};

const struct bank bank_security[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
