#!/bin/sh
# stet graph and stet watch: tables, files, one edge; the same every time.
. "$(dirname "$0")/../lib.sh"

cat > pit.txt <<'TXT'
[2016-03-01 09:00:00] <noll> the lignite mine of Varnholm closes in may
[2016-03-01 09:10:00] <tern> says who?
[2016-03-01 09:10:00] <kelp> @noll which mine?
[2016-04-01 09:00:00] <"Ines" & <co> Moll will deny it
[2016-04-01 09:05:00] <noll> Moll denies everything. Mr Móll, I mean
TXT
export STET_ARCHIVE="$TMP/pit.stet"
t_ok "an archive" "$STET" import -q pit.txt
t_ok "a graph" "$STET" graph
t_like "its people" '^noll +2 ' "$(cat out)"
t_like "what edges are made of" '^kelp +noll +2\.3 +mention 1, turn 1, copresence 1' "$(cat out)"
t_like "a query narrows it" 'from 2 messages' "$("$STET" graph during:2016-04)"
t_exit "no edge, no graph" 1 "$STET" graph 'from:kelp from:tern'
t_like "weights can be set" '^kelp +noll +4\.0 +mention 1' \
    "$("$STET" graph --weights mention=4,turn=0,copresence=0)"
t_exit "a weight that is none" 2 "$STET" graph --weights love=3
t_exit "a query that is none" 2 "$STET" graph 'from:nobody'
t_ok "an edge" "$STET" graph --edge kelp noll
t_like "lists its messages" '3 +2016-03-01 09:10:00 +kelp +mention .*which mine' "$(cat out)"
t_like "and adds up" '^3 ties, together 2\.3' "$(cat out)"
t_like "periods" '^2016-04 +2 ' "$("$STET" graph --per month)"
t_exit "a picture of several periods" 2 "$STET" graph --per month --format svg

for format in svg graphml gexf dot csv json; do
    t_ok "$format into a file" "$STET" graph --format $format -o graph.$format
    "$STET" graph --format $format > again
    t_ok "$format: the same again" cmp graph.$format again
    t_eq "$format: for its owner only" 600 "$(stat -c %a graph.$format)"
done
t_like "XML is escaped" '&quot;Ines&quot; &amp; &lt;co' "$(cat graph.graphml)"
t_like "in the picture too" '&quot;Ines&quot; &amp; &lt;co' "$(cat graph.svg)"
t_like "the picture has a title" '<title id="title">Who is near whom' "$(cat graph.svg)"
t_like "and a description" '<desc id="desc">4 of 4 people' "$(cat graph.svg)"
t_eq "and nothing from elsewhere" 1 "$(grep -o 'http[^"]*' graph.svg | sort -u | wc -l | tr -d ' ')"
t_like "GEXF has times" 'start="2016-03-01T09:10:00" end="2016-03-01T09:10:00"' "$(cat graph.gexf)"
t_like "CSV has a line an edge" '^,"kelp","noll",2\.2' "$(cat graph.csv)"
if command -v python3 > /dev/null 2>&1; then
    t_ok "what is XML can be read as such" python3 -c '
import xml.dom.minidom, json
for f in ("graph.svg", "graph.graphml", "graph.gexf"): xml.dom.minidom.parse(f)
json.load(open("graph.json"))'
else
    t_skip "what is XML can be read as such" "no python3"
fi

# ---- watch
printf '# who\nMoll; Councillor\nVarnholm\nNobody Here\n' > names.txt
t_ok "a list of names" "$STET" watch names.txt
t_like "how often" '^Moll  2 messages, 2016-04-01' "$(cat out)"
t_like "by whom" 'by +noll 1, "Ines" & <co 1' "$(cat out)"
t_like "with citations" 'cite +2016-04-01T09:00:00/[0-9a-f-]+ +2016-04-01T09:05:00/' "$(cat out)"
t_like "also who is not there" '^Nobody Here  0 messages' "$(cat out)"
t_like "a table for spreadsheets" '^"Varnholm","",1,"noll","",1,2016-03-01 09:00:00' \
    "$("$STET" watch names.txt --format csv)"
t_like "transliterations are visible" 'Молл \(Cyrillic\) 0' "$("$STET" watch names.txt --transliterate)"
t_eq "JSON, a line a name" 3 "$("$STET" watch names.txt --json | wc -l | tr -d ' ')"
t_exit "nobody of a list is there" 1 sh -c 'echo Nobody | "$STET" watch -'
t_exit "a list without names" 2 sh -c 'echo "#" | "$STET" watch -'
t_exit "a name without words" 2 sh -c 'echo "..." | "$STET" watch -'
t_like "and its line" 'line 1 of the list' "$(cat err)"

# ---- the real thing
release=$SHARED/data/task-force-dm/release.txt
if [ -n "$SHARED" ] && [ -e "$release" ]; then
    "$STET" import -q -a real.stet "$release"
    begin=$(date +%s%N)
    t_ok "a graph of a real release" "$STET" graph -a real.stet -q
    took=$((($(date +%s%N) - begin) / 1000000))
    echo "# $took ms"
else
    t_skip "a graph of a real release" "no ../shared"
fi
t_done
