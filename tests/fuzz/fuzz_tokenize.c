/*
 * Any bytes through all of src/text: tokens lie in order inside the text, on character boundaries,
 * and say what their part of the text folds to; folding twice is folding once; links do not overlap;
 * nothing that could command a terminal comes out of safe_text.
 */
#include "fold.h"
#include "links.h"
#include "tokenize.h"
#include "utf8.h"
#include "width.h"

#include <stdlib.h>
#include <string.h>

static void require(bool what)
{
    if (!what)
        abort();
}

static bool on_boundary(str text, size_t at)
{
    return at == text.n || ((unsigned char)text.p[at] & 0xC0) != 0x80;
}

static void check_fold(str text, struct folded *once, struct folded *twice)
{
    fold_text(once, text);
    const str folded = {once->p, once->n};
    require(utf8_valid_prefix(folded) == folded.n);
    require(once->at[once->n] == text.n);
    for (size_t i = 0; i < once->n; i++)
        require(once->at[i] <= once->at[i + 1] && once->at[i] < text.n);
    fold_text(twice, folded);
    require(str_eq((str){twice->p, twice->n}, folded));
}

static void check_tokens(str text, bool valid)
{
    size_t at = 0, whole_end = 0;
    uint32_t place = 0;
    struct tokenizer t = tokenizer_of(text);
    for (struct token token; tokenizer_next(&t, &token);) {
        require(token.at >= at && token.at < token.end && token.end <= text.n);
        require(token.word.n > 0 && token.word.n <= TOKEN_MAX);
        require(utf8_valid_prefix(token.word) == token.word.n);
        require(token.place == place);
        require(!valid || (on_boundary(text, token.at) && on_boundary(text, token.end)));
        require(!token.whole || token.at >= whole_end);
        whole_end = token.whole ? token.end : whole_end;
        place += !token.whole;
        at = token.at;
    }
    require(place == tokenize_count(text));
}

/* The words of the text behind the `nth` word are the same without what stands before it. */
static void check_cut(str text, uint32_t nth)
{
    struct tokenizer t = tokenizer_of(text);
    struct token token;
    do {
        if (!tokenizer_next(&t, &token))
            return;
    } while (token.whole || token.place < nth);
    if (t.part) /* the first of several words of one character */
        return;
    struct tokenizer cut = tokenizer_of(str_from(text, token.end));
    const size_t from = token.end;
    for (struct token own; tokenizer_next(&t, &token);) {
        if (token.whole)
            continue;
        do
            require(tokenizer_next(&cut, &own));
        while (own.whole);
        require(str_eq(own.word, token.word) && own.at + from == token.at);
    }
}

static void check_links(str text)
{
    size_t at = 0;
    struct link_scan scan = link_scan_of(text);
    for (struct link link; link_next(&scan, &link); at = link.end) {
        require(link.at >= at && link.at < link.end && link.end <= text.n);
        const str url = str_sub(text, link.at, link.end - link.at);
        require(link.kind != LINK_URL || link_host(url).n <= url.n);
    }
}

static void check_safe(str text, enum safe_mode mode)
{
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    safe_text(&out, text, mode);
    const str safe = buf_str(&out);
    require(utf8_valid_prefix(safe) == safe.n);
    for (str rest = safe; rest.n;) {
        const uint32_t cp = utf8_next(&rest);
        require(!text_is_unsafe(cp) && (mode == SAFE_BLOCK || (cp != '\n' && cp != '\t')));
    }
    const int columns = text_width(safe);
    for (int i = 0; i <= columns && i < 8; i++)
        require(text_width(text_fit(safe, i)) <= i);
    require(text_fit(safe, columns).n == safe.n);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct folded once, twice;
    const str text = {(const char *)data, size};
    check_fold(text, &once, &twice);
    check_tokens(text, utf8_valid_prefix(text) == text.n);
    check_cut(text, size ? data[size / 2] % 8u : 0);
    check_links(text);
    check_safe(text, SAFE_BLOCK);
    check_safe(text, SAFE_LINE);
    return 0;
}
