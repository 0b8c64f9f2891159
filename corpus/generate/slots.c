/* The words that go into the slots: places, papers, people, boats, birds of an invented estuary. */
#include "phrases.h"

static const char *const place[] = {
    "Cinder Quay",      "the Ropewalk", "Netmakers' Hall",     "Gannet Bank",
    "the Sluice House", "Saltgate",     "Marl Steps",          "the Pilot Tower",
    "Brackwater",       "Hern Island",  "the old lock at Osk", "Tollhouse Bridge",
    "the fish market",  "Upper Lirra",  "Lantern Street",      "the slipway",
    "the east mole",    "Withy Lane",   "the customs shed",    "Eelpie Creek",
};
static const char *const room[] = {
    "Netmakers' Hall",  "the back room of the Heron", "the library annex",
    "the rowing club",  "the Sluice House",           "the church hall at Saltgate",
    "Sue's kitchen",    "the ferry waiting room",     "the old customs shed",
    "the music school",
};
static const char *const paper[] = {
    "the application",
    "the environmental statement",
    "the scoping report",
    "annex $n",
    "appendix C",
    "the draft licence",
    "the method statement",
    "the cost plan",
    "the traffic assessment",
    "the navigation study",
    "the dredging plan",
    "the non-technical summary",
    "the revised drawings",
    "the procurement file",
    "the risk register",
    "the letter of comfort",
    "the minutes of $olddate",
    "the concession agreement",
    "the monitoring plan",
    "the second consultation",
};
static const char *const paper_part[] = {
    "page $nn",
    "paragraph $n.$n",
    "table $n",
    "figure $nn",
    "the footnote on page $nn",
    "the last annex",
    "the cover letter",
    "the map on page $nn",
    "section $n",
    "the index",
    "the executive summary",
    "the small print",
    "line $nn of the budget",
};
static const char *const official[] = {
    "Councillor Moll",      "Councillor Arken",      "the mayor",          "the town clerk",
    "Inspector Rehm",       "the licensing officer", "the deputy",         "Councillor Pellow",
    "the Board's chairman", "the harbour office",    "the ministry's man", "the planning officer",
    "Councillor Dray",      "the press office",      "Ms Vantongre",       "the regional engineer",
};
static const char *const body[] = {
    "the Estuary Board",      "the council",
    "the Water Inspectorate", "the planning committee",
    "the ministry",           "the harbour commission",
    "the audit office",       "the Crown Foreshore office",
    "the regional assembly",  "the scrutiny panel",
};
static const char *const firm[] = {
    "Corvane",         "Corvane Tidal",  "Meridaal",           "Meridaal Holding",
    "Pelldrum Survey", "the consortium", "Sund & Reef Credit", "Oskar Hydraulics",
    "the contractor",  "the builder",    "Corvane's parent",   "Brae Dredging",
};
static const char *const outlet[] = {
    "the Echo",
    "the Courier",
    "Radio Brackwater",
    "the Northern Ledger",
    "the Harbour Gazette",
    "the evening news",
    "the students' paper",
    "that podcast",
    "Coast Weekly",
    "the news agency",
};
static const char *const reporter[] = {
    "Orrick",     "the Echo's new man", "the woman from the Ledger",
    "Tessamar",   "their water editor", "the radio lady",
    "Halden Pym", "the freelancer",     "the night editor",
    "the intern",
};
static const char *const part[] = {
    "the turbine hall", "the navigation lock", "the eastern abutment", "the sill",
    "the cofferdam",    "the fish pass",       "the caissons",         "gate $n",
    "the sheet piles",  "the access road",     "the substation",       "the scour apron",
    "the crane base",   "the sluices",
};
static const char *const bird[] = {
    "terns",       "curlews",   "the redshanks", "two oystercatchers", "a heron",     "the dunlin",
    "brent geese", "an avocet", "cormorants",    "the eider",          "a spoonbill", "the swifts",
};
static const char *const boat[] = {
    "the Lady Osk",     "the pilot boat",     "the morning ferry", "Nils's skiff",
    "the survey barge", "the dredger",        "the Two Sisters",   "a coaster",
    "the eel boat",     "the old lightship",  "the tug",           "the Marl Queen",
    "a jack-up rig",    "the Board's launch",
};
static const char *const when[] = {
    "on Monday", "on Tuesday",           "on Wednesday",      "on Thursday",
    "on Friday", "this weekend",         "tomorrow",          "next week",
    "tonight",   "before the holiday",   "by Friday",         "at the end of the month",
    "on $date",  "first thing tomorrow", "after Easter week", "in a fortnight",
};
static const char *const past[] = {
    "yesterday",    "last week",    "on Monday",        "this morning",
    "last night",   "on $olddate",  "a year ago",       "in the spring",
    "two days ago", "before lunch", "over the weekend", "last month",
};
static const char *const tool[] = {
    "the mail server",
    "the submission page",
    "the wiki",
    "the backup",
    "the pad",
    "the mailing list",
    "the VPN",
    "the old laptop",
    "the mirror",
    "the web host",
    "the shared calendar",
    "the router",
    "the certificate",
    "the bridge",
    "the scanner",
};
static const char *const secret[] = {
    "the passphrase",    "the new key",  "the memory stick", "the fingerprint", "the list of names",
    "the original scan", "the metadata", "the draft",        "the raw files",   "the source's mail",
};
static const char *const food[] = {
    "soup",     "smoked eel",      "plum cake",    "rye bread",       "coffee",    "pancakes",
    "fish pie", "ginger biscuits", "a pot of tea", "pickled herring", "dumplings", "apple tart",
};
static const char *const mood[] = {
    "tired",  "relieved", "furious", "quite calm", "hopeful",   "puzzled",
    "unwell", "pleased",  "nervous", "speechless", "sceptical", "late as ever",
};
static const char *const wind[] = {
    "north-westerly",    "westerly",       "south-easterly",   "light airs",
    "a stiff northerly", "gale from west", "a fresh easterly", "no wind at all",
};
static const char *const law[] = {
    "the Foreshore Act",        "section $nn",        "the access to records rules",
    "the habitats rules",       "the licensing code", "article $n",
    "the concession law",       "standing order $nn", "the duty to consult",
    "the tidal waters statute",
};
static const char *const cost[] = {
    "$sum crowns",       "$sum",         "roughly $sum crowns",     "$sum crowns a year",
    "$pct percent more", "another $sum", "$sum crowns, before tax",
};
static const char *const claim[] = {
    "jobs for the whole town",
    "\"negligible\" silting",
    "a fish pass that works",
    "clean power by 2020",
    "no closure of the ferry",
    "a public slipway",
    "\"full transparency\"",
    "a cap on the costs",
    "no dredging in spring",
    "better flood protection",
    "quiet piling",
    "a bird reserve",
};
static const char *const problem[] = {
    "the silt",         "the missing annex", "the ferry berth",  "the fish pass",
    "the flood levels", "the guarantee",     "the piling noise", "the borehole logs",
    "the eel run",      "the lock width",    "the mooring fees", "the datum error",
    "the subcontract",  "the bond",
};
static const char *const thing[] = {
    "the banner",         "the projector",      "the box of leaflets", "the hall key",
    "the folding tables", "the tide gauge",     "the petition sheets", "the urn",
    "the megaphone",      "the spare anchor",   "the poster tube",     "the kitty",
    "the trailer",        "the display boards",
};
static const char *const account[] = {
    "lirrawatch",  "varnholm_echo", "corvanetidal",  "mudlark_seven",  "radiobrackwater",
    "cllr_moll",   "estuaryboard",  "saltgate_sue",  "northledger",    "oskdaily",
    "barrage_fan", "tidewonk_v",    "lirra_upriver", "harbourgazette", "hern_island",
    "zb_estuary",  "ternwrites",    "quaynews_vh",
};
static const char *const handle[] = {"@$account", "@$account", "@$account and @$account"};
static const char *const tag[] = {
    "#Lirra",        "#Varnholm", "#NoBarrage", "#barrage",        "#lowwater",
    "#CorvaneFiles", "#estuary",  "#silt",      "#SaveTheSlipway", "#AskTheBoard",
};
static const char *const slug[] = {
    "barrage-vote-delayed", "silt-survey-questions", "moll-denies-talks",
    "ferry-timetable",      "corvane-half-year",     "eel-count",
    "storm-surge-damage",   "inquiry-opens",         "licence-granted",
    "regatta-protest",      "who-pays-for-the-lock", "harbour-fees",
    "letters-page",         "board-statement",       "flood-map",
    "old-lock-history",     "turbine-supplier",      "annex-published",
    "appeal-hearing",
};
static const char *const host[] = {
    "varnholm-echo.example",    "courier.example",         "estuary-board.example.org",
    "corvane.example.net",      "lirra-watch.example.org", "tides.example.org",
    "radio-brackwater.example", "northern-ledger.example", "records.example.net",
    "pad.example.org",
};
static const char *const url[] = {
    "https://$host/$thisyear/$slug",        "https://www.$host/$slug",
    "https://$host/doc/$nnn$nn.pdf",        "https://$host/$slug?page=$n&view=full",
    "http://$host/news/$nnn$nn/$slug.html", "https://$host/$slug#comment-$nnn",
};
static const char *const group[] = {
    "the anglers",     "the rowing club",      "the shopkeepers", "the ferry crew",
    "the birders",     "the allotment people", "the students",    "the upriver farms",
    "the eel fishers", "the teachers",
};
static const char *const redacted[] = {"[redacted, third party information]"};
static const char *const number[] = {"two", "three", "four", "five", "six", "a dozen", "seven"};

const struct slot slots[SLOTS] = {
    {"place", 1, BANK(place)},       {"room", 1, BANK(room)},
    {"paper", 1, BANK(paper)},       {"paper_part", 0, BANK(paper_part)},
    {"official", 1, BANK(official)}, {"body", 1, BANK(body)},
    {"firm", 1, BANK(firm)},         {"outlet", 1, BANK(outlet)},
    {"reporter", 1, BANK(reporter)}, {"part", 1, BANK(part)},
    {"bird", 0, BANK(bird)},         {"boat", 1, BANK(boat)},
    {"when", 0, BANK(when)},         {"past", 0, BANK(past)},
    {"tool", 1, BANK(tool)},         {"secret", 1, BANK(secret)},
    {"food", 0, BANK(food)},         {"mood", 0, BANK(mood)},
    {"wind", 0, BANK(wind)},         {"law", 1, BANK(law)},
    {"cost", 0, BANK(cost)},         {"claim", 1, BANK(claim)},
    {"problem", 1, BANK(problem)},   {"thing", 1, BANK(thing)},
    {"account", 0, BANK(account)},   {"handle", 0, BANK(handle)},
    {"tag", 0, BANK(tag)},           {"slug", 0, BANK(slug)},
    {"host", 0, BANK(host)},         {"url", 0, BANK(url)},
    {"group", 1, BANK(group)},       {"redacted", 0, BANK(redacted)},
    {"number", 0, BANK(number)},
};
