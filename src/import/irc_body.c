/*
 * What a line of an IRC log says behind its stamp: somebody's words, an action, or an event. Clients
 * mark events in many ways and word them in as many, so the words are kept as they are; only who did
 * it is looked for.
 */
#include "irc.h"

#include <string.h>

enum { NICK_MAX = 64 };

/* Signs of rank before a nick, as IRC servers have them. */
static str without_rank(str nick)
{
    while (nick.n > 1 && strchr(" @+%&~!", nick.p[0]))
        nick = str_from(nick, 1);
    return nick;
}

static bool is_nick(str s)
{
    if (!s.n || s.n > NICK_MAX)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || strchr("<>,()", s.p[i]))
            return false;
    return s.p[s.n - 1] != ':';
}

static str first_word(str s)
{
    const size_t blank = str_find_byte(s, ' ');
    return blank == STR_NONE ? s : str_sub(s, 0, blank);
}

static str skip_blanks(str s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_from(s, 1);
    return s;
}

/* --- Events ------------------------------------------------------------------------------------ */

static bool contains(str s, const char *words)
{
    return str_find(s, str_of(words)) != STR_NONE;
}

static str word_behind(str s, const char *words)
{
    const size_t at = str_find(s, str_of(words));
    return at == STR_NONE ? STR("") : first_word(str_from(s, at + strlen(words)));
}

/* Whether the words behind a nick (and its address in brackets) are a client's and not a person's. */
static bool is_client_wording(str behind)
{
    static const char *const wordings[] = {
        "has joined",
        "has left",
        "has quit",
        "is now known as ",
        "was kicked ",
        "has been kicked",
        "has kicked ",
        "sets mode",
        "set mode",
        "sets channel ",
        "changes topic to ",
        "changed topic to ",
        "has changed the topic",
        "has set the topic",
        "gives channel ",
        "removes channel ",
        "gives voice ",
        "removes voice ",
        "joined the channel",
        "joined #",
        "left #",
        "left the room",
        "entered the room",
        "left the channel",
        "quit (",
        "changed nick to ",
        "changed the topic",
        "has set channel ",
        "sets ban on ",
        "removes ban on ",
        "invited ",
        "left irc",
        "sets the topic",
        "kicked from ",
    };
    if (str_starts(behind, STR("(")) || str_starts(behind, STR("["))) {
        const size_t end = str_find_byte(behind, behind.p[0] == '(' ? ')' : ']');
        if (end != STR_NONE)
            behind = skip_blanks(str_from(behind, end + 1));
    }
    for (size_t i = 0; i < sizeof wordings / sizeof wordings[0]; i++) {
        const str wording = str_of(wordings[i]);
        if (str_eq_nocase(str_sub(behind, 0, wording.n), wording))
            return true;
    }
    return false;
}

/* "Joins: nick (user@host)" */
static str behind_colon(str event)
{
    static const char *const heads[] = {
        "Joins: ", "Parts: ", "Quits: ", "Join: ", "Part: ", "Quit: "};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        if (str_starts(event, str_of(heads[i])))
            return without_rank(first_word(str_from(event, strlen(heads[i]))));
    return STR("");
}

/* Who did it; empty if the line does not tell. */
static str actor_of(str event)
{
    const str named = behind_colon(event);
    if (named.n)
        return is_nick(named) ? named : STR("");
    const str nick = without_rank(first_word(event));
    const str behind = skip_blanks(str_from(event, first_word(event).n));
    str actor = STR("");
    if (contains(behind, "kicked") || str_starts(event, STR("mode/")) ||
        str_starts(event, STR("ServerMode/")))
        actor = word_behind(event, " by ");
    else if (is_client_wording(behind))
        actor = nick;
    while (actor.n && strchr("!:", actor.p[actor.n - 1]))
        actor.n--;
    return is_nick(actor) && !strchr("#&", actor.p[0]) ? actor : STR("");
}

static struct irc_body event_of(str text)
{
    return (struct irc_body){.saying = IRC_EVENT, .sender = actor_of(text), .text = text};
}

/* --- Actions ----------------------------------------------------------------------------------- */

/* What mIRC tells with a star and without a nick. */
static bool is_client_talk(str text)
{
    static const char *const talks[] = {"Now talking in ",
                                        "Topic is ",
                                        "Set by ",
                                        "Disconnected",
                                        "Attempting to rejoin",
                                        "Rejoined channel ",
                                        "Retrieving ",
                                        "You were kicked",
                                        "Users on #"};
    for (size_t i = 0; i < sizeof talks / sizeof talks[0]; i++)
        if (str_starts(text, str_of(talks[i])))
            return true;
    return false;
}

/* "* nick waves": some clients begin events so too. */
static struct irc_body starred(str words, str behind_star)
{
    const str nick = without_rank(first_word(behind_star));
    const str behind = skip_blanks(str_from(behind_star, first_word(behind_star).n));
    if (behind_colon(behind_star).n || !is_nick(nick) || is_client_wording(behind) ||
        is_client_talk(behind_star))
        return event_of(behind_star);
    return (struct irc_body){.saying = IRC_DID, .sender = nick, .text = words};
}

/* "=== nick waves", or an event: the log bot of Ubuntu's channels writes both so. */
static struct irc_body ruled(str words, str behind_mark)
{
    const str nick = first_word(behind_mark);
    const str behind = skip_blanks(str_from(behind_mark, nick.n));
    if (!behind.n || !is_nick(nick) || str_find_byte(nick, '/') != STR_NONE ||
        strchr("#&[", nick.p[0]) || is_client_wording(behind) || contains(behind, "mode change") ||
        str_eq(nick, STR("Topic")) || str_eq(nick, STR("Irssi:")))
        return event_of(behind_mark);
    return (struct irc_body){.saying = IRC_DID, .sender = nick, .text = words};
}

static const char *const event_marks[] = {
    "*** ", "-!- ", "--> ", "<-- ", "-- ", "-:- ", ">>> ", "!!! ", "--- ", "@ ", "=!= ",
};

static bool take_event_mark(str *words)
{
    for (size_t i = 0; i < sizeof event_marks / sizeof event_marks[0]; i++) {
        const str mark = str_of(event_marks[i]);
        const bool tabbed = str_starts(*words, str_sub(mark, 0, mark.n - 1)) &&
                            words->n >= mark.n && words->p[mark.n - 1] == '\t';
        if (!tabbed && !str_starts(*words, mark))
            continue;
        *words = skip_blanks(str_from(*words, mark.n));
        return true;
    }
    return false;
}

/* --- Words ------------------------------------------------------------------------------------- */

/* "<nick> text", "<@nick> text", "< nick> text", "<nick!user@host> text" */
static bool said(struct irc_body *out, str words)
{
    if (!str_starts(words, STR("<")))
        return false;
    const size_t end = str_find_byte(str_sub(words, 0, 2 * NICK_MAX + 80), '>');
    if (end == STR_NONE || (end + 1 < words.n && !strchr(" \t", words.p[end + 1])))
        return false;
    str nick = without_rank(str_sub(words, 1, end - 1));
    const size_t address = str_find_byte(nick, '!');
    if (address != STR_NONE && address > 0)
        nick = str_sub(nick, 0, address);
    if (!is_nick(nick))
        return false;
    *out = (struct irc_body){.saying = IRC_SAID, .sender = nick, .text = str_from(words, end + 2)};
    return true;
}

/* "-nick- text", "-nick(user@host)- text", "-nick:#channel- text" */
static bool noticed(struct irc_body *out, str words)
{
    const size_t end = str_find(str_sub(words, 0, 2 * NICK_MAX + 80), STR("- "));
    if (!str_starts(words, STR("-")) || end == STR_NONE || end < 2)
        return false;
    str nick = str_sub(words, 1, end - 1);
    for (size_t i = 1; i < nick.n; i++)
        if (strchr("(:", nick.p[i]))
            nick.n = i;
    if (!is_nick(nick))
        return false;
    *out = (struct irc_body){.saying = IRC_SAID, .sender = nick, .text = str_from(words, end + 2)};
    return true;
}

/* WeeChat: what stands in the column of nicks says what the line is. */
static struct irc_body in_columns(str words)
{
    const size_t tab = str_find_byte(words, '\t');
    const struct irc_body unclear = {.saying = IRC_UNCLEAR, .sender = STR(""), .text = words};
    if (tab == STR_NONE)
        return unclear;
    const str column = str_trim(str_sub(words, 0, tab)), text = str_from(words, tab + 1);
    if (str_eq(column, STR("-->")) || str_eq(column, STR("<--")) || str_eq(column, STR("--")) ||
        str_eq(column, STR("=!=")))
        return event_of(text);
    if (str_eq(column, STR("*")))
        return (struct irc_body){.saying = IRC_DID,
                                 .sender = without_rank(first_word(text)),
                                 .text = str_from(words, str_find_byte(words, '*'))};
    str nick = without_rank(column);
    if (nick.n > 2 && nick.p[0] == '<' && nick.p[nick.n - 1] == '>')
        nick = without_rank(str_sub(nick, 1, nick.n - 2));
    if (!is_nick(nick))
        return unclear;
    return (struct irc_body){.saying = IRC_SAID, .sender = nick, .text = text};
}

struct irc_body irc_body_of(str words, bool columns)
{
    if (columns)
        return in_columns(words);
    struct irc_body body;
    str rest = skip_blanks(words);
    if (said(&body, rest))
        return body;
    if (str_starts(rest, STR("=== ")))
        return ruled(rest, skip_blanks(str_from(rest, 4)));
    if (take_event_mark(&rest))
        return event_of(rest);
    if (str_starts(rest, STR("* ")) || str_starts(rest, STR("*\t")) || str_starts(rest, STR("** ")))
        return starred(rest, skip_blanks(str_from(rest, 2)));
    if (noticed(&body, rest))
        return body;
    const str nick = first_word(rest);
    if (behind_colon(rest).n || is_client_wording(skip_blanks(str_from(rest, nick.n))))
        return event_of(rest);
    return (struct irc_body){.saying = IRC_UNCLEAR, .sender = STR(""), .text = rest};
}
