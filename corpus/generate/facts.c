/*
 * Planting: the exchanges of facts_table.c and the undated events go in at their times. An event's
 * time decides its place only; it is not shown. The group's own talk keeps clear of the exchanges.
 */
#include "facts.h"

#include "calendar.h"
#include "text.h"

#include <string.h>

struct event {
    const char *at, *text;
};

static const struct event events[] = {
    {"2016-02-02 19:41:00", "You added tern"},
    {"2016-02-03 00:00:00", "You added Old Harbourmaster"},
    {"2016-02-03 00:00:01", "You added Mudlark 7"},
    {"2016-02-09 00:00:00", "tern added Zoë B"},
    {"2016-03-02 00:00:00", "Zoë B added Saltmarsh Sue"},
    {"2016-03-14 00:00:00", "tern added weir dreams"},
    {"2016-04-11 00:00:00", "Old Harbourmaster added ferry_nils"},
    {"2016-05-20 00:00:00", "You added kelp"},
    {"2016-06-17 00:00:00", "You added Tidal Arithmetic"},
    {"2016-06-21 23:00:00", "You changed the group name to Mud & Numbers"},
    {"2016-09-01 00:00:00", "ferry_nils added Βασιλική"},
    {"2016-10-05 00:00:00", "Lirra Watch added Lirra Watch Upriver"},
    {"2017-02-20 00:00:00", "Βασιλική added Нина К"},
    {"2017-02-21 20:20:30", "weir dreams changed the group name to a tide comes back"},
    {"2017-07-03 00:00:00", "Mudlark 7 added Ostmole 44"},
    {"2017-10-19 12:00:00", "Ostmole 44 left"},
    {"2017-10-19 12:00:01", "kelp added"},
    {"2018-04-02 00:00:00", "Нина К left"},
    {"2018-08-29 21:31:00", "Lirra Watch Upriver left"},
    {"2018-08-29 21:32:00", "Mudlark 7 left"},
    {"2018-08-29 21:33:00", "tern left"},
    {"2018-08-29 21:34:00", "Old Harbourmaster left"},
    {"2018-08-29 21:35:00", "Lirra Watch left"},
};
enum { EVENTS = sizeof events / sizeof events[0] };

static void add_latest(struct release *release)
{
    const int64_t local = calendar_read("2018-08-29 21:36:00");
    const int64_t tweet_ms = (calendar_utc(local) - 1500) * 1000 + 417;
    struct text line = {0};
    text_puts(&line, "[LatestTweetID] ");
    text_number(&line, (tweet_ms - 1288834974657) * 4194304 + 4096 * 133);
    release_add(release, (struct entry){.kind = ENTRY_LATEST, .local = local}, line.bytes);
    text_free(&line);
}

int facts_add(struct release *release)
{
    for (int i = 0; i < FACTS; i++) {
        const struct entry entry = {
            .kind = ENTRY_MESSAGE, .local = calendar_read(facts[i].at), .sender = facts[i].sender};
        release_add(release, entry, facts[i].text);
    }
    struct text line = {0};
    for (int i = 0; i < EVENTS; i++) {
        text_clear(&line);
        text_puts(&line, "[DMConversationEntry] ");
        text_puts(&line, events[i].text);
        const struct entry entry = {.kind = ENTRY_EVENT, .local = calendar_read(events[i].at)};
        release_add(release, entry, line.bytes);
    }
    text_free(&line);
    add_latest(release);
    return FACTS;
}

int64_t facts_free_time(int64_t local, int after)
{
    enum { BEFORE_SECONDS = 130, AFTER_SECONDS = 190 };
    for (int i = 0; i < FACTS;) {
        int last = i;
        while (last + 1 < FACTS && !facts[last + 1].what)
            last++;
        const int64_t end = calendar_read(facts[last].at);
        if (local >= calendar_read(facts[i].at) - BEFORE_SECONDS && local < end + AFTER_SECONDS)
            local = end + after;
        i = last + 1;
    }
    return calendar_unambiguous(local);
}

/* A cell of the table: `|` is escaped, an LF shown as a return sign. */
static void put_cell(const char *s, FILE *out)
{
    for (; *s; s++) {
        if (*s == '|')
            fputs("\\|", out);
        else if (*s == '\n')
            fputs(" \u23ce ", out);
        else
            fputc(*s, out);
    }
}

void facts_print(FILE *out)
{
    fputs("| fact | shown | sender | text | what it is | good for |\n", out);
    fputs("|---|---|---|---|---|---|\n", out);
    for (int i = 0; i < FACTS; i++) {
        const char *const tick = strchr(facts[i].text, '`') ? "``" : "`";
        fprintf(out, "| %s | %s | %s | %s", facts[i].exchange, facts[i].at, facts[i].sender, tick);
        put_cell(facts[i].text, out);
        fprintf(out, "%s | ", tick);
        put_cell(facts[i].what ? facts[i].what : "\u2033", out);
        fputs(" | ", out);
        put_cell(facts[i].use ? facts[i].use : "", out);
        fputs(" |\n", out);
    }
}
