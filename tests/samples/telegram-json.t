# path | messages | events | options
# mlomb-DM has eight records: four have "date_unixtime" and no "date"
telegram/json/mlomb-DM_2A_7M.json | 7 | 1 |
telegram/json/chatstyle-result.json | 11 | 1 |
telegram/json/mehrdad-account-export-fa.json | 7 | 0 |
telegram/json/mlomb-BIG_20A_5475M.json | 5475 | 0 |
