#!/bin/sh
# Every command works inside its sandbox, and asks the kernel for nothing that it should not.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"

mkdir work work/chats work/chats/old sources pictures
cp leak.txt work/chats/one.txt
sed 's/weir/dam/' leak.txt > work/chats/old/two.txt
sed 's/planks/beams/' leak.txt > sources/three.txt
ln -s ../sources/three.txt work/link.txt
printf 'The planks are here: oak, twelve pieces.\n' > work/quotes.txt
a=work/a.stet

# --- All commands ---------------------------------------------------------------------------------
t_ok "a folder of files, a link and another folder's file are imported" \
    "$STET" import -a $a work/chats work/link.txt "$TMP/leak.txt"
t_ok "standard input is imported" sh -c '"$STET" import -a work/b.stet - < leak.txt'
t_ok "an archive in the folder where we stand" sh -c 'cd pictures && "$STET" import -a c.stet ../leak.txt'
t_ok "audit reads all of them again" "$STET" audit -a $a
t_like "from everywhere" '^[0-9]+ records re-read from [34] sources: every text, .* Index: agrees' "$(cat "$TMP/out")"
t_ok "search" "$STET" search -a $a weir
t_ok "show --raw reads a source" "$STET" show -a $a 2 --raw
t_like "its bytes" '<ada> The (weir|dam) ' "$(cat "$TMP/out")"
t_ok "a picture in another folder" "$STET" timeline -a $a --svg pictures/t.svg
t_ok "which is there" test -s pictures/t.svg
t_ok "verify, in another zone" "$STET" verify -a $a "The weir needs new planks" --tz Europe/London --on 2016-03-01
t_ok "verify --file" "$STET" verify -a $a --file work/quotes.txt
t_ok "verify -" sh -c '"$STET" verify -a work/a.stet - < work/quotes.txt'
for verb in people conversations sources issues info formats version; do
    t_ok "$verb" "$STET" $verb -a $a
done
mv work/chats/one.txt work/chats/moved.txt
t_exit "audit misses a source that has gone" 1 "$STET" audit -a $a
t_like "and says so in the words of before" 'one\.txt cannot be proved: cannot open .*: no such file' "$(cat "$TMP/out")"
mv work/chats/moved.txt work/chats/one.txt

# --- A killed import ------------------------------------------------------------------------------
awk 'BEGIN { for (i = 0; i < 400000; i++) printf "[2016-03-01 %02d:%02d:%02d] <ada> line %d of a long story\n", i / 20000, i / 360 % 60, i % 60, i }' > long.txt
"$STET" import -a $a --progress none long.txt > /dev/null 2>&1 &
pid=$!
tries=0
# A journal counts from when its first byte is not zero: then the archive itself is being changed.
hot() { [ "$(od -An -N1 -tu1 $a-journal 2> /dev/null | tr -d ' ')" -gt 0 ] 2> /dev/null; }
while ! hot && kill -0 $pid 2> /dev/null && [ $tries -lt 400 ]; do
    sleep 0.02
    tries=$((tries + 1))
done
kill -9 $pid 2> /dev/null
wait $pid 2> /dev/null
rm long.txt
if hot; then
    t_ok "after a killed import a reader plays its journal back" "$STET" info -a $a
    t_like "to the archive as it was" '/a\.stet: 1[0-9] messages' "$(cat "$TMP/out")"
    t_eq "and the journal does not count any more" "" "$(hot && echo hot)"
else
    t_skip "after a killed import a reader plays its journal back" "it was not caught in the act"
fi

# --- What the kernel says -------------------------------------------------------------------------
if [ "${MODE:-}" = asan ]; then
    t_skip "the process is confined" "a sanitizer traces its own process"
else
    mkfifo hold
    "$STET" search -a $a - < hold > /dev/null 2>&1 &
    pid=$!
    exec 9> hold
    tries=0
    while ! grep -q '^NoNewPrivs:.1' /proc/$pid/status && [ $tries -lt 100 ]; do
        sleep 0.02
        tries=$((tries + 1))
    done
    sleep 0.1
    status=$(cat /proc/$pid/status)
    t_like "no new privileges can be gained" '^NoNewPrivs:.1$' "$status"
    if printf '%s\n' "$status" | grep -q '^Seccomp:'; then
        t_like "system calls are filtered" '^Seccomp:.2$' "$status"
    else
        t_skip "system calls are filtered" "this kernel has no seccomp"
    fi
    exec 9>&-
    wait $pid
fi

if [ "${MODE:-}" = asan ] || ! strace -o /dev/null true 2> /dev/null; then
    t_skip "no command asks for the network, a program or a process" "no strace here, or sanitizers"
else
    trace() { strace -f -qq -e trace=network,process,openat,open,unlink,unlinkat,rename "$@" > /dev/null; }
    trace -o t.import "$STET" import -a work/d.stet leak.txt
    trace -o t.audit "$STET" audit -a $a
    trace -o t.search "$STET" search -a $a weir
    trace -o t.file "$STET" verify -a $a --file work/quotes.txt
    trace -o t.verify "$STET" verify -a $a "weir holds"
    # Readers are children of the same program, over a pair of sockets: confined.h.
    t_eq "no command asks for the network or another process but readers" "" \
        "$(grep -E 'socket|connect|bind\(|sendto|fork|clone' t.* |
            grep -v -e ' socketpair(AF_UNIX, ' -e ' clone(child_stack=NULL, flags=[A-Z_|]*SIGCHLD, ' | head)"
    t_eq "only import and audit have readers" "t.audit t.import" \
        "$(grep -lE 'clone' t.* | sort | tr '\n' ' ' | sed 's/ $//')"
    t_eq "no program is started but the helper" 8 "$(cat t.* | grep -c execve)"
    t_eq "nothing is refused to them" "" "$(grep -hE '= -1 (EPERM|EACCES)' t.* | head)"
    t_eq "nothing is written but beside the archive" "" \
        "$(grep -hE 'O_WRONLY|O_RDWR|O_CREAT|unlink|rename' t.* | grep -v "\"$TMP/work/" | head)"
fi

# --- Without a network at all ----------------------------------------------------------------------
if unshare -rn true 2> /dev/null; then
    t_ok "import works without a network" unshare -rn "$STET" import -a work/e.stet leak.txt
    t_ok "so does audit" unshare -rn "$STET" audit -a work/e.stet
    t_ok "so does search" unshare -rn "$STET" search -a work/e.stet weir
else
    t_skip "import, audit and search work without a network" "no unshare -rn here"
fi
t_done
