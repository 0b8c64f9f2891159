#!/bin/sh
# Real exports, if there are any beside the repository: each line of tests/samples/*.t names one and
# says how many messages and events an independent count finds. It is imported, counted, and audited.
#
#   path below ../shared/samples | messages | events | options of stet import
. "$(dirname "$0")/../lib.sh"

samples=$SHARED/samples
if [ -z "$SHARED" ] || [ ! -d "$samples" ]; then
    t_skip "real exports" "no folder of real exports beside the repository"
    t_done
fi

number() { sed -n "s/.*\"type\":\"total\".*\"$1\":\([0-9]*\).*/\1/p" "$TMP/out"; }

trim() { echo "$1" | sed 's/^ *//; s/ *$//'; }

check_sample()   # NAME PATH MESSAGES EVENTS OPTIONS
{
    rm -f sample.stet
    # shellcheck disable=SC2086
    "$STET" import -a sample.stet --json --progress none $5 "$2" > "$TMP/out" 2> "$TMP/err" < /dev/null
    t_eq "$1" "$3 messages, $4 events, 0 failed" \
        "$(number messages) messages, $(number events) events, $(number failed) failed"
    # A copy within the sample counts as read and is one witness more.
    t_ok "$1: audit" "$STET" audit -a sample.stet
    t_like "$1: proves all of it" 'every text, time, sender and hash agrees' "$(cat "$TMP/out")"
}

for list in "$TOP"/tests/samples/${SAMPLES:-*}.t; do
    [ -e "$list" ] || continue
    while IFS='|' read -r path messages events options; do
        path=$(trim "$path")
        case $path in '' | '#'*) continue ;; esac
        check_sample "$path" "$samples/$path" "$(trim "$messages")" "$(trim "$events")" \
            "$(trim "$options")"
    done < "$list"
done
[ "$t_count" -gt 0 ] || t_skip "real exports" "no lists in tests/samples"
t_done
