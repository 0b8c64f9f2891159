#!/bin/sh
# What a hostile message can do to a terminal: nothing.  script(1) gives us one.
. "$(dirname "$0")/../lib.sh"

esc=$(printf '\033') bel=$(printf '\007') rlo=$(printf '\342\200\256') c1=$(printf '\302\233')
cat > evil.txt <<END
[2016-03-01 22:15:00] <eve${esc}[31m${rlo}> look ${esc}]0;owned${bel} ${c1}2J ${rlo}gnp.exe
[2016-03-01 22:16:00] <דנה> look שלום
[2016-03-01 22:17:00] <bob> look at this rather long line, which has to be wrapped at the edge of a small terminal because it has so many words
END
STET_ARCHIVE=$TMP/evil.stet
export STET_ARCHIVE
t_ok "an import of hostile names" "$STET" import evil.txt
bad="$esc|$bel|$rlo|$c1"
t_eq "prints none of their bytes" "" "$(grep -E "$bad" "$TMP/out" "$TMP/err")"
for command in "search look" "people" "conversations" "search --facets look" "show 1 -C 3" "sources" "issues"; do
    t_eq "stet $command: no control character gets through" "" "$("$STET" $command | grep -E "$bad")"
done
# JSON escapes control characters; what it does not escape is data for a program.
t_eq "nor in JSON" "" "$("$STET" search --json look | grep -E "$esc|$bel|$c1")"
t_like "an escape is shown as one" 'x1b' "$("$STET" search look)"
t_exit "not in what is said about a query, either" 2 "$STET" search "(look ${esc}[2J"
t_eq "it is escaped" "" "$(grep -E "$bad" "$TMP/err")"
t_exit "nor in a wrong command" 2 "$STET" "look${esc}[2J"
t_eq "which is escaped, too" "" "$(grep -E "$bad" "$TMP/err")"
name="evil${esc}[2J.txt"
cp evil.txt "$name"
"$STET" import -a other.stet "$name" > "$TMP/out" 2> "$TMP/err"
t_eq "nor in the name of a file" "" "$(grep -E "$bad" "$TMP/out" "$TMP/err")"
t_eq "colour in a pipe only when asked for" "" "$("$STET" search look | grep "$esc")"
t_like "then our own codes" "${esc}\[0;1;33mlook" "$("$STET" search --color always look)"

if ! script -qec true /dev/null > /dev/null 2>&1 < /dev/null; then
    t_skip "on a terminal" "no script(1), or no pseudo-terminals here"
    t_done
fi
on_terminal() { TERM=xterm script -qec "stty cols 60; $*" /dev/null < /dev/null | tr -d '\r'; }
plain() { sed "s/${esc}\[[0-9;]*m//g"; }
t_like "on a terminal the query is echoed as it was read" '^read as  ' "$(on_terminal "$STET search look" | plain)"
t_like "and hits are marked with colour" "${esc}\[0;1;33mlook" "$(on_terminal "$STET search look")"
t_like "or with brackets where there is none" '\[look\]' "$(NO_COLOR=1 on_terminal "$STET search look")"
t_eq "NO_COLOR means none" "" "$(NO_COLOR=1 on_terminal "$STET search look" | grep "$esc")"
t_eq "no line is wider than the terminal" "" "$(on_terminal "$STET search bob long" | plain | grep -E '.{61}')"
iso=$(printf '\342\201\250')
t_like "a Hebrew name is isolated" "${iso}דנה" "$(on_terminal "$STET search look" | plain)"
t_eq "but not in a pipe" "" "$("$STET" search look | grep "$iso")"
t_eq "--raw is escaped on a terminal" "" "$(NO_COLOR=1 on_terminal "$STET show --raw 1" | grep -E "$bad")"
t_done
