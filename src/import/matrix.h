/* Matrix: Element's export of a room (matrix_json.c), and its events in words (matrix_event.c). */
#ifndef IMPORT_MATRIX_H
#define IMPORT_MATRIX_H

#include "importer.h"
#include "json_value.h"
#include "message_parts.h"

/* Makes an event of `m` for all that is no message: its text, kind and whom it concerns. */
void matrix_event(struct arena *a, struct message *m, const struct json_value *v);

extern const struct importer importer_matrix_json;

#endif
