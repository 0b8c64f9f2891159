window.YTD.direct_messages.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "7301-880000000000001234",
      "messages" : [
        {
          "messageCreate" : {
            "recipientId" : "7301",
            "reactions" : [
              {
                "senderId" : "7301",
                "reactionKey" : "agree",
                "eventId" : "1500000000000009999",
                "createdAt" : "2022-03-05T06:21:00.000Z"
              }
            ],
            "urls" : [ ],
            "text" : "pumps & lamps: see &lt;annex 3&gt; &amp;amp; ask Ines",
            "mediaUrls" : [ ],
            "senderId" : "880000000000001234",
            "id" : "1500000000000000003",
            "createdAt" : "2022-03-05T06:20:11.250Z"
          }
        },
        {
          "messageCreate" : {
            "recipientId" : "880000000000001234",
            "reactions" : [ ],
            "urls" : [
              {
                "url" : "https://t.co/varnholm1",
                "expanded" : "https://lirra-watch.example/mine/2022",
                "display" : "lirra-watch.example/mine/2022"
              },
              {
                "url" : "https://t.co/varnholm2",
                "expanded" : "https://twitter.com/messages/media/1500000000000000002",
                "display" : "pic.twitter.com/varnholm2"
              }
            ],
            "text" : "look https://t.co/varnholm1 https://t.co/varnholm2",
            "mediaUrls" : [ "https://ton.twitter.com/dm/1500000000000000002/1500000000000000001/pit.jpg" ],
            "senderId" : "7301",
            "id" : "1500000000000000002",
            "createdAt" : "2022-03-05T06:19:00.001Z"
          }
        }
      ]
    }
  }
]
