#!/bin/sh
# stet count, first, last, between, never: numbers and what they rest on, on an invented release.
. "$(dirname "$0")/../lib.sh"

cat > pit.txt << 'END'
[2016-03-01 08:00:00] <noll> the ferry to Varnholm is late
[DMConversationEntry] You added tern
[2016-03-01 08:00:18] <tern> the Ferry? again?
[2016-03-02 09:41:07] <noll> permit refused [redacted, third party information]
[2016-03-02 09:42:00] <kelp> ferry, permit, everything
[2016-03-03 10:00:00] <kelp> quiet now
[2016-03-09 10:00:00] <tern> zum Fährhaus
END
"$STET" import -q -a a.stet pit.txt

t_ok "count: of all messages" "$STET" count -a a.stet ferry
t_eq "events are not counted" "3 of 6 messages (50.0%) match ferry." "$(head -n 1 "$TMP/out")"
t_like "and what was searched is said" \
    '^Searched: 6 messages and 1 event, 2016-03-01 08:00:00 to 2016-03-09 10:00:00 \(zone not known\); pit.txt \(SHA-256 '"$(sha256sum pit.txt | cut -c1-12)" \
    "$(cat "$TMP/out")"
t_ok "count: a share" "$STET" count -a a.stet ferry / from:kelp
t_eq "of those that match both" "1 of 2 messages that match from:kelp (50.0%) match ferry." "$(head -n 1 "$TMP/out" | sed 's/matches ferry/match ferry/')"
t_like "the others are told" "^2 more match ferry outside of that" "$(cat "$TMP/out")"
t_like "in JSON" '"type":"count","query":"ferry","of":"from:kelp","count":1,"whole":2,"share":0.500000,"matches_alone":3' \
    "$("$STET" count -a a.stet --json ferry / from:kelp)"
t_ok "a denominator with OR is one query" "$STET" count -a a.stet ferry / from:kelp OR from:tern
t_like "not two" "^2 of 4 messages" "$(cat "$TMP/out")"
t_exit "nothing" 1 "$STET" count -a a.stet submarine
t_eq "is 0%" "0 of 6 messages (0%) match submarine." "$(head -n 1 "$TMP/out")"
t_exit "a query at fault" 2 "$STET" count -a a.stet '(ferry' / from:kelp
t_exit "a denominator at fault" 2 "$STET" count -a a.stet ferry / '(from:kelp'
t_like "is drawn itself" "    \(from:kelp" "$(cat "$TMP/err")"

t_ok "first" "$STET" first -a a.stet permit
t_like "says which of how many" "^The first of 2 messages that match permit: 2016-03-02 09:41:07, by noll. Stet 2016-03-02T09:41:07/" "$(cat "$TMP/out")"
t_ok "last" "$STET" last -a a.stet permit
t_like "says so too" "^The last of 2 messages that match permit: 2016-03-02 09:42:00, by kelp" "$(cat "$TMP/out")"
t_exit "the first of nothing" 1 "$STET" first -a a.stet submarine
t_exit "what matches has no time" 1 "$STET" first -a a.stet is:event
t_like "and that is said" "^What matches has no time" "$(cat "$TMP/out")"

row() { "$STET" search -a a.stet --json "$1" | sed -n 's/.*"id":\([0-9]*\),.*/\1/p' | head -n 1; }
ferry=$(row late) again=$(row again) refused=$(row refused)
t_ok "between" "$STET" between -a a.stet "$ferry" "$again"
t_like "eighteen seconds later" "^came 18 s after noll, 2016-03-01 08:00:00" "$(cat "$TMP/out")"
t_like "the other way round it is before" "^came 18 s before tern" "$("$STET" between -a a.stet "$again" "$ferry")"
t_ok "over a night" "$STET" between -a a.stet "$ferry" "$refused"
t_like "with all its seconds" "^came 25 h 41 min|^came 1 day 1 h \(92,467 s\) after" "$(cat "$TMP/out")"
t_like "with what stands in between" "In between, in their conversation: 1 message by 1 person" "$(cat "$TMP/out")"
t_like "a clock without a zone may have been changed" "its zone is not known. If it was changed in between" "$(cat "$TMP/out")"
t_like "JSON" '"interval_ms":92467000,"by":"clock","ambiguous":false' "$("$STET" between -a a.stet --json "$ferry" "$refused")"
t_exit "an event without a time" 2 "$STET" between -a a.stet "$ferry" "$(row is:event)"

t_ok "never" "$STET" never -a a.stet submarine
t_like "says what matched nothing" "^Nothing matches submarine" "$(cat "$TMP/out")"
t_like "what no search sees: redactions" "1 message in which the publisher took something out" "$(cat "$TMP/out")"
t_like "and formats that mark nothing as deleted" "1 source marks no message as deleted" "$(cat "$TMP/out")"
t_like "and how words were compared" "whatever their case" "$(cat "$TMP/out")"
t_ok "an exact query" "$STET" never -a a.stet +FERRY
t_like "is called so" "compared exactly" "$(cat "$TMP/out")"
t_exit "never is wrong" 1 "$STET" never -a a.stet fahrhaus
t_like "and the hits are shown" "zum Fährhaus" "$(cat "$TMP/out")"
t_like "and counted" '^"Never" is wrong: 1 message matches fahrhaus' "$(cat "$TMP/out")"
t_like "JSON: true" '"never":true,"count":0' "$("$STET" never -a a.stet --json submarine)"
t_like "JSON: false, with hits" '"never":false,"count":3.*"hits":\[\{' "$("$STET" never -a a.stet --json ferry)"

printf '[2016-03-02 09:41:07] <noll> good\n[2016-13-02 09:41:08] <noll> no such month\n' > bad.txt
"$STET" import -q -a bad.stet bad.txt
if "$STET" issues -a bad.stet | grep -q error; then
    t_like "records that could not be read are told" "could not be read and w.* not searched" "$("$STET" never -a bad.stet submarine)"
fi
t_done
