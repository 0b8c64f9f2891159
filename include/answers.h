/*
 * Answers in JSON: the members that the terminal's --json and the page's /api/1/ share, so that a field
 * has one name and one meaning. Each function writes members into an object that is open.
 *
 *     json_object(&j);
 *     answer_message(&j, &found.hit);
 *     answer_marks(&j, found.marks, found.mark_count);
 *     json_end(&j);
 *
 * Times are as shown ("2016-03-02 09:41:07"), "utc" ends with Z; what is not known is null. Offsets are
 * bytes of the UTF-8 text.
 */
#ifndef STET_ANSWERS_H
#define STET_ANSWERS_H

#include "archive.h"
#include "json.h"
#include "verify.h"

enum { JSON_VERSION = 1 }; /* "stet" in every object: raised when a field changes its meaning */

const char *utc_print(char out[CIVIL_TEXT], int64_t utc_ms); /* "2015-05-02T09:41:07Z" */
void answer_stamp(struct json *j, const char *key, int64_t wall_ms);

/* id, citation, conversation, sender, time ... text. */
void answer_message(struct json *j, const struct stored *m);
void answer_marks(struct json *j, const struct span *marks, size_t count);

/* What answer_message says of v->message, its sources, and the row that it answers. */
void answer_view(struct json *j, const struct view *v);

void answer_search(struct json *j, str query, const struct search_facts *f);
void answer_archive(struct json *j, const struct archive_facts *f);
void answer_source(struct json *j, const struct source_row *s);
void answer_issue(struct json *j, const struct issue_row *i);

/* docs/verdicts.md lists the fields. */
void answer_verdict(struct json *j, const struct claim *claim, const struct verdict *v);

#endif
