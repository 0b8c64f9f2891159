/* Weather, tides, fog, ice. */
#include "phrases.h"

static const char *const opens[] = {
    "Wind: $wind{, glass falling|, sea like a plate|, and rain since $clock}.",
    ("{Fog|Thick fog} on the {river|bar}. {Cannot see the Pilot Tower|You can hear $bird "
     "but not see them}."),
    ("{Spring tide|Big springs} $when: {high water $clock|over the steps at $place|bring "
     "boots}."),
    "{Ice|Thin ice} {in the old harbour|on the upper river} {this morning|again}.",
    ("{What a|Such a} {sky|morning|mess}: {double rainbow over $place|hail on the "
     "deck|everything dripping}."),
    ("{Forecast|The forecast} {says|gives} {$n Beaufort|gales|a quiet week}. {We shall "
     "see|I do not believe it}."),
    ("{Lowest|The lowest} {water|ebb} {of the year|since I came here}: {you can walk to "
     "Hern Island|the old piles are showing}."),
};

static const char *const details[] = {
    ("{Gusts|A gust} took {the stall roof|$n slates|the Heron's sign}, {nobody below|it "
     "now floats to Osk}."),
    "Gauge at $place {reads|shows} {$n.$n m|$nn cm over}, {still rising|falling now}.",
    ("{The surge|It} {came|is} {$nn minutes early|half a metre over the table}, {no "
     "warning from $body|as in $year}."),
    ("{Leaflets|The posters} {are soaked|blew away} {at $place|all over Withy Lane}. "
     "{Lamination next time|Collected $nn}."),
    "{Took|I took} the {reading|pictures} at {$clock|low water}, {cold hands|in my slippers}.",
    ("{Barometer|The glass}: {$nnn|down $nn since breakfast}. {Tie things down|Put the "
     "bins in}."),
    ("{River|The river} is {brown|milky} and {loud|carrying trees}, {from all that rain "
     "upriver|Osk must be full}."),
    "{Sun|A bit of sun} now, {$bird on the rail|everyone on the quay}.",
    ("{You could|One could} {hear|smell} {the sea|the mud} {in Lantern Street|all the way "
     "up here}."),
};

static const char *const asks[] = {
    "{Does it|Will it} {hold|clear} until {the weekend|we are done at $place}?",
    "Is {the road to Saltgate|the causeway} {dry|open|passable}?",
    "Did {the gauge|anybody's cellar} {record it|get wet}?",
    "Whose turn is it {to read the gauge|at the gauge} {$when|this week}?",
    "Is that {normal|usual} for {this month|neaps}?",
};

static const char *const answers[] = {
    "{Mine|I do}, {$clock and $clock|after work}.",
    "{Dry|Open}, {just|for small cars}. {Not for long|Mind the bend}.",
    "{Not|No, not} {in my time|since $year}. {Only in $year, and then we had oars|Unusual}.",
    "{Cleared|It clears} {by noon|after the turn}, {it always does|says my knee}.",
    "{Cellar fine|All dry}, {the neighbours less so|thanks for asking}.",
};

static const char *const views[] = {
    ("{Rain|This rain} is for {readers|honest people|eels}. {Good evening for annex "
     "$n|Kettle on}."),
    ("{There is no model|I know no table} that knows {what a westerly does on top of "
     "springs|this river in March}."),
    ("{Weather|The weather} {is|remains} the only {neutral party|member who never misses "
     "a meeting}."),
    "{I love|One must love} this {light|place} {even so|in the rain|at this hour}.",
    ("{Write|Please write} it down{, with the time|: place, time, height}. {It will "
     "matter at the inquiry|Gauges forget}."),
    ("{The town|Varnholm} {forgets|has forgotten} {floods|water} {in three years|between "
     "two summers}."),
    "{Soup weather|Weather for soup} and {annexes|a fire|no meetings}.",
};

const struct bank bank_weather[TOPIC_MOVES] = {
    [OPEN] = BANK(opens),     [DETAIL] = BANK(details), [ASK] = BANK(asks),
    [ANSWER] = BANK(answers), [VIEW] = BANK(views),
};
