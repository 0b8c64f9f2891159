/* The table of fields and how their values are read; see fields.h. */
#include "fields.h"

#include "fields_value.h"
#include "lower.h"
#include "nearest.h"

/* ---- reading values ------------------------------------------------------------------------- */

static enum status bad_value(const struct node *n, struct err *e)
{
    return fail_at(e, ERR_QUERY, n->value_at, n->value_len, "%s: does not know \"" STR_FMT "\"",
                   n->field->name, (int)(n->value.text.n < 60 ? n->value.text.n : 60),
                   n->value.text.p);
}

static enum status parse_name(struct node *n, struct query *q, struct err *e)
{
    (void)n;
    (void)q;
    (void)e;
    return OK; /* whether it exists is known when there is an archive */
}

static enum status parse_date(struct node *n, struct query *q, struct err *e)
{
    struct err inner = {0};
    const enum status st =
        date_range_parse(n->value.text, q->clock.now_wall_ms, &n->value.range, &inner);
    if (st == OK)
        return OK;
    (void)fail_at(e, inner.code, n->value_at + inner.at, inner.len, "%s", inner.msg);
    return inner.hint[0] ? fail_hint(e, "%s", inner.hint) : inner.code;
}

static enum status parse_one_date(struct node *n, struct query *q, struct err *e)
{
    if (str_find(n->value.text, STR("..")) == STR_NONE)
        return parse_date(n, q, e);
    (void)fail_at(e, ERR_QUERY, n->value_at, n->value_len, "%s: takes one date, not a range",
                  n->field->name);
    return fail_hint(e, "date:" STR_FMT, STR_ARG(n->value.text));
}

static enum status parse_after(struct node *n, struct query *q, struct err *e)
{
    const enum status st = parse_one_date(n, q, e);
    n->value.range.to_ms = TIME_NONE;
    return st;
}

static enum status parse_before(struct node *n, struct query *q, struct err *e)
{
    const enum status st = parse_one_date(n, q, e);
    if (st != OK)
        return st;
    const int64_t first = civil_to_ms(&(struct civil){.year = 1, .month = 1, .day = 1});
    if (n->value.range.from_ms == first)
        return fail_at(e, ERR_QUERY, n->value_at, n->value_len, "nothing lies before the year 1");
    n->value.range = (struct date_range){TIME_NONE, n->value.range.from_ms};
    return OK;
}

static const struct choice choices[] = {
    {"is", "edited", CHOICE_FLAG, FLAG_EDITED},
    {"is", "deleted", CHOICE_FLAG, FLAG_DELETED},
    {"is", "forwarded", CHOICE_FLAG, FLAG_FORWARDED},
    {"is", "reply", CHOICE_FLAG, FLAG_REPLY},
    {"is", "redacted", CHOICE_FLAG, FLAG_REDACTED},
    {"is", "lossy", CHOICE_FLAG, FLAG_LOSSY},
    {"is", "event", CHOICE_KIND, KIND_EVENT},
    {"is", "system", CHOICE_KIND, KIND_EVENT},
    {"is", "undated", CHOICE_UNDATED, 0},
    {"is", "ambiguous-time", CHOICE_AMBIGUOUS, 0},
    {"is", "duplicate", CHOICE_DUPLICATE, 0},
    {"is", "starred", CHOICE_STARRED, 0},
    {"has", "link", CHOICE_FLAG, FLAG_LINK},
    {"has", "image", CHOICE_FLAG, FLAG_IMAGE},
    {"has", "video", CHOICE_FLAG, FLAG_VIDEO},
    {"has", "audio", CHOICE_FLAG, FLAG_AUDIO},
    {"has", "file", CHOICE_FLAG, FLAG_FILE},
    {"has", "reaction", CHOICE_FLAG, FLAG_REACTION},
    {"has", "reply", CHOICE_FLAG, FLAG_REPLY},
    {"has", "mention", CHOICE_FLAG, FLAG_MENTION},
    {"has", "emoji", CHOICE_FLAG, FLAG_EMOJI},
    {"has", "number", CHOICE_FLAG, FLAG_NUMBER},
    {"has", "phone", CHOICE_FLAG, FLAG_PHONE},
    {"has", "email", CHOICE_FLAG, FLAG_EMAIL},
    {"has", "tag", CHOICE_TAG, 0},
    {"has", "note", CHOICE_NOTE, 0},
    {"kind", "text", CHOICE_KIND, KIND_TEXT},
    {"kind", "event", CHOICE_KIND, KIND_EVENT},
    {"kind", "call", CHOICE_KIND, KIND_CALL},
    {"kind", "poll", CHOICE_KIND, KIND_POLL},
};

static enum status choice_unknown(const struct node *n, struct err *e)
{
    struct buf list = buf_new(sizeof e->hint);
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (str_eq(str_of(choices[i].field), str_of(n->field->name)))
            buf_addf(&list, "%s%s", list.n ? ", " : "", choices[i].name);
    (void)bad_value(n, e);
    (void)fail_hint(e, "%s: takes %s", n->field->name, list.n ? list.p : "nothing");
    buf_free(&list);
    return e ? e->code : ERR_QUERY;
}

static enum status parse_choice(struct node *n, struct query *q, struct err *e)
{
    (void)q;
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (str_eq(str_of(choices[i].field), str_of(n->field->name)) &&
            str_eq_nocase(str_of(choices[i].name), n->value.text)) {
            n->value.choice = &choices[i];
            return OK;
        }
    return choice_unknown(n, e);
}

void field_add_choice(struct buf *out, enum facet_by by, int64_t key)
{
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const struct choice *c = &choices[i];
        const bool kind = str_eq(str_of(c->field), STR("kind"));
        if (by == FACET_KIND ? !kind || c->test != CHOICE_KIND : c->test != CHOICE_FLAG)
            continue;
        if ((int64_t)c->bits != key)
            continue;
        buf_addf(out, "%s:%s", c->field, c->name);
        return;
    }
}

/* A row number, or a citation, which is looked up when there is an archive. */
static enum status parse_id(struct node *n, struct query *q, struct err *e)
{
    (void)q;
    if (str_to_u63(n->value.text, &n->value.number) && n->value.number > 0)
        return OK;
    n->value.number = 0;
    if (str_find_byte(n->value.text, '/') != STR_NONE)
        return OK;
    (void)bad_value(n, e);
    return fail_hint(e, "id: takes a message number or a citation: id:1523, "
                        "id:2016-03-02T09:41:07/5937-c3f1");
}

static enum status parse_length(struct node *n, struct query *q, struct err *e)
{
    (void)q;
    if (str_to_u63(n->value.text, &n->value.number))
        return OK;
    (void)bad_value(n, e);
    return fail_hint(e, "len counts characters: len>200");
}

static const struct {
    char letter;
    int64_t ms;
} units[] = {{'w', 7 * MS_PER_DAY},
             {'d', MS_PER_DAY},
             {'h', MS_PER_HOUR},
             {'m', MS_PER_MINUTE},
             {'s', MS_PER_SECOND}};

enum { GAP_MAX_UNITS = 1000000 };

bool field_read_duration(str text, int64_t *ms)
{
    int64_t count = 0;
    if (text.n < 2 || !str_to_u63(str_sub(text, 0, text.n - 1), &count) || count > GAP_MAX_UNITS)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (text.p[text.n - 1] == units[i].letter) {
            *ms = count * units[i].ms;
            return true;
        }
    return false;
}

static enum status parse_gap(struct node *n, struct query *q, struct err *e)
{
    (void)q;
    if (field_read_duration(n->value.text, &n->value.number))
        return OK;
    (void)bad_value(n, e);
    return fail_hint(e, "gap takes a duration: gap>90s, gap>10m, gap>2h, gap>3d, gap>1w");
}

/* ---- the table ------------------------------------------------------------------------------ */

static const struct field fields[] = {
    {.name = "from",
     .value = "NAME",
     .takes_prefix = true,
     .parse = parse_name,
     .lower = lower_from,
     .help = "who wrote it, by the name as shown; from:emmy* any name that begins so"},
    {.name = "with",
     .value = "NAME",
     .takes_prefix = true,
     .parse = parse_name,
     .lower = lower_with,
     .help = "in a conversation in which NAME wrote, or mentioning @NAME"},
    {.name = "mentions",
     .value = "NAME",
     .takes_prefix = true,
     .parse = parse_name,
     .lower = lower_mentions,
     .help = "mentions @NAME"},
    {.name = "to",
     .value = "NAME",
     .takes_prefix = true,
     .parse = parse_name,
     .lower = lower_to,
     .help = "sent to NAME: as a recipient, in a conversation of two, or as an answer"},
    {.name = "by",
     .value = "NAME",
     .takes_prefix = true,
     .parse = parse_name,
     .lower = lower_by,
     .help = "who wrote it, with all handles that were joined to one person"},
    {.name = "handle",
     .value = "ID",
     .takes_prefix = true,
     .parse = parse_name,
     .lower = lower_handle,
     .help = "the sender's id in the source, where it has one besides the name"},
    {.name = "in",
     .value = "TITLE",
     .takes_prefix = true,
     .parse = parse_name,
     .lower = lower_in,
     .help = "the conversation, by its title or an unmistakable part of it"},
    {.name = "source",
     .value = "NAME",
     .takes_prefix = true,
     .parse = parse_name,
     .lower = lower_source,
     .help = "the imported file, by its name or an unmistakable part of it"},
    {.name = "date",
     .value = "DATE",
     .value_is_range = true,
     .parse = parse_date,
     .lower = lower_date,
     .help = "a day, month, year ... or a range a..b, both ends included"},
    {.name = "on",
     .alias_of = "date",
     .value = "DATE",
     .value_is_range = true,
     .parse = parse_date,
     .help = "the same as date:"},
    {.name = "during",
     .alias_of = "date",
     .value = "DATE",
     .value_is_range = true,
     .parse = parse_date,
     .help = "the same as date:"},
    {.name = "after",
     .alias_of = "date",
     .value = "DATE",
     .value_is_range = true,
     .parse = parse_after,
     .help = "from the first moment of DATE on"},
    {.name = "before",
     .alias_of = "date",
     .value = "DATE",
     .value_is_range = true,
     .parse = parse_before,
     .help = "until just before the first moment of DATE"},
    {.name = "newer_than",
     .alias_of = "date",
     .value = "30d",
     .value_is_range = true,
     .parse = field_parse_newer,
     .help = "of the last 30 days, 6 months (6m), 2 years (2y), 12 hours (12h)"},
    {.name = "older_than",
     .alias_of = "date",
     .value = "2y",
     .value_is_range = true,
     .parse = field_parse_older,
     .help = "from before that"},
    {.name = "time",
     .value = "22:00..04:00",
     .parse = field_parse_clock,
     .lower = lower_clock,
     .print = field_print_clock,
     .help = "at this time of day, across midnight too; time:9 is 9:00 to 9:59"},
    {.name = "weekday",
     .value = "DAY",
     .parse = field_parse_weekday,
     .lower = lower_weekday,
     .print = field_print_weekday,
     .help = "mon, sunday ... or mon..fri"},
    {.name = "tz",
     .value = "ZONE",
     .parse = field_parse_tz,
     .lower = lower_tz,
     .help = "dates and times of day are meant, and shown, in this zone: tz:Europe/Berlin"},
    {.name = "has",
     .value = "WHAT",
     .parse = parse_choice,
     .lower = lower_choice,
     .help =
         "link image video audio file reaction reply mention emoji number phone email tag note"},
    {.name = "is",
     .value = "WHAT",
     .parse = parse_choice,
     .lower = lower_choice,
     .help = "edited deleted forwarded reply redacted lossy event undated ambiguous-time duplicate "
             "starred"},
    {.name = "kind",
     .value = "KIND",
     .parse = parse_choice,
     .lower = lower_choice,
     .help = "text event call poll"},
    {.name = "script",
     .value = "SCRIPT",
     .parse = field_parse_script,
     .lower = lower_script,
     .help = "holds letters of this script: script:cyrillic, script:arabic, script:han"},
    {.name = "stem",
     .value = "WORD",
     .parse = field_parse_stem,
     .lower = lower_stem,
     .help = "all forms of a word: stem:run; of another language: stem:german/laufen"},
    {.name = "thread",
     .value = "{QUERY}",
     .parse = parse_name,
     .help = "conversations with a message for which QUERY holds: thread:{from:kelp invoice}"},
    {.name = "same",
     .value = "5m{QUERY}{QUERY}",
     .parse = parse_name,
     .help = "two messages within five minutes in one conversation: same:5m{kelp}{invoice}"},
    {.name = "tag",
     .value = "NAME",
     .takes_prefix = true,
     .parse = parse_name,
     .lower = lower_tag,
     .help = "what you tagged so; tag:* any tag"},
    {.name = "note",
     .value = "WORDS",
     .parse = parse_name,
     .lower = lower_note,
     .help = "messages on which you wrote a note with these words; note:* any note"},
    {.name = "url",
     .value = "HOST",
     .parse = parse_name,
     .lower = lower_url,
     .help = "a link to this host or below it; with /path: a link that begins so"},
    {.name = "id",
     .value = "MESSAGE",
     .parse = parse_id,
     .lower = lower_id,
     .help = "one message, by its number or its citation"},
    {.name = "len",
     .value = "200",
     .compares = true,
     .parse = parse_length,
     .lower = lower_length,
     .help = "more (len>200) or fewer (len<200) characters"},
    {.name = "gap",
     .value = "10m",
     .compares = true,
     .parse = parse_gap,
     .lower = lower_gap,
     .help = "silence in the conversation before it: gap>10m, in s m h d w"},
};

enum { FIELD_COUNT = sizeof fields / sizeof *fields };

const struct field *field_find(str name)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (str_eq_nocase(name, str_of(fields[i].name)))
            return &fields[i];
    return NULL;
}

const struct field *field_canonical(const struct field *f)
{
    return f->alias_of ? field_find(str_of(f->alias_of)) : f;
}

bool query_field_help(size_t i, struct query_field *out)
{
    if (i >= FIELD_COUNT)
        return false;
    *out = (struct query_field){.name = fields[i].name,
                                .value = fields[i].value,
                                .help = fields[i].help,
                                .compares = fields[i].compares};
    return true;
}

static const struct field *nearest_field(str name)
{
    const struct field *best = NULL;
    int best_distance = nearest_allowed(name) + 1;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const int distance = nearest_distance(name, str_of(fields[i].name));
        if (distance < best_distance) {
            best_distance = distance;
            best = &fields[i];
        }
    }
    return best;
}

enum status field_unknown(str name, size_t at, struct err *e)
{
    const int shown = (int)(name.n < 40 ? name.n : 40);
    (void)fail_at(e, ERR_QUERY, at, name.n + 1, "%.*s: is not a field", shown, name.p);
    if (str_eq_nocase(name, STR("lang")) || str_eq_nocase(name, STR("language")))
        return fail_hint(e, "the language of a short message cannot be told: script:cyrillic, "
                            "stem:russian/WORD");
    const struct field *near = nearest_field(name);
    if (near)
        return fail_hint(e, "did you mean %s%s? Words with a colon go into quotation marks",
                         near->name, near->compares ? ">" : ":");
    return fail_hint(e, "stet help query lists the fields; words with a colon go into quotation "
                        "marks");
}

/* ---- printing ------------------------------------------------------------------------------- */

str field_canonical_value(const struct node *n, char out[2 * CIVIL_TEXT])
{
    if (n->field->print)
        return n->field->print(n, out);
    if (n->field->value_is_range)
        return str_of(date_range_print(out, &n->value.range));
    return n->value.choice ? str_of(n->value.choice->name) : n->value.text;
}

void field_print_duration(int64_t ms, struct buf *out)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (ms % units[i].ms == 0 && ms) {
            buf_addf(out, "%lld%c", (long long)(ms / units[i].ms), units[i].letter);
            return;
        }
    buf_add(out, STR("0s"));
}

void field_print_number(const struct node *n, struct buf *out)
{
    if (str_eq(str_of(n->field->name), STR("len")))
        buf_addf(out, "%lld", (long long)n->value.number);
    else
        field_print_duration(n->value.number, out);
}
