# Phrases, quotation marks, wildcards inside them, exact spelling and bytes.

"dredging permit"
(phrase dredging permit)
match "dredging permit"

“dredging permit”
(phrase dredging permit)
match "dredging permit"

„dredging permit“
(phrase dredging permit)
match "dredging permit"

”dredging permit”
(phrase dredging permit)
match "dredging permit"

«dredging permit»
(phrase dredging permit)
match "dredging permit"

»dredging permit«
(phrase dredging permit)
match "dredging permit"

‘dredging permit’
(phrase dredging permit)
match "dredging permit"

‚dredging permit‘
(phrase dredging permit)
match "dredging permit"

'dredging permit'
(phrase dredging permit)
match "dredging permit"

‹dredging permit›
(phrase dredging permit)
match "dredging permit"

"Dredging, the Permit!"
(phrase dredging the permit)
match "dredging the permit"

'don't go'
(phrase don t go)
match "don t go"

"permit"
(word permit)
match "permit"

"a "" quoted"" b"
(phrase a quoted b)
match "a quoted b"

"dredging * permit"
(phrase dredging * permit)
match "dredging" AND "permit" | then "dredging * permit" (text of each message)

"dredging*permit"
(phrase dredging permit)
match "dredging permit"

"* permit"
(phrase * permit)
match "permit" | then "* permit" (text of each message)

"dredging … permit"
(phrase dredging … permit)
match "dredging" AND "permit" | then "dredging … permit" (text of each message)

"dredging ... permit"
(phrase dredging … permit)
match "dredging" AND "permit" | then "dredging ... permit" (text of each message)

"dredging...permit"
(phrase dredging … permit)
match "dredging" AND "permit" | then "dredging...permit" (text of each message)

"…dredging permit…"
(phrase dredging permit)
match "dredging permit"

"dredging [...] permit"
(phrase dredging … permit)
match "dredging" AND "permit" | then "dredging [...] permit" (text of each message)

"a … … b"
(phrase a … b)
match "a" AND "b" | then "a … … b" (text of each message)

"a … * b"
(phrase a … * b)
match "a" AND "b" | then "a … * b" (text of each message)

"dredging per"*
(prefix dredging per)
match "dredging per" *

"@lirra_watch"
(word @lirra_watch)
match "@lirra_watch"

"ask @lirra_watch now"
(phrase ask lirra watch now)
match "ask lirra watch now"

+Permit
(spelled Permit)
match "permit" | then +Permit (text of each message)

+Zoë
(spelled Zoë)
match "zoe" | then +Zoë (text of each message)

+"Dredging Permit"
(spelled Dredging Permit)
match "dredging permit" | then +"Dredging Permit" (text of each message)

+"Dredging * Permit"
(spelled Dredging * Permit)
match "dredging" AND "permit" | then +"Dredging * Permit" (text of each message)

+well-known
(spelled well known)
match "well known" | then +"well-known" (text of each message)

="dredging permit"
(bytes "dredging permit")
match "permit" * | then ="dredging permit" (text of each message)

=“Dredging Permit”
(bytes "Dredging Permit")
match "permit" * | then ="Dredging Permit" (text of each message)

="---"
(bytes "---")
then ="---" (text of each message)

="a ""b"" c"
(bytes "a \"b\" c")
match "b" | then ="a ""b"" c" (text of each message)

="redging permi"
(bytes "redging permi")
match "permi" * | then ="redging permi" (text of each message)

="x"
(bytes "x")
then ="x" (text of each message)

="潮は必ず"
(bytes "潮は必ず")
match "は 必" | then ="潮は必ず" (text of each message)

='don't'
(bytes "don't")
then ="don't" (text of each message)

