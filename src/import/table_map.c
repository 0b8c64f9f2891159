/* Which column is what: as the user states it, or by what columns of messages are usually called. */
#include "table.h"

#include <string.h>

static const char *const uses[USE_COUNT] = {[USE_TIME] = "time",
                                            [USE_SENDER] = "sender",
                                            [USE_NAME] = "name",
                                            [USE_TEXT] = "text",
                                            [USE_CONVERSATION] = "conversation",
                                            [USE_ID] = "id",
                                            [USE_REPLY] = "reply_to",
                                            [USE_RECIPIENT] = "recipient"};

/* Names of columns without blanks, '_', '-' and '.', in small letters; the better one first. */
static const char *const names[USE_COUNT][24] = {
    [USE_TIME] = {"time",     "timestamp", "datetime",  "date/time", "sentat",      "senttime",
                  "senddate", "sent",      "createdat", "created",   "messagedate", "messagetime",
                  "date",     "ts",        "when",      "utc",       "zeit",        "datum",
                  "fecha",    "heure",     "дата",      "время",     "时间",        NULL},
    [USE_SENDER] = {"sender", "from",   "author",   "user",      "username",   "senderid",
                    "userid", "fromid", "authorid", "nick",      "nickname",   "handle",
                    "party",  "who",    "absender", "remitente", "expéditeur", "отправитель",
                    "автор",  "发送者", NULL},
    [USE_NAME] = {"sendername", "authorname", "fromname", "displayname", "fullname", "realname",
                  NULL},
    [USE_TEXT] = {"text", "message", "body", "content", "msg", "messagetext", "messagebody",
                  "messagecontent", "contents", "nachricht", "mensaje", "texte", "сообщение",
                  "текст", "内容", "消息", NULL},
    [USE_CONVERSATION] = {"conversation", "conversationid", "chat", "chatid", "channel",
                          "channelid", "room", "roomid", "thread", "threadid", "group", "groupid",
                          "chatname", "channelname", NULL},
    [USE_ID] = {"id", "messageid", "msgid", "guid", "uuid", "mid", NULL},
    [USE_REPLY] = {"replyto", "inreplyto", "replytoid", "parentid", "quotedid", NULL},
    [USE_RECIPIENT] = {"to", "recipient", "recipients", "receiver", "toid", NULL}};

enum { NAME_MAX_BYTES = 40 };

static str plain(str name, char out[NAME_MAX_BYTES])
{
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        const char c = name.p[i];
        if (c == ' ' || c == '_' || c == '-' || c == '.')
            continue;
        if (n == NAME_MAX_BYTES)
            return STR("");
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return (str){out, n};
}

static str column_for(enum table_use use, const str *columns, size_t count)
{
    for (size_t k = 0; names[use][k]; k++)
        for (size_t i = 0; i < count; i++) {
            char space[NAME_MAX_BYTES];
            if (str_eq(plain(columns[i], space), str_of(names[use][k])))
                return columns[i];
        }
    return STR("");
}

bool table_map_guess(struct table_map *out, const str *columns, size_t count)
{
    *out = (struct table_map){.second = STR(""), .guessed = true};
    for (int use = 0; use < USE_COUNT; use++)
        out->column[use] = column_for((enum table_use)use, columns, count);
    if (!out->column[USE_SENDER].n) {
        out->column[USE_SENDER] = out->column[USE_NAME];
        out->column[USE_NAME] = STR("");
    }
    /* a date beside a time of day, in two columns */
    char space[NAME_MAX_BYTES];
    if (str_eq(plain(out->column[USE_TIME], space), STR("time")))
        for (size_t i = 0; i < count; i++)
            if (str_eq(plain(columns[i], space), STR("date"))) {
                out->second = out->column[USE_TIME];
                out->column[USE_TIME] = columns[i];
            }
    return out->column[USE_TEXT].n && (out->column[USE_TIME].n || out->column[USE_SENDER].n);
}

enum status table_map_read(struct table_map *out, str map, struct err *e)
{
    *out = (struct table_map){.second = STR("")};
    for (int use = 0; use < USE_COUNT; use++)
        out->column[use] = STR("");
    for (str part; str_split(&map, ',', &part);) {
        const size_t equal = str_find_byte(part, '=');
        int use = 0;
        while (use < USE_COUNT && !str_eq(str_trim(str_sub(part, 0, equal == STR_NONE ? 0 : equal)),
                                          str_of(uses[use])))
            use++;
        if (use == USE_COUNT) {
            fail(e, ERR_FORMAT, "--map does not understand “" STR_FMT "”", STR_ARG(part));
            return fail_hint(e, "It takes time=COLUMN,sender=COLUMN,text=COLUMN and, if there are "
                                "such columns, name=, conversation=, id=, reply_to=, recipient=.");
        }
        str column = str_trim(str_from(part, equal + 1));
        const size_t plus = use == USE_TIME ? str_find_byte(column, '+') : STR_NONE;
        if (plus != STR_NONE) {
            out->second = str_trim(str_from(column, plus + 1));
            column = str_trim(str_sub(column, 0, plus));
        }
        out->column[use] = column;
    }
    if (out->column[USE_TEXT].n)
        return OK;
    fail(e, ERR_FORMAT, "--map does not say which column is the text");
    return fail_hint(e, "For example: --map time=date,sender=user,text=body");
}
