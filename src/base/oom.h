/*
 * The one place where running out of memory ends the program, with a sentence on standard error.
 * Sizes that come from input have met a named ceiling before they come here, so no caller checks.
 */
#ifndef STET_BASE_OOM_H
#define STET_BASE_OOM_H

#include <stddef.h>

void *oom_alloc(size_t size);           /* as malloc, never NULL; yours to free */
void *oom_resize(void *p, size_t size); /* as realloc, never NULL */

_Noreturn void oom_die(size_t size); /* `size` is what could not be had */

/* For the few other things without which nothing works. */
_Noreturn void oom_give_up(const char *sentence);

#endif
