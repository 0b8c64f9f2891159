# Fields and their values.

from:tern
(from "tern")
then from:tern (sender column)

FROM:Tern
(from "Tern")
then from:Tern (sender column)

from:"Lirra Watch"
(from "Lirra Watch")
then from:"Lirra Watch" (sender column)

from:“lirra watch”
(from "lirra watch")
then from:"lirra watch" (sender column)

from:'Lirra Watch'
(from "Lirra Watch")
then from:"Lirra Watch" (sender column)

from:lir*
(from "lir" *)
then from:lir* (sender column)

from:"Lirra W"*
(from "Lirra W" *)
then from:"Lirra W"* (sender column)

from:(tern OR kelp)
(or (from "tern") (from "kelp"))
then (from:tern OR from:kelp) (sets of rows combined)

from:(tern OR "Lirra Watch" OR zoë*)
(or (from "tern") (from "Lirra Watch") (from "zoë" *))
then (from:tern OR from:"Lirra Watch" OR from:zoë*) (sets of rows combined)

from:Βασιλική
(from "Βασιλική")
then from:Βασιλική (sender column)

from:ΒΑΣΙΛΙΚΗ
(from "ΒΑΣΙΛΙΚΗ")
then from:ΒΑΣΙΛΙΚΗ (sender column)

from:zoe*
(from "zoe" *)
then from:zoe* (sender column)

from:@tern
(from "@tern")
then from:"@tern" (sender column)

-from:tern
(not (from "tern"))
then NOT from:tern (sender column)

with:tern
(with "tern")
then with:tern (sets of rows combined)

with:"Lirra Watch"
(with "Lirra Watch")
then with:"Lirra Watch" (sets of rows combined)

mentions:tern
(mentions "tern")
match "@tern"

mentions:@Tern
(mentions "@Tern")
match "@tern"

mentions:"Lirra Watch"
(mentions "Lirra Watch")
match "@lirra_watch" OR "@lirrawatch"

mentions:lir*
(mentions "lir" *)
match "@lir" *

in:release
(in "release")
then in:release (conversation column)

source:release.txt
(source "release.txt")
then source:release.txt (source column)

source:release
(source "release")
then source:release (source column)

is:edited
(is edited)
then is:edited (flags column)

is:redacted
(is redacted)
then is:redacted (flags column)

is:event
(is event)
then is:event (flags column)

is:system
(is system)
then is:system (flags column)

is:undated
(is undated)
then is:undated (flags column)

is:duplicate
(is duplicate)
then is:duplicate (another table)

is:ambiguous-time
(is ambiguous-time)
then is:ambiguous-time (flags column)

IS:Redacted
(is redacted)
then is:redacted (flags column)

has:link
(has link)
then has:link (flags column)

has:(link OR emoji)
(or (has link) (has emoji))
then (has:link OR has:emoji) (sets of rows combined)

kind:text
(kind text)
then kind:text (flags column)

kind:event
(kind event)
then kind:event (flags column)

url:example.org
(url "example.org")
match "example org" | then url:example.org (text of each message)

url:https://records.example.net/flood
(url "https://records.example.net/flood")
match "records example net" | then url:https://records.example.net/flood (text of each message)

url:records.example.net
(url "records.example.net")
match "records example net" | then url:records.example.net (text of each message)

id:1
(id "1")
rows 1 to 1 of 11,037

id:99999999
(id "99999999")
rows none of 11,037

len>200
(len > 200)
then len>200 (text of each message)

len<10
(len < 10)
then len<10 (text of each message)

gap>10m
(gap > 600000)
then gap>10m (time and conversation columns)

gap>90s
(gap > 90000)
then gap>90s (time and conversation columns)

gap<1h
(gap < 3600000)
then gap<1h (time and conversation columns)

gap>7d
(gap > 604800000)
then gap>1w (time and conversation columns)

from:tern "paper tigers"
(and (from "tern") (phrase paper tigers))
match "paper tigers" | then from:tern (sender column)

from:tern date:2017 tigers -has:link
(and (from "tern") (date 2017-01-01..2017-12-31) (word tigers) (not (has link)))
match "tigers" | rows 4,132 to 8,417 of 11,037 | then from:tern (sender column) | then date:2017-01-01..2017-12-31 (time columns) | then NOT has:link (flags column)

tern from:tern OR from:kelp
(or (and (word tern) (from "tern")) (from "kelp"))
then (tern AND from:tern OR from:kelp) (sets of rows combined)

tag:checked
(tag "checked")
rows none of 11,037

tag:*
(tag "*")
rows none of 11,037

-tag:"to check"
(not (tag "to check"))
then NOT tag:"to check" (none has it)

note:Ines
(note "Ines")
rows none of 11,037

is:starred has:note
(and (is starred) (has note))
then is:starred (another table) | then has:note (another table)

tz:Europe/Berlin time:22..4 date:2016-03
(and (tz "Europe/Berlin") (time 22:00..04:59) (date 2016-03-01..2016-03-31))
rows 132 to 517 of 11,037 | then time:22:00..04:59 (time columns) | then date:2016-03-01..2016-03-31 (time columns)

(permit tz:Asia/Tokyo) date:2016
(and (word permit) (tz "Asia/Tokyo") (date 2016-01-01..2016-12-31))
match "permit" | rows 1 to 4,135 of 11,037 | then date:2016-01-01..2016-12-31 (time columns)
