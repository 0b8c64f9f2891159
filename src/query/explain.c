/*
 * How a query will run, one line a fact:
 *
 *     tree   what was understood
 *     match  the expression that the index is asked
 *     rows   the range of rows in which all hits lie, by the dates
 *     then   what is checked for each row that is left, in this order
 *     count  how many messages the index has for each word or phrase
 */
#include "say.h"

static const char *how(const struct filter *f)
{
    if (f->exact)
        return "index";
    switch (f->kind) {
    case FILTER_ALL: return "nothing to check";
    case FILTER_AND:
    case FILTER_OR:
    case FILTER_NOT: return "sets of rows combined";
    case FILTER_ROW: return f->row ? "one row" : "none has it";
    case FILTER_WALL:
    case FILTER_CLOCK: return "time columns";
    case FILTER_TRAITS: return "flags column";
    case FILTER_IDS:
        return f->column == COLUMN_SENDER         ? "sender column"
               : f->column == COLUMN_CONVERSATION ? "conversation column"
                                                  : "source column";
    case FILTER_MATCH: return "index";
    case FILTER_SQL: return "another table";
    case FILTER_THREAD:
    case FILTER_SAME: return "a search of its own";
    case FILTER_GAP: return "time and conversation columns";
    case FILTER_SPELLED:
    case FILTER_NEAR:
    case FILTER_WINDOW:
    case FILTER_REGEX:
    case FILTER_BYTES:
    case FILTER_URL:
    case FILTER_SCRIPT:
    case FILTER_LENGTH: return "text of each message";
    }
    return "";
}

static void say_filter(struct buf *out, const struct filter *f)
{
    const bool negated = f->kind == FILTER_NOT && f->kids[0]->node == f->node;
    buf_add(out, negated ? STR("NOT ") : STR(""));
    say_node(out, f->node);
}

static void explain_then(const struct filter *f, struct buf *out)
{
    buf_add(out, STR("then   "));
    say_filter(out, f);
    buf_addf(out, " (%s)\n", how(f->kind == FILTER_NOT ? f->kids[0] : f));
}

static bool is_answered(const struct filter *root, const struct filter *kid)
{
    if (kid->kind == FILTER_ROW || kid->kind == FILTER_ALL)
        return true;
    return root->match.n && filter_is_answered(root, kid);
}

static enum status explain_counts(struct plan *p, const struct filter *f, struct buf *out,
                                  struct err *e)
{
    const struct row_range all = {1, columns_rows(store_columns(p->store))};
    enum status st = OK;
    for (size_t i = 0; i < f->text_count && st == OK; i++) {
        struct buf match = buf_new(BUF_LINE_MAX);
        match_add_text(&match, &f->texts[i]);
        uint64_t count = 0;
        st = index_count(p, buf_str(&match), all, &count, e);
        buf_add(out, STR("count  "));
        buf_add(out, buf_str(&match));
        buf_add(out, STR(": "));
        say_messages(out, count);
        buf_add_byte(out, '\n');
        buf_free(&match);
    }
    for (size_t i = 0; i < f->kid_count && st == OK; i++)
        st = explain_counts(p, f->kids[i], out, e);
    return st;
}

static void explain_rows(const struct plan *p, struct buf *out)
{
    char first[SAY_NUMBER], last[SAY_NUMBER], all[SAY_NUMBER];
    const int64_t rows = columns_rows(store_columns(p->store));
    if (p->range.first > p->range.last) {
        buf_addf(out, "rows   none of %s\n", say_number(all, (uint64_t)rows));
        return;
    }
    buf_addf(out, "rows   %s to %s of %s\n", say_number(first, (uint64_t)p->range.first),
             say_number(last, (uint64_t)p->range.last), say_number(all, (uint64_t)rows));
}

enum status plan_explain(struct plan *p, struct buf *out, struct err *e)
{
    const struct filter *root = p->root;
    buf_add(out, STR("tree   "));
    query_print_tree(p->q, out);
    buf_add_byte(out, '\n');
    if (root->match.n) {
        buf_add(out, STR("match  "));
        buf_add(out, root->match);
        buf_add_byte(out, '\n');
    }
    explain_rows(p, out);
    if (root->kind != FILTER_AND && !is_answered(root, root))
        explain_then(root, out);
    if (root->kind == FILTER_AND)
        for (size_t i = 0; i < root->kid_count; i++)
            if (!is_answered(root, root->kids[i]))
                explain_then(root->kids[i], out);
    return explain_counts(p, root, out, e);
}
