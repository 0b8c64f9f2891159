/* KakaoTalk's own words in exports, in Korean and English. */
#include "kakaotalk.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* What stands behind the name of who did it; the rest of the line may name others. */
static const struct {
    const char *behind, *end;
    bool plain; /* nobody would write so: an event even without a stamp */
} deeds[] = {
    {"님이 들어왔습니다.", "", true},
    {"님이 나갔습니다.", "", true},
    {"님을 내보냈습니다.", "", true},
    {"님이 ", "초대했습니다.", true},
    {"님이 ", "초대하였습니다.", true},
    {" joined this chatroom.", "", true},
    {" left this chatroom.", "", true},
    {"님이 ", "내보냈습니다.", false},
    {"님이 ", "변경했습니다.", false},
    {"님이 ", "변경하였습니다.", false},
    {" joined the chatroom.", "", false},
    {" left the chatroom.", "", false},
    {" has left this chatroom.", "", false},
    {" left.", "", false},
    {" invited ", ".", false},
};

bool kakaotalk_is_event(str line, bool plain, str *actor)
{
    /* open chats warn newcomers behind the sentence */
    const size_t warning = str_find(line, STR("님이 들어왔습니다.타인"));
    *actor = warning == STR_NONE ? STR("") : str_sub(line, 0, warning);
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0] && !actor->n; i++) {
        const str behind = str_of(deeds[i].behind), end = str_of(deeds[i].end);
        const size_t at = str_find(line, behind);
        if (at != STR_NONE && str_ends(line, end.n ? end : behind) && (deeds[i].plain || !plain))
            *actor = str_sub(line, 0, at);
    }
    return actor->n > 0;
}

static const struct {
    const char *text;
    enum attachment_kind kind;
    uint32_t flag;
} things[] = {
    {"사진", ATTACH_IMAGE, FLAG_IMAGE},       {"Photo", ATTACH_IMAGE, FLAG_IMAGE},
    {"Photos", ATTACH_IMAGE, FLAG_IMAGE},     {"(photo)", ATTACH_IMAGE, FLAG_IMAGE},
    {"동영상", ATTACH_VIDEO, FLAG_VIDEO},     {"Video", ATTACH_VIDEO, FLAG_VIDEO},
    {"음성메시지", ATTACH_AUDIO, FLAG_AUDIO}, {"음성 메시지", ATTACH_AUDIO, FLAG_AUDIO},
    {"Voice Note", ATTACH_AUDIO, FLAG_AUDIO},
};

static void attach(struct message *m, struct attachment *room, enum attachment_kind kind, str name)
{
    *room = (struct attachment){
        .kind = kind, .name = name, .mime = STR(""), .path = STR(""), .size_bytes = -1};
    m->attachments = room;
    m->attachment_count = 1;
}

/* "보이스톡 해요", "페이스톡 0:41" */
static bool is_call(str text)
{
    static const char *const kinds[] = {"보이스톡 ", "페이스톡 ", "그룹콜 ", "라이브톡 "};
    static const char *const ends[] = {"해요", "부재중", "취소", "받지 않음", "종료", "시작"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!str_starts(text, str_of(kinds[i])))
            continue;
        const str rest = str_from(text, strlen(kinds[i]));
        if (rest.n && rest.p[0] >= '0' && rest.p[0] <= '9' && rest.n < 9)
            return true;
        for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++)
            if (str_eq(rest, str_of(ends[k])))
                return true;
    }
    return false;
}

/* "사진 3장" */
static bool is_several_pictures(str text)
{
    const str before = STR("사진 "), behind = STR("장");
    int64_t count;
    return str_starts(text, before) && str_ends(text, behind) && text.n > before.n + behind.n &&
           str_to_u63(str_sub(text, before.n, text.n - before.n - behind.n), &count);
}

static bool is_deletion(str text)
{
    return str_eq(text, STR("삭제된 메시지입니다.")) || str_eq(text, STR("삭제된 메시지입니다")) ||
           str_eq(text, STR("This message was deleted.")) || str_eq(text, STR("Message deleted."));
}

void kakaotalk_words(struct message *m, struct attachment *room)
{
    if (is_deletion(m->text)) {
        m->flags |= FLAG_DELETED;
        m->text = STR("");
        return;
    }
    if (is_call(m->text))
        m->kind = KIND_CALL;
    if (is_several_pictures(m->text)) {
        m->flags |= FLAG_IMAGE;
        attach(m, room, ATTACH_IMAGE, STR(""));
    }
    const str file = STR("파일: ");
    if (str_starts(m->text, file) && str_find_byte(m->text, '\n') == STR_NONE) {
        m->flags |= FLAG_FILE;
        attach(m, room, ATTACH_FILE, str_from(m->text, file.n));
    }
    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++)
        if (str_eq(m->text, str_of(things[i].text))) {
            m->flags |= things[i].flag;
            attach(m, room, things[i].kind, STR(""));
        }
}

/* "_2024-06-01-10-00-00", as a computer puts it behind a chat's name. */
static str without_save_time(str name)
{
    size_t n = name.n, digits = 0;
    while (n > 0 && (name.p[n - 1] == '-' || name.p[n - 1] == '_' ||
                     (name.p[n - 1] >= '0' && name.p[n - 1] <= '9'))) {
        n--;
        digits += name.p[n] >= '0' && name.p[n] <= '9';
    }
    return digits >= 12 && n > 0 ? str_sub(name, 0, n) : name;
}

str kakaotalk_title(str header)
{
    static const char *const behind[] = {" 님과 카카오톡 대화", "님과 카카오톡 대화",
                                         " 카카오톡 대화", "님과의 대화"};
    static const char *const before[] = {"KakaoTalk Chats with ", "KakaoTalk Chat with ",
                                         "KakaoTalk_Chat_", "KakaoTalk_Chats_with_"};
    str title = str_trim(header);
    if (str_ends(title, STR(".txt")))
        title.n -= 4;
    title = without_save_time(title);
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++)
        if (str_ends(title, str_of(behind[i])) && title.n > strlen(behind[i]))
            return str_sub(title, 0, title.n - strlen(behind[i]));
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        if (str_starts(title, str_of(before[i])) && title.n > strlen(before[i]))
            return str_from(title, strlen(before[i]));
    return title;
}

enum status kakaotalk_name(struct sink *sink, str title, char key[KAKAOTALK_KEY_BYTES],
                           struct err *e)
{
    title = str_sub(title, 0, 300);
    title.n = utf8_unbroken(title);
    const int n = snprintf(key, KAKAOTALK_KEY_BYTES, "kakaotalk:" STR_FMT, STR_ARG(title));
    const struct conversation c = {.key = {key, (size_t)n},
                                   .title = title,
                                   .platform = STR("kakaotalk"),
                                   .type = STR(""),
                                   .loose = true};
    return sink->conversation(sink, &c, e);
}

str kakaotalk_sender(str shown, const struct import_options *options)
{
    return options->owner.n && str_eq(shown, STR("회원님")) ? options->owner : shown;
}
