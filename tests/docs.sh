#!/bin/sh
# Every example of the documentation is run: each `$ stet ...` line of a ```console block in
# README.md and docs/, in a folder that holds the sample files of corpus/sample/, must print what
# stands below it.  A line `...` stands for any lines, `...` within a line for any text; durations
# differ.  Each document starts afresh; unless its first example imports, release.html is imported.
. "$(dirname "$0")/lib.sh"

sample=$TOP/corpus/sample
if [ ! -e "$sample/release.html" ]; then
    t_skip "examples of the documentation" "corpus/sample/release.html is missing"
    t_done
fi

# Writes NNN.cmd, NNN.want for each example of the document $1 into the folder $2.
extract()
{
    awk -v dir="$2" '
        function finish() { if (name != "") { close(name ".cmd"); close(name ".want") }; name = "" }
        /^```console$/ { inside = 1; next }
        /^```/ { inside = 0; finish(); next }
        !inside { next }
        /^\$ stet / {
            finish()
            name = sprintf("%s/%03d", dir, ++n)
            print substr($0, 3) > (name ".cmd")
            printf "" > (name ".want")
            next
        }
        /^\$ / { finish(); next }
        name != "" { print > (name ".want") }' "$1"
}

# Compares $1 (as documented) with $2 (as printed); prints the first line that does not fit.
compare()
{
    awk '
        function plain(s) { gsub(/[0-9]+\.[0-9]+ s/, "N s", s); sub(/[ \t]+$/, "", s); return s }
        function like(want, got,    parts, count, i, at)
        {
            count = split(want, parts, /\.\.\./)
            if (count == 1) return want == got
            if (substr(got, 1, length(parts[1])) != parts[1]) return 0
            got = substr(got, length(parts[1]) + 1)
            for (i = 2; i < count; i++) {
                at = index(got, parts[i])
                if (!at && parts[i] != "") return 0
                got = substr(got, at + length(parts[i]))
            }
            return length(got) >= length(parts[count]) &&
                   substr(got, length(got) - length(parts[count]) + 1) == parts[count]
        }
        FNR == NR { want[++w] = plain($0); next }
        { got[++g] = plain($0) }
        END {
            while (w && want[w] == "") w--
            while (g && got[g] == "") g--
            j = 1
            for (i = 1; i <= w; i++) {
                if (want[i] == "...") { loose = 1; continue }
                first = j
                while (loose && j <= g && !like(want[i], got[j])) j++
                if (j > g || !like(want[i], got[j])) {
                    print "documented: " want[i]
                    print "printed:    " (j <= g ? got[j] : first <= g ? got[first] : "(nothing more)")
                    exit 1
                }
                j++
                loose = 0
            }
            if (!loose && j <= g) { print "not documented: " got[j]; exit 1 }
        }' "$1" "$2"
}

# Links to files of the repository lead somewhere.
for doc in "$TOP"/*.md "$TOP"/docs/*.md; do
    dead=$(grep -oE '\]\([^)#]+' "$doc" | cut -c3- | grep -v '://' | while read -r link; do
        [ -e "$(dirname "$doc")/$link" ] || echo "$link"
    done)
    t_eq "${doc#"$TOP"/}: links lead somewhere" "" "$dead"
done

ran=0
mkdir "$TMP/bin"
ln -s "$STET" "$TMP/bin/stet"
PATH=$TMP/bin:$PATH
for doc in "$TOP/README.md" "$TOP"/docs/*.md; do
    [ -e "$doc" ] || continue
    name=${doc#"$TOP"/}
    cases=$TMP/cases.$(basename "$doc") work=$TMP/work.$(basename "$doc")
    mkdir "$cases" "$work"
    extract "$doc" "$cases"
    [ -e "$cases/001.cmd" ] || continue
    cp "$sample"/* "$work"
    cd "$work" || exit 2
    grep -q '^stet import ' "$cases/001.cmd" || stet import --quiet release.html > /dev/null 2>&1
    for cmd in "$cases"/*.cmd; do
        sh "$cmd" > "$TMP/out" 2>&1 < /dev/null
        ran=$((ran + 1))
        if said=$(compare "${cmd%.cmd}.want" "$TMP/out"); then
            t_pass "$name: $(cat "$cmd")"
        else
            t_fail "$name: $(cat "$cmd")" "$said"
        fi
    done
done
t_like "there are examples" '^[1-9]' "$ran"
t_done
