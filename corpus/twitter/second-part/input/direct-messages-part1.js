window.YTD.direct_messages.part1 = [ {
  "dmConversation" : {
    "conversationId" : "41-7301",
    "messages" : [ {
      "messageCreate" : { "recipientId" : "41", "text" : "second", "mediaUrls" : [ ], "senderId" : "7301", "id" : "900000000000000002", "createdAt" : "2017-08-22T14:21:08.000Z" }
    }, {
      "messageCreate" : { "recipientId" : "41", "text" : "the id knows when", "mediaUrls" : [ ], "senderId" : "7301", "id" : "900000000000000001", "createdAt" : "yesterday" }
    } ]
  }
}, {
  "dmConversation" : {
    "conversationId" : "41-7301",
    "messages" : [ {
      "messageCreate" : { "recipientId" : "7301", "text" : "first", "mediaUrls" : [ ], "senderId" : "41", "id" : "x1" }
    } ]
  }
} ];
