/*
 * What a file looks like that no importer takes. Archives are opened before importers are asked, so one
 * that comes here could not be: it is damaged, or of a kind that is not read.
 */
#include "looks.h"

static const struct {
    str magic;
    struct look look;
} magics[] = {
    {STR_INIT("PK\3\4"),
     {.what = "a ZIP archive", .way_out = "Is it damaged, or not all of it there?"}},
    {STR_INIT("PK\5\6"), {.what = "an empty ZIP archive", .way_out = "Was the download complete?"}},
    {STR_INIT("\x1F\x8B"),
     {.what = "data compressed with gzip", .way_out = "Is it damaged, or not all of it there?"}},
    {STR_INIT("\xFD\x37zXZ"),
     {.what = "data compressed with xz", .way_out = "Is it damaged, or not all of it there?"}},
    {STR_INIT("\x28\xB5\x2F\xFD"),
     {.what = "data compressed with zstd", .way_out = "Is it damaged, or not all of it there?"}},
    {STR_INIT("BZh"),
     {.what = "data compressed with bzip2", .way_out = "Is it damaged, or not all of it there?"}},
    {STR_INIT("7z\xBC\xAF\x27\x1C"),
     {.what = "a 7-Zip archive", .way_out = "Unpack it and import the files inside."}},
    {STR_INIT("Rar!"),
     {.what = "a RAR archive", .way_out = "Unpack it and import the files inside."}},
    {STR_INIT("%PDF-"),
     {.what = "a PDF document",
      .way_out =
          "Look for the page it was printed from, or save its text and check that by hand."}},
    {STR_INIT("SQLite format 3"),
     {.what = "an SQLite database without messages that are known",
      .way_out = "If it is an archive of Stet, name it with -a instead of importing it."}},
    {STR_INIT("\x89PNG"),
     {.what = "a picture (PNG)", .way_out = "Look for the messages as text or as a saved page."}},
    {STR_INIT("\xFF\xD8\xFF"),
     {.what = "a picture (JPEG)", .way_out = "Look for the messages as text or as a saved page."}},
    {STR_INIT("GIF8"),
     {.what = "a picture (GIF)", .way_out = "Look for the messages as text or as a saved page."}},
    {STR_INIT("\x7F\x45LF"),
     {.what = "a program", .way_out = "Name the file that holds the messages."}},
};

static const struct look empty = {
    .empty = true, .what = "empty", .way_out = "Was the download complete?"};
static const struct look binary = {.what = "binary data",
                                   .way_out = "Name the file that holds the messages."};
static const struct look page = {.what = "a web page without messages that are known",
                                 .way_out = "Was the page saved whole, with its text loaded?"};
static const struct look json = {
    .what = "JSON without messages that are known",
    .way_out = "If each line is one message, say with --map what its members are."};
static const struct look plain = {
    .what = "plain text without stamped messages",
    .way_out = "If it is a table, say with --format csv and --map what its columns are."};

static bool has_nocase(str text, str word)
{
    for (size_t at = 0; at + word.n <= text.n; at++)
        if (str_eq_nocase(str_sub(text, at, word.n), word))
            return true;
    return false;
}

const struct look *look_of(str raw, str text)
{
    if (!raw.n)
        return &empty;
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (str_starts(raw, magics[i].magic))
            return &magics[i].look;
    if (str_find_byte(text, '\0') != STR_NONE)
        return &binary;
    const str head = str_trim(str_sub(text, 0, 4096));
    if (str_starts(head, STR("<")) &&
        (has_nocase(head, STR("<html")) || has_nocase(head, STR("<p"))))
        return &page;
    return str_starts(head, STR("{")) || str_starts(head, STR("[{")) ? &json : &plain;
}
