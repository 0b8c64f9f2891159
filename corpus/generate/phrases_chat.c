/* What neighbours say when nothing is the matter. */
#include "phrases.h"

static const char *const opens[] = {
    ("{Lost|I lost} {a glove|an umbrella|one earring} {at the meeting|on the ferry}: "
     "{green|with ducks|worth nothing, dear to me}."),
    ("{Three|Four} {kittens|loaves|pumpkins} to give away, {Lantern Street|ask at the "
     "Heron}. {First come|No politics}."),
    "{Anyone|Is anybody} {awake|up}? {I made $food|Cannot sleep}.",
    ("{Off|I am off} {until Monday|for a week}: {mother's birthday|walking, no "
     "signal|roof repair}."),
    ("{Happy birthday|Many happy returns}, {$mate|dear $mate}! {$food $when?|How old, or "
     "is that secret?}"),
    ("{Bike|My bike} {stolen|has a flat} {at $place|again}. {Blue, one bell|Walking, will "
     "be late}."),
    ("{Question|Silly question}: {who can mend a zip|does anybody need a piano|is the "
     "bakery open on Mondays}?"),
    ("{Spent|I spent} the {evening|day} {cooking|in the garden} and {not thinking about "
     "$problem|only twice cursed $firm}."),
    ("{Saw|Did you see} {that film|the match} {everyone talks about|with the lighthouse}? "
     "{Do not tell the end|Bit long}."),
    ("{My|Our} {cat|neighbour's cat} {has eaten|slept on} {annex $n|the agenda|the "
     "petition}. {A statement, I think|Objection noted}."),
    ("{Choir|The choir} {$when|tonight}, {come and hear us|we are not good}, {free "
     "entry|$food after}."),
};

static const char *const details[] = {
    ("{The neighbours|Our neighbours} {practise|play} the {tuba|accordion} {since "
     "$clock|again}. {Same three bars|I have learnt to love it}."),
    ("{Planted|I planted} {beans|a pear tree} {in memory of annex $n|behind the shed}. "
     "{Rooted already|The snails approve}."),
    ("{Dropped|I dropped} {my phone|the keys} {into the harbour|in the soup}. {Low water "
     "helped|Do not ask}."),
    ("{Grandson|My niece} {asked|wants to know} {whether mud has feelings|why we write so "
     "much}. {Good question|No answer yet}."),
    "{It was|Turned out} {lovely|delicious|a disaster}, {thanks to $food|even the dog left}.",
    "{He|The boy} {lost a tooth|starts school $when} and {is very proud|asks what a sill is}.",
    ("{The doctor|Doctor} says {rest|knee, not heart}, {so I read annexes in bed|so no "
     "doors this week}."),
    ("The train was {late again|stuck at Osk|$nn minutes late}, {reading your "
     "messages|with a school class}."),
    ("{I found|Found} {an old photo|a postcard of $year} of $place: {not one car|horses "
     "on the quay}."),
    "{Baked|I baked} {$food|too much}. {Come by|Left some at the Sluice House}.",
    ("{We|The two of us} {walked|cycled} to {Hern Island|Osk} and back, {not one word "
     "about barrages|well, one}."),
    ("{New|Got new} glasses. {Suddenly annex $n makes no sense in high definition|I can "
     "see your typos}."),
    ("{It|The heating} {broke|froze} {in the night|$past}, {typing in gloves|so forgive "
     "spelling}."),
};

static const char *const asks[] = {
    ("Has {anybody|anyone} got {a ladder|jam jars|a map of the islands} {to lend|I could "
     "borrow}?"),
    "{How|So how} is {your mother|the knee|the new job|the baby}?",
    "Does {anybody|anyone} {want|need} {plums|a kitten|half a cheese|a good bicycle pump}?",
    "{Where|So where} do you {all|people} {buy|get} {decent bread|boots}?",
    "{Coming|Are you coming} to {the Heron|$room} {later|for one}?",
    "{What|So what} are you {reading|cooking|singing}?",
};

static const char *const answers[] = {
    ("{In the cellar|On the hook}, {behind the oars|under the flags}. {Take it|Bring it "
     "back dry}."),
    ("{Better|Much better}, {thanks for asking|walks with a stick}. {Sends "
     "regards|Complains about the soup}."),
    "{Yes please.|Me!} {Will bring a bag|After work?}",
    "{Half an hour|Ten minutes}, {order me one|save a chair}.",
    "{Same|Old} {sea stories|detective story}, {third time|the cook did it}.",
    "{Sleeping|Asleep}, {finally|for once}. {We too, soon|Small miracles}.",
};

static const char *const views[] = {
    "Everything looks {better|smaller} {from the ferry|after a nap}.",
    ("{Somebody|One of us} {should|must} {write a cookbook|bring a guitar} {one day|next "
     "time}."),
    "{I like|How I like} {this hour|the quiet} {before the gulls|when the pumps stop}.",
    "{You|You lot} are {impossible|a strange family}. {I would not swap|Good night}.",
    "{We|We all} need {a week off|sleep|a Sunday without annexes}.",
    ("{A group|Any group} that {laughs|eats} together {lasts|wins}. {Somebody said "
     "that|My grandmother}."),
    ("One forgets {why we do this|the view}, {and then the tide turns|until one walks to "
     "the quay}."),
    "{This|It} is {nicer|better} than {television|the council}.",
    ("{Small|The small} things: {$food, dry socks|tea, a good pen}, {$bird at the "
     "window|no mail from lawyers}."),
    "{Sorry|Sorry all}, {bit sentimental tonight|too much $food}.",
};

const struct bank bank_chat[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
