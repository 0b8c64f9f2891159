window.YTD.direct_messages_group.part0 = [{"dmConversation":{"conversationId":"1499999999999999999","messages":[
{"messageCreate":{"reactions":[],"urls":[],"text":"the second name stands first","mediaUrls":[],"senderId":"7301","id":"1500000000000000103","createdAt":"2022-03-06T10:00:00.000Z"}},
{"conversationNameUpdate":{"initiatingUserId":"7302","name":"Pit 4 & friends","createdAt":"2022-03-06T09:00:00.000Z"}},
{"participantsLeave":{"userIds":["7303"],"createdAt":"2022-03-06T08:00:00.000Z"}},
{"participantsLeave":{"userIds":["7304","7305"],"createdAt":"2022-03-06T07:30:00.000Z"}},
{"participantsJoin":{"initiatingUserId":"7302","userIds":["7303","7304"],"createdAt":"2022-03-06T07:00:00.000Z"}},
{"participantsJoin":{"userIds":["7305"],"createdAt":"2022-03-06T06:50:00.000Z"}},
{"conversationNameUpdate":{"initiatingUserId":"7301","name":"Pit 4","createdAt":"2022-03-06T06:00:00.000Z"}},
{"reactionCreate":{"senderId":"7302","reactionKey":"funny","eventId":"1500000000000000102","createdAt":"2022-03-06T05:30:00.000Z"}},
{"screenCapture":{"senderId":"7302","createdAt":"2022-03-06T05:20:00.000Z"}},
{"joinConversation":{"initiatingUserId":"7301","participantsSnapshot":["7301","7302","880000000000001234"],"createdAt":"2022-03-06T05:00:00.000Z"}}
]}}]
