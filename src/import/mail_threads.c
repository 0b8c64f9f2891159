/*
 * Threads: a message belongs where its first reference belongs (RFC 5322, section 3.6.4). Within one
 * mailbox what was seen before helps those that name only the message they answer.
 */
#include "mail.h"

#include <stdlib.h>
#include <string.h>

enum { THREADS_MAX = 1 << 18, SLOTS_MIN = 1 << 10, ID_MAX = 1000 };

struct entry {
    str id, root;
};

struct mail_threads {
    struct arena arena;
    struct entry *slots; /* open addressing; an id without bytes is a free slot */
    size_t room, count;
};

struct mail_threads *mail_threads_new(void)
{
    struct mail_threads *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    return t;
}

void mail_threads_free(struct mail_threads *t)
{
    if (!t)
        return;
    arena_free(&t->arena);
    free(t->slots);
    free(t);
}

static struct entry *find_slot(const struct mail_threads *t, str id)
{
    size_t i = str_hash(id) & (t->room - 1);
    while (t->slots[i].id.n && !str_eq(t->slots[i].id, id))
        i = (i + 1) & (t->room - 1);
    return &t->slots[i];
}

static str find_root(const struct mail_threads *t, str id)
{
    return t->room && id.n ? find_slot(t, id)->root : STR("");
}

static void grow(struct mail_threads *t)
{
    struct entry *const old = t->slots;
    const size_t old_room = t->room;
    t->room = old_room ? old_room * 2 : SLOTS_MIN;
    t->slots = calloc(t->room, sizeof *t->slots);
    if (!t->slots)
        abort();
    for (size_t i = 0; i < old_room; i++)
        if (old[i].id.n)
            *find_slot(t, old[i].id) = old[i];
    free(old);
}

/* The first thread that an id was put into stays its thread. */
static void remember(struct mail_threads *t, str id, str root)
{
    if (!id.n || id.n > ID_MAX || t->count >= THREADS_MAX)
        return;
    if (t->count * 2 >= t->room)
        grow(t);
    struct entry *slot = find_slot(t, id);
    if (slot->id.n)
        return;
    *slot = (struct entry){arena_dup(&t->arena, id), root};
    t->count++;
}

bool mail_next_id(str *list, str *id)
{
    while (list->n) {
        const size_t open = str_find_byte(*list, '<');
        if (open == STR_NONE)
            break;
        *list = str_from(*list, open + 1);
        size_t n = 0;
        while (n < list->n && !strchr("<> \t\r\n", list->p[n]))
            n++;
        *id = str_sub(*list, 0, n);
        *list = str_from(*list, n);
        if (n && str_starts(*list, STR(">")))
            return true;
    }
    *list = STR("");
    return false;
}

/* The first id of a list that is not the message's own: a message may refer to itself. */
static str first_other(str list, str own)
{
    str id;
    while (mail_next_id(&list, &id))
        if (!str_eq(id, own))
            return id;
    return STR("");
}

str mail_thread_of(struct mail_threads *t, str id, str references, str in_reply_to, bool *told)
{
    str first = first_other(references, id);
    if (!first.n && !str_eq(in_reply_to, id))
        first = in_reply_to;
    str root = find_root(t, first.n ? first : id);
    *told = root.n > 0;
    if (!root.n)
        root = first.n ? first : id;
    if (t->count >= THREADS_MAX)
        return root; /* enough is remembered */
    const str kept = *told ? root : arena_dup(&t->arena, root);
    remember(t, id, kept);
    str other;
    while (mail_next_id(&references, &other))
        remember(t, other, kept);
    remember(t, in_reply_to, kept);
    return kept;
}

/* --- Subjects ---------------------------------------------------------------------------------- */

/* Length of "Re: ", "AW: ", "Re[2]: " at the start; 0 if it does not begin so. */
static size_t reply_mark(str s)
{
    static const str marks[] = {
        STR_INIT("re"),   STR_INIT("fwd"),  STR_INIT("fw"),   STR_INIT("aw"), STR_INIT("wg"),
        STR_INIT("sv"),   STR_INIT("vs"),   STR_INIT("antw"), STR_INIT("tr"), STR_INIT("rif"),
        STR_INIT("odp"),  STR_INIT("vb"),   STR_INIT("ynt"),  STR_INIT("rv"), STR_INIT("enc"),
        STR_INIT("回复"), STR_INIT("转发"), STR_INIT("答复"),
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t n = marks[i].n;
        if (!str_eq_nocase(str_sub(s, 0, n), marks[i]))
            continue;
        const size_t close =
            n < s.n && s.p[n] == '[' ? str_find_byte(str_sub(s, n, 8), ']') : STR_NONE;
        n += close == STR_NONE ? 0 : close + 1;
        while (n < s.n && s.p[n] == ' ')
            n++;
        if (str_starts(str_from(s, n), STR(":")))
            return n + 1;
        if (str_starts(str_from(s, n), STR("：")))
            return n + 3;
    }
    return 0;
}

str mail_bare_subject(str subject)
{
    subject = str_trim(subject);
    for (size_t n; (n = reply_mark(subject)) > 0;)
        subject = str_trim(str_from(subject, n));
    return subject;
}
