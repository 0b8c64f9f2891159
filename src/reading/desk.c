/*
 * The desk: takes what a worker says and tells the handler. A worker may have been taken over by
 * the file it reads, so a frame out of turn, a number out of range or a record that breaks a rule
 * means that the member at hand has failed and that this worker is heard no more. Counts are our
 * own.
 */
#include "parts.h"

#include "parcel.h"
#include "wire.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_BYTES = 64, WHY_MAX = 1000, SENTENCE_MAX = 2000, PATH_BYTES = 64 << 10 };

/* ---- how things end ------------------------------------------------------------------------- */

static void give_up(struct desk *d, const struct err *why)
{
    d->state = DESK_FAILED;
    d->failure = *why;
}

/* Hands on what a handler returned. */
static void heed(struct desk *d, enum status st, const struct err *e)
{
    struct err why = *e;
    if (st == OK)
        return;
    if (why.code == OK)
        fail(&why, st, "stopped");
    why.code = st;
    give_up(d, &why);
}

static void member_is_done(struct desk *d)
{
    d->from.members++;
    d->looking = false;
    d->begun = false;
    arena_clear(&d->member_names);
}

static void begin_member(struct desk *d)
{
    struct err e = {0};
    d->begun = true;
    d->from.begun = true;
    if (d->handler->begin)
        heed(d, d->handler->begin(d->context, &d->member, &e), &e);
}

static void end_member(struct desk *d, const struct err *failure)
{
    struct err e = {0};
    if (d->handler->end)
        heed(d, d->handler->end(d->context, &d->member, &d->got, failure, &e), &e);
    member_is_done(d);
}

void desk_fail_member(struct desk *d, const struct err *why)
{
    d->state = DESK_RESTART;
    if (!d->begun) {
        d->member.format = NULL;
        begin_member(d);
    }
    if (d->state == DESK_RESTART)
        end_member(d, why);
}

static void refuse(struct desk *d, const char *what)
{
    struct err why = {0};
    fail(&why, ERR_FORMAT, "the process that reads it said something that cannot be: %s", what);
    fail_hint(&why, "Either this file was made to attack its reader, or this is a fault of Stet: "
                    "please report it.");
    if (d->looking)
        desk_fail_member(d, &why);
    else
        give_up(d, &why);
}

/* ---- questions ------------------------------------------------------------------------------ */

static char code_of(enum reading_answer answer)
{
    switch (answer) {
    case READING_GO: return ANSWER_GO;
    case READING_DIGEST_FIRST: return ANSWER_DIGEST;
    case READING_SKIP: return ANSWER_SKIP;
    }
    return ANSWER_SKIP;
}

static void on_ask_file(struct desk *d, struct unpack *u, bool digested, struct confined_answer *a)
{
    struct err e = {0};
    enum reading_answer answer = READING_GO;
    const uint64_t file = unpack_number(u);
    const struct sha256_digest digest = digested ? unpack_digest(u) : (struct sha256_digest){{0}};
    if (!unpack_ends(u) || d->looking || file >= d->reading->job->count || file < d->from.file) {
        refuse(d, "a question out of turn");
        return;
    }
    if (d->handler->file)
        heed(d, d->handler->file(d->context, (size_t)file, digested ? &digest : NULL, &answer, &e),
             &e);
    if (file != d->from.file)
        d->from = (struct going_on){.file = (size_t)file};
    d->from.asked = answer == READING_GO;
    if (answer == READING_SKIP)
        d->from = (struct going_on){.file = (size_t)file + 1};
    a->code = code_of(answer);
}

/* The sentence of a refusal is borrowed from the desk. */
static void on_ask_open(struct desk *d, struct unpack *u, struct confined_answer *a)
{
    struct err why = {0};
    const uint64_t file = unpack_number(u);
    if (!unpack_ends(u) || file >= d->reading->job->count) {
        refuse(d, "a file that is none");
        return;
    }
    d->opened = (size_t)file;
    a->code = ANSWER_GO;
    if (open_file(d->reading, (size_t)file, &a->fd, &why) == OK)
        return;
    a->code = ANSWER_NO;
    a->fd = -1;
    a->sentence = arena_dup(&d->record, str_of(why.msg));
}

/* ---- members -------------------------------------------------------------------------------- */

static void on_look(struct desk *d, struct unpack *u)
{
    struct reading_member m = {.nth = (size_t)unpack_number(u)};
    m.file = (size_t)unpack_number(u);
    const uint64_t in_file = unpack_number(u);
    m.size = unpack_number(u);
    m.path = unpack_text(u, PATH_BYTES);
    m.inside = unpack_text(u, PATH_BYTES);
    if (!unpack_ends(u) || d->looking || m.file != d->from.file || in_file != d->from.members) {
        refuse(d, "a member out of turn");
        return;
    }
    m.path = arena_dup(&d->member_names, m.path);
    m.inside = arena_dup(&d->member_names, m.inside);
    d->member = m;
    d->looking = true;
    d->got = (struct import_report){.messages = 0};
    d->at = 0;
}

static const struct importer *format_called(const struct desk *d, str name)
{
    const struct importer *const given = d->reading->job->importer;
    return given && str_eq(name, str_of(given->name)) ? given : importer_find(name);
}

static void on_begin(struct desk *d, struct unpack *u)
{
    d->member.alone = unpack_number(u) == 1;
    d->member.format = format_called(d, unpack_text(u, NAME_MAX_BYTES));
    if (!unpack_ends(u) || !d->looking || d->begun || !d->member.format) {
        refuse(d, "a beginning out of turn");
        return;
    }
    begin_member(d);
}

static void on_end(struct desk *d, struct unpack *u)
{
    struct err failure = unpack_err(u);
    struct import_report r = {.messages = unpack_number(u)};
    r.events = unpack_number(u);
    r.issues = unpack_number(u);
    r.counted = unpack_number(u);
    r.bytes = unpack_number(u);
    r.digest = unpack_digest(u);
    if (!unpack_ends(u) || !d->looking || (!d->begun && failure.code == OK)) {
        refuse(d, "an end out of turn");
        return;
    }
    if (!d->begun) {
        d->member.format = NULL;
        begin_member(d);
    } else if (failure.code == OK && (r.messages != d->got.messages || r.events != d->got.events ||
                                      r.issues != d->got.issues)) {
        refuse(d, "other numbers of records than came");
        return;
    }
    d->got = r;
    if (d->state == DESK_OPEN)
        end_member(d, failure.code == OK ? NULL : &failure);
}

/* A file that was given up because a worker died of listing it comes as one that must not be
   opened. */
static bool was_given_up(const struct desk *d, size_t file)
{
    const char *const skip = d->reading->files[file].skip;
    return skip && skip != d->reading->job->files[file].skip;
}

static void tell_given_up(struct desk *d)
{
    struct err e = {0};
    const struct bundle_fault f = {
        .file = d->member.file,
        .inside = STR(""),
        .code = "readerDied",
        .what = str_of(d->reading->files[d->member.file].skip),
        .way_out = STR("It may be damaged, or made to attack its reader. Nothing of it was read."),
        .fatal = true,
    };
    if (d->handler->fault)
        heed(d, d->handler->fault(d->context, &f, &e), &e);
}

static void tell_skipped(struct desk *d, str companion, const char *why)
{
    struct err e = {0};
    const struct member m = {.path = d->member.path,
                             .file = d->member.file,
                             .inside = d->member.inside,
                             .size = d->member.size,
                             .skip = companion.n ? NULL : why};
    const struct importer *const of = companion.n ? importer_find(companion) : NULL;
    if (d->handler->skipped)
        heed(d, d->handler->skipped(d->context, &m, of, why, &e), &e);
}

static void on_skipped(struct desk *d, struct unpack *u)
{
    char why[WHY_MAX + 1];
    const str companion = unpack_text(u, NAME_MAX_BYTES);
    const str said = unpack_sentence(u, WHY_MAX);
    if (!unpack_ends(u) || !d->looking || d->begun) {
        refuse(d, "something skipped out of turn");
        return;
    }
    snprintf(why, sizeof why, STR_FMT, STR_ARG(said));
    if (was_given_up(d, d->member.file))
        tell_given_up(d);
    else
        tell_skipped(d, companion, why);
    member_is_done(d);
}

/* ---- records -------------------------------------------------------------------------------- */

/* After the sink has failed, what the member still has to say is not wanted. */
static void after_sink(struct desk *d, enum status st, const struct err *e)
{
    if (st == ERR_STOPPED) {
        struct err why = *e;
        if (why.code == OK)
            fail(&why, ERR_STOPPED, "stopped");
        desk_fail_member(d, &why);
    } else {
        heed(d, st, e);
    }
}

static bool is_record_in_turn(struct desk *d, enum status st, const struct err *e)
{
    if (st != OK)
        refuse(d, e->msg);
    else if (!d->begun)
        refuse(d, "a record out of turn");
    return st == OK && d->state == DESK_OPEN;
}

static void on_message(struct desk *d, str bytes)
{
    struct err e = {0};
    struct message m;
    struct sink *const to = d->handler->sink;
    const enum status st = wire_get_message(bytes, &d->record, &m, &e);
    if (!is_record_in_turn(d, st, &e))
        return;
    if (m.kind == KIND_EVENT)
        d->got.events++;
    else
        d->got.messages++;
    d->at = m.locus.at + m.locus.length;
    m.locus.member = d->member.inside; /* whatever it says */
    if (to && to->message)
        after_sink(d, to->message(to, &m, &e), &e);
}

static void on_conversation(struct desk *d, str bytes)
{
    struct err e = {0};
    struct conversation c;
    struct sink *const to = d->handler->sink;
    const enum status st = wire_get_conversation(bytes, &c, &e);
    if (is_record_in_turn(d, st, &e) && to && to->conversation)
        after_sink(d, to->conversation(to, &c, &e), &e);
}

static void on_participant(struct desk *d, str bytes)
{
    struct err e = {0};
    struct participant p;
    struct sink *const to = d->handler->sink;
    const enum status st = wire_get_participant(bytes, &p, &e);
    if (is_record_in_turn(d, st, &e) && to && to->participant)
        after_sink(d, to->participant(to, &p, &e), &e);
}

static void on_issue(struct desk *d, str bytes)
{
    struct err e = {0};
    struct issue i;
    struct sink *const to = d->handler->sink;
    const enum status st = wire_get_issue(bytes, &d->record, &i, &e);
    if (!is_record_in_turn(d, st, &e))
        return;
    d->got.issues++;
    i.locus.member = d->member.inside;
    if (to && to->issue)
        after_sink(d, to->issue(to, &i, &e), &e);
}

/* ---- files ---------------------------------------------------------------------------------- */

static bool is_code(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            return false;
    }
    return s.n > 0;
}

static void on_fault(struct desk *d, struct unpack *u)
{
    struct err e = {0};
    struct bundle_fault f = {.file = (size_t)unpack_number(u)};
    f.fatal = unpack_number(u) == 1;
    f.inside = unpack_text(u, PATH_BYTES);
    const str code = unpack_text(u, NAME_MAX_BYTES);
    f.what = unpack_sentence(u, SENTENCE_MAX);
    f.way_out = unpack_sentence(u, SENTENCE_MAX);
    if (!unpack_ends(u) || d->looking || f.file != d->from.file || !is_code(code)) {
        refuse(d, "a fault out of turn");
        return;
    }
    f.code = arena_cstr(&d->record, code);
    if (d->handler->fault)
        heed(d, d->handler->fault(d->context, &f, &e), &e);
}

static void on_file_end(struct desk *d, struct unpack *u)
{
    struct err e = {0};
    const uint64_t file = unpack_number(u);
    const bool known = unpack_number(u) == 1;
    const struct sha256_digest digest = unpack_digest(u);
    const uint64_t size = unpack_number(u);
    if (!unpack_ends(u) || d->looking || file != d->from.file) {
        refuse(d, "the end of a file out of turn");
        return;
    }
    if (d->handler->file_end)
        heed(d, d->handler->file_end(d->context, (size_t)file, known ? &digest : NULL, size, &e),
             &e);
    d->from = (struct going_on){.file = (size_t)file + 1};
}

static void on_at(struct desk *d, struct unpack *u)
{
    const uint64_t file = unpack_number(u);
    const uint64_t done = unpack_number(u);
    d->at = unpack_number(u);
    if (!unpack_ends(u) || !d->looking || file != d->from.file) {
        refuse(d, "progress out of turn");
        return;
    }
    const uint64_t size = d->reading->files[file].size;
    if (d->handler->progress)
        d->handler->progress(d->context, (size_t)file, done < size ? done : size, size);
}

static void on_done(struct desk *d, struct unpack *u)
{
    const struct err failure = unpack_err(u);
    if (!unpack_ends(u) || d->looking)
        refuse(d, "the end of all out of turn");
    else if (failure.code != OK)
        give_up(d, &failure);
    else
        d->state = DESK_DONE;
}

/* ---- all ------------------------------------------------------------------------------------ */

void desk_take(struct desk *d, const struct confined_frame *f, struct confined_answer *a)
{
    struct unpack u = {.rest = f->bytes};
    *a = (struct confined_answer){.code = 0, .fd = -1, .sentence = STR("")};
    arena_clear(&d->record);
    switch ((enum letter)f->letter) {
    case ASK_FILE: on_ask_file(d, &u, false, a); return;
    case ASK_DIGEST: on_ask_file(d, &u, true, a); return;
    case ASK_OPEN: on_ask_open(d, &u, a); return;
    case SAY_LOOK: on_look(d, &u); return;
    case SAY_BEGIN: on_begin(d, &u); return;
    case SAY_MESSAGE: on_message(d, f->bytes); return;
    case SAY_CONVERSATION: on_conversation(d, f->bytes); return;
    case SAY_PARTICIPANT: on_participant(d, f->bytes); return;
    case SAY_ISSUE: on_issue(d, f->bytes); return;
    case SAY_END: on_end(d, &u); return;
    case SAY_SKIPPED: on_skipped(d, &u); return;
    case SAY_FAULT: on_fault(d, &u); return;
    case SAY_FILE_END: on_file_end(d, &u); return;
    case SAY_AT: on_at(d, &u); return;
    case SAY_DONE: on_done(d, &u); return;
    }
    refuse(d, "a frame of no known kind");
}

void desk_free(struct desk *d)
{
    arena_free(&d->member_names);
    arena_free(&d->record);
}
