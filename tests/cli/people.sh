#!/bin/sh
# stet people: joining and splitting, what every output then shows, suggestions, look-alikes, presence.
. "$(dirname "$0")/../lib.sh"

cat > pit.txt <<'TXT'
[2016-03-01 09:00:00] <noll> the lignite mine of Varnholm closes in may
[DMConversationEntry] noll added n0ll
[2016-03-01 09:10:00] <tern> says who?
[2016-03-01 09:12:00] <noll> the council
[2016-03-02 22:00:00] <n0ll> I was told the same
[2016-03-02 22:30:00] <tern> by whom?
[2016-03-03 08:00:00] <kelp> @noll which council?
[DMConversationEntry] tern left
TXT
export STET_ARCHIVE="$TMP/pit.stet"
t_ok "an archive" "$STET" import -q pit.txt

# ---- claims
t_exit "a handle alone is nobody else" 2 "$STET" people noll
t_like "and the way to join it is told" 'stet people join' "$(cat err)"
t_exit "one handle is no join" 2 "$STET" people join noll
t_exit "nor twice the same" 2 "$STET" people join noll noll
t_exit "who is not there cannot be joined" 2 "$STET" people join noll nobody
t_like "with a suggestion" 'nobody here is called "nobody"' "$(cat err)"
t_ok "two handles are one person" "$STET" people join noll n0ll --name 'Ines Rautenberg' \
    --reason 'same turn of phrase' --confidence low
t_like "the claim is shown with reason and confidence" \
    'n0ll +1 message +20[0-9-]+, low: same turn of phrase' "$(cat out)"
t_exit "what is joined cannot be joined again" 2 "$STET" people join noll n0ll
t_eq "by: finds all handles of a person" 3 "$("$STET" search -c 'by:noll')"
t_eq "by the person's name too" 3 "$("$STET" search -c 'by:"ines rautenberg"')"
t_eq "and by the beginning of it" 3 "$("$STET" search -c 'by:ines*')"
t_eq "from: stays the handle" 2 "$("$STET" search -c 'from:noll')"
t_exit "from: knows no person" 2 "$STET" search 'from:"ines rautenberg"'
t_like "a hit shows both" 'noll \(Ines Rautenberg\)' "$("$STET" search council)"
t_like "so does its JSON" '"sender_name":"noll","person":"Ines Rautenberg"' \
    "$("$STET" search --json 'from:noll council')"
t_like "and show" '^person +Ines Rautenberg' "$("$STET" show 1)"
t_like "and a verdict" 'from +n0ll \(Ines Rautenberg\)' "$("$STET" verify 'I was told the same')"
t_like "a quotation may be claimed of the person" 'said of Ines Rautenberg: agrees' \
    "$("$STET" verify 'I was told the same' --by 'Ines Rautenberg')"
"$STET" verify 'I was told the same' --by noll > out
t_like "but a claim about one handle is about that one" 'said of noll: differs' "$(cat out)"
t_like "and the counts by sender" 'noll \(Ines Rautenberg\)' "$("$STET" search --facets council)"
t_like "the list has the person beside the handle" '^noll +Ines Rautenberg +2 messages' "$("$STET" people)"
t_ok "a person can be renamed" "$STET" people rename 'Ines Rautenberg' 'I. R.'
t_eq "and found so" 3 "$("$STET" search -c 'by:"I. R."')"

# ---- taking back
t_ok "undo takes the last claim back" "$STET" undo
t_like "and says which" 'the name "I. R." of a person' "$(cat out)"
t_eq "the old name holds" 3 "$("$STET" search -c 'by:"Ines Rautenberg"')"
t_ok "a handle can be split off" "$STET" people split n0ll
t_eq "then by: is the handle alone" 2 "$("$STET" search -c 'by:noll')"
t_like "the history stays" 'n0ll .*taken back 20[0-9-]+' "$("$STET" people 'Ines Rautenberg')"
t_like "nobody is that person now" 'nobody any more' "$("$STET" people 'Ines Rautenberg')"
t_ok "a split can be undone" "$STET" undo
t_eq "and both are one again" 3 "$("$STET" search -c 'by:n0ll')"
t_ok "so can the join" "$STET" undo
t_eq "as if it had not been" 1 "$("$STET" search -c 'by:n0ll')"
t_exit "with no trace of a person" 2 "$STET" people 'Ines Rautenberg'

# ---- two persons become one
t_ok "first pair" "$STET" people join -q noll n0ll --name A
t_ok "second pair" "$STET" people join -q tern kelp --name B
t_ok "both together" "$STET" people join -q A B
t_eq "hold all four" 6 "$("$STET" search -c 'by:kelp')"
t_ok "undone in one go" "$STET" undo
t_eq "they are two again" 3 "$("$STET" search -c 'by:kelp')"
t_eq "the other as well" 3 "$("$STET" search -c 'by:noll')"
t_ok "an audit finds nothing to blame" "$STET" audit
"$STET" undo > /dev/null; "$STET" undo > /dev/null

# ---- hands
t_ok "an account of several" "$STET" people hands noll two of the press desk write here
t_like "is told with a message" '^hands +two of the press desk' "$("$STET" show 1)"
t_like "and with a quotation" 'hands +two of the press desk' "$("$STET" verify 'the council')"
t_like "and in JSON" '"hands":"two of the press desk write here"' "$("$STET" search --json 'from:noll council')"
t_like "and in the list" '\[two of the press desk write here\]' "$("$STET" people)"
t_ok "an empty note takes it back" "$STET" people hands noll
t_eq "it is gone" "" "$("$STET" people hands)"

# ---- look-alikes
t_ok "a zero for an o" "$STET" people lookalikes
t_like "is found" 'noll .* n0ll .*digits or signs for letters' "$(cat out)"
printf 'Kelp\n@tern\n' > verified.txt
t_ok "against a list" "$STET" people lookalikes --against verified.txt
t_like "only those that are not the listed ones" '^Kelp +verified +kelp +1 message +capitals' "$(cat out)"
t_eq "nobody else" 1 "$(grep -c verified out)"
"$STET" people join -q noll n0ll
t_exit "who is one person is no impostor" 1 "$STET" people lookalikes
"$STET" undo > /dev/null

# ---- presence
t_ok "who was there when" "$STET" people presence
t_like "who was added" 'n0ll +1 +after 2016-03-01 09:00 +2016-03-02 22:00' "$(cat out)"
t_like "who left" 'tern +2 .* after 2016-03-03 08:00' "$(cat out)"
t_ok "one person's hours" "$STET" people presence tern
t_like "in bars" '22:00 +1  █' "$(cat out)"
t_like "and pauses: 10 and 30 minutes" 'answers after 20 min .*median of 2' "$(cat out)"
t_like "as JSON" '"response_median_ms":1200000' "$("$STET" people presence --json tern)"

# ---- suggestions
t_exit "names alone suggest nothing" 1 "$STET" people suggest
mkdir phones
cat > phones/'WhatsApp Chat with pit.txt' <<'TXT'
02/03/2016, 09:41 - +49 170 5550143: the hearing is on tuesday
02/03/2016, 09:42 - tern: then we need the papers
TXT
cat > phones/table.csv <<'TXT'
time,sender,text
2016-03-02T10:00:00Z,0049 (170) 555-0143,are you there
TXT
cat > phones/varnholm.log <<'TXT'
2016-03-01 08:00:01	-->	ines (~ines@pit.example) has joined #varnholm
2016-03-01 08:00:30	ines	good morning
2016-03-01 08:01:00	--	ines is now known as rautenberg
2016-03-01 08:02:00	rautenberg	and good night
TXT
export STET_ARCHIVE="$TMP/phones.stet"
t_ok "a telephone in two exports" "$STET" import -q --date-order dmy phones
t_ok "is a suggestion" "$STET" people suggest
t_like "with the number" 'the same telephone number +\+491705550143' "$(cat out)"
t_like "as is a new name in an event" 'ines +rautenberg +renamed in an event +message [0-9]+: ines is now' "$(cat out)"
t_eq "and nothing else" 2 "$("$STET" people suggest --json | wc -l | tr -d ' ')"
t_done
