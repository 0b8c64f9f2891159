/*
 * A cache of what charfold.h computes: pages of 256 code points, each filled when one of its code
 * points is first seen, kept until the program ends. ASCII is answered from tables, so that ICU's
 * data are not even loaded for it. Any number of threads may call.
 */
#ifndef STET_TEXT_CHARPAGE_H
#define STET_TEXT_CHARPAGE_H

#include "fold.h"

struct char_info {
    const uint32_t *fold; /* n code points; lives as long as the program, or as this struct */
    size_t n;
    enum char_class class;
    bool mark;  /* belongs to the character before it, even if it folds to nothing */
    bool mixed; /* folds to several things that are not one word: "㍻" is 平 and 成 */
    uint32_t own;
};

/* Fills *info. It must stay where it is while info->fold is used. */
void char_info_of(struct char_info *info, uint32_t cp);

/* The class alone, faster. */
enum char_class char_info_class(uint32_t cp);

#endif
