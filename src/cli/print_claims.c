/* See print_claims.h. */
#include "print_claims.h"

#include "answers.h"
#include "citation.h"
#include "words.h"

enum { SOURCES_NAMED = 4, HASH_DIGITS = 12 };

str claim_words(struct cli *c, int from, int to)
{
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    for (int i = from; i < to; i++) {
        if (i > from)
            buf_add_byte(&b, ' ');
        buf_add(&b, str_of(c->opts.args[i]));
    }
    const str text = arena_dup(&c->arena, buf_str(&b));
    buf_free(&b);
    return text;
}

static void print_sources(struct cli *c, const struct searched *x)
{
    char hex[SHA256_HEX];
    if (x->source_count > SOURCES_NAMED) {
        term_addf(&c->out, STR_FMT " (listed by stet sources)",
                  STR_ARG(count_text(&c->arena, x->source_count, "source", "sources")));
        return;
    }
    for (size_t i = 0; i < x->source_count; i++) {
        sha256_hex(hex, &x->sources[i].digest);
        term_add(&c->out, i ? STR(", ") : STR(""));
        term_safe(&c->out, x->sources[i].name);
        term_addf(&c->out, " (SHA-256 %.*s...)", HASH_DIGITS, hex);
    }
}

void print_claim_scope(struct cli *c, const struct searched *x)
{
    struct arena *const a = &c->arena;
    term_addf(&c->out, "Searched: " STR_FMT,
              STR_ARG(count_text(a, x->messages, "message", "messages")));
    if (x->events)
        term_addf(&c->out, " and " STR_FMT, STR_ARG(count_text(a, x->events, "event", "events")));
    if (x->first_wall_ms != TIME_NONE)
        term_addf(&c->out, ", " STR_FMT " to " STR_FMT " (%s)",
                  STR_ARG(stamp_text(a, x->first_wall_ms)), STR_ARG(stamp_text(a, x->last_wall_ms)),
                  citation_basis(x->basis));
    term_add(&c->out, STR("; "));
    print_sources(c, x);
    term_add(&c->out, STR(".\n"));
}

static void print_spot(struct cli *c, uint64_t n, const char *one, const char *many)
{
    if (n)
        term_addf(&c->out, "  " STR_FMT "\n", STR_ARG(count_text(&c->arena, n, one, many)));
}

void print_blind_spots(struct cli *c, const struct searched *x)
{
    print_spot(c, x->unread, "record could not be read and was not searched: stet issues",
               "records could not be read and were not searched: stet issues");
    print_spot(c, x->lossy, "message was damaged in decoding; words may be missing in it",
               "messages were damaged in decoding; words may be missing in them");
    print_spot(c, x->redacted, "message in which the publisher took something out",
               "messages in which the publisher took something out");
    print_spot(c, x->deleted, "message marked as deleted, of which little or nothing is left",
               "messages marked as deleted, of which little or nothing is left");
    print_spot(c, x->attached,
               "message with a picture, recording or file, into which no search looks",
               "messages with pictures, recordings or files, into which no search looks");
    print_spot(c, x->undated, "message without a time, which no date finds",
               "messages without a time, which no date finds");
    print_spot(c, x->ambiguous, "message in an hour that its zone has twice or never",
               "messages in hours that their zone has twice or never");
    print_spot(
        c, x->sources_without_deleted,
        "source marks no message as deleted: what was deleted before it was made may be missing",
        "sources mark no message as deleted: what was deleted before they were made may be "
        "missing");
}

static void json_count(struct json *j, const char *key, uint64_t n)
{
    json_key(j, key);
    json_int(j, (int64_t)n);
}

static void json_sources(struct json *j, const struct searched *x)
{
    char hex[SHA256_HEX];
    json_key(j, "sources");
    json_array(j);
    for (size_t i = 0; i < x->source_count; i++) {
        json_object(j);
        json_key(j, "name");
        json_text(j, x->sources[i].name);
        json_key(j, "sha256");
        json_text(j, str_of(sha256_hex(hex, &x->sources[i].digest)));
        json_count(j, "messages", x->sources[i].messages);
        json_count(j, "issues", x->sources[i].issues);
        json_end(j);
    }
    json_end(j);
}

void json_claim_scope(struct json *j, const struct searched *x)
{
    json_key(j, "searched");
    json_object(j);
    json_count(j, "messages", x->messages);
    json_count(j, "events", x->events);
    answer_stamp(j, "first", x->first_wall_ms);
    answer_stamp(j, "last", x->last_wall_ms);
    json_key(j, "basis");
    json_text(j, str_of(time_basis_name(x->basis)));
    json_count(j, "undated", x->undated);
    json_count(j, "ambiguous_times", x->ambiguous);
    json_count(j, "unread", x->unread);
    json_count(j, "issues", x->issues);
    json_count(j, "lossy", x->lossy);
    json_count(j, "redacted", x->redacted);
    json_count(j, "deleted", x->deleted);
    json_count(j, "attached", x->attached);
    json_count(j, "sources_without_deleted", x->sources_without_deleted);
    json_sources(j, x);
    json_end(j);
}
