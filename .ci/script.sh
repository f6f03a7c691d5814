# script.sh - what the scripts share: usage, options, tools, several things at a time, files.
# shellcheck shell=bash
#
# A script begins with a comment, its usage, and sources this before it changes directory.
#
# top, script       the top of the tree, and this script's path from there
# warn TEXT         says "SCRIPT: TEXT"; refuse TEXT ends with status 2 then, fail TEXT with 1
# options WORD...   reads the script's arguments, as the words say:
#    --keep             an option: sets keep=yes
#    --out=PATH         one with a value: out=VALUE. Of a DIR or FILE, which has to be there, an N (a
#                       number) or a|b|c (one of these) it is seen to; anything else must not be empty
#    --define=TEXT...   one that may be repeated: define=(VALUE...)
#    NAME [NAME] NAME...   arguments, in the array arguments: one, perhaps one, any number
#    --                 behind the first argument nothing is an option of this script
#                   --help prints the usage; what is not among the words is refused.
# needs PART        the tools of a part (see .ci/setup) are here; or the script is run again in the
#                   Debian 12 root; or it ends with status 2, and says what is missing
# look_for PART...  looks for the tools of these parts once, for all scripts that this one calls
# needs_build       refuses to go on without what make build makes
# private_mounts    for root: sets private=(COMMAND...), which runs a command so that what it
#                   mounts is seen by nobody else, and is gone when it ends
# side_by_side JOBS FUNCTION NAME...   calls FUNCTION NAME for each, so many at a time, in this
#                   order; fails if one of them does. Ctrl-C, or TERM, ends all of them.
# while_it_runs FUNCTION   on a terminal: calls FUNCTION each second and shows the line that it
#                   prints in the last line of the terminal. With PROGRESS=FILE the line goes
#                   there, for the script above. Otherwise nothing happens.
# say LINE...       prints lines in one piece, in place of that line
# remove_at_end FOLDER    when the script ends, in whichever way
# replace FILE COMMAND... what the command prints, once it is whole, in place of FILE
# inputs            SHA-256 and name of each file of the tree, for sha256sum: all that a result is made from
# changed_since LIST   the first file that is not what such a list says, or is not in it; or nothing. The
#                   LIST itself, if it cannot be read, or the files cannot
# evidence FILE PART NAME...   in place of FILE, for tests/summary: a JSON object with each variable
#                   NAME; or NAME=VALUE

ci=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=${ci%/*}
script=$(cd "$(dirname "$0")" && pwd)/${0##*/}
script=${script#"$top/"}
given=("$@") arguments=()

warn() { echo "$script: $*" >&2; }
refuse() { warn "$@"; exit 2; }
fail() { warn "$@"; exit 1; }

# ---- usage and options ----

usage() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }
misused() { refuse "$1; see $script --help"; }

options() {
    local word name kind value least=0 most=0 rest=''
    local -A kind_of=()
    for word; do
        case $word in
            --) rest=yes ;;
            --*=*) kind_of[${word%%=*}]=${word#*=} ;;
            --*) kind_of[$word]='' ;;
            \[*) most=$((most + 1)) ;;
            *...) most=100000 ;;
            *) least=$((least + 1)) most=$((most + 1)) ;;
        esac
    done
    local spec=("$@")
    set -- "${given[@]}"
    while [[ $# -gt 0 ]]; do
        case $1 in
            --help) usage; exit 0 ;;
            -*) ;;
            *)  [[ ${#arguments[@]} -lt $most ]] || misused "unexpected argument '$1'"
                arguments+=("$1")
                [[ -z $rest ]] || { shift; arguments+=("$@"); break; }
                shift; continue ;;
        esac
        [[ -n ${kind_of[$1]+is} ]] || misused "unknown option $1"
        name=${1#--} name=${name//-/_} kind=${kind_of[$1]}
        if [[ -z $kind ]]; then printf -v "$name" yes; shift; continue; fi
        value=$(value_of "$1" "${kind%...}" "${2-}") || exit
        case $kind in
            *...) declare -ga "$name+=(\"\$value\")" ;;
            *) printf -v "$name" %s "$value" ;;
        esac
        shift 2
    done
    [[ ${#arguments[@]} -ge $least ]] || misused "needs $(printf '%s\n' "${spec[@]}" | grep -m1 -v '^--')"
}

value_of() { # OPTION KIND VALUE: the value
    local value=$3
    case $2 in
        DIR) [[ -d $value ]] || misused "$1 needs a directory"
             value=$(cd "$value" && pwd) ;;
        FILE) [[ -r $value && ! -d $value ]] || misused "$1 needs a file" ;;
        N) [[ $value =~ ^[0-9]{1,9}$ ]] || misused "$1 needs a number"
           value=$((10#$value)) ;;
        *'|'*) [[ -n $value && "|$2|" == *"|$value|"* ]] || misused "$1 is one of ${2//|/, }" ;;
        *) [[ -n $value ]] || misused "$1 needs a value" ;;
    esac
    # What is relative is so to where the script was called, not to where it works.
    case $2 in FILE | PATH) [[ $value == /* || $PWD == "$top" ]] || value=$PWD/$value ;; esac
    printf '%s\n' "$value"
}

# ---- tools ----

place_of() { # part: here or debian12; otherwise what is missing, and status 2
    local known
    for known in ${TOOLS:-}; do
        if [[ -z ${IN:-} && ${known%=*} == "$1" ]]; then echo "${known#*=}"; return; fi
    done
    "$ci/setup" --where "$1"
}

look_for() {
    local part place
    for part; do
        if place=$(place_of "$part"); then export TOOLS="${TOOLS:-} $part=$place"; fi
    done
}

needs() {
    local place
    place=$(place_of "$1") || refuse "$place; run: make doctor"
    if [[ $place == here ]]; then
        export TOOLS="${TOOLS:-} $1=here"
        return 0
    fi
    # Under make, .ci/setup has said so.
    [[ -n ${MAKELEVEL:-} ]] || echo "$script runs in the Debian 12 root, build/debian12" >&2
    exec "$ci/inside" "$top/$script" "${given[@]}"
}

needs_build() {
    local file
    for file in build/vocabulary.pml build/closeaf; do
        [[ -e $top/$file ]] || refuse "$file is missing; run: make build"
    done
}

private_mounts() {
    local point=$top/build/debian12.mount
    mkdir -p "$point"
    private=(unshare --mount --propagation slave)
    ! "${private[@]}" true 2> /dev/null || return 0
    # In a chroot "/" is no mount, and its propagation stays what it is: it must not be shared.
    private=(unshare --mount --propagation unchanged)
    if ! "${private[@]}" mount -t tmpfs none "$point" 2> /dev/null; then
        echo "this root may not mount anything, as in a container: use .ci/Containerfile, or a container with the right to (--privileged)"
        return 1
    fi
    if mountpoint -q "$point"; then
        umount "$point"
        echo "the system around this chroot would see its mounts: enter it with: unshare --mount chroot ..."
        return 1
    fi
}

# ---- several things at a time, and what a person sees meanwhile ----

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
    warn interrupted
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

progress_to_file() { while sleep 1; do replace "$2" "$1" || true; done; }
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
    trap clean_up EXIT
}

say() { printf '%s' "$clear" >&2; printf '%s\n' "$@"; }

# ---- files ----

removed_at_end=()
clean_up() { end_of_watch; rm -rf "${removed_at_end[@]}"; }
remove_at_end() { removed_at_end+=("$@"); trap clean_up EXIT; }

replace() {
    local file=$1
    shift
    "$@" > "$file.new" || return
    mv "$file.new" "$file"
}

inputs() { (cd "$top" && find README.md LICENSE Makefile .ci model src proofs tests -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum); }
changed_since() {
    local differences status=0
    differences=$(inputs | diff "$1" -) || status=$?
    if [[ $status -gt 1 || ! -s $1 ]]; then echo "$1"; return; fi # no list, or no sums: that is no "nothing"
    sed -n 's/^[<>] [0-9a-f]*  //p;T;q' <<< "$differences"
}

evidence() {
    local name value object
    object="{\"part\":\"$2\""
    for name in "${@:3}"; do
        value=${name#*=}
        [[ $name == *=* ]] || value=${!name}
        [[ $value =~ ^[0-9]+$ ]] || value="\"$value\""
        object+=",\"${name%%=*}\":$value"
    done
    mkdir -p "${1%/*}"
    replace "$1" echo "$object}"
}
