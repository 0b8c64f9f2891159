# path | messages | events | options
twitter/archive-2023-A/data/direct-messages.js | 900 | 0 |
twitter/archive-2023-A/data/direct-messages-group.js | 4 | 4 |
twitter/archive-2023-A | 904 | 4 |
twitter/fixture-toBeOfUse/individual_dms_test.js | 6 | 0 |
twitter/fixture-toBeOfUse/group_dms_test.js | 4 | 5 |
