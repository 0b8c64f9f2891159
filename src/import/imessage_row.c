/*
 * What the columns of a row of `message` mean: time, text and its earlier wordings, and what the system
 * says of a group.
 */
#include "imessage.h"

#include "bplist.h"
#include "message_parts.h"
#include "typedstream.h"

#include <math.h>
#include <string.h>

#define APPLE_EPOCH_MS INT64_C(978307200000) /* 2001-01-01 */
#define SECONDS_BELOW INT64_C(1000000000000)

int64_t imessage_time(int64_t value)
{
    if (!value)
        return TIME_NONE;
    const int64_t limit = INT64_MAX / 1000000;
    if (value > -SECONDS_BELOW && value < SECONDS_BELOW)
        return value > limit / MS_PER_SECOND || value < -limit / MS_PER_SECOND
                   ? TIME_NONE
                   : APPLE_EPOCH_MS + value * MS_PER_SECOND;
    return APPLE_EPOCH_MS + value / 1000000;
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

str imessage_blob(const struct json_value *v, struct arena *a)
{
    const str hex = jv_str(jv_get(v, "hex"));
    char *const bytes = arena_alloc(a, hex.n / 2 + 1);
    for (size_t i = 0; i + 1 < hex.n; i += 2) {
        const int high = digit(hex.p[i]), low = digit(hex.p[i + 1]);
        if (high < 0 || low < 0)
            return STR("");
        bytes[i / 2] = (char)(high << 4 | low);
    }
    return (str){bytes, hex.n / 2};
}

static int64_t whole(const struct json_value *row, const char *key)
{
    int64_t value = 0;
    return jv_int(jv_get(row, key), &value) ? value : 0;
}

str imessage_text(const struct json_value *row, struct arena *a, bool *unreadable)
{
    const str subject = jv_str(jv_get(row, "subject"));
    const str body = imessage_blob(jv_get(row, "attributedBody"), a);
    str text = jv_str(jv_get(row, "text"));
    *unreadable = !text.n && body.n && !typedstream_text(body, &text);
    if (!subject.n)
        return text;
    return arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(subject), text.n ? "\n" : "",
                        STR_ARG(text));
}

/* ---- Edits ------------------------------------------------------------------------------------ */

/* A wording in "ec": {"t": typedstream, "d": seconds since 2001}. */
static void add_wording(const struct bplist *l, size_t wording, struct arena *a, struct message *m)
{
    str stream, text;
    double seconds;
    if (!bplist_data(l, bplist_get(l, wording, STR("t")), &stream) ||
        !typedstream_text(stream, &text))
        return;
    const bool timed = bplist_number(l, bplist_get(l, wording, STR("d")), &seconds) &&
                       fabs(seconds) < (double)SECONDS_BELOW;
    add_edit(a, m, arena_dup(a, text),
             timed ? APPLE_EPOCH_MS + (int64_t)(seconds * 1000) : TIME_NONE);
}

void imessage_edits(const struct json_value *row, struct arena *a, struct message *m)
{
    enum { WORDINGS_MAX = 1000 };
    const int64_t edited = imessage_time(whole(row, "date_edited"));
    const int64_t retracted = imessage_time(whole(row, "date_retracted"));
    struct bplist l;
    const bool told = bplist_open(&l, imessage_blob(jv_get(row, "message_summary_info"), a));
    const size_t parts = told ? bplist_get(&l, l.root, STR("ec")) : BPLIST_NONE;
    for (size_t i = 0; i < bplist_count(&l, parts) && m->edit_count < WORDINGS_MAX; i++) {
        const size_t part = bplist_at(&l, parts, i), count = bplist_count(&l, part);
        for (size_t k = 0; k + 1 < count && m->edit_count < WORDINGS_MAX; k++)
            add_wording(&l, bplist_at(&l, part, k), a, m); /* the last is the text */
    }
    const bool unsent = told && bplist_count(&l, bplist_get(&l, l.root, STR("rp"))) && !m->text.n;
    if (unsent || retracted != TIME_NONE) {
        m->flags |= FLAG_DELETED;
        m->deleted_utc_ms = retracted != TIME_NONE ? retracted : edited;
    } else if (edited != TIME_NONE) {
        m->flags |= FLAG_EDITED;
        m->edited_utc_ms = edited;
    }
}

/* ---- What the system says --------------------------------------------------------------------- */

enum {
    ITEM_MEMBERS = 1,
    ITEM_NAME = 2,
    ITEM_GROUP = 3,
    ITEM_PLACE = 4,
    ITEM_KEPT = 5,
    ITEM_CALL = 6,
};

static str somebody(const struct imessage_tables *t, int64_t handle)
{
    const struct imessage_handle *h = imessage_handle(t, handle);
    return h && h->address.n ? h->address : STR("somebody");
}

str imessage_event(const struct json_value *row, const struct imessage_tables *t, struct arena *a)
{
    const int64_t action = whole(row, "group_action_type");
    const str name = jv_str(jv_get(row, "group_title"));
    switch (whole(row, "item_type")) {
    case 0: return STR("");
    case ITEM_MEMBERS:
        return arena_printf(a, "%s " STR_FMT, action == 1 ? "removed" : "added",
                            STR_ARG(somebody(t, whole(row, "other_handle"))));
    case ITEM_NAME:
        return name.n ? arena_printf(a, "named the conversation “" STR_FMT "”", STR_ARG(name))
                      : STR("took the name off the conversation");
    case ITEM_GROUP:
        return action == 1   ? STR("changed the group photo")
               : action == 2 ? STR("removed the group photo")
                             : STR("left the conversation");
    case ITEM_PLACE:
        return whole(row, "share_status") ? STR("stopped sharing location")
                                          : STR("started sharing location");
    case ITEM_KEPT: return STR("kept an audio message");
    case ITEM_CALL: return STR("started a FaceTime call or SharePlay");
    }
    return arena_printf(a, "a system message of kind %lld", (long long)whole(row, "item_type"));
}
