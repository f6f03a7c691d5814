#!/usr/bin/env bash
# usage: tests/test_defects.sh
#
# Each seeded defect applies to the sources as they are, and says what it breaks and how it is
# found: a change that moves them away is seen here, and not after an hour. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

mkdir "$scratch/tree"
cp -r model src "$scratch/tree"
applies() { patch --dry-run -s -F0 -d "$scratch/tree" -p1; } # standard input
all_apply() { # FOLDER FIELD...
    local file field status=0
    for file in "$1"/*.patch; do
        for field in "${@:2}"; do
            grep -q "^$field: ." "$file" || { echo "$file: no line \"$field:\""; status=1; }
        done
        applies < "$file" > "$scratch/patch.log" 2>&1 || { echo "$file: $(head -n 1 "$scratch/patch.log")"; status=1; }
    done
    return $status
}

it 'each defect of tests/mutants applies' all_apply tests/mutants part finds by why
it 'each of tests/stress_defects'         all_apply tests/stress_defects by finds why

refused() { # TEXT COMMAND...
    exits 1 "${@:2}" && says "$@"
}
mkdir "$scratch/bad"
first=$(printf '%s\n' tests/mutants/*.patch | head -n 1)
sed '/^ /s/$/ moved/' "$first" > "$scratch/bad/moved.patch"
it 'one whose place has moved is named' refused moved.patch all_apply "$scratch/bad" part finds by why
sed '/^finds:/d' "$first" > "$scratch/bad/moved.patch"
it 'one that does not say what it breaks is named' refused 'no line "finds:"' all_apply "$scratch/bad" part finds by why

done_testing
