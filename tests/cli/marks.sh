#!/bin/sh
# Tags, notes, saved searches, undo; and to a colleague's archive.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"
t_import

t_ok "no tags yet" "$STET" tag
t_like "and what to do" 'Nothing is tagged yet: stet tag NAME QUERY' "$(cat "$TMP/out")"
t_ok "tagging all hits" "$STET" tag lead weir
hits=$("$STET" search -c weir)
t_like "says how many" "^$hits messages tagged" "$(cat "$TMP/out")"
t_eq "tag: finds them" "$hits" "$("$STET" search -c tag:lead)"
t_eq "folded, by its beginning" "$hits" "$("$STET" search -c 'tag:LE*')"
t_eq "has:tag" "$hits" "$("$STET" search -c has:tag)"
t_ok "the same again" "$STET" tag lead weir
t_like "changes nothing" '^0 messages tagged' "$(cat "$TMP/out")"
t_ok "a star" "$STET" tag star id:3
t_eq "is:starred" 1 "$("$STET" search -c is:starred)"
t_ok "off again" "$STET" tag --off star is:starred
t_exit "no star" 1 "$STET" search is:starred
t_exit "no hits, no tag" 1 "$STET" tag lead nothingofthiskind
t_exit "a name without a query" 2 "$STET" tag lead
t_exit "a name with a comma" 2 "$STET" tag 'a,b' weir

t_ok "a note" "$STET" note 2 "ask the <clerk> about page 4"
t_eq "note: finds it" 1 "$("$STET" search -c note:CLERK)"
t_ok "a note on a range" "$STET" note 3 --to 5 "the whole exchange"
t_eq "note: finds the range" 3 "$("$STET" search -c 'note:exchange')"
t_ok "the notes" "$STET" note
t_like "with their places" '3-5 +the whole exchange' "$(cat "$TMP/out")"
t_ok "one taken away" "$STET" note --delete 2
t_exit "is gone" 1 "$STET" search note:exchange
t_exit "a note on no message" 2 "$STET" note 999999 x
t_exit "a note without words" 2 "$STET" note 2

t_ok "a search kept" "$STET" saved weirs 'weir OR tide'
t_eq "and shown" 'weir OR tide' "$("$STET" saved weirs)"
t_exit "a query that cannot be read is not kept" 2 "$STET" saved bad 'from:'
t_exit "a name that is none" 1 "$STET" saved unknown

t_ok "undo the search" "$STET" undo
t_exit "it is gone" 1 "$STET" saved weirs
t_ok "undo the deletion" "$STET" undo
t_eq "the note is back" 3 "$("$STET" search -c note:exchange)"

t_ok "export with marks" "$STET" export -o marked.jsonl
t_ok "a colleague's archive" "$STET" import -a other.stet --quiet leak.txt
t_ok "takes them in" "$STET" marks -a other.stet marked.jsonl
t_eq "the tags" "$hits" "$("$STET" search -a other.stet -c tag:lead)"
t_eq "the note" 1 "$("$STET" search -a other.stet -c note:clerk)"
t_ok "twice" "$STET" marks -a other.stet marked.jsonl
t_like "adds nothing" '^0 tags and 0 notes' "$(cat "$TMP/out")"
t_exit "a file that is none" 2 "$STET" marks -a other.stet leak.txt
t_ok "the archive still proves itself" "$STET" audit
while "$STET" undo > /dev/null 2>&1; do :; done
t_exit "undone to the first" 1 "$STET" search has:tag
t_exit "nothing left" 2 "$STET" undo

t_ok "a table for spreadsheets" "$STET" export --format csv weir
t_like "with its header" 'id,citation,conversation,sender' "$(head -n 1 "$TMP/out")"
printf '[2016-03-02 09:41:07] <=cmd> =1+1\n[2016-03-02 09:41:08] <b> "quoted", and <b>bold</b>\n' > f.txt
t_ok "dangerous cells" "$STET" import -a f.stet --quiet f.txt
t_ok "as a table" "$STET" export -a f.stet --format csv
t_like "are guarded" "\"'=cmd\",\"'=cmd\"" "$(cat "$TMP/out")"
t_like "quotes doubled" '"""quoted"", and <b>bold</b>"' "$(cat "$TMP/out")"
t_ok "as a page" "$STET" export -a f.stet --format html
t_like "inert" '&lt;b&gt;bold' "$(cat "$TMP/out")"
t_eq "no markup of theirs" 0 "$(grep -c '<b>bold' "$TMP/out")"
for f in md txt; do
    t_ok "as $f" "$STET" export -a f.stet --format $f
    t_like "with a citation" '2016-03-02T09:41:07/[0-9a-f]{4}-[0-9a-f]{4}' "$(cat "$TMP/out")"
done
t_done
