/*
 * Any quotation beside any conversation: the first line is the quotation, each further line a message,
 * its first byte the speaker. The alignment must explain every item once and in order, go through the
 * words without a step back, and call equal only what is equal.
 */
#include <stdlib.h>

#include "../../src/verify/items.h"
#include "align.h"

static void require(bool what)
{
    if (!what)
        abort();
}

static void check(const struct align_problem *p, const struct alignment *got)
{
    size_t item = 0, word = 0;
    require(got->cost >= 0);
    for (size_t i = 0; i < got->count; i++) {
        const struct align_op *op = &got->ops[i];
        require(op->item == item);
        require(i == 0 || op->word == word);
        item = op->item + op->item_count;
        word = op->word + op->word_count;
        require(item <= p->item_count && word <= p->word_count);
        if (op->kind == OP_MATCH)
            require(op->item_count == 1 && op->word_count == 1 &&
                    str_eq(p->items[op->item].word.fold, p->words[op->word].fold));
    }
    require(item == p->item_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096)
        return 0;
    struct arena a = {0};
    str rest = {(const char *)data, size}, line;
    if (!str_split(&rest, '\n', &line))
        return 0;
    struct quote_items q;
    items_of(&q, &a, line);
    struct word_list words = {.arena = &a};
    struct align_message messages[64];
    size_t count = 0;
    while (count < 64 && str_split(&rest, '\n', &line)) {
        messages[count].first_word = (uint32_t)words.count;
        words_add(&words, line, line.n ? 1 : 0, line.n, (uint32_t)count);
        messages[count].word_count = (uint32_t)words.count - messages[count].first_word;
        messages[count].speaker = line.n ? line.p[0] % 3 : 0;
        count++;
    }
    const struct align_problem p = {.items = q.items,
                                    .item_count = q.count,
                                    .words = words.words,
                                    .word_count = words.count,
                                    .messages = messages,
                                    .message_count = count,
                                    .main_speaker = 1};
    struct alignment got;
    if (align_run(&p, &a, &got))
        check(&p, &got);
    arena_free(&a);
    return 0;
}
