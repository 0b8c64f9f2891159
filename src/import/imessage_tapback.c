/*
 * Tapbacks: rows of `message` that say something about another row. 2000 to 2007 put one on it, 3000 to
 * 3007 take it back. https://github.com/ReagentX/imessage-exporter documents the numbers.
 */
#include "imessage.h"

static const struct {
    const char *verb, *undone;
    str emoji;
} kinds[] = {
    {"loved", "took back the heart on", STR_INIT("❤️")},
    {"liked", "took back the thumbs up on", STR_INIT("👍")},
    {"disliked", "took back the thumbs down on", STR_INIT("👎")},
    {"laughed at", "took back the laugh on", STR_INIT("😂")},
    {"emphasised", "took back the exclamation marks on", STR_INIT("‼️")},
    {"questioned", "took back the question mark on", STR_INIT("❓")},
    {"reacted to", "took back a reaction to", STR_INIT("")},
    {"put a sticker on", "took a sticker off", STR_INIT("sticker")},
};

enum { KINDS = sizeof kinds / sizeof *kinds, PUT = 2000, TAKEN = 3000 };

const char *imessage_tapback_verb(int64_t type)
{
    if (type >= PUT && type < PUT + KINDS)
        return kinds[type - PUT].verb;
    if (type >= TAKEN && type < TAKEN + KINDS)
        return kinds[type - TAKEN].undone;
    return NULL;
}

str imessage_tapback_emoji(int64_t type, const struct json_value *row)
{
    const str own = jv_str(jv_get(row, "associated_message_emoji"));
    const str usual = kinds[(type - PUT) % (TAKEN - PUT) % KINDS].emoji;
    return usual.n ? usual : own.n ? own : STR("reaction");
}

str imessage_target(const struct json_value *row)
{
    const str target = jv_str(jv_get(row, "associated_message_guid"));
    const size_t slash = str_find_byte(target, '/');
    if (slash != STR_NONE)
        return str_from(target, slash + 1);
    return str_starts(target, STR("bp:")) ? str_from(target, 3) : target;
}
