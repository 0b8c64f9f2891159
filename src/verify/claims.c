/*
 * Speaker and date, compared with what the archive shows.
 */
#include "claims.h"

#include "buf.h"
#include "tokenize.h"

/* "the WikiLeaks account" -> " the wikileaks account ": names compare as whole words. */
static void add_words(struct buf *out, str text)
{
    struct tokenizer t = tokenizer_of(text);
    struct token tok;
    buf_add_byte(out, ' ');
    while (tokenizer_next(&t, &tok)) {
        if (tok.whole)
            continue;
        buf_add(out, tok.word);
        buf_add_byte(out, ' ');
    }
}

static bool names_sender(str claimed_words, str name)
{
    struct buf words = buf_new(BUF_LINE_MAX);
    add_words(&words, name);
    const bool found = words.n > 1 && str_find(claimed_words, buf_str(&words)) != STR_NONE;
    buf_free(&words);
    return found;
}

enum agreement claim_speaker(const struct names *names, str claimed, int64_t sender_id)
{
    if (!claimed.n)
        return CLAIM_NONE;
    struct buf words = buf_new(BUF_LINE_MAX);
    add_words(&words, claimed);
    size_t longest_own = 0, longest_other = 0;
    for (size_t i = 0; i < names->count; i++) {
        const struct participant_row *p = &names->rows[i];
        const str name = p->name.n ? p->name : p->key;
        if (!names_sender(buf_str(&words), name) && !names_sender(buf_str(&words), p->key))
            continue;
        size_t *longest = p->id == sender_id ? &longest_own : &longest_other;
        if (name.n > *longest)
            *longest = name.n;
    }
    buf_free(&words);
    if (longest_own)
        return CLAIM_AGREES;
    return longest_other ? CLAIM_DIFFERS : CLAIM_UNVERIFIABLE;
}

static bool inside(const struct date_range *r, int64_t ms)
{
    return (r->from_ms == TIME_NONE || ms >= r->from_ms) &&
           (r->to_ms == TIME_NONE || ms < r->to_ms);
}

enum agreement claim_date(const struct claim *c, const struct message_time *t, str *zone)
{
    *zone = STR("");
    if (c->when.from_ms == TIME_NONE && c->when.to_ms == TIME_NONE)
        return CLAIM_NONE;
    if (t->basis == BASIS_NONE || t->wall_ms == TIME_NONE)
        return CLAIM_UNVERIFIABLE;
    if (inside(&c->when, t->wall_ms))
        return CLAIM_AGREES;
    if (t->utc_ms != t->wall_ms && inside(&c->when, t->utc_ms)) {
        *zone = STR("UTC");
        return CLAIM_AGREES_IN_ZONE;
    }
    if (c->zone) {
        /* The stamp's own zone is not known (assumed UTC): it may be the one that was given, and the
           date the writer's, in UTC. So both readings are tried. */
        int64_t utc;
        const int64_t there = t->utc_ms + zone_offset_min(c->zone, t->utc_ms) * MS_PER_MINUTE;
        if (inside(&c->when, there)) {
            *zone = zone_name(c->zone);
            return CLAIM_AGREES_IN_ZONE;
        }
        (void)zone_to_utc(c->zone, t->wall_ms, &utc);
        if (t->basis == BASIS_ASSUMED && inside(&c->when, utc)) {
            *zone = STR("UTC");
            return CLAIM_AGREES_IN_ZONE;
        }
    }
    return CLAIM_DIFFERS;
}
