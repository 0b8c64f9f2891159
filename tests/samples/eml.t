# path | messages | events | options
# Files of a Maildir: one message each. The five messages of mbox.rlug stand beside it as single files.
email/notmuch-corpora/lkml | 210 | 0 |
email/notmuch-corpora/default | 53 | 0 |
email/notmuch-corpora/attachment | 2 | 0 |
email/mbox-mime4j/mbox.rlug-0 | 1 | 0 |
email/mbox-mime4j/mbox.rlug-1 | 1 | 0 |
email/mbox-mime4j/mbox.rlug-2 | 1 | 0 |
email/mbox-mime4j/mbox.rlug-3 | 1 | 0 |
email/mbox-mime4j/mbox.rlug-4 | 1 | 0 |
