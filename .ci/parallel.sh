# parallel.sh - for scripts: several things at a time, and what a person sees meanwhile.
# shellcheck shell=bash
#
# side_by_side JOBS FUNCTION NAME...   calls FUNCTION NAME for each, so many at a time, in this
#                   order; fails if one of them does. Ctrl-C, or TERM, ends all of them.
# while_it_runs FUNCTION   on a terminal: calls FUNCTION each second and shows the line that it
#                   prints in the last line of the terminal. With PROGRESS=FILE the line goes
#                   there, for the script above. Otherwise nothing happens.
# say LINE...       prints lines in one piece, in place of that line.

watcher='' clear='' jobs_begun=()
[ ! -t 2 ] || clear=$'\r\033[K'

end_of_watch() {
    [ -z "$watcher" ] || { kill -- -"$watcher" 2> /dev/null || true; printf '%s' "$clear" >&2; }
    watcher=''
}

interrupted() {
    local job
    trap '' INT TERM
    for job in "${jobs_begun[@]}"; do kill -TERM -- -"$job" 2> /dev/null || true; done
    end_of_watch
    echo "${0#"$PWD/"}: interrupted" >&2
    exit 130
}

# Each in a process group of its own: what was begun with & hears no Ctrl-C, and what it has
# begun in turn is to end with it.
begin() { set -m; "$@" & set +m; }

# One of the jobs has ended; the watcher is none of them.
one_has_ended() {
    local ended status=0
    while :; do
        status=0
        wait -n -p ended || status=$?
        if [ -z "$watcher" ] || [ "${ended:-}" != "$watcher" ]; then return "$status"; fi
        watcher=''
    done
}

side_by_side() {
    local jobs=$1 function=$2 running=0 failed=0 name
    shift 2
    trap interrupted INT TERM
    for name; do
        if [ "$running" -ge "$jobs" ]; then one_has_ended || failed=1; running=$((running - 1)); fi
        begin "$function" "$name"
        jobs_begun+=($!) running=$((running + 1))
    done
    while [ "$running" -gt 0 ]; do one_has_ended || failed=1; running=$((running - 1)); done
    end_of_watch
    return "$failed"
}

progress_to_file() { while sleep 1; do if "$1" > "$2.new"; then mv "$2.new" "$2"; fi; done; }
progress_to_terminal() {
    local width
    width=$(tput cols 2> /dev/null || echo 100)
    while sleep 1; do printf '\r\033[K%.*s' $((width - 1)) "$("$1")" >&2; done
}
while_it_runs() {
    local file=${PROGRESS:-}
    export PROGRESS='' # what this script calls has no line of its own
    if [ -n "$file" ]; then begin progress_to_file "$1" "$file"
    elif [ -t 2 ]; then begin progress_to_terminal "$1"
    else return 0
    fi
    watcher=$!
    trap end_of_watch EXIT
}

say() { printf '%s' "$clear" >&2; printf '%s\n' "$@"; }
