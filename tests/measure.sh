#!/bin/sh
# Scores the quote checker: `make measure-quotes` runs it by hand with all messages; as a test it takes
# fewer. With a build folder as argument it prints the tables, otherwise it speaks TAP.
#
# 1. alterations: real messages of the sample archive, altered in known ways (tests/measure/alterations.c);
#    no altered quotation may stand, and the source must be found at rank 1 in 99 of 100.
# 2. quotes: printed quotations with hand-made ground truth, where ../shared has them and Python is here.
if [ $# -gt 0 ]; then
    BUILD=$(cd "$1" && pwd) || exit 2
    STET=$BUILD/bin/stet
    export STET
fi
. "$(dirname "$0")/lib.sh"
BUILD=${BUILD:-$(cd "$(dirname "$STET")/.." && pwd)}
COUNT=10000
[ $# -gt 0 ] || COUNT=1300

"$STET" import --quiet -a sample.stet "$TOP/corpus/sample/release.txt" || exit 2
"$BUILD/tests/measure/alterations" sample.stet $COUNT >alterations.txt
altered=$?
REAL=$SHARED/data/task-force-dm
real=skip
if [ -n "$SHARED" ] && [ -e "$REAL/quotes.jsonl" ] && command -v python3 >/dev/null; then
    "$STET" import --quiet -a real.stet "$REAL/release.txt" || exit 2
    python3 "$TOP/tests/measure/quotes.py" "$STET" real.stet "$REAL/quotes.jsonl" >quotes.txt
    real=$?
fi

if [ $# -gt 0 ]; then
    if [ -n "$M1" ]; then # an archive of a million messages, made by hand
        "$BUILD/tests/measure/alterations" "$M1" 10000
    fi
    cat alterations.txt
    [ $real = skip ] && echo "skipped: no printed quotations here" || cat quotes.txt
    [ $altered = 0 ] && { [ $real = skip ] || [ $real = 0 ]; }
    exit
fi

t_eq "altered quotations: none stands, source at rank 1 in 99%" 0 "$altered"
[ "$altered" = 0 ] || sed 's/^/# /' alterations.txt
if [ $real = skip ]; then
    t_skip "printed quotations get their verdict" "no ../shared or no python3"
else
    t_eq "printed quotations get their verdict" 0 "$real"
    [ "$real" = 0 ] || sed 's/^/# /' quotes.txt
fi
t_done
