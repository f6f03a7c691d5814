#!/usr/bin/env bash
# usage: tests/test_rules.sh
#
# For each requirement that the core can name there is a trace, tests/rules/ID.trace, that
# breaks it and only it; or tests/rules/without_trace says why there is none. The ids are
# taken from the source of the core and from the vocabulary. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

closeaf=build/closeaf
rules=tests/rules

# One call for all traces: a line for each, its name and all that was found in it.
"$closeaf" check --format=json $rules/*.trace > "$scratch/found.json" || [[ $? -eq 1 ]]
jq -r '.files[] | "\(.file | sub(".*/"; "") | sub(".trace$"; ""))\t\([.findings[] | select(.level != "observation").requirement] | join(" "))"' \
    "$scratch/found.json" > "$scratch/found"
breaks_only_it() { # ID
    local found
    found=$(awk -F'\t' -v id="$1" '$1 == id { print $2 }' "$scratch/found")
    # Whom a client's early close, or NDIS's early unbind, puts into the wrong, answers for it after that.
    case $1 in AF-CM-13 | AF-CM-27) found=${found#SAP-15 } ;; AF-CM-26) found=${found#VC-19 } ;;
        BND-08 | BND-1[01] | CAD-10) found=${found#UNB-04 } ;; HLT-06) found=${found#UNB-04 BND-28 } ;;
        CALL-06) found=${found% VC-19} ;; AF-CL-14) found=${found% SAP-15} ;; CAD-19) found=${found% BND-21} ;; THR-04) found=${found% THR-01} ;;
        HLT-0[12] | UNB-05 | UNB-07 | UNB-19 | UNB-20) found=${found#PNP-07 } ;; esac # on the way a restart fails
    [[ $found == "$1" ]] || { echo "$rules/$1.trace breaks: ${found:-nothing}"; return 1; }
}
for trace in "$rules"/*.trace; do
    id=$(basename "$trace" .trace)
    it "$id" breaks_only_it "$id"
done
it 'each stands where its comment says' "$closeaf" check --expect "$rules"/*.trace

# What the core can name: what its functions answer, without their contracts and comments,
# and the IRQL requirements of the rows that end at PASSIVE_LEVEL. No trace breaks those of a
# row that goes up to DISPATCH_LEVEL: the format knows no level above.
id='(AF_CL|AF_CM|MCM|NTF|UNB|CAD|THR|AF_OP|REG|BND|PNP|HLT|VC|CALL|PTY|SAP|OID|DRG)_[0-9][0-9]'
core=(src/core/*.c)
answers() {
    local file
    for file in "${core[@]}" src/core/core_tables.h; do gcc -fpreprocessed -dD -E -P "$file" 2> /dev/null; done |
        grep -oE "\b$id\b"
    grep -oE ', PASSIVE, (IRQL|THR)_[0-9][0-9], [a-z_]+, core\)' src/protocol/vocabulary.def | grep -oE '[A-Z]+_[0-9]+'
}
answers | sort -u | tr _ - > "$scratch/answers"
it 'the core can name some' test "$(wc -l < "$scratch/answers")" -gt 200
accounted_for() { # traces and reasons, against the answers
    { basename -s .trace "$rules"/*.trace; sed -n 's/^\([A-Z0-9-]*\): .*/\1/p' "$1"; } | sort | tee "$scratch/all" | uniq -d > "$scratch/twice"
    [[ ! -s $scratch/twice ]] || { echo "a trace and a reason:"; cat "$scratch/twice"; return 1; }
    comm -23 "$scratch/answers" "$scratch/all" > "$scratch/lacking"
    [[ ! -s $scratch/lacking ]] || { echo "neither a trace nor a reason:"; cat "$scratch/lacking"; return 1; }
}
it 'each has a trace or a reason' accounted_for $rules/without_trace

# A requirement that has neither is missed, and so is a trace that breaks another.
sed '/^AF-OP-11/d' $rules/without_trace > "$scratch/fewer"
it 'what has neither is missed' exits 1 accounted_for "$scratch/fewer"
sed -i 's/^AF-CL-03\t.*/AF-CL-03\tAF-CL-03 AF-CL-02/' "$scratch/found"
it 'a trace that breaks two is found out' exits 1 breaks_only_it AF-CL-03
done_testing
