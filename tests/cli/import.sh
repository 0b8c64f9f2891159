#!/bin/sh
# stet import and stet audit as a user meets them.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"
STET_ARCHIVE=$TMP/a.stet
export STET_ARCHIVE

t_ok "an import" "$STET" import leak.txt
out=$(cat "$TMP/out")
t_like "has a line for the source" '^leak\.txt +release-text +8 messages +1 event +0 issues +[0-9.]+ s$' "$out"
t_like "the independent count" '^9 records found by an independent count, 9 accounted for\. Every byte explained\.$' "$out"
t_like "what was assumed" '^! leak\.txt states no time zone: times are kept as shown and read as UTC \(assumed\)' "$out"
t_like "the archive" "a\.stet: 8 messages, 3 people, 1 conversation, 1 March 2016 - 2 January 2017\$" "$out"
t_ok "the same again" "$STET" import leak.txt
t_like "changes nothing" 'in the archive already' "$(cat "$TMP/out")"

# A second witness
sed '$d' leak.txt > copy.txt
t_ok "another copy of the same messages" "$STET" import copy.txt
t_like "gives witnesses" '8 of them are already here: one witness more for each' "$(cat "$TMP/out")"
t_eq "and no second message" 8 "$("$STET" info --json | sed 's/.*"messages":\([0-9]*\).*/\1/')"

# Failures
head -c 3000 /dev/urandom > noise.bin
t_exit "what nobody reads" 2 "$STET" import -a none.stet noise.bin
t_like "is named" '^noise\.bin +not imported' "$(cat "$TMP/out" "$TMP/err")"
t_exit "one bad file beside a good one" 1 "$STET" import -a b.stet noise.bin leak.txt
t_like "does not stop it" '^leak\.txt +release-text +8 messages' "$(cat "$TMP/out")"
t_exit "a file that is not there" 2 "$STET" import -a c.stet nowhere.txt
t_exit "an unknown format" 2 "$STET" import -a c.stet --format nosuch leak.txt
t_exit "an unknown zone" 2 "$STET" import -a c.stet --tz Europe/Berlim leak.txt
t_like "has a suggestion" 'Europe/Berlin' "$(cat "$TMP/err" "$TMP/out")"

# A stated zone
t_ok "a stated zone" "$STET" import -a z.stet --tz America/New_York leak.txt
t_eq "nothing is assumed" "" "$(grep assumed "$TMP/out")"
t_like "and decides the instant" '"time":"2016-05-10 19:30:00".*"utc":"2016-05-10T23:30:00Z","basis":"stated"' \
    "$("$STET" search -a z.stet --json oak)"

# Standard input, JSON, quiet
t_ok "standard input" sh -c '"$STET" import -a s.stet - < leak.txt'
t_ok "JSON" "$STET" import -a j.stet --json leak.txt
t_like "a line for the source" '"type":"source","name":"leak.txt","state":"stored","format":"release-text","messages":8,"events":1' "$(cat "$TMP/out")"
t_like "and a total" '"type":"total","stored":1.*"counted":9' "$(cat "$TMP/out")"
t_ok "quiet" "$STET" import -a q.stet --quiet leak.txt
t_eq "is silent" "" "$(cat "$TMP/out" "$TMP/err")"

# Audit
t_ok "an audit" "$STET" audit -a z.stet
t_like "agrees" '^9 records re-read from 1 source: every text, time, sender and hash agrees\. Index: agrees\. [0-9.]+ s$' "$(cat "$TMP/out")"
cp leak.txt kept.txt
sed -i 's/twelve/eleven/' leak.txt
t_exit "a source that changed" 1 "$STET" audit -a z.stet
t_like "is found" '^!' "$(cat "$TMP/out")"
t_exit "also in JSON" 1 "$STET" audit -a z.stet --json
t_like "says that it does not agree" '"type":"audit",.*"agrees":false' "$(cat "$TMP/out")"
rm leak.txt
t_exit "a source that is gone" 1 "$STET" audit -a z.stet
t_exit "no archive" 2 "$STET" audit -a none.stet

# Ctrl-C
awk 'BEGIN { for (i = 0; i < 400000; i++) printf "[2016-%02d-%02d %02d:%02d:%02d] <ada> plank %d of the weir, with words enough to keep an import busy\n", i / 40000 + 1, i % 40000 / 2000 + 1, i % 2000 / 100, i % 100 / 2, i % 2 * 30, i }' > long.txt
cp kept.txt leak.txt
"$STET" import -a stop.stet --quiet leak.txt
before=$("$STET" info -a stop.stet --json | sed 's/"size":[0-9]*,//')
"$STET" import -a stop.stet long.txt > stop.out 2> stop.err &
pid=$!
sleep 0.4
kill -INT $pid 2> /dev/null
wait $pid
rc=$?
if grep -q 'accounted for' stop.out; then
    t_skip "an import that is stopped" "it was done before the signal came"
else
    t_eq "an import that is stopped ends with 2" 2 $rc
    t_like "and says so" '^stopped: the archive is as it was$' "$(cat stop.err)"
    t_eq "which is true" "$before" "$("$STET" info -a stop.stet --json | sed 's/"size":[0-9]*,//')"
    t_ok "and an audit agrees" "$STET" audit -a stop.stet
fi
t_done
