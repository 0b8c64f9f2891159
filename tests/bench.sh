#!/bin/sh
# Measures Stet against the floor of raw FTS5 and against other programs, in pairs, and prints one
# table.  docs/benchmarks.md says how to read it.
#
#   make bench              a million generated messages
#   make bench N=11000      fewer;  R=9 rounds of the imports (5), Q=51 rounds of the searches (21)
#   make bench P=quotes     only a part: release, import, searches, quotes or peers
#
# A row over its target is marked "!", but the exit status is 0 unless something broke: what a busy
# machine measures is not a test.
set -u
export LC_ALL=C
unset STET_ARCHIVE
TOP=$(cd "$(dirname "$0")/.." && pwd) || exit 2
BUILD=$(cd "${1:?usage: tests/bench.sh BUILD}" && pwd) || exit 2
N=${N:-1000000}
R=${R:-5}
Q=${Q:-21}
P=${P:-release import searches quotes peers}
STET=$BUILD/bin/stet
RELEASE=$TOP/../shared/data/task-force-dm/release.txt
DIR=$BUILD/bench
FLOOR=$DIR/floor
mkdir -p "$DIR" && cd "$DIR" || exit 2

broken() { echo "bench: $*" >&2; exit 2; }
has() { command -v "$1" > /dev/null 2>&1; }
calc() { awk "BEGIN { printf \"%.${2:-3}f\", $1 }"; }
size_of() { wc -c < "$1" | tr -d ' '; }

trap 'rm -f "$DIR"/*.stet "$DIR"/*.db "$DIR"/*-journal "$DIR"/result "$DIR"/texts.txt' EXIT
trap 'exit 130' INT TERM HUP

# ---- programs and corpus -------------------------------------------------------------------------

compile()   # $1 program, then more arguments
{
    program=$1
    shift
    # shellcheck disable=SC2046,SC2086
    "${CC:-cc}" -std=c17 -O2 -D_POSIX_C_SOURCE=200809L -iquote "$TOP/include" -iquote "$TOP/src/store" \
        $(pkg-config --cflags sqlite3) -o "$program" "$TOP/tests/bench/$program.c" "$@" ||
        broken "cannot compile tests/bench/$program.c"
}
compile pair
# shellcheck disable=SC2046
compile floor "$BUILD/libstet.a" $(pkg-config --libs sqlite3 icu-uc)

corpus=$DIR/corpus-$N.txt
[ -s "$corpus" ] || {
    "$BUILD/bin/corpus-generate" bench --messages "$N" > "$corpus.new" || broken "no corpus"
    mv "$corpus.new" "$corpus"
}
"$FLOOR" split "$corpus" > texts.txt || broken "cannot split the corpus"
text_bytes=$(($(size_of texts.txt) - N))

# ---- the table -----------------------------------------------------------------------------------

# pairs ROUNDS ARGUMENTS of tests/bench/pair.c: the lines that it prints, in ./result
pairs() { ./pair "$@" > result || broken "a command failed: $*"; }

# field LINE COLUMN of the last pairs
field() { sed -n "$1p" result | cut -f "$2"; }

# line WHAT OTHER STET RATIO SPREAD CPU TARGET MARK NOTE
line() { printf '%-40s %9s %9s %7s %15s %6s  %-10s %1s %s\n' "$@" | sed 's/ *$//'; }
title() { printf '\n%s\n' "$1"; line "" "${2:-floor}" stet ratio "(from - to)" cpu target "" ""; }

over() { awk "BEGIN { exit !($1 > $2) }" && echo '!'; }

# ratio_row WHAT OTHER STET TARGET [NOTE]: line STET of ./result against line OTHER, target a ratio.
# One of the two is line 1, so that pair has taken their ratio round by round.
ratio_row()
{
    if [ "$2" = 1 ]; then
        ratio=$(field "$3" 4) low=$(field "$3" 5) high=$(field "$3" 6)
    else
        ratio=$(calc "1 / $(field "$2" 4)") low=$(calc "1 / $(field "$2" 6)") high=$(calc "1 / $(field "$2" 5)")
    fi
    line "$1" "$(calc "$(field "$2" 1)" 1)" "$(calc "$(field "$3" 1)" 1)" "$(calc "$ratio" 2)" \
        "$(calc "$low" 2) - $(calc "$high" 2)" "$(calc "$(field "$3" 7) / ($(field "$2" 7) + 0.001)" 2)" \
        "<= $4 x" "$(over "$ratio" "$4")" "${5:-}"
}

# plain_row WHAT VALUE TARGET UNIT
plain_row() { line "$1" - "$2" - - - "<= $3 $4" "$(over "$2" "$3")" ""; }

# alone_row WHAT TARGET_MS COMMAND...: one command from start to exit; the spread is in ms, and so is
# its processor time
alone_row()
{
    what=$1 target=$2
    shift 2
    pairs "$Q" -- "$@"
    line "$what" - "$(calc "$(field 1 1)" 1)" - "$(calc "$(field 1 2)" 1) - $(calc "$(field 1 3)" 1) ms" \
        "$(calc "$(field 1 7)" 1)" "<= $target ms" "$(over "$(field 1 1)" "$target")" ""
}

# ---- import --------------------------------------------------------------------------------------

import_pairs()
{
    set -- "$R" -r a.db -r b.db -r c.db -r new.stet -- "$STET" -q -a new.stet import "$corpus" \
        -- "$FLOOR" build unicode61 "$corpus" a.db -- "$FLOOR" build stet "$corpus" b.db
    if has sqlite3; then
        cat > import.sql <<'SQL'
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
CREATE TABLE message(id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE line(text TEXT);
.mode ascii
.separator "\037" "\n"
.import texts.txt line
INSERT INTO message(text) SELECT text FROM line;
DROP TABLE line;
CREATE VIRTUAL TABLE fts USING fts5(text, content='message', content_rowid='id');
INSERT INTO fts(fts) VALUES('rebuild');
SQL
        set -- "$@" -- sqlite3 -batch c.db ".read import.sql"
    fi
    pairs "$@"
}

# new.stet and b.db, to be searched
make_archives()
{
    rm -f new.stet b.db
    "$STET" -q -a new.stet import "$corpus" > messages.txt 2>&1 || broken "import: $(cat messages.txt)"
    "$FLOOR" build stet "$corpus" b.db || broken "floor"
}

measure_import()
{
    title "import of $N messages, $text_bytes bytes of text (ms; $R rounds)"
    import_pairs
    ratio_row "floor: unicode61" 2 1 1.0
    ratio_row "floor: our tokenizer" 3 1 1.0
    if has sqlite3; then
        ratio_row "sqlite3 CLI, import and rebuild" 4 1 0.5
    fi
    plain_row "resident memory" "$(calc "$(field 1 10) / 1024" 0)" 512 MiB
    make_archives # the rounds removed them
    plain_row "archive, bytes per byte of text" "$(calc "$(size_of new.stet) / $text_bytes" 2)" 2.8 x
    line "floor, bytes per byte of text" "$(calc "$(size_of b.db) / $text_bytes" 2)" - - - - - "" ""
}

# ---- searches ------------------------------------------------------------------------------------

# search_row WHAT VERB MATCH QUERY OPTIONS [FIRST LAST]: the floor's process against Stet's process;
# the target is 10 ms and 1.3 times what the floor needs on an open database.
search_row()
{
    what=$1 verb=$2 match=$3 query=$4
    shift 4
    options=$1
    shift
    hits=$("$FLOOR" "$verb" b.db "$Q" "$match" "$@") || broken "floor: $match"
    inside=${hits#* }
    hits=${hits% *}
    # shellcheck disable=SC2086
    pairs "$Q" -- "$FLOOR" "$verb" b.db 1 "$match" "$@" -- "$STET" -a new.stet search $options "$query"
    target=$(calc "10 + 1.3 * $inside" 1)
    note="$hits hits, floor inside $inside"
    found=$("$STET" -a new.stet search -c "$query")
    [ "$found" = "$hits" ] || note="$note, DIFFERS: stet finds $found"
    line "$what" "$(calc "$(field 1 1)" 1)" "$(calc "$(field 2 1)" 1)" "$(calc "$(field 2 4)" 2)" \
        "$(calc "$(field 2 5)" 2) - $(calc "$(field 2 6)" 2)" "$(calc "$(field 2 7) / ($(field 1 7) + 0.001)" 2)" \
        "<= $target ms" "$(over "$(field 2 1)" "$target")" "$note"
}

count_row() { w=$1 m=$2 q=$3; shift 3; search_row "$w" count "$m" "$q" --count "$@"; }
page_row() { search_row "$1" page "$2" "$3" "--sort -date --limit 20"; }

# self_row WHAT TARGET FIRST SECOND: two searches of Stet, each as "OPTIONS|QUERY".
self_row()
{
    # shellcheck disable=SC2086
    pairs "$Q" -- "$STET" -a new.stet search ${3%%|*} "${3#*|}" -- "$STET" -a new.stet search ${4%%|*} "${4#*|}"
    ratio_row "$1" 1 2 "$2" "$("$STET" -a new.stet search -c "${4#*|}") hits"
}

# Words to ask for: of given frequency, and a b c d f, the most frequent of all.
pick_words()
{
    "$FLOOR" words b.db > words.txt || broken "no words"
    word() { sed -n "s/^$1 \([a-z]*\) .*/\1/p" words.txt; }
    rare=$(word rare) mid=$(word mid) frequent=$(word frequent)
    a=$(word top1) b=$(word top2) c=$(word top3) d=$(word top4) f=$(word top5)
}

measure_searches()
{
    sender=$("$STET" -a new.stet people --json 2> /dev/null | sed -n 's/.*"name": *"\([A-Za-z]*\)".*/\1/p' | head -n 1)
    # June of the third of five years, evenly filled: days 882 to 911 of 1,827.
    first=$((N * 882 / 1827 + 1)) last=$((N * 912 / 1827))

    title "searches of $N messages, process start to exit (ms; $Q rounds)"
    count_row "count: rare word" "$rare" "$rare"
    count_row "count: middling word" "$mid" "$mid"
    count_row "count: frequent word" "$frequent" "$frequent"
    count_row "count: very common word" "$a" "$a"
    count_row "count: two very common words" "$a AND $b" "$a $b"
    count_row "count: common and rare" "$a AND $rare" "$a $rare"
    count_row "count: either of two very common" "$a OR $b" "$a OR $b"
    count_row "count: phrase of 2 stop words" "\"$c $a\"" "\"$c $a\""
    count_row "count: phrase with a rarer word" "\"$a $frequent\"" "\"$a $frequent\""
    count_row "count: phrase of 3 stop words" "\"$c $a $b\"" "\"$c $a $b\""
    count_row "count: phrase of 5 stop words" "\"$d $c $a $b $f\"" "\"$d $c $a $b $f\""
    count_row "count: prefix" "${mid%??} *" "${mid%??}*"
    count_row "count: phrase in one month" "\"$c $a\"" "\"$c $a\" during:2014-06" "$first" "$last"
    page_row "count and latest 20: rare word" "$rare" "$rare"
    page_row "count and latest 20: very common word" "$a" "$a"
    page_row "count and latest 20: phrase" "\"$c $a\"" "\"$c $a\""

    title "searches with and without (ms; $Q rounds)" without
    phrase="\"$c $a\""
    self_row "phrase + sender + month / phrase" 1.2 "--count|$phrase" "--count|$phrase from:$sender during:2014-06"
    self_row "phrase + sender / phrase" 1.2 "--count|$phrase" "--count|$phrase from:$sender"
    self_row "very common + sender + month / word" 1.2 "--count|$a" "--count|$a from:$sender during:2014-06"
    self_row "very common + sender / word" 1.2 "--count|$a" "--count|$a from:$sender"
    self_row "sender alone / very common word" 2 "--count|$a" "--count|from:$sender"
    self_row "month alone / very common word" 2 "--count|$a" "--count|during:2014-06"
    self_row "facets / count: rare word" 2 "--count|$rare" "--facets -n 1|$rare"
    self_row "facets / count: frequent word" 2 "--count|$frequent" "--facets -n 1|$frequent"
    self_row "facets / count: very common word" 2 "--count|$a" "--facets -n 1|$a"
    self_row "relevance, 20 / count: very common" 5 "--count|$a" "--sort relevance -n 20|$a"
}

# ---- quotes --------------------------------------------------------------------------------------

# A message of at least 40 words, its first 40, three of them altered; $1 says which: the first, second ...
altered_quote()
{
    awk -v nth="$1" 'NF >= 40 && ++found == nth {
        $7 = "altered"; $23 = "otherwise"; $31 = "";
        for (i = 1; i <= 40; i++) printf "%s%s", $i, i < 40 ? " " : "\n"
        exit }' texts.txt | tr -d '"' | tr -s ' '
}

measure_quotes()
{
    "$STET" help 2>&1 | grep -Eq '^ +verify ' || { echo; echo "quotes: stet has no verify yet"; return; }
    title "quotes in $N messages, process start to exit (ms; $Q rounds)"
    for nth in 3 30 100; do
        quote=$(altered_quote "$nth")
        alone_row "a quote of 40 words, 3 altered ($nth)" 10 "$STET" -a new.stet verify "$quote"
    done
    i=0
    while [ $i -lt 30 ]; do
        i=$((i + 1))
        printf 'On that day they wrote: “%s”\n\n' "$(altered_quote $((i * 3)))"
    done > draft.txt
    "$STET" -a new.stet verify --draft draft.txt 2>&1 | grep -q altered ||
        { echo "a draft: stet verify --draft finds no altered quote in it: left out"; return; }
    alone_row "a draft with 30 such quotes" 300 "$STET" -a new.stet verify --draft draft.txt
}

# ---- other programs ------------------------------------------------------------------------------

measure_peers()
{
    title "other programs (ms; $Q rounds)" other
    if has sqlite3; then
        pairs "$Q" -- sqlite3 b.db "SELECT count(*) FROM message WHERE text LIKE '%$c $a%'" \
            -- "$STET" -a new.stet search -c "\"$c $a\""
        ratio_row "phrase: sqlite3, LIKE without an index" 1 2 1.0
    fi
    if has rg; then
        pairs "$Q" -- rg -c -i -w "$c $a" texts.txt -- "$STET" -a new.stet search -c "\"$c $a\""
        ratio_row "phrase: ripgrep, no index" 1 2 1.0
        pairs "$Q" -- rg -c -i -w "$rare" texts.txt -- "$STET" -a new.stet search -c "$rare"
        ratio_row "rare word: ripgrep, no index" 1 2 1.0
    fi
    for peer in sqlite3 rg; do
        has $peer || echo "not installed: $peer"
    done
}

# ---- a real release, if there is one -------------------------------------------------------------

measure_release()
{
    [ -e "$RELEASE" ] || { echo; echo "no real release beside the project: left out"; return; }
    title "a real release of 11,127 messages, process start to exit (ms; $Q rounds)"
    pairs "$Q" -r a.db -r release.stet -- "$FLOOR" build stet "$RELEASE" a.db \
        -- "$STET" -q -a release.stet import "$RELEASE"
    line import "$(calc "$(field 1 1)" 1)" "$(calc "$(field 2 1)" 1)" "$(calc "$(field 2 4)" 2)" \
        "$(calc "$(field 2 5)" 2) - $(calc "$(field 2 6)" 2)" "$(calc "$(field 2 7) / $(field 1 7)" 2)" \
        "<= 350 ms" "$(over "$(field 2 1)" 350)" ""
    "$STET" -q -a release.stet import "$RELEASE" > messages.txt 2>&1
    for query in the 'the to' 'the OR to' '"of the"' 'th*' 'during:2016-06' '"in the" during:2016-06' \
        'the -to' 'has:link' 'zzyzx'; do
        alone_row "search $query" 15 "$STET" -a release.stet search "$query"
    done
    alone_row "search --count the" 15 "$STET" -a release.stet search -c the
    alone_row "search --facets the" 15 "$STET" -a release.stet search --facets the
    alone_row "search --sort relevance the" 15 "$STET" -a release.stet search --sort relevance the
}

# ---- all -----------------------------------------------------------------------------------------

echo "machine: $(nproc 2> /dev/null) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2> /dev/null | head -n 1)," \
    "$(uname -s) $(uname -r); load $(cut -d' ' -f1-3 /proc/loadavg 2> /dev/null)"
echo "date: $(date -u +%Y-%m-%dT%H:%MZ); commit: $(git -C "$TOP" rev-parse --short HEAD 2> /dev/null || echo unknown)$(
    [ -z "$(git -C "$TOP" status --porcelain 2> /dev/null)" ] || echo ' and changes')"
asked() { case " $P " in *" $1 "*) return 0 ;; esac; return 1; }

asked release && measure_release
if asked import; then
    measure_import
else
    make_archives
fi
pick_words
asked searches && measure_searches
asked quotes && measure_quotes
asked peers && measure_peers
echo
echo "! over the target; cpu: ratio of processor time (less noisy); load now $(cut -d' ' -f1-3 /proc/loadavg 2> /dev/null)"
