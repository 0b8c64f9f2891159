/*
 * Bringing sources in: files and folders chosen below the one folder that the server was started with,
 * the progress of what runs, the summary of what has ended.
 */
#define _DEFAULT_SOURCE /* d_type */

#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "api.h"
#include "import_job.h"
#include "layout.h"
#include "pages.h"
#include "phrase.h"
#include "url.h"

enum { ENTRIES_MAX = 500 };

/* ---- what runs, what has ended -------------------------------------------------------------- */

static void draw_running(struct web *w, const struct import_board *b)
{
    struct markup *m = &w->out;
    markup_open(m, "div", "class", "notice", "id", "import", "role", "status", NULL);
    markup_open(m, "p", NULL);
    markup_text(m, STR("Reading "));
    markup_isolated(m, "b", b->name[0] ? str_of(b->name) : STR("…"));
    markup_textf(
        m, ", %s so far.",
        arena_cstr(&w->arena, phrase_count(&w->arena, b->messages, "message", "messages")));
    markup_close(m);
    markup_open(m, "progress", "aria-label", "How much has been read", "max", "1000", NULL);
    markup_attrf(m, "value", "%" PRIu64, b->size_bytes ? b->done_bytes * 1000 / b->size_bytes : 0);
    markup_close(m);
    markup_open(m, "p", NULL);
    layout_link(w, STR("/import"), STR("Look again"));
    markup_close(m);
    layout_form(w, STR("/import"));
    layout_hidden(w, "do", STR("stop"));
    markup_element(m, "button", STR("Stop it; the archive stays as it was"));
    markup_close(m);
    markup_close(m);
}

static void draw_results(struct web *w, const struct import_board *b)
{
    struct markup *m = &w->out;
    static const char *const heads[] = {"File", "Format", "Messages", "Events", "Issues", "What"};
    if (!b->result_count)
        return;
    markup_open(m, "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label",
                "Files of the import", NULL);
    markup_open(m, "table", NULL);
    markup_open(m, "thead", NULL);
    markup_open(m, "tr", NULL);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        markup_open(m, "th", "scope", "col", "class", i >= 2 && i <= 4 ? "n" : "", NULL);
        markup_text(m, str_of(heads[i]));
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
    markup_open(m, "tbody", NULL);
    for (size_t i = 0; i < b->result_count; i++) {
        const struct import_result *r = &b->results[i];
        markup_open(m, "tr", NULL);
        markup_isolated(m, "td", str_of(r->name));
        markup_element(m, "td", str_of(r->format));
        markup_line(m, "td", "n", phrase_number(&w->arena, r->messages));
        markup_line(m, "td", "n", phrase_number(&w->arena, r->events));
        markup_line(m, "td", "n", phrase_number(&w->arena, r->issues));
        markup_element(m, "td", str_of(r->what));
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
    markup_close(m);
    if (b->results_more)
        markup_line(m, "p", "soft", arena_printf(&w->arena, "and %zu more", b->results_more));
}

static void draw_ended(struct web *w, const struct import_board *b)
{
    struct markup *m = &w->out;
    const bool good = b->whole && !b->failed && b->stored + b->known > 0;
    markup_open(m, "div", "class", good ? "notice good" : "notice error", "role", "status", NULL);
    if (b->whole) {
        markup_open(m, "p", NULL);
        markup_text(m, phrase_count(&w->arena, b->messages, "message", "messages"));
        markup_text(m, STR(" came in, of "));
        markup_text(m, phrase_count(&w->arena, b->stored, "file", "files"));
        markup_textf(
            m, "; already here: %" PRIu64 "; failed: %" PRIu64 "; not recognised: %" PRIu64 ".",
            b->known, b->failed, b->skipped);
        markup_close(m);
    } else {
        markup_element(m, "p", str_of(b->error.msg));
        if (b->error.hint[0])
            markup_line(m, "p", "way-out", str_of(b->error.hint));
    }
    if (b->issues) {
        markup_open(m, "p", NULL);
        layout_link(w, STR("/sources"),
                    arena_printf(&w->arena, "%" PRIu64 " issues: what could not be read, and why",
                                 b->issues));
        markup_close(m);
    }
    markup_close(m);
    draw_results(w, b);
}

/* ---- choosing ------------------------------------------------------------------------------- */

struct entry {
    char *name;
    bool folder;
    uint64_t size_bytes;
};

static int by_name(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->folder != y->folder)
        return x->folder ? -1 : 1;
    return strcmp(x->name, y->name);
}

static bool describe(const char *folder, const char *name, struct arena *a, struct entry *out)
{
    struct stat info;
    const str path = arena_printf(a, "%s/%s", folder, name);
    if (name[0] == '.' || stat(arena_cstr(a, path), &info) != 0 ||
        !(S_ISREG(info.st_mode) || S_ISDIR(info.st_mode)))
        return false;
    *out =
        (struct entry){arena_cstr(a, str_of(name)), S_ISDIR(info.st_mode), (uint64_t)info.st_size};
    return true;
}

static size_t list_folder(struct web *w, const char *folder, struct entry *out, bool *more)
{
    size_t count = 0;
    DIR *const d = opendir(folder);
    *more = false;
    for (const struct dirent *x; d && (x = readdir(d)) != NULL;) {
        if (count == ENTRIES_MAX) {
            *more = true;
            break;
        }
        count += describe(folder, x->d_name, &w->arena, &out[count]);
    }
    if (d)
        closedir(d);
    qsort(out, count, sizeof *out, by_name);
    return count;
}

/* "a/b" of the folder at hand and a name in it. */
static str inside(struct web *w, str folder, const char *name)
{
    if (!folder.n)
        return str_of(name);
    return arena_printf(&w->arena, STR_FMT "/%s", STR_ARG(folder), name);
}

static void draw_entry(struct web *w, str folder, const struct entry *x, size_t i)
{
    struct markup *m = &w->out;
    const str path = inside(w, folder, x->name);
    markup_open(m, "li", NULL);
    markup_open(m, "input", "type", "checkbox", "name", "path", NULL);
    markup_attrf(m, "id", "p%zu", i);
    markup_attr(m, "value", path);
    markup_close(m);
    markup_open(m, "label", "dir", "auto", NULL);
    markup_attrf(m, "for", "p%zu", i);
    markup_text(m, str_of(x->name));
    markup_close(m);
    if (x->folder)
        layout_link(w, link_to(&w->arena, "/import", "in", path, NULL), STR("look inside"));
    else
        markup_line(m, "span", "soft", phrase_size(&w->arena, x->size_bytes));
    markup_close(m);
}

static str parent_of(str folder)
{
    for (size_t i = folder.n; i > 0; i--)
        if (folder.p[i - 1] == '/')
            return str_sub(folder, 0, i - 1);
    return STR("");
}

static void draw_zone(struct web *w)
{
    struct markup *m = &w->out;
    markup_open(m, "div", "class", "row", NULL);
    markup_open(m, "div", NULL);
    markup_open(m, "label", "for", "tz", NULL);
    markup_text(m, STR("Time zone of these sources, if you know it and they do not say"));
    markup_close(m);
    markup_open(m, "input", "type", "text", "name", "tz", "id", "tz", "placeholder",
                "Europe/Berlin", "autocomplete", "off", NULL);
    markup_close(m);
    markup_close(m);
    markup_open(m, "button", "class", "main", NULL);
    markup_text(m, STR("Import what is ticked"));
    markup_close(m);
    markup_close(m);
}

static enum status draw_choice(struct web *w, struct err *e)
{
    struct markup *m = &w->out;
    const str folder = web_param(w, "in");
    struct entry *entries = arena_array(&w->arena, ENTRIES_MAX, sizeof *entries);
    char *path;
    bool more;
    const enum status st = import_path(&path, w->settings->import_root, folder, e);
    if (st != OK)
        return st;
    const size_t count = list_folder(w, path, entries, &more);
    free(path);
    markup_element(m, "h2", STR("Choose"));
    markup_open(m, "p", "class", "soft", NULL);
    markup_text(m, STR("In "));
    markup_isolated(m, folder.n ? "code" : "span",
                    folder.n ? folder : STR("the folder that Stet was started with"));
    if (folder.n) {
        markup_text(m, STR(" · "));
        layout_link(w, link_to(&w->arena, "/import", "in", parent_of(folder), NULL), STR("up"));
    }
    markup_close(m);
    layout_form(w, STR("/import"));
    layout_hidden(w, "do", STR("start"));
    markup_open(m, "ul", "class", "files", NULL);
    for (size_t i = 0; i < count; i++)
        draw_entry(w, folder, &entries[i], i);
    markup_close(m);
    if (!count)
        markup_line(m, "p", "soft", STR("There is nothing to import here."));
    if (more)
        markup_line(m, "p", "soft",
                    STR("There is more: import the folder as a whole, or in a terminal."));
    draw_zone(w);
    markup_close(m);
    return OK;
}

/* ---- the page ------------------------------------------------------------------------------- */

static enum status draw_page(struct web *w, const struct err *fault, struct err *e)
{
    const struct web_settings *s = w->settings;
    const struct layout l = {.title = STR("Import"), .path = "/import"};
    enum status st = layout_begin(w, &l, e);
    if (st != OK)
        return st;
    markup_element(&w->out, "h1", STR("Import"));
    if (fault)
        layout_notice(w, "error", str_of(fault->msg), str_of(fault->hint));
    if (!s->import_root) {
        layout_notice(
            w, "",
            STR("This page may read no files: Stet was started without a folder to import from."),
            STR("End it, and start it with: stet serve --import-from FOLDER. Or import in "
                "a terminal: stet import FILE"));
        layout_end(w);
        return OK;
    }
    const struct import_board *b = import_job_look(s->job);
    if (b->phase == IMPORT_RUNS)
        draw_running(w, b);
    if (b->phase == IMPORT_ENDED)
        draw_ended(w, b);
    if (b->phase != IMPORT_RUNS)
        st = draw_choice(w, e);
    layout_end(w);
    return st;
}

static enum status start(struct web *w, struct err *e)
{
    const struct web_request *r = w->request;
    const struct web_settings *s = w->settings;
    char *paths[IMPORT_PATHS_MAX];
    size_t count = 0;
    enum status st = OK;
    for (size_t i = 0; i < r->param_count && st == OK; i++) {
        if (!str_eq(r->params[i].name, STR("path")) || !r->params[i].value.n)
            continue;
        if (count == IMPORT_PATHS_MAX)
            st = fail(e, ERR_QUERY, "at most %d files at once; a whole folder counts as one",
                      IMPORT_PATHS_MAX);
        else if ((st = import_path(&paths[count], s->import_root, r->params[i].value, e)) == OK)
            count++;
    }
    if (st == OK && !count)
        st = fail(e, ERR_QUERY, "nothing is ticked: choose a file or a folder");
    archive_close(w->archive);
    w->archive = NULL;
    if (st == OK)
        st = import_job_start(s->job,
                              &(struct import_wish){.archive_path = s->archive_path,
                                                    .paths = (const char *const *)paths,
                                                    .count = count,
                                                    .zone_name = str_trim(web_param(w, "tz")),
                                                    .now_ms = (int64_t)time(NULL) * MS_PER_SECOND},
                              e);
    while (count)
        free(paths[--count]);
    return st;
}

enum status page_import(struct web *w, struct err *e)
{
    struct err fault = {0}, ignored = {0};
    enum status st = OK;
    if (w->request->method == WEB_GET || !w->settings->import_root)
        return draw_page(w, NULL, e);
    if (str_eq(web_param(w, "do"), STR("stop")))
        import_job_stop(w->settings->job);
    else
        st = start(w, &fault);
    if (st == OK) {
        web_redirect(w, STR("/import"));
        return OK;
    }
    (void)(web_reopen(w, &ignored) == OK); /* for the header */
    w->response.status = 400;
    return draw_page(w, &fault, e);
}

enum status api_import(struct web *w, struct err *e)
{
    static const char *const phases[] = {
        [IMPORT_NONE] = "none", [IMPORT_RUNS] = "runs", [IMPORT_ENDED] = "ended"};
    if (!w->settings->job)
        return fail(e, ERR_MISSING, "Stet was started without a folder to import from");
    const struct import_board *b = import_job_look(w->settings->job);
    struct json j = api_begin(w, "import");
    api_text(&j, "state", str_of(phases[b->phase]));
    api_text(&j, "file", str_of(b->name));
    api_int(&j, "done_bytes", (int64_t)b->done_bytes);
    api_int(&j, "size_bytes", (int64_t)b->size_bytes);
    api_int(&j, "messages", (int64_t)b->messages);
    api_int(&j, "files_stored", (int64_t)b->stored);
    api_int(&j, "files_failed", (int64_t)b->failed);
    api_text(&j, "error", str_of(b->error.msg));
    api_end(w, &j);
    return OK;
}
