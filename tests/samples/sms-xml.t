# path | messages | events | options
sms/khasmek-sms.xml | 9 | 0 |
sms/radj-duplicates-sms.xml | 2 | 0 |
