# path | messages | events | options
# Counted by hand: messages are lines whose stamp is followed by "<" or "* ", events those with "***", "-->"
# or "<--": grep -acE '^(\[[^]]*\]|[0-9T:-]+ ) (<[^-]|\* )' FILE; together they are the lines that are not
# blank: grep -ac . FILE (8, 57, 25, 225, 31, 2, 10).
irc/irclog2html/2005-01-08-test1.log | 6 | 2 |
irc/irclog2html/2005-01-09-test2.log | 50 | 7 |
irc/irclog2html/2009-01-14-dircproxy.log | 9 | 16 |
irc/irclog2html/2009-01-15-dircproxy.log | 221 | 4 |
irc/irclog2html/2009-01-16-dircproxy.log | 14 | 17 |
irc/irclog2html/2011-01-16-hybrid-charset.log | 2 | 0 |
irc/irclog2html/sample.log | 7 | 3 |
irc/irclog2html | 309 | 49 |
