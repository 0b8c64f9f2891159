/* See made_archive.h. */
#include "made_archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "links.h"

enum { MADE_MAX = 4000, PIECES_MAX = 9, PATH_BYTES = 64 };

struct made_archive {
    struct store *store;
    char folder[PATH_BYTES], path[PATH_BYTES + 16];
};

static struct made_message made[MADE_MAX];
static size_t made_count;

static const char *const senders[] = {"ada", "Bert", "Zoë B", "cleo", "bela"};
static const char *const pieces[] = {
    "the",
    "The",
    "tide",
    "Tide",
    "permit",
    "Permit",
    "PERMIT",
    "permits",
    "and",
    "don’t",
    "don't",
    "café",
    "cafe\xCC\x81",
    "cafe",
    "Café",
    "@ada",
    "@Ada,",
    "#tide",
    "#Tide!",
    "潮水",
    "水潮",
    "潮",
    "🦀",
    "🦀🦀",
    "水🦀",
    "16-04",
    "1604",
    "---",
    "…",
    "“the tide”",
    "(permit)",
    "tide-permit",
    "tidal",
    "https://weir.example.org/a",
    "http://example.org",
    "example.org",
    "zoe",
    "Zoë",
    "the\nthe",
    "a",
    "per\xE2\x80\x8Bmit",
    "Ｔｉｄｅ",
    "@zoe",
    "ti",
    "t",
    "😀",
    "50€",
    "x_y",
    "de permit",
};

static unsigned long random_state;
static unsigned rnd(unsigned below)
{
    random_state = random_state * 6364136223846793005UL + 1442695040888963407UL;
    return (unsigned)(random_state >> 33) % below;
}

static void make_text(struct made_message *m)
{
    static const char *const gaps[] = {" ", " ", " ", " ", "", ", ", "  ", " – "};
    size_t n = 0;
    const unsigned count = 1 + rnd(PIECES_MAX);
    for (unsigned i = 0; i < count; i++)
        n += (size_t)snprintf(m->bytes + n, sizeof m->bytes - n, "%s%s",
                              i ? gaps[rnd(sizeof gaps / sizeof *gaps)] : "",
                              pieces[rnd(sizeof pieces / sizeof *pieces)]);
    m->text = (str){m->bytes, n};
}

static void make_message(struct made_message *m, int64_t wall_ms)
{
    static const uint32_t some_flags[] = {0, 0, 0, 0, FLAG_EDITED, FLAG_REPLY, FLAG_REDACTED};
    *m = (struct made_message){.sender = senders[rnd(sizeof senders / sizeof *senders)],
                               .conversation = rnd(4) ? "weir" : "quay",
                               .wall_ms = wall_ms,
                               .flags = some_flags[rnd(sizeof some_flags / sizeof *some_flags)]};
    /* Two of the senders write in one conversation only. */
    if (strcmp(m->sender, "cleo") == 0)
        m->conversation = "quay";
    if (strcmp(m->sender, "bela") == 0)
        m->conversation = "weir";
    m->kind = rnd(12) ? KIND_TEXT : KIND_EVENT;
    make_text(m);
}

static enum status write_one(struct sink *sink, size_t i, struct err *e)
{
    struct message m = message_empty();
    m.sender = str_of(made[i].sender);
    m.conversation = str_of(made[i].conversation);
    m.text = made[i].text;
    m.kind = made[i].kind;
    m.flags = made[i].flags;
    m.time = (struct message_time){made[i].wall_ms, made[i].wall_ms, BASIS_ASSUMED, false};
    m.locus = (struct locus){.at = i, .length = 1, .line = i + 1};
    m.raw = m.text;
    return sink->message(sink, &m, e);
}

static int by_time(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (made[x].wall_ms > made[y].wall_ms) - (made[x].wall_ms < made[y].wall_ms);
}

static enum status write_source(struct store *s, size_t count, bool first, struct err *e)
{
    const struct origin o = {.path = STR(""),
                             .bundle = STR(""),
                             .options = STR(""),
                             .zone_name = STR(""),
                             .name = first ? STR("first") : STR("second"),
                             .format = STR("made"),
                             .format_version = STR("1")};
    static size_t picked[MADE_MAX];
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (first ? made[i].in_first : made[i].in_second)
            picked[n++] = i;
    qsort(picked, n, sizeof *picked, by_time);
    struct writer *w;
    struct write_result result;
    const struct import_report report = {.messages = n, .counted = n};
    enum status st = writer_begin(&w, s, WRITE_STREAM, e);
    if (st != OK)
        return st;
    st = writer_source(w, &o, e);
    for (size_t i = 0; i < n && st == OK; i++)
        st = write_one(writer_sink(w), picked[i], e);
    if (st == OK)
        st = writer_source_end(w, &report, e);
    if (st != OK) {
        writer_abandon(w);
        return st;
    }
    return writer_commit(w, &result, e);
}

static enum status write_all(struct store *s, size_t count, struct err *e)
{
    const enum status st = write_source(s, count, true, e);
    return st == OK ? write_source(s, count, false, e) : st;
}

/* Says which source holds which message, and puts them into the order of their rows. */
static void share_out(size_t count, enum made_order order)
{
    static struct made_message sorted[MADE_MAX];
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const bool mixed = order == MADE_MIXED;
        made[i].in_first = mixed ? i % 2 == 0 : i < count / 2;
        made[i].in_second = !made[i].in_first || (mixed ? i % 20 == 0 : i + 10 >= count / 2);
    }
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < count; i++)
            if (made[i].in_first == (first == 1))
                sorted[n++] = made[i];
    for (size_t i = 0; i < count; i++) {
        made[i] = sorted[i];
        made[i].text.p = made[i].bytes;
    }
}

struct made_archive *made_archive_open(size_t messages, enum made_order order)
{
    struct made_archive *a = calloc(1, sizeof *a);
    struct err e = {0};
    if (!a || messages > MADE_MAX)
        abort();
    random_state = 7;
    int64_t wall_ms = civil_to_ms(&(struct civil){.year = 2016, .month = 3, .day = 1});
    for (size_t i = 0; i < messages; i++) {
        /* Now and then exactly half an hour, or midnight: where bounds are. */
        wall_ms += rnd(6) ? (1 + rnd(1800)) * MS_PER_SECOND : 30 * MS_PER_MINUTE;
        if (i % 20 == 19)
            wall_ms += MS_PER_DAY - wall_ms % MS_PER_DAY;
        make_message(&made[i], wall_ms);
    }
    share_out(messages, order);
    made_count = messages;
    snprintf(a->folder, sizeof a->folder, "/tmp/stet-made-XXXXXX");
    enum status st = mkdtemp(a->folder) ? OK : ERR_IO;
    snprintf(a->path, sizeof a->path, "%s/made.stet", a->folder);
    if (st == OK)
        st = store_open(&a->store, a->path, STORE_CREATE, &e);
    if (st == OK)
        st = write_all(a->store, messages, &e);
    store_close(a->store);
    a->store = NULL;
    if (st == OK)
        st = store_open(&a->store, a->path, STORE_READ, &e);
    if (st != OK) {
        printf("Bail out! the archive for this test cannot be made: %s\n", e.msg);
        exit(2);
    }
    return a;
}

struct store *made_archive_store(struct made_archive *a)
{
    return a->store;
}

const char *made_archive_path(const struct made_archive *a)
{
    return a->path;
}

void made_archive_close(struct made_archive *a)
{
    store_close(a->store);
    (void)unlink(a->path);
    (void)rmdir(a->folder);
    free(a);
}

size_t made_archive_count(void)
{
    return made_count;
}

const struct made_message *made_archive_message(size_t i)
{
    return &made[i];
}

bool made_archive_has(const struct made_message *m, const char *property)
{
    static const struct {
        const char *name;
        uint32_t flag, links;
    } properties[] = {
        {"edited", FLAG_EDITED, 0},         {"reply", FLAG_REPLY, 0},
        {"redacted", FLAG_REDACTED, 0},     {"link", 0, 1u << LINK_URL},
        {"mention", 0, 1u << LINK_MENTION}, {"emoji", 0, 1u << LINK_EMOJI},
        {"number", 0, 1u << LINK_NUMBER},
    };
    if (strcmp(property, "duplicate") == 0)
        return m->in_first && m->in_second;
    if (strcmp(property, "undated") == 0 || strcmp(property, "ambiguous-time") == 0)
        return false;
    if (strcmp(property, "event") == 0 || strcmp(property, "text") == 0)
        return m->kind == (*property == 'e' ? KIND_EVENT : KIND_TEXT);
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (strcmp(property, properties[i].name) == 0)
            return (m->flags & properties[i].flag) || (link_kinds(m->text) & properties[i].links);
    return false;
}
