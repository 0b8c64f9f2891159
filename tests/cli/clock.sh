#!/bin/sh
# stet clock: an invented release whose links hold planted ids, in a zone that only they can tell; applying
# it and taking it back; and the real release, if it is here.
. "$(dirname "$0")/../lib.sh"

# link SECONDS: the address of a post made at that time.
link()
{
    echo "https://twitter.com/radiobrackwater/status/$((($1 * 1000 - 1288834974657) << 22))"
}

# line ZONE SECONDS SENDER TEXT: a line of a release whose clock keeps that zone.
line()
{
    echo "[$(TZ=$1 date -d "@$2" '+%Y-%m-%d %H:%M:%S')] <$3> $4"
}

# release ZONE FIRST: a year from that second on; a post every twenty-nine hours, passed on after 40 seconds.
release()
{
    i=0
    while [ $i -lt 300 ]; do
        post=$(($2 + i * 105189))
        line "$1" $((post + 40)) "$([ $((i % 2)) = 0 ] && echo noll || echo tern)" "[Tweet] $(link $post) number $i"
        i=$((i + 1))
    done
}

start=$(TZ=UTC date -d '2016-01-10 12:00:00' +%s)
release America/New_York "$start" > east.txt
t_ok "an invented release" "$STET" import -a east.stet east.txt

t_ok "its zone is decided" "$STET" clock -a east.stet
t_like "and named as people know it" "^The stamps keep US Eastern \(America/New_York" "$(cat "$TMP/out")"
t_like "with the evidence counted" "300  linked post" "$(cat "$TMP/out")"
t_like "with the spring shift" "2016-03-13 02:00:00  clocks go forward, UTC-05:00 to UTC-04:00" "$(cat "$TMP/out")"
t_like "with the autumn shift" "2016-11-06 02:00:00  clocks go back, UTC-04:00 to UTC-05:00" "$(cat "$TMP/out")"
t_like "an hour further west is too late" "US Central.*too late" "$(cat "$TMP/out")"

"$STET" clock -a east.stet --json > zones.json
t_eq "one zone fits" "America/New_York" \
    "$(grep '"fate":"fits"' zones.json | sed 's/.*"name":"\([^"]*\)".*/\1/')"
t_eq "none is left open" "0" "$(grep -c '"fate":"open"' zones.json)"
t_like "the same clock without summer time is not one with it" \
    '"name":"America/(Bogota|Lima|Panama)".*"fate":"(late|contradicted)"' "$(cat zones.json)"
t_like "London is contradicted by each message" \
    '"name":"Europe/London".*"fate":"contradicted","contradictions":300,' "$(cat zones.json)"
t_like "the freshest link is 40 seconds old" '"name":"America/New_York".*"margin_ms":40000,' \
    "$(cat zones.json)"

# ---- applying ----
"$STET" export -a east.stet > before.jsonl
"$STET" cite -a east.stet 1 150 300 > before.cite
t_ok "applying it" "$STET" clock -a east.stet --apply
t_like "says how many, and how to take it back" "300 messages of 1 source .* America/New_York.*--revert" \
    "$(tr '\n' ' ' < "$TMP/out")"
t_like "info shows it as inferred" "America/New_York \(in the zone inferred" "$("$STET" info -a east.stet)"
t_like "sources too" "America/New_York \(inferred" "$("$STET" sources -a east.stet)"
t_like "a winter message is five hours behind UTC" "07:00:40 as shown = 2016-01-10T12:00:40Z \(in the zone inferred" \
    "$("$STET" show -a east.stet 1)"
t_eq "citations stay but for what is said of the zone" \
    "$(sed 's/zone not known/ZONE/' before.cite)" \
    "$("$STET" cite -a east.stet 1 150 300 | sed 's/[0-9:. -]* UTC; zone inferred from the messages/ZONE/')"
t_like "times as shown are searched as before" "^$("$STET" search -a east.stet -c 'during:2016-07')\$" \
    "$(grep -c '^\[2016-07' east.txt)"
t_ok "the audit proves UTC in that zone" "$STET" audit -a east.stet
"$STET" clock -a east.stet --json > again.json
t_eq "looking again finds the same" "$(grep '"type":"zone"' zones.json)" "$(grep '"type":"zone"' again.json)"
t_exit "both at once is wrong" 2 "$STET" clock -a east.stet --apply --revert
t_ok "taking it back" "$STET" clock -a east.stet --revert
t_eq "leaves everything as it was" "" "$("$STET" export -a east.stet | cmp - before.jsonl 2>&1)"
t_exit "once" 2 "$STET" clock -a east.stet --revert
t_ok "and the archive is sound" "$STET" audit -a east.stet

# ---- what does not decide ----
sed 's|https://[^ ]*|https://tides.example.org/|' east.txt > plain.txt
"$STET" import -q -a plain.stet plain.txt
t_exit "without ids nothing is decided" 1 "$STET" clock -a plain.stet
t_like "and that is said" "Nothing in these messages tells" "$(cat "$TMP/out")"
t_exit "nor applied" 2 "$STET" clock -a plain.stet --apply

{
    cat east.txt
    line America/New_York $((start + 40000000)) noll "$(link $((start + 40000000 + 3600)))"
} > moved.txt
"$STET" import -q -a moved.stet moved.txt
t_exit "one message whose stamp runs before its link" 1 "$STET" clock -a moved.stet
t_like "spoils no verdict: the zone that is right but for it is named" \
    "No zone fits every message. The least is against US Eastern" "$(cat "$TMP/out")"
t_like "and it is shown" "1 of 301 pieces of evidence, above all message 301, shown at" "$(cat "$TMP/out")"

{
    cat east.txt
    line America/New_York $((start + 40000000)) noll "$(link $((start + 90000000)))"
} > odd.txt
"$STET" import -q -a odd.stet odd.txt
t_ok "an id from the far future is put aside" "$STET" clock -a odd.stet
t_like "and told" "1  put aside: .* message 301" "$(cat "$TMP/out")"

# ---- kinds of ids ----
post=$start
{
    i=0
    while [ $i -lt 25 ]; do
        line America/New_York $((post + i * 90000 + 5)) noll "$(link $((post + i * 90000)))$(link $((post + i * 90000 - 50)))"
        i=$((i + 1))
    done
    echo "[2017-12-13 06:52:50] <tern> https://pbs.twimg.com/media/DQ7Kz-mWkAEv3aB.jpg"
    id=$(((post * 1000 - 1288834974657) << 22))
    line America/New_York $((post + 9)) tern "https://ton.twitter.com/1.1/ton/data/dm/$id/$((id + 7))/Xy.jpg"
    line America/New_York $((post + 12)) tern "https://video.twimg.com/ext_tw_video/$id/pu/vid/1.mp4"
    line America/New_York $((post + 15)) tern "https://cdn.discordapp.com/attachments/111/$(((post * 1000 - 1420070400000) << 22))/plan.pdf"
    line America/New_York $((post + 18)) tern "https://wax.example.org/status/$id and https://notx.com/a/status/$(link 2000000000 | sed 's/.*status.//')"
} > kinds.txt
"$STET" import -q -a kinds.stet kinds.txt
"$STET" clock -a kinds.stet > kinds.out
t_like "posts, also two that are glued to each other" "^ *50  linked post" "$(cat kinds.out)"
t_like "pictures by name, videos and pictures by number" "^ *3  linked picture or video" "$(cat kinds.out)"
t_like "direct messages" "^ *1  direct message in an address" "$(cat kinds.out)"
t_like "Discord" "^ *1  linked Discord message or attachment" "$(cat kinds.out)"
t_eq "nothing else: hosts that only end alike are not looked at" "0" "$(grep -c 'put aside' kinds.out)"
"$STET" import -q -a media.stet --tz UTC kinds.txt
grep 2017-12-13 kinds.txt > media.txt
"$STET" import -q -a media1.stet media.txt
t_like "the name of a picture is a number in base64url" '"id":940912366493011969,"time":"2017-12-13 06:52:50","known_utc":"2017-12-13T11:52:44.135Z"' \
    "$("$STET" clock -a media1.stet --json | grep '"name":"America/New_York"')"
t_exit "one link decides nothing" 1 "$STET" clock -a media1.stet
t_exit "times whose zone was stated need no clock" 0 "$STET" clock -a media.stet
t_like "which is said" "Every time here comes with its zone" "$(cat "$TMP/out")"

# ---- the same words with UTC in another source ----
i=0
while [ $i -lt 30 ]; do
    at=$((start + i * 700000))
    echo "{\"ts\":$at,\"user\":\"noll\",\"text\":\"the pumps of shaft number $i ran all night\"}" >> utc.jsonl
    line Europe/Berlin "$at" noll "the pumps of shaft number $i ran all night" >> naive.txt
    i=$((i + 1))
done
"$STET" import -q -a twins.stet utc.jsonl naive.txt
t_ok "the same words with UTC elsewhere" "$STET" clock -a twins.stet
t_like "are exact evidence" "^ *30  same words with UTC in another source" "$(cat "$TMP/out")"
t_like "and decide" "The stamps keep Central European \\(Europe/Berlin" "$(cat "$TMP/out")"

# ---- two sources, two clocks ----
release Europe/Berlin $((start + 17)) | sed 's/noll/kelp/' > berlin.txt
"$STET" import -q -a two.stet east.txt berlin.txt
t_exit "two clocks are not taken for one" 1 "$STET" clock -a two.stet
t_like "which is said" "The sources keep different clocks" "$(cat "$TMP/out")"
t_like "with the zone of each" "berlin.txt: Europe/Berlin, 300 messages, 300 pieces" "$(cat "$TMP/out")"
t_ok "each by itself does" "$STET" clock -a two.stet --source berlin.txt --apply
t_like "the one that was named is read anew" "Europe/Berlin \(inferred" "$("$STET" sources -a two.stet)"
t_like "the other is not" "none stated at import" "$("$STET" sources -a two.stet)"
t_ok "then the other" "$STET" clock -a two.stet --source east.txt --apply
t_ok "both agree with their sources" "$STET" audit -a two.stet
t_eq "in order of time, seventeen seconds apart" "17 s" \
    "$("$STET" between -a two.stet "$("$STET" search -a two.stet --json 'from:noll "number 0"' | sed -n 's/.*"id":\([0-9]*\).*/\1/p' | head -n 1)" \
        "$("$STET" search -a two.stet --json 'from:kelp "number 0"' | sed -n 's/.*"id":\([0-9]*\).*/\1/p' | head -n 1)" | sed -n 's/^came \(.*\) after.*/\1/p')"
"$STET" import -q -a stated.stet --tz east.txt=America/New_York --tz berlin.txt=Europe/Berlin east.txt berlin.txt
lists() { "$STET" people -a "$1" --json; "$STET" conversations -a "$1" --json; }
t_eq "people and conversations begin and end as if the zones had been stated" \
    "$(lists stated.stet | sed 's/"id":[0-9]*,//' | sort)" "$(lists two.stet | sed 's/"id":[0-9]*,//' | sort)"
order() { "$STET" search -a "$1" --json -n 0 'from:noll OR from:kelp' | sed -n 's/.*"citation":"\([^"]*\)".*/\1/p'; }
t_eq "and everything is found in the same order" "$(order stated.stet)" "$(order two.stet)"
t_exit "no source of that name" 2 "$STET" clock -a two.stet --source nobody.txt

# ---- a daylight-saving night ----
{
    line America/New_York "$(date -d '2016-11-06 05:30:00Z' +%s)" noll "before the clocks went back"
    line America/New_York "$(date -d '2016-11-06 07:30:00Z' +%s)" noll "after they went back"
    echo "[2016-03-13 02:30:00] <noll> a time that never was"
    cat east.txt
} > night.txt
"$STET" import -q -a night.stet night.txt
t_ok "a night with an hour that exists twice" "$STET" clock -a night.stet --apply
t_eq "its messages are flagged" "$(printf '2016-03-13 02:30:00\n2016-11-06 01:08:43\n2016-11-06 01:30:00')" \
    "$("$STET" search -a night.stet --json 'is:ambiguous-time' | sed -n 's/.*"time":"\([^"]*\)".*/\1/p')"
t_ok "and proved" "$STET" audit -a night.stet

# ---- the real release ----
real=$SHARED/data/task-force-dm/release.txt
if [ -z "$SHARED" ] || [ ! -e "$real" ]; then
    t_skip "the real release" "it is not here"
else
    "$STET" import -q -a real.stet "$real"
    "$STET" clock -a real.stet --json > real.json
    t_eq "the real release: one zone fits" "America/Los_Angeles US Pacific" \
        "$(sed -n 's/.*"name":"\([^"]*\)","label":"\([^"]*\)".*"fate":"fits".*/\1 \2/p' real.json)"
    t_eq "none is left open" "0" "$(grep -c '"fate":"open"' real.json)"
    t_like "nothing contradicts it, and the freshest link is seconds old" \
        '"name":"America/Los_Angeles".*"contradictions":0,"margin_ms":-?[0-9]{1,4},' "$(cat real.json)"
    t_ok "it is applied" "$STET" clock -q -a real.stet --apply
    t_ok "and proved" "$STET" audit -a real.stet
fi
t_done
