#!/bin/sh
# Imports a Telegram result.json of 2 GB and measures the memory of all processes that do it; by hand:
#
#     tests/measure/telegram_big.sh [STET] [GIGABYTES]
#
# The file is made in $TMPDIR (twice its size is needed there) and removed at the end. Fails if the largest process, or all
# of them together at one time, need more than 512 MiB, or if the count is not right.
set -u
STET=${1:-$(dirname "$0")/../../stet}
GIGABYTES=${2:-2}
LIMIT_KB=$((512 * 1024))
work=$(mktemp -d "${TMPDIR:-/tmp}/telegram-big.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT INT TERM

# One message is about 330 bytes; awk writes blocks of a hundred.
awk -v bytes="$GIGABYTES" 'BEGIN {
    bytes *= 1000000000
    split("pumps fans belts pits logs water coal night shift Varnholm Lirra Watch ministry permit dust", word, " ")
    printf "{\n \"name\": \"Lignite desk\",\n \"type\": \"private_supergroup\",\n \"id\": 1900000001,\n \"messages\": ["
    for (id = 1; done < bytes; id++) {
        text = ""
        for (w = 0; w < 12; w++)
            text = text word[1 + (id * 7 + w * (1 + id % 13)) % 14] " "
        line = sprintf("%s\n  {\n   \"id\": %d,\n   \"type\": \"message\",\n   \"date\": \"2023-%02d-%02dT%02d:%02d:%02d\",\n   \"date_unixtime\": \"%d\",\n   \"from\": \"noll %d\",\n   \"from_id\": \"user%d\",\n   \"text\": \"%s\",\n   \"text_entities\": [\n    {\n     \"type\": \"plain\",\n     \"text\": \"%s\"\n    }\n   ]\n  }",
            id > 1 ? "," : "", id, 1 + int(id / 28) % 12, 1 + id % 28, id % 24, id % 60, id % 59,
            1677744000 + id, id % 9, 4711 + id % 9, text id, text id)
        printf "%s", line
        done += length(line)
    }
    print "\n ]\n}"
    print id - 1 > "/dev/stderr"
}' >"$work/result.json" 2>"$work/count" || exit 2
count=$(cat "$work/count")
echo "result.json: $(wc -c <"$work/result.json") bytes, $count messages"

"$STET" import --quiet -a "$work/big.stet" "$work/result.json" &
pid=$!

# All processes of the import: the one we started, and whom it started.
largest=0
together=0
while kill -0 "$pid" 2>/dev/null; do
    sum=0
    for p in "$pid" $(pgrep -P "$pid"); do
        now=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$p/status" 2>/dev/null)
        peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$p/status" 2>/dev/null)
        sum=$((sum + ${now:-0}))
        [ "${peak:-0}" -le "$largest" ] || largest=$peak
    done
    [ "$sum" -le "$together" ] || together=$sum
    sleep 0.2
done
wait "$pid"
status=$?

stored=$("$STET" info -a "$work/big.stet" | grep -c .)
echo "import: status $status; largest process $((largest / 1024)) MiB, all together $((together / 1024)) MiB"
echo "archive: $(wc -c <"$work/big.stet") bytes"
"$STET" info -a "$work/big.stet"
[ "$status" -eq 0 ] && [ "$stored" -gt 0 ] && [ "$together" -le "$LIMIT_KB" ] && [ "$largest" -le "$LIMIT_KB" ] &&
    "$STET" info -a "$work/big.stet" | tr -d ',. ' | grep -q "$count"
