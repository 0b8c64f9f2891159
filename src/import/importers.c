/* The table of importers, and which of them takes a source: the highest bid on its first bytes. */
#include "importer.h"

#include "release.h"

#include <string.h>

static const struct importer *const importers[] = {
    &importer_release_text,
    &importer_release_html,
};

size_t importer_count(void)
{
    return sizeof importers / sizeof importers[0];
}

const struct importer *importer_at(size_t i)
{
    return i < importer_count() ? importers[i] : NULL;
}

const struct importer *importer_find(str name)
{
    for (size_t i = 0; i < importer_count(); i++)
        if (str_eq(name, str_of(importers[i]->name)))
            return importers[i];
    return NULL;
}

/* --- What it looks like when nobody bids ------------------------------------------------------- */

struct look {
    const char *magic;
    size_t bytes;
    const char *what, *way_out;
};

static const struct look looks[] = {
    {"PK\3\4", 4, "a ZIP archive", "Unpack it and import the files inside."},
    {"PK\5\6", 4, "an empty ZIP archive", "Was the download complete?"},
    {"\x1F\x8B", 2, "data compressed with gzip",
     "Unpack it with gunzip and import what comes out."},
    {"\xFD"
     "7zXZ",
     5, "data compressed with xz", "Unpack it with unxz and import what comes out."},
    {"\x28\xB5\x2F\xFD", 4, "data compressed with zstd",
     "Unpack it with unzstd and import what comes out."},
    {"BZh", 3, "data compressed with bzip2", "Unpack it with bunzip2 and import what comes out."},
    {"7z\xBC\xAF\x27\x1C", 6, "a 7-Zip archive", "Unpack it and import the files inside."},
    {"Rar!", 4, "a RAR archive", "Unpack it and import the files inside."},
    {"%PDF-", 5, "a PDF document",
     "Look for the page it was printed from, or save its text and check that by hand."},
    {"SQLite format 3", 15, "an SQLite database",
     "If it is an archive of Stet, name it with -a instead of importing it."},
    {"\x89PNG", 4, "a picture (PNG)", "Look for the messages as text or as a saved page."},
    {"\xFF\xD8\xFF", 3, "a picture (JPEG)", "Look for the messages as text or as a saved page."},
    {"GIF8", 4, "a picture (GIF)", "Look for the messages as text or as a saved page."},
    {"\xFF\xFE", 2, "text in UTF-16",
     "Convert it: iconv -f UTF-16 -t UTF-8 FILE > COPY, then import the copy."},
    {"\xFE\xFF", 2, "text in UTF-16",
     "Convert it: iconv -f UTF-16 -t UTF-8 FILE > COPY, then import the copy."},
    {"\x7F"
     "ELF",
     4, "a program", "Name the file that holds the messages."},
};

static const struct look empty = {"", 0, "empty", "Was the download complete?"};
static const struct look utf16 = {"", 0, "text in UTF-16 without a byte order mark",
                                  "Convert it: iconv -f UTF-16LE -t UTF-8 FILE > COPY, then "
                                  "import the copy."};
static const struct look binary = {"", 0, "binary data", "Name the file that holds the messages."};
static const struct look page = {"", 0, "a web page without stamped messages",
                                 "Was the page saved whole, with its text loaded?"};
static const struct look json = {"", 0, "JSON", "No importer reads this kind of JSON yet."};
static const struct look plain = {"", 0, "plain text without stamped messages",
                                  "Lines of messages look like [2016-03-02 09:41:07] <name> text."};

/* Text in UTF-16 has a NUL as every second byte, nearly; other binary data have them anywhere. */
static const struct look *look_at_nuls(str prefix)
{
    size_t nuls[2] = {0, 0};
    for (size_t i = 0; i < prefix.n; i++)
        nuls[i % 2] += !prefix.p[i];
    const size_t most = nuls[0] > nuls[1] ? nuls[0] : nuls[1];
    if (!most)
        return NULL;
    return most > prefix.n / 4 && nuls[0] + nuls[1] < most + most / 8 ? &utf16 : &binary;
}

static bool has_nocase(str prefix, str word)
{
    for (size_t at = 0; at + word.n <= prefix.n; at++)
        if (str_eq_nocase(str_sub(prefix, at, word.n), word))
            return true;
    return false;
}

static const struct look *look_at(str prefix)
{
    if (!prefix.n)
        return &empty;
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (str_starts(prefix, (str){looks[i].magic, looks[i].bytes}))
            return &looks[i];
    const struct look *nuls = look_at_nuls(prefix);
    if (nuls)
        return nuls;

    const str text = str_trim(str_sub(prefix, 0, 4096));
    if (str_starts(text, STR("<")) &&
        (has_nocase(text, STR("<html")) || has_nocase(text, STR("<p"))))
        return &page;
    return str_starts(text, STR("{")) || str_starts(text, STR("[{")) ? &json : &plain;
}

enum status importer_detect(const struct importer **out, struct source *source, struct err *e)
{
    *out = NULL;
    str prefix;
    const enum status st = source_peek(source, BID_PREFIX_BYTES, &prefix, e);
    if (st != OK)
        return st;
    prefix = str_sub(prefix, 0, BID_PREFIX_BYTES);
    const str name = source_name(source);
    int best = BID_NO;
    for (size_t i = 0; i < importer_count(); i++) {
        const int bid = importers[i]->bid(prefix, name);
        if (bid > best) {
            best = bid;
            *out = importers[i];
        }
    }
    if (*out)
        return OK;

    char formats[200] = "";
    for (size_t i = 0; i < importer_count(); i++) {
        if (i)
            strncat(formats, ", ", sizeof formats - 1 - strlen(formats));
        strncat(formats, importers[i]->name, sizeof formats - 1 - strlen(formats));
    }
    const struct look *look = look_at(prefix);
    fail(e, ERR_FORMAT, "“" STR_FMT "” %s %s; no importer recognises it", STR_ARG(name),
         look == &empty ? "is" : "looks like", look->what);
    return fail_hint(e, "%s Formats that are read: %s.", look->way_out, formats);
}
