# Words, prefixes and what the tokenizer makes of them.

(nothing)
(all)
all

permit
(word permit)
match "permit"

Permit
(word permit)
match "permit"

two words
(and (word two) (word words))
match "two" AND "words"

a AND b
(and (word a) (word b))
match "a" AND "b"

well-known
(phrase well known)
match "well known"

don't
(phrase don t)
match "don t"

don’t
(phrase don t)
match "don t"

@lirra_watch
(word @lirra_watch)
match "@lirra_watch"

@Lirra
(word @lirra)
match "@lirra"

#barrage
(word #barrage)
match "#barrage"

https://www.example.org/a/b?c=d
(phrase https www example org a b c d)
match "https www example org a b c d"

http://example.org
(phrase http example org)
match "http example org"

mailto:someone@example.org
(phrase mailto someone example org)
match "mailto someone example org"

someone@example.org
(phrase someone example org)
match "someone example org"

16-0419
(phrase 16 0419)
match "16 0419"

12:30
(phrase 12 30)
match "12 30"

1,250.75
(phrase 1 250 75)
match "1 250 75"

a/b
(phrase a b)
match "a b"

C++
(word c)
match "c"

node.js
(phrase node js)
match "node js"

R&D
(phrase r d)
match "r d"

🦀
(word 🦀)
match "🦀"

🦀🦀
(phrase 🦀 🦀)
match "🦀 🦀"

👩🏽‍🚀
(phrase 👩 🚀)
match "👩 🚀"

潮水总会回来
(phrase 潮 水 总 会 回 来)
match "潮 水 总 会 回 来"

Ærø straße İstanbul
(and (word aero) (word strasse) (word istanbul))
match "aero" AND "strasse" AND "istanbul"

Ｆｕｌｌ
(word full)
match "full"

ﬁsh
(word fish)
match "fish"

permi*
(prefix permi)
match "permi" *

well-kno*
(prefix well kno)
match "well kno" *

@lir*
(prefix @lir)
match "@lir" *

#bar*
(prefix #bar)
match "#bar" *

潮水*
(phrase 潮 水)
match "潮 水"

AND-gate
(phrase and gate)
match "and gate"

and
(word and)
match "and"

or not
(and (word or) (word not))
match "or" AND "not"

"AND"
(word and)
match "and"

"OR" OR "NOT"
(or (word or) (word not))
match "or" OR "not"

:D
(word d)
match "d"

C:\papers
(phrase c papers)
match "c papers"

std::string
(phrase std string)
match "std string"

'twas
(word twas)
match "twas"

it's 'quoted' here
(and (phrase it s) (word quoted) (word here))
match "it s" AND "quoted" AND "here"

rock'n'roll
(phrase rock n roll)
match "rock n roll"

5" pipe"
(and (word 5) (word pipe))
match "5" AND "pipe"

foo(bar)
(and (word foo) (word bar))
match "foo" AND "bar"

word.
(word word)
match "word"

…permit
(word permit)
match "permit"


permit/~1
(fuzzy 1 permit)
match "permit" OR "permits"

%%FAIL
OR~2 tide
^~~~
a word of fewer than 3 letters is similar to too many
