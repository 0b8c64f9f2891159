window.YTD.direct_messages.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "41-7301",
      "messages" : [
        "no entry",
        {
          "messageCreate" : {
            "text" : "this quotation mark is missing: ,
            "senderId" : "41",
            "id" : "900000000000000012"
          }
        },
        {
          "messageCreate" : {
            "text" : "half a character: \ud83d, a byte: é, an escape: \x0B",
            "senderId" : "41",
            "recipientId" : "7301",
            "id" : "900000000000000011",
            "createdAt" : "2017-08-22T14:21:08.000Z"
          }
        }
      ]
    }
  }
]
