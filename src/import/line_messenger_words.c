/* LINE's own words in exports: what people did, and what stands for things that are no text. */
#include "line_messenger.h"

#include <string.h>

/* What stands behind the name of who did it. */
static const struct {
    const char *behind;
    uint32_t flag;
} deeds[] = {
    {"がメッセージの送信を取り消しました", FLAG_DELETED},
    {"がメッセージの送信を取り消しました。", FLAG_DELETED},
    {" unsent a message.", FLAG_DELETED},
    {" unsent a message", FLAG_DELETED},
    {"已收回訊息", FLAG_DELETED},
    {"收回了訊息", FLAG_DELETED},
    {" ยกเลิกข้อความ", FLAG_DELETED},
    {"ยกเลิกข้อความ", FLAG_DELETED},
    {"님이 메시지를 취소했습니다.", FLAG_DELETED},
    {" membatalkan pengiriman pesan.", FLAG_DELETED},
    {"がグループに参加しました。", 0},
    {"がグループを退会しました。", 0},
    {"がトークルームに参加しました。", 0},
    {"がトークを退出しました。", 0},
    {" joined the group.", 0},
    {" left the group.", 0},
    {" joined the chat.", 0},
    {" left the chat.", 0},
    {"加入群組", 0},
    {"已退出群組", 0},
    {"เข้าร่วมกลุ่ม", 0},
    {"ออกจากกลุ่ม", 0},
};

void line_messenger_event(struct message *m)
{
    const str text = str_trim(m->text);
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
        const str behind = str_of(deeds[i].behind);
        if (text.n <= behind.n || !str_ends(text, behind))
            continue;
        m->sender = str_trim(str_sub(text, 0, text.n - behind.n));
        m->flags |= deeds[i].flag;
        return;
    }
}

static const struct {
    const char *text;
    enum attachment_kind kind;
    uint32_t flag;
} things[] = {
    {"[写真]", ATTACH_IMAGE, FLAG_IMAGE},
    {"[画像]", ATTACH_IMAGE, FLAG_IMAGE},
    {"[Photo]", ATTACH_IMAGE, FLAG_IMAGE},
    {"[照片]", ATTACH_IMAGE, FLAG_IMAGE},
    {"[圖片]", ATTACH_IMAGE, FLAG_IMAGE},
    {"[รูป]", ATTACH_IMAGE, FLAG_IMAGE},
    {"[รูปภาพ]", ATTACH_IMAGE, FLAG_IMAGE},
    {"[사진]", ATTACH_IMAGE, FLAG_IMAGE},
    {"[Foto]", ATTACH_IMAGE, FLAG_IMAGE},
    {"[動画]", ATTACH_VIDEO, FLAG_VIDEO},
    {"[Video]", ATTACH_VIDEO, FLAG_VIDEO},
    {"[影片]", ATTACH_VIDEO, FLAG_VIDEO},
    {"[วิดีโอ]", ATTACH_VIDEO, FLAG_VIDEO},
    {"[동영상]", ATTACH_VIDEO, FLAG_VIDEO},
    {"[ボイスメッセージ]", ATTACH_AUDIO, FLAG_AUDIO},
    {"[Voice message]", ATTACH_AUDIO, FLAG_AUDIO},
    {"[Audio]", ATTACH_AUDIO, FLAG_AUDIO},
    {"[語音訊息]", ATTACH_AUDIO, FLAG_AUDIO},
    {"[ข้อความเสียง]", ATTACH_AUDIO, FLAG_AUDIO},
    {"[음성 메시지]", ATTACH_AUDIO, FLAG_AUDIO},
    {"[ファイル]", ATTACH_FILE, FLAG_FILE},
    {"[File]", ATTACH_FILE, FLAG_FILE},
    {"[檔案]", ATTACH_FILE, FLAG_FILE},
    {"[ไฟล์]", ATTACH_FILE, FLAG_FILE},
    {"[파일]", ATTACH_FILE, FLAG_FILE},
};

void line_messenger_words(struct message *m, struct attachment *room)
{
    if (str_starts(m->text, STR("☎")))
        m->kind = KIND_CALL;
    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++) {
        if (!str_eq(m->text, str_of(things[i].text)))
            continue;
        *room = (struct attachment){.kind = things[i].kind,
                                    .name = STR(""),
                                    .mime = STR(""),
                                    .path = STR(""),
                                    .size_bytes = -1};
        m->flags |= things[i].flag;
        m->attachments = room;
        m->attachment_count = 1;
        return;
    }
}
