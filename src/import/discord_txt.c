/*
 * DiscordChatExporter's plain text (https://github.com/Tyrrrz/DiscordChatExporter): a preamble between
 * two rules of 62 '=', then "[stamp] name" in a line, the words below it, and what hangs on them under
 * "{Attachments}", "{Embed}", "{Stickers}", "{Reactions}"; a footer with the number of messages.
 *
 * - There are no ids, neither of messages nor of people, and the zone of the stamps is not told.
 * - Nothing tells a line "[12/05/2023 10:15 AM] noll" that somebody wrote from a head: a head follows a
 *   blank line and looks like the first one, figure for figure and word for word.
 * - How a date is written depends on the language of who exported: day or month first is decided for
 *   the whole file.
 */
#include "discord_page.h"

#include "count_lines.h"
#include "line_records.h"
#include "moment.h"
#include "written_order.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { RULE_LENGTH = 62, STAMP_BYTES_MAX = 64, HEAD_BLANK = 2 };

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena, kept;
    str path, guild, channel, key;
    uint64_t rules; /* lines of '=' so far */
    uint64_t shape; /* of the first head's stamp */
    bool footer;
    struct written_order dates;
    struct line_note undated;
    uint64_t records, promised;
    bool has_promise;
};

/* --- What a line is ----------------------------------------------------------------------------- */

static bool is_rule(str line)
{
    if (line.n != RULE_LENGTH)
        return false;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != '=')
            return false;
    return true;
}

/* "[stamp] name": the stamp, and the name behind it. */
static bool split_head(str line, str *stamp, str *name)
{
    const size_t end = str_find_byte(str_sub(line, 0, STAMP_BYTES_MAX), ']');
    if (!str_starts(line, STR("[")) || end == STR_NONE || end < 6)
        return false;
    *stamp = str_sub(line, 1, end - 1);
    *name = str_from(line, end + 1);
    if (!str_starts(*name, STR(" ")) || name->n < 2)
        return false;
    *name = str_from(*name, 1);
    return true;
}

/* How a stamp is written: each run of figures and each word counts as one sign. */
static uint64_t shape_of(str stamp)
{
    char shape[STAMP_BYTES_MAX];
    size_t n = 0;
    for (size_t i = 0; i < stamp.n && n < sizeof shape; i++) {
        const char c = stamp.p[i];
        const bool word = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        const char sign = (char)(c >= '0' && c <= '9'               ? '9'
                                 : word || (unsigned char)c >= 0x80 ? 'a'
                                                                    : c);
        if (!n || (sign != '9' && sign != 'a') || shape[n - 1] != sign)
            shape[n++] = sign;
    }
    return str_hash((str){shape, n});
}

static bool is_footer(str line)
{
    return str_starts(line, STR("Exported ")) && str_ends(line, STR("message(s)"));
}

static enum line_role role_of(void *context, const struct line_at *l)
{
    struct reader *r = context;
    str stamp, name;
    if (is_rule(l->text) && (r->rules < HEAD_BLANK || is_footer(l->next) || r->footer)) {
        r->rules++;
        r->footer = r->footer || is_footer(l->next);
        return LINE_WRAPPING;
    }
    if (r->rules < HEAD_BLANK || r->footer)
        return LINE_WRAPPING;
    if (!l->after_blank || !split_head(l->text, &stamp, &name))
        return LINE_GOES_ON;
    const uint64_t shape = shape_of(stamp);
    r->shape = r->shape ? r->shape : shape;
    return r->shape == shape ? LINE_BEGINS : LINE_GOES_ON;
}

/* The same dumbly, for the counter. state[6]: the shape of the first stamp, [7]: 1 if the line before is
   blank, and above it the rules seen. */
static bool counts(struct counter *c, str head)
{
    const bool after_blank = c->state[7] & 1;
    const uint64_t rules = c->state[7] >> 1;
    const bool rule = head.n == RULE_LENGTH && strspn(head.p, "=") >= RULE_LENGTH;
    c->state[7] = (rules + rule) << 1 | !head.n;
    size_t at = 1;
    uint64_t shape = 5381;
    if (rules < HEAD_BLANK || !after_blank || head.n < 8 || head.p[0] != '[')
        return false;
    for (char last = 0; at < head.n && head.p[at] != ']'; at++) {
        const unsigned char b = (unsigned char)head.p[at];
        const char sign = (char)(isdigit(b) ? '0' : isalpha(b) || b > 127 ? 'x' : b);
        if (sign != last || (sign != '0' && sign != 'x'))
            shape = shape * 33 + (unsigned char)sign;
        last = sign;
    }
    if (at < 6 || at >= STAMP_BYTES_MAX || at + 2 >= head.n || head.p[at + 1] != ' ')
        return false;
    if (!c->state[6])
        c->state[6] = shape;
    return c->state[6] == shape;
}

static void count(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
}

static bool look_at(void *context, const struct line_at *l)
{
    struct reader *r = context;
    str stamp, name;
    if (role_of(r, l) == LINE_BEGINS && split_head(l->text, &stamp, &name))
        written_order_see(&r->dates, stamp);
    return true;
}

/* --- Around the messages -------------------------------------------------------------------------- */

static void take_field(struct reader *r, str line, const char *name, str *field)
{
    const str head = str_of(name);
    if (!field->n && str_starts(line, head))
        *field = arena_dup(&r->kept, str_trim(str_from(line, head.n)));
}

static enum status on_wrapping(void *context, const struct line_at *l, struct err *e)
{
    struct reader *r = context;
    (void)e;
    take_field(r, l->text, "Guild:", &r->guild);
    take_field(r, l->text, "Channel:", &r->channel);
    if (!is_footer(l->text))
        return OK;
    r->has_promise = true;
    for (size_t i = 0; i < l->text.n && r->promised < UINT64_MAX / 10 - 9; i++)
        if (l->text.p[i] >= '0' && l->text.p[i] <= '9')
            r->promised = r->promised * 10 + (uint64_t)(l->text.p[i] - '0');
    return OK;
}

static enum status begin_conversation(struct reader *r, struct err *e)
{
    if (r->key.n)
        return OK;
    const str id = discord_channel_of(r->path);
    r->key = id.n ? arena_printf(&r->kept, "discord:" STR_FMT, STR_ARG(id))
                  : arena_printf(&r->kept, "discord:" STR_FMT "/" STR_FMT, STR_ARG(r->guild),
                                 STR_ARG(r->channel));
    const struct conversation c = {
        .key = r->key,
        .title = r->channel,
        .platform = STR("discord"),
        .type = str_eq(r->guild, STR("Direct Messages")) ? STR("direct") : STR("channel"),
        .loose = !id.n,
    };
    return r->sink->conversation(r->sink, &c, e);
}

/* --- Messages ------------------------------------------------------------------------------------- */

enum block { BLOCK_NONE, BLOCK_FILES, BLOCK_CARD, BLOCK_STICKERS, BLOCK_REACTIONS, BLOCK_FORWARD };

static enum block block_of(str line)
{
    static const struct {
        const char *name;
        enum block block;
    } names[] = {{"{Attachments}", BLOCK_FILES},
                 {"{Embed}", BLOCK_CARD},
                 {"{Stickers}", BLOCK_STICKERS},
                 {"{Reactions}", BLOCK_REACTIONS},
                 {"{Forwarded Message}", BLOCK_FORWARD}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq(line, str_of(names[i].name)))
            return names[i].block;
    return BLOCK_NONE;
}

static enum attachment_kind kind_of(str name)
{
    static const struct {
        const char *ending;
        enum attachment_kind kind;
    } endings[] = {{".png", ATTACH_IMAGE}, {".jpg", ATTACH_IMAGE},  {".jpeg", ATTACH_IMAGE},
                   {".gif", ATTACH_IMAGE}, {".webp", ATTACH_IMAGE}, {".mp4", ATTACH_VIDEO},
                   {".mov", ATTACH_VIDEO}, {".webm", ATTACH_VIDEO}, {".mp3", ATTACH_AUDIO},
                   {".ogg", ATTACH_AUDIO}, {".wav", ATTACH_AUDIO}};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const str ending = str_of(endings[i].ending);
        if (name.n > ending.n && str_eq_nocase(str_from(name, name.n - ending.n), ending))
            return endings[i].kind;
    }
    return ATTACH_FILE;
}

static void add_line(struct reader *r, enum block block, str line, struct message *m)
{
    const str name = path_name(line);
    if (!line.n)
        return;
    if (block == BLOCK_FILES && html_is_local(line))
        add_file(&r->arena, m, kind_of(name), name, line, r->options);
    else if (block == BLOCK_FILES)
        add_absent(&r->arena, m, kind_of(name), name);
    else
        add_absent(&r->arena, m, ATTACH_IMAGE, name);
}

/* "👍 (2) tada (1)" */
static void add_reactions(struct reader *r, str line, struct message *m)
{
    for (size_t open; (open = str_find(line, STR(" ("))) != STR_NONE;) {
        const str rest = str_from(line, open + 2);
        const size_t close = str_find_byte(rest, ')');
        int64_t times;
        if (close == STR_NONE || !str_to_u63(str_sub(rest, 0, close), &times) || times > UINT32_MAX)
            return;
        add_reaction(&r->arena, m,
                     (struct reaction){.emoji = str_trim(str_sub(line, 0, open)),
                                       .utc_ms = TIME_NONE,
                                       .count = (uint32_t)times});
        line = str_from(rest, close + 1);
    }
}

static void end_block(struct reader *r, enum block block, str lines, struct message *m)
{
    lines = str_trim(lines);
    if (block == BLOCK_CARD && lines.n)
        add_absent(&r->arena, m, ATTACH_LINK_CARD, lines);
    if (block == BLOCK_FORWARD) {
        m->flags |= FLAG_FORWARDED;
        m->text = m->text.n ? m->text : lines;
    }
    for (str line;
         (block == BLOCK_FILES || block == BLOCK_STICKERS) && str_split(&lines, '\n', &line);)
        add_line(r, block, line, m);
    if (block == BLOCK_REACTIONS)
        add_reactions(r, lines, m);
}

/* The words, or what hangs on them. */
static void take(struct reader *r, enum block block, str lines, struct message *m)
{
    while (block == BLOCK_NONE && str_ends(lines, STR("\n")))
        lines.n--;
    if (block == BLOCK_NONE)
        m->text = lines;
    else
        end_block(r, block, lines, m);
}

/* What is under the head: the words, then blocks, each behind a blank line. */
static void fill(struct reader *r, str body, struct message *m)
{
    enum block block = BLOCK_NONE;
    size_t begin = 0, at = 0;
    bool blank = true;
    for (str rest = body, line; str_split(&rest, '\n', &line); at += line.n + 1) {
        const enum block next = blank ? block_of(line) : BLOCK_NONE;
        blank = !line.n;
        if (next == BLOCK_NONE)
            continue;
        take(r, block, str_sub(body, begin, at - begin), m);
        block = next;
        begin = at + line.n + 1;
    }
    take(r, block, str_from(body, begin), m);
}

static enum status on_record(void *context, const struct line_record *l, struct err *e)
{
    struct reader *r = context;
    const enum status st = begin_conversation(r, e);
    if (st != OK)
        return st;
    arena_clear(&r->arena);
    struct message m = line_message(l);
    struct stamp s;
    str name;
    if (!split_head(str_sub(l->text, 0, l->head), &m.time_shown, &name))
        return OK; /* cannot be: it began the record */
    const str pinned = STR(" (pinned)");
    m.conversation = r->key;
    m.sender = str_ends(name, pinned) ? str_sub(name, 0, name.n - pinned.n) : name;
    if (stamp_iso(m.time_shown, &s) || stamp_written(m.time_shown, r->dates.order, &s))
        m.time = moment_of(&s, r->options);
    else if (!r->undated.count++)
        r->undated.first = m.locus;
    fill(r, str_from(l->text, l->head + 1), &m);
    r->records++;
    return r->sink->message(r->sink, &m, e);
}

/* --- The file ------------------------------------------------------------------------------------- */

static enum status tell_notes(struct reader *r, struct err *e)
{
    static const struct line_note_words undated = {
        .severity = ISSUE_WARN,
        .code = "badStamp",
        .one = "message has no time that can be read",
        .many = "messages have no time that can be read",
        .way_out = "State the order with --date-order, or export the channel as JSON.",
    };
    const enum status st = line_note_tell(r->sink, &r->undated, &undated, e);
    if (st != OK || !r->has_promise || r->promised == r->records)
        return st;
    char what[160];
    snprintf(what, sizeof what,
             "The file says that it holds %" PRIu64 " messages, but %" PRIu64 " were found.",
             r->promised, r->records);
    return r->sink->issue(
        r->sink,
        &(struct issue){
            .severity = ISSUE_WARN,
            .code = "countDiffers",
            .what = str_of(what),
            .way_out = STR("A message may quote the head of another one, or somebody "
                           "has edited the file: ask for the JSON."),
        },
        e);
}

static enum status read_txt(struct source *source, const struct import_options *options,
                            struct sink *sink, struct err *e)
{
    static const struct line_format format = {
        .role = role_of, .wrapping = on_wrapping, .record = on_record};
    const str here = siblings_here(options->siblings);
    struct reader looked = {.options = options};
    enum status st = line_look(source, &format.how, look_at, &looked, e);
    struct reader r = {.sink = sink,
                       .options = options,
                       .path = here.n ? here : source_name(source),
                       .dates = looked.dates};
    if (st == OK)
        st = written_order_decide(&r.dates, options, sink, e);
    if (st == OK)
        st = line_records(source, sink, &format, &r, e);
    if (st == OK)
        st = tell_notes(&r, e);
    arena_free(&r.arena);
    arena_free(&r.kept);
    return st;
}

static int bid(str prefix, str name)
{
    str line, rest = prefix;
    (void)name;
    if (!str_split(&rest, '\n', &line) || !is_rule(str_trim(line)) ||
        !str_split(&rest, '\n', &line))
        return BID_NO;
    return str_starts(line, STR("Guild:")) ? BID_SURE : BID_NO;
}

const struct importer importer_discord_txt = {
    .name = "discord-txt",
    .title = "DiscordChatExporter, plain text",
    .where = "DiscordChatExporter: Export, format TXT",
    .version = "1",
    .bid = bid,
    .read = read_txt,
    .count = count,
};
