/*
 * Lower case, one code point to one: for telling "Cafe" and "cafe" (case) from "cafe" and "café".
 */
#include "fold.h"

#include <unicode/uchar.h>

uint32_t fold_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
    if (cp == 0x3C2)
        return 0x3C3; /* a final sigma is a sigma: its capital does not tell which */
    return (uint32_t)u_tolower((UChar32)cp);
}
