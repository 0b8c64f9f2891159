# path | messages | events | options
messenger/json | 7 | 0 |
# 14 messages, each in two copies whose words were masked apart
messenger/json-2020-masked | 28 | 0 |
messenger/json-2025-masked | 209 | 0 |
messenger/msgvault/json_simple | 4 | 0 |
messenger/msgvault/json_group | 3 | 0 |
messenger/msgvault/json_multifile | 4 | 0 |
messenger/msgvault/json_with_media | 1 | 0 |
messenger/msgvault/json_with_media_alt | 1 | 0 |
messenger/msgvault/e2ee_simple | 6 | 0 |
# five messages, and one who left
messenger/msgvault/json_nontext | 5 | 1 |
# one of its two files is no JSON
messenger/msgvault/corrupt | 1 | 0 |
messenger/msgvault/mixed/your_activity_across_facebook/messages/inbox/eve_MIX/message_1.json | 2 | 0 |
