/*
 * Citing a message in a footnote, on a page, in a bibliography. A citation is made of the message alone
 * (conversation, sender, time as shown, text), so that every archive that holds it gives the same one,
 * whatever the files were called, in which order and in which of two formats they were imported.
 *
 *     struct citation_options o = {.form = CITATION_PLAIN};
 *     citation_write(&buf, &stored, &o);
 *     // noll, message in “Varnholm”, 2016-03-02 09:41:07 (zone not known): “good morning”.
 *     // Stet 2016-03-02T09:41:07/5937-c3f1
 *
 * The text is quoted whole up to CITATION_TEXT_MAX bytes, then cut between words and marked " […]".
 * A tool cannot cite who a person is: the sender is named as the source shows it.
 */
#ifndef STET_CITATION_DOOR_H
#define STET_CITATION_DOOR_H

#include "buf.h"
#include "store.h"

enum { CITATION_TEXT_MAX = 400 };

enum citation_form {
    CITATION_PLAIN,
    CITATION_MARKDOWN, /* a blockquote and its source */
    CITATION_HTML,     /* a <blockquote> and its source; self-contained */
    CITATION_BIBTEX,   /* one @misc entry, biblatex's date field included */
    CITATION_CSL_JSON  /* one CSL item; the caller makes an array of several */
};
/* False if there is no such form: "plain", "markdown", "html", "bibtex", "csl-json". */
bool citation_form_read(str name, enum citation_form *out);

struct citation_options {
    enum citation_form form;
    const struct witness *witnesses; /* written too if there are any; they depend on the archive */
    size_t witness_count;
};

/* Whole lines, the last one ended. */
void citation_write(struct buf *out, const struct stored *m, const struct citation_options *o);

/* How sure UTC is, in a citation's words: "zone not known", "in the zone stated at import" ... */
const char *citation_basis(enum time_basis basis);

#endif
