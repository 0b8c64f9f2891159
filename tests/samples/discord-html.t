# path | messages | events | options
# 399 records in six files, by their footers
discord/dce-html/MeshCore/regional-channels/Middle Franconia, Germany.html | 24 | 0 |
discord/dce-html/MeshCore/regional-channels/Toledo, Ohio Area.html | 4 | 0 |
discord/dce-html/MeshCore/regional-channels/France 🇫🇷 - Nouvelle-Aquitaine (16 - Charente).html | 272 | 3 |
discord/dce-html/MeshCore/regional-channels/USA, Virginia.html | 94 | 1 |
discord/dce-html/MeshCore/regional-channels/New Post.html | 0 | 0 |
discord/dce-html/MeshCore/firmware-development/Feature Request_ Option for Always On GPS After Roboot.html | 1 | 0 |
discord/dce-html | 395 | 4 |
