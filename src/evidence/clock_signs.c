/*
 * Ids in addresses. An address is looked at from its host to the next blank or the next "http": in real
 * messages addresses are glued to each other and to what follows.
 */
#include "clock_parts.h"

#include <stdlib.h>
#include <string.h>

#include "stamp.h"

static const int64_t twitter_epoch_ms = INT64_C(1288834974657);
static const int64_t discord_epoch_ms = INT64_C(1420070400000);
static const int64_t first_snowflake = INT64_C(29700859247); /* Twitter, 4 November 2010 */

enum shape { SHAPE_DECIMAL, SHAPE_NAME /* base64url */ };

/* After `marker` in an address of `host` come ids parted by '/', of which number `nth` counts. */
struct pattern {
    str host, marker;
    enum clock_sign sign;
    enum shape shape;
    int nth; /* from 0 */
};

static const struct pattern patterns[] = {
    {STR_INIT("twitter.com/"), STR_INIT("/status/"), SIGN_POST, SHAPE_DECIMAL, 0},
    {STR_INIT("twitter.com/"), STR_INIT("/statuses/"), SIGN_POST, SHAPE_DECIMAL, 0},
    {STR_INIT("x.com/"), STR_INIT("/status/"), SIGN_POST, SHAPE_DECIMAL, 0},
    {STR_INIT("twitter.com/"), STR_INIT("/dm/"), SIGN_DIRECT, SHAPE_DECIMAL, 0},
    {STR_INIT("twitter.com/"), STR_INIT("/dm/"), SIGN_MEDIA, SHAPE_DECIMAL, 1},
    {STR_INIT("twitter.com/"), STR_INIT("/messages/media/"), SIGN_DIRECT, SHAPE_DECIMAL, 0},
    {STR_INIT("twimg.com/"), STR_INIT("/media/"), SIGN_MEDIA, SHAPE_NAME, 0},
    {STR_INIT("twimg.com/"), STR_INIT("/ext_tw_video/"), SIGN_MEDIA, SHAPE_DECIMAL, 0},
    {STR_INIT("twimg.com/"), STR_INIT("/ext_tw_video_thumb/"), SIGN_MEDIA, SHAPE_DECIMAL, 0},
    {STR_INIT("twimg.com/"), STR_INIT("/amplify_video/"), SIGN_MEDIA, SHAPE_DECIMAL, 0},
    {STR_INIT("twimg.com/"), STR_INIT("/amplify_video_thumb/"), SIGN_MEDIA, SHAPE_DECIMAL, 0},
    {STR_INIT("twimg.com/"), STR_INIT("/dm_video/"), SIGN_MEDIA, SHAPE_DECIMAL, 0},
    {STR_INIT("discord.com/"), STR_INIT("/channels/"), SIGN_DISCORD, SHAPE_DECIMAL, 2},
    {STR_INIT("discordapp.com/"), STR_INIT("/channels/"), SIGN_DISCORD, SHAPE_DECIMAL, 2},
    {STR_INIT("discordapp.com/"), STR_INIT("/attachments/"), SIGN_DISCORD, SHAPE_DECIMAL, 1},
    {STR_INIT("discordapp.net/"), STR_INIT("/attachments/"), SIGN_DISCORD, SHAPE_DECIMAL, 1},
};

void signs_add(struct signs *s, const struct clock_evidence *x)
{
    if (s->count == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 256;
        s->items = realloc(s->items, s->cap * sizeof *s->items);
        if (!s->items)
            abort();
    }
    s->items[s->count++] = *x;
}

void signs_free(struct signs *s)
{
    free(s->items);
    *s = (struct signs){.count = 0};
}

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool read_decimal(str part, int64_t *id)
{
    size_t n = 0;
    while (n < part.n && part.p[n] >= '0' && part.p[n] <= '9')
        n++;
    return n >= 10 && n <= 19 && str_to_u63(str_sub(part, 0, n), id);
}

static int base64url(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const char *const at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* "A7EiDWcCYAAZT1D.jpg": of fifteen characters the first eleven hold 64 bits and two more. */
static bool read_name(str part, int64_t *id)
{
    enum { NAME_CHARACTERS = 15, ID_CHARACTERS = 11 };
    size_t n = 0;
    uint64_t bits = 0;
    while (n < part.n && base64url(part.p[n]) >= 0)
        n++;
    if (n != NAME_CHARACTERS || base64url(part.p[0]) > 31) /* the first bit is a sign */
        return false;
    for (int i = 0; i < ID_CHARACTERS - 1; i++)
        bits = bits << 6 | (uint64_t)base64url(part.p[i]);
    bits = bits << 4 | (uint64_t)base64url(part.p[ID_CHARACTERS - 1]) >> 2;
    *id = (int64_t)bits;
    return true;
}

static void add_id(struct signs *s, const struct pattern *p, int64_t id, struct clock_evidence x)
{
    const bool discord = p->sign == SIGN_DISCORD;
    if (!discord && id < first_snowflake)
        return;
    x.sign = p->sign;
    x.id = id;
    x.known_ms = (id >> 22) + (discord ? discord_epoch_ms : twitter_epoch_ms);
    signs_add(s, &x);
}

/* The part number `nth` of "a/b/c". */
static str part_of(str path, int nth)
{
    str part = STR("");
    for (int i = 0; i <= nth; i++)
        if (!str_split(&path, '/', &part))
            return STR("");
    return part;
}

static str address_from(str text, size_t at)
{
    const str rest = str_from(text, at);
    size_t n = 0;
    while (n < rest.n && (unsigned char)rest.p[n] > ' ' && rest.p[n] != '"' && rest.p[n] != '<')
        n++;
    const str whole = str_sub(rest, 0, n);
    const size_t next = str_find(whole, STR("http"));
    return next == STR_NONE ? whole : str_sub(whole, 0, next);
}

static void read_address(struct signs *s, const struct pattern *p, str address,
                         struct clock_evidence x)
{
    int64_t id = 0;
    const size_t at = str_find(address, p->marker);
    if (at == STR_NONE)
        return;
    const str part = part_of(str_from(address, at + p->marker.n), p->nth);
    if (p->shape == SHAPE_DECIMAL ? read_decimal(part, &id) : read_name(part, &id))
        add_id(s, p, id, x);
}

void signs_of_text(struct signs *s, str text, struct clock_evidence x)
{
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const struct pattern *const p = &patterns[i];
        for (size_t at = 0, found; (found = str_find(str_from(text, at), p->host)) != STR_NONE;
             at += found + p->host.n) {
            const size_t host = at + found;
            if (host && is_letter_or_digit(text.p[host - 1]))
                continue; /* "fox.com" */
            /* from the slash behind the host on, so that a marker may follow at once */
            read_address(s, p, address_from(text, host + p->host.n - 1), x);
        }
    }
}
