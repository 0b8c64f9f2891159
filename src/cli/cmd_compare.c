/* stet compare: two copies of the same messages, and where they differ. */
#include "cli.h"
#include "compare.h"
#include "table.h"
#include "words.h"
#include "write_file.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN_USUALLY = 20, SAME_WORDS_BYTES = 60 };

struct compared {
    struct cli *c;
    struct store *left_store, *right_store; /* the same if two sources are compared */
    struct compare_side_of left, right;
    str left_name, right_name;
    struct comparison *comparison;
    const struct compare_facts *f;
};

/* ---- what is compared -------------------------------------------------------------------------- */

static str base_name(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

/* A source by its number, its name or the end of its name. */
static enum status find_source(struct cli *c, struct store *s, const char *what, int64_t *id,
                               str *name, struct err *e)
{
    struct source_row *rows;
    size_t count = 0, found = 0;
    int64_t number = 0;
    const bool is_number = str_to_u63(str_of(what), &number);
    enum status st = store_sources(s, &c->arena, &rows, &count, e);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (is_number ? rows[i].id != number : !str_ends(rows[i].name, str_of(what)))
            continue;
        *id = rows[i].id;
        *name = rows[i].name;
        found++;
    }
    if (st != OK || found == 1)
        return st;
    fail(e, ERR_MISSING,
         found ? "several sources are called \"%.80s\"" : "there is no source \"%.80s\"", what);
    return fail_hint(e, "numbers and names: stet sources");
}

static enum status find_conversation(struct cli *c, struct compare_side_of *side, struct err *e)
{
    const char *const name = cli_value(c, OPT_IN);
    struct conversation_row *rows;
    size_t count = 0, found = 0;
    if (!name)
        return OK;
    const enum status st = store_conversations(side->store, &c->arena, &rows, &count, e);
    for (size_t i = 0; st == OK && i < count; i++) {
        if (!str_eq_nocase(rows[i].title, str_of(name)) && !str_eq(rows[i].key, str_of(name)))
            continue;
        side->conversation_id = rows[i].id;
        found++;
    }
    if (st != OK || found == 1)
        return st;
    fail(e, ERR_MISSING,
         found ? "several conversations of %.200s are called \"%.80s\": give the key"
               : "%.200s has no conversation with the title or key \"%.80s\"",
         store_path(side->store), name);
    return fail_hint(e, "titles: stet conversations; keys: stet conversations --json");
}

static enum status open_archives(struct compared *x, struct err *e)
{
    struct cli *const c = x->c;
    char **const args = c->opts.args;
    if (c->opts.arg_count != 2) {
        fail(e, ERR_QUERY, "compare what? usage: stet compare A.stet B.stet");
        return fail_hint(e, "or two sources of one archive: stet compare --source X --source Y");
    }
    enum status st = store_open(&x->left_store, args[0], STORE_READ, e);
    if (st == OK)
        st = store_open(&x->right_store, args[1], STORE_READ, e);
    x->left.store = x->left_store;
    x->right.store = x->right_store;
    x->left_name = base_name(args[0]);
    x->right_name = base_name(args[1]);
    if (str_eq(x->left_name, x->right_name)) {
        x->left_name = STR("left");
        x->right_name = STR("right");
    }
    return st;
}

static enum status open_sources(struct compared *x, struct err *e)
{
    struct cli *const c = x->c;
    const char *const first = opts_nth(&c->opts, OPT_SOURCE, 0), *const second = opts_nth(
                                                                     &c->opts, OPT_SOURCE, 1);
    if (!second || opts_nth(&c->opts, OPT_SOURCE, 2) || c->opts.arg_count)
        return fail(e, ERR_QUERY,
                    "two sources of one archive are compared: "
                    "stet compare -a A.stet --source X --source Y");
    enum status st = store_open(&x->left_store, cli_archive_path(c), STORE_READ, e);
    if (st == OK)
        st = find_source(c, x->left_store, first, &x->left.source_id, &x->left_name, e);
    if (st == OK)
        st = find_source(c, x->left_store, second, &x->right.source_id, &x->right_name, e);
    x->left.store = x->right.store = x->left_store;
    return st;
}

static enum status open_sides(struct compared *x, struct err *e)
{
    enum status st = cli_has(x->c, OPT_SOURCE) ? open_sources(x, e) : open_archives(x, e);
    if (st == OK)
        st = find_conversation(x->c, &x->left, e);
    return st == OK ? find_conversation(x->c, &x->right, e) : st;
}

/* ---- in the terminal ---------------------------------------------------------------------------- */

static void print_clocks(struct compared *x)
{
    struct term *const t = &x->c->out;
    const struct compare_facts *const f = x->f;
    char text[CIVIL_TEXT];
    if (!f->shift_pairs) {
        term_add(t, STR("clocks: no text with a time stands on both sides\n"));
        return;
    }
    term_add(t, STR("clocks: "));
    if (f->shift_ms) {
        civil_print_duration(text, f->shift_ms < 0 ? -f->shift_ms : f->shift_ms);
        term_safe(t, x->right_name);
        term_addf(t, " is %s %s", text, f->shift_ms < 0 ? "behind" : "ahead");
    } else {
        term_add(t, STR("they agree"));
    }
    term_addf(t, ", by " STR_FMT " of " STR_FMT "%s\n",
              STR_ARG(number_text(&x->c->arena, f->shift_votes)),
              STR_ARG(count_text(&x->c->arena, f->shift_pairs, "equal text", "equal texts")),
              f->other_shift_ms != f->shift_ms
                  ? "; others by an hour more or less, as daylight saving makes it"
                  : "");
}

static void print_sums(struct compared *x)
{
    struct arena *const a = &x->c->arena;
    const struct compare_facts *const f = x->f;
    static const char *const words[DIFFERS_COUNT] = {
        "text differs",
        "of these: a black bar or its like on one side",
        "sender differs",
        "time differs beyond the shift",
        "stand in another order",
        "stand in another conversation",
        "kind differs",
        NULL,
        NULL,
        "only white space differs"};
    struct table t = table_new(a, "rl");
    table_add(&t, number_text(a, f->same));
    table_add(&t, STR("agree in text, sender and time"));
    for (size_t i = 0; i < DIFFERS_COUNT; i++) {
        if (!f->with[i])
            continue;
        table_add(&t, number_text(a, f->with[i]));
        const str side = 1u << i == ONLY_LEFT ? x->left_name : x->right_name;
        table_add(&t,
                  words[i] ? str_of(words[i]) : arena_printf(a, "only in " STR_FMT, STR_ARG(side)));
    }
    table_print(&t, &x->c->out);
}

static void print_aliases(struct compared *x)
{
    struct term *const t = &x->c->out;
    for (size_t i = 0; i < x->f->alias_count; i++) {
        const struct compare_alias *const n = &x->f->aliases[i];
        term_add(t, STR("taken for one sender, by the same words at the same times: "));
        term_safe(t, n->left);
        term_add(t, STR(" = "));
        term_safe(t, n->right);
        term_addf(t, " (" STR_FMT ")\n",
                  STR_ARG(count_text(&x->c->arena, n->messages, "message", "messages")));
    }
}

static void print_summary(struct compared *x)
{
    struct cli *const c = x->c;
    term_safe(&c->out, x->left_name);
    term_addf(
        &c->out, ": " STR_FMT "; ",
        STR_ARG(count_text(&c->arena, x->f->left, "message or event", "messages and events")));
    term_safe(&c->out, x->right_name);
    term_addf(&c->out, ": " STR_FMT "\n", STR_ARG(number_text(&c->arena, x->f->right)));
    print_clocks(x);
    if (!x->f->by_place)
        term_add(&c->out,
                 STR("order: the files are in different orders, so order is not compared\n"));
    print_aliases(x);
    print_sums(x);
}

/* "... before the change", cut where a character begins. */
static void print_same(struct term *t, str text, bool first, bool last)
{
    if (text.n <= 2 * SAME_WORDS_BYTES) {
        term_safe(t, text);
        return;
    }
    size_t head = SAME_WORDS_BYTES, tail = text.n - SAME_WORDS_BYTES;
    while (head && (text.p[head] & 0xc0) == 0x80)
        head--;
    while (tail < text.n && (text.p[tail] & 0xc0) == 0x80)
        tail++;
    if (!first || last)
        term_safe(t, str_sub(text, 0, head));
    term_add(t, STR(" \u2026 "));
    if (!last || first)
        term_safe(t, str_from(text, tail));
}

static void print_changes(struct compared *x, str left, str right)
{
    struct arena a = {.first = NULL};
    struct term *const t = &x->c->out;
    struct word_change *changes;
    size_t count;
    compare_words(left, right, &a, &changes, &count);
    term_add(t, STR("      "));
    for (size_t i = 0; i < count; i++) {
        const struct word_change *const w = &changes[i];
        if (i)
            term_add(t, STR(" "));
        if (w->same) {
            print_same(t, w->left, i == 0, i + 1 == count);
            continue;
        }
        term_style(t, STYLE_WARN);
        if (w->left.n) {
            term_add(t, STR("[-"));
            term_safe(t, w->left);
            term_add(t, w->right.n ? STR("-] ") : STR("-]"));
        }
        term_style(t, STYLE_MARK);
        if (w->right.n) {
            term_add(t, STR("{+"));
            term_safe(t, w->right);
            term_add(t, STR("+}"));
        }
        term_style(t, STYLE_PLAIN);
    }
    term_add(t, STR("\n"));
    arena_free(&a);
}

static void print_head(struct compared *x, str side, const struct stored *m)
{
    struct term *const t = &x->c->out;
    if (!m->row)
        return;
    term_add(t, STR("    "));
    term_style(t, STYLE_SOFT);
    term_safe(t, side);
    term_addf(t, " %" PRId64 ": ", m->row);
    term_style(t, STYLE_PLAIN);
    term_add(t, stamp_text(&x->c->arena, m->message.time.wall_ms));
    term_add(t, STR("  "));
    term_style(t, STYLE_STRONG);
    term_safe(t, sender_text(&m->message));
    term_style(t, STYLE_PLAIN);
    term_add(t, STR("\n"));
}

static void print_what(struct compared *x, const struct compare_finding *f)
{
    struct term *const t = &x->c->out;
    char text[CIVIL_TEXT];
    bool first = true;
    if (f->differs & (ONLY_LEFT | ONLY_RIGHT)) {
        term_add(t, STR("only in "));
        term_safe(t, f->differs & ONLY_LEFT ? x->left_name : x->right_name);
    }
    for (uint32_t bit = 1; bit < 1u << DIFFERS_COUNT; bit <<= 1) {
        if (!(f->differs & bit & ~(uint32_t)(ONLY_LEFT | ONLY_RIGHT)))
            continue;
        term_addf(t, "%s%s", first ? "differs: " : ", ", compare_differs_name(bit));
        first = false;
    }
    if (f->time_ms) {
        civil_print_duration(text, f->time_ms < 0 ? -f->time_ms : f->time_ms);
        term_addf(t, " (%s %s in ", text, f->time_ms < 0 ? "earlier" : "later");
        term_safe(t, x->right_name);
        term_add(t, STR(")"));
    }
    term_add(t, STR("\n"));
}

static enum status print_finding(struct compared *x, const struct compare_finding *f, struct err *e)
{
    struct arena a = {.first = NULL};
    struct stored left, right;
    const enum status st = compare_messages(x->comparison, f, &a, &left, &right, e);
    if (st == OK) {
        term_style(&x->c->out, STYLE_WARN);
        term_add(&x->c->out, STR("! "));
        term_style(&x->c->out, STYLE_PLAIN);
        print_what(x, f);
        print_head(x, x->left_name, &left);
        print_head(x, x->right_name, &right);
        if (f->differs & DIFFERS_TEXT)
            print_changes(x, left.message.text, right.message.text);
        else
            term_passage(&x->c->out, &(struct passage){.text = left.row ? left.message.text
                                                                        : right.message.text,
                                                       .indent = 6});
    }
    arena_free(&a);
    return st;
}

/* A stretch that one side lacks is told once, with its first message. */
static void print_stretch(struct compared *x, const struct compare_stretch *s)
{
    struct term *const t = &x->c->out;
    term_addf(t, "  " STR_FMT " in a row are only in ",
              STR_ARG(count_text(&x->c->arena, s->count, "message", "messages")));
    term_safe(t, s->side == ONLY_LEFT ? x->left_name : x->right_name);
    term_add(t, STR("; the first of them:\n"));
}

static enum status print_findings(struct compared *x, struct err *e)
{
    int64_t limit = SHOWN_USUALLY;
    size_t stretch = 0, shown = 0, told = 0;
    enum status st = cli_number(x->c, OPT_LIMIT, INT32_MAX, &limit, e);
    const struct compare_facts *const f = x->f;
    for (size_t i = 0; i < f->finding_count && st == OK && (!limit || shown < (size_t)limit);
         shown++) {
        const struct compare_stretch *const s =
            stretch < f->stretch_count && f->stretches[stretch].first == i ? &f->stretches[stretch]
                                                                           : NULL;
        if (s) {
            print_stretch(x, s);
            stretch++;
        }
        st = print_finding(x, &f->findings[i], e);
        i += s && limit ? s->count : 1;
        told = i;
    }
    if (st == OK && told < f->finding_count)
        term_addf(&x->c->out, "... and " STR_FMT ": show all with -n 0\n",
                  STR_ARG(count_text(&x->c->arena, f->finding_count - told, "more difference",
                                     "more differences")));
    return st;
}

/* ---- as JSON -------------------------------------------------------------------------------------- */

static void json_side(struct json *j, const char *key, const struct stored *x)
{
    char cite[CITATION_TEXT];
    const struct message *const m = &x->message;
    json_key(j, key);
    if (!x->row) {
        json_null(j);
        return;
    }
    json_object(j);
    json_key(j, "id");
    json_int(j, x->row);
    json_key(j, "citation");
    json_text(j, str_of(message_citation(cite, m->time.wall_ms, x->content_id)));
    json_key(j, "time_shown");
    json_text(j, m->time_shown);
    json_key(j, "sender");
    json_text(j, m->sender_name.n ? m->sender_name : m->sender);
    json_key(j, "conversation");
    json_text(j, m->conversation);
    json_key(j, "text");
    json_text(j, m->text);
    json_end(j);
}

static enum status json_finding(struct compared *x, const struct compare_finding *f, struct err *e)
{
    struct arena a = {.first = NULL};
    struct stored left, right;
    const enum status st = compare_messages(x->comparison, f, &a, &left, &right, e);
    if (st == OK) {
        struct json j = cli_json(x->c, "difference");
        json_key(&j, "differs");
        json_array(&j);
        for (uint32_t bit = 1; bit < 1u << DIFFERS_COUNT; bit <<= 1)
            if (f->differs & bit)
                json_text(&j, str_of(compare_differs_name(bit)));
        json_end(&j);
        json_key(&j, "time_ms");
        json_int(&j, f->time_ms);
        json_side(&j, "left", &left);
        json_side(&j, "right", &right);
        cli_json_end(x->c, &j);
    }
    arena_free(&a);
    return st;
}

static void json_aliases(struct json *j, const struct compare_facts *f)
{
    json_key(j, "same_senders");
    json_array(j);
    for (size_t i = 0; i < f->alias_count; i++) {
        json_object(j);
        json_key(j, "left");
        json_text(j, f->aliases[i].left);
        json_key(j, "right");
        json_text(j, f->aliases[i].right);
        json_key(j, "messages");
        json_int(j, (int64_t)f->aliases[i].messages);
        json_end(j);
    }
    json_end(j);
}

static void json_summary(struct compared *x)
{
    const struct compare_facts *const f = x->f;
    struct json j = cli_json(x->c, "comparison");
    json_key(&j, "left");
    json_text(&j, x->left_name);
    json_key(&j, "right");
    json_text(&j, x->right_name);
    const struct {
        const char *key;
        int64_t value;
    } numbers[] = {
        {"left_messages", (int64_t)f->left},
        {"right_messages", (int64_t)f->right},
        {"same", (int64_t)f->same},
        {"differences", (int64_t)f->finding_count},
        {"stretches", (int64_t)f->stretch_count},
        {"shift_ms", f->shift_ms},
        {"other_shift_ms", f->other_shift_ms},
        {"shift_votes", (int64_t)f->shift_votes},
        {"shift_pairs", (int64_t)f->shift_pairs},
        {"unit_ms", f->unit_ms},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_key(&j, numbers[i].key);
        json_int(&j, numbers[i].value);
    }
    for (size_t i = 0; i < DIFFERS_COUNT; i++) {
        json_key(&j, compare_differs_name(1u << i));
        json_int(&j, (int64_t)f->with[i]);
    }
    json_key(&j, "clock");
    json_text(&j, f->utc ? STR("utc") : STR("shown"));
    json_key(&j, "order");
    json_text(&j, f->by_place ? STR("file") : STR("time"));
    json_aliases(&j, f);
    cli_json_end(x->c, &j);
}

/* ---- the command ---------------------------------------------------------------------------------- */

static enum status write_page(struct compared *x, struct err *e)
{
    const char *const path = cli_value(x->c, OPT_HTML);
    struct buf page = buf_new(COMPARE_PAGE_BYTES_MAX);
    if (!path)
        return OK;
    enum status st =
        compare_page(&page, x->comparison, x->left_name, x->right_name, STR(STET_VERSION), e);
    if (st == OK)
        st = write_file(path, buf_str(&page), e);
    buf_free(&page);
    return st;
}

static enum status tell(struct compared *x, struct err *e)
{
    enum status st = OK;
    x->f = compare_facts(x->comparison);
    if (x->c->json) {
        for (size_t i = 0; i < x->f->finding_count && st == OK; i++) {
            st = json_finding(x, &x->f->findings[i], e);
            term_flush(&x->c->out);
        }
        json_summary(x);
    } else {
        if (!x->c->quiet)
            print_summary(x);
        st = print_findings(x, e);
    }
    return st == OK ? write_page(x, e) : st;
}

enum exit_status cmd_compare(struct cli *c)
{
    struct err e = {0};
    struct compared x = {.c = c};
    enum status st = open_sides(&x, &e);
    if (st == OK)
        st = compare_run(&x.comparison, &x.left, &x.right, &e);
    if (st == OK)
        st = tell(&x, &e);
    const bool same = st == OK && !x.f->finding_count;
    compare_close(x.comparison);
    store_close(x.right_store);
    store_close(x.left_store);
    if (st != OK)
        return cli_fail(c, &e);
    return same ? EXIT_DONE : EXIT_NOTHING;
}
