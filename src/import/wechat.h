/* WeChat tables as two programs write them. */
#ifndef IMPORT_WECHAT_H
#define IMPORT_WECHAT_H

#include "importer.h"

extern const struct importer importer_wechat, importer_wechat_chatlog;

#endif
