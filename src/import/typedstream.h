/*
 * The text in a "typedstream", the form in which old NeXT and Apple programs keep objects: iMessage's
 * attributedBody is an NSAttributedString in it. Only as much is understood as leads to the string.
 */
#ifndef IMPORT_TYPEDSTREAM_H
#define IMPORT_TYPEDSTREAM_H

#include "str.h"

/* The characters of the string at the root, or of the first object of the root; borrowed from `bytes`.
   False if there is none or the bytes are no typedstream. */
bool typedstream_text(str bytes, str *text);

#endif
