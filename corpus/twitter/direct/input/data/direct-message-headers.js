window.YTD.direct_message_headers.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "7301-880000000000001234",
      "messages" : [
        {
          "messageCreate" : {
            "id" : "1500000000000000003",
            "senderId" : "880000000000001234",
            "recipientId" : "7301",
            "createdAt" : "2022-03-05T06:20:11.250Z"
          }
        }
      ]
    }
  }
]