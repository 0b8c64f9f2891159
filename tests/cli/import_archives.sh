#!/bin/sh
# Archives are read in place: ZIP, tar, compressed, one in another; what cannot be read in them costs
# nothing else, and an audit finds every member again.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"

total() { sed -n "s/.*\"type\":\"total\".*\"$1\":\([0-9]*\).*/\1/p" "$TMP/out"; }
issues() { "$STET" issues -a "$1" --json | sed -n 's/.*"code":"\([A-Za-z0-9]*\)".*/\1/p' | sort | tr '\n' ' '; }

mkdir -p pack/chats pack/pictures
cp leak.txt pack/chats/weir.txt
sed 's/weir/dam/; s/2016/2014/' leak.txt > pack/chats/dam.txt
printf '\377\330\377\340 a picture' > pack/pictures/a.jpg
printf '\377\330\377\340 another one' > pack/pictures/b.JPG
printf '\211PNG a third' > pack/pictures/c.png

# --- tar, compressed ------------------------------------------------------------------------------
tar -cf pack.tar pack
gzip -k pack.tar
t_ok "a compressed tar" "$STET" import -a tar.stet --json pack.tar.gz
t_eq "is one source" 1 "$(total stored)"
t_eq "with the messages of both chats" 16 "$(total messages)"
t_eq "and their events" 2 "$(total events)"
t_eq "and a note on its pictures" "membersSkipped " "$(issues tar.stet)"
t_like "which says how many of what" '3 members hold no messages that Stet knows: 2 \.jpg, 1 \.png' "$(cat "$TMP/out")"
t_ok "an audit" "$STET" audit -a tar.stet
t_like "finds all of it again" '^18 records re-read from 1 source: every text, time, sender and hash agrees' "$(cat "$TMP/out")"
t_like "a message says in which member it stands" '"member":"pack/chats/dam\.txt"' \
    "$("$STET" show -a tar.stet --json "$("$STET" search -a tar.stet --json 'dam during:2014-03' | sed -n 's/.*"type":"hit","id":\([0-9]*\).*/\1/p' | head -n 1)")"
t_ok "the same again" "$STET" import -a tar.stet --json pack.tar.gz
t_eq "changes nothing" "1 0" "$(total known) $(total stored)"
t_ok "the folder itself" "$STET" import -a tar.stet --json pack
t_eq "holds the same messages" "16 18" "$(total messages) $(total duplicates)"
t_ok "an audit of both" "$STET" audit -a tar.stet
t_like "finds all witnesses" '^18 records re-read from 3 sources: every text' "$(cat "$TMP/out")"
cp pack.tar.gz kept.tar.gz
sed -i 's/twelve/eleven/' pack/chats/weir.txt
tar -czf pack.tar.gz pack
t_exit "an archive that was packed anew is not the one that was imported" 1 "$STET" audit -a tar.stet
t_like "and an audit says where" '^! message [0-9]+: its text is not what pack\.tar\.gz says' "$(cat "$TMP/out")"

# --- A member that fails --------------------------------------------------------------------------
awk 'BEGIN { for (i = 0; i < 50000; i++) printf "<b><i><u>"; printf "inner"; for (i = 0; i < 50000; i++) printf "</p>"; print "<p>AFTER</p>" }' > pack/chats/bad.html
tar -czf bad.tar.gz pack
t_ok "one member that cannot be read" "$STET" import -a bad.stet --json bad.tar.gz
t_eq "costs no other" "16 0" "$(total messages) $(total failed)"
t_eq "and is reported" "memberFailed membersSkipped " "$(issues bad.stet)"
t_ok "an audit expects no more of it" "$STET" audit -a bad.stet
cp pack/chats/dam.txt .
tar -cf two.tar leak.txt dam.txt
head -c 2300 two.tar > cut.tar
t_ok "an archive that is cut off" "$STET" import -a cut.stet --json cut.tar
t_eq "gives what stands whole in front" "8 0" "$(total messages) $(total failed)"
t_like "and says that something is missing" 'memberFailed' "$(issues cut.stet)"
t_ok "which an audit knows" "$STET" audit -a cut.stet
t_exit "an archive without messages" 2 "$STET" import -a none.stet --quiet pack/pictures
rm pack/chats/bad.html
tar -cf pictures.tar pack/pictures
t_exit "a tar without messages" 2 "$STET" import -a none.stet pictures.tar
t_like "says what is in it" '^pictures\.tar +not imported: 3 members hold no messages that Stet knows: 2 \.jpg, 1 \.png' "$(cat "$TMP/out")"

# --- ZIP, and archives in archives ----------------------------------------------------------------
if command -v python3 > /dev/null; then
    python3 - <<'END'
import zipfile
z = zipfile.ZipFile('pack.zip', 'w', zipfile.ZIP_DEFLATED)
z.write('leak.txt', 'weir.txt')
z.write('kept.tar.gz', 'inside/pack.tar.gz')
z.writestr('../../outside.txt', open('leak.txt').read().replace('2016', '2013'))
z.close()
END
    t_ok "a ZIP file with a tar in it" "$STET" import -a zip.stet --json pack.zip
    t_eq "gives all chats" 32 "$(total messages)"
    t_like "those at two places have two witnesses" '"duplicates":9' "$(cat "$TMP/out")"
    t_ok "an audit" "$STET" audit -a zip.stet
    t_like "finds all of it again" '^27 records re-read from 1 source: every text' "$(cat "$TMP/out")"
    t_like "the tar's members have a path of both" '"member":"inside/pack\.tar\.gz/pack/chats/dam\.txt"' \
        "$("$STET" show -a zip.stet --json "$("$STET" search -a zip.stet --json 'dam during:2014-03' | sed -n 's/.*"type":"hit","id":\([0-9]*\).*/\1/p' | head -n 1)")"
    t_exit "names that lead outside lead nowhere" 1 test -e ../outside.txt
else
    t_skip "a ZIP file with a tar in it" "no python3 to make one"
fi
gzip -c leak.txt > leak.txt.gz
t_ok "a single compressed chat" "$STET" import -a gz.stet --json leak.txt.gz
t_eq "has its messages" 8 "$(total messages)"
t_ok "and is proved" "$STET" audit -a gz.stet
t_eq "the raw bytes of a message inside" "$("$STET" show -a gz.stet --json 2 | sed -n 's/.*"sha256":"\([0-9a-f]*\)".*/\1/p' | head -n 1)" \
    "$("$STET" show -a gz.stet --raw 2 | sha256sum | cut -d' ' -f1)"
t_done
