#!/bin/sh
# stet verify --draft: every quotation of an article, and the report to print and file.
. "$(dirname "$0")/../lib.sh"
sample=$TOP/corpus/sample

t_ok "the sample is imported" "$STET" import -q "$sample/release.txt"

# verdict and flags of each quotation, one a line
verdicts()
{
    sed -n 's/.*"type":"verdict".*"verdict":"\([a-z]*\)","stands":\([a-z]*\),"flags":\[\([^]]*\)\].*"by":"\([^"]*\)".*"on":"\([^"]*\)".*/\1 \2 \4|\5|\3/p' |
        tr -d '"'
}

t_exit "a draft with quotations that do not stand" 1 "$STET" verify --json --draft "$sample/draft.html"
verdicts < "$TMP/out" > "$TMP/verdicts"
t_eq "has eighteen of them" 18 "$(wc -l < "$TMP/verdicts" | tr -d ' ')"
t_like "is told with its title" '"type":"draft","title":"The people who counted mud.*"quotations":18' "$(head -n 1 "$TMP/out")"
t_like "a quotation stands with its speaker and date" '^typographic true weir dreams\|19 April 2016\|' "$(sed -n 2p "$TMP/verdicts")"
t_like "an ellipsis that turns the sense is seen" '^marked false Lirra Watch\|2 July 2016\|.*omission-hides-negation' "$(sed -n 3p "$TMP/verdicts")"
t_like "so wrote, in the sentence after" '^verbatim true Saltmarsh Sue\|March 2017\|' "$(sed -n 5p "$TMP/verdicts")"
t_like "a wrong speaker is seen" '^verbatim false tern\|November 2016\|.*speaker-differs' "$(sed -n 7p "$TMP/verdicts")"
t_like "a block quotation takes its speaker from the sentence before" '^[a-z]* true Lirra Watch\|21 February 2017\|.*spans' "$(sed -n 11p "$TMP/verdicts")"
t_like "a changed number is seen" '^altered false Tidal Arithmetic\|January 2018\|.*number-changed' "$(sed -n 16p "$TMP/verdicts")"
t_like "a wrong date is seen" '^verbatim false ferry_nils\|15 January 2018\|.*date-differs' "$(sed -n 17p "$TMP/verdicts")"
t_like "what stands nowhere is absent" '^absent false \|\|' "$(sed -n 18p "$TMP/verdicts")"

t_exit "the zone of the stamps may be given" 1 "$STET" verify --json --tz Europe/Copenhagen --draft "$sample/draft.html"

# The report
t_exit "a report" 1 "$STET" verify --draft "$sample/draft.html" --html "$TMP/report.html"
t_like "is named" 'report: .*report.html' "$(cat "$TMP/out")"
t_like "and summed up" '^18 quotations: [0-9]+ stand, [0-9]+ differ, [0-9]+ not in this archive' "$(cat "$TMP/out")"
t_eq "is for its owner only" "-rw-------" "$(ls -l "$TMP/report.html" | cut -c1-10)"
t_eq "tells nothing of this machine" "" "$(grep -F -e "$TMP" -e "$TOP" -e "$(id -un)@" "$TMP/report.html")"
t_eq "loads nothing" "" "$(grep -Eo '(src|href)="[^#][^"]*"|@import|url\(' "$TMP/report.html")"
t_eq "has a card for each quotation" 18 "$(grep -c '<article class="card' "$TMP/report.html")"
t_like "says what stands means" 'the same as this archive' "$(cat "$TMP/report.html")"
"$STET" verify -q --draft "$sample/draft.html" --html "$TMP/again.html" > /dev/null
t_ok "is the same at every run" cmp "$TMP/report.html" "$TMP/again.html"

# Other drafts
printf 'Lirra Watch wrote: "A tide comes back."\n' > "$TMP/one.txt"
t_ok "a draft of which all stands" "$STET" verify --draft "$TMP/one.txt"
t_like "is printed with its number" '^1  VERBATIM' "$(cat "$TMP/out")"
t_eq "a draft on standard input" 0 "$("$STET" verify -q --draft - < "$TMP/one.txt" > "$TMP/out"; echo $?)"
printf 'Nobody says anything.\n' > "$TMP/none.txt"
t_ok "a draft without quotations" "$STET" verify --draft "$TMP/none.txt"
t_like "says so" 'no quotation' "$(cat "$TMP/out")"

# Failing
t_exit "a draft that is not there" 2 "$STET" verify --draft "$TMP/missing.html"
printf '%%PDF-1.7\n' > "$TMP/story.pdf"
t_exit "a PDF" 2 "$STET" verify --draft "$TMP/story.pdf"
t_like "comes with advice" 'copy the text out' "$(cat "$TMP/err")"
t_exit "a report of nothing" 2 "$STET" verify "a tide comes back" --html "$TMP/x.html"
t_like "needs a draft" 'needs --draft' "$(cat "$TMP/err")"
t_done
