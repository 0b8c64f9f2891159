#!/bin/sh
# Times end to end: hours that exist twice or never, epochs in seconds, milliseconds and microseconds in one
# file, before 1970 and after 2100, messages of which only the order is known. Each is searched by date,
# shown, cited, exported and read again.
. "$(dirname "$0")/../lib.sh"

ids() { "$STET" search -a "$1" --json "$2" | sed -n 's/.*"type":"hit".*"id":\([0-9]*\),.*/\1/p' | tr '\n' ' ' | sed 's/ $//'; }
texts() { "$STET" search -a "$1" --json "$2" | sed -n 's/.*"text":"\([^"]*\)".*/\1/p' | tr '\n' ' ' | sed 's/ $//'; }
utc_of() { "$STET" search -a "$1" --json "$2" | sed -n 's/.*"utc":"\([^"]*\)".*/\1/p'; }

# round NAME: exported and read again, every message has its time and citation.
round()
{
    "$STET" export -a "$1.stet" -o "$1.jsonl" > /dev/null
    "$STET" import -q -a "$1-again.stet" "$1.jsonl"
    "$STET" search -a "$1.stet" --json -n 0 'kind:text' | sed -n 's/.*"citation":"\([^"]*\)".*"time":\("[^"]*"\|null\).*/\1 \2/p' | sort > "$1.first"
    "$STET" search -a "$1-again.stet" --json -n 0 'kind:text' | sed -n 's/.*"citation":"\([^"]*\)".*"time":\("[^"]*"\|null\).*/\1 \2/p' | sort > "$1.second"
    t_eq "$1: exported and read again, times and citations are the same" "$(cat "$1.first")" "$(cat "$1.second")"
    t_eq "$1: and there are some" "yes" "$([ -s "$1.first" ] && echo yes)"
}

# ---- a night with an hour twice, a night with an hour never ----
cat > night.txt << 'END'
[2016-03-27 01:59:59] <noll> before
[2016-03-27 02:30:00] <noll> never
[2016-03-27 03:00:00] <noll> after
[2016-10-30 01:59:59] <tern> ahead
[2016-10-30 02:30:00] <tern> twice
[2016-10-30 03:00:00] <tern> behind
END
"$STET" import -q -a night.stet --tz Europe/Copenhagen night.txt
t_eq "an hour that is never and one that is twice are flagged" "never twice" "$(texts night.stet is:ambiguous-time)"
t_eq "before the clocks go forward: one hour ahead of UTC" "2016-03-27T00:59:59Z" "$(utc_of night.stet before)"
t_eq "a second later in UTC: two hours" "2016-03-27T01:00:00Z" "$(utc_of night.stet after)"
t_eq "what is twice is taken as the earlier" "2016-10-30T00:30:00Z" "$(utc_of night.stet twice)"
t_eq "found by the clock as shown" "never" "$(texts night.stet 'during:2016-03-27T02:30')"
t_eq "and by the day" "ahead twice behind" "$(texts night.stet 'during:2016-10-30')"
t_like "shown with a word of it" "02:30:00" "$("$STET" show -a night.stet "$(ids night.stet twice)")"
t_like "cited with a word of it" "this hour exists twice or never" "$("$STET" cite -a night.stet "$(ids night.stet twice)")"
t_like "an interval over it is called uncertain" "may be an hour off" "$("$STET" between -a night.stet "$(ids night.stet ahead)" "$(ids night.stet twice)")"
t_like "an interval in UTC is exact: one second over the change" "^came 1 s after" "$("$STET" between -a night.stet "$(ids night.stet before)" "$(ids night.stet after)")"
round night

# ---- seconds, milliseconds, microseconds in one file ----
cat > epochs.jsonl << 'END'
{"ts":1456911667,"user":"noll","text":"seconds"}
{"ts":1456911668250,"user":"noll","text":"milliseconds"}
{"ts":1456911669500000,"user":"noll","text":"microseconds"}
{"ts":"1456911670.125","user":"noll","text":"fraction"}
END
t_ok "epochs of three sizes" "$STET" import -q -a epochs.stet epochs.jsonl
t_eq "are the same minute" "seconds milliseconds microseconds fraction" "$(texts epochs.stet 'during:2016-03-02T09:41')"
t_eq "to the millisecond" "2016-03-02T09:41:08.250Z" "$(utc_of epochs.stet milliseconds)"
t_like "an interval of milliseconds" "^came 1 s 250 ms|^came 1 s" "$("$STET" between -a epochs.stet 1 2)"
t_like "exactly so in JSON" '"interval_ms":1250,"by":"utc"' "$("$STET" between -a epochs.stet --json 1 2)"
t_like "cited with them" "Stet 2016-03-02T09:41:08.250/" "$("$STET" cite -a epochs.stet 2)"
t_like "and found by that citation" "milliseconds" "$("$STET" show -a epochs.stet "$("$STET" cite -a epochs.stet 2 | sed 's/.*Stet //')")"
round epochs

# ---- before 1970, after 2100 ----
cat > far.txt << 'END'
[1969-07-20 20:17:40] <tern> eagle
[1901-12-13 20:45:51] <tern> telegram
[2138-01-19 03:14:08] <tern> later
[2016-03-02 09:41:07] <tern> now
END
t_ok "far times" "$STET" import -q -a far.stet far.txt
t_eq "are in order" "telegram eagle now later" "$(texts far.stet from:tern)"
t_eq "before 1970 is found by year" "telegram eagle" "$(texts far.stet 'before:1970')"
t_eq "the very day" "eagle" "$(texts far.stet 'during:1969-07-20')"
t_eq "after 2100 too" "later" "$(texts far.stet 'after:2100')"
t_like "cited" "tern, message in .*1969-07-20 20:17:40 .*Stet 1969-07-20T20:17:40/" "$("$STET" cite -a far.stet "$(ids far.stet eagle)")"
t_like "shown in UTC" "1901-12-13T20:45:51Z" "$("$STET" show -a far.stet "$(ids far.stet telegram)")"
t_eq "the first and the last" "1901-12-13 20:45:51 2138-01-19 03:14:08" \
    "$("$STET" first -a far.stet from:tern --json | sed -n 's/.*"message":{[^}]*"time":"\([^"]*\)".*/\1/p') $("$STET" last -a far.stet from:tern --json | sed -n 's/.*"message":{[^}]*"time":"\([^"]*\)".*/\1/p')"
t_ok "the audit agrees" "$STET" audit -a far.stet
round far

# ---- only the order is known ----
cat > order.jsonl << 'END'
{"user":"noll","text":"one"}
{"user":"tern","text":"two"}
{"ts":1456911667,"user":"noll","text":"three"}
{"user":"tern","text":"four"}
END
t_ok "messages without a time" "$STET" import -q -a order.stet --format jsonl --map time=ts,sender=user,text=text order.jsonl
t_eq "stay in order" "one two three four" "$(texts order.stet 'from:noll OR from:tern')"
t_eq "no date finds them" "three" "$(texts order.stet 'after:1900')"
t_eq "they are found as such" "one two four" "$(texts order.stet is:undated)"
t_like "shown without a time" "undated" "$("$STET" show -a order.stet 1)"
t_like "cited as undated" "noll, message in .*, undated: “one”. Stet undated/" "$("$STET" cite -a order.stet 1)"
t_like "and found by that citation" "one" "$("$STET" show -a order.stet "$("$STET" cite -a order.stet 1 | sed 's/.*Stet //')")"
t_eq "BibTeX gives them no year" "0" "$("$STET" cite -a order.stet 1 --format bibtex | grep -c 'year\|date =')"
t_eq "nor does CSL" "0" "$("$STET" cite -a order.stet 1 --format csl-json | grep -c issued)"
t_exit "there is no interval to one" 2 "$STET" between -a order.stet 1 3
t_like "the first says how many it leaves out" "^3 more without a time" "$("$STET" first -a order.stet 'from:noll OR from:tern')"
t_like "gaps lists the stretches" "^Stretches without a time: 2" "$("$STET" gaps -a order.stet)"
round order
t_done
