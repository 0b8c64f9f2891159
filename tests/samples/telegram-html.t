# path | messages | events | options
telegram/html-multipage-masked/chats/chat_001/messages.html | 1000 | 0 |
telegram/html-multipage-masked/chats/chat_001/messages2.html | 1000 | 0 |
telegram/html-multipage-masked | 2000 | 0 |
