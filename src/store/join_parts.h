/* What the files of joining share: conversations as groups (join_groups.c), the messages by which they are
   compared (join_shared.c). The idea is in join.h. */
#ifndef STET_STORE_JOIN_PARTS_H
#define STET_STORE_JOIN_PARTS_H

#include "join.h"

enum { JOIN_SHARED_MIN = 5 /* messages with different words that must stand in both */ };

/* A conversation, by its key. */
struct group {
    str key, platform;
    int64_t id; /* in the archive; 0 if it is new */
    int64_t first_row, last_row;
    bool incoming; /* this transaction holds it */
    bool sure;     /* its key is an id */
    bool taken;    /* it has an id: its key, or that of one that was joined to it */
    bool compared; /* its platform has a loose one */
    size_t root;   /* the group that it is joined to, perhaps by way of others; itself */
    size_t order;  /* in which it came */
};

/* A message that counts, in short. */
struct entry {
    int64_t time_ms;
    uint64_t words;  /* part of the hash of sender and text */
    uint32_t sender; /* the same of the sender */
    uint32_t group;
};

/* What two groups share. */
struct pair {
    uint32_t a, b; /* a < b; 0, 0: free */
    uint32_t shared;
    uint32_t sender; /* the first one's */
    bool more_senders;
    uint64_t words[JOIN_SHARED_MIN]; /* different ones */
    size_t word_count;
    int64_t first_ms, last_ms;
};

struct joins {
    struct store *s;
    struct arena arena;
    struct group *groups; /* by key */
    size_t group_count, group_cap;
    struct entry *entries;
    size_t entry_count, entry_cap;
    struct pair *pairs;
    size_t pair_mask, pair_count;
    bool any;
};

/* `items` with room for one more than `count`. */
void *joins_grown(void *items, size_t count, size_t *cap, size_t size);

/* ---- join_groups.c ---- */

/* All conversations of the archive and the spool; *any: some of them are to be compared. */
MUST_USE enum status joins_collect_groups(struct joins *j, struct spool *spool, bool *any,
                                          struct err *e);
struct group *joins_find_group(const struct joins *j, str key); /* or NULL */
size_t joins_root(struct joins *j, size_t group);
bool joins_may_join(const struct group *a, const struct group *b);
void joins_join(struct joins *j, size_t a, size_t b);

/* ---- join_shared.c ---- */

/* Compares what the marked groups hold, and joins those that hold the same. */
MUST_USE enum status joins_compare(struct joins *j, struct spool *spool, struct err *e);

#endif
