#!/bin/sh
# Many sources at once: a bad one among them, folders with many files, options for single ones.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"

total() { sed -n "s/.*\"type\":\"total\".*\"$1\":\([0-9]*\).*/\1/p" "$TMP/out"; }
utc_of() { "$STET" search -a "$1" --json "$2" | sed -n 's/.*"utc":"\([^"]*\)".*/\1/p' | head -n 1; }

# --- A bad one among good ones ----------------------------------------------------------------------
sed 's/weir/dam/; s/2016/2014/' leak.txt > dam.txt
head -c 3000 /dev/urandom > noise.bin
t_exit "a bad file among good ones" 1 "$STET" import -a a.stet noise.bin leak.txt nowhere.txt dam.txt
t_like "the first good one is stored" '^leak\.txt +release-text +8 messages' "$(cat "$TMP/out")"
t_like "so is the last" '^dam\.txt +release-text +8 messages' "$(cat "$TMP/out")"
t_like "each bad one is named" '^nowhere\.txt +not imported: cannot open .*: no such file' "$(cat "$TMP/out")"
t_like "with what it looks like" '^noise\.bin +not imported: .*looks like binary data' "$(cat "$TMP/out")"
t_like "and counted" '^! 2 sources were not imported' "$(cat "$TMP/out")"
t_eq "standard input twice is read once" 8 \
    "$("$STET" import -a twice.stet --json - - < leak.txt > "$TMP/out"; total messages)"

# --- A folder with many files -------------------------------------------------------------------------
mkdir -p many/deep
i=0
while [ $i -lt 40 ]; do
    printf '[2016-03-%02d 10:00:00] <ada> plank %d of the weir\n[2016-03-%02d 10:00:01] <bert> and nail %d\n' \
        $((i % 28 + 1)) $i $((i % 28 + 1)) $i > many/deep/$i.txt
    i=$((i + 1))
done
printf '\377\330\377\340 a picture' > many/a.jpg
awk 'BEGIN { for (i = 0; i < 50000; i++) printf "<b><i><u>"; printf "inner"; for (i = 0; i < 50000; i++) printf "</p>"; print "<p>AFTER</p>" }' > many/bad.html
cp leak.txt many/.hidden.txt
t_exit "a folder with many files, one bad" 1 "$STET" import -a many.stet many leak.txt
t_like "has one line" '^many +release-text +80 messages +0 events' "$(cat "$TMP/out")"
t_like "which counts them" '^ +43 files, 2 skipped: no format that Stet knows, 1 not imported$' "$(cat "$TMP/out")"
t_like "and names the bad one" '^many/bad\.html +not imported: ' "$(cat "$TMP/out")"
t_eq "no other" 0 "$(grep -c 'deep/7.txt' "$TMP/out")"
t_like "the file beside it has its own" '^leak\.txt +release-text +8 messages' "$(cat "$TMP/out")"
t_ok "all of it is proved" "$STET" audit -a many.stet
t_ok "the same again" sh -c '"$STET" import -a many.stet --json many/deep > "$TMP/out"'
t_eq "JSON has a line for each file" 40 "$(grep -c '"type":"source"' "$TMP/out")"
"$STET" import -a many/deep/inside.stet --quiet leak.txt
t_ok "a folder that holds the archive" "$STET" import -a many/deep/inside.stet many/deep
t_like "does not read it" '^ +4[12] files, [12] skipped: no format that Stet knows$' "$(cat "$TMP/out")"

# --- Options ------------------------------------------------------------------------------------------
t_ok "zones for single paths" "$STET" import -a z.stet --tz Europe/Berlin --tz dam.txt=America/New_York leak.txt dam.txt
t_eq "decide for that one" 2014-05-10T23:30:00Z "$(utc_of z.stet 'oak during:2014')"
t_eq "and not for the others" 2016-05-10T17:30:00Z "$(utc_of z.stet 'oak during:2016')"
t_ok "an audit reads each in its own" "$STET" audit -a z.stet
t_exit "a zone for a path that is not there" 2 "$STET" import -a y.stet --tz other.txt=Europe/Berlin leak.txt
t_like "is a mistake" 'other\.txt, which is not among the paths' "$(cat "$TMP/err")"
t_exit "an unknown zone for one path" 2 "$STET" import -a y.stet --tz leak.txt=Europe/Berlim leak.txt
t_like "has a suggestion" 'Europe/Berlin' "$(cat "$TMP/err")"
t_exit "an order of dates that is none" 2 "$STET" import -a y.stet --date-order xyz leak.txt
t_exit "names that are not there" 2 "$STET" import -a y.stet --names nowhere.csv leak.txt
printf 'not a list of names' > bad.csv
t_exit "names that are none" 2 "$STET" import -a y.stet --names bad.csv leak.txt
t_exit "nothing was made by all that" 1 test -e y.stet
printf 'id,name\n7,Ines Rautenberg\n' > names.csv
t_ok "options that change what is read" "$STET" import -a o.stet --names names.csv --owner noll --date-order dmy leak.txt
t_ok "are used again by an audit" "$STET" audit -a o.stet
rm names.csv
t_exit "which misses them" 1 "$STET" audit -a o.stet
t_like "and says so" 'leak\.txt cannot be proved: cannot open .*names\.csv' "$(cat "$TMP/out")"

# --- A format for a folder ------------------------------------------------------------------------------
mkdir forms
cp leak.txt forms/a.txt
printf '<html><p>[2016-01-01 00:00:00] &lt;cleo&gt; on a page</p></html>' > forms/b.html
t_ok "--format takes what looks like it" "$STET" import -a f.stet --json --format release-html forms
t_eq "and passes over the rest" "1 1" "$(total stored) $(total skipped)"
t_ok "so does the audit" "$STET" audit -a f.stet
t_done
