/*
 * What people in the group say: template sentences by topic and by what the sentence does.
 *
 * The little language of a template: `{a|b|c}` is a choice (it may nest), `$name` a slot filled
 * from the lists of slots.c or computed. Quotation marks and apostrophes are straight, a dash is
 * ` -- `; each voice writes them its own way.
 */
#ifndef CORPUS_PHRASES_H
#define CORPUS_PHRASES_H

enum topic {
    PERMIT,
    SURVEY,
    COUNCIL,
    BUILDER,
    MEETING,
    BOATS,
    WEATHER,
    PRESS,
    SECURITY,
    LEAFLETS,
    MONEY,
    BIRDS,
    TROLLS,
    CHAT,
    LAW,
    HISTORY,
    REGATTA,
    MOLE,
    STORM,
    INQUIRY,
    ENGINEERING,
    WORDING,
    TOPICS
};

enum move { OPEN, DETAIL, ASK, ANSWER, VIEW, TOPIC_MOVES };

enum general { AGREE, DOUBT, SHORT, CLOSE, GREET, LINKED, PASTED, FOREIGN, TAIL, GENERALS };

struct bank {
    const char *const *lines;
    int count;
};

struct bank phrases_of(enum topic topic, enum move move);
struct bank phrases_general(enum general which);

#define BANK(array)                                        \
    {                                                      \
        (array), (int)(sizeof(array) / sizeof((array)[0])) \
    }

/* One table of banks, one row a topic; each lives in the file of its subject. */
extern const struct bank bank_permit[TOPIC_MOVES], bank_survey[TOPIC_MOVES],
    bank_council[TOPIC_MOVES], bank_builder[TOPIC_MOVES], bank_meeting[TOPIC_MOVES],
    bank_boats[TOPIC_MOVES], bank_weather[TOPIC_MOVES], bank_press[TOPIC_MOVES],
    bank_security[TOPIC_MOVES], bank_leaflets[TOPIC_MOVES], bank_money[TOPIC_MOVES],
    bank_birds[TOPIC_MOVES], bank_trolls[TOPIC_MOVES], bank_chat[TOPIC_MOVES],
    bank_law[TOPIC_MOVES], bank_history[TOPIC_MOVES], bank_regatta[TOPIC_MOVES],
    bank_mole[TOPIC_MOVES], bank_storm[TOPIC_MOVES], bank_inquiry[TOPIC_MOVES],
    bank_engineering[TOPIC_MOVES], bank_wording[TOPIC_MOVES];
extern const struct bank bank_general[GENERALS];

/* A named slot. A sticky one keeps its value for a whole thread. */
struct slot {
    const char *name;
    int sticky;
    struct bank values;
};
enum { SLOTS = 33 };
extern const struct slot slots[SLOTS];

#endif
