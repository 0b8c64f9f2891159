/* Kinds of files by the endings that phones and messengers give them. */
#include "file_kind.h"

enum attachment_kind kind_of_file(str name)
{
    static const struct {
        str ending;
        enum attachment_kind kind;
    } endings[] = {
        {STR_INIT(".jpg"), ATTACH_IMAGE},  {STR_INIT(".jpeg"), ATTACH_IMAGE},
        {STR_INIT(".png"), ATTACH_IMAGE},  {STR_INIT(".gif"), ATTACH_IMAGE},
        {STR_INIT(".webp"), ATTACH_IMAGE}, {STR_INIT(".heic"), ATTACH_IMAGE},
        {STR_INIT(".mp4"), ATTACH_VIDEO},  {STR_INIT(".mov"), ATTACH_VIDEO},
        {STR_INIT(".webm"), ATTACH_VIDEO}, {STR_INIT(".3gp"), ATTACH_VIDEO},
        {STR_INIT(".mp3"), ATTACH_AUDIO},  {STR_INIT(".m4a"), ATTACH_AUDIO},
        {STR_INIT(".aac"), ATTACH_AUDIO},  {STR_INIT(".ogg"), ATTACH_AUDIO},
        {STR_INIT(".opus"), ATTACH_AUDIO}, {STR_INIT(".wav"), ATTACH_AUDIO},
    };
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const str ending = endings[i].ending;
        if (name.n > ending.n && str_eq_nocase(str_from(name, name.n - ending.n), ending))
            return endings[i].kind;
    }
    return ATTACH_FILE;
}
