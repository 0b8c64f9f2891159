#!/bin/sh
# Proof for others: comparing copies, custody, levels of the audit, evidence packs and their verifier.
. "$(dirname "$0")/../lib.sh"

cat > a.txt <<'EOF'
[2016-03-02 09:41:07] <noll> good morning
[2016-03-02 09:42:00] <Lirra Watch> the dredging permit came, 9000 tons
[2016-03-02 09:42:30] <noll> at last
[2016-03-02 09:43:10] <tern> nobody told the ferry office
[2016-03-02 09:44:00] <Lirra Watch> then do
[2016-03-03 08:00:00] <tern> they know now – “by the papers”
EOF
sed -e 's/9000 tons/900 tons/' -e '/at last/d' a.txt > b.txt
t_ok "one copy is imported" "$STET" import -a a.stet a.txt
root=$(sed -n 's/^  root //p' "$TMP/out")
t_eq "and its root printed" 64 "$(printf %s "$root" | wc -c)"
t_ok "the other copy" "$STET" import -q -a b.stet b.txt

# --- compare ---
t_exit "copies that differ" 1 "$STET" compare a.stet b.stet --html page.html
t_like "the words are shown" '\[-9000-\] \{\+900\+\}' "$(cat "$TMP/out")"
t_like "what is missing" 'only in a.stet' "$(cat "$TMP/out")"
t_like "the page says so too" '<del[^>]*>9000</del>' "$(cat page.html)"
t_eq "and loads nothing" 0 "$(grep -c 'src=\|<script' page.html)"
t_exit "as JSON" 1 "$STET" compare --json a.stet b.stet
t_eq "a line for each" 2 "$(grep -c '"type":"difference"' "$TMP/out")"
t_like "and the sums" '"same":4,"differences":2,.*"text":1,.*"only-left":1' "$(tail -1 "$TMP/out")"
t_ok "a copy and itself" "$STET" compare a.stet a.stet
t_ok "both into one archive" "$STET" import -q -a both.stet a.txt b.txt
t_exit "two sources of one archive" 1 "$STET" compare -a both.stet --source 1 --source b.txt --json
t_like "differ in the same" '"differences":2' "$(tail -1 "$TMP/out")"
t_exit "a source that is not there" 2 "$STET" compare -a both.stet --source 1 --source c.txt
t_exit "one archive is not enough" 2 "$STET" compare a.stet
t_exit "a conversation that is not there" 2 "$STET" compare a.stet b.stet --in nowhere

# --- custody ---
t_ok "a tag is an act" "$STET" tag -q -a a.stet secretname permit
t_ok "the log" "$STET" custody -a a.stet
t_like "has both" '1  .* import .*2  .* tag ' "$(tr '\n' ' ' < "$TMP/out")"
t_eq "without the tag's name" 0 "$(grep -c secretname "$TMP/out")"
t_like "and ends with the root" "^root +$root\$" "$(cat "$TMP/out")"
t_ok "info says it too" "$STET" info -a a.stet
t_like "the same" "$root" "$(cat "$TMP/out")"
STET_NO_LOG=1 "$STET" tag -q -a a.stet other permit
t_ok "who wants no log" "$STET" custody -a a.stet --json
t_eq "has none" 2 "$(grep -c '"type":"entry"' "$TMP/out")"

# --- audit ---
t_ok "the quick audit" "$STET" audit -a a.stet --quick
t_like "says what it did not do" 'No source was read' "$(cat "$TMP/out")"
t_like "and the root" "Root: $root" "$(cat "$TMP/out")"
t_ok "the sources alone" "$STET" audit -a a.stet --sources
t_ok "a sample" "$STET" audit -a a.stet --sample 3 --json
t_like "of three" '"sampled":3,"sampled_same":3' "$(cat "$TMP/out")"
t_exit "not two levels at once" 2 "$STET" audit -a a.stet --quick --sources
t_exit "not an empty sample" 2 "$STET" audit -a a.stet --sample 0

# --- evidence ---
t_exit "a pack needs a place" 2 "$STET" evidence -a a.stet 2
t_ok "a pack" "$STET" evidence -a a.stet 2 6 -o one.zip
t_ok "and again" "$STET" evidence -a a.stet 2 6 -o two.zip
t_eq "is the same to the byte" "$(sha256sum < one.zip)" "$(sha256sum < two.zip)"
t_eq "for its owner only" "-rw-------" "$(ls -l one.zip | cut -c1-10)"
t_eq "says nothing of this machine" 0 \
    "$(grep -a -c -F -e "$TMP" -e "$(uname -n)" -e "$(id -un)@" one.zip)"
t_exit "a message that is not there" 2 "$STET" evidence -a a.stet 99 -o no.zip
t_eq "leaves nothing" 0 "$(ls | grep -c '^no.zip')"

if command -v python3 > python.path; then
    python3 - one.zip > verify.py <<'EOF'
import sys, zipfile
sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("verify.py"))
EOF
    t_ok "its verifier holds it" python3 verify.py one.zip
    t_like "whole" 'Everything in this pack fits together' "$(cat "$TMP/out")"
    t_like "with the root of the archive" "$root" "$(cat "$TMP/out")"
    t_ok "also against the source" python3 verify.py one.zip a.txt
    t_like "at its byte" 'stands in a.txt at byte 42' "$(cat "$TMP/out")"
    t_exit "another file is not the source" 1 python3 verify.py one.zip b.txt
    # Each stroke changes one file of the pack; the last ones correct the manifest as a forger would.
    cat > forge.py <<'EOF'
import hashlib, json, sys, zipfile
stroke, out = sys.argv[1:]
old = zipfile.ZipFile("one.zip")
pack = {n: old.read(n) for n in old.namelist()}
first = "messages/001/"
if stroke == "text":
    pack[first + "text.txt"] = b"the dredging permit never came"
elif stroke == "record":
    pack[first + "record-1.bin"] = pack[first + "record-1.bin"].replace(b"9000", b"9001")
elif stroke == "extra":
    pack["messages/003/text.txt"] = b"and more"
elif stroke == "less":
    del pack[first + "leaf.txt"]
elif stroke in ("sender", "place", "time"):
    m = json.loads(pack[first + "message.json"])
    if stroke == "sender":
        m["sender"] = "tern"
    elif stroke == "place":
        m["places"][0]["first_byte"] += 1
    else:
        m["time_shown"] = "2016-03-02 10:42:00"
    pack[first + "message.json"] = json.dumps(m).encode()
elif stroke == "leaf":
    pack[first + "leaf.txt"] = pack[first + "leaf.txt"].replace(b"9000", b"9001")
    pack[first + "text.txt"] = pack[first + "text.txt"].replace(b"9000", b"9001")
manifest = json.loads(pack["manifest.json"])
if stroke == "source":
    manifest["sources"][0]["leaf"] = manifest["sources"][0]["leaf"].replace("release", "released")
if stroke == "root":
    manifest["root"] = "0" * 64
if stroke not in ("text", "record", "extra", "less"):
    for f in manifest["files"]:
        f["sha256"] = hashlib.sha256(pack[f["name"]]).hexdigest()
pack["manifest.json"] = json.dumps(manifest).encode()
with zipfile.ZipFile(out, "w") as z:
    for n, data in pack.items():
        z.writestr(n, data)
EOF
    for stroke in text record extra less sender place time leaf source root; do
        python3 forge.py $stroke forged.zip
        t_exit "a forged pack is found out: $stroke" 1 python3 verify.py forged.zip
    done
    mv a.txt gone.txt
    t_ok "a source that is gone" "$STET" evidence -a a.stet 2 -o gone.zip
    t_like "is told" '1 place is in it by its hash only' "$(cat "$TMP/out")"
    t_ok "and the rest still holds" python3 verify.py gone.zip
else
    t_skip "the verifier" "there is no python3"
fi
t_done
