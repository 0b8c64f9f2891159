#!/bin/sh
# Archives of older schemas: brought up to date by an import, readable as before.
. "$(dirname "$0")/../lib.sh"

gzip -dc "$TOP/tests/archives/schema-1.stet.gz" > old.stet
t_exit "an archive of schema 1 is not changed by reading" 2 "$STET" info -a old.stet
t_like "and the way out is told" 'older Stet \(schema version 1, now 2\)' "$(cat "$TMP/err")"
cat > more.txt <<'END'
[2017-02-01 10:00:00] <Cleo> [Media-image] the new gate
[2017-02-03 09:00:00] <ada> The new gate holds, says the joiner.
END
t_ok "an import brings it up to date" "$STET" import -a old.stet --quiet more.txt
t_ok "what was there is found" "$STET" search -a old.stet --json weir
t_eq "all of it" 4 "$(grep -c '"type":"hit"' "$TMP/out")"
t_ok "with its citation" "$STET" show -a old.stet 3
t_like "its places" '^also +later\.txt, bytes ' "$(cat "$TMP/out")"
t_eq "the schema is the present one" 2 \
    "$(od -An -tu1 -j60 -N4 old.stet | awk '{ print $1 * 16777216 + $2 * 65536 + $3 * 256 + $4 }')"
t_done
