/*
 * libxml2's HTML push parser, fed so that the place of every text is known.
 *
 * libxml2 tells only where its cursor stands (xmlByteConsumed). In the push parser that is exact, and
 * from it follows where a text stands, because a text comes in three shapes: a run of plain
 * characters, which ends at the cursor (or, if it fills libxml2's buffer of 1,000 bytes, one
 * character behind it); a reference, which ends at the cursor and begins at the last '&'; a '<' that
 * begins no tag, which the cursor has not passed yet. Where a text begins is never told: a tag that
 * libxml2 passes over gives no event, so that the end of the last event is no help.
 *
 * Rules of feeding, each against a loss that libxml2 2.9 would not mention:
 * - The encoding is given and declarations are ignored: else one bad byte turns all later text into
 *   Latin-1. What is not UTF-8, and characters that XML does not allow (libxml2 drops them), are
 *   replaced byte by byte by DEL, so that offsets stay; texts are then taken from the page itself.
 * - An element of our own encloses the page: after the end of its root element libxml2 would drop
 *   the rest of the page.
 * - A chunk never ends inside a character or a reference: it ends before a '<' or behind white space.
 * - A long text without any '<' is nudged along, or it would pile up in memory.
 * - XML_PARSE_HUGE: else text below 256 levels and behind 10 MB vanishes.
 */
#include "html.h"

#include "html_bytes.h"
#include "oom.h"
#include "utf8.h"

#include <inttypes.h>
#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>
#include <string.h>

enum {
    FEED_BYTES = 32 << 10,
    LAG_MAX = 64 << 10,  /* of a text behind the feed, at most two chunks */
    FLUSH_BYTES = 1000,  /* HTML_PARSER_BIG_BUFFER_SIZE: where it cuts runs of plain characters */
    TORN_TAG_MAX = 8,    /* what of a torn tag is too short for libxml2 to tell what it is */
    DEEP = 2000,         /* where less is open, searches are cheap */
    FLOOD_LAG = 16 << 10 /* a tag that is longer is examined for its number of attributes */
};

#define ROOT STR("<stet-page>")
#define MADE_TO_STALL "No page needs that many: it was made to keep programs busy."
#define DEL '\x7F'

/* How far an unfinished tag was examined. */
struct flood {
    uint64_t tag, seen;
    char quote;
    bool blank;
    size_t attributes;
};

struct html {
    struct source *source;
    const struct html_handler *handler;
    void *context;
    struct err *e;
    enum status st; /* the first failure; nothing is handed out after it */
    htmlParserCtxtPtr parser;
    str window; /* the page's bytes from window_at */
    uint64_t window_at;
    uint64_t base;   /* offset of the first byte that libxml2 was given: a mark may precede it */
    uint64_t fed;    /* end of what it has been given */
    uint64_t nudged; /* bytes of our own that it was given (see `nudge`) */
    uint64_t last;   /* end of the last text, tag or comment */
    uint64_t keep;
    uint64_t charged;  /* until where the page was looked through for searches (see `charge`) */
    uint64_t searched; /* steps */
    uint64_t line, line_at; /* the line on which the byte at line_at stands */
    uint64_t joined;        /* end of a low surrogate that was taken together with its high one */
    bool ended;             /* our own element is closed: nothing more comes */
    struct flood flood;
    char clean[FEED_BYTES];
};

static uint64_t cursor(const struct html *h)
{
    const long n = xmlByteConsumed(h->parser);
    const uint64_t ours = ROOT.n + h->nudged;
    return h->base + (n < 0 || (uint64_t)n < ours ? 0 : (uint64_t)n - ours);
}

void html_keep(struct html *h, uint64_t at)
{
    h->keep = at;
}

str html_raw(const struct html *h, uint64_t at, uint64_t end)
{
    if (at < h->window_at || end < at || end - h->window_at > h->window.n)
        return STR("");
    return str_sub(h->window, (size_t)(at - h->window_at), (size_t)(end - at));
}

bool html_attribute(const struct html_tag *tag, const char *name, str *value)
{
    for (const char *const *a = tag->attributes; a && *a; a += 2) {
        if (!str_eq_nocase(str_of(a[0]), str_of(name)))
            continue;
        *value = str_of(a[1]);
        return true;
    }
    return false;
}

/* Moves on to `at`, which is in the window. */
static void count_lines(struct html *h, uint64_t at)
{
    const str passed = html_raw(h, h->line_at, at);
    for (size_t i = 0; i < passed.n; i++)
        h->line += passed.p[i] == '\n';
    h->line_at += passed.n;
}

uint64_t html_line(struct html *h, uint64_t at)
{
    if (at > h->line_at)
        count_lines(h, at);
    return h->line;
}

uint64_t html_element_end(const struct html *h)
{
    return h->last;
}

/* For each end tag libxml2 looks through all that is open, from the inside. That is dear only where
   much is open and the element is not: then nothing is told of the tag, and it is seen in the bytes
   that were passed over, up to `to`. */
static void charge(struct html *h, uint64_t to)
{
    const uint64_t from = h->last > h->charged ? h->last : h->charged;
    if (h->parser->nameNr < DEEP || to <= from)
        return;
    h->searched += html_count_ends(html_raw(h, from, to)) * (uint64_t)h->parser->nameNr;
    h->charged = to;
    if (h->searched < HTML_SEARCH_MAX || h->st != OK)
        return;
    h->st = fail(h->e, ERR_LIMIT, "at byte %" PRIu64 " ends what never began, %d elements deep", to,
                 h->parser->nameNr);
    fail_hint(h->e, MADE_TO_STALL);
}

/* --- Texts and their places -------------------------------------------------------------------- */

static void give(struct html *h, const struct html_text *t)
{
    charge(h, t->at);
    if (h->last < t->end)
        h->last = t->end;
    if (h->st == OK && h->handler->text && t->text.n)
        h->st = h->handler->text(h->context, h, t, h->e);
}

/* Do these bytes of the page read as that text? Replaced bytes (see `clean`) match whatever stood. */
static bool reads_as(str raw, str text)
{
    if (raw.n != text.n)
        return false;
    for (size_t i = 0; i < raw.n; i++)
        if (raw.p[i] != text.p[i] && text.p[i] != DEL && !(raw.p[i] == '\f' && text.p[i] == ' '))
            return false;
    return true;
}

/* Where the reference that ends at `end` begins: at the last '&'; `end` if there is none. */
static uint64_t reference_start(const struct html *h, uint64_t end)
{
    const str raw = html_raw(h, h->last, end);
    for (size_t i = raw.n; i-- > 0;)
        if (raw.p[i] == '&')
            return h->last + i;
    return end;
}

/* Was the '<' that came with the cursor at `end` written as a reference, or does it stand there? */
static bool is_less_reference(const struct html *h, uint64_t end)
{
    const str raw = html_raw(h, reference_start(h, end), end);
    if (!str_starts(raw, STR("&#")))
        return str_eq(raw, STR("&lt;"));
    for (size_t i = 2; i < raw.n; i++) {
        const char c = raw.p[i] | 0x20;
        if (!(raw.p[i] >= '0' && raw.p[i] <= '9') && !(c >= 'a' && c <= 'z') && raw.p[i] != ';')
            return false;
    }
    return true;
}

static void give_reference(struct html *h, str decoded, uint64_t end)
{
    uint64_t at = reference_start(h, end);
    /* an unknown name comes as "&" and then the name, both with the cursor behind the name */
    if (str_eq(decoded, STR("&")) && !str_eq(html_raw(h, end - 1, end), STR(";")) && at < end)
        end = at + 1;
    str rest = decoded;
    const uint32_t cp = utf8_next(&rest);
    char bytes[4];
    if (!rest.n && html_c1(cp) != cp)
        decoded = (str){bytes, utf8_put(bytes, html_c1(cp))};
    if (at == end) /* the page's bytes are gone */
        at = h->last;
    give(h, &(struct html_text){.text = decoded, .at = at, .end = end, .reference = true});
}

/* The last byte of a page is told before the cursor passes it. */
static bool is_last_byte(const struct html *h, str text, uint64_t cursor_at)
{
    const str next = html_raw(h, cursor_at, cursor_at + 1);
    return cursor_at + 1 == h->fed && text.n == 1 && reads_as(next, text) && next.p[0] != '&';
}

static void on_text(void *context, const xmlChar *text, int n)
{
    struct html *h = context;
    if (h->st != OK || n <= 0)
        return;
    const str decoded = {(const char *)text, (size_t)n};
    uint64_t end = cursor(h);
    if (str_eq(decoded, STR("<"))) {
        if (is_less_reference(h, end))
            give_reference(h, decoded, end);
        else
            give(h, &(struct html_text){.text = decoded, .at = end, .end = end + 1});
        return;
    }
    const bool is_name = end == h->last + decoded.n && /* of an unknown reference, behind its '&' */
                         str_eq(html_raw(h, h->last - 1, h->last), STR("&"));
    if (decoded.n >= FLUSH_BYTES && !is_name) { /* the cursor stands before the last character */
        size_t lead = decoded.n - 1;
        while (lead > 0 && ((unsigned char)decoded.p[lead] & 0xC0) == 0x80)
            lead--;
        end += decoded.n - lead;
    } else if (is_last_byte(h, decoded, end)) {
        end++;
    }
    const str raw = end >= decoded.n ? html_raw(h, end - decoded.n, end) : STR("");
    if (raw.n && !reads_as(raw, decoded)) {
        give_reference(h, decoded, end);
        return;
    }
    give(h, &(struct html_text){.text = raw.n ? raw : decoded, .at = end - decoded.n, .end = end});
}

/* --- References to no character: libxml2 drops them, and tells it as an error -------------------- */

static void give_lost(struct html *h, uint64_t end)
{
    const uint64_t at = reference_start(h, end);
    if (at == end || end <= h->joined)
        return;
    uint32_t high, low;
    size_t length;
    const str raw = html_raw(h, at, end);
    if (!html_reference_number(raw, &high,
                               &length)) { /* "&#;" is no reference but these characters */
        give(h, &(struct html_text){.text = raw, .at = at, .end = end});
        return;
    }
    const uint64_t window_end = h->window_at + h->window.n;
    const str next = html_raw(h, end, window_end - end > 16 ? end + 16 : window_end);
    const bool pair = high >= 0xD800 && high < 0xDC00 &&
                      html_reference_number(next, &low, &length) && low >= 0xDC00 && low < 0xE000;
    char bytes[4];
    const uint32_t cp = pair ? 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) : UTF8_BAD;
    h->joined = pair ? end + length : h->joined;
    give(h, &(struct html_text){.text = {bytes, utf8_put(bytes, cp)},
                                .at = at,
                                .end = pair ? h->joined : end,
                                .reference = true,
                                .lost = !pair});
}

static void on_error(void *context, xmlErrorPtr error)
{
    struct html *h = context;
    if (h->st != OK)
        return;
    if (error->level == XML_ERR_FATAL)
        h->st = fail(h->e, ERR_FORMAT, "the HTML reader gave up at byte %" PRIu64 ": %.200s",
                     cursor(h), error->message ? error->message : "no reason given");
    else if (error->code == XML_ERR_INVALID_CHAR && h->parser->instate == XML_PARSER_CONTENT)
        give_lost(h, cursor(h)); /* elsewhere it is in an attribute */
}

/* --- Tags -------------------------------------------------------------------------------------- */

/* How many bytes end the tag in whose end the cursor stands: ">" or "/>". */
static uint64_t tag_rest(const struct html *h, uint64_t at)
{
    if (str_eq(html_raw(h, at, at + 1), STR(">")))
        return 1;
    return str_eq(html_raw(h, at, at + 2), STR("/>")) ? 2 : 0;
}

static void on_open(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct html *h = context;
    struct html_tag tag = {.name = str_of((const char *)name),
                           .attributes = (const char *const *)attributes};
    const uint64_t at = cursor(h), from = h->last > h->window_at ? h->last : h->window_at;
    charge(h, at);
    const str passed = html_raw(h, from, at);
    tag.at = tag.end = from + html_tag_begin(passed, tag.name);
    if (tag.at < at || passed.n == 0)
        tag.end = at + tag_rest(h, at);
    const bool torn = tag.at < at && tag.end == at; /* libxml2 will not tell of its end */
    h->last = tag.end > h->last ? tag.end : h->last;
    if (h->parser->nameNr > HTML_DEPTH_MAX && h->st == OK) {
        h->st = fail(h->e, ERR_LIMIT, "elements are nested more than %d deep at byte %" PRIu64,
                     HTML_DEPTH_MAX, at);
        fail_hint(h->e, MADE_TO_STALL);
    }
    if (h->st == OK && h->handler->open && h->parser->nameNr > 1 &&
        !torn) /* the first is our own */
        h->st = h->handler->open(h->context, h, &tag, h->e);
}

/* Where the element ends that libxml2 closes now. Its own end tag, or an empty one, has been passed;
   a start tag that ends it unsaid has only been read up to behind its name. */
static uint64_t element_end(const struct html *h)
{
    const uint64_t at = cursor(h) < h->fed ? cursor(h) : h->fed;
    if (at <= h->last || str_eq(html_raw(h, at - 1, at), STR(">")) || at == h->fed)
        return at > h->last ? at : h->last;
    const str passed = html_raw(h, h->last, at);
    for (size_t i = passed.n; i-- > 0;)
        if (passed.p[i] == '<')
            return h->last + i;
    return at;
}

static void close_element(struct html *h, const char *name, bool root)
{
    const uint64_t end = element_end(h);
    str passed = html_raw(h, h->last, end);
    if (end == cursor(h)) /* its own end tag was not searched in vain */
        while (passed.n > 0 && passed.p[--passed.n] != '<')
            continue;
    charge(h, h->last + passed.n);
    h->charged = end;
    h->last = end;
    h->ended = h->ended || root;
    if (h->st != OK)
        return;
    if (root)
        h->st = h->handler->end ? h->handler->end(h->context, h, h->e) : OK;
    else if (h->handler->close)
        h->st = h->handler->close(h->context, h, str_of(name), h->e);
}

static void on_close(void *context, const xmlChar *name)
{
    struct html *h = context;
    close_element(h, (const char *)name, h->parser->nameNr <= 1);
}

static void on_comment(void *context, const xmlChar *text)
{
    struct html *h = context;
    (void)text;
    const uint64_t end = cursor(h);
    h->last = end < h->fed ? end : h->fed; /* not beyond the page: it may be a nudge */
}

/* What script and style hold. */
static void on_data(void *context, const xmlChar *text, int n)
{
    (void)n;
    on_comment(context, text);
}

static void on_instruction(void *context, const xmlChar *target, const xmlChar *text)
{
    (void)target;
    on_comment(context, text);
}

/* --- Feeding ----------------------------------------------------------------------------------- */

static str clean(struct html *h, str chunk)
{
    size_t slash = html_false_end(chunk, 0);
    if (slash == STR_NONE && !html_needs_cleaning(chunk))
        return chunk;
    html_clean(h->clean, chunk);
    for (; slash != STR_NONE; slash = html_false_end(chunk, slash))
        h->clean[slash] = ' ';
    return (str){h->clean, chunk.n};
}

/* libxml2 compares each attribute with all before it: 200,000 of them take half a minute. A tag that
   it is still waiting to see the end of is therefore looked at before it gets it. */
static enum status check_flood(struct html *h)
{
    const uint64_t tag = cursor(h);
    struct flood *f = &h->flood;
    if (h->fed - tag < FLOOD_LAG || h->fed <= tag)
        return OK;
    if (f->tag != tag || !f->seen) {
        const str start = html_raw(h, tag, tag + 2);
        const bool is_tag = start.n == 2 && start.p[0] == '<' &&
                            ((start.p[1] | 0x20) >= 'a' && (start.p[1] | 0x20) <= 'z');
        *f = (struct flood){.tag = tag, .seen = is_tag ? tag : UINT64_MAX};
    }
    const str unseen = f->seen < h->fed ? html_raw(h, f->seen, h->fed) : STR("");
    for (size_t i = 0; i < unseen.n; i++) {
        const char c = unseen.p[i];
        const bool blank = strchr(" \n\t\r\f", c) && c;
        if (f->quote)
            f->quote = c == f->quote ? '\0' : f->quote;
        else if (c == '"' || c == '\'')
            f->quote = c;
        else
            f->attributes += f->blank && !blank;
        f->blank = blank;
    }
    f->seen += unseen.n;
    if (f->attributes <= HTML_TAG_ATTRIBUTES_MAX)
        return OK;
    fail(h->e, ERR_LIMIT, "the tag at byte %" PRIu64 " has more than %d attributes", tag,
         HTML_TAG_ATTRIBUTES_MAX);
    return fail_hint(h->e, MADE_TO_STALL);
}

/* libxml2 keeps a text to itself until it sees a '<', however long that takes. An empty comment of
   our own gets it going; being whole, it is consumed at once, and the cursor is set right. */
static enum status nudge(struct html *h)
{
    static const char comment[] = "<!---->";
    const uint64_t at = cursor(h);
    const str name = str_of((const char *)h->parser->name);
    if (at >= h->fed || str_eq(html_raw(h, at, at + 1), STR("<")) ||
        h->parser->instate != XML_PARSER_CONTENT || str_eq(name, STR("script")) ||
        str_eq(name, STR("style")))
        return OK;
    htmlParseChunk(h->parser, comment, sizeof comment - 1, 0);
    h->nudged += sizeof comment - 1;
    if (h->st == OK && cursor(h) != h->fed)
        return fail(h->e, ERR_FORMAT, "the HTML reader lost its place at byte %" PRIu64, at);
    return h->st;
}

/* Gives up the bytes that nobody will ask for: those before the record that is kept, and those that
   libxml2 has read; what it waits to see the end of, if that is long, is no text. */
static void let_go(struct html *h)
{
    const uint64_t lag = h->fed > LAG_MAX ? h->fed - LAG_MAX : 0;
    uint64_t to = h->last > lag ? h->last : lag;
    to = to < h->keep ? to : h->keep;
    if (to <= h->window_at)
        return;
    count_lines(h, to);
    const size_t n = (size_t)(to - h->window_at);
    source_advance(h->source, n);
    h->window = str_from(h->window, n);
    h->window_at = to;
}

/* A byte order mark is no text. */
static enum status skip_mark(struct html *h)
{
    const enum status st = source_peek(h->source, 3, &h->window, h->e);
    if (st == OK && str_starts(h->window, STR("\xEF\xBB\xBF")))
        source_advance(h->source, 3);
    h->window_at = h->base = h->fed = h->last = h->line_at = source_at(h->source);
    return st;
}

/* A page may break off within the first bytes of a tag ("<!D"). libxml2 leaves them unread, and what
   is open perhaps unclosed; a '<' alone is text to browsers. More must never be left. */
static enum status end_page(struct html *h)
{
    const bool early = h->ended; /* the page closed our own element itself */
    htmlParseChunk(h->parser, "", 0, 1);
    if (h->st != OK)
        return h->st;
    const uint64_t at = cursor(h);
    const str torn = html_raw(h, at, h->fed);
    if (at != h->fed && (early || h->fed - at > TORN_TAG_MAX))
        return fail(h->e, ERR_FORMAT, "the HTML reader stopped at byte %" PRIu64 " of %" PRIu64, at,
                    h->fed);
    if (!h->ended && (str_eq(torn, STR("<")) || str_eq(torn, STR("</"))))
        give(h, &(struct html_text){.text = torn, .at = at, .end = h->fed});
    if (!h->ended)
        for (int i = h->parser->nameNr; i-- > 0;)
            close_element(h, (const char *)h->parser->nameTab[i], i == 0);
    return h->st;
}

static enum status feed(struct html *h)
{
    const enum status skipped = skip_mark(h);
    if (skipped != OK)
        return skipped;
    for (;;) {
        const size_t before = (size_t)(h->fed - h->window_at);
        const enum status st = source_peek(h->source, before + FEED_BYTES, &h->window, h->e);
        if (st != OK)
            return st;
        const str rest = str_sub(str_from(h->window, before), 0, FEED_BYTES);
        if (!rest.n)
            break;
        const str chunk = rest.n < FEED_BYTES ? rest : str_sub(rest, 0, html_cut(rest));
        h->fed += chunk.n;
        htmlParseChunk(h->parser, clean(h, chunk).p, (int)chunk.n, 0);
        if (h->st == OK)
            h->st = nudge(h);
        charge(h, cursor(h));
        if (h->st == OK)
            h->st = check_flood(h);
        if (h->st != OK)
            return h->st;
        let_go(h);
    }
    return end_page(h);
}

enum status html_read(struct source *source, const struct html_handler *handler, void *context,
                      struct err *e)
{
    struct html *h = oom_alloc(sizeof *h);
    *h = (struct html){.source = source,
                       .handler = handler,
                       .context = context,
                       .e = e,
                       .keep = UINT64_MAX,
                       .line = 1};
    htmlSAXHandler sax = {
        .startElement = on_open,
        .endElement = on_close,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_data,
        .comment = on_comment,
        .processingInstruction = on_instruction,
        .serror = on_error,
        .initialized = XML_SAX2_MAGIC,
    };
    h->parser = htmlCreatePushParserCtxt(&sax, h, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!h->parser)
        oom_die(sizeof(htmlParserCtxt));
    htmlCtxtUseOptions(h->parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOWARNING |
                                      HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC |
                                      XML_PARSE_HUGE);
    htmlParseChunk(h->parser, ROOT.p, (int)ROOT.n, 0);
    const enum status st = feed(h);
    htmlFreeParserCtxt(h->parser);
    free(h);
    return st;
}
