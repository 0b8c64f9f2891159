# path | messages | events | options
discord/dce-json/DM_2A_2M.json | 3 | 0 |
discord/dce-json/GC_3A_5M.json | 4 | 2 |
discord/dce-json/SV_5A_5M.json | 5 | 0 |
