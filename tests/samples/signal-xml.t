# path | messages | events | options
signal/android-plaintext-xml/SignalPlaintextBackup.xml | 6 | 0 |
