# Words near each other, similar words, regular expressions, conversations and the clock.

tide NEAR/5 permit
(near 5 (word tide) (word permit))
match NEAR("tide" "permit", 4)

tide w/5 permit
(near 5 (word tide) (word permit))
match NEAR("tide" "permit", 4)

tide ADJ/3 permit
(adj 3 (word tide) (word permit))
match NEAR("tide" "permit", 2) | then tide ADJ/3 permit (text of each message)

tide pre/3 permit
(adj 3 (word tide) (word permit))
match NEAR("tide" "permit", 2) | then tide ADJ/3 permit (text of each message)

"spring tide" NEAR/5 permit
(near 5 (phrase spring tide) (word permit))
match NEAR("spring tide" "permit", 4)

(tide OR ebb) NEAR/2 permit sill
(and (near 2 (or (word tide) (word ebb)) (word permit)) (word sill))
match (NEAR("tide" "permit", 1) OR NEAR("ebb" "permit", 1)) AND "sill"

tide NEAR/5 tide
(near 5 (word tide) (word tide))
match "tide" AND "tide" | then tide NEAR/5 tide (text of each message)

a b NEAR/2 c d
(and (word a) (near 2 (word b) (word c)) (word d))
match "a" AND NEAR("b" "c", 1) AND "d"

"tide ebb sill"~5
(window 5 tide ebb sill)
match NEAR("tide" "ebb" "sill" , 6)

"tide tide"~5
(window 5 tide tide)
match "tide" AND "tide" | then "tide tide"~5 (text of each message)

"tide"~5
(word tide)
match "tide"

/colou?r/
(regex "colou?r")
then /colou?r/ (text of each message)

/colou?r/i
(regex-i "colou?r")
then /colou?r/i (text of each message)

/the spring tide came/
(regex "the spring tide came")
match "spring tide came" * | then /the spring tide came/ (text of each message)

/(ebb|flood) at the sill\./
(regex "(ebb|flood) at the sill\\.")
match "at the sill" | then /(ebb|flood) at the sill\./ (text of each message)

thread:{from:tern permit}
(thread (and (from "tern") (word permit)))
then thread:{from:tern AND permit} (a search of its own)

same:5m{tide}{permit}
(same 300000 (word tide) (word permit))
then same:5m{tide}{permit} (a search of its own)

time:22..4
(time 22:00..04:59)
then time:22:00..04:59 (time columns)

weekday:friday..sun
(weekday fri..sun)
then weekday:fri..sun (time columns)

script:russian
(script "russian")
then script:russian (text of each message)

/var/log
(phrase var log)
match "var log"

the ADJ/4 "tide * comes"
(adj 4 (word the) (phrase tide * comes))
match "the" AND "tide" AND "comes" | then the ADJ/4 "tide * comes" (text of each message)

"16 * the" NEAR/3 "boat*"
(near 3 (phrase 16 * the) (word boat))
match "16" AND "the" AND "boat" | then "16 * the" NEAR/3 "boat*" (text of each message)
