/* The pages, one function each; routes.c says where they are. */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H

#include "web.h"

web_page page_search, page_conversations, page_conversation, page_message, page_source_bytes,
    page_verify, page_people, page_timeline, page_sources, page_import, page_marked, page_mark,
    page_export, page_help, page_asset_css, page_asset_report, page_asset_js, page_asset_icon;

#endif
