# path | messages | events | options
rsmf/slack-sample | 125 | 23 |
