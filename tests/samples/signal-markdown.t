# path | messages | events | options
# grep -c '^\[' FILE
signal/chatminer-signal-export.txt | 2 | 0 |
