# tap.sh - for test scripts: each "it" is one test; "done_testing" closes the plan.
# shellcheck shell=bash
#
# it NAME COMMAND...   the command must succeed; what it prints is shown if it does not
# exits STATUS COMMAND...   succeeds if the command ends with this status
# says TEXT COMMAND...      succeeds if the command prints the text, on either stream
# copy                      makes the sources anew in $scratch/src, to break them
#
# Sourcing it goes to the top of the tree, and makes the directory scratch.

. "$(dirname "${BASH_SOURCE[0]}")/../.ci/script.sh"
options
cd "$top" || exit

count=0
broken=0
scratch=$(mktemp -d)
remove_at_end "$scratch"

it() {
    local name=$1
    shift
    count=$((count + 1))
    if "$@" > "$scratch/said" 2>&1; then
        echo "ok $count - $name"
    else
        broken=$((broken + 1))
        echo "not ok $count - $name"
        sed 's/^/#   /' "$scratch/said"
    fi
}

exits() {
    local wanted=$1 status=0
    shift
    "$@" || status=$?
    [[ $status -eq $wanted ]] || { echo "status $status, not $wanted: $*"; return 1; }
}

says() {
    local text=$1 said
    shift
    said=$("$@" 2>&1) || : the status is tested by exits
    [[ $said == *"$text"* ]] || { echo "no \"$text\" in: $said"; return 1; }
}

copy() {
    rm -rf "$scratch/src"
    cp -r src "$scratch/src"
}

done_testing() {
    echo "1..$count"
    [[ $broken -eq 0 ]]
}
