#!/bin/sh
# stet people, conversations, sources, issues, formats, info, timeline.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"
t_import

t_ok "people" "$STET" people
t_like "most messages first, with share and span" '^ada +4 messages +50\.0% +2016-03-01 to 2017-01-02$' "$(sed -n 1p "$TMP/out")"
t_like "and their number" '^3 people$' "$(cat "$TMP/out")"
t_ok "people by last message" "$STET" people --sort last
t_like "who fell silent first" '^Cleo ' "$(sed -n 1p "$TMP/out")"
t_ok "people by name" "$STET" people --sort name
t_like "in byte order" '^Cleo ' "$(sed -n 1p "$TMP/out")"
t_ok "people as JSON" "$STET" people --json
t_like "objects of people" '"type":"person".*"name":"ada".*"messages":4' "$(cat "$TMP/out")"

t_ok "conversations" "$STET" conversations
t_like "with messages, events, people, span" '^Weir repair +8 messages +100\.0% +1 event +3 people +2016-03-01 to 2017-01-02$' "$(cat "$TMP/out")"

t_ok "sources" "$STET" sources
t_like "have the hash that sha256sum gives" "^  sha256 +$(sha256sum leak.txt | cut -d' ' -f1)\$" "$(cat "$TMP/out")"
t_like "and their path" "^  path +$TMP/leak\.txt\$" "$(cat "$TMP/out")"
t_ok "issues" "$STET" issues
t_like "none" '^No issues' "$(cat "$TMP/out")"
t_ok "formats" "$STET" formats
t_like "name the format of a release" '^release-text ' "$(cat "$TMP/out")"

t_ok "info" "$STET" info
t_like "one line of facts" "^$TMP/leak\.stet: 8 messages, 3 people, 1 conversation, 1 March 2016 - 2 January 2017\$" "$(cat "$TMP/out")"
t_like "the zone and its basis" '^  zone +UTC \(assumed: the source states no zone\)$' "$(cat "$TMP/out")"
t_ok "info as JSON" "$STET" info --json
t_like "the same" '"messages":8,"events":1,"participants":3,"conversations":1,"sources":1,"issues":0' "$(cat "$TMP/out")"

# Time line
t_ok "a time line" "$STET" timeline --by month
t_like "starts with the first month" '^2016-03 ' "$(sed -n 1p "$TMP/out")"
t_eq "shows silent months" 11 "$(grep -cE '^201[67]-[0-9]{2} ' "$TMP/out")"
t_like "counts" '^2017-01 +2  █' "$(cat "$TMP/out")"
t_ok "of a query" "$STET" timeline --by year planks
t_eq "one year" '2016 2' "$(sed -nE 's/^(20[0-9]+) +([0-9]+) .*/\1 \2/p' "$TMP/out")"
t_exit "of nothing" 1 "$STET" timeline zebra
t_exit "of a query with a mistake" 2 "$STET" timeline '(planks'
t_like "has a caret" '^ +\^' "$(cat "$TMP/err")"
t_eq "counts of the whole and of a query that finds all agree" \
    "$("$STET" timeline --by day --json | grep '"count":[1-9]')" \
    "$("$STET" timeline --by day --json 'weir OR -weir' | grep '"count":[1-9]')"

t_ok "a picture" "$STET" timeline '"<planks>" OR ="a & b" OR oak' --svg out.svg
svg=$(cat out.svg 2> /dev/null)
t_like "has a title, escaped" '<title id="title">Messages found by &quot;&lt;planks&gt;&quot; OR =&quot;a &amp; b&quot; OR oak</title>' "$svg"
t_like "has a description" '<desc id="desc">.*</desc>' "$svg"
t_like "knows dark" 'prefers-color-scheme:dark' "$svg"
t_eq "has no script, no reference" "" "$(grep -E '<script|href|url\(|@import' out.svg)"
t_eq "is for its owner only" 600 "$(stat -c %a out.svg)"
t_eq "leaves nothing else behind" "./out.svg" "$(find . -name "*svg*")"
if command -v xmllint > /dev/null; then
    t_ok "is well-formed" xmllint --noout out.svg
else
    t_skip "is well-formed" "no xmllint"
fi
t_exit "a picture where none can be" 2 "$STET" timeline --svg "$TMP/no/such/out.svg"
t_done
