/* Messages of Discord's data package as a table (until about 2023). */
#include "discord_package.h"

#include "count_csv.h"
#include "csv_records.h"
#include "discord.h"

static const char *const columns[] = {"ID", "Timestamp", "Contents", "Attachments", NULL};

static enum status on_row(void *context, const struct csv_row *row, const str *fields,
                          struct err *e)
{
    struct package *p = context;
    arena_clear(&p->record);
    struct message m = csv_message(row);
    package_fill(p, &m,
                 &(struct package_row){.id = fields[0],
                                       .timestamp = fields[1],
                                       .contents = fields[2],
                                       .attachments = fields[3]});
    return p->sink->message(p->sink, &m, e);
}

static enum status read_package(struct source *source, const struct import_options *options,
                                struct sink *sink, struct err *e)
{
    static const struct csv_format format = {.columns = columns, .row = on_row};
    struct package p = {.sink = sink, .options = options};
    enum status st = package_open(&p, source, e);
    if (st == OK)
        st = csv_records(source, sink, &format, &p, e);
    if (st == OK)
        st = package_close(&p, e);
    package_free(&p);
    return st;
}

static int bid(str prefix, str name)
{
    (void)name;
    return csv_has_columns(prefix, columns) ? BID_SURE : BID_NO;
}

const struct importer importer_discord_package_csv = {
    .name = "discord-package-csv",
    .title = "Discord data package, table",
    .where = "messages/c<number>/messages.csv of the package that Discord sends",
    .version = "1",
    .bid = bid,
    .companion = package_companion,
    .read = read_package,
    .unordered = true,
    .count = count_csv_rows,
};
