# path | messages | events | options
imessage/chatdb/test.db | 2 | 0 |
