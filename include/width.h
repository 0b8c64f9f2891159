/*
 * Untrusted text on a terminal: how wide it is, and how to print it so that it can neither command
 * the terminal nor pose as something else.
 *
 *     struct buf out = buf_new(BUF_LINE_MAX);
 *     safe_text(&out, message_text, SAFE_LINE);   // ESC -> "\x1b", U+202E -> "\u{202e}"
 *     int columns = text_width(buf_str(&out));
 *
 * Escaped: C0 except line feed and tab (SAFE_LINE escapes these two as well, as "⏎" and a blank), DEL,
 * C1, bidi embeddings, overrides and isolates, U+2028/2029, interlinear and tag characters, bytes that
 * are not UTF-8 (as \xNN). A carriage return before a line feed is left out, elsewhere it is escaped.
 * Zero-width joiners stay, as emoji and several scripts need them.
 */
#ifndef STET_WIDTH_H
#define STET_WIDTH_H

#include "buf.h"

enum safe_mode { SAFE_BLOCK, SAFE_LINE };

void safe_text(struct buf *out, str text, enum safe_mode mode);

/* True if cp must never reach a terminal as it is. */
bool text_is_unsafe(uint32_t cp);

/* Columns that a terminal uses: East Asian wide and emoji two, combining marks none (UAX #11). A
   joined emoji is two columns as a whole; controls are none, so use text that safe_text wrote. */
int text_width(str text);
int text_width_codepoint(uint32_t cp);

/* The longest prefix that fits `columns`, never cutting a base from its marks. */
str text_fit(str text, int columns);

#endif
