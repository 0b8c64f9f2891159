/*
 * A reader that was taken over may say anything. Whatever it says, the handler is called in the
 * order that reading.h promises, with records that obey the rules, for members of files that were
 * asked for; and a reader that breaks the rules is heard no more.
 */
#include "../../src/reading/parts.h"

#include "utf8.h"

#include <stdlib.h>
#include <unistd.h>

enum { FILES = 3 };

struct watcher {
    struct sink sink; /* first: what the desk pushes into */
    bool asked[FILES], ended[FILES];
    bool begun;
    size_t file; /* of the member at hand */
    uint64_t messages;
};

static void require(bool what)
{
    if (!what)
        abort();
}

static enum status on_file(void *context, size_t file, const struct sha256_digest *digest,
                           enum reading_answer *answer, struct err *e)
{
    struct watcher *const w = context;
    (void)e;
    require(file < FILES && !w->begun && !w->ended[file]);
    w->asked[file] = true;
    *answer = file == 1 ? (digest ? READING_SKIP : READING_DIGEST_FIRST) : READING_GO;
    return OK;
}

static enum status on_begin(void *context, const struct reading_member *m, struct err *e)
{
    struct watcher *const w = context;
    (void)e;
    require(!w->begun && m->file < FILES && !w->ended[m->file]);
    w->begun = true;
    w->file = m->file;
    w->messages = 0;
    return OK;
}

static enum status on_message(struct sink *sink, const struct message *m, struct err *e)
{
    struct watcher *const w = (struct watcher *)sink;
    require(w->begun && m->raw_digest && utf8_valid_prefix(m->text) == m->text.n);
    require((unsigned)m->kind < KIND_COUNT);
    return ++w->messages == 5 ? fail(e, ERR_STOPPED, "enough") : OK;
}

static enum status on_conversation(struct sink *sink, const struct conversation *c, struct err *e)
{
    (void)e;
    require(((struct watcher *)sink)->begun && c->key.n > 0);
    return OK;
}

static enum status on_issue(struct sink *sink, const struct issue *i, struct err *e)
{
    (void)e;
    require(((struct watcher *)sink)->begun && i->code[0]);
    return OK;
}

static enum status on_end(void *context, const struct reading_member *m,
                          const struct import_report *r, const struct err *failure, struct err *e)
{
    struct watcher *const w = context;
    (void)e;
    require(w->begun && m->file == w->file);
    require(failure || (m->format && r->messages + r->events >= w->messages));
    w->begun = false;
    return OK;
}

static enum status on_skipped(void *context, const struct member *m,
                              const struct importer *companion, const char *why, struct err *e)
{
    (void)companion;
    (void)e;
    require(!((struct watcher *)context)->begun && m->file < FILES && why);
    return OK;
}

static enum status on_fault(void *context, const struct bundle_fault *f, struct err *e)
{
    (void)e;
    require(!((struct watcher *)context)->begun && f->file < FILES);
    require(utf8_valid_prefix(f->what) == f->what.n);
    return OK;
}

static enum status on_file_end(void *context, size_t file, const struct sha256_digest *digest,
                               uint64_t size, struct err *e)
{
    struct watcher *const w = context;
    (void)digest;
    (void)size;
    (void)e;
    require(!w->begun && file < FILES && !w->ended[file]);
    w->ended[file] = true;
    return OK;
}

/* The next frame: a letter, two bytes of length, as much of the rest. */
static bool next_frame(str *bytes, struct confined_frame *f)
{
    if (bytes->n < 3)
        return false;
    const size_t n = (unsigned char)bytes->p[1] | (size_t)(unsigned char)bytes->p[2] << 8;
    f->letter = bytes->p[0];
    f->bytes = str_sub(*bytes, 3, n);
    *bytes = str_from(*bytes, 3 + n);
    return true;
}

static void listen_to(struct desk *d, str bytes)
{
    struct confined_frame f;
    struct confined_answer a;
    while ((d->state == DESK_OPEN || d->state == DESK_RESTART) && next_frame(&bytes, &f)) {
        d->state = DESK_OPEN;
        desk_take(d, &f, &a);
        if (a.fd >= 0)
            close(a.fd);
    }
    if (d->state == DESK_OPEN && d->looking) {
        struct err why = {0};
        fail(&why, ERR_FORMAT, "the reader died");
        desk_fail_member(d, &why);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct watcher w = {
        .sink = {.message = on_message, .conversation = on_conversation, .issue = on_issue}};
    const struct reading_handler h = {.file = on_file,
                                      .begin = on_begin,
                                      .sink = &w.sink,
                                      .end = on_end,
                                      .skipped = on_skipped,
                                      .fault = on_fault,
                                      .file_end = on_file_end};
    struct bundle_file files[FILES] = {
        {STR_INIT("a"), 1, NULL}, {STR_INIT("b"), 2, NULL}, {STR_INIT("c"), 3, NULL}};
    const char *const paths[FILES] = {"/no/such/a", "/no/such/b", "/no/such/c"};
    const struct reading_job job = {.files = files, .paths = paths, .count = FILES};
    const struct reading r = {.job = &job, .files = files};
    struct desk d = {.reading = &r, .handler = &h, .context = &w, .opened = SIZE_MAX};
    listen_to(&d, (str){(const char *)data, size});
    require(!w.begun || d.state == DESK_FAILED);
    desk_free(&d);
    return 0;
}
