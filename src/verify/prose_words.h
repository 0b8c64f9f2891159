/* The words that attribution is made of. Compared without case; ASCII folding is enough for them. */
#ifndef STET_VERIFY_PROSE_WORDS_H
#define STET_VERIFY_PROSE_WORDS_H

#include "str.h"

bool word_is_saying(str word);  /* said, wrote, tweeted, schrieb, dijo: can interrupt a quotation */
bool word_is_naming(str word);  /* called, described, urged: says, but never interrupts */
bool word_is_pronoun(str word); /* he, she, they, it, er, sie, il, elle */
bool word_is_joint(str word);   /* and, but, that, while: what follows is another clause */
bool word_is_helper(
    str word); /* had, has, also, later, then, privately: between subject and verb */
bool word_is_nobody(str word);   /* one, someone, who, officials, the: never somebody's name */
bool word_is_particle(str word); /* de, van, of: inside names */
bool word_is_opener(str word);   /* In, On, The, But: capital only because the sentence begins */

#endif
