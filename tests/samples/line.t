# path | messages | events | options
# grep -c -P '^\d+:\d\d\t' FILE
line/sample_line_chat_ja.txt | 22 | 0 |
