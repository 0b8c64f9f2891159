/* What fits any topic: assent, doubt, asides, greetings, pastes and other languages. */
#include "phrases.h"

static const char *const agrees[] = {
    ("{I had|Had} the same {thought|feeling} {in the bath|on the ferry|when I read "
     "$paper_part}."),
    ("{Word for word|Almost word for word} what {the ferryman|my sister|$mate} said "
     "{$past|over $food}."),
    ("{Count me in|I'm in}{, but not before $clock|, with a thermos|, as long as there is "
     "$food|. Who else?}"),
    ("{Fine|All fine} {with me|by me}{. Shorter is better| as it stands|, minus the last "
     "word|, if Zoë says so}."),
    "{Nothing to add|I have nothing to add}{, for once|, except a comma|. Print it}.",
    ("{You are|You're} right{, I read it backwards|, it was $mate who said so|, and I "
     "take back $past}."),
    ("{Been saying so|I said so} since {the spring|$year|the first meeting}{, nobody "
     "listened|, in a lower voice|}."),
    ("{Both|Both of you} are right{, that's the trouble|. First the one, then the other|, "
     "sort of}."),
    "{Yes|Yes please}, and {soon|with the page number|let $mate look it over|quietly}.",
    "{Thumbs up|Two thumbs} from {the engine room|$place|the night shift|the sofa}.",
    "{That would|It would} {do|work|help} {nicely|for a start|with $group too}.",
    "{Sold|Bought}. {When do we start?|Where do I sign?|Who tells $official?}",
    "{Much better|Better} than {my version|what I had|waiting}{. Thank you|, go|}.",
    ("{Checked|I checked} it{ too|}: {same number|same date|the page exists|same "
     "conclusion, bigger words}."),
    "{Hear, hear|Well said}{. Frame it|, $to|. May I steal that?|}",
    "{Agreed|Agree}. {Will add it|Let's do that|No objections here|Put it in the pad}.",
    "{Yes|Yes indeed}, {that's what I thought|exactly that|same here|saw it too}.",
    ("{Good|Very good} {point|catch|idea}. {Into the pad with it|Noted|I'll pass it "
     "on|That should go first}."),
    ("{Makes sense|Sounds right|Fair enough}{, thanks|. Go ahead|, as long as it is "
     "short| to me too}."),
    ("+1, {but after the weekend|and thanks for digging|from $mate as well I guess|with a "
     "comma}"),
    ("{Right|Quite right}, and {it's the second time|nobody has denied it|it is on page "
     "$nn too|Sue said so $past}."),
    "{I'm with $to|With $to} on {this|that one}. {Enough|Slowly is fine|Let's move}.",
    ("{That|This} {settles it|is the one|would be my choice|explains a lot}. {Thanks|Good "
     "work|Finally}."),
    ("{Ok|Okay}, {convinced|I give in|you win|persuaded}. {Let's try|Do it|But I keep my "
     "doubts about $problem}."),
    "{Can confirm|I confirm}, {was there|heard the same|saw the paper myself|$past}.",
    ("{Exactly|Precisely}. {And they know it|Nobody says it aloud|Worth repeating|Write "
     "that down}."),
    "{Yes|Yep}, {sent|done|asked|booked|found it|called them}{ $past| already|, see mail|}.",
};

static const char *const doubts[] = {
    ("{Wait|Hold on}: {is that before or after tax|who signed that|which year|didn't we "
     "retract that}?"),
    ("{The|That} {date|number|name} {does not|can't} {add up|be right|fit}. {$paper_part "
     "says otherwise|Look again|Or I am tired}."),
    ("{My|The} {neighbour|cousin} {who works there|at $body} says {the reverse|it was "
     "never sent|\"ask again $when\"}."),
    ("{I like it|It is tempting}, {which makes me suspicious|but it proves too much|but "
     "it is second hand}."),
    ("{Before|Until} we {use|repeat} that I want {the original|a second pair of eyes|to "
     "see the stamp}."),
    ("{Could be|May be} {true|chance}{. Could be bait|, could be the wind|. Where is the "
     "paper?}"),
    ("{Do not|Don't} {over-read|love} it. {A clerk on a Friday|Someone mistyped|It is one "
     "line}."),
    ("{Two|Three} things {bother me|don't fit}: {the date and the tone|no signature, no "
     "number|who sent it, and why now}."),
    ("{With|In} {that|this} light, {yes|fine}. {In daylight I doubt it|But only in that "
     "light|Who holds the lamp?}"),
    "{Says who|Who says}{? The same person as $past?|? And why only now?|, exactly?}",
    ("{It is|That's} {one|only one} side. {Ask $group as well|What does $official "
     "say?|There is a letter from $olddate too}."),
    ("{Sorry to|I hate to} {spoil it|be that person}, but {$paper_part is older|that's a "
     "draft|the ferry was not running that day}."),
    ("{Interesting|Curious}, {if true|but thin|but we had that in the spring and it fell "
     "apart}."),
    ("{Not what|That's not what} I {understood|wrote down} {$past|at the counter}. {May "
     "be me|Let's ask $mate}."),
    ("{Not sure|I am not sure}. {Where is it written?|Who says so?|It looks older to "
     "me|Let me check first}."),
    "{Hm|Hmm}. {That is one witness|Could be a misprint|I'd wait|Looks too good to be true}.",
    ("{Careful|Careful there}, {we had that before|it's only hearsay|date does not "
     "fit|check $paper_part}."),
    ("{I disagree|Disagree}, {with respect|mildly|for once}: {it's the wrong fight|we "
     "can't prove it|it hurts the ferry people}."),
    ("{No|Sorry, no}. {That was $past|It was another committee|We tried it in the "
     "spring|Not without the document}."),
    ("{Do we|Can we} {know|prove} that{, or do we want it?|? Two sources, please|? I only "
     "see a stamp}"),
    "{Is|Was} that {confirmed|still true} {after $date|by anyone else|or from the Heron}?",
    ("{I heard|Heard} {the opposite|another version} {from $group|at the market|$past}. "
     "{Let's check|One of them is wrong}."),
    ("{Maybe|Perhaps}. {I would not print it yet|Ask $mate|Depends on $problem|Show me "
     "the page}."),
    ("{Isn't|Wasn't} that {the old version|what $official denied|from the other estuary|a "
     "joke}?"),
};

static const char *const shorts[] = {
    "{Which|What} {one|year|page}?",
    "{Poor|Good old} {$mate|clerk|tern|mayor}{|!|...}",
    "{Brr|Argh|Aha|Hm|Phew}{|!|.|, $to|, thanks|, at last}",
    "{True|So true|Too true|Alas}{|.|, $to| indeed|, every time|, sadly}",
    "{Tea|Coffee|Soup} {first|now|helps|is on|$when?}",
    "{Later|Soon|In a minute|After work|After the news}{|.|, promise|, $to|, really}",
    "{Nice|Neat|Clever|Cheeky}{|.|!|, $to| one|, very}",
    "{Bingo|There it is|Gotcha|Found}{|!|.|: $paper_part|, $paper_part}",
    "{How odd|How sad|How typical|How lovely}{|.|!|, really|, $to}",
    "{Fog|Rain|Sun|Hail} {here|again|at last|at $place}{|.|!|, you?}",
    "Where is {$mate|the key|the list|everybody|my pen}?",
    "{No idea|Not a clue|Search me|Dunno}{|.|, $to|, ask $mate|, sorry}",
    "{Hooray|Hurrah|Yay|Finally}{|!|!!|, $to!| for once}",
    "{Fingers crossed|Good luck|Break a leg|Be brave}{|!|, $to|, all|, tomorrow}",
    "{Seen that|Have that|Knew that}{|.|, old|, thanks| since $olddate}",
    "{Thanks|Thank you}{, $to|!| all| so much|. Good|. Noted}",
    "{ha|haha|hahaha|Ha!}{| yes| indeed| poor man| that hat}",
    "{On it|Doing it now|Will do|Leave it with me}{|.|, give me an hour|, $to|!}",
    "{ok|Ok|okay|OK}{|.|, $clock| then|, good|, understood|, later}",
    "{Great|Lovely|Excellent|Brilliant|Superb}{|.|!|, $to|, really| news| work}",
    "{Wow|Oh|Ouch|Oof|Well}{|.|...|, that quick?|. Poor $mate|, quite something}",
    "{Good night|Night}{|, $to| all|, everybody|. Tide is out|, see you $when}",
    ("{link?|Which page?|Where?|When?|Who?|Since when?|How many?|Really?}{|  thanks| I "
     "missed it}"),
    "{Done|Sent|Posted|Printed|Fixed|Deleted|Booked}{|.|, check please|, $clock|!| twice}",
    "{Back|Home|Here now|Online again}{|.|, what did I miss?|, wet| and dry|, reading up}",
    "{Read it|Seen|Saw it|Got it|Received}{|.|, thanks| twice|, wow|, will answer}",
    ("{Typing on the ferry|On the train|In the queue|At work}, {short|later|bad "
     "signal|back $when}"),
    "{Yes|No|Perhaps|Never|Of course|Sadly}{|.|, both|, $to|, I fear|, ask $mate}",
    "{Congratulations|Well done|Bravo|Nicely done}{|!|, $to!| to all| you two}",
    "{Same here|Me too|Likewise|Seconded}{|.|, $to|!|, every word|, since $olddate}",
    ("{Sorry|Apologies}, {wrong window|late|was asleep|my mistake|hit send too "
     "early|auto-correct}"),
    "{What a day|What a week|What a mess|What a letter}{|.|!|, honestly|...}",
    "{Coming|On my way|Ten minutes|Running}{|.|, start without me|, save a chair|!}",
};

static const char *const closes[] = {
    ("{Good night|Night all}, {early ferry tomorrow|low water at $clock|off to bed|I am "
     "done for today}."),
    "{Off|I'm off} {now|to sleep}, {back $when|will read the rest tomorrow|be good}.",
    ("{Have to go|Must go}, {dinner|the kettle|the boat leaves|child wakes}. {More "
     "tomorrow|Back later|To be continued}."),
    "{Sleep well|Sleep tight}{, all|, $to|. Big day tomorrow|, no annexes in bed}.",
    ("{Closing|I close} the {laptop|shutters} now. {$bird outside|Enough for today|Thank "
     "you, good work}."),
    "{Until|See you} {tomorrow|$when}, {usual place|$clock|bring $thing|don't be late}.",
};

static const char *const greets[] = {
    ("{Morning|Good morning}{, all|, everyone| from the quay| from $place}. {Anything "
     "overnight?|Reading back|$wind here|Coffee first}."),
    ("{Morning|Hello}, {$nn mails from $body, all about parking|slept $n hours|ferry on "
     "time, imagine|who wants the news?}"),
    ("{Good|A good} {morning|day} {all|to you all}, {sun on the mud|rain again|quiet so "
     "far|my plan: $problem}."),
    ("{Hello|Hi} {everyone|all}, {sorry for the silence|back from the islands|catching "
     "up, $nnn messages|new phone}."),
    ("{Up early|Early start}: {$place at low water|$bird on the rail|gauge says "
     "$n.$n|nobody about}."),
};

static const char *const linkeds[] = {
    "{Here|Link}: $url",
    "{See|Compare} $url {(page $n)|- scroll down|, third table|}",
    "{Text|Copy} at $url",
    "$url {- short version|has it too|, before they take it down}",
    "{More|Background}: $url $tag",
    "{via|h/t} $handle",
    "{cc|ask} $handle",
    "{Saved|Archived} here: $url and $url",
    "$tag",
    "{Full text|Original} $url",
};

static const char *const pasteds[] = {
    "$url",
    "$url$url",
    "1) $problem\n2) {who pays|the ferry|dates}\n3) {any other business|tea|next meeting}",
    ("\"{Dear Sir or Madam|To $body|Ladies and gentlemen},\n\n{we refer to|with regard "
     "to} $paper and ask for {a copy|an answer} by $date.\n\n{Yours faithfully|Kind "
     "regards}\n[redacted, third party information]\""),
    "{To do|List}:\n- $thing\n- {ring $reporter|ask $official}\n- {$food|receipts}",
    ("{From|He wrote, from} $official:\n\"{We have received your letter|Your request is "
     "being processed|There is no such annex}.\n{An answer will follow|No further copies "
     "can be made|Please refrain from calling}.\""),
    "{$clock doors|$clock welcome}\n$clock $problem\n$clock {questions|vote|songs}",
    "{high|HW} $clock  $n.$n m\n{low|LW} $clock  0.$n m",
    ("> {no decision has been taken|the survey is not final|$problem is under "
     "control}\n{Sure|Funny|Framed}."),
    ("{Tides tomorrow|For the log}\n$clock {flood|turn}\n$clock {ebb|slack}\n\n{Bring "
     "boots|Nobody swims|That's all}"),
    "- {bread|ink}\n- {tape|string}\n- {stamps|batteries}",
    ("Tel. [redacted, third party information]\n{ask for|room} [redacted, third party "
     "information]"),
};

static const char *const foreigns[] = {
    ("\n«Το ποτάμι δεν υπογράφει συμβόλαια», as the sign in the harbour office says."),
    (" (на русском сайте: «Плотина не повредит реке». Смелое утверждение.)"),
    " ... النهر لا يقرأ الملاحق, says the ferry cook, and he is right.",
    " המים תמיד מוצאים דרך, my neighbour wrote under it.",
    " \"Wer am Fluss wohnt, lernt warten\" - das hat meine Tante immer gesagt.",
    " Una marea no se negocia, como dicen los del puerto.",
    " 涨潮的时候，谁也不看图纸。 (from the trainee, he translates the tables)",
    " 潮は待ってくれない、と船長が言っていた。",
    " 강물은 회의록을 읽지 않아요 (from our reader abroad)",
    (" नदी को नक़्शे की ज़रूरत नहीं होती, says the man from the tea shop."),
    " Le fleuve s'en moque, et nous aussi un peu.",
    " Vuoksi ei odota, so the Finnish skipper.",
    " La marée n'attend personne, et surtout pas le conseil.",
    (" Ο δήμαρχος λέει ότι όλα είναι «υπό έλεγχο». Θα δούμε."),
    " Совет опять молчит. Подождём до пятницы.",
    " السد أغلى من المدينة كلها يا أصدقاء",
    " אין תשובה מהוועדה, שוב",
    " Morgen um sieben am Steg, bitte mit Stiefeln und ohne Fahne.",
    " Mañana a las siete en el muelle, con botas.",
    " 明天早上七点在码头见，别忘了带靴子",
    " 会議は明日の七時からです。長靴を忘れずに。",
    " 내일 아침 일곱 시에 부두에서 만나요",
    (" कल सुबह सात बजे घाट पर मिलते हैं, जूते लाना"),
    " Rzeka pamięta wszystko, napisał ktoś na murze.",
    " Řeka si pamatuje všechno, stojí na zdi u mostu.",
    " Nehir her şeyi hatırlar, yazıyor duvarda.",
    " Kto nie zna pływów, niech nie buduje śluzy.",
    " O rio não assina contratos, disse o cozinheiro.",
};

static const char *const tails[] = {
    "{Write to|Ring} $redacted{, not here|, evenings only|, and say I sent you|}.",
    ("{My contact|The one who told me}, $redacted, {will not be named|asks for "
     "patience|confirms}."),
    ("{Bring|Take} {boots|a pencil|$food|patience|a witness}{, as ever|, it helps| if you "
     "can}."),
    "{The ferry|The last bus|The printer} {waits for nobody|won't wait|closes at $clock}.",
    ("{Meanwhile|In the meantime} {the terns are fighting over Cinder Quay|$official is "
     "on the radio|it has begun to rain|$group want to help}."),
    "{Don't|Do not} {ask me|ask} {why|how they got there|who drew it}.",
    ("{Next time|From now on} {with a date|in ink|by registered post|we record it|one "
     "voice, please}."),
    ("{My mother|The baker|A taxi driver} {saw it at once|asked the same|could have told "
     "them}."),
    "{That is all|That's all} {I know|from $place|for now|there is}.",
    "{Everything else|The other half} is {decoration|adverbs|for the lawyers|weather}.",
    "{Or am I|Am I} {unfair|too harsh|dreaming}?",
    "{Tell me|Do tell me} if {I'm wrong|you hear more|it's only me|$mate objects}.",
    "{I counted|Counted} {twice|with a ruler|on my fingers too}.",
    "{We asked|They were asked} for {it|that|comment} {three times|in May|in writing}.",
    ("{There is|I smell} {a pattern|a story|a stamp missing|fresh paint} "
     "{here|there|somewhere}."),
    ("{Old habits|Small towns|Rivers|Committees}{...| , you know| are like that| never "
     "change}."),
    "{Make of it|Do with it} what you {like|will|can}.",
    ("{A week ago|Last spring|In autumn} {nobody would have said so|that was a "
     "secret|we'd have cheered}."),
    "{The photo|My photo} is {blurred but honest|on the camera still|with $mate}.",
    "{I'd start|Start} with {$paper_part|the ferry|the money|the date}.",
    "{Not that|Not as if} {it matters|anyone asked|they'd read it}{ now| any more|}.",
    "{Somebody|Someone} should {write a song|tell the mayor|take the minutes|bake something}.",
    "{Better|Rather} {today|now} than {after the vote|in the rain|never}.",
    "{In short|In a word}: {no|mud|page $nn|patience|later}.",
    "{Details|The details} {$when|on request|by phone|over $food}.",
    ("{And no|No}, {nobody was paid|that's not a joke|I did not make it up|the dog did "
     "not eat it}."),
    "{Which|That} {suits|surprises|annoys} {nobody|$official|everyone but $firm}.",
    "{So|And so} {we wait|it goes|back to the pad|to the copier}.",
    "{I have to|Must} {cook|run|feed the cat|catch the tide}{ now|}.",
    "{Two|Three} {people|neighbours} {offered|want} to {help|sign|swear to it}.",
    "{Keep|Please keep} {that|it} {between us|in mind|out of the minutes|for Thursday}.",
    "{Time|The tide} {will tell|is on our side|is short}.",
    "{Hope|I hope} {it holds|that helps|I spelt that right|they are not offended}.",
    "{No hurry|Not urgent}, {but soon|though it should be this week|whenever you can}.",
    "{I will|Will} {ask|check with} {$mate|$official|the clerk} {$when|and report back}.",
    "{See|Look at} $paper_part{, bottom| again|, it's all there}.",
    ("If {that's|this is} {true|right}, {we need a new leaflet|the vote is open again|it "
     "changes $problem|tell $outlet}."),
    ("{Nobody|No one} {in town|at $body} {seems to mind|has noticed yet|wants to say it "
     "aloud}."),
    ("{Same|The same} as {in $year|at Dunmere|with the lock at Osk}, {only dearer|more or "
     "less|if you ask me}."),
    "{Or|Or maybe} {I misread it|it's me|I need new glasses|they count differently}.",
    "{Not|It is not} for {publication|outside|the main account} {yet|please|before $date}.",
    "{Just|I only} {thinking aloud|asking|passing it on|repeat what I heard}.",
    ("{Source|That is from} {a person who sat there|the minutes|two different people|the "
     "lady at the counter}."),
    "{We|We should} {talk about it|decide} {$when|at the meeting|when $mate is back}.",
    ("{And|And then} there's {$problem|the ferry|the matter of $paper|the bill}, {as "
     "always|which nobody mentions|don't forget}."),
    ("{I have|Got} it {in writing|on paper|from $mate|on my phone}{, more or less|, dated "
     "$olddate|}."),
    ("{Funny|Strange} {timing|how that works|coincidence}, {isn't it|one week before the "
     "vote|again}."),
    "{The rest|More} {by phone|$when|in person|after work}.",
    "{Could|Can} {someone|$mate} {look into it|confirm|take over from here}?",
    ("{At least|Well, at least} {it's dry|they answered|we know now|nobody shouted|the "
     "date is fixed}."),
    "{That|It} would be {the third time|a first|too easy|good news for once}.",
    "{Sorry|Apologies} {if that was known|for the length|for being blunt|, typing fast}.",
    "{For|That is for} {the record|the file|the archive|later}.",
    "{I may|I might} be wrong{, I was once| about the date| but I don't think so|}.",
    ("{It took|Took} me {an hour|$n hours|all evening} {to find|and a pot of tea|to type "
     "this}."),
    "{You|They} {never know|can't make it up|must see the drawing|should have been there}.",
    "Let me {know|sleep on it|see what $mate says} {anyway|first|please}.",
    "{The|Their} {deadline|clock} is {running|$date|tight|theirs, not ours}.",
    ("{Ask|Try} {the harbour office|$group|the museum|Nils}, {they keep everything|not "
     "me|they know}."),
};

const struct bank bank_general[GENERALS] = {
    [AGREE] = BANK(agrees),   [DOUBT] = BANK(doubts),     [SHORT] = BANK(shorts),
    [CLOSE] = BANK(closes),   [GREET] = BANK(greets),     [LINKED] = BANK(linkeds),
    [PASTED] = BANK(pasteds), [FOREIGN] = BANK(foreigns), [TAIL] = BANK(tails),
};
