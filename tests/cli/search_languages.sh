#!/bin/sh
# Searching in other languages: what a speaker types finds what a speaker wrote, in the forms that people
# and keyboards give it. A line of the table is: query, number of messages, what it is about.
. "$(dirname "$0")/../lib.sh"

cat > "$TMP/talk.txt" <<'END'
[2016-03-01 08:00:00] <ines> Ещё одна проверка шахты, и всё закроют.
[2016-03-01 08:00:10] <ines> Еще раз: шахтой никто не занимался, документы по шахтам у Нолля.
[2016-03-01 08:00:20] <ines> Мой е-мейл не работает, пишите на ёлка@varnholm.example
[2016-03-01 08:01:00] <kelp> وصل الـتـقـريـر عن المنجم إلى الصحيفة
[2016-03-01 08:01:10] <kelp> قَرَأتُ التَّقريرَ أمسِ، وهو إهانة
[2016-03-01 08:01:20] <kelp> احمد لم يقرأ اي شيء، كتاب آخر ١٢٣
[2016-03-01 08:02:00] <tern> שָׁלוֹם, המכרה נסגר מחר
[2016-03-01 08:02:10] <tern> שלום שוב. ד״ר נול וצה"ל, ג'ירפה
[2016-03-01 08:03:00] <noll> 瓦恩霍尔姆的煤矿明天关闭，我们必须检查许可证。
[2016-03-01 08:03:10] <noll> 許可證在哪裡？問礦長。
[2016-03-01 08:04:00] <reed> ﾃﾞｰﾀを確認してください。東京の編集部より
[2016-03-01 08:04:10] <reed> データは確認済み。サーバーも見た。ＡＢＣ社
[2016-03-01 08:05:00] <moss> 광산을 내일 닫는다. 허가증은 편집부에 있다
[2016-03-01 08:05:10] <moss> 광산이 위험하다고 들었다
[2016-03-01 08:06:00] <fern> เหมืองจะปิดพรุ่งนี้ ขอใบอนุญาตด้วย
[2016-03-01 08:06:10] <fern> น้ำท่วมเหมืองแล้ว
[2016-03-01 08:07:00] <silt> खदान कल बंद होगी, हिंदी में लिखो
[2016-03-01 08:07:10] <silt> ख़दान की रिपोर्ट हिन्दी में है, कि नहीं की
[2016-03-01 08:08:00] <gull> Ο ΠΡΌΕΔΡΟΣ ΤΟΥ ΟΡΥΧΕΊΟΥ έφυγε
[2016-03-01 08:08:10] <gull> ο προεδρος του ορυχείου μίλησε για τους οδηγός
[2016-03-01 08:09:00] <rook> İSTANBUL madeni IĞDIR yolunda, ışık yok
[2016-03-01 08:09:10] <rook> istanbul'da ığdır için izin bekliyoruz
[2016-03-01 08:10:00] <wren> Die Straße zum Schacht ist gesperrt, Grüße aus Köln
[2016-03-01 08:10:10] <wren> STRASSE frei, GRÜSSE an alle, auch an Goethe
[2016-03-01 08:11:00] <lark> 👍🏽 passt, 👩🏾‍🚒 kommt, 🇩🇪
[2016-03-01 08:11:10] <lark> 👍 und 👩‍🚒 und ❤️
END
t_ok "the talk is imported" "$STET" import -a "$TMP/talk.stet" --quiet "$TMP/talk.txt"
STET_ARCHIVE=$TMP/talk.stet
export STET_ARCHIVE

while IFS='|' read -r query count about; do
    [ -n "$query" ] || continue
    got=$("$STET" search -c "$query" 2>&1)
    t_eq "$about: $query" "$count" "$got"
done <<'END'
еще|2|Russian: ё is written е, and found both ways
ещё|2|Russian: ё is written е, and found both ways
ШАХТОЙ|1|Russian: capitals
шахта|0|Russian: a word is a word
stem:russian/шахта|2|Russian: all cases of a noun by its stem
stem:russian/документ|1|Russian: the plural by its stem
+Ещё|1|Russian: the exact spelling tells ё from е
التقرير|2|Arabic: tatweel and vowel signs do not matter
تقرير*|0|Arabic: the article is a part of the word
قرأت|1|Arabic: harakat
أحمد|1|Arabic: hamza on alef may be left out
اى|1|Arabic: alef maqsura and ya are one, as in Egypt
إلى|1|Arabic: a word with hamza below
اهانة|1|Arabic: hamza left out in the query
123|1|Arabic: digits of both kinds are the same
שלום|2|Hebrew: points do not matter
ד"ר|1|Hebrew: a straight quotation mark for gershayim
ד״ר|1|Hebrew: gershayim
ג׳ירפה|1|Hebrew: geresh and the apostrophe are one
煤矿|1|Chinese: any part of a run of characters
许可证|1|Chinese: simplified
許可證|1|Chinese: traditional is another spelling
"许可证"|1|Chinese: a quoted phrase
"矿煤"|0|Chinese: the order matters
データ|2|Japanese: half-width kana are the same
ﾃﾞｰﾀ|2|Japanese: half-width in the query
サーバ|1|Japanese: the beginning of a longer word
サーバー|1|Japanese: the long vowel
確認|2|Japanese: kanji within a sentence
ABC社|1|Japanese: full-width letters
광산*|2|Korean: a noun with any particle
광산|2|Korean: a noun without its particle
광산이|1|Korean: with its particle
허가증|1|Korean: at the beginning of a word
เหมือง|2|Thai: a word inside a run of letters
ใบอนุญาต|1|Thai: a word inside a run of letters
น้ำ|1|Thai: tone mark and sara am
खदान|1|Hindi: the nukta tells two letters apart
हिंदी|1|Hindi: anusvara
कि|1|Hindi: vowel signs tell words apart
की|1|Hindi: vowel signs tell words apart
πρόεδρος|2|Greek: accents and final sigma
ΠΡΟΕΔΡΟΣ|2|Greek: capitals without accents
οδηγος|1|Greek: final sigma
istanbul|2|Turkish: dotted capital
iğdir|2|Turkish: dotless and dotted are found together
ışık|1|Turkish: dotless
straße|2|German: sharp s
strasse|2|German: ss
grusse|2|German: umlauts fold to their vowel
Köln|1|German: umlaut
koln|1|German: without the dots
👍|2|emoji: skin tone does not matter
👩‍🚒|2|emoji: skin tone within a sequence
🇩🇪|1|emoji: a flag
❤|1|emoji: the variation selector does not matter
script:hebrew|2|by script
script:thai|2|by script
script:hangul|2|by script
script:greek|2|by script
END
t_done
