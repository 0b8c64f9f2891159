#!/bin/sh
# Files made to break parsers, if their generator is beside the repository: each import ends in time, by
# itself, within its memory, says what came of it, and leaves nothing but the archive behind.
. "$(dirname "$0")/../lib.sh"

generator=$SHARED/hostile/gen.py
if [ -z "$SHARED" ] || [ ! -e "$generator" ] || ! command -v python3 > /dev/null; then
    t_skip "hostile files" "no generator of hostile files beside the repository"
    t_done
fi
seconds=25
[ "${MODE:-}" = asan ] && seconds=120
mkdir files work
python3 "$generator" files > gen.out 2>&1 || { t_fail "the files are generated" "$(tail gen.out)"; t_done; }

listing() { find . -path ./work -prune -o -newer stamp -print | grep -v -e '^./out$' -e '^./err$' -e '^.$'; }

# 2 GiB for each process. Sanitizers need all there is.
limit() { [ "${MODE:-}" = asan ] || ulimit -v 2097152; }

check_hostile()   # FILE
{
    name=$(basename "$1")
    rm -rf work/* out err
    touch stamp
    sleep 0.01
    (limit; cd work && exec timeout -s KILL $seconds "$STET" import -a a.stet --progress none "$1") > out 2> err < /dev/null
    got=$?
    if [ $got -gt 3 ]; then
        t_fail "$name ends by itself" "$(echo "status $got"; head -n 5 out err)"
    else
        t_pass "$name ends by itself"
    fi
    t_eq "$name: something is said" yes "$([ -s out ] || [ -s err ] && echo yes)"
    t_eq "$name: nothing is made elsewhere" "" "$(listing; ls -A work | grep -vx -e a.stet -e a.stet-journal)"
    [ -e work/a.stet ] || return
    t_ok "$name: what is in the archive is in the file" "$STET" audit -a work/a.stet
    rm -f stamp
}

for file in files/*; do
    check_hostile "$TMP/$file"
done
t_done
