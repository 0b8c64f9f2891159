/*
 * The one reader of XML: libxml2's push parser. No document type, no entities but the five, no
 * network, no file but the bytes given.
 *
 *     static enum status on_text(void *context, str text, struct err *e) {...}
 *     const struct xml_handler handler = {.text = on_text};
 *     if (xml_read(bytes, &handler, &context, e) != OK) ...
 */
#ifndef STET_XML_H
#define STET_XML_H

#include "err.h"
#include "str.h"

/* Names are local ("p" of <w:p>); namespaces are told by their prefix as written, which may be empty. */
struct xml_tag {
    str prefix, name;
    const void *attributes; /* for xml_attribute */
    int attribute_count;
};

/* All are optional. What they are given is borrowed until they return. */
struct xml_handler {
    enum status (*open)(void *context, const struct xml_tag *tag, struct err *e);
    enum status (*close)(void *context, str name, struct err *e);
    enum status (*text)(void *context, str text, struct err *e);
};

/* ERR_FORMAT if it is not well-formed, nests deeper than 256 or has a document type; or what a handler
   returned. */
MUST_USE enum status xml_read(str bytes, const struct xml_handler *handler, void *context,
                              struct err *e);

/* The value of an attribute by its local name, as written (the five entities decoded); false if the
   tag has none of that name. */
bool xml_attribute(const struct xml_tag *tag, const char *name, str *value);

#endif
