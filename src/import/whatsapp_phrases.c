/*
 * WhatsApp's own words in the languages it is most used in. Tables, not rules: what is not in them is
 * either known by its form in every language (whatsapp_body.c) or kept as it stands. Compared
 * without invisible marks and without the full stop.
 */
#include "whatsapp.h"

#include "utf8.h"

/* clang-format off */
/* A message that was taken back: the whole text. */
static const char *const deleted[] = {
    "This message was deleted", "You deleted this message", "Diese Nachricht wurde gelöscht",
    "Du hast diese Nachricht gelöscht", "Se eliminó este mensaje", "Eliminaste este mensaje",
    "Este mensaje fue eliminado", "Este mensaje ha sido eliminado", "Has eliminado este mensaje",
    "Ce message a été supprimé", "Vous avez supprimé ce message",
    "Questo messaggio è stato eliminato", "Hai eliminato questo messaggio", "Mensagem apagada",
    "Essa mensagem foi apagada", "Esta mensagem foi apagada", "Você apagou esta mensagem",
    "Você apagou essa mensagem", "Apagou esta mensagem", "Esta mensagem foi eliminada",
    "Eliminou esta mensagem", "Dit bericht is verwijderd", "Dit bericht werd verwijderd",
    "U hebt dit bericht verwijderd", "Je hebt dit bericht verwijderd", "Данное сообщение удалено",
    "Сообщение удалено", "Вы удалили данное сообщение", "Вы удалили это сообщение",
    "Bu mesaj silindi", "Bu mesajı sildiniz", "تم حذف هذه الرسالة", "لقد حذفت هذه الرسالة",
    "حذفت هذه الرسالة", "यह मैसेज डिलीट किया गया", "यह मैसेज हटा दिया गया है",
    "यह संदेश मिटाया गया था", "यह संदेश हटा दिया गया है", "आपने यह मैसेज डिलीट किया",
    "आपने यह संदेश मिटाया", "Pesan ini telah dihapus", "Pesan ini dihapus",
    "Anda menghapus pesan ini", "Anda telah menghapus pesan ini", "此消息已删除", "此消息已被删除", "您已删除此消息",
    "你已删除此消息", "您删除了这条消息", "你删除了这条消息", "此訊息已刪除", "您已刪除此訊息", "你已刪除此訊息", "このメッセージは削除されました",
    "このメッセージを削除しました", "あなたはこのメッセージを削除しました", "Ta wiadomość została usunięta",
    "Usunięto tę wiadomość", "Usunąłeś tę wiadomość"
};

/* The same, with the name of the one who took it back: the beginning of the text. */
static const char *const deleted_by[] = {
    "This message was deleted by admin ", "Diese Nachricht wurde vom Admin ",
    "Diese Nachricht wurde von Admin ", "Este mensaje fue eliminado por ",
    "Ce message a été supprimé par ", "Questo messaggio è stato eliminato da ",
    "Esta mensagem foi apagada pelo admin ", "Mensagem apagada pelo admin ",
    "Dit bericht is verwijderd door beheerder ", "Сообщение удалено админом ",
    "Bu mesaj, yönetici ", "Pesan ini dihapus oleh admin "
};

/* In angle brackets behind a text. */
static const char *const edited[] = {
    "This message was edited", "Diese Nachricht wurde bearbeitet", "Se editó este mensaje",
    "Este mensaje fue editado", "Ce message a été modifié", "Questo messaggio è stato modificato",
    "Mensagem editada", "Esta mensagem foi editada", "Essa mensagem foi editada",
    "Dit bericht is bewerkt", "Dit bericht werd bewerkt", "Сообщение изменено",
    "Данное сообщение изменено", "Bu mesaj düzenlendi", "تم تعديل هذه الرسالة",
    "यह मैसेज एडिट किया गया", "इस मैसेज को एडिट किया गया", "यह मैसेज बदला गया", "Pesan ini diedit",
    "Pesan ini telah diedit", "此消息已编辑", "此消息已被编辑", "已编辑此消息", "此訊息已編輯", "已編輯此訊息", "このメッセージは編集されました",
    "このメッセージは編集済みです", "Ta wiadomość została edytowana"
};

/* In round brackets behind the name of a file. */
static const char *const attached[] = {
    "file attached", "Datei angehängt", "archivo adjunto", "fichier joint", "fichier attaché",
    "file allegato", "arquivo anexado", "ficheiro anexado", "bestand bijgevoegd", "файл добавлен",
    "dosya ekli", "ekli dosya", "الملف مرفق", "ملف مرفق", "फ़ाइल जोड़ी गई", "फ़ाइल संलग्न",
    "फ़ाइल संलग्न है", "file terlampir", "berkas terlampir", "文件附件", "附件", "檔案附件", "已附加檔案",
    "添付ファイル", "ファイル添付", "ファイルが添付されました", "plik załączony"
};

/* Things left out of an export "without media". Android says so of all kinds alike. */
static const char *const omitted_things[] = {
    "<Media omitted>", "<media omitted>", "<Medien ausgeschlossen>", "<Medien weggelassen>",
    "<Multimedia omitido>", "<Archivo omitido>", "<Médias omis>", "<Fichier omis>",
    "<Media omessi>", "<Mídia oculta>", "<Arquivo de mídia oculto>", "<Ficheiro não revelado>",
    "<Multimédia oculto>", "<Media weggelaten>", "<Без медиафайлов>", "<Файл пропущен>",
    "<Medya dahil edilmedi>", "<Medya atlanmış>", "<تم استبعاد الوسائط>", "<मीडिया के बिना>",
    "<मीडिया छोड़ा गया>", "<मीडिया शामिल नहीं किया गया>", "<Media tidak disertakan>", "<省略多媒体文件>",
    "<忽略多媒体文件>", "<媒體已略去>", "<已省略多媒體檔案>", "<メディアは含まれていません>", "<メディアなし>", "<pominięto multimedia>"
};
static const char *const omitted_images[] = {
    "<Sticker omitted>", "image omitted", "photo omitted", "sticker omitted", "Bild weggelassen",
    "Sticker weggelassen", "imagen omitida", "Imagen omitida", "sticker omitido", "image absente",
    "image omise", "sticker omis", "immagine omessa", "sticker non incluso", "sticker omesso",
    "imagem ocultada", "imagem omitida", "figurinha omitida", "autocolante omitido",
    "afbeelding weggelaten", "sticker weggelaten", "изображение отсутствует", "изображение опущено",
    "стикер отсутствует", "стикер опущен", "görüntü dahil edilmedi", "resim dahil edilmedi",
    "Çıkartma dahil edilmedi", "تم استبعاد الصورة", "تم استبعاد الملصق", "चित्र छोड़ा गया",
    "इमेज छोड़ी गई", "स्टिकर छोड़ा गया", "gambar tidak disertakan", "stiker tidak disertakan",
    "图像已忽略", "图片已忽略", "已省略图片", "贴图已忽略", "圖片已略過", "貼圖已略過", "画像は含まれていません", "画像が省略されました",
    "スタンプは含まれていません"
};
static const char *const omitted_videos[] = {
    "<Video note omitted>", "video omitted", "video note omitted", "GIF omitted",
    "Video weggelassen", "Videonachricht weggelassen", "GIF weggelassen", "video omitido",
    "Video omitido", "GIF omitido", "nota de video omitida", "vidéo absente", "vidéo omise",
    "GIF retiré", "video omesso", "GIF esclusa", "vídeo omitido", "vídeo ocultado",
    "video weggelaten", "GIF weggelaten", "видео отсутствует", "видео опущено", "GIF отсутствует",
    "video dahil edilmedi", "GIF dahil edilmedi", "تم استبعاد الفيديو", "वीडियो छोड़ा गया",
    "video tidak disertakan", "GIF tidak disertakan", "视频已忽略", "已省略视频", "影片已略過", "動画は含まれていません",
    "ビデオが省略されました"
};
static const char *const omitted_recordings[] = {
    "<View once voice message omitted>", "audio omitted", "Audio weggelassen", "audio omitido",
    "audio omis", "audio omesso", "áudio ocultado", "áudio omitido", "audio weggelaten",
    "аудиофайл отсутствует", "аудио опущено", "ses dahil edilmedi", "تم استبعاد المقطع الصوتي",
    "ऑडियो छोड़ा गया", "audio tidak disertakan", "音频已忽略", "已省略音频", "音訊已略過", "音声は含まれていません",
    "オーディオが省略されました"
};
static const char *const omitted_files[] = {
    "document omitted", "Contact card omitted", "Dokument weggelassen", "Kontaktkarte ausgelassen",
    "Kontaktkarte weggelassen", "documento omitido", "Tarjeta de contacto omitida",
    "document manquant", "document omis", "Fiche contact manquante", "documento omesso",
    "Scheda contatto omessa", "Cartão do contato omitido", "document weggelaten",
    "Contactkaart weggelaten", "документ отсутствует", "документ опущен",
    "карточка контакта отсутствует", "belge dahil edilmedi", "Kişi kartı dahil edilmedi",
    "تم استبعاد المستند", "डॉक्यूमेंट छोड़ा गया", "dokumen tidak disertakan",
    "Kartu kontak tidak disertakan", "文档已忽略", "文件已略過", "書類は含まれていません"
};

/* Beginnings. */
static const char *const calls[] = {
    "Voice call", "Video call", "Missed voice call", "Missed video call", "Missed group voice call",
    "Missed group video call", "Silenced voice call", "Silenced video call", "Group call",
    "Sprachanruf", "Videoanruf", "Verpasster Sprachanruf", "Verpasster Videoanruf",
    "Verpasster Anruf", "Gruppenanruf", "Llamada de voz", "Videollamada", "Llamada perdida",
    "Llamada de voz perdida", "Videollamada perdida", "Llamada grupal", "Appel vocal",
    "Appel vidéo", "Appel manqué", "Appel de groupe", "Chiamata vocale", "Videochiamata",
    "Chiamata persa", "Chiamata di gruppo", "Ligação de voz", "Ligação de vídeo", "Ligação perdida",
    "Chamada de voz", "Chamada de vídeo", "Chamada perdida", "Videochamada", "Spraakoproep",
    "Video-oproep", "Gemiste spraakoproep", "Gemiste video-oproep", "Groepsgesprek", "Аудиозвонок",
    "Видеозвонок", "Пропущенный аудиозвонок", "Пропущенный видеозвонок", "Групповой звонок",
    "Sesli arama", "Görüntülü arama", "Cevapsız sesli arama", "Cevapsız görüntülü arama",
    "مكالمة صوتية", "مكالمة فيديو", "مكالمة لم يرد عليها", "वॉइस कॉल", "वीडियो कॉल",
    "मिस्ड वॉइस कॉल", "मिस्ड वीडियो कॉल", "Panggilan suara", "Panggilan video",
    "Panggilan tak terjawab", "语音通话", "视频通话", "未接语音通话", "未接视频通话", "未接语音来电", "未接视频来电", "語音通話",
    "視訊通話", "未接語音來電", "未接視訊來電", "音声通話", "ビデオ通話", "不在着信"
};

static const char *const encrypted[] = {
    "Messages and calls are end-to-end encrypted", "Messages you send to this ",
    "Messages to this ", "Your messages and calls are end-to-end encrypted",
    "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt", "Nachrichten in diesem Chat ",
    "Nachrichten an diese Gruppe ", "Nachrichten, die du in diesem Chat ",
    "Los mensajes y las llamadas están cifrados", "Los mensajes y llamadas están cifrados",
    "Los mensajes en este ", "Los mensajes que envíes", "Les messages et les appels sont chiffrés",
    "Les messages envoyés dans ", "Les messages dans ",
    "I messaggi e le chiamate sono crittografati", "I messaggi inviati a questo ",
    "As mensagens e as ligações são protegidas", "As mensagens e chamadas são ",
    "As mensagens e as chamadas são ", "As mensagens desta conversa ",
    "Berichten en oproepen worden end-to-end", "Berichten en gesprekken worden end-to-end",
    "Berichten en oproepen zijn end-to-end", "Сообщения и звонки защищены",
    "Сообщения в данной группе", "Сообщения в этом чате", "Mesajlar ve aramalar uçtan uca",
    "Bu sohbete gönderdiğiniz", "الرسائل والمكالمات مشفرة", "الرسائل والمكالمات مشفّرة",
    "मैसेज और कॉल ", "संदेश और कॉल ", "Pesan dan panggilan terenkripsi", "Pesan ke grup ini",
    "消息和通话都", "消息和通话已", "訊息和通話", "訊息與通話", "発信したメッセージ", "メッセージと通話は"
};

static const char *const locations[] = {
    "Live location shared", "Live-Standort wird geteilt", "Ubicación en tiempo real compartida",
    "Localisation en direct partagée", "Posizione in tempo reale condivisa",
    "Localização em tempo real compartilhada", "Live-locatie gedeeld", "Поделился геоданными",
    "Canlı konum paylaşıldı", "تمت مشاركة الموقع المباشر", "Lokasi terkini dibagikan", "共享实时位置"
};

/* What stands between the one who acts and what he does; `group`: in groups only. */
static const struct {
    const char *words;
    bool group;
} verbs[] = {
    {" created group", true}, {" created this group", true}, {" changed the subject", true},
    {" changed this group", true}, {" changed the group", true}, {" deleted this group", true},
    {" changed their phone number", false}, {" changed to ", false}, {" pinned a message", false},
    {" turned on ", false}, {" turned off ", false}, {" reset this group", true},
    {" joined using", true}, {" joined from", true}, {" requested to join", true},
    {" added ", true}, {" removed ", true}, {" left", true}, {" set this group", true},
    {" hat die Gruppe", true}, {" hat das Gruppenbild", true}, {" hat den Betreff", true},
    {" hat die Gruppenbeschreibung", true}, {" hast ", false}, {" hat ", false}, {" ist ", false},
    {" creó ", true}, {" cambió ", false}, {" añadió ", true}, {" agregó ", true},
    {" te añadió", true}, {" te agregó", true}, {" eliminó ", true}, {" salió", true},
    {" se unió", true}, {" a créé ", true}, {" avez créé ", true}, {" a changé ", false},
    {" a modifié ", false}, {" a ajouté ", true}, {" vous a ajouté", true}, {" a retiré ", true},
    {" a quitté", true}, {" a rejoint", true}, {" est parti", true}, {" ha creato ", true},
    {" ha cambiato ", false}, {" ha modificato ", false}, {" ha aggiunto ", true},
    {" ti ha aggiunto", true}, {" ha rimosso ", true}, {" ha abbandonato", true},
    {" è entrat", true}, {" criou ", true}, {" mudou ", false}, {" alterou ", false},
    {" adicionou ", true}, {" removeu ", true}, {" saiu", true}, {" entrou ", true},
    {" heeft ", false}, {" hebt ", false}, {" создал", true}, {" изменил", false},
    {" добавил", true}, {" удалил", true}, {" вышел", true}, {" вышла", true}, {" покинул", true},
    {" присоедин", true}, {" grubu oluşturdu", true}, {" grubun ", true}, {" ayrıldı", true},
    {" bağlantısı", true}, {" ने ", false}, {" membuat grup", true}, {" mengubah ", false},
    {" menambahkan ", true}, {" mengeluarkan ", true}, {" keluar", true}, {" bergabung ", true},
    {" telah mengubah ", false}, {"创建了群组", true}, {"创建了此群组", true}, {"更改了", false}, {"添加了", true},
    {"移除了", true}, {"退出了", true}, {"已退出", true}, {"已离开", true}, {"加入了", true}, {"建立了群組", true},
    {"變更了", false}, {"新增了", true}, {"已離開", true}, {"さんが", false}, {"がグループ", true}
};

static const char *const you[] = {
    "You", "you", "Du", "Tú", "Vous", "Tu", "Hai", "Você", "Je", "U", "Вы", "Siz", "أنت", "आप",
    "Anda", "您", "你", "あなた"
};

/* What files and folders of exports are called; the name stands behind, or where "%" is. */
static const char *const titles[] = {
    "WhatsApp Chat with %", "WhatsApp Chat - %", "WhatsApp-Chat mit %", "WhatsApp Chat mit %",
    "Chat de WhatsApp con %", "Conversación de WhatsApp con %", "Discussion WhatsApp avec %",
    "Chat WhatsApp con %", "Conversa do WhatsApp com %", "Conversa do WhatsApp com o %",
    "WhatsApp-chat met %", "Чат WhatsApp с %", "WhatsApp Sohbeti - %", "% ile WhatsApp Sohbeti",
    "محادثة واتساب مع %", "دردشة واتساب مع %", "% के साथ WhatsApp चैट", "Chat WhatsApp dengan %",
    "与%的 WhatsApp 聊天", "与%的WhatsApp聊天", "與%的 WhatsApp 對話", "WhatsApp 聊天记录 - %", "%とのWhatsAppチャット",
    "%とのトーク - WhatsApp", "Czat WhatsApp z %"
};

/* clang-format on */

#define LENGTH(table) (sizeof(table) / sizeof(table)[0])

/* Without a full stop in any script and without marks at both ends. */
static str bare(str s)
{
    static const char *const ends[] = {".", "。", "।", " ", "\u200e", "\u200f", "\u00a0", "\u06d4"};
    static const char *const fronts[] = {"\u200e", "\u200f", " "};
    for (size_t i = 0; i < LENGTH(ends); i++)
        if (str_ends(s, str_of(ends[i]))) {
            s.n -= str_of(ends[i]).n;
            i = (size_t)-1;
        }
    for (size_t i = 0; i < LENGTH(fronts); i++)
        if (str_starts(s, str_of(fronts[i]))) {
            s = str_from(s, str_of(fronts[i]).n);
            i = (size_t)-1;
        }
    return s;
}

static bool is_one_of(str s, const char *const *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(s, str_of(table[i])))
            return true;
    return false;
}

static bool begins_with(str s, const char *const *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_starts(s, str_of(table[i])))
            return true;
    return false;
}

static bool is_omitted(str text, enum attachment_kind *kind)
{
    const struct {
        const char *const *words;
        size_t count;
        enum attachment_kind kind;
    } tables[] = {{omitted_things, LENGTH(omitted_things), ATTACH_FILE},
                  {omitted_images, LENGTH(omitted_images), ATTACH_IMAGE},
                  {omitted_videos, LENGTH(omitted_videos), ATTACH_VIDEO},
                  {omitted_recordings, LENGTH(omitted_recordings), ATTACH_AUDIO},
                  {omitted_files, LENGTH(omitted_files), ATTACH_FILE}};
    for (size_t i = 0; i < LENGTH(tables); i++)
        if (is_one_of(text, tables[i].words, tables[i].count)) {
            *kind = tables[i].kind;
            return true;
        }
    return false;
}

enum wa_phrase wa_phrase_of(str text, enum attachment_kind *kind)
{
    enum { LONGEST = 160 }; /* of a phrase that is a whole text */
    text = bare(text);
    if (begins_with(text, encrypted, LENGTH(encrypted)))
        return WA_ENCRYPTED;
    if (!text.n || text.n > LONGEST)
        return WA_NONE;
    if (is_one_of(text, deleted, LENGTH(deleted)) ||
        begins_with(text, deleted_by, LENGTH(deleted_by)))
        return WA_DELETED;
    if (is_omitted(text, kind))
        return WA_OMITTED;
    if (begins_with(text, calls, LENGTH(calls)))
        return WA_CALL;
    return begins_with(text, locations, LENGTH(locations)) ? WA_LOCATION : WA_NONE;
}

bool wa_is_edited(str mark)
{
    if (mark.n < 3 || mark.p[0] != '<' || mark.p[mark.n - 1] != '>')
        return false;
    return is_one_of(bare(str_sub(mark, 1, mark.n - 2)), edited, LENGTH(edited));
}

size_t wa_attached_at(str line)
{
    if (!str_ends(line, STR(")")))
        return STR_NONE;
    size_t open = line.n;
    while (open > 0 && line.p[open - 1] != '(')
        open--;
    if (open < 2 || line.p[open - 2] != ' ')
        return STR_NONE;
    const str words = str_sub(line, open, line.n - 1 - open);
    return is_one_of(bare(words), attached, LENGTH(attached)) ? open - 2 : STR_NONE;
}

str wa_actor_of(str event, bool *group)
{
    enum { LONGEST = 400 }; /* of a subject and its verb */
    size_t first = STR_NONE, which = 0;
    event = str_sub(event, 0, LONGEST);
    const size_t line_end = str_find_byte(event, '\n');
    event = bare(line_end == STR_NONE ? event : str_sub(event, 0, line_end));
    for (size_t i = 0; i < LENGTH(verbs); i++) {
        const size_t at = str_find(event, str_of(verbs[i].words));
        if (at == STR_NONE || at == 0 || at >= first)
            continue;
        first = at;
        which = i;
    }
    if (first == STR_NONE)
        return STR("");
    *group |= verbs[which].group;
    return str_sub(event, 0, first);
}

bool wa_is_you(str actor)
{
    return is_one_of(actor, you, LENGTH(you));
}

str wa_title_of(str stem)
{
    for (size_t i = 0; i < LENGTH(titles); i++) {
        const str form = str_of(titles[i]);
        const size_t hole = str_find_byte(form, '%');
        const str before = str_sub(form, 0, hole), behind = str_from(form, hole + 1);
        if (stem.n > before.n + behind.n && str_starts(stem, before) && str_ends(stem, behind))
            return str_trim(str_sub(stem, before.n, stem.n - before.n - behind.n));
    }
    return STR("");
}
