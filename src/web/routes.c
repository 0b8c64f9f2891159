/* Where the pages are. */
#include "pages.h"

const struct route routes[] = {
    {WEB_GET, "/", page_search, NULL, true},
    {WEB_GET, "/search", page_search, "Search", true},
    {WEB_GET, "/verify", page_verify, "Check quotes", true},
    {WEB_POST, "/verify", page_verify, NULL, true},
    {WEB_GET, "/conversations", page_conversations, "Conversations", true},
    {WEB_GET, "/conversation", page_conversation, NULL, true},
    {WEB_GET, "/people", page_people, "People", true},
    {WEB_GET, "/timeline", page_timeline, "Timeline", true},
    {WEB_GET, "/marked", page_marked, "Marked", true},
    {WEB_POST, "/mark", page_mark, NULL, true},
    {WEB_GET, "/sources", page_sources, "Sources", true},
    {WEB_GET, "/message", page_message, NULL, true},
    {WEB_GET, "/raw", page_raw, NULL, true},
    {WEB_GET, "/help", page_help, NULL, false},
    {WEB_GET, "/stet.css", page_asset_css, NULL, false},
    {WEB_GET, "/report.css", page_asset_report, NULL, false},
    {WEB_GET, "/stet.js", page_asset_js, NULL, false},
    {WEB_GET, "/stet.svg", page_asset_icon, NULL, false},
};
const size_t route_count = sizeof routes / sizeof *routes;
