#!/bin/sh
# stet search: what it prints, how it counts, pages and fails.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"
t_import

t_ok "a word" "$STET" search planks
t_eq "is printed with its conversation, time and sender" "Weir repair
  2016-03-01 22:15:00  ada N
      The weir needs new planks before the spring flood.
  2016-05-10 19:30:00  ada N
      The planks are here: oak, twelve pieces.

2 messages, 2016-03-01 to 2016-05-10" "$(sed -E 's/ +([0-9a-z]+ [a-z]+ )*([a-z]* ?later  )?[0-9]+$/ N/' "$TMP/out")"
t_ok "case and accents fold" "$STET" search --count cafe
t_eq "to one" 1 "$(cat "$TMP/out")"
t_ok "arguments are joined" "$STET" search --count weir holds
t_eq "to one query" 1 "$(cat "$TMP/out")"
t_eq "a query from standard input" 2 "$(echo planks | "$STET" search --count -)"
t_ok "a typographic phrase" "$STET" search --quiet '“mill lane”' --marks
t_like "is marked with --marks" 'at <b>\[Mill Lane\]</b>' "$(cat "$TMP/out")"
t_ok "without it" "$STET" search --quiet '"mill lane"'
t_like "the text stays as it is" 'at <b>Mill Lane</b>' "$(cat "$TMP/out")"
t_ok "within a conversation the time between hits is told" "$STET" search sawmill OR joiner
t_like "as a duration" '23 min 22 s later' "$(cat "$TMP/out")"
t_ok "the latest first" "$STET" search --sort -date planks
t_like "begins in May" '2016-05-10' "$(sed -n 2p "$TMP/out")"
t_eq "and says later nowhere" "" "$(grep later "$TMP/out")"

# Neighbours
t_ok "neighbours" "$STET" search --quiet -C 1 joiner
t_eq "stand around a hit, which has an arrow" "  The arrow:
  22:16:48
> 22:40:10
  08:00:00" "$(echo '  The arrow:'; sed -nE 's/^([> ] )[0-9-]{10} ([0-9:]{8})  .*/\1\2/p' "$TMP/out")"
t_ok "neighbours of two hits that overlap" "$STET" search --quiet -C 2 'agreed OR joiner'
t_eq "are printed once" "  22:15:00
> 22:16:48
> 22:40:10
  08:00:00
  08:00:05" "$(sed -nE 's/^([> ] )[0-9-]{10} ([0-9:]{8})  .*/\1\2/p' "$TMP/out" | grep -v '13:')"

# Pages
t_ok "a limit" "$STET" search --limit 1 planks
t_like "is told" '^1 of 2 messages' "$(cat "$TMP/out")"
more=$(sed -n 's/^more: //p' "$TMP/out")
t_like "with the command for more" "^stet search --limit 1 --after [0-9]+ planks\$" "$more"
t_ok "which works" sh -c "\"\$STET\" ${more#stet }"
t_like "and gives the next one" 'oak, twelve' "$(cat "$TMP/out")"
t_eq "the last page offers no more" "" "$(grep '^more:' "$TMP/out")"
t_ok "a query with quotes" "$STET" search -n 1 "from:ada it's OR planks"
t_like "is quoted for the shell" "'from:ada it'.''s OR planks'\$" "$(cat "$TMP/out")"

# Nothing, and mistakes
t_exit "no hit is status 1" 1 "$STET" search zebra planks
t_like "and every part is counted" '^0 messages' "$(cat "$TMP/out")"
t_like "planks has two" 'planks.*2 messages' "$(cat "$TMP/out")"
t_exit "a count of nothing is status 1, too" 1 "$STET" search --count zebra
t_eq "and is 0" 0 "$(cat "$TMP/out")"
t_exit "an open parenthesis" 2 "$STET" search 'planks (oak'
t_eq "is underlined" '    planks (oak
           ^' "$(sed -n 2,3p "$TMP/err" | sed -E 's/\^.*/^/')"
t_exit "carets stand under wide characters" 2 "$STET" search '木の堰 (oak'
t_eq "by their width on the terminal" '           ^' "$(sed -n 3p "$TMP/err" | sed -E 's/\^.*/^/')"
t_exit "a sender nobody knows" 2 "$STET" search 'from:bertt planks'
t_like "has a suggestion" 'bert' "$(sed -n 3p "$TMP/err")"

# Facets, explain, JSON
t_ok "facets" "$STET" search --facets planks
t_like "by sender, with what to add" '^ +2  ada +from:ada$' "$(cat "$TMP/out")"
t_like "by conversation" '^ +2  Weir repair +in:"Weir repair"$' "$(cat "$TMP/out")"
t_like "by time, as bars" '^2016-05(-10)? +1  █' "$(cat "$TMP/out")"
t_like "with silent months between" '^2016-04(-01)? +0' "$(cat "$TMP/out")"
t_ok "explain" "$STET" search --explain planks
t_ok "JSON" "$STET" search --json '"mill lane"'
t_like "has a head" '^\{"stet":1,"type":"search","query":"\\"mill lane\\"".*"count":2,' "$(cat "$TMP/out")"
t_like "hits with times, text and marks" '^\{"stet":1,"type":"hit","id":[0-9]+,"citation":"2016-03-01T22:40:10/[0-9a-f]{4}-[0-9a-f]{4}".*"time":"2016-03-01 22:40:10".*"utc":"2016-03-01T22:40:10Z","basis":"assumed".*"text":"The sawmill closed; ask the joiner at <b>Mill Lane</b>\.","marks":\[\[41,50\]\]' "$(cat "$TMP/out")"
t_like "and an end" '^\{"stet":1,"type":"page","shown":2,"after":null\}$' "$(cat "$TMP/out")"
if command -v python3 > /dev/null; then
    t_ok "which a JSON parser reads line by line" sh -c \
        '"$STET" search --json -C 2 weir OR planks OR mill | python3 -c "import json,sys; [json.loads(l) for l in sys.stdin]"'
else
    t_skip "which a JSON parser reads line by line" "no python3"
fi
t_ok "dates mean what --now says" "$STET" search --count --now 2017-01-01T12:00 'date:today'
t_eq "one message that day" 1 "$(cat "$TMP/out")"
t_done
