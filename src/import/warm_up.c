/* What libraries would look for in files when first used: GMime asks the C library for character sets
   and registers its types. libxml2, ICU and json-c carry all they need. */
#include "importer.h"

#include <gmime/gmime.h>

void importer_warm_up(void)
{
    g_mime_init();
}
