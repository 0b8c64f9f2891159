#!/bin/sh
# stet show: provenance that can be checked without us, citations, the source's own bytes.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"
t_import

id=$("$STET" search --json joiner | sed -n 's/.*"type":"hit","id":\([0-9]*\).*/\1/p')
t_ok "a message by its number" "$STET" show "$id"
out=$(cat "$TMP/out")
t_like "its text" 'The sawmill closed; ask the joiner at <b>Mill Lane</b>' "$out"
t_like "both times, and how the instant is known" '^time +2016-03-01 22:40:10 as shown = 2016-03-01T22:40:10Z \(assumed: the source states no zone\)$' "$out"
t_like "its place" '^source +leak\.txt, bytes [0-9]+-[0-9]+, line 4$' "$out"
t_like "its citation" '^cite +2016-03-01T22:40:10/[0-9a-f]{4}-[0-9a-f]{4}$' "$out"

range=$(echo "$out" | sed -n 's/^source .*bytes \([0-9]*\)-\([0-9]*\),.*/\1 \2/p')
sha=$(echo "$out" | sed -n 's/^sha256 *//p')
from=${range% *} to=${range#* }
t_eq "dd and sha256sum prove it without us" "$sha" \
    "$(dd if=leak.txt bs=1 skip="$from" count=$((to - from + 1)) 2> /dev/null | sha256sum | cut -d' ' -f1)"
t_ok "--raw" "$STET" show --raw "$id"
t_eq "gives these bytes" "$sha" "$(sha256sum < "$TMP/out" | cut -d' ' -f1)"

cite=$(echo "$out" | sed -n 's/^cite *//p')
t_ok "a message by its citation" "$STET" show "$cite"
t_eq "is the same" "$out" "$(cat "$TMP/out")"
t_ok "with neighbours" "$STET" show -C 1 "$id"
t_eq "one before and one after" 3 "$(grep -cE '^[> ] [0-9]{4}-' "$TMP/out")"
t_ok "JSON" "$STET" show --json -C 1 "$id"
t_like "has the place as offset and length" '"type":"message".*"at":'"$from"',"length":'$((to - from + 1))',"line":4,"sha256":"'"$sha" "$(cat "$TMP/out")"
t_eq "and its neighbours on lines of their own" '"before" "message" "after"' \
    "$(sed -E 's/.*"type":("[a-z]+").*/\1/' "$TMP/out" | tr '\n' ' ' | sed 's/ $//')"

t_exit "a number too large" 1 "$STET" show 99999
t_exit "a citation of nobody" 1 "$STET" show 2016-03-01T22:40:10/0000-0000
t_exit "nonsense" 1 "$STET" show what

rich=$TOP/corpus/stet-jsonl/everything-that-hangs-on-a-message/input/varnholm.jsonl
t_ok "an archive of messages on which much hangs" "$STET" import -a rich.stet --quiet "$rich"
t_ok "show one" "$STET" show -a rich.stet 1
out=$(cat "$TMP/out")
t_like "what it answers, though that is not here" '^answers +8839, which is not in this archive$' "$out"
t_like "whose words they were" '^forwarded +from Lirra Watch  \(2016-03-01T20:00:00Z\)$' "$out"
t_like "when it was edited" '^edited +2016-03-02T10:00:00' "$out"
t_like "how it was worded before" '^earlier +"see the plan"  \(2016-03-02T08:41:07Z\)$' "$out"
t_like "to whom" '^to +Lirra Watch  desk@lirra\.example$' "$out"
t_like "its files" '^files +pit\.jpg  ' "$out"
t_like "with their hash" '^ +sha256 (0123456789abcdef){4}$' "$out"
t_like "who reacted" '^reactions +👍  noll' "$out"
t_like "and how many unnamed" '^ +like  12 people$' "$out"
t_ok "in JSON" "$STET" show -a rich.stet --json 1
t_like "the same" '"edits":\[\{"text":"see the plan".*"reactions":|"reactions":.*"edits":\[\{"text":"see the plan"' "$(cat "$TMP/out")"

cp leak.txt kept.txt
sed -i 's/joiner/jointr/' leak.txt
t_exit "a changed source is noticed" 2 "$STET" show --raw "$id"
t_like "by its hash" 'SHA-256' "$(cat "$TMP/err")"
rm leak.txt
t_exit "a lost source is named" 2 "$STET" show --raw "$id"
t_like "with its path" "$TMP/leak\.txt" "$(cat "$TMP/err")"
mkfifo leak.txt
t_exit "a source that became a FIFO does not hang us" 2 timeout 10 "$STET" show --raw "$id"
t_done
