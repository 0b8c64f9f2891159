#!/bin/sh
# stet cite: the same citations whatever was imported in which order and format; forms in which no message
# can break out of its quotation; citations of another archive.
. "$(dirname "$0")/../lib.sh"
sample=$TOP/corpus/sample

"$STET" import -q -a text.stet "$sample/release.txt"
"$STET" import -q -a html.stet "$sample/release.html"
"$STET" import -q -a both.stet "$sample/release.html" "$sample/release.txt"
rows=$("$STET" search -a text.stet --json -n 0 'is:event OR -is:event' | sed -n 's/.*"type":"hit".*"id":\([0-9]*\),.*/\1/p' | awk 'NR % 4 == 1')
[ -n "$rows" ] || rows=$(seq 1 4 11000)
for archive in text html both; do
    # shellcheck disable=SC2086
    "$STET" cite -a $archive.stet $rows > $archive.cite
done
t_like "thousands of messages are cited" "^[2-9][0-9]{3}$" "$(grep -c 'Stet ' text.cite)"
t_eq "text and HTML of one release give the same citations" "" "$(cmp text.cite html.cite 2>&1)"
t_eq "and so do both together" "" "$(cmp text.cite both.cite 2>&1)"

# ---- order ----
cat > a.txt << 'END'
[2016-03-02 09:41:07] <noll> good morning, the lignite works at Varnholm are flooded
[2016-03-02 09:42:00] <tern> ok
[2016-03-02 09:42:00] <tern> ok
END
cat > b.txt << 'END'
[2017-05-02 19:41:07] <kelp> a second release, of another year
END
"$STET" import -q -a ab.stet a.txt && "$STET" import -q -a ab.stet b.txt
"$STET" import -q -a ba.stet b.txt && "$STET" import -q -a ba.stet a.txt
t_eq "another order of import, the same citations" \
    "$("$STET" cite -a ab.stet 1 2 3 4 | grep . | sort)" "$("$STET" cite -a ba.stet 1 2 3 4 | grep . | sort)"
t_eq "equals of one second have citations of their own" "4" \
    "$("$STET" cite -a ab.stet 1 2 3 4 | sed -n 's/.*Stet //p' | sort -u | wc -l | tr -d ' ')"
id=$("$STET" cite -a ab.stet 1 | sed -n 's/.*Stet //p')
t_eq "a citation finds its message elsewhere" "$("$STET" cite -a ab.stet 1)" "$("$STET" cite -a ba.stet "$id")"

# ---- a chat whose key is only a guess: each export calls it otherwise ----
chat()
{
    i=10
    while [ $i -lt 30 ]; do
        echo "[$i/03/2016, 09:41:07] $([ $((i % 2)) = 0 ] && echo Ines || echo Noll): the pumps of shaft number $i ran all night long"
        i=$((i + 1))
    done
}
chat > 'WhatsApp Chat with Varnholm.txt'
chat | sed 1,5d > 'WhatsApp Chat with Pit.txt'
"$STET" import -q -a one.stet 'WhatsApp Chat with Varnholm.txt' && "$STET" import -q -a one.stet 'WhatsApp Chat with Pit.txt'
"$STET" import -q -a two.stet 'WhatsApp Chat with Pit.txt' && "$STET" import -q -a two.stet 'WhatsApp Chat with Varnholm.txt'
t_eq "both are one conversation" "1 1" \
    "$("$STET" conversations -a one.stet --json | grep -c '"type":"conversation"') $("$STET" conversations -a two.stet --json | grep -c '"type":"conversation"')"
id=$("$STET" cite -a one.stet 12 | sed -n 's/.*Stet //p')
t_like "the other archive finds it, though it keeps the other key" "shaft number 21" "$("$STET" cite -a two.stet "$id")"
t_exit "a citation of nothing" 2 "$STET" cite -a two.stet "${id%?}$(echo "$id" | tail -c 2 | tr 0-9a-f 1-9a-f0)"

# ---- forms ----
cat > odd.txt << 'END'
[2016-03-02 09:41:07] <no_ll & co> "quoted" <script>alert(1)</script> 100% {of} $5 \end{x} *star* [link](http://a.example.org) `tick` 'one'
END
printf '[2016-03-02 09:41:08] <noll> right\342\200\256to left\nsecond\tline\n' >> odd.txt
"$STET" import -q -a odd.stet odd.txt
t_like "plain: the text and how its time is known" \
    '^noll, message in .*2016-03-02 09:41:08 \(zone not known\): “rightto left second line”\. Stet 2016-' "$("$STET" cite -a odd.stet 2)"
html=$("$STET" cite -a odd.stet 1 --format html)
t_like "HTML is escaped" '&lt;script&gt;alert' "$html"
t_eq "and holds no element of the message" "0" "$(echo "$html" | grep -c '<script')"
t_like "Markdown is escaped" '\\\[link\\\]\\\(http' "$("$STET" cite -a odd.stet 1 --format markdown)"
t_like "BibTeX is escaped" '100\\% \\\{of\\\} \\\$5 \\textbackslash\{\}end' "$("$STET" cite -a odd.stet 1 --format bibtex)"
t_like "and dated" '^  date = \{2016-03-02\},' "$("$STET" cite -a odd.stet 1 --format bibtex)"
csl=$("$STET" cite -a odd.stet 1 2 --format csl-json)
t_eq "CSL-JSON is one array" "[]" "$(echo "$csl" | sed -n '1p;$p' | tr -d '\n')"
t_eq "of the messages" "2" "$(echo "$csl" | grep -c '"type":"personal_communication"')"
t_like "with witnesses: where it stands" 'in odd.txt, bytes [0-9]+-[0-9]+, SHA-256 [0-9a-f]{64}' \
    "$("$STET" cite -a odd.stet 2 --witnesses)"
t_like "JSON has the text to cite" '"type":"citation".*"text_to_cite":"noll, message' "$("$STET" cite -a odd.stet 2 --json)"
t_exit "an unknown form" 2 "$STET" cite -a odd.stet 1 --format chicago
t_done
