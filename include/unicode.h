/* Which ICU this program runs with: not the one it was built with. */
#ifndef STET_UNICODE_H
#define STET_UNICODE_H

int unicode_library_major(void); /* 72 */

#endif
