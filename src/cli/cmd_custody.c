/* stet custody: what was done to the archive, and whether that still fits. */
#include "cli.h"
#include "custody.h"
#include "table.h"
#include "words.h"

static void print_entries(struct cli *c, const struct custody_entry *all, size_t count)
{
    struct table t = table_new(&c->arena, "rllls");
    for (size_t i = 0; i < count; i++) {
        char hex[SHA256_HEX];
        table_add(&t, number_text(&c->arena, (uint64_t)all[i].id));
        table_add(&t, arena_printf(&c->arena, STR_FMT " UTC",
                                   STR_ARG(stamp_text(&c->arena, all[i].at_ms / MS_PER_SECOND *
                                                                     MS_PER_SECOND))));
        table_add(&t, all[i].what);
        table_add(&t, all[i].detail);
        table_add(&t, arena_dup(&c->arena, str_sub(str_of(sha256_hex(hex, &all[i].root)), 0, 16)));
    }
    table_print(&t, &c->out);
}

static void print_digest(struct cli *c, const char *label, const struct sha256_digest *d)
{
    char hex[SHA256_HEX];
    term_style(&c->out, STYLE_SOFT);
    term_addf(&c->out, "%-14s", label);
    term_style(&c->out, STYLE_PLAIN);
    term_addf(&c->out, "%s\n", sha256_hex(hex, d));
}

static void print_verdict(struct cli *c, const struct custody_verdict *v)
{
    struct arena *const a = &c->arena;
    if (v->what.n) {
        term_style(&c->out, STYLE_WARN);
        term_add(&c->out, STR("! "));
        term_style(&c->out, STYLE_PLAIN);
        term_safe(&c->out, v->what);
        term_add(&c->out, STR("\n"));
        return;
    }
    if (v->entries)
        term_addf(&c->out, "The log is unbroken and fits " STR_FMT ".\n",
                  STR_ARG(count_text(a, v->now.messages, "record", "records")));
    else
        term_add(&c->out, STR("The log is empty: made by an older Stet, or with STET_NO_LOG.\n"));
    if (v->unlogged_messages)
        term_addf(&c->out, STR_FMT " came after the last entry, without one.\n",
                  STR_ARG(count_text(a, v->unlogged_messages, "record", "records")));
}

static void json_digest(struct json *j, const char *key, const struct sha256_digest *d)
{
    char hex[SHA256_HEX];
    json_key(j, key);
    json_text(j, str_of(sha256_hex(hex, d)));
}

static void json_entry(struct cli *c, const struct custody_entry *x)
{
    struct json j = cli_json(c, "entry");
    json_key(&j, "id");
    json_int(&j, x->id);
    json_key(&j, "at_utc_ms");
    json_int(&j, x->at_ms);
    json_key(&j, "what");
    json_text(&j, x->what);
    json_key(&j, "detail");
    json_text(&j, x->detail);
    json_key(&j, "sources");
    json_int(&j, (int64_t)x->sources);
    json_key(&j, "messages");
    json_int(&j, (int64_t)x->messages);
    json_digest(&j, "root", &x->root);
    json_digest(&j, "hash", &x->hash);
    cli_json_end(c, &j);
}

static void json_verdict(struct cli *c, const struct custody_verdict *v)
{
    struct json j = cli_json(c, "custody");
    json_key(&j, "agrees");
    json_bool(&j, !v->what.n);
    json_key(&j, "what");
    json_text(&j, v->what);
    json_key(&j, "entries");
    json_int(&j, (int64_t)v->entries);
    json_key(&j, "unlogged_messages");
    json_int(&j, (int64_t)v->unlogged_messages);
    json_digest(&j, "last_hash", &v->last);
    json_digest(&j, "sources_root", &v->now.sources_root);
    json_digest(&j, "messages_root", &v->now.messages_root);
    json_digest(&j, "root", &v->now.root);
    cli_json_end(c, &j);
}

static void print_all(struct cli *c, const struct custody_entry *all, size_t count,
                      const struct custody_verdict *v)
{
    if (!c->quiet)
        print_entries(c, all, count);
    print_verdict(c, v);
    if (v->entries)
        print_digest(c, "last entry", &v->last);
    print_digest(c, "sources", &v->now.sources_root);
    print_digest(c, "messages", &v->now.messages_root);
    print_digest(c, "root", &v->now.root);
}

enum exit_status cmd_custody(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    struct custody_entry *all;
    struct custody_verdict v = {.what = STR("")};
    size_t count = 0;
    enum status st = store_open(&s, cli_archive_path(c), STORE_READ, &e);
    if (st == OK)
        st = custody_log(&all, &count, s, &c->arena, &e);
    if (st == OK)
        st = custody_check(&v, s, &c->arena, &e);
    if (st == OK && c->json) {
        for (size_t i = 0; i < count; i++)
            json_entry(c, &all[i]);
        json_verdict(c, &v);
    } else if (st == OK) {
        print_all(c, all, count, &v);
    }
    store_close(s);
    if (st != OK)
        return cli_fail(c, &e);
    return v.what.n ? EXIT_NOTHING : EXIT_DONE;
}
