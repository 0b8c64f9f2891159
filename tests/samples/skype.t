# path | messages | events | options
skype/8_live_generic_user_1_export | 98 | 2 |
