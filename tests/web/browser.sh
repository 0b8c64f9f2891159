#!/bin/sh
# The pages in a real browser: tests/web/browse.mjs.
#
# Needs node, Debian's chromium and two packages of npm, pinned in package-lock.json, which are installed
# once into the build and never into the repository.  STET_PICTURES=FOLDER keeps the pictures;
# STET_NO_INSTALL=1 fetches nothing.
. "$(dirname "$0")/../lib.sh"

skip() { t_skip "pages in a browser" "$1"; t_done; }
command -v node > /dev/null 2>&1 || skip "node is not here"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "chromium is not here"
[ "${MODE:-}" = asan ] && skip "the pages are driven in the other modes"

modules=${OUT:-$TOP/build}/node
if [ ! -e "$modules/node_modules/axe-core/axe.min.js" ]; then
    command -v npm > /dev/null 2>&1 || skip "npm is not here"
    [ "${STET_NO_INSTALL:-}" = 1 ] && skip "playwright-core and axe-core are not here, and nothing may be installed"
    mkdir -p "$modules" && cp "$TOP/tests/web/package.json" "$TOP/tests/web/package-lock.json" "$modules" &&
        (cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund > npm.log 2>&1) ||
        skip "npm cannot get playwright-core and axe-core"
fi

sample=$TOP/corpus/sample
mkdir inbox run
cp "$sample/release.html" "$sample/draft.html" .
cp "$sample/release.txt" inbox/
"$STET" import -q -a sample.stet release.html > import.out 2>&1 || { t_fail "the sample is imported" "$(cat import.out)"; t_done; }
XDG_RUNTIME_DIR=$TMP/run "$STET" serve -a sample.stet --json --no-browser --import-from inbox > server.json 2> server.err &
pid=$!
trap 'kill $pid 2> /dev/null; wait $pid 2> /dev/null; rm -rf "$TMP"' EXIT
tries=0
while ! grep -q '"start"' server.json 2> /dev/null && kill -0 $pid 2> /dev/null && [ $tries -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
STET_NODE_MODULES=$(cd "$modules/node_modules" && pwd) STET_DRAFT=$TMP/draft.html \
    node "$TOP/tests/web/browse.mjs" server.json "$browser" "${STET_PICTURES:--}"
