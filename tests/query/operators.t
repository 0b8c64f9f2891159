# AND, OR, NOT, minus and parentheses.

a b c
(and (word a) (word b) (word c))
match "a" AND "b" AND "c"

a AND b AND c
(and (word a) (word b) (word c))
match "a" AND "b" AND "c"

a OR b
(or (word a) (word b))
match "a" OR "b"

a b OR c d
(or (and (word a) (word b)) (and (word c) (word d)))
match ("a" AND "b") OR ("c" AND "d")

a (b OR c)
(and (word a) (or (word b) (word c)))
match "a" AND ("b" OR "c")

(a OR b) (c OR d)
(and (or (word a) (word b)) (or (word c) (word d)))
match ("a" OR "b") AND ("c" OR "d")

a OR (b OR c)
(or (word a) (word b) (word c))
match "a" OR "b" OR "c"

a AND (b AND c)
(and (word a) (word b) (word c))
match "a" AND "b" AND "c"

((a))
(word a)
match "a"

NOT a
(not (word a))
then NOT a (index)

-a
(not (word a))
then NOT a (index)

a -b
(and (word a) (not (word b)))
match "a" NOT "b"

a -b -c
(and (word a) (not (word b)) (not (word c)))
match "a" NOT ("b" OR "c")

a NOT b NOT c
(and (word a) (not (word b)) (not (word c)))
match "a" NOT ("b" OR "c")

a AND NOT b
(and (word a) (not (word b)))
match "a" NOT "b"

a OR -b
(or (word a) (not (word b)))
then (a OR NOT b) (sets of rows combined)

NOT NOT a
(word a)
match "a"

NOT NOT NOT a
(not (word a))
then NOT a (index)

NOT (NOT a)
(word a)
match "a"

NOT (a b)
(not (and (word a) (word b)))
then NOT (a AND b) (index)

NOT (a OR b)
(not (or (word a) (word b)))
then NOT a (index) | then NOT b (index)

-(a OR b)
(not (or (word a) (word b)))
then NOT a (index) | then NOT b (index)

a -(b c)
(and (word a) (not (and (word b) (word c))))
match "a" NOT (("b" AND "c"))

-"a b"
(not (phrase a b))
then NOT "a b" (index)

-from:tern
(not (from "tern"))
then NOT from:tern (sender column)

-="x y"
(not (bytes "x y"))
then NOT ="x y" (text of each message)

--flag
(word flag)
match "flag"

a -5
(and (word a) (not (word 5)))
match "a" NOT "5"

-a -b
(and (not (word a)) (not (word b)))
then NOT a (index) | then NOT b (index)

(a OR -b) c
(and (or (word a) (not (word b))) (word c))
match "c" | then (a OR NOT b) (sets of rows combined)

x (a OR from:tern)
(and (word x) (or (word a) (from "tern")))
match "x" | then (a OR from:tern) (sets of rows combined)

x -(a OR from:tern)
(and (word x) (not (or (word a) (from "tern"))))
match "x" NOT "a" | then NOT from:tern (sender column)

(a OR b) -c
(and (or (word a) (word b)) (not (word c)))
match (("a" OR "b")) NOT "c"

+A OR +B
(or (spelled A) (spelled B))
match "a" OR "b" | then (+A OR +B) (sets of rows combined)

(+A OR +B) c
(and (or (spelled A) (spelled B)) (word c))
match ("a" OR "b") AND "c" | then (+A OR +B) (sets of rows combined)

a (b -c OR d)
(and (word a) (or (and (word b) (not (word c))) (word d)))
match "a" AND (("b" NOT "c") OR "d")

(a (b OR (c (d OR (e (f OR (g (h OR (i (j OR (k (l OR (m (n OR (o (p OR q))))))))))))))))
(and (word a) (or (word b) (and (word c) (or (word d) (and (word e) (or (word f) (and (word g) (or (word h) (and (word i) (or (word j) (and (word k) (or (word l) (and (word m) (or (word n) (and (word o) (or (word p) (word q)))))))))))))))))
match "a" AND ("b" OR "c") | then (b OR c AND (d OR e AND (f OR g AND (h OR i AND (j OR k AND (l OR m AND (n OR o AND (p OR q)))))))) (sets of rows combined)

