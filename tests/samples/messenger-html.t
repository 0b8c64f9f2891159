# path | messages | events | options
messenger/msgvault/html_simple | 3 | 0 |
messenger/msgvault/html_multi_media | 3 | 0 |
messenger/msgvault/html_with_media | 1 | 0 |
messenger/msgvault/html_timestamps/layout1.html | 1 | 0 |
messenger/msgvault/html_timestamps/layout2.html | 1 | 0 |
messenger/msgvault/html_timestamps/layout3.html | 1 | 0 |
messenger/msgvault/mixed/your_activity_across_facebook/messages/inbox/eve_MIX/message_1.html | 2 | 0 |
