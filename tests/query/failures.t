# What is not understood is said, at its place.

%%FAIL
(permit OR licence
^
this parenthesis is never closed

%%FAIL
permit)
      ^
this parenthesis was never opened

%%FAIL
((a)
^
this parenthesis is never closed

%%FAIL
()
^~
there is nothing between these parentheses

%%FAIL
a ()
  ^~
there is nothing between these parentheses

%%FAIL
a AND
  ^~~
AND needs something after it | to search for the word itself write "AND"

%%FAIL
AND a
^~~
AND needs something before it | to search for the word itself write "AND"

%%FAIL
a OR
  ^~
OR needs something after it | to search for the word itself write "OR"

%%FAIL
OR
^~
OR needs something before it | to search for the word itself write "OR"

%%FAIL
a OR OR b
     ^~
OR needs something before it | to search for the word itself write "OR"

%%FAIL
NOT
^~~
NOT needs something after it | to search for the word itself write "NOT"

%%FAIL
a NOT
  ^~~
NOT needs something after it | to search for the word itself write "NOT"

%%FAIL
a AND OR b
      ^~
OR needs something before it | to search for the word itself write "OR"

%%FAIL
a AND AND b
      ^~~
AND needs something before it | to search for the word itself write "AND"

%%FAIL
(a AND) b
   ^~~
AND needs something after it | to search for the word itself write "AND"

%%FAIL
"unterminated
^
this quotation mark is never closed | close it, or put the text into other quotation marks

%%FAIL
“unterminated
^
this quotation mark is never closed | close it, or put the text into other quotation marks

%%FAIL
a "b
  ^
this quotation mark is never closed | close it, or put the text into other quotation marks

%%FAIL
""
^~
there is nothing between these marks

%%FAIL
""
^~
there is nothing between these marks

%%FAIL
=""
^~~
there is nothing between these marks

%%FAIL
---
^~~
"---" holds no word: punctuation alone is not indexed | ="---" finds it, byte for byte

%%FAIL
a --- b
  ^~~
"---" holds no word: punctuation alone is not indexed | ="---" finds it, byte for byte

%%FAIL
"?!"
^~~~
"?!" holds no word: punctuation alone is not indexed | ="?!" finds it, byte for byte

%%FAIL
+!
^~
"!" holds no word: punctuation alone is not indexed | ="!" finds it, byte for byte

%%FAIL
:)
^~
":)" holds no word: punctuation alone is not indexed | =":)" finds it, byte for byte

%%FAIL
;-)
^~~
";-)" holds no word: punctuation alone is not indexed | =";-)" finds it, byte for byte

%%FAIL
-
^
"-" holds no word: punctuation alone is not indexed | ="-" finds it, byte for byte

%%FAIL
a - b
  ^
"-" holds no word: punctuation alone is not indexed | ="-" finds it, byte for byte

%%FAIL
*
^
* stands only at the end of a word | in a phrase a * between blanks is any one word: "dredging * permit"

%%FAIL
a*
^~
a prefix needs at least 2 characters before its *

%%FAIL
*word
^
* stands only at the end of a word | in a phrase a * between blanks is any one word: "dredging * permit"

%%FAIL
w*rd
 ^
* stands only at the end of a word | in a phrase a * between blanks is any one word: "dredging * permit"

%%FAIL
"… …"
^~~~~
"… …" holds no word: punctuation alone is not indexed | ="… …" finds it, byte for byte

%%FAIL
"*"
^~~
"*" holds no word: punctuation alone is not indexed | ="*" finds it, byte for byte

%%FAIL
+word*
^~~~~~
a * at the end cannot be used together with + , * or …

%%FAIL
"a … per"*
^~~~~~~~~~
a * at the end cannot be used together with + , * or …

%%FAIL
="abc"*
^~~~~~~
="…" is found byte for byte: nothing can stand behind it

%%FAIL
form:alice
^~~~~
form: is not a field | did you mean from:? Words with a colon go into quotation marks

%%FAIL
subject:hello
^~~~~~~~
subject: is not a field | stet help query lists the fields; words with a colon go into quotation marks

%%FAIL
note: something
^~~~~
note: needs a value: WORDS

%%FAIL
remark: something
^~~~~~~
remark: is not a field | stet help query lists the fields; words with a colon go into quotation marks

%%FAIL
a b wen:2016
    ^~~~
wen: is not a field | did you mean len>? Words with a colon go into quotation marks

%%FAIL
localhost:8080
^~~~~~~~~~
localhost: is not a field | stet help query lists the fields; words with a colon go into quotation marks

%%FAIL
from:
^~~~~
from: needs a value: NAME

%%FAIL
from: tern
^~~~~
from: needs a value: NAME

%%FAIL
from:""
^~~~~~~
from: needs a value: NAME

%%FAIL
from:()
^~~~~~
from: needs a value: NAME

%%FAIL
from:(tern
     ^
this parenthesis is never closed

%%FAIL
from:(tern kelp)
           ^~~~
values are separated by OR | put a value that holds blanks in quotation marks

%%FAIL
from:((tern))
      ^
a list of values holds no parentheses

%%FAIL
from:Habour
     ^~~~~~
no sender matches "Habour" | stet people lists them

%%FAIL
from:lira
     ^~~~
no sender matches "lira" | did you mean Lirra Watch (3,853 messages), Lirra Watch Upriver (144)?

%%FAIL
from:tren
     ^~~~
no sender matches "tren" | did you mean tern (1,470 messages)?

%%FAIL
from:xyzzyq
     ^~~~~~
no sender matches "xyzzyq" | stet people lists them

%%FAIL
from:qq*
     ^~
the name of no sender begins with "qq" | stet people lists them

%%FAIL
with:nobody_here
     ^~~~~~~~~~~
no sender matches "nobody_here" | stet people lists them

%%FAIL
in:nowhere
   ^~~~~~~
no conversation matches "nowhere" | stet conversations lists them

%%FAIL
source:nothing
       ^~~~~~~
no source matches "nothing" | stet info lists them

%%FAIL
mentions:!!!
         ^~~
"!!!" cannot be an @handle: it has no letter or digit

%%FAIL
is:stared
   ^~~~~~
is: does not know "stared" | is: takes edited, deleted, forwarded, reply, redacted, lossy, event, system, undated, ambiguous-time, duplicate, starred

%%FAIL
is:editd
   ^~~~~
is: does not know "editd" | is: takes edited, deleted, forwarded, reply, redacted, lossy, event, system, undated, ambiguous-time, duplicate, starred

%%FAIL
has:pictures
    ^~~~~~~~
has: does not know "pictures" | has: takes link, image, video, audio, file, reaction, reply, mention, emoji, number, phone, email, tag, note

%%FAIL
has:link*
    ^~~~~
has: takes no *

%%FAIL
kind:words
     ^~~~~
kind: does not know "words" | kind: takes text, event, call, poll

%%FAIL
date:2016-02-30
             ^~
2016-02-30: February 2016 has 29 days

%%FAIL
date:2016-13
          ^~
there is no month 13

%%FAIL
date:2015-02-29
             ^~
2015-02-29: February 2015 has 28 days

%%FAIL
date:2016-W54
           ^~
2016 has weeks W01 to W52

%%FAIL
date:2016-Q5
           ^
a year has quarters Q1 to Q4

%%FAIL
date:8/9/2016
     ^~~~~~~~
8/9/2016 could be 8 September or 9 August | write 2016-09-08 or 2016-08-09

%%FAIL
date:yesteryear
     ^~~~~~~~~~
"yesteryear" is not a date that Stet knows | write 2016, 2016-08, 2016-08-23, 2016-Q4, 2016-W33, "june 2015", yesterday, "3 days ago" or a range 2016-07..2016-11

%%FAIL
date:june
     ^~~~
"june" names no year | write the year too, in quotation marks: "june 2015"

%%FAIL
date:2016..2015
     ^~~~~~~~~~
this range ends before it begins

%%FAIL
date:..
     ^~
a range needs at least one end | write 2016-07..2016-11, 2016.. or ..2016

%%FAIL
after:2016..2017
      ^~~~~~~~~~
after: takes one date, not a range | date:2016..2017

%%FAIL
date:2016-08-23T25:00
                ^~
there is no hour 25

%%FAIL
date:"31 june 2016"
      ^~
2016-06-31: June 2016 has 30 days

%%FAIL
date:0000
     ^~~~
there is no year 0000

%%FAIL
before:0001
       ^~~~
nothing lies before the year 1

%%FAIL
id:abc
   ^~~
id: does not know "abc" | id: takes a message number or a citation: id:1523, id:2016-03-02T09:41:07/5937-c3f1

%%FAIL
id:0
   ^
id: does not know "0" | id: takes a message number or a citation: id:1523, id:2016-03-02T09:41:07/5937-c3f1

%%FAIL
id:2016-03-02T09:41:07/5937-c3f1
   ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~
no message has the citation 2016-03-02T09:41:07/5937-c3f1

%%FAIL
len:200
^~~~
len needs > or < | write len>200

%%FAIL
len>abc
    ^~~
len: does not know "abc" | len counts characters: len>200

%%FAIL
gap>10
    ^~
gap: does not know "10" | gap takes a duration: gap>90s, gap>10m, gap>2h, gap>3d, gap>1w

%%FAIL
gap>x
    ^
gap: does not know "x" | gap takes a duration: gap>90s, gap>10m, gap>2h, gap>3d, gap>1w

%%FAIL
gap:10m
^~~~
gap needs > or < | write gap>10m

%%FAIL
url:...
    ^~~
this is not the host of a link

%%FAIL
date:2016*
     ^~~~~
date: takes no *

%%FAIL
a NEAR/5 b NEAR/5 c
           ^~~~~~
NEAR/5 joins two, not three | "a b c"~5 finds three words with at most 5 others among them

%%FAIL
a NEAR/0 b
  ^~~~~~
the distance is 1 to 10000 words

%%FAIL
a NEAR/5 from:b
         ^~~~~~
NEAR/5 stands between words, phrases or (a OR b) | use AND for everything else

%%FAIL
a NEAR/5 (b c)
          ^~~
NEAR/5 stands between words, phrases or (a OR b) | use AND for everything else

%%FAIL
ADJ/3
^~~~~
ADJ/3 needs something before it | to search for the word itself write "ADJ/3"

%%FAIL
a ADJ/3
  ^~~~~
ADJ/3 needs something after it | to search for the word itself write "ADJ/3"

%%FAIL
permit~3
^~~~~~~~
at most 2 characters may differ | permit~2

%%FAIL
ab~1
^~~~
a word of fewer than 3 letters is similar to too many

%%FAIL
"a * b"~3
^~~~~~~~~
~N stands behind a phrase of words alone, without + * or …

%%FAIL
permit /a(b/
          ^
in this regular expression: missing closing parenthesis

%%FAIL
/a[b/ tide
   ^
in this regular expression: missing terminating ] for character class

%%FAIL
thread:{}
       ^~
there is nothing between these braces

%%FAIL
thread:{a
       ^
this brace is never closed

%%FAIL
thread:a
       ^
a query in braces belongs here | thread:{from:kelp invoice}   same:5m{kelp}{invoice}

%%FAIL
same:{a}{b}
^~~~~
same: needs a duration and two queries | same:5m{from:kelp}{invoice}: within five minutes of each other

%%FAIL
same:5m{a}
         ^
a query in braces belongs here | thread:{from:kelp invoice}   same:5m{kelp}{invoice}

%%FAIL
weekday:noday
        ^~~~~
weekday: does not know "noday" | a weekday is mon, tuesday ... or a range: mon..fri

%%FAIL
time:24
     ^~
time: does not know "24" | a time of day is time:9, time:9:30 or time:22:00..04:00

%%FAIL
newer_than:soon
           ^~~~
newer_than: does not know "soon" | an age is 12h, 30d, 2w, 6m (months) or 2y

%%FAIL
tz:UTC tz:UTC
          ^~~
a query has one tz:

%%FAIL
stem:klingon/word
     ^~~~~~~~~~~~
stem: does not know "klingon/word" | languages are english german french spanish italian portuguese dutch russian swedish norwegian danish finnish turkish arabic greek ...

%%FAIL
permit -tz:Europe/Berlin
        ^~~~~~~~~~~~~~~~
tz: is about the whole query | put it beside the rest: tz:Europe/Berlin ...

%%FAIL
tz:Europe/Berlin OR permit
^~~~~~~~~~~~~~~~
tz: is about the whole query | put it beside the rest: tz:Europe/Berlin ...

%%FAIL
permit (tide OR tz:UTC)
                ^~~~~~
tz: is about the whole query | put it beside the rest: tz:UTC ...

%%FAIL
thread:{tz:UTC permit}
        ^~~~~~
tz: is about the whole query | put it beside the rest: tz:UTC ...

%%FAIL
same:5m{permit}{tide tz:UTC}
                     ^~~~~~
tz: is about the whole query | put it beside the rest: tz:UTC ...

%%FAIL
NOT (tide tz:UTC)
          ^~~~~~
tz: is about the whole query | put it beside the rest: tz:UTC ...

%%FAIL
lang:de permit
^~~~~
lang: is not a field | the language of a short message cannot be told: script:cyrillic, stem:russian/WORD
