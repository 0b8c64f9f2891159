#!/bin/sh
# stet serve as others on the network, on the machine and on the web meet it: who gets in, what every
# answer carries, what a broken or a slow request does, what the process can do once it serves.
. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/cli/leak.inc"
raw="$TOP/tests/web/raw.py"

if ! command -v curl > /dev/null 2>&1; then
    t_skip "stet serve" "curl is not here"
    t_done
fi

t_import

# --- Starting -------------------------------------------------------------------------------------
unset DISPLAY WAYLAND_DISPLAY
mkdir run
XDG_RUNTIME_DIR=$TMP/run
export XDG_RUNTIME_DIR
mkdir inbox
sed 's/weir/dam/' leak.txt > inbox/second.txt
"$STET" serve --json --import-from inbox > server.json 2> server.err &
pid=$!
trap 'kill $pid 2> /dev/null; rm -rf "$TMP"' EXIT
tries=0
while ! grep -q '"start"' server.json 2> /dev/null && kill -0 $pid 2> /dev/null && [ $tries -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
port=$(sed -n 's/.*"port":\([0-9]*\).*/\1/p' server.json)
token=$(sed -n 's/.*"token":"\([0-9a-f]*\)".*/\1/p' server.json)
t_like "it says where it is, and with which key" '^[0-9a-f]{64}$' "$token"
url=http://127.0.0.1:$port
key="Authorization: Bearer $token"

start=$(find run -name open.html)
t_eq "the file that leads to it is its owner's alone" "600" "$(stat -c %a "$start")"
t_eq "and so is its folder" "700" "$(stat -c %a "$(dirname "$start")")"
t_like "and holds the key" "token=$token" "$(cat "$start")"
t_eq "which no command line shows" "" "$(tr '\0' ' ' < /proc/$pid/cmdline | grep -o "$token")"

# --- The key --------------------------------------------------------------------------------------
status() { curl -s -o body -w '%{http_code}' "$@"; }
t_eq "nobody without a key" 401 "$(status $url/)"
t_eq "not with another" 401 "$(status -H "Authorization: Bearer $(echo "$token" | tr 0-9 1-90)" $url/)"
t_eq "not with the key in the address of a page" 401 "$(status "$url/search?token=$token")"
t_eq "the start address wants the right one" 401 "$(status "$url/start?token=abc")"
t_eq "nor any of no length" 401 "$(status "$url/start?token=")"
t_eq "a script brings it" 200 "$(status -H "$key" $url/)"
curl -s -D head -o body "$url/start?token=$token"
t_like "the start address gives the cookie" '^Set-Cookie: stet-[0-9]+=[0-9a-f]{64};' "$(cat head)"
for attribute in HttpOnly SameSite=Strict Path=/; do
    t_like "the cookie is $attribute" "^Set-Cookie:.*; *$attribute" "$(tr -d '\r' < head)"
done
t_eq "and names neither a domain nor a time to live" "" "$(grep -iE '^Set-Cookie:.*(Domain|Max-Age|Expires)' head)"
cookie=$(sed -n 's/^Set-Cookie: \([^;]*\).*/\1/p' head)
t_eq "the cookie opens the pages" 200 "$(status -H "Cookie: $cookie" $url/)"
t_eq "the start address works once" 401 "$(status "$url/start?token=$token")"
t_eq "the cookie of another port does not" 401 "$(status -H "Cookie: stet-1=${cookie#*=}" $url/)"

# --- The host -------------------------------------------------------------------------------------
for host in evil.example "127.0.0.1.evil:$port" 127.0.0.1 localhost "localhost.:$port" "LOCALHOST:$port" \
    "127.1:$port" "[::1]:$port" "127.0.0.1:1" "user@127.0.0.1:$port" "0.0.0.0:$port"; do
    t_eq "not as $host" 403 "$(status -H "$key" -H "Host: $host" $url/)"
done
t_eq "as localhost" 200 "$(status -H "$key" "http://localhost:$port/")"

# --- Where a request comes from -------------------------------------------------------------------
for site in cross-site same-site ""; do
    t_eq "not from \"$site\"" 403 "$(status -H "$key" -H "Sec-Fetch-Site;" ${site:+-H "Sec-Fetch-Site: $site"} $url/search?q=weir)"
done
t_eq "from an address typed" 200 "$(status -H "$key" -H 'Sec-Fetch-Site: none' $url/)"
for origin in https://evil.example null "http://localhost:$port" "https://127.0.0.1:$port" "$url/"; do
    t_eq "not from the origin $origin" 403 "$(status -H "$key" -H "Origin: $origin" $url/)"
done
t_eq "a form of our own, as browsers send it" 303 "$(status -H "Cookie: $cookie" -H 'Origin: null' -H 'Sec-Fetch-Site: same-origin' -F "csrf=$(curl -s -H "$key" $url/verify | grep -o 'name="csrf" value="[0-9a-f]*"' | head -n 1 | grep -o '[0-9a-f]\{64\}')" -F do=tag -F name=own -F id=3 $url/mark)"
t_eq "from our own" 200 "$(status -H "$key" -H "Origin: $url" $url/)"
t_eq "nobody is told that others may read" "" "$(curl -s -D - -o /dev/null -H "$key" -H "Origin: $url" $url/ | grep -i '^access-control')"

# --- Forms ----------------------------------------------------------------------------------------
csrf=$(curl -s -H "$key" $url/verify | grep -o 'name="csrf" value="[0-9a-f]*"' | head -n 1 | grep -o '[0-9a-f]\{64\}')
t_like "forms carry a token" '^[0-9a-f]{64}$' "$csrf"
t_eq "a form without it changes nothing" 403 "$(status -H "$key" -F do=tag -F name=lead -F id=2 $url/mark)"
t_eq "nor with the key in its place" 403 "$(status -H "$key" -F "csrf=$token" -F do=tag -F name=lead -F id=2 $url/mark)"
t_like "nor as plain text" '^40[03]$' "$(status -H "$key" -H 'Content-Type: text/plain' -d "csrf=$csrf&do=tag&name=lead&id=2" $url/mark)"
t_eq "nor by an address" 405 "$(status -H "$key" "$url/mark?csrf=$csrf&do=tag&name=lead&id=2")"
t_eq "nothing was marked" 0 "$("$STET" search 'tag:lead' --count 2> /dev/null | grep -x 0 || echo 0)"
t_eq "with it, it does" 303 "$(status -H "$key" -F "csrf=$csrf" -F do=tag -F name=lead -F id=2 $url/mark)"
t_eq "once" 1 "$("$STET" search 'tag:lead' --count)"
t_eq "a form from elsewhere does not, token or not" 403 "$(status -H "Cookie: $cookie" -H 'Origin: https://evil.example' -F "csrf=$csrf" -F do=untag -F name=lead -F id=2 $url/mark)"
curl -s -D head -o body -H "$key" -F "csrf=$csrf" -F do=undo -F back=//evil.example/ $url/mark
t_like "and leads nowhere else" '^Location: (http://127.0.0.1:[0-9]+)?/marked' "$(tr -d '\r' < head)"

# --- Headers on every answer ----------------------------------------------------------------------
routes=$(sed -n 's/^ *{WEB_GET, "\([^"]*\)".*/\1/p' "$TOP/src/web/routes.c")
t_like "the routes are known" '^/search$' "$routes"
missing=
for route in $routes /nothing-here "/search?q=%22" /start "/export?format=jsonl"; do
    curl -s -D head -o body -H "$key" "$url$route"
    for header in "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'" \
        'X-Content-Type-Options: nosniff' 'X-Frame-Options: DENY' 'Referrer-Policy: no-referrer' \
        'Cross-Origin-Opener-Policy: same-origin' 'Cross-Origin-Resource-Policy: same-origin' \
        'Cross-Origin-Embedder-Policy: require-corp' 'Cache-Control: no-store' \
        'X-DNS-Prefetch-Control: off' 'Permissions-Policy: '; do
        grep -qF "$header" head || missing="$missing $route:$header"
    done
    grep -q '^Content-Type: [a-z]' head || missing="$missing $route:Content-Type"
    grep -qi '^Server:' head && missing="$missing $route:names-itself"
done
curl -s -D head -o body $url/
grep -qF "default-src 'none'" head || missing="$missing refusal"
t_eq "all headers on all answers" "" "$missing"
t_eq "a download is a file, never a page" 1 "$(curl -s -D - -o /dev/null -H "$key" "$url/export?q=weir&format=jsonl" | grep -c '^Content-Disposition: attachment; filename="stet-export.jsonl"')"
curl -s -H "$key" "$url/export?q=weir&format=jsonl" > page.jsonl
"$STET" export weir --format jsonl > terminal.jsonl 2> /dev/null
t_ok "and the same bytes as in the terminal" cmp page.jsonl terminal.jsonl

# --- Broken requests ------------------------------------------------------------------------------
t_eq "an encoded NUL" 400 "$(status -H "$key" "$url/search?q=%00weir")"
t_eq "in the path too" 400 "$(status -H "$key" "$url/sea%00rch")"
t_eq "bytes that are no text" 400 "$(status -H "$key" "$url/search?q=%ff%fe")"
t_eq "an overlong slash" 400 "$(status -H "$key" "$url/%c0%af")"
t_eq "dots lead nowhere" 404 "$(status -H "$key" --path-as-is "$url/..%2f..%2fetc/passwd")"
t_eq "an unknown method" 400 "$(status -H "$key" -X BREW $url/)"
t_like "an address of 60 kB" '^(414|431)$' "$(status -H "$key" "$url/search?q=$(head -c 60000 /dev/zero | tr '\0' a)")"
t_like "a header of 100 kB" '^(400|431|413|000)$' "$(head -c 100000 /dev/zero | tr '\0' a | sed 's/^/X-A: /' > big; status -H "$key" -H @big $url/)"
t_like "a form of 40 MB" '^(413|000)$' "$(head -c 40000000 /dev/zero > big; status -H "$key" -H 'Expect:' -F "csrf=$csrf" -F "file=@big" $url/verify)"
rm -f big
t_eq "HEAD has no body" "200 0" "$(curl -s -I -o /dev/null -w '%{http_code} %{size_download}' -H "$key" $url/)"

if command -v python3 > /dev/null 2>&1 && python3 -c '' 2> /dev/null; then
    send() { printf "$1" | python3 "$raw" send "$port"; }
    lines="Host: 127.0.0.1:$port\r\n$key\r\n"
    t_like "two hosts" ' 40[03] ' "$(send "GET / HTTP/1.1\r\nHost: evil.example\r\n$lines\r\n")"
    t_like "in either order" ' 40[03] ' "$(send "GET / HTTP/1.1\r\n${lines}Host: evil.example\r\n\r\n")"
    t_like "no host" ' 40[03] ' "$(send "GET / HTTP/1.1\r\n$key\r\n\r\n")"
    t_like "a whole address as the path" ' 40[03] ' "$(send "GET http://evil.example/ HTTP/1.1\r\n$lines\r\n")"
    t_like "even our own" ' 40[03] ' "$(send "GET http://127.0.0.1:$port/ HTTP/1.1\r\n$lines\r\n")"
    t_like "a raw NUL" ' 40[0-9] |closed' "$(printf 'GET /sea\000rch HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n' "$port" | python3 "$raw" send "$port")"
    t_like "no protocol" ' 400 |closed| 40[13] ' "$(send "GET /\r\n\r\n")"
    t_like "a length below zero" ' 400 |closed' "$(send "POST /mark HTTP/1.1\r\n${lines}Content-Length: -1\r\n\r\n")"
    t_like "a length beyond measure" ' 4[0-9][0-9] |closed' "$(send "POST /mark HTTP/1.1\r\n${lines}Content-Length: 99999999999999999999\r\n\r\n")"
    t_like "nothing but noise" ' 4[0-9][0-9] |closed' "$(send '\001\002\003\377\r\n\r\n')"
    t_eq "200 sockets that drip keep nobody waiting" "broken 0 worst fast" "$(python3 "$raw" drip "$port" "$token" 200)"
    t_eq "50 readers at once get the same whole page" "150 answers, 1 kinds" "$(python3 "$raw" crowd "$port" "$token" 50 '/search?q=weir')"
else
    t_skip "requests that curl cannot send" "python3 is not here"
fi
t_eq "after all this it still serves" 200 "$(status -H "$key" $url/)"

# --- Importing ------------------------------------------------------------------------------------
for path in ../leak.txt /etc/passwd .. second.txt/../../leak.txt; do
    t_eq "no import of $path" 400 "$(status -H "$key" -F "csrf=$csrf" -F do=start -F "path=$path" $url/import)"
done
t_eq "an import from the page" 303 "$(status -H "$key" -F "csrf=$csrf" -F do=start -F path=second.txt $url/import)"
tries=0
while ! curl -s -H "$key" $url/api/1/import | grep -q '"ended"' && [ $tries -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
t_like "comes to an end" '"state":"ended".*"files_stored":1,"files_failed":0' "$(curl -s -H "$key" $url/api/1/import)"
t_eq "and is there" 2 "$("$STET" sources --json | grep -c '"type":"source"')"

# --- The API --------------------------------------------------------------------------------------
api() { curl -s -H "$key" "$url/api/1/$1"; }
t_like "an answer for scripts" '^\{"stet":1,"type":"count","query":"weir"' "$(api 'count?q=weir')"
t_eq "the hits of the terminal" "$("$STET" search weir --json | grep -c '"type":"hit"')" "$(api 'search?q=weir&limit=1000' | grep -o '"marks":' | grep -c .)"
t_like "and its errors, with the place" '"code":"query".*"at":0,"length":1' "$(api 'search?q=%22weir')"
t_like "a quotation" '"type":"verdict".*"verdict":"verbatim","stands":true' "$(api 'verify?quote=The+weir+needs+new+planks')"
t_eq "every answer is documented" "" "$(for r in $(echo "$routes" | grep ^/api/); do grep -q "$r" "$TOP/docs/api.md" || echo "$r"; grep -q "\"$r\"" "$TOP/docs/openapi.json" || echo "openapi: $r"; done)"

# --- What the process can do ----------------------------------------------------------------------
if [ "${MODE:-}" = asan ] || ! grep -q '^Seccomp:' /proc/$pid/status; then
    t_skip "no socket of its own" "the sandbox is not entered under sanitizers"
else
    t_eq "system calls are filtered" 2 "$(awk '/^Seccomp:/ { print $2 }' /proc/$pid/status)"
    t_eq "no privileges can be gained" 1 "$(awk '/^NoNewPrivs:/ { print $2 }' /proc/$pid/status)"
fi
if [ "${MODE:-}" != asan ] && command -v strace > /dev/null 2>&1 && strace -o /dev/null true 2> /dev/null; then
    strace -f -o trace "$STET" serve --json --no-browser > second.json 2> /dev/null &
    tracer=$!
    tries=0
    while ! grep -q '"start"' second.json 2> /dev/null && [ $tries -lt 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    sleep 0.3
    second=$(sed -n 's/.*"port":\([0-9]*\).*/\1/p' second.json)
    curl -s -o /dev/null -H "Authorization: Bearer $(sed -n 's/.*"token":"\([0-9a-f]*\)".*/\1/p' second.json)" "http://127.0.0.1:$second/search?q=weir"
    kill "$(awk '{ print $1; exit }' trace)" 2> /dev/null
    wait $tracer 2> /dev/null
    t_like "it asks for its filter" 'seccomp\(|PR_SET_SECCOMP' "$(cat trace)"
    t_eq "and for no socket after that" "" "$(sed -n '/seccomp(SECCOMP_SET_MODE_FILTER\|PR_SET_SECCOMP, SECCOMP_MODE_FILTER/,$p' trace | grep -E ' (socket|connect|bind|execve)\(' | head -n 3)"
else
    t_skip "no socket is asked for" "strace is not here, or may not look"
fi
t_eq "it listens on this machine alone" "0100007F:$(printf %04X "$port")" "$(awk -v p="$(printf %04X "$port")" '$4 == "0A" && $2 ~ ":" p "$" { print $2 }' /proc/net/tcp)"

# Killed without a word, it leaves nothing behind either.
"$STET" serve --json > third.json 2> /dev/null &
third=$!
tries=0
while ! grep -q '"start"' third.json 2> /dev/null && [ $tries -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
t_eq "two serve, with two files" 2 "$(find run -name open.html | grep -c .)"
kill -KILL $third
wait $third 2> /dev/null
sleep 0.3
t_eq "of the killed one nothing stays" 1 "$(find run -name open.html | grep -c .)"

# --- The end --------------------------------------------------------------------------------------
kill -TERM $pid
wait $pid
t_eq "SIGTERM ends it in order" 0 $?
t_eq "the file that led to it is gone" "" "$(find run -type f)"
t_eq "and its folder" "" "$(find run -mindepth 1)"
t_eq "it complained of nothing" "" "$(cat server.err)"
t_exit "an archive that is not there" 2 "$STET" serve -a nothing.stet
t_exit "a folder that is not there" 2 "$STET" serve --import-from nowhere
t_exit "a port that is none" 2 "$STET" serve --port 70000
t_done
