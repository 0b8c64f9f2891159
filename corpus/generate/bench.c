/*
 * The bench corpus. Times run evenly through five years, warped so that nights are quiet; senders
 * follow Zipf's law and like to write twice in a row; words come from vocabulary.c, with capitals,
 * stops, numbers, handles and links where people put them.
 */
#include "bench.h"

#include "calendar.h"
#include "grammar.h"
#include "vocabulary.h"

#include <string.h>

enum { SENDERS = 386, YEARS = 5, BLOCK_BYTES = 1 << 16 };

struct bench {
    struct rng rng;
    uint32_t senders_until[SENDERS]; /* cumulative weights */
    uint32_t sender;
    struct text names[SENDERS];
    struct text block;
};

static void name_senders(struct bench *bench)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < SENDERS; i++) {
        total += 1000000 / (i + 3);
        bench->senders_until[i] = total;
        struct text *name = &bench->names[i];
        vocabulary_word(name, 200 + i * 13);
        if (i % 3 == 0) {
            text_char(name, ' ');
            vocabulary_word(name, 7000 + i * 17);
        }
        if (i % 5 == 0)
            text_number(name, 3 + i % 90);
        if (i % 4 != 1 && name->bytes[0] >= 'a' && name->bytes[0] <= 'z')
            name->bytes[0] = (char)(name->bytes[0] - 'a' + 'A');
    }
}

static void pick_sender(struct bench *bench)
{
    if (rng_chance(&bench->rng, 350))
        return;
    const uint32_t at = rng_below(&bench->rng, bench->senders_until[SENDERS - 1]);
    uint32_t low = 0, high = SENDERS - 1;
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (bench->senders_until[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    bench->sender = low;
}

/* Message i of n: its share of the five years, then of its day by quiet and busy hours. */
static int64_t time_of(uint64_t i, uint64_t n)
{
    static const unsigned char busy[24] = {3, 2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5,
                                           5, 5, 5, 5, 5, 5, 6, 7, 8, 7, 5, 4};
    const uint64_t days = 365 * YEARS + 1;
    const uint64_t resolution = 1u << 20;
    const uint64_t place = i * (days * resolution) / n;
    uint64_t within = place % resolution * 96;
    uint64_t hour = 0;
    while (within >= busy[hour] * resolution)
        within -= busy[hour++] * resolution;
    const uint64_t second = hour * 3600 + within * 3600 / (busy[hour] * resolution);
    return (calendar_day(2012, 1, 1) + (int64_t)(place / resolution)) * 86400 + (int64_t)second;
}

static void put_capital(struct text *out, uint32_t rank)
{
    const size_t at = out->length;
    vocabulary_word(out, rank);
    if (out->bytes[at] >= 'a' && out->bytes[at] <= 'z')
        out->bytes[at] = (char)(out->bytes[at] - 'a' + 'A');
}

/* Something that is not a word: a number, a handle, a tag, a link. */
static void put_other(struct bench *bench, int64_t local)
{
    struct text *out = &bench->block;
    struct rng *rng = &bench->rng;
    const uint32_t what = rng_below(rng, 100);
    if (what < 50) {
        text_number(out, rng_between(rng, 1, what < 30 ? 100 : 20000));
    } else if (what < 75) {
        text_char(out, what < 68 ? '@' : '#');
        vocabulary_word(out, 150 + (vocabulary_rank(rng) & 4095));
    } else if (what < 90) {
        text_puts(out, "https://");
        vocabulary_word(out, 400 + (vocabulary_rank(rng) & 1023));
        text_puts(out, ".example/");
        text_number(out, rng_between(rng, 1000, 999999));
    } else {
        text_puts(out, "https://twitter.com/");
        vocabulary_word(out, 300 + (vocabulary_rank(rng) & 1023));
        text_puts(out, "/status/");
        text_number(out, grammar_snowflake(rng, calendar_utc(local) * 1000 - 1 -
                                                    rng_between(rng, 60000, 7200000)));
    }
}

/* Lengths as people write: many short, few long, about 95 bytes in the mean. */
static int words_of(struct rng *rng)
{
    const uint32_t kind = rng_below(rng, 100);
    if (kind < 22)
        return rng_between(rng, 2, 8);
    if (kind < 80)
        return rng_between(rng, 9, 24);
    return rng_between(rng, 22, kind < 97 ? 36 : 80);
}

static void put_words(struct bench *bench, int64_t local)
{
    struct text *out = &bench->block;
    struct rng *rng = &bench->rng;
    bool starts = rng_chance(rng, 700);
    for (int left = words_of(rng); left > 0; left--) {
        const uint32_t rank = vocabulary_rank(rng);
        if (rng_chance(rng, 22))
            put_other(bench, local);
        else if (starts || (rank > 128 && rank % 19 == 0))
            put_capital(out, rank);
        else
            vocabulary_word(out, rank);
        const uint32_t stop = rng_below(rng, 100);
        starts = stop < 7 || left == 1;
        if (stop < 7 || (left == 1 && stop < 70))
            text_char(out, ".?!."[stop & 3]);
        else if (stop > 94)
            text_char(out, ',');
        if (left > 1)
            text_char(out, ' ');
    }
}

static bool flush_block(struct bench *bench, FILE *out)
{
    const bool written =
        fwrite(bench->block.bytes, 1, bench->block.length, out) == bench->block.length;
    text_clear(&bench->block);
    return written;
}

bool bench_write(FILE *out, uint64_t messages, uint64_t seed)
{
    struct bench bench = {0};
    rng_seed(&bench.rng, seed);
    name_senders(&bench);
    bool going = true;
    for (uint64_t i = 0; i < messages && going; i++) {
        const int64_t local = time_of(i, messages);
        char stamp[20];
        calendar_write(stamp, local);
        pick_sender(&bench);
        text_char(&bench.block, '[');
        text_add(&bench.block, stamp, 19);
        text_puts(&bench.block, "] <");
        text_puts(&bench.block, bench.names[bench.sender].bytes);
        text_puts(&bench.block, "> ");
        put_words(&bench, local);
        text_char(&bench.block, '\n');
        if (bench.block.length >= BLOCK_BYTES)
            going = flush_block(&bench, out);
    }
    going = going && flush_block(&bench, out);
    for (int i = 0; i < SENDERS; i++)
        text_free(&bench.names[i]);
    text_free(&bench.block);
    return going && fflush(out) == 0;
}
