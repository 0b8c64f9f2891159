/* The table of commands. Everything that help, manual page and completion say comes from here. */
#include "commands.h"

#include <assert.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define OPTIONS(array)        \
    {                         \
        (array), COUNT(array) \
    }

static const struct option globals[] = {
    {OPT_ARCHIVE, 'a', "archive", "PATH", NULL,
     "the archive file (otherwise $STET_ARCHIVE, otherwise archive.stet)"},
    {OPT_JSON, 0, "json", NULL, NULL, "JSON Lines: one object a line, for other programs"},
    {OPT_QUIET, 'q', "quiet", NULL, NULL, "results only"},
    {OPT_COLOR, 0, "color", "WHEN", "auto|always|never",
     "auto (on a terminal, unless NO_COLOR is set), always or never"},
    {OPT_PROGRESS, 0, "progress", "HOW", "auto|json|none",
     "of a long import, on standard error: auto (a bar on a terminal), json or none"},
    {OPT_HELP, 'h', "help", NULL, NULL, "what the command takes, with examples"},
    {OPT_VERSION, 0, "version", NULL, NULL, NULL},
};

const struct option_table global_options = OPTIONS(globals);

static const char now_help[] = "what \"today\" means: a time like 2016-08-23T12:00 "
                               "(otherwise this machine's clock)";

static const struct option search_options[] = {
    {OPT_CONTEXT, 'C', "context", "N", NULL,
     "show N messages before and after each hit, at most 100"},
    {OPT_SORT, 0, "sort", "ORDER", "date|-date|relevance",
     "date (oldest first), -date (latest first) or relevance"},
    {OPT_LIMIT, 'n', "limit", "N", NULL, "show N hits (20), or N of each group of facets; 0 shows all"},
    {OPT_AFTER, 0, "after", "KEY", NULL, "the next page: the closing line gives the key"},
    {OPT_COUNT, 'c', "count", NULL, NULL, "only say how many there are"},
    {OPT_FACETS, 0, "facets", NULL, NULL, "count hits by sender, conversation ... and time, with what to add to the query to keep those"},
    {OPT_TIMEOUT, 0, "timeout", "S", NULL,
     "stop after S seconds with what was found until then; so does Ctrl-C"},
    {OPT_EXPLAIN, 0, "explain", NULL, NULL, "show how the query runs and what each part costs"},
    {OPT_MARKS, 0, "marks", NULL, NULL, "[marks] around what was found, also without colour"},
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option show_options[] = {
    {OPT_CONTEXT, 'C', "context", "N", NULL, "show N messages before and after it, at most 1000"},
    {OPT_RAW, 0, "raw", NULL, NULL,
     "the bytes of the source, exactly, proved by their SHA-256 (escaped on a terminal)"},
};

static const struct option list_options[] = {
    {OPT_SORT, 0, "sort", "ORDER", "messages|name|first|last",
     "messages (most first), name, first or last (by date)"},
};

static const struct option people_options[] = {
    {OPT_SORT, 0, "sort", "ORDER", "messages|name|first|last",
     "messages (most first), name, first or last (by date)"},
    {OPT_NAME, 0, "name", "NAME", NULL, "join: what the person is called"},
    {OPT_REASON, 0, "reason", "TEXT", NULL, "join: why you say that they are one person"},
    {OPT_CONFIDENCE, 0, "confidence", "HOW", "low|medium|high", "join: how sure you are (medium)"},
    {OPT_AGAINST, 0, "against", "FILE", NULL,
     "lookalikes: compare with a list of verified handles, one a line"},
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option watch_options[] = {
    {OPT_FORMAT, 0, "format", "NAME", "table|csv|json", "table (usual), csv or json"},
    {OPT_OUTPUT, 'o', "output", "FILE", NULL,
     "write to FILE, which appears whole and readable for you only"},
    {OPT_TRANSLITERATE, 0, "transliterate", NULL, NULL,
     "look for each name in other scripts too, and say which spellings were looked for"},
    {OPT_LIMIT, 'n', "limit", "N", NULL, "name N messages for each name (3); 0 names all"},
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option graph_options[] = {
    {OPT_FORMAT, 0, "format", "NAME", "table|svg|graphml|gexf|dot|csv|json",
     "table (usual), svg: a picture with its table, or a file for other programs"},
    {OPT_OUTPUT, 'o', "output", "FILE", NULL,
     "write to FILE, which appears whole and readable for you only"},
    {OPT_PER, 0, "per", "PERIOD", "month|year", "a graph for each"},
    {OPT_UNDIRECTED, 0, "undirected", NULL, NULL, "between two, whoever answers whom"},
    {OPT_WEIGHTS, 0, "weights", "LIST", NULL,
     "what a tie weighs: reply=3,mention=2,turn=1,copresence=0.1,forward=2,to=1"},
    {OPT_HANDLES, 0, "handles", NULL, NULL, "each handle by itself, also those that were joined"},
    {OPT_EDGE, 0, "edge", NULL, NULL, "the messages that made the edge from A to B: --edge A B"},
    {OPT_LIMIT, 'n', "limit", "N", NULL, "show N people and edges; 0 shows all"},
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option timeline_options[] = {
    {OPT_BY, 0, "by", "UNIT", "day|month|year", "otherwise what suits the span"},
    {OPT_SVG, 0, "svg", "FILE", NULL, "write a picture to FILE as well"},
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option import_options[] = {
    {OPT_FORMAT, 0, "format", "NAME", NULL, "do not detect it: see stet formats"},
    {OPT_TZ, 0, "tz", "ZONE", NULL,
     "the zone of stamps that state none: Europe/Berlin, +02:00 ...; PATH=ZONE for one PATH only"},
    {OPT_DATE_ORDER, 0, "date-order", "ORDER", "dmy|mdy|ymd",
     "which number is the day, where a file does not show it"},
    {OPT_OWNER, 0, "owner", "NAME", NULL, "who \"Me\" and \"You\" are in exports that say only that"},
    {OPT_NAMES, 0, "names", "FILE", NULL,
     "names for bare ids: a CSV or JSON Lines file with an id and a name a line"},
    {OPT_MAP, 0, "map", "COLUMNS", NULL,
     "what the columns of a table are: time=date,sender=user,text=body"},
};

static const struct option tag_options[] = {
    {OPT_OFF, 0, "off", NULL, NULL, "take the tag off instead"},
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option note_options[] = {
    {OPT_TO, 0, "to", "MESSAGE", NULL, "the note is about all messages from the first to this one"},
    {OPT_DELETE, 0, "delete", "N", NULL, "take note N away"},
};

static const struct option saved_options[] = {
    {OPT_OFF, 0, "off", NULL, NULL, "forget the search NAME"},
};

static const struct option serve_options[] = {
    {OPT_PORT, 0, "port", "N", NULL, "listen there; otherwise on any free port"},
    {OPT_NO_BROWSER, 0, "no-browser", NULL, NULL, "say where it is and open nothing"},
    {OPT_IMPORT_FROM, 0, "import-from", "FOLDER", NULL,
     "the page may import what stands in this folder; the archive need not exist yet"},
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option batch_options[] = {
    {OPT_BY, 0, "by", "UNIT", "sender|month", "a line for each sender or month, not for each query"},
    {OPT_LITERAL, 0, "literal", NULL, NULL,
     "each line is a name or phrase, not a query: nothing in it is an operator"},
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option export_options[] = {
    {OPT_FORMAT, 0, "format", "NAME", "jsonl|csv|html|md|txt",
     "jsonl (the usual): everything, for another archive; csv: safe for spreadsheets; html, md, txt: "
     "a transcript with citations"},
    {OPT_OUTPUT, 'o', "output", "FILE", NULL,
     "write to FILE, which appears whole and readable for you only"},
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option clock_options[] = {
    {OPT_SOURCE, 0, "source", "NAME", NULL,
     "look at this source only, as stet sources names it (may be given again)"},
    {OPT_APPLY, 0, "apply", NULL, NULL, "read the stamps in the zone found; marked as inferred"},
    {OPT_REVERT, 0, "revert", NULL, NULL, "read them as at import again"},
};

static const struct option cite_options[] = {
    {OPT_FORMAT, 0, "format", "NAME", "plain|markdown|html|bibtex|csl-json",
     "plain (a footnote), markdown, html, bibtex or csl-json"},
    {OPT_WITNESSES, 0, "witnesses", NULL, NULL,
     "with each place where it stands: file, bytes, SHA-256"},
};

static const struct option gaps_options[] = {
    {OPT_IN, 0, "in", "CONVERSATION", NULL, "look at this conversation only"},
    {OPT_LIMIT, 'n', "limit", "N", NULL, "show N of each kind (10); 0 shows all"},
};

static const struct option claim_options[] = {
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option verify_options[] = {
    {OPT_BY, 0, "by", "NAME", NULL, "who is said to have written it"},
    {OPT_ON, 0, "on", "DATE", NULL, "when: 2016-08-23, \"august 2016\", 2016-07..2016-11"},
    {OPT_IN, 0, "in", "CONVERSATION", NULL, "look in this conversation only"},
    {OPT_TZ, 0, "tz", "ZONE", NULL, "try the date in this time zone too: Europe/London ..."},
    {OPT_FILE, 'f', "file", "FILE", NULL,
     "check a list: one quotation a line, or JSON Lines with \"quote\", \"by\", \"on\", \"in\""},
    {OPT_DRAFT, 'd', "draft", "FILE", NULL,
     "check every quotation of a draft: HTML, DOCX, ODT, Markdown, text"},
    {OPT_HTML, 0, "html", "FILE", NULL, "with --draft: write the report as a page to FILE"},
    {OPT_NOW, 0, "now", "TIME", NULL, now_help},
};

static const struct option audit_options[] = {
    {OPT_QUICK, 0, "quick", NULL, NULL,
     "the archive with itself: tables, index, log and roots; reads no source"},
    {OPT_SOURCES, 0, "sources", NULL, NULL, "only the SHA-256 of every source file"},
    {OPT_SAMPLE, 0, "sample", "N", NULL, "only the bytes of N messages chosen by chance"},
};

static const struct option evidence_options[] = {
    {OPT_OUTPUT, 'o', "output", "FILE", NULL,
     "write to FILE, which appears whole and readable for you only"},
    {OPT_CONTEXT, 'C', "context", "N", NULL,
     "N messages before and after each (3), at most 100"},
};

static const struct option compare_options[] = {
    {OPT_SOURCE, 0, "source", "NAME", NULL,
     "given twice: compare two sources of one archive, by number or name"},
    {OPT_IN, 0, "in", "CONVERSATION", NULL, "compare this conversation only: its title or key"},
    {OPT_LIMIT, 'n', "limit", "N", NULL, "show N differences (20); 0 shows all"},
    {OPT_HTML, 0, "html", "FILE", NULL, "write all of it as a page to FILE as well"},
};

static const struct option help_options[] = {
    {OPT_MAN, 0, "man", NULL, NULL, NULL},
    {OPT_WORDS, 0, "words", NULL, NULL, NULL},
};

static const struct command commands[] = {
    {.name = "search",
     .arguments = "QUERY...",
     .summary = "find messages by word, phrase, date, participant",
     .details =
         "Words must all stand in one message; case, accents and the style of quotation marks do "
         "not matter. Quotation marks make a phrase, OR and NOT are written in capitals, and "
         "fields "
         "narrow the search: from:name, in:conversation, during:2016-08, has:link. The language is "
         "described in docs/query-language.md.\n\n"
         "Several arguments are joined with blanks; - reads the query from standard input, which "
         "keeps it out of the shell's history. Standard output is the same plain text whether it "
         "goes to a file or another program; on a terminal it has colours and the query as it was "
         "understood.\n\n"
         "The exit status is 1 if nothing was found; then every part of the query is counted by "
         "itself.",
     .min_args = 1,
     .max_args = -1,
     .options = OPTIONS(search_options),
     .examples = {{"stet search 'permit hearing'", "both words in one message"},
                  {"stet search '\"dredging permit\" during:2016-03' -C 3",
                   "a phrase, in one month, with the messages around it"},
                  {"stet search --facets 'harbour OR harbor'", "who, where, when"}}},
    {.name = "show",
     .arguments = "MESSAGE",
     .summary = "a message in its conversation, and where in its source it stands",
     .details =
         "MESSAGE is the number that a search shows, or a citation like "
         "2015-11-19T13:46:39/5937-c3f1, which names the same message in every archive that holds "
         "it. Byte ranges include both ends.",
     .files_program = "import",
     .file_options = {OPT_RAW, OPT_RAW},
     .min_args = 1,
     .max_args = 1,
     .options = OPTIONS(show_options),
     .examples = {{"stet show 1523 -C 5", "with five messages before and after"},
                  {"stet show 1523 --raw | sha256sum", "prove its bytes without us"}}},
    {.name = "verify",
     .arguments = "[QUOTE...]",
     .summary = "does this quotation stand in the archive, word for word, by whom, when?",
     .details =
         "Each quotation gets a verdict: verbatim, typographic (case, marks, spacing), marked "
         "(brackets, ellipses), altered, near, absent or ambiguous, with every difference, the "
         "messages it comes from and a citation. A verdict says that it is the same as this "
         "archive, never that it is authentic. docs/verdicts.md explains each with an example.\n\n"
         "- reads quotations from standard input, one a line or as JSON Lines; outer quotation "
         "marks do not matter. The exit status is 0 if all stand and 1 if any does not.",
     .max_args = -1,
     .files_program = "draft",
     .file_options = {OPT_DRAFT, OPT_FILE},
     .options = OPTIONS(verify_options),
     .examples = {{"stet verify 'better to wait' --by noll --on 2016-03", "one quotation"},
                  {"stet verify --draft article.html --html report.html",
                   "a whole draft, and a report to print and file"},
                  {"stet verify --json - < quotes.txt", "a list, for another program"}}},
    {.name = "tag",
     .arguments = "[NAME QUERY...]",
     .summary = "tag all hits of a query; without arguments: the tags",
     .details = "Tags and notes stand in the archive beside the messages and change nothing of "
                "them. tag:NAME finds what is tagged. stet undo takes the last act back.",
     .max_args = -1,
     .touches = TOUCHES_MARKS,
     .options = OPTIONS(tag_options),
     .examples = {{"stet tag lead 'from:noll permit'", "all hits"},
                  {"stet tag star id:1523", "one message"},
                  {"stet tag --off lead tag:lead", "nothing is a lead any more"}}},
    {.name = "note",
     .arguments = "[MESSAGE TEXT...]",
     .summary = "write a note on a message or a range; without arguments: the notes",
     .details = "note:WORD finds messages whose note has the word.",
     .max_args = -1,
     .touches = TOUCHES_MARKS,
     .options = OPTIONS(note_options),
     .examples = {{"stet note 1523 'ask the clerk about page 4'", "on one message"},
                  {"stet note 1523 --to 1530 'the whole exchange'", "on a range"}}},
    {.name = "saved",
     .arguments = "[NAME [QUERY...]]",
     .summary = "searches to come back to: list them, show one, keep one",
     .details = "",
     .max_args = -1,
     .touches = TOUCHES_MARKS,
     .options = OPTIONS(saved_options),
     .examples = {{"stet saved permits 'permit* during:2016'", "keep it"},
                  {"stet search \"$(stet saved permits)\"", "run it"}}},
    {.name = "marks",
     .arguments = "FILE",
     .summary = "take in a colleague's tags and notes, from an export as JSON Lines",
     .details = "Messages are found by their citations, which are the same in every archive that "
                "holds them. What is there already is not added twice.",
     .min_args = 1,
     .max_args = 1,
     .touches = TOUCHES_ARGUMENTS,
     .examples = {{"stet marks from-ines.jsonl", "after: stet export has:tag -o from-ines.jsonl"}}},
    {.name = "undo",
     .summary = "take back the last tag, note or saved search",
     .details = "Again and again, back to the first.",
     .touches = TOUCHES_MARKS,
     .examples = {{"stet undo", "as if it had not been done"}}},
    {.name = "serve",
     .summary = "the archive in the browser, for this machine only",
     .details =
         "Listens on 127.0.0.1 and answers nobody without the key that the browser gets through a "
         "file that only you can read. The page loads nothing from anywhere else, works without "
         "JavaScript, and links in messages are never followed. Once it listens, the process can "
         "open no connection of its own and no file but the archive and its sources, and with "
         "--import-from that folder. Scripts use the same data: /api/1/ (docs/api.md).",
     .program = "serve",
     .touches = TOUCHES_SERVED,
     .options = OPTIONS(serve_options),
     .examples = {{"stet serve -a leak.stet", "opens a browser, or says which file to open"},
                  {"stet serve -a new.stet --import-from Downloads",
                   "and bring in what was leaked from the page"}}},
    {.name = "batch",
     .arguments = "FILE",
     .summary = "run a file of queries or names: how often, when, by whom",
     .details =
         "FILE holds one query a line (- is standard input); lines that are empty or begin with # "
         "are passed over. A line that cannot be understood is reported with its number, the "
         "others run, and the exit status is 2. With --json each query gives all its senders and "
         "months.",
     .min_args = 1,
     .max_args = 1,
     .touches = TOUCHES_GIVEN,
     .options = OPTIONS(batch_options),
     .examples = {{"stet batch names.txt --literal", "who is mentioned, how often, by whom"},
                  {"stet batch queries.txt --by month", "over time"}}},
    {.name = "people",
     .arguments = "[ACT [NAME...]]",
     .summary = "who wrote; who is who, who looks like whom, who was there when",
     .details =
         "Alone: one line for each sender as the sources name them, with the person to whom you "
         "joined it. A handle is what a source shows, a person is your claim:\n\n"
         "join A B ... says that these are one person, with a reason and how sure you are; split A "
         "takes that back; rename PERSON NAME; hands A TEXT notes that several people use an account "
         "(no TEXT: takes the note back); suggest shows what speaks for joining, never an equal name "
         "alone. Claims change no message, have a date, and stet undo takes the last one back. by:NAME "
         "searches all handles of a person, from:NAME the handle.\n\n"
         "lookalikes finds names that a reader would take for each other. presence shows who was in a "
         "conversation when; presence NAME one person's hours, weekdays, months and response times. "
         "docs/people.md has examples.",
     .max_args = -1,
     .program = "people",
     .touches = TOUCHES_MARKS,
     .options = OPTIONS(people_options),
     .examples = {{"stet people --sort last", "who was silent first"},
                  {"stet people join noll n0ll --reason 'same number' --confidence high",
                   "two handles, one person"},
                  {"stet people lookalikes --against verified.txt", "who poses as somebody?"},
                  {"stet people presence noll", "one person's day and year"}}},
    {.name = "watch",
     .arguments = "FILE",
     .summary = "names of a list: who is mentioned, by whom, when, how often",
     .details =
         "FILE holds one name a line, its aliases behind it, parted by semicolons: Ines Rautenberg; "
         "Rautenberg; i.rautenberg. Lines that are empty or begin with # are passed over; - is "
         "standard input. Names are found as phrases, whatever their case and accents, and as "
         "@handles. Nothing is looked for that is not shown.",
     .min_args = 1,
     .max_args = 1,
     .program = "people",
     .touches = TOUCHES_GIVEN,
     .options = OPTIONS(watch_options),
     .examples = {{"stet watch names.txt", "a table, with the first messages"},
                  {"stet watch names.txt --transliterate --format csv -o names.csv",
                   "in other scripts too, for a spreadsheet"}}},
    {.name = "graph",
     .arguments = "[QUERY...]",
     .summary = "who is near whom: influence, groups, a picture",
     .details =
         "Edges are made of answers, mentions, turns in a conversation, days together, forwards and "
         "addressees, of nothing outside the archive; docs/graph.md explains each weight and number. "
         "With a query, of the messages that it finds. Handles that you joined are one person. The "
         "same archive gives the same numbers and the same picture. The exit status is 1 if there is "
         "no edge.",
     .max_args = -1,
     .program = "graph",
     .options = OPTIONS(graph_options),
     .examples = {{"stet graph --format svg -o people.svg", "a picture, with its table"},
                  {"stet graph --edge noll tern during:2016", "the messages behind one edge"},
                  {"stet graph --format gexf -o people.gexf", "for Gephi, with times"},
                  {"stet graph --per year", "how it changed"}}},
    {.name = "conversations",
     .summary = "the conversations, their sizes and spans",
     .details = "",
     .options = OPTIONS(list_options),
     .examples = {{"stet conversations", "the largest first"}}},
    {.name = "timeline",
     .arguments = "[QUERY...]",
     .summary = "how many messages per day, month or year",
     .details = "Without a query: of everything. Times are as shown in the sources. Units in which "
                "nothing was written stay in the picture. --svg writes a file that needs nothing "
                "else: it can be printed or put on a page.",
     .max_args = -1,
     .options = OPTIONS(timeline_options),
     .examples = {{"stet timeline", "the archive as a whole"},
                  {"stet timeline 'permit' --by month --svg permit.svg", "a picture"}}},
    {.name = "sources",
     .summary = "the files that were imported, with their hashes",
     .details = "",
     .examples = {{"stet sources", "what this archive was made of"}}},
    {.name = "issues",
     .summary = "what could not be read, where it stands, what to do",
     .details =
         "Nothing is left out silently: what is not a message, an event or known wrapping of "
         "a format is listed here with its byte offset.",
     .examples = {{"stet issues", "read this before you say that something is not there"}}},
    {.name = "info",
     .summary = "the archive in a few lines",
     .details = "",
     .examples = {{"stet info", "size, span, time zone and how it is known"}}},
    {.name = "export",
     .arguments = "[QUERY...]",
     .summary = "messages out of the archive, for other programs and archives",
     .details =
         "Without a query: everything. Messages come in order of time, each with its conversation, "
         "sender, times, flags, attachments, reactions and every place where it stands in a "
         "source. The same archive and query give the same bytes. Names of source files are "
         "written, the folders they were in are not. The exit status is 1 if nothing was found.",
     .max_args = -1,
     .options = OPTIONS(export_options),
     .examples = {{"stet export -o all.jsonl", "the whole archive"},
                  {"stet export 'in:pit during:2016' > pit.jsonl", "a part of it"}}},
    {.name = "cite",
     .arguments = "MESSAGE...",
     .summary = "citations of messages, for footnotes and bibliographies",
     .details =
         "A citation is made of the message itself: conversation, sender, time as shown and text. "
         "It is the same whatever the files were called, in which order or in which of two formats "
         "they were imported. MESSAGE is a number that a search shows, or a citation.",
     .min_args = 1,
     .max_args = -1,
     .options = OPTIONS(cite_options),
     .examples = {{"stet cite 1523", "a footnote"},
                  {"stet cite 1523 1524 --format bibtex", "for a bibliography"}}},
    {.name = "clock",
     .summary = "which time zone do the stamps keep, by what the messages themselves say",
     .details =
         "Links to posts and pictures hold the UTC time at which these were made, and a message "
         "cannot be older than what it links to. Every zone of the system's database is held "
         "against all such links; zones whose clocks were the same all the time are one. "
         "docs/claims.md explains the verdict.\n\n"
         "Without an option nothing is changed. --apply notes the zone for the sources that tell "
         "of their own time (or those named with --source): UTC changes and is marked as inferred "
         "everywhere, the time as shown, citations and numbers stay. The exit status is 1 if the "
         "zone is not decided.",
     .options = OPTIONS(clock_options),
     .examples = {{"stet clock", "the evidence and the verdict"},
                  {"stet clock --apply", "use it; stet clock --revert takes it back"}}},
    {.name = "gaps",
     .summary = "what may be missing: silences, ids, sides, dates",
     .details =
         "Observations, not accusations: silences that are long for that person or conversation, "
         "numbers left out where a platform counts its messages, days on which only one side of "
         "two is there, messages marked as deleted, events, stretches without a date. Each says "
         "what is not in this archive, never why. docs/claims.md tells how each is found.",
     .options = OPTIONS(gaps_options),
     .examples = {{"stet gaps", "all conversations"},
                  {"stet gaps --in pit -n 0", "everything about one"}}},
    {.name = "count",
     .arguments = "QUERY... [/ QUERY...]",
     .summary = "how many, and which share of what, as a sentence to cite",
     .details =
         "The count is exact. After a / of its own stands what it is a share of: messages that "
         "match both are counted against those that match the second. Without one the share is of "
         "all messages; events (somebody joined, a title changed) are not messages.",
     .min_args = 1,
     .max_args = -1,
     .options = OPTIONS(claim_options),
     .examples = {{"stet count permit", "of all messages"},
                  {"stet count permit / from:noll", "how many of noll's messages have it"}}},
    {.name = "first",
     .arguments = "QUERY...",
     .summary = "the first message that matches, as a sentence to cite",
     .details = "By the time as stored; what has no date cannot be first and is counted. The exit "
                "status is 1 if nothing matches.",
     .min_args = 1,
     .max_args = -1,
     .options = OPTIONS(claim_options),
     .examples = {{"stet first 'from:tern permit'", "when tern first wrote of it"}}},
    {.name = "last",
     .arguments = "QUERY...",
     .summary = "the last message that matches, as a sentence to cite",
     .details = "As stet first, from the other end.",
     .min_args = 1,
     .max_args = -1,
     .options = OPTIONS(claim_options),
     .examples = {{"stet last 'from:tern'", "the last that tern wrote"}}},
    {.name = "between",
     .arguments = "MESSAGE MESSAGE",
     .summary = "the time from one message to another, and what was written in between",
     .details = "Exact to what the stamps show. MESSAGE is a number or a citation.",
     .min_args = 2,
     .max_args = 2,
     .examples = {{"stet between 1523 1524", "\"eighteen seconds later\""}}},
    {.name = "never",
     .arguments = "QUERY...",
     .summary = "that nothing matches, and what exactly was searched",
     .details =
         "The exit status is 0 if nothing matches: then it says how many messages of which sources "
         "and times were searched, how words were compared, and what a search cannot see: bytes "
         "that could not be read, redacted and deleted messages, pictures and recordings. It is 1 "
         "if something matches; the first hits are shown.",
     .min_args = 1,
     .max_args = -1,
     .options = OPTIONS(claim_options),
     .examples = {{"stet never 'from:noll ferry'", "noll never wrote of the ferry"}}},
    {.name = "import",
     .arguments = "PATH...",
     .summary = "bring files and folders into an archive",
     .details =
         "PATH is a file, a folder with all in it, or an archive (ZIP, tar, compressed or not), which "
         "is read in place, also archives inside it. The format is detected; every byte of a source "
         "becomes a message, an event, known wrapping or a reported issue, and an independent count "
         "must agree, or nothing of that source is kept. A message that is already here gets one "
         "more witness. The archive is created if it does not exist, readable for you only. - is "
         "standard input.\n\n"
         "Files are read by a process that can open nothing, start nothing and reach no network. If "
         "one makes its reader fail, that file is reported and the others go on.\n\n"
         "Stopping (Ctrl-C) leaves the archive as it was before the source being read. The exit "
         "status is 1 if a source failed and 2 if nothing could be done.",
     .program = "import",
     .touches = TOUCHES_ARGUMENTS,
     .min_args = 1,
     .max_args = -1,
     .options = OPTIONS(import_options),
     .examples = {{"stet import leak.html chats/ export.zip",
                   "a file, all files of a folder, all files in an archive"},
                  {"stet import --tz America/New_York dump.txt",
                   "its stamps are New York time: you know it from elsewhere"},
                  {"stet import --tz a.txt=Europe/Rome --date-order dmy a.txt b.txt",
                   "one file's zone, and the order of dates in both"}}},
    {.name = "audit",
     .summary = "read the sources again: does the archive still say what they say?",
     .details = "Every record is read again and compared with what is stored: text, time, sender, "
                "place and hash, both ways; then the index with the text. Nothing is repaired. The "
                "exit status is 1 if anything disagrees or a source could not be read.",
     .program = "import",
     .touches = TOUCHES_SOURCES,
     .options = OPTIONS(audit_options),
     .examples = {{"stet audit", "before you publish"},
                  {"stet audit --quick", "after copying the archive"},
                  {"stet audit --sample 500", "when the sources are very large"}}},
    {.name = "custody",
     .summary = "what was done to the archive, and the roots that stand for all it holds",
     .details =
         "The log names each act with the number of messages, and never a person, a machine or the "
         "words of a tag or note; each entry holds the hash of the one before. The root is a "
         "Merkle tree over the sources and the messages: note it outside the archive, and nobody "
         "can change a message later without changing it. What is noted nowhere else proves "
         "nothing, because whoever can write the archive can write a new log. STET_NO_LOG=1 keeps "
         "acts out of it.\n\n"
         "All of it is checked, and the exit status is 1 if anything does not fit.",
     .examples = {{"stet custody", "the log, checked, and the root"}}},
    {.name = "evidence",
     .arguments = "MESSAGE...",
     .summary = "a ZIP file that proves messages to somebody without Stet",
     .details =
         "For each message: its text, the bytes of its record in every source that is still there, "
         "their ranges and hashes, the messages around it, how its time is known, its citation, "
         "and the way from it to the root of the archive; then the list of sources, instructions "
         "in plain words, and verify.py, which checks all that with Python alone. Made twice it is "
         "the same to the byte. No name of a folder, a machine or its user is in it; names of "
         "source files are.\n\n"
         "MESSAGE is a number or a citation.",
     .touches = TOUCHES_RECORDS,
     .min_args = 1,
     .max_args = -1,
     .options = OPTIONS(evidence_options),
     .examples = {{"stet evidence 1523 1524 -o permit.zip", "two messages"},
                  {"stet evidence 2016-03-02T09:42:00/5937-c3f1 -o permit.zip -C 10",
                   "by its citation, with more around it"}}},
    {.name = "compare",
     .arguments = "[A.stet B.stet]",
     .summary = "two copies of the same messages: what is missing, added, changed, moved",
     .details =
         "Two archives, or two sources of one. First the shift of their clocks is found, then "
         "every message of one is looked for in the other: what only one side has, texts that "
         "differ (with the words), black bars, other senders, times that differ beyond the shift, "
         "messages that stand elsewhere. Archives of one copy each say most; import nothing else "
         "into them. A comparison says where copies differ, not which is right.\n\n"
         "The exit status is 0 if they agree in everything and 1 if not.",
     .touches = TOUCHES_GIVEN,
     .max_args = 2,
     .options = OPTIONS(compare_options),
     .examples = {{"stet compare ours.stet theirs.stet", "what differs, with the words"},
                  {"stet compare -a all.stet --source 1 --source 2", "two sources of one archive"},
                  {"stet compare a.stet b.stet --html differences.html", "to print and file"}}},
    {.name = "formats",
     .summary = "what can be imported, and where people find such files",
     .details = "",
     .program = "import",
     .examples = {{"stet formats", "all of them"}}},
    {.name = "doctor",
     .summary = "what protects you and your sources on this machine, and what does not",
     .details =
         "Looks at the sandbox (system calls, files), core files, the archive's modes and folder, "
         "swap, the database of time zones, and whether libraries are older than versions known to "
         "be good. What cannot be told from here is called unknown. Nothing is changed. The exit "
         "status is 1 if something important is missing.",
     .touches = TOUCHES_SYSTEM,
     .examples = {{"stet doctor", "before the first import"}}},
    {.name = "help",
     .arguments = "[COMMAND]",
     .summary = "this list, or what a command takes",
     .details = "",
     .max_args = 1,
     .options = OPTIONS(help_options)},
    {.name = "version", .summary = "which Stet this is", .details = ""},
};

size_t command_count(void)
{
    return COUNT(commands);
}

const struct command *command_at(size_t i)
{
    return &commands[i];
}

const struct command *command_find(str name)
{
    for (size_t i = 0; i < COUNT(commands); i++)
        if (str_eq(name, str_of(commands[i].name)))
            return &commands[i];
    return NULL;
}

static const char *name_at(const void *context, size_t i)
{
    (void)context;
    return commands[i].name;
}

const struct command *command_nearest(str name)
{
    const char *const near = opts_nearest(name, name_at, NULL, COUNT(commands));
    return near ? command_find(str_of(near)) : NULL;
}

const struct option *command_option(const struct command *c, enum option_id id)
{
    for (size_t i = 0; i < c->options.count; i++)
        if (c->options.options[i].id == id)
            return &c->options.options[i];
    for (size_t i = 0; i < COUNT(globals); i++)
        if (globals[i].id == id)
            return &globals[i];
    assert(!"a command reads an option that it does not list");
    return NULL;
}
