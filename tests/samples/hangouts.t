# path | messages | events | options
# two messages and two calls
hangouts/readme-sample | 4 | 0 |
