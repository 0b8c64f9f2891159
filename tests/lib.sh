# Helpers for shell tests.  A test reads:
#
#   #!/bin/sh
#   . "$(dirname "$0")/../lib.sh"
#   t_exit "an unknown verb is a usage error" 2 "$STET" frobnicate
#   t_like "and is named" "frobnicate" "$(cat "$TMP/err")"
#   t_done
#
# Each helper prints one line of TAP.  Variables:
#   $STET     the program          $TOP   the repository
#   $SHARED   a folder of real archives beside the repository, or empty
#   $TMP      a private folder, removed at the end; the test starts in it and HOME points to it
# After t_ok and t_exit, $TMP/out and $TMP/err hold what the command printed.

TOP=${TOP:-$(cd "$(dirname "$0")/.." && pwd)}
[ -e "$TOP/tests/lib.sh" ] || TOP=$(cd "$TOP/.." && pwd)
STET=${STET:-$TOP/stet}
SHARED=
[ -d "$TOP/../shared" ] && SHARED=$(cd "$TOP/../shared" && pwd)
TMP=$(mktemp -d "${TMPDIR:-/tmp}/stet-test.XXXXXX") || exit 2
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM HUP
cd "$TMP" || exit 2
HOME=$TMP
LC_ALL=C.UTF-8
TZ=UTC
umask 022
unset STET_ARCHIVE NO_COLOR
export TOP STET SHARED TMP HOME LC_ALL TZ

t_count=0
t_failed=0

# The line of one test: t_pass NAME, t_fail NAME [LINES of explanation]
t_pass()
{
    t_count=$((t_count + 1))
    echo "ok $t_count - $1"
}

t_fail()
{
    t_count=$((t_count + 1))
    t_failed=$((t_failed + 1))
    echo "not ok $t_count - $1"
    [ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/#   /'
}

# t_skip NAME WHY
t_skip()
{
    t_count=$((t_count + 1))
    echo "ok $t_count - $1 # SKIP $2"
}

# t_exit NAME STATUS COMMAND...: the command ends with this status.
t_exit()
{
    t_name=$1 t_want=$2
    shift 2
    "$@" > "$TMP/out" 2> "$TMP/err" < /dev/null
    t_got=$?
    if [ "$t_got" -eq "$t_want" ]; then
        t_pass "$t_name"
    else
        t_fail "$t_name" "$(echo "exit status $t_got, expected $t_want: $*"; head -n 20 "$TMP/err" "$TMP/out")"
    fi
}

# t_ok NAME COMMAND...: the command succeeds.
t_ok()
{
    t_name=$1
    shift
    t_exit "$t_name" 0 "$@"
}

# t_eq NAME EXPECTED ACTUAL: two texts are the same.
t_eq()
{
    if [ "$2" = "$3" ]; then
        t_pass "$1"
    else
        printf '%s\n' "$2" > "$TMP/t_expected"
        printf '%s\n' "$3" > "$TMP/t_actual"
        t_fail "$1" "$(diff -u -L expected -L actual "$TMP/t_expected" "$TMP/t_actual" | head -n 40)"
    fi
}

# t_like NAME PATTERN TEXT: a line of the text matches an extended regular expression.
t_like()
{
    if printf '%s\n' "$3" | grep -Eq -e "$2"; then
        t_pass "$1"
    else
        t_fail "$1" "$(echo "no line matches: $2"; printf '%s\n' "$3" | head -n 20)"
    fi
}

# t_done: prints the plan and ends the test.
t_done()
{
    echo "1..$t_count"
    [ "$t_failed" -eq 0 ]
    exit
}
