#!/bin/sh
# A real release, if there is one beside the repository: what Stet says agrees with what grep counts.
. "$(dirname "$0")/../lib.sh"

release=$SHARED/data/task-force-dm/release.txt
if [ -z "$SHARED" ] || [ ! -e "$release" ]; then
    t_skip "a real release" "no folder of real archives beside the repository"
    t_done
fi
STET_ARCHIVE=$TMP/real.stet
export STET_ARCHIVE
head='^\[[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\] <'
t_ok "it is imported" "$STET" import "$release"
t_like "every byte explained" 'Every byte explained\.$' "$(cat "$TMP/out")"
t_eq "as many messages as lines that begin with a stamp and a name" "$(grep -cE "$head" "$release")" \
    "$("$STET" info --json | sed 's/.*"messages":\([0-9]*\).*/\1/')"
t_eq "each sender has as many as grep finds" \
    "$(grep -E "$head" "$release" | sed -E 's/^\[[^]]*\] <([^>]*)>.*/\1/' | sort | uniq -c | awk '{ n = $1; sub(/^ *[0-9]+ /, ""); print n, $0 }' | sort)" \
    "$("$STET" people --json | sed -E 's/.*"name":"([^"]*)".*"messages":([0-9]+).*/\2 \1/' | sort)"
t_eq "each month has as many" \
    "$(grep -E "$head" "$release" | cut -c2-8 | sort | uniq -c | awk '{ print $2, $1 }')" \
    "$("$STET" timeline --by month --json | sed -nE 's/.*"from":"([0-9-]+)","count":([1-9][0-9]*).*/\1 \2/p')"
t_ok "an audit" "$STET" audit
t_like "agrees" 'every text, time, sender and hash agrees' "$(cat "$TMP/out")"
first=$("$STET" search --json -n 1 'date:2016' | sed -n 's/.*"type":"hit","id":\([0-9]*\).*/\1/p')
t_eq "a message's bytes are lines of the file" 1 \
    "$("$STET" show --raw "$first" | head -n 1 | grep -cFxf - "$release")"
t_done
