# path | messages | events | options
# Lines that begin with a date and a time: LC_ALL=C grep -acE '^.{0,3}\[?[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4},? [0-9]{1,2}:[0-9]{2}' FILE
# gives 3000, 159, 2500, 2500, 48; 5, 14; 9 each; 12, of which one (3:22_AM) is no head; 26; 500, 2000, 300, 300, 20.
whatsapp/masked-ios-de/_chat.txt | 2983 | 17 |
whatsapp/masked-ios-en-12h-lower-zh/_chat.txt | 108 | 51 |
whatsapp/masked-ios-es-24h-attached/_chat.txt | 2499 | 1 |
whatsapp/masked-android-24h-ddmmyyyy/WhatsApp Chat.txt | 2412 | 88 |
whatsapp/masked-android-12h-nnbsp/WhatsApp Chat.txt | 48 | 0 |
whatsapp/fixture-mlomb/2A_5M.txt | 5 | 0 |
whatsapp/fixture-mlomb/4A_11M.txt | 11 | 3 |
whatsapp/fixture-mlomb/4A_11M.zip | 11 | 3 |
whatsapp/fixture-chatminer/test_[mmddyy]_24hrs.txt | 6 | 3 |
whatsapp/fixture-chatminer/test_ddmmyy_24hrs.txt | 6 | 3 |
whatsapp/fixture-chatminer/test_mmddyy_24hrs.txt | 6 | 3 |
whatsapp/fixture-chatminer/test_mmddyyyy_12hrs.txt | 6 | 3 |
whatsapp/fixture-chatminer/test_yyyymmdd_24hrs.txt | 6 | 3 |
whatsapp/fixture-langchain/whatsapp_chat.txt | 11 | 0 |
whatsapp/fixture-huizerd/_chat.txt | 18 | 8 |
whatsapp/fixture-whatstk/lorem.txt | 500 | 0 |
whatsapp/fixture-whatstk/lorem-2000.txt | 2000 | 0 |
whatsapp/fixture-whatstk/lorem-merge-part1.txt | 300 | 0 |
whatsapp/fixture-whatstk/lorem-merge-part2.txt | 300 | 0 |
whatsapp/fixture-whatstk/pokemon.txt | 18 | 2 |
