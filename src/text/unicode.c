/* ICU's own word about itself. */
#include "unicode.h"

#include <unicode/uversion.h>

int unicode_library_major(void)
{
    UVersionInfo version;
    u_getVersion(version);
    return version[0];
}
