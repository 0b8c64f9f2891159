#!/bin/sh
# stet doctor: what it finds, and that it finds what is wrong.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"
t_import

finding() { "$STET" doctor --json "$@" | sed -n "s/.*\"name\":\"$name\",\"finding\":\"\([a-z]*\)\".*/\1/p"; }

"$STET" doctor > found.txt
status=$?
missing=$(grep -c '^missing' found.txt)
if [ "$missing" -eq 0 ]; then
    t_eq "with nothing missing it ends with 0" 0 $status
    t_like "and says so" '^Nothing that matters is missing' "$(cat found.txt)"
else
    t_eq "with something missing it ends with 1" 1 $status
    t_like "and says how much" "^$missing of these matter" "$(cat found.txt)"
fi
for name in 'system calls' files privileges 'core files' memory archive 'its folder' swap 'time zones' \
    SQLite libxml2 libarchive ICU PCRE2; do
    t_like "it looks at $name" "^(good|advice|unknown|missing) +$name  " "$(cat found.txt)"
done
t_eq "JSON has as many checks" "$(grep -cE '^(good|advice|unknown|missing) ' found.txt)" \
    "$("$STET" doctor --json | grep -c '"type":"check"')"
t_like "and a sum" "^\{\"stet\":1,\"type\":\"doctor\",\"missing\":$missing\}\$" "$("$STET" doctor --json | tail -n 1)"

name=privileges
t_eq "privileges are renounced" good "$(finding)"
name='core files'
t_eq "core files are off" good "$(finding)"
if [ "${MODE:-}" = asan ]; then
    name='system calls'
    t_eq "a build with sanitizers says that it is not confined" missing "$(finding)"
else
    name=memory
    t_eq "memory is hidden" good "$(finding)"
fi

name=archive
t_eq "the archive is for its owner only" good "$(finding)"
chmod 640 "$STET_ARCHIVE"
t_eq "until others may read it" missing "$(finding)"
t_exit "which matters" 1 "$STET" doctor
chmod 600 "$STET_ARCHIVE"
t_eq "an archive that is not there is not judged" unknown "$(finding -a none.stet)"

name='its folder'
mkdir place
cp "$STET_ARCHIVE" place/a.stet
chmod 700 place
t_eq "a folder of its own" good "$(finding -a place/a.stet)"
chmod 755 place
t_eq "a folder that others can look into" advice "$(finding -a place/a.stet)"
chmod 777 place
t_eq "a folder where others can replace it" missing "$(finding -a place/a.stet)"
chmod 700 "$HOME"
t_eq "the home folder" advice "$(finding)"

name='time zones'
t_eq "no database of time zones" missing "$(TZDIR=$TMP finding)"
t_done
