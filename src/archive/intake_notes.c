/* What a load itself has to say of an archive file: members that failed, members that hold no
   messages, what is wrong with it as a whole. */
#include "intake_load.h"

#include "intake_kinds.h"

enum { FAILED_MEMBERS_LISTED = 1000 };

static enum status put_issue(struct load *l, const struct issue *i, struct err *e)
{
    const enum status st = writer_sink(l->w)->issue(writer_sink(l->w), i, e);
    if (st == OK) {
        l->file.sum.issues++;
        kinds_add(&l->file_kinds, i);
    }
    return st;
}

static enum status put_failed(struct load *l, str inside, str what, str way_out, struct err *e)
{
    const struct issue i = {
        .severity = ISSUE_ERROR,
        .code = "memberFailed",
        .what = what,
        .way_out = way_out.n ? way_out : STR("Nothing of it was kept; all else was read."),
        .locus = {.member = inside},
    };
    return put_issue(l, &i, e);
}

enum status load_note_failed_member(struct load *l, const struct reading_member *m,
                                    const struct err *failure, struct err *e)
{
    struct load_file *const f = &l->file;
    if (f->members_failed > FAILED_MEMBERS_LISTED)
        return OK;
    if (f->open)
        return put_failed(l, m->inside, str_of(failure->msg), str_of(failure->hint), e);
    struct unsaid *const u = arena_alloc(&l->scratch, sizeof *u);
    *u = (struct unsaid){.next = f->unsaid,
                         .inside = arena_dup(&l->scratch, m->inside),
                         .what = arena_dup(&l->scratch, str_of(failure->msg)),
                         .way_out = arena_dup(&l->scratch, str_of(failure->hint))};
    f->unsaid = u;
    return OK;
}

static enum status note_skipped(struct load *l, struct err *e)
{
    const struct issue i = {
        .severity = ISSUE_NOTE,
        .code = "membersSkipped",
        .what = endings_say(&l->file.skipped, &l->scratch),
        .way_out = STR("If messages should be among them, name their format with --format."),
        .locus = {.member = STR("")},
    };
    return put_issue(l, &i, e);
}

enum status load_note_members(struct load *l, struct err *e)
{
    struct load_file *const f = &l->file;
    enum status st = OK;
    for (const struct unsaid *u = f->unsaid; u && st == OK; u = u->next)
        st = put_failed(l, u->inside, u->what, u->way_out, e);
    if (st == OK && f->members_failed > FAILED_MEMBERS_LISTED)
        st = put_failed(l, STR(""),
                        arena_printf(&l->scratch, "%zu more members could not be read",
                                     f->members_failed - FAILED_MEMBERS_LISTED),
                        STR(""), e);
    return st == OK && f->skipped.total ? note_skipped(l, e) : st;
}

enum status load_on_fault(void *context, const struct bundle_fault *f, struct err *e)
{
    struct load *const l = context;
    struct load_file *const file = &l->file;
    const struct issue i = {
        .severity = f->fatal ? ISSUE_ERROR : ISSUE_WARN,
        .code = f->code,
        .what = f->what,
        .way_out = f->way_out,
        .locus = {.member = f->inside},
    };
    if (file->open)
        return put_issue(l, &i, e);
    struct err *const why = f->fatal ? &file->failure : &file->doubt;
    if (why->code == OK) {
        fail(why, ERR_FORMAT, STR_FMT, STR_ARG(f->what)); /* each is cut where it has to be */
        fail_hint(why, STR_FMT, STR_ARG(f->way_out));
    }
    return OK;
}
