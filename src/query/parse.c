/*
 * The parser: recursive descent over the grammar
 *
 *     query   = [ or ]
 *     or      = and { OR and }
 *     and     = unary { [ AND ] unary }
 *     unary   = { NOT } near
 *     near    = primary [ NEAR/n primary ]
 *     primary = ( or ) | word | phrase | bytes | regex | field value | field ( value { OR value } )
 *             | thread:{ or } | same:5m{ or }{ or }
 *
 * Each function is named after the symbol that it reads. Nested AND and OR are flattened and double
 * negation is dropped, so that the tree is as deep as its meaning is.
 */
#include "ast.h"

#include <stdlib.h>

#include "fields.h"
#include "fields_value.h"
#include "lex.h"
#include "regex.h"
#include "utf8.h"

enum { ITEMS_MAX = 2048, PREFIX_MIN = 2, SHOWN_MAX = 60 };

struct parser {
    struct query *q;
    struct lexer lex;
    struct lexeme look; /* the next lexeme, not yet used */
    int depth;
    size_t items;
};

static enum status parse_or(struct parser *p, struct node **out, struct err *e);

static enum status advance(struct parser *p, struct err *e)
{
    return lex_next(&p->lex, &p->look, e);
}

static struct node *new_node(struct parser *p, enum node_kind kind, size_t at, size_t len)
{
    struct node *n = arena_alloc(&p->q->arena, sizeof *n);
    n->kind = kind;
    n->at = at;
    n->len = len;
    return n;
}

static enum status enter(struct parser *p, size_t at, struct err *e)
{
    if (++p->depth <= QUERY_MAX_DEPTH)
        return OK;
    return fail_at(e, ERR_LIMIT, at, 1, "more than %d levels of parentheses", QUERY_MAX_DEPTH);
}

static enum status count_term(struct parser *p, size_t at, size_t len, size_t items, struct err *e)
{
    if (++p->q->terms > QUERY_MAX_TERMS)
        return fail_at(e, ERR_LIMIT, at, len, "more than %d search terms", QUERY_MAX_TERMS);
    p->items += items;
    if (p->items > ITEMS_MAX)
        return fail_at(e, ERR_LIMIT, at, len, "more than %d words in one query", ITEMS_MAX);
    return OK;
}

/* Joins `a` and `b` under AND or OR; an operand of the same kind is taken apart. */
static struct node *join(struct parser *p, enum node_kind kind, struct node *a, struct node *b)
{
    struct node *const parts[] = {a, b};
    struct node *n = new_node(p, kind, a->at, b->at + b->len - a->at);
    size_t count = 0;
    for (int i = 0; i < 2; i++)
        count += parts[i]->kind == kind ? parts[i]->kid_count : 1;
    n->kids = arena_array(&p->q->arena, count, sizeof(struct node *));
    for (int i = 0; i < 2; i++) {
        if (parts[i]->kind != kind) {
            n->kids[n->kid_count++] = parts[i];
            continue;
        }
        for (size_t k = 0; k < parts[i]->kid_count; k++)
            n->kids[n->kid_count++] = parts[i]->kids[k];
    }
    return n;
}

/* ---- texts ---------------------------------------------------------------------------------- */

static enum status nothing_indexed(const struct lexeme *x, struct err *e)
{
    const int shown = (int)(x->raw.n < SHOWN_MAX ? x->raw.n : SHOWN_MAX);
    if (!x->raw.n)
        return fail_at(e, ERR_QUERY, x->at, x->len, "there is nothing between these marks");
    (void)fail_at(e, ERR_QUERY, x->at, x->len,
                  "\"%.*s\" holds no word: punctuation alone is not indexed", shown, x->raw.p);
    return fail_hint(e, "=\"%.*s\" finds it, byte for byte", shown, x->raw.p);
}

/* A prefix of one letter would match half of everything; of a character that is a word by itself
   (Han, emoji) it is that word. */
static enum status check_prefix(const struct lexeme *x, struct text *t, struct err *e)
{
    const struct item *last = &t->items[t->count - 1];
    str word = last->word;
    const bool sign = word.n && (word.p[0] == '@' || word.p[0] == '#');
    const size_t letters = utf8_count(word) - (sign ? 1 : 0);
    t->prefix = true;
    if (last->kind != ITEM_WORD)
        return fail_at(e, ERR_QUERY, x->at, x->len, "a prefix needs a word before its *");
    if (letters >= PREFIX_MIN)
        return OK;
    t->prefix = !text_ends_in_unit(x->raw);
    if (!t->prefix)
        return OK;
    return fail_at(e, ERR_QUERY, x->at, x->len,
                   "a prefix needs at least %d characters before its *", PREFIX_MIN);
}

/* "a b c"~5 */
static enum status set_window(const struct lexeme *x, struct text *t, struct err *e)
{
    if (t->spelled || t->prefix || !text_is_plain(t))
        return fail_at(e, ERR_QUERY, x->at, x->len,
                       "~N stands behind a phrase of words alone, without + * or …");
    if (x->distance > NEAR_WORDS_MAX)
        return fail_at(e, ERR_QUERY, x->at, x->len, "at most %d words may be between",
                       NEAR_WORDS_MAX);
    t->window = t->count > 1;
    t->others = t->window ? x->distance : 0;
    return OK;
}

/* word~2 */
static enum status set_fuzzy(const struct lexeme *x, struct text *t, struct err *e)
{
    if (t->count != 1 || t->prefix || t->spelled || text_ends_in_unit(x->raw))
        return fail_at(e, ERR_QUERY, x->at, x->len,
                       "~ (similar spellings) stands behind one plain word");
    if (x->distance > FUZZY_MAX) {
        (void)fail_at(e, ERR_QUERY, x->at, x->len, "at most %d characters may differ", FUZZY_MAX);
        return fail_hint(e, STR_FMT "~%d", STR_ARG(str_sub(x->raw, 0, SHOWN_MAX)), FUZZY_MAX);
    }
    if (x->distance && utf8_count(t->items[0].word) < FUZZY_LETTERS_MIN)
        return fail_at(e, ERR_QUERY, x->at, x->len,
                       "a word of fewer than %d letters is similar to too many", FUZZY_LETTERS_MIN);
    t->fuzzy = (int)x->distance;
    return OK;
}

static enum status parse_text(struct parser *p, struct node **out, struct err *e)
{
    const struct lexeme x = p->look;
    struct node *n = new_node(p, NODE_TEXT, x.at, x.len);
    n->raw = x.raw;
    n->text = text_parse(&p->q->arena, x.raw, x.quoted);
    n->text.spelled = x.kind == LEX_SPELLED;
    if (!n->text.count)
        return nothing_indexed(&x, e);
    enum status st = x.prefix ? check_prefix(&x, &n->text, e) : OK;
    if (st == OK && x.distance >= 0)
        st = x.quoted ? set_window(&x, &n->text, e) : set_fuzzy(&x, &n->text, e);
    if (st == OK && n->text.prefix && (n->text.spelled || !text_is_plain(&n->text)))
        st = fail_at(e, ERR_QUERY, x.at, x.len,
                     "a * at the end cannot be used together with + , * or …");
    if (st == OK)
        st = count_term(p, x.at, x.len, n->text.count, e);
    *out = n;
    return st == OK ? advance(p, e) : st;
}

static enum status parse_bytes(struct parser *p, struct node **out, struct err *e)
{
    const struct lexeme x = p->look;
    if (!x.raw.n)
        return nothing_indexed(&x, e);
    if (x.prefix || x.distance >= 0)
        return fail_at(e, ERR_QUERY, x.at, x.len,
                       "=\"…\" is found byte for byte: nothing can stand behind it");
    *out = new_node(p, NODE_BYTES, x.at, x.len);
    (*out)->raw = x.raw;
    const enum status st = count_term(p, x.at, x.len, 1, e);
    return st == OK ? advance(p, e) : st;
}

static enum status parse_regex(struct parser *p, struct node **out, struct err *e)
{
    const struct lexeme x = p->look;
    struct node *n = new_node(p, NODE_REGEX, x.at, x.len);
    n->raw = x.raw;
    enum status st = count_term(p, x.at, x.len, 1, e);
    if (st == OK)
        st = regex_compile(&n->regex, &p->q->regexes, x.raw, x.ignore_case, e);
    if (st != OK && e && e->code == ERR_QUERY)
        e->at += x.raw_at;
    *out = n;
    return st == OK ? advance(p, e) : st;
}

/* ---- fields --------------------------------------------------------------------------------- */

static enum status make_field(struct parser *p, const struct lexeme *name,
                              const struct lexeme *value, struct node **out, struct err *e)
{
    const struct field *f = field_find(name->raw);
    struct node *n = new_node(p, NODE_FIELD, name->at, value->at + value->len - name->at);
    n->field = f;
    n->value_at = value->raw_at;
    n->value_len = value->raw.n;
    n->value = (struct field_value){
        .text = str_trim(value->raw), .prefix = value->prefix, .above = name->sign == '>'};
    if (value->distance >= 0)
        return fail_at(e, ERR_QUERY, value->at, value->len, "nothing can stand behind this value");
    if (!n->value.text.n)
        return fail_at(e, ERR_QUERY, n->at, n->len, "%s%c needs a value: %s", f->name, name->sign,
                       f->value);
    if (value->prefix && !f->takes_prefix)
        return fail_at(e, ERR_QUERY, value->at, value->len, "%s: takes no *", f->name);
    enum status st = f->parse(n, p->q, e);
    n->field = field_canonical(f);
    if (st == OK)
        st = count_term(p, n->at, n->len, 1, e);
    *out = n;
    return st;
}

/* from:(alice OR "Harbour Watch") */
static enum status parse_values(struct parser *p, const struct lexeme *name, struct node **out,
                                struct err *e)
{
    const size_t open = p->lex.at - 1;
    enum status st = enter(p, open, e);
    *out = NULL;
    while (st == OK) {
        struct lexeme value, after;
        struct node *one;
        lex_skip_blanks(&p->lex);
        st = lex_value(&p->lex, &value, e);
        if (st == OK && value.kind == LEX_OPEN)
            return fail_at(e, ERR_QUERY, value.at, 1, "a list of values holds no parentheses");
        if (st == OK)
            st = make_field(p, name, &value, &one, e);
        if (st == OK)
            st = lex_next(&p->lex, &after, e);
        if (st != OK)
            return st;
        *out = *out ? join(p, NODE_OR, *out, one) : one;
        if (after.kind == LEX_CLOSE)
            break;
        if (after.kind == LEX_END)
            return fail_at(e, ERR_QUERY, open, 1, "this parenthesis is never closed");
        if (after.kind != LEX_OR) {
            (void)fail_at(e, ERR_QUERY, after.at, after.len, "values are separated by OR");
            return fail_hint(e, "put a value that holds blanks in quotation marks");
        }
    }
    p->depth--;
    return st;
}

/* { or }: a query within a query; the lexer stands on the brace. */
static enum status parse_braced(struct parser *p, struct node **out, struct err *e)
{
    const size_t open = p->lex.at;
    if (open >= p->lex.text.n || p->lex.text.p[open] != '{') {
        (void)fail_at(e, ERR_QUERY, open < p->lex.text.n ? open : open - 1, 1,
                      "a query in braces belongs here");
        return fail_hint(e, "thread:{from:kelp invoice}   same:5m{kelp}{invoice}");
    }
    enum status st = enter(p, open, e);
    if (st != OK)
        return st;
    p->lex.at++;
    p->lex.braces++;
    st = advance(p, e);
    if (st == OK && p->look.kind == LEX_BRACE)
        return fail_at(e, ERR_QUERY, open, p->look.at + 1 - open,
                       "there is nothing between these braces");
    if (st == OK && p->look.kind != LEX_END)
        st = parse_or(p, out, e);
    if (st != OK)
        return st;
    if (p->look.kind != LEX_BRACE)
        return fail_at(e, ERR_QUERY, open, 1, "this brace is never closed");
    p->lex.braces--;
    p->depth--;
    return OK;
}

/* thread:{...} */
static enum status parse_thread(struct parser *p, struct node **out, struct err *e)
{
    struct node *n = new_node(p, NODE_THREAD, p->look.at, 0);
    n->kids = arena_array(&p->q->arena, 1, sizeof(struct node *));
    const enum status st = parse_braced(p, &n->kids[n->kid_count++], e);
    n->len = p->lex.at - n->at;
    *out = n;
    return st == OK ? advance(p, e) : st;
}

/* same:5m{...}{...} */
static enum status parse_same(struct parser *p, struct node **out, struct err *e)
{
    const struct lexeme name = p->look;
    struct lexeme value;
    struct node *n = new_node(p, NODE_SAME, name.at, 0);
    enum status st = lex_value(&p->lex, &value, e);
    if (st == OK && (value.kind != LEX_WORD || !field_read_duration(value.raw, &n->distance))) {
        (void)fail_at(e, ERR_QUERY, name.at, name.len, "same: needs a duration and two queries");
        return fail_hint(e, "same:5m{from:kelp}{invoice}: within five minutes of each other");
    }
    n->kids = arena_array(&p->q->arena, 2, sizeof(struct node *));
    while (st == OK && n->kid_count < 2)
        st = parse_braced(p, &n->kids[n->kid_count++], e);
    n->len = p->lex.at - n->at;
    *out = n;
    return st == OK ? advance(p, e) : st;
}

static enum status parse_field(struct parser *p, struct node **out, struct err *e)
{
    const struct lexeme name = p->look;
    struct lexeme value;
    if (str_eq_nocase(name.raw, STR("thread")))
        return parse_thread(p, out, e);
    if (str_eq_nocase(name.raw, STR("same")))
        return parse_same(p, out, e);
    enum status st = lex_value(&p->lex, &value, e);
    if (st == OK && value.kind == LEX_OPEN)
        st = parse_values(p, &name, out, e);
    else if (st == OK)
        st = make_field(p, &name, &value, out, e);
    return st == OK ? advance(p, e) : st;
}

/* ---- grammar -------------------------------------------------------------------------------- */

static enum status parse_group(struct parser *p, struct node **out, struct err *e)
{
    const size_t open = p->look.at;
    enum status st = enter(p, open, e);
    if (st == OK)
        st = advance(p, e);
    if (st == OK && p->look.kind == LEX_CLOSE)
        return fail_at(e, ERR_QUERY, open, p->look.at + 1 - open,
                       "there is nothing between these parentheses");
    if (st == OK && p->look.kind == LEX_END)
        return fail_at(e, ERR_QUERY, open, 1, "this parenthesis is never closed");
    if (st == OK)
        st = parse_or(p, out, e);
    if (st != OK)
        return st;
    if (p->look.kind != LEX_CLOSE)
        return fail_at(e, ERR_QUERY, open, 1, "this parenthesis is never closed");
    p->depth--;
    return advance(p, e);
}

static enum status operand_missing(const struct parser *p, const struct lexeme *before,
                                   struct err *e)
{
    const struct lexeme *x = &p->look;
    const bool at_end = x->kind == LEX_END || x->kind == LEX_CLOSE || x->kind == LEX_BRACE;
    if (x->kind == LEX_CLOSE && !p->depth)
        return fail_at(e, ERR_QUERY, x->at, 1, "this parenthesis was never opened");
    const struct lexeme *culprit = at_end && before ? before : x;
    const str word = str_sub(p->q->text, culprit->at, culprit->len);
    (void)fail_at(e, ERR_QUERY, culprit->at, culprit->len,
                  at_end ? STR_FMT " needs something after it"
                         : STR_FMT " needs something before it",
                  STR_ARG(word));
    return fail_hint(e, "to search for the word itself write \"" STR_FMT "\"", STR_ARG(word));
}

static enum status parse_primary(struct parser *p, const struct lexeme *before, struct node **out,
                                 struct err *e)
{
    switch (p->look.kind) {
    case LEX_OPEN: return parse_group(p, out, e);
    case LEX_WORD:
    case LEX_PHRASE:
    case LEX_SPELLED: return parse_text(p, out, e);
    case LEX_BYTES: return parse_bytes(p, out, e);
    case LEX_FIELD: return parse_field(p, out, e);
    case LEX_REGEX: return parse_regex(p, out, e);
    case LEX_END:
    case LEX_CLOSE:
    case LEX_BRACE:
    case LEX_NEAR:
    case LEX_AND:
    case LEX_OR:
    case LEX_NOT: return operand_missing(p, before, e);
    }
    return OK;
}

static bool is_near_operand(const struct node *n)
{
    if (n->kind == NODE_OR) {
        for (size_t i = 0; i < n->kid_count; i++)
            if (!is_near_operand(n->kids[i]))
                return false;
        return true;
    }
    if (n->kind != NODE_TEXT || n->text.window || n->text.fuzzy)
        return false;
    for (size_t i = 0; i < n->text.count; i++)
        if (n->text.items[i].kind == ITEM_GAP)
            return false;
    return true;
}

static enum status check_near(const struct lexeme *op, const struct node *n, struct err *e)
{
    if (op->distance < 1 || op->distance > NEAR_WORDS_MAX)
        return fail_at(e, ERR_QUERY, op->at, op->len, "the distance is 1 to %d words",
                       NEAR_WORDS_MAX);
    for (size_t i = 0; i < n->kid_count; i++)
        if (!is_near_operand(n->kids[i])) {
            (void)fail_at(e, ERR_QUERY, n->kids[i]->at, n->kids[i]->len,
                          STR_FMT " stands between words, phrases or (a OR b)", STR_ARG(op->raw));
            return fail_hint(e, "use AND for everything else");
        }
    return OK;
}

/* Two operands only: of a NEAR/5 b NEAR/5 c nobody can say what is near to what. */
static enum status parse_near(struct parser *p, const struct lexeme *before, struct node **out,
                              struct err *e)
{
    enum status st = parse_primary(p, before, out, e);
    if (st != OK || p->look.kind != LEX_NEAR)
        return st;
    const struct lexeme op = p->look;
    struct node *right;
    st = advance(p, e);
    if (st == OK)
        st = parse_primary(p, &op, &right, e);
    if (st != OK)
        return st;
    struct node *n = new_node(p, NODE_NEAR, (*out)->at, right->at + right->len - (*out)->at);
    n->kids = arena_array(&p->q->arena, 2, sizeof(struct node *));
    n->kids[n->kid_count++] = *out;
    n->kids[n->kid_count++] = right;
    n->distance = op.distance;
    n->ordered = op.ordered;
    *out = n;
    st = check_near(&op, n, e);
    if (st == OK && p->look.kind == LEX_NEAR) {
        (void)fail_at(e, ERR_QUERY, p->look.at, p->look.len, STR_FMT " joins two, not three",
                      STR_ARG(p->look.raw));
        return fail_hint(e, "\"a b c\"~5 finds three words with at most 5 others among them");
    }
    return st;
}

static enum status parse_unary(struct parser *p, const struct lexeme *before, struct node **out,
                               struct err *e)
{
    bool negated = false;
    const size_t at = p->look.at;
    struct lexeme last = before ? *before : p->look;
    while (p->look.kind == LEX_NOT) {
        last = p->look;
        negated = !negated;
        const enum status st = advance(p, e);
        if (st != OK)
            return st;
    }
    struct node *n = NULL;
    const bool has_before = before || last.kind == LEX_NOT;
    const enum status st = parse_near(p, has_before ? &last : NULL, &n, e);
    *out = n;
    if (st != OK || !negated)
        return st;
    if (n->kind == NODE_NOT) {
        *out = n->kids[0];
        return OK;
    }
    *out = new_node(p, NODE_NOT, at, n->at + n->len - at);
    (*out)->kids = arena_array(&p->q->arena, 1, sizeof(struct node *));
    (*out)->kids[(*out)->kid_count++] = n;
    return OK;
}

static enum status parse_and(struct parser *p, const struct lexeme *before, struct node **out,
                             struct err *e)
{
    struct lexeme and_word;
    enum status st = parse_unary(p, before, out, e);
    while (st == OK && p->look.kind != LEX_END && p->look.kind != LEX_CLOSE &&
           p->look.kind != LEX_BRACE && p->look.kind != LEX_OR) {
        struct node *right;
        const struct lexeme *joined_by = NULL;
        if (p->look.kind == LEX_AND) {
            and_word = p->look;
            joined_by = &and_word;
            st = advance(p, e);
        }
        if (st == OK)
            st = parse_unary(p, joined_by, &right, e);
        if (st == OK)
            *out = join(p, NODE_AND, *out, right);
    }
    return st;
}

static enum status parse_or(struct parser *p, struct node **out, struct err *e)
{
    enum status st = parse_and(p, NULL, out, e);
    while (st == OK && p->look.kind == LEX_OR) {
        const struct lexeme or_word = p->look;
        struct node *right;
        st = advance(p, e);
        if (st == OK)
            st = parse_and(p, &or_word, &right, e);
        if (st == OK)
            *out = join(p, NODE_OR, *out, right);
    }
    return st;
}

static enum status parse_query(struct query *q, struct err *e)
{
    struct parser p = {.q = q, .lex = {.a = &q->arena, .text = q->text}};
    enum status st = advance(&p, e);
    if (st != OK)
        return st;
    if (p.look.kind == LEX_END) {
        q->root = new_node(&p, NODE_ALL, 0, 0);
        return OK;
    }
    st = parse_or(&p, &q->root, e);
    if (st == OK && p.look.kind == LEX_CLOSE)
        return fail_at(e, ERR_QUERY, p.look.at, 1, "this parenthesis was never opened");
    return st == OK && q->zone ? field_check_zone(q->root, true, e) : st;
}

enum status query_parse(struct query **out, str text, const struct query_clock *clock,
                        struct err *e)
{
    *out = NULL;
    if (text.n > QUERY_MAX_BYTES)
        return fail_at(e, ERR_LIMIT, QUERY_MAX_BYTES, 1, "a query has at most %d bytes",
                       QUERY_MAX_BYTES);
    const size_t valid = utf8_valid_prefix(text);
    if (valid < text.n)
        return fail_at(e, ERR_QUERY, valid, 1, "this byte is not UTF-8 text");
    struct query *q = calloc(1, sizeof *q);
    if (!q)
        return fail(e, ERR_LIMIT, "out of memory");
    q->text = arena_dup(&q->arena, text);
    q->clock = *clock;
    const enum status st = parse_query(q, e);
    if (st != OK) {
        query_free(q);
        return st;
    }
    *out = q;
    return OK;
}

struct zone *query_zone(const struct query *q)
{
    return q->zone;
}

void query_free(struct query *q)
{
    if (!q)
        return;
    zone_close(q->zone);
    regex_free_all(q->regexes);
    arena_free(&q->arena);
    free(q);
}
