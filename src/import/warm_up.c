/* What libraries would look for in files when first used: OpenSSL reads its configuration, GMime
   asks the C library for character sets. libxml2, ICU and json-c carry all they need. */
#include "importer.h"

#include <gmime/gmime.h>

void importer_warm_up(void)
{
    (void)sha256_of(STR(""));
    g_mime_init();
}
