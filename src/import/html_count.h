/*
 * What the independent counters of formats in HTML share: the start tags of a page and their attributes,
 * found by a scan of raw bytes that knows only '<', '>', quotes, comments, script and style. It
 * shares nothing with the reader, which asks libxml2.
 *
 *     static unsigned look(str name, str attribute) {... return 1; ...}
 *     static bool counts(unsigned seen) { return seen & 1; }
 *     void page_count(struct counter *c, str bytes) { html_count_tags(c, bytes, look, counts); }
 *
 * counter.line and the first four words of counter.state are taken.
 */
#ifndef IMPORT_HTML_COUNT_H
#define IMPORT_HTML_COUNT_H

#include "importer.h"

/* `look` is asked for each attribute ("class=\"x y\"", cut off after about 100 bytes) with the name of
   its tag; what it returns for the attributes of a tag is or-ed together and judged by `counts`. */
void html_count_tags(struct counter *c, str bytes, unsigned (*look)(str name, str attribute),
                     bool (*counts)(struct counter *c, unsigned seen));

/* Is it class="..." with that word in it? */
bool count_has_class(str attribute, const char *word);

#endif
