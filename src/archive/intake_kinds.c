/* There are few codes, so that a list is searched from its beginning. */
#include "intake_kinds.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>

static struct intake_kind *find(struct intake_kinds *k, const char *code)
{
    for (size_t i = 0; i < k->count; i++)
        if (strncmp(k->items[i].code, code, sizeof k->items[i].code - 1) == 0)
            return &k->items[i];
    return NULL;
}

static struct intake_kind *room_for(struct intake_kinds *k, const char *code)
{
    if (k->count == INTAKE_KINDS_MAX)
        return NULL;
    struct intake_kind *const x = &k->items[k->count++];
    *x = (struct intake_kind){.count = 0};
    snprintf(x->code, sizeof x->code, "%s", code);
    return x;
}

static void copy_text(char *to, size_t room, str text)
{
    const str fits = str_sub(text, 0, room - 1);
    snprintf(to, room, STR_FMT, STR_ARG(str_sub(fits, 0, utf8_unbroken(fits))));
}

void kinds_add(struct intake_kinds *k, const struct issue *i)
{
    struct intake_kind *x = find(k, i->code);
    if (!x) {
        x = room_for(k, i->code);
        if (!x) {
            k->others++;
            return;
        }
        copy_text(x->what, sizeof x->what, i->what);
        copy_text(x->way_out, sizeof x->way_out, i->way_out);
    }
    x->count++;
    if (i->severity > x->severity)
        x->severity = i->severity;
}

void kinds_clear(struct intake_kinds *k)
{
    k->count = 0;
    k->others = 0;
}

void kinds_merge(struct intake_kinds *to, const struct intake_kinds *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct intake_kind *const y = &from->items[i];
        struct intake_kind *x = find(to, y->code);
        if (!x) {
            x = room_for(to, y->code);
            if (x)
                *x = *y;
            else
                to->others += y->count;
            continue;
        }
        x->count += y->count;
        if (y->severity > x->severity)
            x->severity = y->severity;
    }
    to->others += from->others;
}
