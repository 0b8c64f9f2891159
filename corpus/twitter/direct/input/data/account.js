window.YTD.account.part0 = [
  {
    "account" : {
      "username" : "noll_of_varnholm",
      "accountId" : "880000000000001234",
      "accountDisplayName" : "noll"
    }
  }
]