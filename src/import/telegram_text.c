/*
 * Texts of Telegram's JSON: "text" is a string, or an array of strings and of objects {type, text} for
 * what is marked up. The pieces, one behind the other, are the message as it was written.
 */
#include "telegram_json.h"

static str keep(struct telegram_reader *t, str s)
{
    return arena_dup(&t->arena, s);
}

static bool is_digits(str s)
{
    size_t i = s.n > 1 && s.p[0] == '-';
    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    return s.n && i == s.n;
}

str telegram_person(struct telegram_reader *t, const struct json_value *id)
{
    const str s = jv_str(id);
    if (is_digits(s))
        return arena_printf(&t->arena, "user" STR_FMT, STR_ARG(s));
    return keep(t, s);
}

static str piece_text(const struct json_value *piece)
{
    return jv_type(piece) == JSON_OBJECT ? jv_str(jv_get(piece, "text")) : jv_str(piece);
}

str telegram_text(struct telegram_reader *t, const struct json_value *text)
{
    if (jv_type(text) != JSON_ARRAY)
        return keep(t, piece_text(text));
    buf_clear(&t->scratch);
    for (size_t i = 0; i < jv_count(text); i++)
        buf_add(&t->scratch, piece_text(jv_at(text, i)));
    return keep(t, buf_str(&t->scratch));
}

void telegram_add_entities(struct telegram_reader *t, const struct json_value *text,
                           struct message *m)
{
    for (size_t i = 0; jv_type(text) == JSON_ARRAY && i < jv_count(text); i++) {
        const struct json_value *piece = jv_at(text, i);
        const str type = jv_str(jv_get(piece, "type")), words = jv_str(jv_get(piece, "text"));
        if (str_eq(type, STR("mention")) && str_starts(words, STR("@")))
            add_mention(&t->arena, m, keep(t, str_from(words, 1)), STR(""));
        else if (str_eq(type, STR("mention_name")))
            add_mention(&t->arena, m, telegram_person(t, jv_get(piece, "user_id")), keep(t, words));
        else if (str_eq(type, STR("text_link")))
            add_absent(&t->arena, m, ATTACH_LINK_CARD, keep(t, jv_str(jv_get(piece, "href"))));
    }
}
