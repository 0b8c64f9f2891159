# path | messages | events | options
# Rows behind the header; one of the six tells that somebody came in.
kakaotalk/pc-csv/open-chat-room.csv | 5 | 1 |
kakaotalk/pc-csv/vibecoding-room-sample.csv | 312 | 0 |
