#!/bin/sh
# stet verify: one quotation and lists of them. The verdicts themselves are tested in
# tests/unit/test_verdict.c and, on many quotations, in tests/measure.sh.
. "$(dirname "$0")/../lib.sh"

"$STET" import --quiet -a archive.stet "$TOP/corpus/sample/release.txt" || exit 2

t_exit "a quotation that stands" 0 "$STET" verify 'the lirra keeps its own minutes'
t_like "says so" '^VERBATIM: ' "$(cat "$TMP/out")"
t_like "with the message it comes from" 'from +weir dreams, 2016-04-19 21:07:45' "$(cat "$TMP/out")"
t_like "and what was searched" 'Compared with 11,037 messages' "$(cat "$TMP/out")"

t_exit "a dropped negation" 1 "$STET" verify 'We do have a source inside Corvane'
t_like "is altered" '^ALTERED: a negation' "$(cat "$TMP/out")"
t_exit "another speaker" 1 "$STET" verify 'paper tigers' --by kelp
t_like "is told" 'somebody else wrote it' "$(cat "$TMP/out")"
t_exit "a date that agrees" 0 "$STET" verify 'paper tigers' --on 'september 2017'
t_exit "a date that does not" 1 "$STET" verify 'paper tigers' --on 2016
t_exit "a date that is none" 2 "$STET" verify 'paper tigers' --on 'once upon a time'
t_exit "nothing to verify" 2 "$STET" verify
t_like "says what to give" 'Give a quotation' "$(cat "$TMP/err")"
t_exit "a conversation that does not exist" 2 "$STET" verify 'paper tigers' --in elsewhere
t_exit "a zone that does not exist" 2 "$STET" verify 'paper tigers' --tz Mars/Olympus

printf '%s\n' 'paper tigers' '' '“the boreholes form a quincunx”' >list.txt
t_exit "a list, all of it standing" 0 "$STET" verify --file list.txt
t_like "is summed up" '^2 quotations: 2 stand, 0 do not' "$(cat "$TMP/out")"
t_exit "the same from standard input" 0 sh -c '"$STET" verify - <list.txt'

cat >list.jsonl <<'EOF'
{"quote": "paper tigers", "by": "tern", "on": "2017-09-05"}
{"quote": "paper tigers", "by": "kelp"}
{"quote": ""}
this is no object but a quotation
{"quote": "paper tigers", "on": "once upon a time"}
EOF
t_exit "a list with claims and a bad line" 2 "$STET" verify --json --file list.jsonl
t_eq "judges all the others" 4 "$(grep -c '"type":"verdict"' "$TMP/out")"
t_like "names the bad line" 'line 3: ' "$(cat "$TMP/err")"
t_eq "keeps claims apart" 1 "$(grep -c '"stands":true' "$TMP/out")"
t_like "and does not pass over a date that it cannot read" 'date-unverifiable' "$(cat "$TMP/out")"

"$STET" verify --json 'the retainer is 46,800 crowns' >one.json
"$STET" verify --json 'the retainer is 46,800 crowns' >two.json
t_ok "the same question gets the same bytes" cmp one.json two.json
for field in verdict stands flags messages differences searched others; do
    t_like "JSON has $field" "\"$field\":" "$(cat one.json)"
done

LONG=$(printf 'word %.0s' $(seq 2000))
t_exit "a quotation that is too long" 2 "$STET" verify "$LONG"
t_like "is refused with the limit" 'at most 8192' "$(cat "$TMP/err")"
t_exit "markup and control characters are harmless" 1 "$STET" verify "$(printf '\033]0;x\007<b>nothing of this</b>')"
t_eq "and do not reach the terminal" 0 "$(grep -c "$(printf '\033')" "$TMP/out")"
t_done
