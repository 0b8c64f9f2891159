#!/bin/sh
# stet export, and back again with stet import.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"
t_import

t_ok "the whole archive to standard output" "$STET" export
cp "$TMP/out" all.jsonl
t_like "a header that counts" '^\{"stet":1,"type":"export","query":"","records":9\}$' "$(head -n 1 all.jsonl)"
t_eq "a line for each message and event" 9 "$(grep -c '^{"type":"message",' all.jsonl)"
t_eq "nothing of the folders" 0 "$(grep -c "$TMP" all.jsonl)"
t_ok "into a file" "$STET" export -o file.jsonl
t_like "which is told" '^file\.jsonl: 8 messages, 1 event, ' "$(cat "$TMP/out")"
t_eq "the same bytes" "$(sha256sum < all.jsonl)" "$(sha256sum < file.jsonl)"
t_eq "for its owner only" -rw------- "$(ls -l file.jsonl | cut -c1-10)"
t_eq "and nothing beside it" "all.jsonl file.jsonl" "$(ls ./*.jsonl* | sed 's/^..//' | tr '\n' ' ' | sed 's/ $//')"
t_ok "--json" "$STET" export --json -o file.jsonl
t_like "says it in JSON" '"type":"exported","file":"file.jsonl","messages":8,"events":1,"bytes":[0-9]+' "$(cat "$TMP/out")"

t_ok "a part" "$STET" export --format jsonl weir
t_eq "what the query finds" 4 "$(grep -ic '^{"type":"message",.*"text":"[^"]*weir' "$TMP/out")"
t_like "as the header says" '"query":"weir","records":4' "$(head -n 1 "$TMP/out")"
t_exit "nothing found" 1 "$STET" export nothingofthiskind
t_exit "a query that cannot be read" 2 "$STET" export 'from:'
t_exit "a format that is none" 2 "$STET" export --format papyrus
mkdir locked && chmod 500 locked
[ "$(id -u)" -eq 0 ] || t_exit "a folder that may not be written to" 2 "$STET" export -o locked/x.jsonl
t_exit "a folder that is not there" 2 "$STET" export -o gone/x.jsonl

t_ok "back into another archive" "$STET" import -a back.stet --quiet all.jsonl
t_ok "and out again" "$STET" export -a back.stet
sed '/^{"type":"source"/d; s/,"witnesses":.*//' all.jsonl > there.txt
sed '/^{"type":"source"/d; s/,"witnesses":.*//' "$TMP/out" > back.txt
t_eq "nothing is lost but provenance" "$(cat there.txt)" "$(cat back.txt)"
t_like "which points to the file" '"witnesses":\[\{"source":"all\.jsonl"' "$(cat "$TMP/out")"
t_ok "the new archive proves itself" "$STET" audit -a back.stet
t_ok "the original line is its raw source" "$STET" show -a back.stet --raw 3
t_like "with the original provenance" '"source":"leak\.txt"' "$(cat "$TMP/out")"
t_ok "the same again, into the first" "$STET" import --json all.jsonl
t_like "everything was here" '"duplicates":9' "$(cat "$TMP/out")"
t_done
