#!/bin/sh
# stet search on the way from many hits to few: facets and their pieces, another zone, a search that is
# stopped.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"
t_import

# Every piece that facets offer keeps just as many as they counted, and leaves them out with a minus.
"$STET" search --json --facets 'planks OR mill OR weir OR café' > facets.txt
tr -d '\r' < facets.txt | sed -nE 's/.*"type":"facet".*"add":"(.*)","count":([0-9]+).*/\2 \1/p' |
    sed 's/\\"/"/g' > pieces.txt
t_like "facets offer pieces" '^[1-9]' "$(wc -l < pieces.txt)"
total=$("$STET" search -c 'planks OR mill OR weir OR café')
while read -r count piece; do
    [ -n "$piece" ] || continue # events have no sender that could be named
    t_eq "with $piece there are as many" "$count" \
        "$("$STET" search -c "(planks OR mill OR weir OR café) $piece")"
    t_eq "with -$piece the others" $((total - count)) \
        "$("$STET" search -c "(planks OR mill OR weir OR café) -$piece")"
done < pieces.txt

# Another zone
t_ok "hits in another zone" "$STET" search 'joiner tz:Asia/Tokyo'
t_like "say so" '^times in Asia/Tokyo, not as shown in the source$' "$(cat "$TMP/out")"
t_like "and have its time" '^  2016-03-02 07:40:10  ada' "$(cat "$TMP/out")"
t_like "and day" '^1 message, 2016-03-02$' "$(cat "$TMP/out")"
t_eq "days are meant in it" 1 "$("$STET" search -c 'joiner on:2016-03-02 tz:Asia/Tokyo')"
t_eq "and only in it" 0 "$("$STET" search -c 'joiner on:2016-03-02')"
t_ok "JSON has both times" "$STET" search --json 'joiner tz:Asia/Tokyo' -C 1
t_like "of the hit" '"time":"2016-03-01 22:40:10".*"zone_time":"2016-03-02 07:40:10"' "$(cat "$TMP/out")"
t_like "of its neighbours" '"before":\[.*"zone_time":"2016-03-02 07:16:48"' "$(cat "$TMP/out")"
t_like "and names the zone" '"zone":"Asia/Tokyo"' "$(cat "$TMP/out")"
t_like "citations keep the time as shown" '"citation":"2016-03-01T22:40:10/' "$(cat "$TMP/out")"
t_ok "without a zone" "$STET" search --json 'joiner'
t_eq "JSON says nothing of zones" "" "$(grep -o '"zone[^,]*' "$TMP/out")"
t_ok "the time line" "$STET" timeline --by day 'joiner tz:Asia/Tokyo'
t_like "is in the zone, too" '^2016-03-02 +1 ' "$(cat "$TMP/out")"
t_like "and says so" 'times in Asia/Tokyo$' "$(cat "$TMP/out")"
t_exit "a zone under NOT" 2 "$STET" search 'joiner -tz:Asia/Tokyo'

# A deadline. The pattern is one that takes long for each message.
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "[2016-03-01 %02d:%02d:%02d] <ada> %s %d\n",
    i / 3600, i / 60 % 60, i % 60, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", i }' > long.txt
"$STET" import --quiet -a long.stet long.txt
t_exit "a search that is stopped" 2 "$STET" search -a long.stet --timeout 0.3 -n 1 '/a.*a.*a.*a.*a[^a]*a.*[13579]$/'
t_like "says how far it came" '^stet: stopped after [0-9.]+ s: [0-9,]+ of 60,000 messages were looked through; there are at least ' \
    "$(cat "$TMP/err")"
t_exit "its count is a lower bound" 2 "$STET" search -a long.stet --timeout 0.3 --json -n 1 '/a.*a.*a.*a.*a[^a]*a.*[13579]$/'
t_like "in JSON, too" '"partial":true,"looked_through":[0-9]+,"of":60000' "$(cat "$TMP/out")"
t_ok "one with time enough" "$STET" search -a long.stet --timeout 60 -c 'from:ada /a 1234[0-9]$/'
t_eq "is complete" 10 "$(cat "$TMP/out")"
t_exit "a time that is none" 2 "$STET" search --timeout soon planks
t_exit "no time" 2 "$STET" search --timeout 0 planks
t_done
