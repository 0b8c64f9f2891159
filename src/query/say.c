/* See say.h. */
#include "say.h"

#include <stdio.h>

const char *say_number(char out[SAY_NUMBER], uint64_t n)
{
    char digits[24];
    const int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    size_t at = 0;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = 0;
    return out;
}

void say_messages(struct buf *out, uint64_t n)
{
    buf_addf(out, "%s %s", say_number((char[SAY_NUMBER]){0}, n), n == 1 ? "message" : "messages");
}

void say_node(struct buf *out, const struct node *n)
{
    const bool inner = n->kind == NODE_OR || n->kind == NODE_AND;
    if (inner)
        buf_add_byte(out, '(');
    node_print(n, out);
    if (inner)
        buf_add_byte(out, ')');
}
