# Completion of stet for bash.  The words come from `stet help --words`, which reads the same table
# as the program itself.

_stet()
{
    local word=${COMP_WORDS[COMP_CWORD]} verb='' i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -a | --archive) ((i++)) ;;
        -*) ;;
        *) verb=${COMP_WORDS[i]}; break ;;
        esac
    done
    case ${COMP_WORDS[COMP_CWORD - 1]} in
    -a | --archive | --svg) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
    --progress) COMPREPLY=($(compgen -W 'auto json none' -- "$word")); return ;;
    --by) COMPREPLY=($(compgen -W 'day month year' -- "$word")); return ;;
    --sort)
        case $verb in
        search) COMPREPLY=($(compgen -W 'date -date relevance' -- "$word")) ;;
        *) COMPREPLY=($(compgen -W 'messages name first last' -- "$word")) ;;
        esac
        return
        ;;
    esac
    if [[ $word == -* && -n $verb ]]; then
        COMPREPLY=($(compgen -W "$(stet help --words "$verb" 2> /dev/null)" -- "$word"))
    elif [[ -z $verb || $verb == help ]]; then
        COMPREPLY=($(compgen -W "$(stet help --words 2> /dev/null)" -- "$word"))
    elif [[ $verb == import ]]; then
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}
complete -o filenames -F _stet stet
