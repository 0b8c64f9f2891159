/*
 * Taking messages away: of a search or all of them, as a file. It is written into a nameless file beside
 * the archive first (mode 0600), so that an export of any size takes no memory and a failure is a page, not
 * half a file.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "layout.h"
#include "pages.h"
#include "phrase.h"
#include "publish.h"
#include "url.h"

/* ---- the form ------------------------------------------------------------------------------- */

static void draw_format(struct web *w, const struct exporter *x, bool first)
{
    struct markup *m = &w->out;
    const str id = arena_printf(&w->arena, "f-%s", exporter_name(x));
    markup_open(m, "li", NULL);
    markup_open(m, "input", "type", "radio", "name", "format", NULL);
    markup_attr(m, "id", id);
    markup_attr(m, "value", str_of(exporter_name(x)));
    if (first)
        markup_flag(m, "checked");
    markup_close(m);
    markup_open(m, "label", NULL);
    markup_attr(m, "for", id);
    markup_element(m, "b", str_of(exporter_name(x)));
    markup_text(m, STR(" "));
    markup_text(m, str_of(exporter_title(x)));
    markup_close(m);
    markup_close(m);
}

static enum status count_hits(struct web *w, uint64_t *count, struct err *e)
{
    struct search *s = NULL;
    const struct search_request r = {.query = web_param(w, "q"),
                                     .count_only = true,
                                     .now_wall_ms = w->request->now_wall_ms,
                                     .stop = web_is_late,
                                     .stop_context = w};
    const enum status st = search_open(&s, w->archive, &r, e);
    if (st == OK)
        *count = search_facts(s)->count;
    search_close(s);
    return st;
}

static enum status draw_form(struct web *w, struct err *e)
{
    struct markup *m = &w->out;
    const str query = web_param(w, "q");
    const struct layout l = {.title = STR("Take away"), .path = "/search"};
    uint64_t count = 0;
    enum status st = count_hits(w, &count, e);
    if (st == OK)
        st = layout_begin(w, &l, e);
    if (st != OK)
        return st;
    markup_element(m, "h1", STR("Take away"));
    markup_open(m, "p", NULL);
    markup_text(m, phrase_count(&w->arena, count, "message", "messages"));
    markup_text(m, query.n ? STR(" found by ") : STR(": everything"));
    if (query.n)
        markup_isolated(m, "code", query);
    markup_text(m, STR(" · "));
    layout_link(w, link_to(&w->arena, "/search", "q", query, NULL), STR("back to the search"));
    markup_close(m);
    markup_open(m, "form", "action", "/export", NULL);
    layout_hidden(w, "q", query);
    markup_open(m, "fieldset", NULL);
    markup_element(m, "legend", STR("As"));
    markup_open(m, "ul", "class", "files", NULL);
    for (size_t i = 0; i < exporter_count(); i++)
        draw_format(w, exporter_at(i), i == 0);
    markup_close(m);
    markup_close(m);
    markup_open(m, "button", "class", "main", NULL);
    markup_text(m, STR("Save the file"));
    markup_close(m);
    markup_close(m);
    markup_line(m, "p", "soft",
                STR("The file names no path, host or user of this machine. It holds private "
                    "messages: keep it as you keep the archive."));
    layout_end(w);
    return OK;
}

/* ---- the file ------------------------------------------------------------------------------- */

static enum status put(void *context, str bytes, struct err *e)
{
    const int fd = *(const int *)context;
    while (bytes.n) {
        const ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno != EINTR)
            return fail(e, ERR_IO, "the export cannot be written beside the archive: %s",
                        strerror(errno));
        if (n > 0)
            bytes = str_from(bytes, (size_t)n);
    }
    return OK;
}

static enum status open_nameless(struct web *w, int *fd, struct err *e)
{
    char *const name = arena_cstr(
        &w->arena, arena_printf(&w->arena, "%s-export-XXXXXX", w->settings->archive_path));
    *fd = mkstemp(name);
    if (*fd < 0)
        return fail(e, ERR_IO, "no file for the export can be made beside the archive: %s",
                    strerror(errno));
    unlink(name);
    return OK;
}

static enum status save(struct web *w, const struct exporter *x, struct err *e)
{
    const struct publish_options o = {.query = web_param(w, "q"),
                                      .now_wall_ms = w->request->now_wall_ms};
    struct publish_result result;
    const struct publish_output to = {put, &w->response.file};
    enum status st = open_nameless(w, &w->response.file, e);
    if (st == OK)
        st = publish_run(x, archive_store(w->archive), &o, &to, &result, e);
    if (st != OK) {
        if (w->response.file >= 0)
            close(w->response.file);
        w->response.file = -1;
        return st;
    }
    w->response.content_type = "application/octet-stream";
    w->response.download_name = arena_printf(&w->arena, "stet-export.%s", exporter_name(x));
    return OK;
}

enum status page_export(struct web *w, struct err *e)
{
    const str format = web_param(w, "format");
    if (!format.n)
        return draw_form(w, e);
    const struct exporter *x = exporter_find(format);
    if (!x)
        return fail(e, ERR_MISSING, "there is no export format of this name");
    return save(w, x, e);
}
