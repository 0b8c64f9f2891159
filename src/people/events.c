/* See events.h. The patterns are tried in order: the first that stands in the text decides. */
#include "events.h"

struct pattern {
    const char *words; /* between the one who acts and what follows */
    enum event_kind kind;
    bool of_object; /* those named after the words; otherwise the one before them */
};

static const struct pattern patterns[] = {
    {"is now known as ", EVENT_RENAMED, true},
    {"changed their name to ", EVENT_RENAMED, true},
    {"changed their phone number to ", EVENT_RENAMED, true},
    {"changed name to ", EVENT_RENAMED, true},
    {"changed to +", EVENT_RENAMED, true},
    {"has joined", EVENT_JOINED, false},
    {"was added", EVENT_JOINED, false},
    {"joined", EVENT_JOINED, false},
    {"Joined", EVENT_JOINED, false},
    {"invited ", EVENT_OTHER, true},
    {"added ", EVENT_JOINED, true},
    {"was removed", EVENT_LEFT, false},
    {"was kicked", EVENT_LEFT, false},
    {"removed ", EVENT_LEFT, true},
    {"kicked ", EVENT_LEFT, true},
    {"has left", EVENT_LEFT, false},
    {"has quit", EVENT_LEFT, false},
    {"left", EVENT_LEFT, false},
    {"Left", EVENT_LEFT, false},
};

/* A word of the text, not a part of one. */
static size_t find_words(str text, str words)
{
    for (size_t at = 0; at < text.n;) {
        const size_t found = str_find(str_from(text, at), words);
        if (found == STR_NONE)
            return STR_NONE;
        const size_t here = at + found;
        const size_t end = here + words.n;
        const char after = end < text.n ? text.p[end] : ' ';
        const bool ends = words.p[words.n - 1] == ' ' || words.p[words.n - 1] == '+' ||
                          after == ' ' || after == '.' || after == ',' || after == ':';
        if ((here == 0 || text.p[here - 1] == ' ') && ends)
            return here;
        at = here + 1;
    }
    return STR_NONE;
}

/* "noll (~noll@pit.example)" and "noll [n=noll@pit]" are noll. */
static str without_host(str name)
{
    name = str_trim(name);
    const char close = name.n ? name.p[name.n - 1] : '\0';
    if (close != ')' && close != ']')
        return name;
    const size_t open = str_find(name, close == ')' ? STR(" (") : STR(" ["));
    return open == STR_NONE ? name : str_sub(name, 0, open);
}

/* Quotation marks around a name, a full stop behind it. */
static str bare(str name)
{
    static const char *const marks[] = {"\"", "'", "\u201C", "\u201D", "\u2018", "\u2019", "."};
    name = str_trim(name);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const str mark = str_of(marks[i]);
        if (mark.p[0] != '.' && str_starts(name, mark))
            name = str_from(name, mark.n);
        if (str_ends(name, mark))
            name = str_sub(name, 0, name.n - mark.n);
    }
    return without_host(name);
}

static void add_name(struct event *out, str name)
{
    if (name.n && out->count < EVENT_NAMES_MAX)
        out->names[out->count++] = name;
}

/* "Ines Rautenberg, 103 and tern to the group" */
static void add_objects(struct event *out, str rest)
{
    static const char *const tails[] = {" to the ", " from the ", " to this ", " from this "};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        const size_t at = str_find(rest, str_of(tails[i]));
        rest = at == STR_NONE ? rest : str_sub(rest, 0, at);
    }
    while (rest.n) {
        const size_t comma = str_find(rest, STR(", ")), and = str_find(rest, STR(" and "));
        const size_t end = comma < and? comma : and;
        add_name(out, bare(str_sub(rest, 0, end == STR_NONE ? rest.n : end)));
        if (end == STR_NONE)
            return;
        rest = str_from(rest, end + (comma < and? 2 : 5));
    }
}

struct event event_read(str text)
{
    struct event out = {.kind = EVENT_OTHER};
    const size_t line = str_find_byte(text, '\n');
    text = str_sub(text, 0, line == STR_NONE ? text.n : line);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const struct pattern *const p = &patterns[i];
        const size_t at = find_words(text, str_of(p->words));
        if (at == STR_NONE)
            continue;
        out.kind = p->kind;
        const str before = bare(str_sub(text, 0, at));
        const size_t plus = str_ends(str_of(p->words), STR("+"));
        const str after = str_from(text, at + str_of(p->words).n - plus);
        if (p->kind == EVENT_RENAMED) {
            out.names[out.count++] = before;
            add_name(&out, bare(after));
            out.kind = out.count == 2 ? EVENT_RENAMED : EVENT_OTHER;
        } else if (p->of_object) {
            add_objects(&out, after);
        } else {
            out.names[out.count++] = before;
        }
        return out;
    }
    return out;
}
