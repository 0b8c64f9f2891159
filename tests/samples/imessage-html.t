# path | messages | events | options
imessage/exporter-html/example.html | 10 | 1 |
