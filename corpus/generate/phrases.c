/* Where a topic's sentences are found. */
#include "phrases.h"

static const struct bank *const by_topic[TOPICS] = {
    [PERMIT] = bank_permit,     [SURVEY] = bank_survey,   [COUNCIL] = bank_council,
    [BUILDER] = bank_builder,   [MEETING] = bank_meeting, [BOATS] = bank_boats,
    [WEATHER] = bank_weather,   [PRESS] = bank_press,     [SECURITY] = bank_security,
    [LEAFLETS] = bank_leaflets, [MONEY] = bank_money,     [BIRDS] = bank_birds,
    [TROLLS] = bank_trolls,     [CHAT] = bank_chat,       [LAW] = bank_law,
    [HISTORY] = bank_history,   [REGATTA] = bank_regatta, [MOLE] = bank_mole,
    [STORM] = bank_storm,       [INQUIRY] = bank_inquiry, [ENGINEERING] = bank_engineering,
    [WORDING] = bank_wording,
};

struct bank phrases_of(enum topic topic, enum move move)
{
    return by_topic[topic][move];
}

struct bank phrases_general(enum general which)
{
    return bank_general[which];
}
