/* XML through libxml2, told to do as little as it can. See xml.h for what is refused. */
#include "xml.h"

#include <libxml/parser.h>
#include <string.h>

enum { FEED_BYTES = 64 << 10, SLOTS_PER_ATTRIBUTE = 5 };

struct reading {
    const struct xml_handler *handler;
    void *context;
    xmlParserCtxtPtr parser;
    enum status status;
    struct err *e;
};

static str text_of(const xmlChar *s)
{
    return str_of((const char *)s);
}

/* After a failure nothing is handed out any more. */
static void keep_status(struct reading *r, enum status st)
{
    if (st == OK || r->status != OK)
        return;
    r->status = st;
    xmlStopParser(r->parser);
}

static void on_open(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                    int namespaces, const xmlChar **namespace_list, int attributes, int defaulted,
                    const xmlChar **attribute_list)
{
    struct reading *const r = context;
    (void)uri;
    (void)namespaces;
    (void)namespace_list;
    (void)defaulted;
    if (!r->handler->open || r->status != OK)
        return;
    const struct xml_tag tag = {text_of(prefix), text_of(name), (const void *)attribute_list,
                                attributes};
    keep_status(r, r->handler->open(r->context, &tag, r->e));
}

static void on_close(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct reading *const r = context;
    (void)prefix;
    (void)uri;
    if (r->handler->close && r->status == OK)
        keep_status(r, r->handler->close(r->context, text_of(name), r->e));
}

static void on_text(void *context, const xmlChar *text, int length)
{
    struct reading *const r = context;
    if (r->handler->text && r->status == OK)
        keep_status(r,
                    r->handler->text(r->context, (str){(const char *)text, (size_t)length}, r->e));
}

static void on_document_type(void *context, const xmlChar *name, const xmlChar *external,
                             const xmlChar *system)
{
    struct reading *const r = context;
    (void)name;
    (void)external;
    (void)system;
    keep_status(r, fail(r->e, ERR_FORMAT, "the XML has a document type, which no office file has"));
}

static void on_error(void *context, xmlErrorPtr error)
{
    struct reading *const r = context;
    if (!error || error->level < XML_ERR_ERROR)
        return;
    str why = str_trim(str_of(error->message));
    keep_status(r, fail(r->e, ERR_FORMAT, "the XML is damaged in line %d: " STR_FMT, error->line,
                        STR_ARG(str_sub(why, 0, 200))));
}

static void feed(struct reading *r, str bytes)
{
    for (size_t at = 0; at < bytes.n && r->status == OK; at += FEED_BYTES) {
        const str part = str_sub(bytes, at, FEED_BYTES);
        if (xmlParseChunk(r->parser, part.p, (int)part.n, 0) != 0 && r->status == OK)
            keep_status(r, fail(r->e, ERR_FORMAT, "the XML is damaged"));
    }
    if (r->status == OK && (xmlParseChunk(r->parser, NULL, 0, 1) != 0 || !r->parser->wellFormed))
        keep_status(r, fail(r->e, ERR_FORMAT, "the XML ends too early"));
}

enum status xml_read(str bytes, const struct xml_handler *handler, void *context, struct err *e)
{
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_open;
    sax.endElementNs = on_close;
    sax.characters = on_text;
    sax.ignorableWhitespace = on_text;
    sax.cdataBlock = on_text;
    sax.internalSubset = on_document_type;
    sax.serror = on_error;
    struct reading r = {.handler = handler, .context = context, .e = e};
    r.parser = xmlCreatePushParserCtxt(&sax, &r, NULL, 0, NULL);
    if (!r.parser)
        return fail(e, ERR_LIMIT, "there is no memory to read XML");
    /* No NOENT, no DTD, no XInclude, no HUGE: depth and text keep libxml2's own ceilings. */
    xmlCtxtUseOptions(r.parser, XML_PARSE_NONET | XML_PARSE_NOCDATA);
    feed(&r, bytes);
    if (r.parser->myDoc)
        xmlFreeDoc(r.parser->myDoc);
    xmlFreeParserCtxt(r.parser);
    return r.status;
}

/* libxml2 gives an attribute as five pointers: name, prefix, URI, begin and end of its value. */
bool xml_attribute(const struct xml_tag *tag, const char *name, str *value)
{
    const xmlChar *const *const list = tag->attributes;
    for (int i = 0; i < tag->attribute_count; i++) {
        const xmlChar *const *const a = list + (ptrdiff_t)i * SLOTS_PER_ATTRIBUTE;
        if (strcmp((const char *)a[0], name) != 0)
            continue;
        *value = (str){(const char *)a[3], (size_t)(a[4] - a[3])};
        return true;
    }
    return false;
}
