/*
 * Composition: a sentence, perhaps a second one, an address, a link or marker before it, a smile
 * after it; long ones run over into a second message with the mark that this voice uses.
 * A text that stood in the release before is thrown again, a few times.
 */
#include "compose.h"

#include "voice.h"

#include <stdlib.h>
#include <string.h>

/* Hashes of texts already used (open addressing; FNV-1a, public domain). */
enum { SEEN_ROOM = 1 << 16 };
struct seen {
    uint64_t hashes[SEEN_ROOM];
};

static uint64_t hash_of(const char *s)
{
    uint64_t h = 14695981039346656037u;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h ? h : 1;
}

/* True when the text was there already; else notes it. */
static bool seen_before(struct seen *seen, const char *s)
{
    const uint64_t h = hash_of(s);
    size_t at = (size_t)(h >> 20) % SEEN_ROOM;
    while (seen->hashes[at] && seen->hashes[at] != h)
        at = (at + 1) % SEEN_ROOM;
    const bool known = seen->hashes[at] == h;
    seen->hashes[at] = h;
    return known;
}

static void bag_open(struct bag *bag, int count)
{
    bag->order = allocate((size_t)count * sizeof *bag->order);
    bag->used = allocate((size_t)count * sizeof *bag->used);
    bag->count = count;
    bag->next = count;
    for (int i = 0; i < count; i++) {
        bag->order[i] = i;
        bag->used[i] = 0;
    }
}

static void bag_close(struct bag *bag)
{
    free(bag->order);
    free(bag->used);
}

/* The index of the next line; all have their turn before the order is shuffled again. */
static int draw(struct story *story, struct bag *bag)
{
    if (bag->next == bag->count) {
        for (int i = bag->count - 1; i > 0; i--) {
            const int k = rng_between(&story->rng, 0, i);
            const int swapped = bag->order[i];
            bag->order[i] = bag->order[k];
            bag->order[k] = swapped;
        }
        bag->next = 0;
    }
    return bag->order[bag->next++];
}

/*
 * Expands a line of a bag. A line used within the last hours is passed over, a sentence that stood
 * in the release before is thrown again. Returns false when the bag holds nothing else.
 */
static bool fresh(struct story *story, struct bag *bag, struct bank bank, struct setting *setting,
                  struct text *out)
{
    enum { REST_SECONDS = 5 * 3600 };
    if (!bag->order)
        bag_open(bag, bank.count);
    const size_t start = out->length;
    for (int attempt = 0; attempt < 2 * bank.count + 6; attempt++) {
        const int line = draw(story, bag);
        if (bag->used[line] && story->now - bag->used[line] < REST_SECONDS)
            continue;
        struct setting trial = *setting;
        grammar_expand(out, bank.lines[line], &trial);
        if (!seen_before(story->seen, out->bytes + start) || attempt > bank.count) {
            memcpy(setting->memory, trial.memory, sizeof trial.memory);
            bag->used[line] = story->now;
            return true;
        }
        out->length = start;
        out->bytes[start] = '\0';
    }
    return false;
}

/* Gives what is there a stop, if it has none, and a blank for the next sentence. */
static void end_sentence(struct text *out)
{
    while (out->length && out->bytes[out->length - 1] == ' ')
        out->length--;
    if (out->length && !strchr(".?!:\"", out->bytes[out->length - 1]))
        text_char(out, '.');
    text_char(out, ' ');
}

/* Something that fits anywhere, when a topic has been talked dry. */
static void say_anything(struct story *story, struct setting *setting, struct text *out)
{
    static const enum general tries[] = {AGREE, DOUBT, TAIL, SHORT};
    const uint32_t first = rng_below(&story->rng, 2);
    for (uint32_t i = 0; i < 4; i++) {
        const enum general which = tries[(first + i) % 4];
        if (fresh(story, &story->generals[which], phrases_general(which), setting, out))
            return;
    }
}

/* The sentence of the move and, for one who likes to write, the next thought on the same topic. */
void compose_topic(struct story *story, enum topic topic, enum move move, struct setting *setting,
                   struct text *out)
{
    if (!fresh(story, &story->topics[topic][move], phrases_of(topic, move), setting, out)) {
        say_anything(story, setting, out);
        return;
    }
    int more = move == ASK ? 360 : 720;
    while (rng_chance(&story->rng, more) && out->length < 330) {
        const enum move next = rng_chance(&story->rng, 550) ? DETAIL : VIEW;
        end_sentence(out);
        fresh(story, &story->topics[topic][next], phrases_of(topic, next), setting, out);
        more = 370;
    }
}

void compose_general(struct story *story, enum general which, struct setting *setting,
                     struct text *out)
{
    if (!fresh(story, &story->generals[which], phrases_general(which), setting, out))
        say_anything(story, setting, out);
}

void compose_own(struct story *story, int who, struct setting *setting, struct text *out)
{
    struct bank bank = {.lines = cast[who].own};
    while (bank.lines[bank.count])
        bank.count++;
    if (!fresh(story, &story->own[who], bank, setting, out))
        say_anything(story, setting, out);
}

static void file(struct story *story, int who, const char *text, bool blank_after)
{
    if (story->left_today == 0)
        return;
    release_add(story->release,
                (struct entry){.kind = ENTRY_MESSAGE,
                               .local = story->now,
                               .sender = cast[who].name,
                               .blank_after = blank_after},
                text);
    story->left_today--;
}

static const char *smile_of(const struct voice *voice, struct rng *rng)
{
    int count = 0;
    while (voice->smiles[count])
        count++;
    return voice->smiles[rng_below(rng, (uint32_t)count)];
}

/* The byte at which a long text may be cut: a blank near `near`, not inside a link or brackets. */
static size_t cut_at(const char *s, size_t length, size_t near)
{
    int depth = 0;
    size_t best = 0;
    for (size_t i = 0; i < length && i <= near; i++) {
        depth += (s[i] == '[') - (s[i] == ']');
        if (s[i] == ' ' && depth == 0)
            best = i;
    }
    return best > near / 2 && length - best > 30 ? best : 0;
}

/* Files a text as two messages when it is long and the voice is used to short ones. */
static bool file_in_two(struct story *story, int who, const char *s, struct rng *rng)
{
    static const char *const tails[] = {"", "..", "\u2026", " \u2013"};
    static const char *const heads[] = {"", "..", "\u2026", "\u2013 "};
    const size_t length = strlen(s);
    const enum mark_style mark = cast[who].mark;
    if (mark == MARK_NONE || length < 150 || length > 270 || strchr(s, '\n') ||
        story->left_today < 2 || !rng_chance(rng, 620))
        return false;
    const size_t cut = cut_at(s, length, 134);
    if (!cut || s[cut - 1] == '.')
        return false;
    struct text half = {0};
    text_add(&half, s, cut);
    text_puts(&half, tails[mark]);
    file(story, who, half.bytes, false);
    story->now = story_free_time(story, story->now + rng_between(rng, 4, 48));
    text_clear(&half);
    text_puts(&half, heads[mark]);
    text_puts(&half, s + cut + 1);
    file(story, who, half.bytes, false);
    text_free(&half);
    return true;
}

/* What choices leave behind: double blanks, a stop after a question mark. */
static void tidy(struct text *text)
{
    char *to = text->bytes;
    for (const char *from = text->bytes; *from; from++) {
        const char before = to > text->bytes ? to[-1] : ' ';
        const bool blank = *from == ' ' && (before == ' ' || strchr(" ,;?!", from[1]));
        const bool stop = *from == '.' && strchr("?!", before) && before != ' ';
        if (!blank && !stop)
            *to++ = *from;
    }
    while (to > text->bytes && to[-1] == ' ')
        to--;
    *to = '\0';
    text->length = (size_t)(to - text->bytes);
}

static void add_prefix(struct text *out, struct story *story, struct setting *setting)
{
    struct rng *rng = &story->rng;
    if (rng_chance(rng, 92)) {
        text_puts(out, "[Tweet] ");
        grammar_tweet(out, rng, story->now);
        text_char(out, ' ');
    } else if (rng_chance(rng, 16)) {
        text_puts(out, "[Media-image] ");
    } else if (rng_chance(rng, 14)) {
        text_puts(out, "[Card-summary] ");
        grammar_expand(out, "$url ", setting);
    }
}

/* A paste: list, letter, links below each other. */
static void add_paste(struct text *out, struct story *story, struct setting *setting)
{
    text_char(out, '\n');
    compose_general(story, PASTED, setting, out);
}

/* "Mudlark, By noon" reads wrong: a common first word loses its capital after an address. */
static void add_addressed(struct text *out, const char *sentence)
{
    static const char *const words[] = {
        "The ",  "A ",    "An ",    "By ",  "Until ", "Yes",     "No",     "In ",
        "On ",   "Is ",   "Are ",   "Do ",  "Does ",  "Did ",    "Has ",   "Who ",
        "What ", "When ", "Where ", "How ", "Can ",   "Could ",  "May ",   "Which ",
        "That ", "This ", "It ",    "We ",  "They ",  "You ",    "There ", "Not ",
        "Only ", "One ",  "Two ",   "My ",  "Our ",   "Their ",  "If ",    "About ",
        "From ", "For ",  "Same ",  "So ",  "Would ", "Should ",
    };
    const size_t at = out->length;
    text_puts(out, sentence);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strncmp(sentence, words[i], strlen(words[i])) == 0 && strncmp(sentence, "No.", 3) != 0)
            out->bytes[at] = (char)(sentence[0] + ('a' - 'A'));
    }
}

/* Another sentence after the first, which gets a stop if it has none. */
static void add_sentence(struct text *out, struct story *story, enum general which,
                         struct setting *setting)
{
    end_sentence(out);
    compose_general(story, which, setting, out);
}

void compose_message(struct story *story, int who, struct setting *setting,
                     const struct text *plain)
{
    const struct voice *voice = &cast[who];
    struct rng *rng = &story->rng;
    struct text whole = {0};
    text_clear(&whole);
    if (setting->to && rng_chance(rng, 75) && !strstr(plain->bytes, setting->to)) {
        grammar_expand(&whole, "$to, ", setting);
        add_addressed(&whole, plain->bytes);
    } else {
        text_puts(&whole, plain->bytes);
    }
    if (rng_chance(rng, voice->length * 7 / 10))
        add_sentence(&whole, story, TAIL, setting);
    if (rng_chance(rng, 22))
        add_sentence(&whole, story, LINKED, setting);
    tidy(&whole);
    struct text said = {0};
    text_clear(&said);
    add_prefix(&said, story, setting);
    voice_say(&said, whole.bytes, voice, rng);
    if (rng_chance(rng, voice->smile)) {
        text_char(&said, ' ');
        text_puts(&said, smile_of(voice, rng));
    }
    if (rng_chance(rng, 8))
        compose_general(story, FOREIGN, setting, &said);
    const bool pasted = rng_chance(rng, 8);
    if (pasted)
        add_paste(&said, story, setting);
    if (!file_in_two(story, who, said.bytes, rng))
        file(story, who, said.bytes, rng_chance(rng, pasted ? 120 : 1));
    text_free(&said);
    text_free(&whole);
}

void story_open(struct story *story, struct release *release, uint64_t seed)
{
    *story = (struct story){.release = release};
    rng_seed(&story->rng, seed);
    story->seen = allocate(sizeof *story->seen);
    memset(story->seen, 0, sizeof *story->seen);
}

void story_close(struct story *story)
{
    for (int i = 0; i < TOPICS; i++)
        for (int k = 0; k < TOPIC_MOVES; k++)
            bag_close(&story->topics[i][k]);
    for (int i = 0; i < GENERALS; i++)
        bag_close(&story->generals[i]);
    for (int i = 0; i < CAST; i++)
        bag_close(&story->own[i]);
    free(story->seen);
}
