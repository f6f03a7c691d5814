# searches.sh - what the scripts that search have in common: large pages, and how far a search is,
# for a person at a terminal.
# shellcheck shell=bash
#
# large_pages                         for env, before a large search: what looks all over its memory
#                                     takes an eighth less with them, and what fills it as much again
# how_many_ended OUT ROW NAME...      "N of M": those that have left OUT/NAME/ROW
# states_so_far LOG                   "STATES states, RATE a second, MEMORY MiB" by the last line of
#                                     pan's in LOG (some each second with -DFREQ=100000), or nothing
# searches_under_way OUT ROW LOG NAME...  both, of each NAME that has begun and has left no ROW

# shellcheck disable=SC2034 # for the script that reads this
large_pages=(GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=4294967296:glibc.malloc.top_pad=67108864)

how_many_ended() {
    local out=$1 row=$2 name ended=0
    shift 2
    for name; do [ ! -e "$out/$name/$row" ] || ended=$((ended + 1)); done
    printf '  %d of %d' "$ended" "$#"
}

states_so_far() {
    tr -s ' ' '\n' 2> /dev/null < "$1" | awk '
        word ~ /=$/ { value[word] = $1 }
        { word = $1 }
        END { if (value["States="]) printf "%d states, %d a second, %d MiB", value["States="], value["R="], value["Memory="] }'
}

searches_under_way() {
    local out=$1 row=$2 log=$3 name states
    shift 3
    how_many_ended "$out" "$row" "$@"
    for name; do
        if [ ! -d "$out/$name" ] || [ -e "$out/$name/$row" ]; then continue; fi
        states=$(states_so_far "$out/$name/$log" 2> /dev/null || true)
        printf '; %s%s' "$name" "${states:+ $states}"
    done
}
