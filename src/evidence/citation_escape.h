/* Foreign text made safe for what a citation stands in; always on one line. */
#ifndef STET_EVIDENCE_CITATION_ESCAPE_H
#define STET_EVIDENCE_CITATION_ESCAPE_H

#include "buf.h"

/* White space becomes one blank; control characters, and the direction marks that could turn what stands
   around them, go. The others do that first. */
void escape_plain(struct buf *out, str text);
void escape_markdown(struct buf *out, str text);
void escape_html(struct buf *out, str text);
void escape_tex(struct buf *out, str text);

#endif
