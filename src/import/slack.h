/*
 * A Slack export, shared by the parts of its importer: what the workspace's lists tell
 * (slack_workspace.c), Slack's markup as text (slack_text.c), and messages (slack_message.c).
 */
#ifndef IMPORT_SLACK_H
#define IMPORT_SLACK_H

#include "arena.h"
#include "buf.h"
#include "counted.h"
#include "importer.h"
#include "json_records.h"

/* --- The workspace ----------------------------------------------------------------------------- */

struct slack_workspace;

/* Of the lists beside the source's folder; read once for an export. Never NULL; yours to close. */
struct slack_workspace *slack_workspace_of(const struct import_options *options);
void slack_workspace_close(struct slack_workspace *w); /* frees it unless the export keeps it */

str slack_user(const struct slack_workspace *w, str id);    /* the name shown; empty if unknown */
str slack_channel(const struct slack_workspace *w, str id); /* without '#'; empty if unknown */

struct slack_place {
    str id, title; /* empty if unknown */
    const char *type;
};

/* The channel or talk whose days are in `folder`. */
struct slack_place slack_place_of(const struct slack_workspace *w, str folder);

/* --- Text -------------------------------------------------------------------------------------- */

struct slack {
    struct sink *sink;
    const struct import_options *options;
    struct slack_workspace *workspace;
    struct arena arena, record;
    str folder, key; /* key: empty until the first message */
    struct slack_place place;
    struct counted no_time;
};

/* The name of a user: the workspace's, or one that the user gave with --names, or empty. */
str slack_name(const struct slack *s, str id);

/* Markup as the words that a reader saw: "<@U1>" as "@noll", "<https://x|label>" as "label", entities
   undone. People mentioned and addresses behind labels are noted with `m`. */
str slack_markup(struct slack *s, struct message *m, str text);

/* The words of a message whose `text` is empty: of its blocks, or else of its attachments. */
str slack_words(struct slack *s, struct message *m, const struct json_value *v);

/* The words of one attachment, or its fallback. */
void slack_attachment_words(struct slack *s, struct message *m, const struct json_value *a,
                            struct buf *out);

/* --- Messages ---------------------------------------------------------------------------------- */

MUST_USE enum status slack_record(struct slack *s, const struct json_part *p,
                                  const struct json_value *v, const struct json_mends *mends,
                                  struct err *e);

extern const struct importer importer_slack;

#endif
