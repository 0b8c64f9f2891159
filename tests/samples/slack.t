# path | messages | events | options
slack/houstondatavis-2016 | 1031 | 351 |
