#!/bin/sh
# The command line: help, options, suggestions, exit statuses, failing output.
. "$(dirname "$0")/../lib.sh"

t_exit "without a command the help goes to standard error" 2 "$STET"
t_like "it lists the commands" '^  search +find messages' "$(cat "$TMP/err")"
t_eq "and nothing to standard output" "" "$(cat "$TMP/out")"
t_ok "stet help" "$STET" help
t_like "help lists heavy commands too" '^  import ' "$(cat "$TMP/out")"
for verb in $("$STET" help --words); do
    t_ok "stet $verb --help" "$STET" "$verb" --help
    t_like "stet $verb --help says how it is used" "^usage: stet $verb" "$(cat "$TMP/out")"
done
t_eq "no line of the help is wider than 80 columns" "" \
    "$(for verb in $("$STET" help --words); do "$STET" help "$verb"; done | grep -E '.{81}')"

t_exit "an unknown command" 2 "$STET" serch permit
t_like "has a suggestion" 'did you mean stet search\?' "$(cat "$TMP/err")"
t_exit "an unknown option" 2 "$STET" search --limti 3 permit
t_like "has a suggestion, too" 'did you mean --limit\?' "$(cat "$TMP/err")"
t_exit "an unknown letter" 2 "$STET" search -Z permit
t_like "says how to search for a dash" 'put -- before it' "$(cat "$TMP/err")"
t_exit "a value that is none of the choices" 2 "$STET" search --sort size permit
t_like "is answered with the choices" 'date\|-date\|relevance' "$(cat "$TMP/err")"
t_exit "an option without its value" 2 "$STET" search permit --limit
t_exit "a switch with a value" 2 "$STET" search permit --count=3
t_exit "a number that is none" 2 "$STET" search --limit many permit
t_exit "a number that is too large" 2 "$STET" search -C 101 permit
t_exit "a missing argument" 2 "$STET" show
t_exit "an argument too many" 2 "$STET" show 1 2

t_exit "an archive that does not exist" 2 "$STET" -a "$TMP/none.stet" search permit
t_like "is named" 'none\.stet' "$(cat "$TMP/err")"
t_eq "and is not created by looking" "" "$(find "$TMP" -name "none*")"
t_exit "an archive that is none" 2 "$STET" -a "$TOP/README.md" info
t_exit "--json tells the failure as an object" 2 "$STET" --json -a "$TMP/none.stet" info
t_like "of type error" '^\{"stet":1,"type":"error","message":' "$(cat "$TMP/out")"

t_ok "options stand before the command" "$STET" --json version
t_like "or after it" '"type":"version"' "$(cat "$TMP/out")"
t_ok "--version" "$STET" --version
t_eq "is the same as version" "$("$STET" version)" "$(cat "$TMP/out")"

t_exit "a full disk is reported" 2 sh -c '"$STET" help > /dev/full'
t_like "in words" 'could not be written: No space left' "$(cat "$TMP/err")"
t_exit "closed standard output is reported" 2 sh -c '"$STET" help >&-'
t_eq "a closed pipe is not" "" "$( (sleep 0.2; "$STET" help --man) 2>&1 > /dev/full | head -c 0; \
    { "$STET" help --man 2>&3 | head -c 1 > /dev/null; } 3>&1)"

t_eq "the manual page is what the program says" "$("$STET" help --man)" "$(cat "$TOP/docs/man/stet.1")"
if command -v man > /dev/null; then
    t_eq "and groff has nothing to complain about" "" \
        "$(man --warnings -l "$TOP/docs/man/stet.1" 2>&1 > /dev/null)"
else
    t_skip "and groff has nothing to complain about" "no man"
fi
if command -v bash > /dev/null; then
    t_eq "completion of commands" "search show saved serve sources" "$(PATH=$(dirname "$STET"):$PATH bash -c \
        '. "$TOP/docs/completion/stet.bash"; COMP_WORDS=(stet s); COMP_CWORD=1; _stet; echo "${COMPREPLY[@]}"')"
else
    t_skip "completion of commands" "no bash"
fi

# The helper is looked for beside the program only.
mkdir -p alone/bin path
cp "$STET" alone/bin/stet
printf '#!/bin/sh\necho from PATH\n' > path/stet-import
chmod +x path/stet-import
t_exit "a missing helper is a clear failure" 2 env PATH="$TMP/path:$PATH" alone/bin/stet formats
t_like "that names the file" 'libexec/stet/stet-import' "$(cat "$TMP/err")"
mkdir -p alone/libexec/stet
cp "$(dirname "$(readlink -f "$STET")")/../libexec/stet/stet-import" alone/libexec/stet/
t_ok "found beside the program, it is used" alone/bin/stet formats
t_done
