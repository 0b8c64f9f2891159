#!/bin/sh
# What stays between the user and the machine: modes of files, temporary files, cores.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"
umask 000
mkdir private tmp
TMPDIR=$TMP/tmp
export TMPDIR
t_ok "an import under umask 000" "$STET" import -a private/a.stet leak.txt
"$STET" search -a private/a.stet weir > /dev/null
"$STET" timeline -a private/a.stet --svg private/t.svg > /dev/null
"$STET" audit -a private/a.stet > /dev/null
t_eq "leaves no file that others can read" "" "$(find private -type f -perm /077)"
t_eq "and nothing in the folder for temporary files" "" "$(find tmp -mindepth 1)"

if [ "${MODE:-}" = asan ]; then
    t_skip "the process is not dumpable" "a sanitizer traces its own process"
else
    mkfifo hold
    "$STET" search -a private/a.stet - < hold > /dev/null 2>&1 &
    pid=$!
    exec 9> hold
    sleep 0.3
    t_like "there is no core file, whatever the limits were" '^Max core file size +0 +0 ' "$(cat /proc/$pid/limits 2> /dev/null)"
    # What is not dumpable belongs to root in /proc.
    if [ "$(id -u)" = 0 ]; then
        t_skip "the process is not dumpable" "as root the owner does not tell"
    else
        t_eq "the process is not dumpable" 0 "$(stat -c %u /proc/$pid/mem)"
    fi
    exec 9>&-
    wait $pid
fi
t_done
