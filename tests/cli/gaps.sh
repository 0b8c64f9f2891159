#!/bin/sh
# stet gaps: planted silences, one side of two, numbers left out, deleted messages, stretches without dates;
# and a lively archive in which nothing is out of the ordinary.
. "$(dirname "$0")/../lib.sh"

# day N [HOUR]: the date N days after 1 March 2016.
day() { date -u -d "2016-03-01 +$1 days" '+%Y-%m-%d'; }

# Two people who write every day but on days 40 to 47, and on days 70 to 81 only noll.
i=0
while [ $i -lt 100 ]; do
    d=$(day $i)
    if [ $i -lt 40 ] || [ $i -gt 47 ]; then
        echo "[$d 09:00:00] <noll> the pumps on day $i"
        [ $i -ge 70 ] && [ $i -le 81 ] || echo "[$d 10:00:00] <tern> heard on day $i"
    fi
    i=$((i + 1))
done > two.txt
"$STET" import -q -a two.stet two.txt
t_ok "planted silences" "$STET" gaps -a two.stet
t_like "the eight days that all are silent" "  8 days without any message" "$(cat "$TMP/out")"
t_like "with the messages around them" "after 80, 2016-04-09 10:00:00, until 81, 2016-04-18 09:00:00" "$(cat "$TMP/out")"
t_like "and what the days around let expect" "wrote on 56 of 56 days around it; by these less than 1 in a billion" "$(cat "$TMP/out")"
t_like "the twelve days without tern" "  12 days without tern" "$(cat "$TMP/out")"
t_like "also as one side of two" "on 12 days one after another only noll is there, not tern" "$(cat "$TMP/out")"
t_like "never as an accusation" "Why it is not, only sources can tell" "$(cat "$TMP/out")"
t_eq "in JSON" "8 12" "$("$STET" gaps -a two.stet --json | sed -n 's/.*"sender":null,"days":\([0-9]*\),.*/\1/p;s/.*"sender":"tern","days":\(12\),.*/\1/p' | tr '\n' ' ' | sed 's/ $//')"

# Everybody every day: nothing.
grep -v -e 'day 4[0-7]$' two.txt | sed 's/day 7/day 7/' > /dev/null
i=0
while [ $i -lt 100 ]; do
    echo "[$(day $i) 09:00:00] <noll> on day $i"
    echo "[$(day $i) 10:00:00] <tern> on day $i"
    i=$((i + 1))
done > all.txt
"$STET" import -q -a all.stet all.txt
t_ok "a lively archive" "$STET" gaps -a all.stet
t_eq "has no silences" "Silences longer than the days around them let expect: 0" "$(head -n 1 "$TMP/out")"

# Weekends are not silences out of the ordinary.
grep -v -e "$(i=0; while [ $i -lt 100 ]; do [ "$(date -u -d "2016-03-01 +$i days" +%u)" -lt 6 ] || printf '%s\\|' "$(day $i)"; i=$((i + 1)); done)no day" all.txt > week.txt
"$STET" import -q -a week.stet week.txt
t_eq "weekends are not reported" "Silences longer than the days around them let expect: 0" "$("$STET" gaps -a week.stet | head -n 1)"

# Numbers: Telegram's, with 31 to 34 and 40 left out.
{
    printf '{"name":"Varnholm","type":"private_supergroup","id":77,"messages":['
    i=1
    while [ $i -le 60 ]; do
        if [ $i -lt 31 ] || { [ $i -gt 34 ] && [ $i -ne 40 ]; }; then
            [ $i -eq 1 ] || printf ','
            printf '{"id":%d,"type":"message","date":"2016-03-%02dT09:00:00","date_unixtime":"%d","from":"noll","from_id":"user1","text":"number %d"}' \
                $i $((i / 3 + 1)) $((1456822800 + i / 3 * 86400)) $i
        fi
        i=$((i + 1))
    done
    printf ']}'
} > result.json
t_ok "messages with numbers" "$STET" import -q -a ids.stet result.json
t_ok "are looked at" "$STET" gaps -a ids.stet
t_like "what is left out is told" "  31 to 34 \(4\) in Varnholm" "$(cat "$TMP/out")"
t_like "also a single one" "^  40 in Varnholm" "$(cat "$TMP/out")"
t_like "with its neighbours" "between 30, .*, and 31," "$(cat "$TMP/out")"
t_eq "in JSON" '31-34 40-40' "$("$STET" gaps -a ids.stet --json | sed -n 's/.*"missing-ids".*"first":\([0-9]*\),"last":\([0-9]*\).*/\1-\2/p' | tr '\n' ' ' | sed 's/ $//')"
t_exit "a conversation that is not here" 2 "$STET" gaps -a ids.stet --in pit
t_ok "one conversation" "$STET" gaps -a ids.stet --in Varnholm
t_done
