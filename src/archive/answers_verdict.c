/* A verdict as members of a JSON object: docs/verdicts.md lists the fields. */
#include "answers.h"

static void add_text(struct json *j, const char *key, str value)
{
    json_key(j, key);
    json_text(j, value);
}

static void add_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

static void add_flags(struct json *j, uint32_t flags)
{
    json_key(j, "flags");
    json_array(j);
    for (int i = 0; i < VFLAG_COUNT; i++)
        if (flags & 1u << i)
            json_text(j, str_of(verdict_flag_name(1u << i)));
    json_end(j);
}

static void add_differences(struct json *j, const struct verdict *v)
{
    json_key(j, "differences");
    json_array(j);
    for (size_t i = 0; i < v->difference_count; i++) {
        const struct difference *d = &v->differences[i];
        json_object(j);
        add_text(j, "kind", str_of(difference_name(d->kind)));
        add_text(j, "quoted", d->quoted);
        add_text(j, "source", d->source);
        add_int(j, "message", (int64_t)d->message);
        add_int(j, "source_at", (int64_t)d->source_at);
        add_int(j, "source_end", (int64_t)d->source_end);
        add_flags(j, d->flags);
        json_end(j);
    }
    json_end(j);
}

static void add_witness(struct json *j, const struct witness *w)
{
    char hex[SHA256_HEX];
    add_text(j, "source", w->source_name);
    add_text(j, "member", w->locus.member);
    add_int(j, "at", (int64_t)w->locus.at);
    add_int(j, "length", (int64_t)w->locus.length);
    add_int(j, "line", (int64_t)w->locus.line);
    add_text(j, "sha256", str_of(sha256_hex(hex, &w->digest)));
}

static void add_messages(struct json *j, const struct verdict *v)
{
    json_key(j, "messages");
    json_array(j);
    for (size_t i = 0; i < v->message_count; i++) {
        const struct quoted_message *m = &v->messages[i];
        json_object(j);
        answer_message(j, &m->stored);
        add_witness(j, &m->witness);
        add_int(j, "from", (int64_t)m->from);
        add_int(j, "to", (int64_t)m->to);
        json_key(j, "passed_over");
        json_bool(j, m->passed_over);
        json_key(j, "after_ms");
        if (m->since_previous_ms == TIME_NONE)
            json_null(j);
        else
            json_int(j, m->since_previous_ms);
        json_end(j);
    }
    json_end(j);
}

static void add_others(struct json *j, const struct verdict *v)
{
    json_key(j, "others");
    json_array(j);
    for (size_t i = 0; i < v->other_count; i++) {
        const struct other_place *o = &v->others[i];
        json_object(j);
        answer_message(j, &o->stored);
        add_int(j, "words_equal", o->words_equal);
        add_int(j, "words_of", o->words_of);
        json_key(j, "fits_speaker");
        json_bool(j, o->fits_speaker);
        json_key(j, "fits_date");
        json_bool(j, o->fits_date);
        json_end(j);
    }
    json_end(j);
    add_int(j, "others_total", (int64_t)v->others_total);
}

static void add_claims(struct json *j, const struct claim *claim, const struct verdict *v)
{
    json_key(j, "claims");
    json_object(j);
    add_text(j, "by", claim->speaker);
    add_text(j, "speaker", str_of(agreement_name(v->speaker)));
    add_text(j, "on", claim->date);
    add_text(j, "date", str_of(agreement_name(v->date)));
    add_text(j, "date_zone", v->date_zone);
    add_int(j, "date_shift_ms", v->date_shift_ms);
    json_end(j);
}

void answer_verdict(struct json *j, const struct claim *claim, const struct verdict *v)
{
    add_text(j, "quote", v->quote);
    add_text(j, "verdict", str_of(verdict_name(v->kind)));
    json_key(j, "stands");
    json_bool(j, v->stands);
    add_flags(j, v->flags);
    add_int(j, "words_equal", v->words_equal);
    add_int(j, "words_of", v->words_of);
    add_claims(j, claim, v);
    add_differences(j, v);
    add_messages(j, v);
    add_others(j, v);
    add_int(j, "joined_across_ms", v->joined_across_ms);
    json_key(j, "searched");
    json_object(j);
    add_int(j, "messages", v->searched_messages);
    add_text(j, "folded",
             STR("case, accents, quotation marks, dashes, spaces, invisible characters"));
    json_end(j);
}
