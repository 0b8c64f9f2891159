# path | messages | events | options
googlechat | 26 | 0 |
