/*
 * Telegram's service records in English words. The table has the actions that Telegram Desktop writes
 * (export_output_json.cpp); an action that is newer than the table is told by its own name.
 */
#include "telegram_json.h"

struct action {
    const char *name;
    const char *words; /* {member} stands for the value of that member of the record */
    bool call;
};

static const struct action actions[] = {
    {"allow_sending_messages", "allowed the bot to write messages", false},
    {"attach_menu_bot_allowed", "allowed the bot in the attachment menu", false},
    {"boost_apply", "boosted the group {boosts} times", false},
    {"bot_allowed", "allowed the bot to write messages", false},
    {"clear_history", "cleared the history", false},
    {"create_channel", "created the channel “{title}”", false},
    {"create_group", "created the group “{title}” with {members}", false},
    {"delete_chat_theme", "took the chat theme away", false},
    {"delete_group_photo", "removed the group's picture", false},
    {"edit_chat_theme", "changed the chat theme to {emoticon}", false},
    {"edit_group_photo", "changed the group's picture", false},
    {"edit_group_title", "renamed the group to “{title}”", false},
    {"group_call", "group call ({duration} seconds)", true},
    {"group_call_scheduled", "scheduled a group call", false},
    {"invite_members", "added {members}", false},
    {"invite_to_group_call", "invited {members} to the group call", false},
    {"join_group_by_link", "joined the group by a link of {inviter}", false},
    {"join_group_by_request", "joined the group by request", false},
    {"joined_telegram", "joined Telegram", false},
    {"migrate_from_group", "continued the group “{title}” as a supergroup", false},
    {"migrate_to_supergroup", "turned the group into a supergroup", false},
    {"phone_call", "phone call ({duration_seconds} seconds, {discard_reason})", true},
    {"pin_message", "pinned message {message_id}", false},
    {"proximity_reached", "came within {distance} metres of {to}", false},
    {"remove_members", "removed {members}", false},
    {"requested_peer", "shared a chat or a person with the bot", false},
    {"requested_phone_number", "asked for the phone number", false},
    {"score_in_game", "scored {score} in the game of message {game_message_id}", false},
    {"send_payment", "paid {amount} {currency} for the invoice of message {invoice_message_id}",
     false},
    {"send_premium_gift", "gave Telegram Premium for {months} months", false},
    {"set_chat_wallpaper", "changed the wallpaper", false},
    {"set_messages_ttl", "set messages to delete themselves after {period} seconds", false},
    {"set_same_chat_wallpaper", "took over the wallpaper", false},
    {"suggest_profile_photo", "suggested a profile picture", false},
    {"take_screenshot", "took a screenshot", false},
    {"topic_created", "created the topic “{title}”", false},
    {"topic_edit", "changed the topic to “{new_title}”", false},
    {"web_app_bot_allowed", "allowed the bot's web application", false},
};

static const struct action *find(str name)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (str_eq(name, str_of(actions[i].name)))
            return &actions[i];
    return NULL;
}

/* A name, a number, or several, with what stands for a deleted account. */
static void put_value(struct buf *out, const struct json_value *v)
{
    if (jv_type(v) != JSON_ARRAY) {
        const str s = jv_str(v);
        buf_add(out, s.n ? s : STR("?"));
        return;
    }
    for (size_t i = 0; i < jv_count(v); i++) {
        const str name = jv_str(jv_at(v, i));
        buf_add(out, i ? STR(", ") : STR(""));
        buf_add(out, name.n ? name : STR("a deleted account"));
    }
}

static void put_words(struct telegram_reader *t, const char *words, const struct json_value *v)
{
    str rest = str_of(words);
    for (size_t open; (open = str_find_byte(rest, '{')) != STR_NONE;) {
        const size_t close = str_find_byte(rest, '}');
        const str key = str_sub(rest, open + 1, close - open - 1);
        buf_add(&t->scratch, str_sub(rest, 0, open));
        put_value(&t->scratch, jv_get(v, arena_cstr(&t->arena, key)));
        rest = str_from(rest, close + 1);
    }
    buf_add(&t->scratch, rest);
}

bool telegram_action(struct telegram_reader *t, const struct json_value *v, struct message *m)
{
    const str name = jv_str(jv_get(v, "action"));
    const struct action *known = find(name);
    m->kind = known && known->call ? KIND_CALL : KIND_EVENT;
    buf_clear(&t->scratch);
    if (known)
        put_words(t, known->words, v);
    for (size_t i = 0; !known && i < name.n; i++)
        buf_add_byte(&t->scratch, (char)(name.p[i] == '_' ? ' ' : name.p[i]));
    m->text = arena_dup(&t->arena, buf_str(&t->scratch));
    return known != NULL;
}
