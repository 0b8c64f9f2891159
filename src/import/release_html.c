/*
 * A group chat release as a saved web page: the publisher's page, or a blog's copy, whose article
 * holds the lines of the text form (release_text.c). Both forms give the same messages.
 *
 * Quirks: names stand as "&lt;name&gt;"; a line is a stretch between two <br>, or a paragraph; a
 * blank line within a message is the boundary of two paragraphs; what a page shows around the
 * article is no part of a message, but nothing says where the last message ends. So a message ends
 * at the latest where the element ends that holds the records, and at the end of that element lines
 * in other elements than those of the records (share buttons, notes) are taken off it and reported.
 */
#include "release.h"

#include "page.h"

#include <string.h>

/* The element in which records are found at present. */
struct region {
    bool active;
    bool narrow;     /* it may turn out to hold one record only, and its parent all of them */
    size_t depth;    /* of it; 0 is the page itself */
    uint64_t hosted; /* records seen in it */
};

/* The record at hand: its lines so far, and how much of them counts. */
struct record {
    bool pending;
    bool oversize; /* what follows belongs to a record that was cut */
    enum release_head head;
    struct buf text;
    uint64_t at, end; /* end: of its last line that is not blank */
    size_t solid;     /* length of `text` up to there */
    struct repair repair;
    size_t block;    /* depth of the block where it began */
    uint64_t serial; /* of that block */
    char name[14];
    size_t kin; /* `solid` after the last line in a block like that, and where it ended */
    uint64_t kin_end, stray_at; /* stray_at: where the first line behind those begins */
    bool latest;                /* the number of the latest tweet came: at the end it is no text */
    size_t before_latest;
    uint64_t before_latest_end, latest_end;
    uint64_t after_latest_at;
};

struct reader {
    struct release release;
    struct page page;
    struct region region;
    struct record record;
    uint64_t explained; /* all bytes before it are */
    uint64_t oversize_at, oversize_end;
};

/* Everything between records is markup or the page's own text around them. */
static enum status wrap_up_to(struct reader *r, uint64_t at, struct err *e)
{
    struct sink *sink = r->release.sink;
    const uint64_t from = r->explained;
    r->explained = at;
    return at > from ? sink->wrapping(sink, from, at - from, e) : OK;
}

static enum status tell_stray(struct reader *r, uint64_t at, uint64_t end, struct err *e)
{
    const enum status st = wrap_up_to(r, at, e);
    r->explained = end;
    const struct locus locus = release_locus(at, end - at, 0);
    return st == OK ? release_tell(&r->release, NOTE_PAGE_TEXT, locus, e) : st;
}

/* `last`: nothing more can belong to the record, so lines at its end may be none of its own. */
static enum status flush(struct reader *r, bool last, struct err *e)
{
    struct record *rec = &r->record;
    if (!rec->pending)
        return OK;
    size_t n = rec->solid;
    uint64_t end = rec->end, stray = 0;
    if (last && rec->latest) {
        n = rec->before_latest;
        end = rec->before_latest_end;
        stray = rec->end > rec->latest_end ? rec->after_latest_at : 0;
    } else if (last && rec->kin < rec->solid) {
        n = rec->kin;
        end = rec->kin_end;
        stray = rec->stray_at;
    }
    const uint64_t solid_end = rec->end;
    rec->pending = false;
    r->page.keep = UINT64_MAX;

    enum status st = wrap_up_to(r, rec->at, e);
    const struct release_block b = {
        .head = rec->head,
        .body = release_trim_end(str_sub(buf_str(&rec->text), 0, n)),
        .raw = page_raw(&r->page, rec->at, end),
        .at = rec->at,
        .cut = rec->text.full,
        .repair = rec->repair,
    };
    if (st == OK)
        st = release_add(&r->release, &b, e);
    r->explained = end;
    return st == OK && stray ? tell_stray(r, stray, solid_end, e) : st;
}

static enum status end_oversize(struct reader *r, struct err *e)
{
    if (!r->record.oversize)
        return OK;
    r->record.oversize = false;
    enum status st = wrap_up_to(r, r->oversize_at, e);
    if (st == OK && r->oversize_end > r->oversize_at)
        st = release_tell(&r->release, NOTE_OVERSIZE,
                          release_locus(r->oversize_at, r->oversize_end - r->oversize_at, 0), e);
    r->explained = r->oversize_end;
    return st;
}

/* --- Where records are ------------------------------------------------------------------------- */

static bool holds_text(enum element_class class)
{
    return class == ELEMENT_PARAGRAPH || class == ELEMENT_ITEM || class == ELEMENT_INLINE;
}

/* The innermost element at this depth or above it that holds blocks; 0 is the page. */
static size_t container_of(const struct page *p, size_t depth)
{
    while (depth > 0 && holds_text(p->open[depth - 1].class))
        depth--;
    return depth;
}

static void enter_region(struct reader *r, size_t block)
{
    struct region *region = &r->region;
    if (!region->active) {
        *region = (struct region){.active = true, .depth = container_of(&r->page, block)};
        region->narrow = region->depth == block;
    }
    region->hosted++;
}

static enum status on_close(void *context, struct page *p, struct err *e)
{
    struct reader *r = context;
    struct region *region = &r->region;
    if (!region->active || region->depth != p->depth)
        return OK;
    if (region->narrow && region->hosted < 2) {
        region->depth = container_of(p, region->depth - 1);
        region->narrow = false;
        return OK;
    }
    region->active = false;
    const enum status st = flush(r, true, e);
    return st == OK ? end_oversize(r, e) : st;
}

/* --- Lines of a record ------------------------------------------------------------------------- */

static bool is_kin(const struct record *rec, const struct page *p, const struct page_line *l)
{
    if (!rec->block || rec->block > p->depth)
        return l->block == rec->block;
    const struct page_element *at = &p->open[rec->block - 1];
    return at->serial == rec->serial ||
           (l->block == rec->block && strcmp(at->name, rec->name) == 0);
}

static void add_repair(struct repair *to, const struct repair *from)
{
    if (!to->bad) {
        to->bad_at = from->bad_at;
        to->bad_bytes = from->bad_bytes;
    }
    if (!to->nul)
        to->nul_at = from->nul_at;
    to->bad += from->bad;
    to->nul += from->nul;
}

static void add_line(struct reader *r, const struct page_line *l)
{
    struct record *rec = &r->record;
    const size_t before = rec->solid;
    const uint64_t before_end = rec->end;
    if (rec->text.n && !l->continues)
        buf_add_byte(&rec->text, '\n');
    buf_add(&rec->text, l->text);
    add_repair(&rec->repair, &l->repair);
    if (!release_trim_end(l->text).n)
        return;
    rec->solid = rec->text.n;
    rec->end = l->end;
    if (rec->latest && rec->latest_end == before_end)
        rec->after_latest_at = l->at;
    if (release_is_latest(l->text)) {
        rec->latest = true;
        rec->before_latest = before;
        rec->before_latest_end = before_end;
        rec->latest_end = l->end;
    }
    if (is_kin(rec, &r->page, l)) {
        rec->kin = rec->solid;
        rec->kin_end = rec->end;
    } else if (rec->kin == before) {
        rec->stray_at = l->at;
    }
}

static void begin_record(struct reader *r, enum release_head head, const struct page_line *l)
{
    struct record *rec = &r->record;
    enter_region(r, l->block);
    struct buf text = rec->text;
    buf_clear(&text);
    *rec = (struct record){
        .pending = true, .head = head, .text = text, .at = l->at, .block = l->block};
    if (l->block) {
        const struct page_element *block = &r->page.open[l->block - 1];
        rec->serial = block->serial;
        memcpy(rec->name, block->name, sizeof rec->name);
    }
    r->page.keep = l->at;
    add_line(r, l);
}

static enum status on_line(void *context, struct page *p, const struct page_line *l, struct err *e)
{
    struct reader *r = context;
    struct record *rec = &r->record;
    const enum release_head head = l->continues ? HEAD_NONE : release_head_of(l->text);
    if (head != HEAD_NONE) {
        enum status st = flush(r, false, e);
        if (st == OK)
            st = end_oversize(r, e);
        if (st == OK)
            begin_record(r, head, l);
        return st;
    }
    if (l->furniture)
        return OK;
    if (rec->oversize) {
        r->oversize_end = l->text.n ? l->end : r->oversize_end;
        return OK;
    }
    if (!rec->pending)
        return OK;
    if (!l->text.n || l->end - rec->at <= RELEASE_RECORD_MAX) {
        add_line(r, l);
        return OK;
    }
    (void)p;
    const enum status st = flush(r, false, e);
    rec->oversize = true;
    r->oversize_at = l->at;
    r->oversize_end = l->end;
    return st;
}

static enum status on_end(void *context, struct page *p, struct err *e)
{
    struct reader *r = context;
    (void)p;
    const enum status st = flush(r, true, e);
    return st == OK ? end_oversize(r, e) : st;
}

static enum status read_html(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    struct reader r = {
        .release = release_to(sink, options, source),
        .page = {.line = on_line, .close = on_close, .end = on_end, .keep = UINT64_MAX},
        .record = {.text = buf_new(BUF_MESSAGE_MAX)},
    };
    r.page.context = &r;
    enum status st = page_read(&r.page, source, e);
    if (st == OK)
        st = wrap_up_to(&r, source_size(source), e);
    if (st == OK)
        st = release_end(&r.release, source_size(source), e);
    buf_free(&r.record.text);
    release_free(&r.release);
    return st;
}

/* --- Detection --------------------------------------------------------------------------------- */

static bool has_stamp(str prefix)
{
    for (size_t at; (at = str_find(prefix, STR("] &lt;"))) != STR_NONE;) {
        int64_t wall;
        if (at >= 20 && prefix.p[at - 20] == '[' &&
            civil_read_stamp(str_sub(prefix, at - 19, 19), &wall))
            return true;
        prefix = str_from(prefix, at + 1);
    }
    return false;
}

static int bid_html(str prefix, str name)
{
    if (str_starts(prefix, STR("\xEF\xBB\xBF")))
        prefix = str_from(prefix, 3);
    const str start = str_trim(str_sub(prefix, 0, 1024));
    if (!str_starts(start, STR("<")))
        return BID_NO;
    if (has_stamp(prefix))
        return BID_SURE;
    /* a page may begin with more style sheets than a detector sees */
    const bool page = str_ends(name, STR(".html")) || str_ends(name, STR(".htm"));
    return page && prefix.n > BID_PREFIX_BYTES - 4 ? BID_MAYBE : BID_NO;
}

const struct importer importer_release_html = {
    .name = "release-html",
    .title = "Group chat release, saved web page",
    .where = "the publisher's page with the messages, saved by a browser (Save page as, HTML only)",
    .version = "1",
    .bid = bid_html,
    .read = read_html,
    .count = release_count_html,
};
