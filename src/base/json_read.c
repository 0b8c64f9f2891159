/*
 * One JSON object through json-c. Its memory never leaves this function.
 */
#include "json_read.h"

#include <json-c/json.h>

static str value_text(struct arena *a, struct json_object *value)
{
    if (!value)
        return STR("");
    if (json_object_is_type(value, json_type_string))
        return arena_dup(
            a, (str){json_object_get_string(value), (size_t)json_object_get_string_len(value)});
    return arena_dup(a, str_of(json_object_to_json_string(value)));
}

static void copy_fields(struct json_object *object, struct arena *a, struct json_field **out,
                        size_t *count)
{
    *count = 0;
    *out = arena_array(a, (size_t)json_object_object_length(object) + 1, sizeof **out);
    struct json_object_iterator i = json_object_iter_begin(object);
    struct json_object_iterator end = json_object_iter_end(object);
    for (; !json_object_iter_equal(&i, &end); json_object_iter_next(&i))
        (*out)[(*count)++] =
            (struct json_field){.key = arena_dup(a, str_of(json_object_iter_peek_name(&i))),
                                .value = value_text(a, json_object_iter_peek_value(&i))};
}

enum status json_read_flat(str text, struct arena *a, struct json_field **out, size_t *count,
                           struct err *e)
{
    *count = 0;
    if (text.n > JSON_READ_MAX)
        return fail(e, ERR_LIMIT, "this JSON object has %zu bytes; at most %d can be read", text.n,
                    JSON_READ_MAX);
    struct json_tokener *tokener = json_tokener_new_ex(32);
    if (!tokener)
        return fail(e, ERR_LIMIT, "out of memory");
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    struct json_object *object = json_tokener_parse_ex(tokener, text.p, (int)text.n);
    const size_t end = json_tokener_get_parse_end(tokener);
    enum status st = OK;
    if (!object || !json_object_is_type(object, json_type_object))
        st = fail_at(e, ERR_FORMAT, end, 1, "this is not a JSON object (at byte %zu)", end);
    else
        copy_fields(object, a, out, count);
    json_object_put(object);
    json_tokener_free(tokener);
    return st;
}
