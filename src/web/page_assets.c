/* Style, script and icon: carried in the program, asked for by every page. */
#include "pages.h"
#include "report.h"

#include "stet.css.h"
#include "stet.js.h"
#include "stet.svg.h"

static enum status asset(struct web *w, const char *type, const unsigned char *bytes, size_t n)
{
    w->response.content_type = type;
    buf_add(&w->response.body, (str){(const char *)bytes, n});
    return OK;
}

enum status page_asset_css(struct web *w, struct err *e)
{
    (void)e;
    return asset(w, "text/css; charset=utf-8", asset_stet_css, asset_stet_css_size);
}

enum status page_asset_report(struct web *w, struct err *e)
{
    (void)e;
    w->response.content_type = "text/css; charset=utf-8";
    buf_add(&w->response.body, report_style());
    return OK;
}

enum status page_asset_js(struct web *w, struct err *e)
{
    (void)e;
    return asset(w, "text/javascript; charset=utf-8", asset_stet_js, asset_stet_js_size);
}

enum status page_asset_icon(struct web *w, struct err *e)
{
    (void)e;
    return asset(w, "image/svg+xml", asset_stet_svg, asset_stet_svg_size);
}
