# path | messages | events | options
email/mbox-mime4j/mbox.rlug | 5 | 0 |
email/mbox-neomutt/test.mbox | 1 | 0 |
